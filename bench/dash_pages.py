"""Tổng quan and Trễ hạn written with Dash, with one live filter: `python -m bench.dash_pages PORT`.

One callback answers with everything but the period, and with the address that shows it again. Measures, charts, tables
and words are our own, cached alike in the memory of the process. Left out, all in Dash's favour: the menu, what stands
behind buttons, and what a click on a mark or a change of another choice leads to.
"""

import importlib.util
import sys
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

import waitress
from dash import Dash, Input, Output, State, dcc, html

from bench.dash_drawing import HTML_SCRIPT, Drawing
from bench.data import quarters
from comparison.scope import Period
from warehouse.folders import PROJECT

PAGES = {"/": "overview", "/tre-han": "lateness"}
_SHELL = """<!DOCTYPE html>
<html lang="vi"><head>{%metas%}<title>Dash</title>{%css%}<style>
body { font: 16px/1.5 sans-serif; margin: 12px 80px; color: #101820 }
h1 { font-size: 1.6rem; margin: 0 } h2, h3 { font-size: 1.12rem; margin: 0 } p { margin: 0 }
.caption { font-size: 14px; color: #586573 }
</style></head><body><script>SCRIPT</script>{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer></body></html>""".replace("SCRIPT", HTML_SCRIPT)
st = Drawing()


def _show(name: str) -> Callable[[], object]:
    """What draws a page of ours: its `show`, read once; reading it draws, as Streamlit has it."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", PROJECT / "pages" / f"{name}.py")
    assert spec, "a page of ours is a file"
    assert spec.loader, "and has Python's own loader"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda: module.show(module.view())


def _periods() -> list[dict[str, str]]:
    """What our box of periods offers, as options; those that are no period of their own lead nowhere here."""
    from comparison.widgets import open_view, view
    from comparison.widgets.frame.period_choice import offered
    from comparison.wording import dated_label

    st.drawn({}, lambda: str(open_view()))
    return [
        {"label": dated_label("vi", each), "value": _value(each)}
        if isinstance(each, Period)
        else {"label": each, "value": each}
        for each in offered(view())
    ]


def _value(period: Period) -> str:
    return f"{period.starts_on} {period.ends_on}"


def app() -> Dash:
    """The app; `streamlit` is the stand-in from here on."""
    sys.modules["streamlit"] = cast(Any, st)
    from comparison.widgets import open_view, scope_bar, view

    shows: dict[str, Callable[[], object]] = {}

    def draw(path: str) -> str:
        assert open_view(), "there is a snapshot"
        scope_bar(view(), path.strip("/"))
        if path in shows:
            shows[path]()
        else:
            shows[path] = _show(PAGES[path])
        return f"?{urlencode(view().parameters())}"

    def layout() -> Any:
        choices, newest = _periods(), quarters(1)[0]
        return html.Div(
            [
                dcc.Location(id="address", refresh=False),
                dcc.Dropdown(choices, _value(newest), id="period", clearable=False),
                html.Div(id="page"),
            ]
        )

    made = Dash(__name__, title="Dash", update_title=None)
    made.index_string = _SHELL
    made.layout = layout

    @made.callback(  # type: ignore[untyped-decorator] # dash ships no types that mypy follows
        Output("page", "children"), Output("address", "search"), Input("period", "value"), State("address", "pathname")
    )  # fmt: skip
    def _(period: str, path: str) -> Any:
        starts_on, ends_on = period.split()
        return st.drawn({"from": starts_on, "to": ends_on}, lambda: draw(path))

    return made


if __name__ == "__main__":
    waitress.serve(app().server, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
