"""The dashboard: the menu, what is asked, and the page that answers. Started by `streamlit run dashboard.py`."""

import streamlit as st

from comparison.frame.choices.scope_bar import scope_bar
from comparison.frame.failing import failing_in_words
from comparison.frame.opening import language, name_ignored, open_view, path_asked
from comparison.frame.slides.address import slide_asked
from comparison.frame.slides.way_back import way_back
from comparison.menu import NAMES
from comparison.wording import say

st.set_page_config(layout="wide", page_title="Đối Sánh", page_icon="assets/logo.svg")
FIRST, PRESENT = "tong-quan", "trinh-chieu"
DATA_PAGES = {"data": "du-lieu", "definitions": "dinh-nghia"}
# What the address says beside the scope, and only one page reads.
OWN_PARAMETERS = {
    "": ("show", "order"),
    "khoi-luong": ("calendar",),
    "tre-han": ("cell_unit", "cell_field", "cell_procedure"),
    "mo-hinh": ("model", "outcome"),
    "so-sanh": ("base",),
}
# A slide has its view's own parameters beside those that name it.
OWN_PARAMETERS[PRESENT] = ("briefing", "slide", *(name for names in OWN_PARAMETERS.values() for name in names))


def page(name: str, path: str, word: str = "", *, is_in_menu: bool = True) -> st.Page:
    return st.Page(
        f"pages/{name}.py",
        title=say(language(), f"menu.{word or name}"),
        url_path=path,
        default=path == "",
        visibility="visible" if is_in_menu else "hidden",
    )


menu = [page(name, path) for path, name in NAMES.items()]


def first_page() -> None:
    st.switch_page(menu[0], query_params=st.query_params.to_dict())


# The first page has the bare address, so its own name is free for the entry that leads there.
named_first = st.Page(first_page, title=menu[0].title, url_path=FIRST, visibility="hidden")
# Opens from a unit's name.
unit = page("unit", "ho-so-don-vi", is_in_menu=False)
data_menu = [page(name, url_path) for name, url_path in DATA_PAGES.items()]
present = page("present", PRESENT, "slides")
sections = {
    "": [*menu, named_first, unit],
    say(language(), "menu.meeting"): [present],
    say(language(), "menu.data_group"): data_menu,
}
slide = slide_asked()
chosen = st.navigation(sections, position="hidden" if slide else "top")
if slide is not None and chosen is not present:
    # Only now is the page known; the name of a briefing in another page's address hides nothing.
    slide = None
    st.navigation(sections, position="top")
if slide is None:
    st.logo("assets/logo.svg", size="small")

with failing_in_words(chosen.url_path or FIRST):
    opened = None
    if chosen is named_first:
        chosen.run()
    else:
        opened = open_view(OWN_PARAMETERS.get(chosen.url_path, ()), slide.parameters if slide else None)
    if opened:
        view, ignored = opened
        # Streamlit leads an address that it does not know to the first page.
        unknown = path_asked() if chosen is menu[0] else ""
        if slide is None:
            way_back(view)
            scope_bar(view, unknown or chosen.url_path)
        name_ignored(view, ignored, unknown)
        chosen.run()
