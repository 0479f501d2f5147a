"""Streamlit's elements that read Markdown, or take HTML, given texts that they show literally.

Nothing else under `comparison/frame` or `pages` calls them of Streamlit itself; a test sees to that. What they are
told beside their texts is passed on as it is.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from comparison.wording.texts import Html
from comparison.wording.texts import label as literal
from warehouse import log

Named = Callable[[Any], str]


def html(body: Html, **options: Any) -> None:
    """HTML without a script; Streamlit takes out what a browser would run."""
    st.html(body, **options)


def html_with_script(body: Html) -> None:
    """HTML with a script of ours, as `texts.script` makes it."""
    st.html(body, unsafe_allow_javascript=True)


def _logged(happens: Callable[..., None]) -> Callable[..., None]:
    """What a click or choice does, its errors in the log: it happens before the page is drawn, outside all of it."""

    def logged(*args: Any, **named: Any) -> None:
        try:
            happens(*args, **named)
        except Exception as error:
            log.failure("page_failed", error, page="")
            raise

    return logged


def button(text: str, *, help: str = "", **options: Any) -> bool:  # noqa: A002 # as Streamlit calls it
    """As st.button; `text` may be "" beside an icon."""
    happens = {"on_click": _logged(options["on_click"])} if "on_click" in options else {}
    return st.button(literal(text), help=literal(help) or None, **options | happens)


def download_button(text: str, **options: Any) -> bool:
    return st.download_button(literal(text), **options)


def popover(text: str, **options: Any) -> Any:
    return st.popover(literal(text), **options)


def expander(text: str, **options: Any) -> Any:
    return st.expander(literal(text), **options)


def dialog(title: str, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return st.dialog(literal(title), **options)


def page_link(page: str, *, label: str, **options: Any) -> None:
    st.page_link(page, label=literal(label), **options)


def _once_changed(options: dict[str, Any]) -> dict[str, Any]:
    """What a box is told, its callback only where the box no longer holds what it was drawn with.

    Streamlit takes a box that it draws anew, behind a button just opened, for one whose value has changed.
    """
    key, changed = options.get("key"), options.get("on_change")
    if not key or not callable(changed):
        return options
    drawn_with = st.session_state.get(key)

    def chosen(*args: Any) -> None:
        if st.session_state.get(key) != drawn_with:
            changed(*args)

    return {**options, "on_change": _logged(chosen)}


def pills(label: str, options: Sequence[Any], format_func: Named, **more: Any) -> Any:
    return st.pills(
        literal(label), options, format_func=lambda each: literal(format_func(each)), **_once_changed(more)
    )  # fmt: skip


def segmented_control(label: str, options: Sequence[Any], format_func: Named, **more: Any) -> Any:
    """As st.segmented_control; of `more` the help too is a text."""
    told = {"help": literal(more["help"])} if "help" in more else {}
    return st.segmented_control(
        literal(label), options, format_func=lambda each: literal(format_func(each)), **_once_changed(more | told)
    )  # fmt: skip


def selectbox(label: str, options: Sequence[Any], format_func: Named, **more: Any) -> Any:
    """As st.selectbox, which shows its choices as they are."""
    return st.selectbox(literal(label), options, format_func=lambda each: str(format_func(each)), **_once_changed(more))


def text_input(text: str, **options: Any) -> Any:
    return st.text_input(literal(text), **_once_changed(options))


def toast(text: str, **options: Any) -> None:
    st.toast(literal(text), **options)


def error(text: str, **options: Any) -> None:
    st.error(literal(text), **options)


def warning(text: str, lines: Sequence[str] = (), **options: Any) -> None:
    """As st.warning, with a list below the text."""
    st.warning("\n".join([literal(text), "", *(f"- {literal(line)}" for line in lines)]).strip(), **options)
