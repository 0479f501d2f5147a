"""What a reader finds in Tổng quan's icon table and in the charts of monthly signals."""

import json
import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from etl.demo.ground import truths
from tests.helpers.page_words import NBSP

WORSE = truths()["worse"]["unit"]
SIGNALS = ("tốt lên", "xấu đi", "khác thường")


def icons(app: AppTest) -> dict[str, list[str]]:
    """Unit code -> what the icons of its row say, in order of the columns."""
    (html,) = [item.proto.body for item in app.get("html") if "ds-units" in item.proto.body]
    found = {}
    for row in re.findall(r'<tr><th scope="row">(.*?)</tr>', html, re.S):
        code = re.search(r"units=([a-z0-9-]+)", row)
        assert code, row
        found[code[1]] = [unescape(word) for word in re.findall(r'data-sign="([^"]*)"', row)]
    return found


def chart(app: AppTest, name: str) -> dict[str, Any]:
    (found,) = [each for each in app.get("plotly_chart") if each.key == f"chart-dau-hieu-{name}"]
    figure: dict[str, Any] = json.loads(found.proto.spec)
    return figure


def flagged(figure: dict[str, Any]) -> list[str]:
    """The hover of every point that is drawn as a signal."""
    (points,) = [trace for trace in figure["data"] if trace["mode"] == "markers" and len(trace["x"]) > 4]
    return [
        text.replace(NBSP, " ")
        for text, size in zip(points["hovertext"], points["marker"]["size"], strict=True)
        if size >= 10
    ]
