"""What reaches paper of a page that is made to be printed: A4, and nothing that only a screen can use."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from comparison.frame import elements
from comparison.wording.texts import markup, style

# Streamlit names the class of a container after its key; `scope-bar` is the row of filters.
_SHEET = "sheet"
_SCREEN_ONLY = ".st-key-scope-bar,[class*=st-key-source-row-],[class*=st-key-screen-only],.ds-screen"


# Streamlit would put a piece of nothing but style where a message that comes later takes its place.
_STYLE = markup("<i hidden></i>") + style(
    "@page{size:A4 portrait;margin:10mm 12mm}"
    ".ds-paper{display:none}"
    f"@media print{{{_SCREEN_ONLY}{{display:none!important}}.ds-paper{{display:block;font-size:12px;margin:0}}"
    # Everything on the sheet is drawn smaller at once, with room for more words on a line.
    f".st-key-{_SHEET}{{zoom:.82}}"
    ".ds-side{overflow:visible}.ds-side table{font-size:13px;min-width:0!important}"
    ".ds-side th,.ds-side td{padding:2px 8px 2px 0}"
    ".ds-side td span,.ds-side small,.ds-side th small{font-size:11.5px}"
    ".ds-side img{height:20px!important}.ds-side tr{break-inside:avoid}.ds-side td>i{width:60px}"
    # On paper the name and its unit of measure share a line where they can.
    ".ds-side tbody th small{display:inline;margin-left:6px}}"
)


@contextmanager
def sheet() -> Iterator[None]:
    """What stands in it is made for A4 with margins of about a centimetre; one a page."""
    elements.html(_STYLE)
    with st.container(key=_SHEET):
        yield


@contextmanager
def screen_only(key: str) -> Iterator[None]:
    """What stands in it is not printed; `key` tells such parts of a page apart."""
    with st.container(key=f"screen-only-{key}", gap=None):
        yield
