"""The dashboard: the menu, what is asked, and the page that answers. Started by `streamlit run dashboard.py`."""

import streamlit as st

from comparison.widgets import language, name_ignored, open_view, scope_bar
from comparison.wording import say

st.set_page_config(layout="wide", page_title="Đối Sánh", page_icon="assets/logo.svg")
st.logo("assets/logo.svg", size="small")

PAGES = {
    "overview": "tong-quan",
    "volume": "khoi-luong",
    "lateness": "tre-han",
    "satisfaction": "hai-long",
    "models": "mo-hinh",
    "compare": "so-sanh",
}
DATA_PAGES = {"data": "du-lieu", "definitions": "dinh-nghia"}
# What the address says beside the scope, and only one page reads.
OWN_PARAMETERS = {"khoi-luong": ("calendar",), "mo-hinh": ("model", "outcome"), "so-sanh": ("base",)}


def page(name: str, url_path: str, *, is_in_menu: bool = True) -> st.Page:
    # The first page has the bare address, so its own name is free for the entry that leads there.
    is_first = name == "overview"
    return st.Page(
        f"pages/{name}.py",
        title=say(language(), f"menu.{name}"),
        url_path="" if is_first else url_path,
        default=is_first,
        visibility="visible" if is_in_menu else "hidden",
    )


menu = [page(name, url_path) for name, url_path in PAGES.items()]


def first_page() -> None:
    st.switch_page(menu[0], query_params=st.query_params.to_dict())


named_first = st.Page(first_page, title=menu[0].title, url_path=PAGES["overview"], visibility="hidden")
# Opens from a unit's name.
unit = page("unit", "ho-so-don-vi", is_in_menu=False)
data_menu = [page(name, url_path) for name, url_path in DATA_PAGES.items()]
chosen = st.navigation({"": [*menu, named_first, unit], say(language(), "menu.data_group"): data_menu}, position="top")

opened = None if chosen is named_first else open_view(OWN_PARAMETERS.get(chosen.url_path, ()))
if chosen is named_first:
    chosen.run()
if opened:
    view, ignored = opened
    scope_bar(view, chosen.url_path)
    name_ignored(view, ignored)
    chosen.run()
