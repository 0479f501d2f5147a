"""A figure as Streamlit draws it."""

from typing import Any, Literal

import streamlit as st
from plotly.basedatatypes import BaseFigure

from comparison.forms.template import CONFIG, Figure


class _AsItIs(BaseFigure):  # type: ignore[misc] # plotly has no types
    """A figure that is sent as it stands. Of a plain dict Streamlit makes an object of plotly at every run, to see
    that it is valid, which takes as long as the figure's queries; that it is, tests see."""

    def __init__(self, fig: Figure) -> None:
        # What plotly would make of it is never asked for.
        self._fig = fig

    def to_dict(self) -> Figure:
        return self._fig


def show_chart(
    fig: Figure, *, key: str, title: str, click: bool = False, height: Literal["content", "stretch"] = "content"
) -> Any | None:
    """Draw a figure. With `click`, the customdata of the mark that is chosen, else None."""
    drawn = _AsItIs(fig)
    if not click:
        st.plotly_chart(drawn, theme=None, config=CONFIG, key=key, alt=title, height=height)
        return None
    event = st.plotly_chart(
        drawn, theme=None, config=CONFIG, key=key, alt=title, height=height, on_select="rerun", selection_mode="points"
    )
    points = event["selection"]["points"] if event else []
    return points[0].get("customdata") if points else None
