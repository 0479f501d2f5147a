"""One unit month by month: the chart of each thing watched, with its signal in words."""

from collections.abc import Sequence
from functools import partial

from comparison.figures.figure import Chart, Figure, Made, PageLink, Words
from comparison.figures.late_share import field_most_late
from comparison.figures.marks import marks
from comparison.figures.overview import signal_sentences
from comparison.figures.overview.signal_rows import chart_numbers, chart_points
from comparison.figures.overview.titles import PAGE
from comparison.figures.overview.watched import answers_by_unit, signals_of, units_watched
from comparison.figures.words import method
from comparison.forms.control import control
from comparison.forms.frames.months import month_codes
from comparison.forms.frames.shares import source_text
from comparison.forms.marks import Mark
from comparison.forms.place import Place
from comparison.judgements.signals import PointKind, points_shown
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.signals import TRACKED, UnitSignals
from comparison.signals.unit_signals import watched
from comparison.wording import findings, group_name, short_unit_name

_FLAGGED: tuple[PointKind, ...] = ("better", "worse", "neutral")
# The narrowest plot of one of two figures side by side, px.
_HALF = 380


def signals_told(q: Question) -> Sequence[UnitSignals]:
    """The charts to show of the only unit in the table, in the order of its columns."""
    found = (_of_unit(q, units_watched(q), name) for name in answers_by_unit(q) if name in TRACKED)
    return [chart for chart in found if chart is not None]


def _of_unit(q: Question, units: Sequence[tuple[str, str]], name: str) -> UnitSignals | None:
    """The chart of the only one of `units`; None of several, or where it has no course of time."""
    if len(units) != 1:
        return None
    ((code, _),) = units
    own = (chart for chart in signals_of(q, name) if chart.unit == code)
    # A single point is no course of time.
    return next((chart for chart in own if sum(points_shown(chart)) > 1), None)


def _heading(q: Question, _: Place) -> Made | None:
    told = signals_told(q)
    if not told:
        return None
    is_pooled = any(chart.first != chart.last for chart in told)
    note = q.say("signal.unit_note")
    return Made(
        title=q.say("signal.unit_title", unit=short_unit_name(told[0].name)),
        subtitle=f"{note} {q.say('signal.unit_quarters')}" if is_pooled else note,
    )


def _made(q: Question, place: Place, name: str) -> Made | None:
    # On its page it is below the table, of the unit that stands there alone.
    units = units_watched(q) if place.is_used else units_asked(q.warehouse, q.scope, q.viewer)
    if len(units) != 1:
        return Made(title=q.say("briefing.one_unit"), body=Words((("", q.say("briefing.one_unit_next")),)))
    chart, period = _of_unit(q, units, name), watched(q.warehouse, q.scope)
    if chart is None or period is None:
        return None
    own = q.asking(q.scope.with_(period=period, units=(chart.unit,), compare="none"))
    said = (
        q.say("signal.chart_note"),
        signal_sentences.explained(q, chart),
        signal_sentences.since(q, chart),
    )
    is_count, target = chart.tracked.is_count, chart.target
    return Made(
        title=signal_sentences.title(q, chart, _name(q, name)),
        subtitle=" ".join(filter(None, said)),
        body=Chart(
            control(
                chart_points(q, chart),
                month_codes(period),
                q.theme,
                value_text=lambda value: signal_sentences.value(q, chart, value, 0),
                month_text=partial(group_name, q.language),
                words={kind: q.say(f"icon.{kind}") for kind in _FLAGGED},
                level_text=signal_sentences.level(q, chart),
                target=(target, q.say("signal.target", target=q.percent(target, 0))) if target else None,
                marks=[*_rebases(q, chart), *marks(own)],
                ceiling=None if is_count else 1.0,
                **place.plot(300, _HALF, right=128),
            )
        ),
        numbers=chart_numbers(q, chart),
        source=source_text(
            q.language,
            q.warehouse.id,
            period,
            int(chart.x.sum() if is_count else chart.chart.n.sum()),
            "source.sheets" if chart.tracked.is_survey else "source.cases",
        ),
        method=_method(q, chart),
        asked=own.scope,
    )


def _name(q: Question, name: str) -> str:
    field = field_most_late(q)
    if name == "late" and field:
        return q.say("signal.name_late_field", field=findings.within(q.language, field.name))
    return q.say(f"signal.name_{name}")


def _method(q: Question, chart: UnitSignals) -> str:
    """How a signal is decided, how often a unit of this size would show one, and the rule of its target, if any."""
    told = [
        method(q, "signals"),
        signal_sentences.shifted(q, chart),
        signal_sentences.power(q, chart),
    ]
    if chart.target is not None:
        told.append(method(q, "signals_target"))
    return "\n\n".join(filter(None, told))


def _rebases(q: Question, chart: UnitSignals) -> list[Mark]:
    return [
        Mark(
            each.month,
            q.say("signal.rebase"),
            q.say("signal.rebase_hover", month=group_name(q.language, each.month), reason=each.reason),
            "rebase",
        )
        for each in chart.rebases
    ]


def _profile(q: Question, _: Place) -> Made:
    return Made(links=(PageLink("pages/unit.py", q.say("overview.open_profile"), q.parameters()),))


SIGNALS_HEADING = Figure("dau-hieu", PAGE, _heading, is_slide=False)
SIGNALS = tuple(Figure(f"dau-hieu-{name}", PAGE, partial(_made, name=name)) for name in TRACKED)
PROFILE_LINK = Figure("mo-ho-so", PAGE, _profile, is_slide=False)
