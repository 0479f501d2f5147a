"""A strip puts one unit among the others on one axis: largest, named, and never covered."""

from typing import Any

import polars as pl

from comparison.forms.strip import strip
from comparison.forms.tokens import tokens
from tests.helpers.drawing import NASTY, SHOWN, THEMES, draw_strip


def dots(figure: Any) -> list[tuple[float, str, int, str]]:
    """(value, symbol, size, colour) in the order drawn."""
    marker = figure["data"][0]["marker"]
    return list(zip(figure["data"][0]["x"], marker["symbol"], marker["size"], marker["color"], strict=True))


def test_the_chosen_unit_is_drawn_last_and_otherwise() -> None:
    for theme in THEMES:
        colours = tokens(theme)
        *others, chosen = dots(draw_strip(theme))
        assert chosen == (0.04, "diamond", 15, colours.blue)
        assert [value for value, *_ in others] == [0.01, -0.02]
        assert {tuple(rest) for _, *rest in others} == {("circle", 11, colours.soft)}


def test_the_chosen_unit_alone_is_named_where_it_stands() -> None:
    (label,) = draw_strip("light")["layout"]["annotations"]
    assert SHOWN in label["text"]
    assert label["x"] == 0.04


def test_the_axis_holds_zero_and_every_value() -> None:
    for values in ([0.03, 0.05, 0.09], [-0.09, -0.05, -0.03], [0.0, 0.0, 0.0]):
        frame = pl.DataFrame(
            {"name": ["a", "b", "c"], "value": values, "is_chosen": [True, False, False], "hover": ["", "", ""]}
        )
        layout = strip(frame, "light", value_text=lambda value: f"{value:+.2f}")["layout"]
        low, high = layout["xaxis"]["range"]
        assert low <= min(0.0, *values)
        assert high >= max(0.0, *values)
        assert layout["shapes"][0]["x0"] == layout["shapes"][0]["x1"] == 0


def test_hovers_follow_their_points() -> None:
    figure = draw_strip("light")
    texts = dict(zip(figure["data"][0]["x"], figure["data"][0]["hovertext"], strict=True))
    assert texts[-0.02].startswith("X. Bê<br>")
    assert SHOWN in texts[0.04]
    assert NASTY not in texts[0.04]
