"""Values stand literally in sentences, HTML, labels, CSS and scripts, and nothing else makes any of these."""

import ast
import json
import pickle
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from comparison.wording import say
from comparison.wording.texts import (
    Html,
    attribute,
    bold,
    css_text,
    html_of,
    in_lines,
    joined,
    label,
    markup,
    script,
    sentences,
    style,
)
from warehouse.folders import PROJECT

NASTY = """<img src=x onerror=a()> **đ** & "x" 'y' [a](b) $c$ :red[d] `e` \\* {0} =1+1"""
# Made after Markdown has been read, whatever is escaped in it.
LATER = (
    "www.x.vn",
    "https://x.vn",
    "a@b.vn",
    ":smile:",
    ":material/home:",
    "a --",
    "-> b",
    "<- b",
    "<->",
    ">= 1",
    "~= 1",
)


def test_a_sentence_is_read_without_marks_and_shows_only_its_own() -> None:
    told = say("vi", "overview.reconciled_whole", root=NASTY, sentence=bold("c"))
    assert told == f"{NASTY}: c"
    assert html_of(told) == f"<b>{html_of(NASTY)}:</b> <b>c</b>"
    assert label(told) == f"**{label(NASTY)}\\:** **c**"
    assert pickle.loads(pickle.dumps(told)).pieces == told.pieces  # type: ignore[attr-defined] # pickle tells no type
    # Whoever takes it apart loses the bold, never the escaping.
    assert html_of(f"{told}") == html_of(NASTY) + ": c"
    assert html_of(sentences([told, "", NASTY])) == f"{html_of(told)} {html_of(NASTY)}"


def test_html_holds_values_as_text() -> None:
    assert unescape(html_of(NASTY)) == NASTY
    assert not re.search("[<>\"']", html_of(NASTY))
    assert markup('<b title="{}">{:.1f}{}</b>', NASTY, 2.04, Html("<i>")) == f'<b title="{html_of(NASTY)}">2.0<i></b>'
    assert joined([markup("<p>{}</p>", NASTY), NASTY]) == f"<p>{html_of(NASTY)}</p>{html_of(NASTY)}"
    assert Html("<b>") + NASTY == f"<b>{html_of(NASTY)}"
    assert NASTY + Html("<b>") == html_of(NASTY) + Html("<b>")
    assert in_lines("<a>\nb") == "&lt;a&gt;<br>b"
    assert attribute("title", "") == ""
    assert attribute("title", NASTY) == f' title="{html_of(NASTY)}"'


@pytest.mark.parametrize("text", ["Phòng Kinh tế, Hạ tầng & Đô thị (1*)", "1. Một", NASTY, *LATER])
def test_a_label_shows_a_text_literally(text: str) -> None:
    # The escapes of Markdown and what is not seen taken away.
    assert re.sub(r"\\([^\w\s])|\N{WORD JOINER}", lambda found: found[1] or "", label(text)) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<>\[\]#$|~.]", re.sub(r"\\[^\w\s]", "", label(text)))


@pytest.mark.parametrize("text", LATER)
def test_a_label_breaks_what_is_made_of_text_once_markdown_is_read(text: str) -> None:
    assert "\N{WORD JOINER}" in label(text)


def test_a_label_stays_one_line() -> None:
    assert label("a\n\n    b\n- c") == "a b \\- c"


def test_scripts_and_css_hold_values_as_data() -> None:
    made = script("go(name);", name=f"</script>{NASTY}")
    assert made.count("<") == 2
    (written,) = re.findall(r"const name=(.*?);go", made)
    assert json.loads(written) == f"</script>{NASTY}"
    for css in ("a{}</style>", '@import "x";', "a{background:url(//x.vn)}"):
        with pytest.raises(ValueError, match="CSS"):
            style(css)
    assert css_text('";}</style>') == '"\\22 \\3b \\7d \\3c \\2f style\\3e "'


# --- nothing else makes markup

CODE = [
    PROJECT / "dashboard.py",
    *(path for part in ("comparison", "pages") for path in (PROJECT / part).rglob("*.py")),
]
MECHANISM = PROJECT / "comparison" / "wording" / "texts.py"
ELEMENTS = PROJECT / "comparison" / "frame" / "elements.py"
# Of Streamlit what shows no text of its own, or text that is not read as Markdown.
SILENT = {
    *("Page", "navigation", "logo", "set_page_config", "switch_page", "query_params", "session_state", "context"),
    *("get_option", "columns", "container", "fragment", "rerun", "plotly_chart", "components"),
}
# A value is a 0 here: "<{n}" is a number, "<{name}>" a tag.
TAG = re.compile(r"</?[a-zA-Z!]|</?0[^<]*>")


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """The calls of functions with these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
            yield node


def is_written(code: ast.expr) -> bool:
    """Whether it stands in the source: a constant, or the name of one."""
    return isinstance(code, ast.Constant) or (isinstance(code, ast.Name) and code.id.isupper())


def faults(path: Path) -> Iterator[str]:
    """Where a file makes markup, labels, CSS or scripts beside the mechanism."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in (each for each in ast.walk(tree) if isinstance(each, ast.expr | ast.keyword)):
        of_streamlit = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "st" and node.attr
        if of_streamlit and of_streamlit not in SILENT and path != ELEMENTS:
            yield f"{node.lineno}: st.{of_streamlit} shows text; take it of comparison.frame.elements"
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            yield f"{node.value.lineno}: unsafe_allow_html"
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        if TAG.search("".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in parts)):
            yield f"{node.lineno}: values in a text with a tag; use texts.markup"
    for call in calls(tree, "markup"):
        if not isinstance(call.args[0], ast.Constant):
            yield f"{call.lineno}: the first of markup is written where it stands"
    for call in calls(tree, "script"):
        if not is_written(call.args[0]):
            yield f"{call.lineno}: values of a script are given by name"
    for call in calls(tree, "component"):
        if not all(is_written(part.value) for part in call.keywords):
            yield f"{call.lineno}: values of a component are its data"
    for call in calls(tree, "Html"):
        if call.args:
            yield f"{call.lineno}: Html is made by texts.markup"


def test_nothing_else_makes_markup() -> None:
    found = {f"{path.relative_to(PROJECT)}:{fault}" for path in CODE if path != MECHANISM for fault in faults(path)}
    # It takes `Html` and gives `Html`.
    allowed = {"comparison/wording/marking.py"}
    assert sorted(fault for fault in found if fault.split(":")[0] not in allowed) == []
    assert {fault.split(":")[0] for fault in found} == allowed


@pytest.mark.parametrize(
    "code",
    [
        "st.caption(name)", "st.markdown(x, unsafe_allow_html=True)", "f'<b>{name}</b>'", "f'<{name}>'", "Html(name)",
        "markup(name)", "markup(f'{name}')", "script(f'go({name})')", "script(code)",
        "st.components.v2.component('a', js=f'{name}')",
    ],
)  # fmt: skip
def test_a_way_beside_it_is_seen(code: str, tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(code, encoding="utf-8")
    assert list(faults(tmp_path / "page.py"))
