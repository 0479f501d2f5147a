"""Pages of the dashboard opened by their address, as AppTest runs them."""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from comparison.menu import NAMES
from comparison.question import Question
from tests.helpers.page_words import NBSP
from warehouse.folders import PROJECT, data_folder

PATIENCE = 120  # seconds; a busy machine must not fail a test
DASHBOARD = str(PROJECT / "dashboard.py")
PAGES = ("overview", "volume", "lateness", "satisfaction", "models", "compare", "unit")
# Address of every page by the name of its file.
PATHS = {name: path for path, name in NAMES.items()} | {
    "unit": "ho-so-don-vi", "present": "trinh-chieu", "data": "du-lieu", "definitions": "dinh-nghia",
}  # fmt: skip
HN = {"root": "HN", "kind": "all", "from": "2023-01-01", "to": "2023-04-30"}
NOTHING = {"from": "2019-01-01", "to": "2019-03-31"}


def opened(page: str, **parameters: str) -> AppTest:
    """A page opened by its address, nothing else drawn before it."""
    app = _dashboard(parameters)
    # Streamlit knows a page by its path; `switch_page` knows paths only after a run, which draws the first page.
    app._page_hash = calc_hash(PATHS[page])
    app.run()
    assert not app.exception, app.exception[0].stack_trace
    assert app._finished_page_script_hash == app._page_hash, f"{page} is not in the menu"
    return app


def seen(page: str, **parameters: str) -> AppTest:
    """A page as `opened` gives it, drawn once for all tests that ask for it of the same data. To be read: it refuses to
    run again."""
    return _seen(data_folder(), page, tuple(sorted(parameters.items())))


@lru_cache(maxsize=40)
def _seen(data: Path, page: str, parameters: tuple[tuple[str, str], ...]) -> AppTest:
    app = opened(page, **dict(parameters))

    def refuse(*_: object, **__: object) -> AppTest:
        raise AssertionError(f"{page} is shared with other tests: a page that is used is `opened`")

    app._run = refuse  # type: ignore[method-assign] # what makes it only to be read
    return app


def opened_from_menu(page: str, **parameters: str) -> AppTest:
    """A page reached as people do: the first page by the address, then a click in the menu."""
    app = _dashboard(parameters).run()
    assert not app.exception, app.exception[0].stack_trace
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception, app.exception[0].stack_trace
    return app


@cache
def _components() -> BidiComponentManager:
    """What installed packages bring to Streamlit: a server looks for it once, an AppTest each, a third of its time."""
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    return manager


def _dashboard(parameters: Mapping[str, str]) -> AppTest:
    app = AppTest.from_file(DASHBOARD, default_timeout=PATIENCE)
    app._bidi_component_manager = _components()
    for name, value in parameters.items():
        app.query_params[name] = value
    return app


def tile_values(app: AppTest) -> list[str]:
    """The key figures of Tổng quan."""
    found = [
        value for element in app.get("html") for value in re.findall(r'<p class="value">(.*?)</p>', element.proto.body)
    ]
    return [unescape(value).replace(NBSP, " ") for value in found]


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def chosen_cell(app: AppTest, unit: str, field: str) -> AppTest:
    app.selectbox(key="choice-cell_unit").set_value(unit)
    app.selectbox(key="choice-cell_field").set_value(field)
    app.run()
    assert not app.exception
    return app


def view_of(app: AppTest) -> Question:
    assert not app.exception, app.exception
    found = app.session_state["view"]
    assert isinstance(found, Question)
    return found


def address(app: AppTest) -> dict[str, str]:
    return dict(app.query_params)
