"""A figure on a slide: sizes that are read from the back of a room, and nothing that only its owner can use."""

import re
from collections.abc import Sequence
from typing import Any

import streamlit as st

from comparison.forms.enlarged import HEIGHT, WIDTH, enlarged
from comparison.forms.template import Figure
from comparison.forms.tokens import Tokens, tokens
from comparison.frame.chart import show_chart
from comparison.frame.words import show_html
from comparison.question import Question
from comparison.wording import period_name
from comparison.wording.texts import Html, joined, markup, style

TITLE, SUBTITLE, FOOTER = 60, 32, 26
# The stage is laid out at this size and then scaled to the window, so that a slide looks the same on every screen.
STAGE = 1040
CHART_KEY = "slide-chart"
_TITLE_LINE, _SUBTITLE_LINE = 68, 42
_FOOT, _GAPS = 60, 44
# Of an average letter in em, measured in Source Sans: bold titles, plain subtitles.
_BOLD, _PLAIN = 0.45, 0.43
_MOST_SUBTITLE = 2
# "P. Chợ Quán Tây" and "TT. Bến Lức" go on.
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b\w\.)(?<!\bTT\.)\s+")


def slide_heading(v: Question, title: str, subtitle: str = "", lead: str = "") -> int:
    """Title and how to read the figure, in as many whole sentences as have room, the period among them; the px that are
    left for a figure. lead: what the figure is of, before its period."""
    name = period_name(v.language, v.scope.period)
    before = [lead] if lead else []
    before += [] if name.lower() in subtitle.lower() else [name]
    text = _fitting((f"{', '.join(before)}. {subtitle}" if before else subtitle).strip())
    words = _lines(title, TITLE * _BOLD) * _TITLE_LINE + _lines(text, SUBTITLE * _PLAIN) * _SUBTITLE_LINE
    show_html(
        v,
        markup(
            '{}<h1 class="ds-slide-title">{}</h1><p class="ds-slide-note">{}</p>', _style(tokens(v.theme)), title, text
        ),
    )
    return min(HEIGHT, STAGE - words - _FOOT - _GAPS)


def slide_figure(v: Question, fig: Figure, key: str, title: str, height: int) -> Any | None:
    """The figure as large as the slide, `height` px high; the customdata of the mark that is clicked, else None."""
    # A chart takes the size that its container has on the screen, where the stage is scaled.
    show_html(
        v,
        style(
            f".st-key-{CHART_KEY}{{width:calc({WIDTH}px/var(--ds-fit,1))!important;max-width:none!important;"
            f"height:calc({height}px/var(--ds-fit,1));flex:none}}"
            # On a screen larger than the stage the container is smaller than the chart in it.
            f".st-key-{CHART_KEY} div{{overflow:visible!important}}"
        ),
    )
    with st.container(key=CHART_KEY):
        return show_chart(enlarged(fig, height), key=key, title=title, click=True, height="stretch")


def slide_text(v: Question, paragraphs: Sequence[tuple[str, str]]) -> None:
    """Paragraphs as (sentence in bold, what stands under it); either may be ""."""
    show_html(
        v,
        _style(tokens(v.theme))
        + joined(
            markup(
                '<div class="ds-slide-text">{}{}</div>',
                markup("<strong>{}</strong>", strong) if strong else "",
                markup("<p>{}</p>", more) if more else "",
            )
            for strong, more in paragraphs
        ),
    )


def _fitting(text: str) -> str:
    """The leading sentences that fill at most two lines, at least the first."""
    sentences = _SENTENCE.split(text)
    fitting = sentences[:1]
    for sentence in sentences[1:]:
        if _lines(" ".join([*fitting, sentence]), SUBTITLE * _PLAIN) > _MOST_SUBTITLE:
            break
        fitting.append(sentence)
    return " ".join(fitting)


def _lines(text: str, letter: float) -> int:
    return -(-int(len(text) * letter) // WIDTH) if text else 0


def _style(colours: Tokens) -> Html:
    return style(
        f"h1.ds-slide-title{{font-size:{TITLE}px;line-height:{_TITLE_LINE}px;font-weight:650;letter-spacing:-.005em;"
        f"color:{colours.ink};margin:14px 0 0;padding:0}}"
        f".ds-slide-note{{font-size:{SUBTITLE}px;line-height:{_SUBTITLE_LINE}px;color:{colours.muted};"
        "margin:6px 0 14px}"
        f".ds-slide-text{{margin:34px 0 0;max-width:1600px;color:{colours.ink}}}"
        ".ds-slide-text strong{display:block;font-size:46px;line-height:58px;font-weight:600}"
        f".ds-slide-text p{{font-size:34px;line-height:48px;margin:4px 0 0;color:{colours.ink}}}"
        f".ds-slide-text strong+p{{color:{colours.muted}}}"
    )
