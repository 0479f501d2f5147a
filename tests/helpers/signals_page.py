"""What a reader finds in Tổng quan's icon table and in the charts of monthly signals."""

import json
import re
from html import unescape

from etl.demo.ground import truths
from tests.helpers.pages import NBSP

WORSE = truths()["worse"]["unit"]
SIGNALS = ("tốt lên", "xấu đi", "khác thường")


def icons(app) -> dict[str, list[str]]:
    """Unit code -> what the icons of its row say, in order of the columns."""
    (html,) = [item.proto.body for item in app.get("html") if "ds-units" in item.proto.body]
    found = {}
    for row in re.findall(r'<tr><th scope="row">(.*?)</tr>', html, re.S):
        code = re.search(r"units=([a-z0-9-]+)", row)[1]
        found[code] = [unescape(word) for word in re.findall(r'data-sign="([^"]*)"', row)]
    return found


def chart(app, name) -> dict:
    (found,) = [each for each in app.get("plotly_chart") if each.key == f"chart-dau-hieu-{name}"]
    return json.loads(found.proto.spec)


def flagged(figure) -> list[str]:
    """The hover of every point that is drawn as a signal."""
    (points,) = [trace for trace in figure["data"] if trace["mode"] == "markers" and len(trace["x"]) > 4]
    return [
        text.replace(NBSP, " ")
        for text, size in zip(points["hovertext"], points["marker"]["size"], strict=True)
        if size >= 10
    ]
