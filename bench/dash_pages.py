"""Tổng quan and Trễ hạn written with Dash, with one live filter: `python -m bench.dash_pages PORT`.

One callback answers with everything below the period. Measures, charts, tables and words are our own, cached alike in
the memory of the process. Left out, all in Dash's favour: the menu, the other filters, sharing and briefings, the
address, grids that sort (lists of cases are plain tables), the methods as Markdown (they are plain text, never opened),
and what a click on a mark or a change of another choice leads to.
"""

import importlib.util
import sys
from collections.abc import Callable
from typing import Any, cast

import waitress
from dash import Dash, Input, Output, State, dcc, html

from bench.dash_drawing import HTML_SCRIPT, Drawing
from bench.data import quarters
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


def app() -> Dash:
    """The app; `streamlit` is the stand-in from here on."""
    sys.modules["streamlit"] = cast(Any, st)
    from comparison.widgets import open_view
    from comparison.wording import dated_label

    shows: dict[str, Callable[[], object]] = {}

    def draw(path: str) -> None:
        assert open_view(), "there is a snapshot"
        if path in shows:
            shows[path]()
        else:
            shows[path] = _show(PAGES[path])

    offered = [{"label": dated_label("vi", each), "value": f"{each.starts_on} {each.ends_on}"} for each in quarters(6)]
    made = Dash(__name__, title="Dash", update_title=None)
    made.index_string = _SHELL
    made.layout = html.Div(
        [
            dcc.Location(id="address", refresh=False),
            dcc.Dropdown(offered, offered[0]["value"], id="period", clearable=False),
            html.Div(id="page"),
        ]
    )

    @made.callback(Output("page", "children"), Input("period", "value"), State("address", "pathname"))  # type: ignore[untyped-decorator] # dash ships no types that mypy follows
    def _(period: str, path: str) -> Any:
        starts_on, ends_on = period.split()
        return st.drawn({"from": starts_on, "to": ends_on}, lambda: draw(path))

    return made


if __name__ == "__main__":
    waitress.serve(app().server, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
