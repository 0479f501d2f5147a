"""A figure: one question that a page answers, and what is made of the answer. It knows nothing of Streamlit; pages,
slides, briefings, workbooks and links read the same object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from comparison.figures.numbers import Numbers, numbers_table
from comparison.figures.words import shown_of
from comparison.forms.place import Place
from comparison.forms.template import TEXT
from comparison.measures.memory import remembered
from comparison.question import Question
from comparison.scope import Ignored, Scope
from comparison.wording.texts import Html


@dataclass(frozen=True)
class Chart:
    """A plotly figure. narrowest: px below which its words do not fit. opens: from the customdata of a clicked mark to
    the parameters of the page that it sets; None where no mark can be clicked."""

    fig: dict[str, Any]
    narrowest: int = 0
    opens: Callable[[list[str]], Mapping[str, str]] | None = None


@dataclass(frozen=True)
class Table:
    """A table, list or row of tiles as HTML of ours."""

    html: Html


@dataclass(frozen=True)
class Listing:
    """A table of facts, at most `height` px of it seen at once; what is downloaded is the figure's numbers. html: the
    rows that fit, once it is made for a place."""

    numbers: Numbers
    height: int = 400
    html: Html = Html()  # noqa: RUF009 # never changes


@dataclass(frozen=True)
class Words:
    """Paragraphs as (sentence in bold, what stands under it); either may be "". is_spaced: whether they stand apart."""

    paragraphs: tuple[tuple[str, str], ...]
    is_spaced: bool = False


@dataclass(frozen=True)
class Missing:
    """Nothing to show: what is missing, what to do, and one link (its text and address); the frame's height, px."""

    message: str
    hint: str = ""
    link: tuple[str, str] | None = None
    height: int = 300


Body = Chart | Table | Listing | Words | Missing


@dataclass(frozen=True)
class Choice:
    """What a reader chooses for a figure, a parameter of the address: value -> its words."""

    parameter: str
    label: str
    options: Mapping[str, str]
    chosen: str | None
    form: Literal["segments", "pills", "box"] = "segments"
    help: str = ""
    placeholder: str = ""
    width: int | None = None
    shows_label: bool = False


@dataclass(frozen=True)
class PageLink:
    """A way to another page: its file ("pages/unit.py"), the words of the link, and the parameters of its address."""

    file: str
    label: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Made:
    """A figure as it is to be shown, all of it in words.

    choices: what a reader chooses for it; choice_widths: their shares of the width, each as wide as it is where there
    are none. above: sentences between these and the body, or HTML such as the key of its signs. numbers: what stands
    behind it, for the table and the workbook; where there are none, `measures` names those whose definitions go with
    its method. source: what it rests on; "" where it has no such row. said: paragraphs below it; captions: smaller ones
    below these; links: to other pages, below these. asked: the scope that it is of, where that is not the page's. lead:
    what it is of, on a slide before its period; None for what the scope selects. ignored: parts of the address that it
    cannot honour. name: what its workbook is called, where that is not its title.
    """

    title: str = ""
    subtitle: str = ""
    body: Body | None = None
    source: str = ""
    method: str = ""
    numbers: Numbers | None = None
    measures: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    choice_widths: tuple[int, ...] = ()
    above: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    asked: Scope | None = None
    lead: str | None = None
    ignored: tuple[Ignored, ...] = ()
    name: str = ""

    def of(self, scope: Scope) -> "Made":
        """The same, told to be of another scope than the page's."""
        return replace(self, asked=scope)


Make = Callable[[Question, Place], Made | None]


@dataclass(frozen=True)
class Figure:
    """One figure. key: stands in the files of briefings and in addresses, and never changes. page: its page's place in
    the address. make: None where there is nothing to show. is_slide: whether a briefing can hold it."""

    key: str
    page: str
    make: Make
    is_slide: bool = True


@remembered(512)
def made_of(figure: Figure, q: Question, place: Place) -> Made | None:
    """What a figure makes of a question in a place; kept, so that a page drawn again makes nothing anew."""
    made = figure.make(q, place)
    if made is None or not isinstance(made.body, Listing):
        return made
    numbers, rows = made.body.numbers, made.body.numbers.frame.height
    html = numbers_table(
        q.language,
        q.theme,
        replace(numbers, frame=numbers.frame.head(place.rows_of(rows))),
        made.body.height if place.is_used else None,
        max(TEXT, place.least_text),
    )
    left_out = shown_of(q, place.rows_of(rows), rows, "shown_first")
    return replace(made, subtitle=left_out + made.subtitle, body=replace(made.body, html=html))
