"""One slide: the view, the footer with what it rests on and where it stands, and no chrome around it."""

import streamlit as st

from comparison.forms.enlarged import WIDTH
from comparison.forms.tokens import tokens
from comparison.frame import elements
from comparison.frame.choices.scope_bar import scope_choices
from comparison.frame.folded import folded, part
from comparison.frame.slide_drill import choose_unit_behind
from comparison.frame.slide_frame import FOOTER, STAGE
from comparison.frame.slides.address import SlideAsked, as_composed, leave, remember_slide, turn
from comparison.frame.slides.script import STAGE_KEY, slide_script
from comparison.frame.slides.slide import draw_slide
from comparison.frame.words import show_html
from comparison.question import Question
from comparison.wording.texts import Html, markup, style

# More than Streamlit's padding and gaps under a page: a slide does not scroll.
_PADDING = 64


def show_slide(v: Question, asked: SlideAsked) -> None:
    """The slide that the address asks for, read from the back of a room, moved by keys or a clicker."""
    remember_slide(asked)
    with st.container(key=STAGE_KEY, gap=None):
        show_html(v, _style(v))
        source = draw_slide(v, asked.slide.view, asked.slide.title)
        _footer(v, asked, source)
    slide_script(v, asked.address)


def _footer(v: Question, asked: SlideAsked, source: str) -> None:
    snapshot = v.say("source.snapshot", snapshot=v.warehouse.id)
    source = source if v.warehouse.id in source else " · ".join(filter(None, [source, snapshot]))
    with st.container(horizontal=True, vertical_alignment="center", key="slide-footer"):
        show_html(v, markup('<p class="ds-slide-source">{}</p>', source), width="stretch")
        _filter(v, asked)
        # Home and End have no button to see; a script presses these.
        elements.button(v.say("briefing.first"), key="slide-first", on_click=turn, kwargs={"to": 1})
        elements.button(v.say("briefing.last"), key="slide-last", on_click=turn, kwargs={"to": asked.count})
        elements.button(
            v.say("briefing.previous"), type="tertiary", key="slide-previous", shortcut="Left", on_click=turn,
            args=(-1,), disabled=asked.number == 1,
        )  # fmt: skip
        show_html(
            v, markup('<p class="ds-slide-number">{}\u2009/\u2009{}</p>', asked.number, asked.count), width="content"
        )
        elements.button(
            v.say("briefing.next"), type="tertiary", key="slide-next", shortcut="Right", on_click=turn, args=(1,),
            disabled=asked.number == asked.count,
        )  # fmt: skip
        elements.button(v.say("briefing.leave"), type="tertiary", key="slide-leave", on_click=leave)


@part
def _filter(v: Question, asked: SlideAsked) -> None:
    label = v.say("briefing.filtered" if asked.is_filtered else "briefing.filter")
    folded(label, "slide-filter-button", lambda: _choices(v, asked), type="tertiary")


def _choices(v: Question, asked: SlideAsked) -> None:
    with st.container(key="slide-filter"):
        choose_unit_behind(v, asked.slide.view)
        scope_choices(v)
        if asked.is_filtered:
            elements.button(v.say("briefing.as_composed"), on_click=as_composed, key="slide-as-composed")


def _style(v: Question) -> Html:
    stage, muted = f".st-key-{STAGE_KEY}", tokens(v.theme).muted
    # Streamlit would put a piece of nothing but style where a message that comes later takes its place.
    return markup("<i hidden></i>") + style(
        f"{stage}{{width:{WIDTH}px!important;max-width:none!important;height:{STAGE}px;flex:none;position:relative;overflow:hidden;"
        f"transform:scale(var(--ds-fit,1));transform-origin:0 0;"
        f"margin-bottom:calc({STAGE}px*(var(--ds-fit,1) - 1) - {_PADDING}px)}}"
        ".st-key-slide-footer{position:absolute!important;left:0;right:0;bottom:0;flex-wrap:nowrap!important}"
        f".st-key-slide-footer button p,.ds-slide-source,.ds-slide-number{{font-size:{FOOTER}px;line-height:30px}}"
        ".st-key-slide-footer button p{white-space:nowrap}"
        f".ds-slide-source,.ds-slide-number{{color:{muted};margin:0}}"
        ".ds-slide-number{font-variant-numeric:tabular-nums;white-space:nowrap}"
        ".st-key-slide-first,.st-key-slide-last{position:absolute!important;width:1px;height:1px;overflow:hidden;"
        "clip-path:inset(50%)}"
    )
