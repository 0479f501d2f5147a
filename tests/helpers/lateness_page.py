"""What a reader finds on Trễ hạn: its figures, and who they accuse."""

import json
import tomllib
from typing import Any

from streamlit.testing.v1 import AppTest

from comparison.forms.tokens import LIGHT
from warehouse.folders import PROJECT

TRUTHS = tomllib.loads((PROJECT / "etl" / "demo" / "truths.toml").read_text(encoding="utf-8"))
YEARS = {"from": "2021-01-01", "to": "2025-06-30"}
LATE = set(TRUTHS["land"]["late_units"])
MIX, PERFECT, SINGLE = TRUTHS["mix"]["unit"], TRUTHS["perfect"]["unit"], TRUTHS["single_late"]["unit"]


def spec(app: AppTest, key: str) -> Any:
    """The figure with this key."""
    return json.loads(next(chart for chart in app.get("plotly_chart") if chart.key == f"chart-{key}").proto.spec)


def marks(figure: Any) -> dict[str, tuple[str, str]]:
    """Code of a unit -> symbol and colour of its last mark."""
    found = {}
    for trace in figure["data"]:
        for place, codes in enumerate(trace.get("customdata") or []):
            marker = trace["marker"]
            fill = marker["color"] if isinstance(marker["color"], str) else marker["color"][place]
            found[codes[0]] = (marker["symbol"][place], fill)
    return found


def accused(figure: Any) -> set[str]:
    return {unit for unit, mark in marks(figure).items() if mark == ("diamond", LIGHT.orange)}


def praised(figure: Any) -> set[str]:
    return {unit for unit, mark in marks(figure).items() if mark == ("circle", LIGHT.blue)}
