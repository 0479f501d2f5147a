"""Tổng quan and Trễ hạn drawn with Dash, with one live filter: `python -m bench.dash_pages PORT`.

The figures are the registry's own, made and kept as for our pages, and so are the lists of pages. One callback answers
with everything but the period, and with the address that shows it again. Left out, all in Dash's favour: the menu, what
stands behind buttons, and what a click on a mark or a change of another choice leads to.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import waitress
from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from bench.data import quarters
from comparison.figures import figures
from comparison.figures.figure import Chart, Listing, Made, Table, Words, made_of
from comparison.forms.place import PAGE, Place
from comparison.forms.template import CONFIG
from comparison.frame.page import Beside, Page
from comparison.measures import known
from comparison.question import Question
from comparison.scope import Period, Viewer, default_scope
from comparison.wording import dated_label
from comparison.wording.texts import joined, markup
from pages.lateness import PAGE as LATENESS
from pages.overview import PAGE as OVERVIEW
from warehouse.snapshots import open_snapshot

PAGES = {"/": OVERVIEW, "/tre-han": LATENESS}
_SHELL = """<!DOCTYPE html>
<html lang="vi"><head>{%metas%}<title>Dash</title>{%css%}<style>
body { font: 16px/1.5 sans-serif; margin: 12px 80px; color: #101820 }
h1 { font-size: 1.6rem; margin: 0 } h2, h3 { font-size: 1.12rem; margin: 0 } p { margin: 0 }
</style></head><body><script>
window.bench = {
    Html: props => React.createElement("div", {className: "html", dangerouslySetInnerHTML: {__html: props.html}}),
};
</script>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body></html>"""


class Html(Component):  # type: ignore[misc] # dash ships no types that mypy follows
    """Ready HTML in a div: what the package dash-dangerously-set-inner-html does, with the React of Dash 4."""

    _namespace, _type = "bench", "Html"
    _children_props: Sequence[str] = ()
    _base_nodes: Sequence[str] = ()

    def __init__(self, html: str) -> None:
        self._prop_names = self.available_properties = ["html"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        super().__init__(html=html)


def _lines(tag: str, *texts: str) -> Html:
    return Html(joined(markup(f"<{tag}>{{}}</{tag}>", text) for text in texts if text))


def _drawn(made: Made) -> Iterator[Component]:
    """A figure as a writer of a Dash app would draw it."""
    yield Html(markup("<h2>{}</h2><p>{}</p>", made.title, made.subtitle))
    for each in made.above:
        yield Html(markup("<div>{}</div>", each))
    for choice in made.choices:
        options = [{"label": label, "value": value} for value, label in choice.options.items()]
        yield dcc.Dropdown(options, choice.chosen, clearable=False)
    match made.body:
        case Chart(fig):
            yield dcc.Graph(figure=fig, config=CONFIG)
        case Table(table) | Listing(_, _, table):
            yield Html(table)
        case Words(paragraphs):
            yield _lines("p", *(text for pair in paragraphs for text in pair))
    yield _lines("p", *made.said, *made.captions, made.source)


def _shown(q: Question, key: str, place: Place) -> list[Component]:
    made = made_of(figures()[key], q, place)
    return list(_drawn(made)) if made else []


def _page(q: Question, page: Page) -> list[Component]:
    title, *captions = page.titles(q) if page.titles else ("",)
    drawn: list[Component] = [_lines("h1", title), _lines("p", *captions)]
    for row in page.rows(q):
        if isinstance(row, str):
            drawn += _shown(q, row, PAGE)
            continue
        assert isinstance(row, Beside), "the pages drawn here are of figures alone"
        parts = [
            html.Div(
                [each for key in keys for each in _shown(q, key, PAGE.part(width / sum(row.widths), len(row.widths)))],
                style={"flex": width, "minWidth": 0},
            )
            for keys, width in zip(row.columns, row.widths, strict=False)
        ]
        drawn.append(html.Div(parts, style={"display": "flex", "gap": "2rem"}))
    return drawn


def _question() -> Question:
    warehouse = open_snapshot()
    return Question(warehouse, default_scope(known(warehouse)), Viewer(), "vi")


def _value(period: Period) -> str:
    return f"{period.starts_on} {period.ends_on}"


def app() -> Dash:
    """The app, over the data folder in force."""

    def layout() -> Any:
        offered = quarters(12)
        choices = [{"label": dated_label("vi", period), "value": _value(period)} for period in offered]
        return html.Div(
            [
                dcc.Location(id="address", refresh=False),
                dcc.Dropdown(choices, _value(offered[0]), id="period", clearable=False),
                html.Div(html.Div(html.Div(id="drawn")), id="page"),
            ]
        )

    made = Dash(__name__, title="Dash", update_title=None)
    made.index_string = _SHELL
    made.layout = layout

    @made.callback(  # type: ignore[untyped-decorator] # dash ships no types that mypy follows
        Output("drawn", "children"), Output("address", "search"), Input("period", "value"), State("address", "pathname")
    )
    def _(period: str, path: str) -> Any:
        asked, days = _question(), Period(*map(date.fromisoformat, period.split()))
        q = replace(asked, scope=asked.scope.with_(period=days))
        return _page(q, PAGES[path]), f"?{urlencode(q.parameters())}"

    return made


if __name__ == "__main__":
    waitress.serve(app().server, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
