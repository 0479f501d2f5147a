"""What a reader finds on Mô hình: its sentences, tables and figures, read from the page."""

import json
import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.helpers.page_words import NBSP, page_title, paragraphs, said, words
from tests.helpers.pages import opened

# No page may say that a model did something.
CAUSED = ("do mô hình", "nhờ mô hình", "nhờ có mô hình", "because of the model", "caused", "thanks to the model")


def page(**parameters: str) -> AppTest:
    """Mô hình at an address; what no page may say is looked for on each."""
    app = opened("models", **parameters)
    found = whole_text(app).lower()
    assert not [cause for cause in CAUSED if cause in found]
    return app


def whole_text(app: AppTest) -> str:
    """All that stands on the page, figures too."""
    return "\n".join([words(app), *(json.dumps(spec, ensure_ascii=False) for spec in specs(app).values())])


def sentences(app: AppTest) -> list[str]:
    """The paragraphs, the verdict's first; what only opens at a click is none of them."""
    return paragraphs(app)


def title(app: AppTest) -> str:
    return page_title(app).replace(NBSP, " ")


def tables(app: AppTest) -> list[list[list[str]]]:
    """Every table of the page as rows of cells, its headings first."""
    found = []
    for html in (item.proto.body for item in app.get("html")):
        for table in re.findall(r"<table.*?</table>", html, re.S):
            rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
            found.append([[cell(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in rows])
    return found


def cell(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html)).replace(NBSP, " ").strip()


def table(app: AppTest, *heads: str) -> list[list[str]]:
    """The rows of the one table with these headings among its own."""
    (found,) = [rows for rows in tables(app) if set(heads) <= set(rows[0])]
    return found[1:]


def called(key: str, **values: str) -> str:
    """What a check is called in Vietnamese; `checked` finds it by that."""
    return said(f"check.{key}", "vi", **values)


def checked(app: AppTest) -> dict[str, tuple[str, str]]:
    """Name of a check -> (result with its note, state)."""
    rows = table(app, said("check.column_check"), said("check.column_result"))
    return {name: (result, state) for name, result, state in rows}


def specs(app: AppTest) -> dict[str, Any]:
    """Every figure by its key."""
    found = {}
    for chart in app.get("plotly_chart"):
        assert chart.key
        found[chart.key.removeprefix("chart-")] = json.loads(chart.proto.spec)
    return found
