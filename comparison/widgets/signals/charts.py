"""One unit month by month: the chart of each thing watched, with its signal in words."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from comparison.charts.control import Point, control
from comparison.charts.frames import signal_sentences
from comparison.charts.frames.months import month_codes
from comparison.charts.frames.shares import source_text
from comparison.charts.frames.signals import control_frame, control_numbers, shown, value_text
from comparison.charts.marks import Mark
from comparison.figures.marks import marks
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.question import Question
from comparison.scope import Period
from comparison.signals import UnitSignals
from comparison.signals.tracked import measure_of
from comparison.signals.unit_signals import watched
from comparison.widgets.figure.figures import figure, heading
from comparison.widgets.figure.slide_frame import plot_size
from comparison.wording import group_name, percent, short_unit_name

_FLAGGED: tuple[Point, ...] = ("better", "worse", "neutral")
# The narrowest plot of one of two figures side by side, px.
_HALF = 380


def signal_charts(v: Question, charts: Mapping[str, UnitSignals], field: str = "") -> None:
    """The charts of one unit by their key, two in a row; `field` names the field of the late share."""
    # A single point is no course of time.
    told = [chart for chart in charts.values() if sum(shown(chart)) > 1]
    period = watched(v.warehouse, v.scope)
    if not told or period is None:
        return
    if v.slide is not None:
        _chart(v, told[0], period, field)
        return
    pooled = any(chart.first != chart.last for chart in told)
    note = v.say("signal.unit_note")
    heading(
        v.say("signal.unit_title", unit=short_unit_name(told[0].name)),
        f"{note} {v.say('signal.unit_quarters')}" if pooled else note,
    )
    for first in range(0, len(told), 2):
        for place, chart in zip(st.columns(2, gap="medium"), told[first : first + 2], strict=False):
            with place:
                _chart(v, chart, period, field)


def _chart(v: Question, chart: UnitSignals, period: Period, field: str) -> None:
    own = v.asking(v.scope.with_(period=period, units=(chart.unit,), compare="none"))
    name = (
        v.say("signal.name_late_field", field=field)
        if chart.tracked.name == "late" and field
        else v.say(f"signal.name_{chart.tracked.name}")
    )
    sentences = (
        v.say("signal.chart_note"),
        signal_sentences.explained(v.language, chart),
        signal_sentences.since(v.language, chart),
    )
    what = "source.sheets" if chart.tracked.is_survey else "source.cases"
    n = int(chart.x.sum() if chart.tracked.is_count else chart.chart.n.sum())
    target = chart.target
    figure(
        own,
        title=signal_sentences.title(v.language, chart, name),
        subtitle=" ".join(sentence for sentence in sentences if sentence),
        fig=control(
            control_frame(v.language, chart), month_codes(period), v.theme,
            value_text=partial(value_text, v.language, chart),
            month_text=lambda month: group_name(v.language, month),
            words={kind: v.say(f"icon.{kind}") for kind in _FLAGGED},
            level_text=signal_sentences.level(v.language, chart),
            target=(target, v.say("signal.target", target=percent(v.language, target, 0))) if target else None,
            marks=[*_rebases(v, chart), *marks(own)], **plot_size(v, 300, _HALF, right=128),
            ceiling=None if chart.tracked.is_count else 1.0,
        ),
        table=Numbers(*control_numbers(v.language, chart), (measure_of(chart.tracked, v.scope.on_time),)),
        source=source_text(v.language, v.warehouse.id, period, n, what),
        key=f"dau-hieu-{chart.tracked.name}",
        method=_method(v, chart),
    )  # fmt: skip


def _method(v: Question, chart: UnitSignals) -> str:
    """How a signal is decided, how often a unit of this size would show one, and the rule of its target, if any."""
    told = [
        method(v, "signals"),
        signal_sentences.shifted(v.language, chart),
        signal_sentences.power(v.language, chart),
    ]
    if chart.target is not None:
        told.append(method(v, "signals_target"))
    return "\n\n".join(filter(None, told))


def _rebases(v: Question, chart: UnitSignals) -> list[Mark]:
    return [
        Mark(
            each.month, v.say("signal.rebase"),
            v.say("signal.rebase_hover", month=group_name(v.language, each.month), reason=each.reason), "rebase",
        )
        for each in chart.rebases
    ]  # fmt: skip
