"""What stands out, in sentences under the header of a page: at most three, each with what it rests on and a link."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import streamlit as st

from comparison.findings import Finding, Page, Told, findings_of
from comparison.widgets.address import go
from comparison.widgets.figures import heading
from comparison.widgets.method import method, method_row
from comparison.widgets.slide_frame import slide_text
from comparison.widgets.view import View
from comparison.widgets.words import show_said
from comparison.wording.findings import count_word, sentence

MOST = 3
# Page of a finding -> its file and its name in the menu.
_PAGES: dict[Page, tuple[str, str]] = {
    "": ("pages/overview.py", "overview"),
    "khoi-luong": ("pages/volume.py", "volume"),
    "tre-han": ("pages/lateness.py", "lateness"),
    "hai-long": ("pages/satisfaction.py", "satisfaction"),
    "mo-hinh": ("pages/models.py", "models"),
}
KEY = "o-noi-bat"
_ARROW = ":material/arrow_forward:"


def told(v: View, page: Page) -> Told:
    """What the rules of a page find for this view."""
    return findings_of(v.warehouse, v.scope, v.compared(), v.viewer, v.language, page)


def show_findings(v: View, page: Page, *, said: str = "", own: Mapping[str, str] = MappingProxyType({})) -> None:
    """The findings of a page that matter most; of Tổng quan ("") those of all pages.

    said: what the title of the page says already; nothing is drawn where that is all there is. own: the page's own
    parameters as they are, so that no link leads to where one is.
    """
    found = told(v, page)
    others = tuple(each for each in found.findings if each.sentence != said)
    if found.findings and not others:
        return
    found = replace(found, findings=others)
    shown = others[:MOST]
    heading(_title(v, page, len(shown)), _note(v, found, len(shown)))
    if v.slide is not None:
        slide_text(v, [(each.sentence, each.evidence) for each in shown])
    else:
        _columns(v, page, shown, own)
    source = v.say("source.snapshot", snapshot=v.warehouse.id)
    # Only Tổng quan's are a slide: the key is what a briefing calls it.
    method_row(v, source, "\n\n".join([method(v, "findings"), method(v, "findings_order")]), _key(page))


def _key(page: Page) -> str:
    return f"{KEY}-{page}" if page else KEY


def _columns(v: View, page: Page, shown: tuple[Finding, ...], own: Mapping[str, str]) -> None:
    if not shown:
        return
    for number, (place, each) in enumerate(zip(st.columns(MOST, gap="medium"), shown, strict=False)):
        with place, st.container(gap="xxsmall"):
            show_said(v, each.sentence, f"{each.evidence} {each.test}")
            if each.page != page:
                st.page_link(
                    _PAGES[each.page][0], label=_label(v, each), icon=_ARROW,
                    query_params={**v.parameters(**each.changes), **each.own},
                )  # fmt: skip
            elif v.scope.with_(**each.changes) != v.scope or not each.own.items() <= own.items():
                # A link to the page itself would look like the page chosen in a menu.
                st.button(
                    _label(v, each), type="tertiary", icon=_ARROW, key=f"finding-{number}",
                    on_click=partial(go, own=each.own, **each.changes),
                )  # fmt: skip


def _label(v: View, each: Finding) -> str:
    _, word = _PAGES[each.page]
    name = v.say(f"menu.{word}")
    if "fields" in each.changes:
        return v.say("overview.cell_link")
    if "units" in each.changes:
        return v.say("findings_block.see_unit", page=name)
    return v.say("findings_block.see", page=name)


def _title(v: View, page: Page, shown: int) -> str:
    of = "_models" if page == "mo-hinh" else ""
    if not shown:
        return v.say(f"findings_block.nothing{of}")
    one = "_one" if shown == 1 else ""
    return sentence(v.say(f"findings_block.title{of}{one}", n=count_word(v.language, shown)))


def _note(v: View, found: Told, shown: int) -> str:
    """How many comparisons stand behind them, what chance alone would let through, and how many are left out here."""
    said = []
    if len(found.findings) > shown:
        said.append(v.say("findings_block.shown", shown=v.number(shown), all=v.number(len(found.findings))))
    if found.looked_at:
        chance = max(round(found.by_chance, 1), 0.1)
        said.append(v.say("findings_block.looked", n=v.number(found.looked_at), chance=v.number(chance, 1)))
    elif not found.findings:
        said.append(v.say("findings_block.looked_none"))
    return " ".join(said)
