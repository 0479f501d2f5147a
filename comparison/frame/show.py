"""A figure as it was made, on a page or as the one thing of a slide."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from comparison.figures import figures
from comparison.figures.figure import Chart, Choice, Listing, Made, Missing, Table, Words, made_of
from comparison.figures.part_shown import is_part, part_shown
from comparison.forms.place import PAGE, Place
from comparison.frame import elements
from comparison.frame.address import go
from comparison.frame.chart import show_chart
from comparison.frame.method import method_row
from comparison.frame.opening import name_ignored
from comparison.frame.phone import chart_hint
from comparison.frame.slide_drill import drilled
from comparison.frame.slide_frame import slide_figure, slide_heading, slide_text
from comparison.frame.source_row import empty, listing_row, source_row
from comparison.frame.words import show_caption, show_heading, show_html, show_text, show_title
from comparison.question import Question
from comparison.wording.texts import Html


def show_figure(v: Question, key: str, place: Place) -> bool:
    """Show the figure of a key on a page; False where it has nothing to show."""
    figure = figures()[key]
    made = made_of(figure, v, place)
    if made is None:
        return False
    show(v, figure.key, made)
    return True


def show_headline(v: Question, key: str) -> None:
    """A figure whose title is that of the page."""
    made = made_of(figures()[key], v, PAGE)
    assert made is not None, "a page has a title"
    show_title(v, made.title)
    show(v, key, replace(made, title=""))


def show(v: Question, key: str, made: Made) -> None:
    """What was made of a figure, on a page."""
    if made.ignored:
        name_ignored(v, made.ignored)
    v = v.asking(made.asked) if made.asked else v
    match made.body:
        case Missing(message, hint, link, height):
            empty(
                v,
                title=made.title,
                subtitle=made.subtitle,
                message=message,
                hint=hint,
                link=link,
                height=height,
                source=made.source,
            )
        case Chart():
            _show_chart(v, key, made, made.body)
        case Listing(numbers, _, html):
            _heading(v, made)
            if not numbers.frame.is_empty():
                show_html(v, html)
                listing_row(v, made.source, made.numbers or numbers, made.title, key, made.method)
        case body:
            _heading(v, made)
            if isinstance(body, Table):
                show_html(v, body.html)
            elif isinstance(body, Words):
                _show_words(v, body, made.captions)
                made = replace(made, captions=())
            _row(v, key, made, pictured=None)
    if made.said:
        with st.container(gap="xxsmall"):
            for text in made.said:
                show_text(v, text)
    for text in made.captions:
        show_caption(v, text)
    for way in made.links:
        elements.page_link(way.file, label=way.label, icon=":material/arrow_forward:", query_params=way.parameters)


def show_on_slide(v: Question, key: str, made: Made, title: str = "") -> None:
    """What was made of a figure, as large as the slide, under its own title or this one."""
    own = v.asking(made.asked) if made.asked else v
    if made.ignored:
        name_ignored(v, made.ignored)
    lead = (part_shown(v) if is_part(v) else "") if made.lead is None else made.lead
    height = slide_heading(own, title or made.title, made.subtitle, lead)
    _show_above(own, made)
    match made.body:
        case Chart(fig):
            drilled(own, key, lambda place: slide_figure(own, fig, place, made.title, height))
        case Listing(_, _, html) | Table(html):
            show_html(v, html)
        case Words(paragraphs, _):
            slide_text(v, paragraphs)
        case Missing(message, hint):
            slide_text(v, [(message, hint)])


def _heading(v: Question, made: Made) -> None:
    if made.title:
        show_heading(v, made.title, made.subtitle)
    choose(v, made.choices, made.choice_widths)
    _show_above(v, made)


def _show_words(v: Question, words: Words, captions: Sequence[str]) -> None:
    texts = [text for pair in words.paragraphs for text in pair if text]
    with st.container(gap=None):
        for paragraphs in [texts] if words.is_spaced else [[text] for text in texts]:
            show_text(v, *paragraphs)
        for text in captions:
            show_caption(v, text)


def _show_above(v: Question, made: Made) -> None:
    for each in made.above:
        if isinstance(each, Html):
            show_html(v, each)
        else:
            show_text(v, each)


def _show_chart(v: Question, key: str, made: Made, chart: Chart) -> None:
    show_heading(v, made.title, made.subtitle, below=chart_hint(key, chart.fig, chart.narrowest))
    choose(v, made.choices, made.choice_widths)
    _show_above(v, made)
    mark = show_chart(chart.fig, key=f"chart-{key}", title=made.title, click=chart.opens is not None)
    _row(v, key, made, pictured=made.subtitle)
    if mark and chart.opens is not None:
        own = chart.opens(mark)
        if own:
            _open(key, mark, own)


def _row(v: Question, key: str, made: Made, *, pictured: str | None) -> None:
    if made.numbers is not None:
        source_row(
            v, made.source, made.numbers, key, method=made.method, title=made.name or made.title, pictured=pictured
        )
    elif made.source or made.method:
        method_row(v, made.source, made.method, key, made.measures)


def _open(key: str, mark: list[str], own: Mapping[str, str]) -> None:
    """Go to what a clicked mark opens; a mark that stays selected counts once."""
    clicked = f"clicked-{key}"
    if mark != st.session_state.get(clicked):
        st.session_state[clicked] = mark
        go(own=own)
        st.rerun()


def choose(v: Question, choices: Sequence[Choice], widths: Sequence[int] = ()) -> None:
    """What a reader chooses, beside each other."""
    if widths:
        for choice, column in zip(choices, st.columns(list(widths), gap="medium"), strict=False):
            with column:
                _choice(v, choice)
    elif len(choices) > 1:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            for choice in choices:
                _choice(v, choice)
    else:
        for choice in choices:
            _choice(v, choice)


def _choice(v: Question, choice: Choice) -> None:
    key = f"choice-{choice.parameter}"
    # The state is set on every run, so that Back shows too.
    st.session_state[key] = choice.chosen
    told: dict[str, Any] = {
        "format_func": choice.options.__getitem__,
        "key": key,
        "on_change": lambda: go(own={choice.parameter: st.session_state[key] or ""}),
        "label_visibility": "visible" if choice.shows_label else "collapsed",
    }
    options = list(choice.options)
    match choice.form:
        case "segments":
            helped: dict[str, Any] = {"help": choice.help} if choice.help else {}
            elements.segmented_control(choice.label, options, required=True, **told, **helped)
        case "pills":
            elements.pills(choice.label, options, required=True, **told)
        case "box":
            sized: dict[str, Any] = {"width": choice.width} if choice.width else {}
            placeholder = choice.placeholder or v.say("filter.choose")
            elements.selectbox(choice.label, options, filter_mode=None, placeholder=placeholder, **told, **sized)
