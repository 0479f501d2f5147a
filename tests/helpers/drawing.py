"""What figures are drawn with to see what becomes of it: hostile names, two themes, values as text."""

import re

import pandas  # noqa: F401 - before plotly, which otherwise imports it late
import polars as pl

from comparison.forms.strip import strip
from comparison.forms.template import Figure
from comparison.forms.tokens import Theme

THEMES: tuple[Theme, ...] = ("light", "dark")
NASTY = '<b>Xã</b> & "Đông" Hòa'
SHOWN = "&lt;b&gt;Xã&lt;/b&gt; &amp;"
MINUS = "\u2212"


def percent(value: float) -> str:
    return f"{round(value * 100)} %"


def count(value: float) -> str:
    return f"{round(value)}"


def month(key: str) -> str:
    return f"{key[5:]}/{key[:4]}"


def months(first_year: int, how_many: int) -> list[str]:
    return [f"{first_year + index // 12}-{index % 12 + 1:02d}" for index in range(how_many)]


def draw_strip(theme: Theme) -> Figure:
    rows = [
        ("X. A", 0.01, False, "X. A\n+1,0"),
        (NASTY, 0.04, True, f"{NASTY}\n+4,0"),
        ("X. Bê", -0.02, False, "X. Bê\n−2,0"),
    ]
    return strip(
        pl.DataFrame(rows, schema=["name", "value", "is_chosen", "hover"], orient="row"), theme, value_text=percent
    )


def plain(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text)
