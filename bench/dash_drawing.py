"""What our pages call, answered with Dash: each element as a writer of a Dash app would make it.

It stands in for the module `streamlit` in a process of its own, so that the Dash pages hold the same figures, tables
and words as ours, whatever is changed there. An element that it does not know ends the bench.
"""

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import SimpleNamespace, TracebackType
from typing import Any, TypeVar
from urllib.parse import urlencode

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

_F = TypeVar("_F", bound=Callable[..., Any])
_GAPS = {"small": "1rem", "medium": "2rem", "xxsmall": "0.25rem", None: "0"}
_ICON = re.compile(r":material/\w+:")
_MARKUP = re.compile(r"[*_`\[\]\\#]|^- |\n", re.MULTILINE)
# The lists of cases: ours scroll inside this height.
_LIST_HEIGHT = 400


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


# Stands in the page before Dash's own scripts; React is there by the time it is called.
HTML_SCRIPT = """
window.bench = {
    Html: props => React.createElement("div", {className: "html", dangerouslySetInnerHTML: {__html: props.html}}),
};
"""


class State(dict[str, Any]):
    """The state of one answer: Dash keeps none on the server."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


class Box:
    """A div that takes what is drawn while it is entered."""

    open = False

    def __init__(self, drawing: "Drawing", **style: str) -> None:
        self.children: list[Any] = []
        self.style, self.is_plain = style, False
        self._drawing = drawing

    def __enter__(self) -> "Box":
        self._drawing.boxes.append(self)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._drawing.boxes.pop()

    def component(self) -> Any:
        children = [each.component() if isinstance(each, Box) else each for each in self.children]
        return html.Div(children, style=self.style or None)


class Details(Box):
    """A button with something behind it that is not yet seen."""

    def __init__(self, drawing: "Drawing", label: str) -> None:
        super().__init__(drawing)
        self.is_plain, self._label = True, label

    def component(self) -> Any:
        return html.Details([html.Summary(self._label), *self.children])


class Drawing(threading.local):
    """The elements that one thread is drawing; every attribute that the pages take from `streamlit`."""

    def __init__(self) -> None:
        self.session_state = State()
        self.query_params = SimpleNamespace(to_dict=dict, from_dict=dict)
        self.context = SimpleNamespace(url="", theme=SimpleNamespace(type="light"))
        self.column_config = SimpleNamespace(TextColumn=lambda **_: None)
        self.components = SimpleNamespace(v2=SimpleNamespace(component=lambda *_, **__: None))
        self.boxes: list[Box] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotImplementedError(f"the pages call st.{name}: tell bench/dash_drawing.py how Dash draws it")

    def drawn(self, parameters: Mapping[str, str], draw: Callable[[], str]) -> tuple[Any, str]:
        """What `draw` draws for the page with these parameters, as one Dash component, and what it answers."""
        self.session_state = State()
        self.query_params = SimpleNamespace(to_dict=lambda: dict(parameters))
        root = Box(self)
        self.boxes = [root]
        answer = draw()
        return root.component(), answer

    def _add(self, component: Any) -> None:
        self.boxes[-1].children.append(component)

    # Decorators: a fragment is drawn with its page, a dialog not before it is asked for.
    def fragment(self, function: _F) -> _F:
        return function

    def dialog(self, *_: object, **__: object) -> Callable[[_F], _F]:
        return lambda function: function

    # Boxes
    def container(
        self, *, horizontal: bool = False, gap: str | None = "small", horizontal_alignment: str = "left", **_: object
    ) -> Box:
        if not horizontal:
            return self._added(Box(self, display="flex", flexDirection="column", gap=_GAPS[gap]))
        style = {"alignItems": "center", "flexWrap": "wrap", "justifyContent": horizontal_alignment}
        return self._added(Box(self, display="flex", gap=_GAPS[gap], **style))

    def columns(self, spec: int | Sequence[float], *, gap: str | None = "small", **_: object) -> list[Box]:
        widths = [1.0] * spec if isinstance(spec, int) else list(spec)
        row = self._added(Box(self, display="flex", gap=_GAPS[gap]))
        columns = [Box(self, flex=f"{width} 1 0", minWidth="0") for width in widths]
        row.children.extend(columns)
        return columns

    def popover(self, label: str, **_: object) -> Box:
        return self._added(Details(self, label))

    def expander(self, label: str, **_: object) -> Box:
        return self._added(Details(self, label))

    def _added(self, box: Box) -> Box:
        self._add(box)
        return box

    # Words
    def warning(self, text: str, **_: object) -> None:
        self._add(self._words(text, "warning"))

    def _words(self, text: str, name: str) -> Any:
        # Markdown costs Dash more than a paragraph: only where there is any, and not where nobody sees it yet.
        text = _said(text)
        if self.boxes[-1].is_plain or not _MARKUP.search(text):
            return html.P(text, className=name)
        return dcc.Markdown(text, className=name)

    def html(self, text: str, **_: object) -> None:
        self._add(Html(text))

    # Figures and lists
    def plotly_chart(self, fig: dict[str, Any], *, config: dict[str, Any], **_: object) -> None:
        self._add(dcc.Graph(figure=fig, config=config))

    def dataframe(self, frame: pl.DataFrame, **_: object) -> None:
        # Imported late: the stand-in must be in its place before the widgets are read.
        from comparison.charts.fact_table import fact_table
        from comparison.charts.tokens import tokens
        from comparison.figures.numbers import Numbers, as_text

        table = fact_table(as_text("vi", Numbers(frame)), (), tokens("light"), height=_LIST_HEIGHT)
        self._add(html.Div(Html(table), className="list"))

    # Choices: all but the period are there, and lead nowhere.
    def button(self, label: str, **_: object) -> bool:
        self._add(html.Button(label))
        return False

    def download_button(self, label: str, **_: object) -> bool:
        return self.button(label)

    def page_link(self, path: str, *, label: str, query_params: Mapping[str, str], **_: object) -> None:
        self._add(html.A(label, href=f"{path}?{urlencode(query_params)}"))

    def selectbox(self, label: str, options: Iterable[Any], **given: Any) -> Any:
        named, chosen = self._choices(options, **given)
        if given["key"] == "choice-period":
            # The live one stands above the page.
            return chosen
        self._labelled(label, dcc.Dropdown(named, chosen, clearable=False), **given)
        return chosen

    def segmented_control(self, label: str, options: Iterable[Any], **given: Any) -> Any:
        named, chosen = self._choices(options, **given)
        self._labelled(label, dcc.RadioItems(named, chosen, inline=True), **given)
        return chosen

    def _choices(
        self, options: Iterable[Any], *, key: str, format_func: Callable[[Any], str] = str, **_: object
    ) -> tuple[list[dict[str, Any]], Any]:
        named = [{"label": format_func(option), "value": option} for option in options]
        return named, self.session_state.get(key)

    def _labelled(self, label: str, choice: Any, *, label_visibility: str = "visible", **_: object) -> None:
        self._add(choice if label_visibility == "collapsed" else html.Div([html.Label(label), choice]))


def _said(text: str) -> str:
    """Without Streamlit's own names of icons."""
    return _ICON.sub("•", text)
