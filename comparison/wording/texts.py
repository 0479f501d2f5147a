"""The one place where a value becomes part of something: a sentence, HTML, a label, CSS or a script.

A value that comes from data, reference files, briefings or the address is a plain `str` and is shown literally wherever
it goes. `Text` is a sentence of ours with values in it: read as a `str` it has no marks at all, and so can stand in a
chart, a workbook or a file as it is. `Html` is markup of ours in which every value is escaped. Whoever forgets which of
them something is gets literal text, never markup.
"""

import json
import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Literal, SupportsIndex

# How a piece of a sentence is set: as the rest, bold, or as something that is typed.
Mark = Literal["", "b", "code"]

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")
# What Streamlit makes icons, emojis, links and arrows of once Markdown has been read, where a backslash is of no use.
_LATER = re.compile(
    r":(?=[\w+-]+:|//|material/|streamlit:)|(?<=\bwww)(?=\.)|(?<=@)|(?<=<)(?=[-=])|(?<=[->~])(?=[-=>])", re.IGNORECASE
)
# Neither seen nor broken at.
_JOINER = "\N{WORD JOINER}"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LABEL_MARKS: dict[Mark, str] = {"": "", "b": "**", "code": ""}


class Text(str):
    """A sentence as it is read. `pieces`: the same in order, each as long as its mark holds."""

    pieces: tuple[tuple[str, Mark], ...]

    def __new__(cls, *pieces: tuple[str, Mark]) -> "Text":
        made = super().__new__(cls, "".join(text for text, _ in pieces))
        runs = groupby((piece for piece in pieces if piece[0]), key=itemgetter(1))
        made.pieces = tuple(("".join(text for text, _ in run), mark) for mark, run in runs)
        return made

    def __getnewargs__(self) -> tuple[tuple[str, Mark], ...]:  # type: ignore[override] # pieces in place of a text
        return self.pieces


class Html(str):
    """HTML, or the part of it that plotly reads, in which every value is escaped."""

    def __add__(self, other: str) -> "Html":
        return Html(f"{self!s}{html_of(other)!s}")

    def __radd__(self, other: str) -> "Html":
        return Html(f"{html_of(other)!s}{self!s}")

    def __mul__(self, times: SupportsIndex) -> "Html":
        return Html(super().__mul__(times))


def pieces_of(value: object) -> tuple[tuple[str, Mark], ...]:
    """The pieces of a sentence; anything else is one without a mark."""
    return value.pieces if isinstance(value, Text) else ((str(value), ""),)


def bold(value: object) -> Text:
    """The whole of a text in bold."""
    return Text(*((text, mark or "b") for text, mark in pieces_of(value)))


def typed(value: object) -> Text:
    """A text as something that is typed: a command, a folder."""
    return Text(*((text, "code") for text, _ in pieces_of(value)))


def sentences(parts: Iterable[object], between: str = " ") -> Text:
    """Parts one after the other, each with its marks; empty ones are left out."""
    found: list[tuple[str, Mark]] = []
    for part in parts:
        if str(part):
            found += [(between, ""), *pieces_of(part)] if found else pieces_of(part)
    return Text(*found)


def html_of(value: object) -> Html:
    """A value as HTML that shows it: `Html` as it is, the marks of a `Text` as tags, everything else literally."""
    if isinstance(value, Html):
        return value
    if isinstance(value, Text):
        return Html("".join(f"<{mark}>{_escaped(t)}</{mark}>" if mark else _escaped(t) for t, mark in value.pieces))
    return Html(_escaped(str(value)))


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def markup(template: str, *values: object, **named: object) -> Html:
    """HTML of ours with values in it, as `str.format` puts them: markup("<b>{}</b>", name).

    `template` is written where it is used; a test sees to that. Numbers keep their format: markup("{:.1f}%", part).
    """
    return Html(template.format(*map(_placed, values), **{name: _placed(value) for name, value in named.items()}))


def _placed(value: object) -> object:
    return value if isinstance(value, int | float) else html_of(value)


def attribute(name: str, value: object) -> Html:
    """An attribute of a tag with a blank before it; nothing where its value is ""."""
    return markup(' {}="{}"', name, value) if str(value) else Html()


def joined(parts: Iterable[object]) -> Html:
    """HTML of several parts, one after the other."""
    return Html("".join(map(html_of, parts)))


def in_lines(text: str) -> Html:
    """A text with its line breaks."""
    return Html("<br>".join(map(html_of, text.split("\n"))))


def style(css: str) -> Html:
    """CSS of ours as an element. Raises ValueError for what could end it or ask for anything from elsewhere."""
    if "</" in css or "@import" in css or re.search(r"url\((?!\"?data:)", css):
        raise ValueError("CSS with a tag, an import or an address")
    return Html(f"<style>{css}</style>")


def css_text(value: str) -> str:
    """A value as a string of CSS."""
    return '"' + "".join(each if each.isalnum() or each == " " else f"\\{ord(each):x} " for each in value) + '"'


def script(code: str, **values: object) -> Html:
    """JavaScript of ours as an element; `values` are constants in it, whatever JSON can hold."""
    # Within JSON "<" stands in texts alone; written so it ends no element.
    constants = "".join(f"const {name}={json.dumps(value, ensure_ascii=False)};" for name, value in values.items())
    constants = constants.replace("<", "\\u003c")
    return Html(f"<script>{{{constants}{code}}}</script>")


def cell_text(text: str) -> str:
    """A text for a cell of a file: with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def label(value: object) -> str:
    """Markdown that shows a text literally, but for the bold pieces of a `Text`: for what reads nothing else."""
    return "".join(
        f"{_LABEL_MARKS[mark]}{_literal(text)}{_LABEL_MARKS[mark]}" if text.strip() else text
        for text, mark in pieces_of(value)
    ).strip()


def _literal(text: str) -> str:
    # Two line breaks, or four blanks at the start of a line, would begin something else.
    whole = re.sub(r"\s*\n\s*", " ", text)
    return _MARKDOWN.sub(r"\\\1", _LATER.sub(lambda found: f"{found[0]}{_JOINER}", whole))
