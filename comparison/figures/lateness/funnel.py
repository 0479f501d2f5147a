"""Which units are later, or less late, than all units of their kind, beyond what chance and their nature explain."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made, Words
from comparison.figures.late_share import late_method, late_numbers
from comparison.figures.lateness.heat_map import unit_opened
from comparison.figures.lateness.titles import PAGE
from comparison.figures.words import method
from comparison.forms.frames.funnel import by_chance, funnel_lines, funnel_points, judged, late_funnel, named
from comparison.forms.frames.shares import source_text
from comparison.forms.funnel import funnel
from comparison.forms.place import Place
from comparison.forms.template import ROW
from comparison.measures.on_time import MEASURES, late_share
from comparison.measures.plan_lists import target_in
from comparison.measures.run import measure
from comparison.question import Question
from comparison.scope import Viewer
from comparison.statistics import COMPARED_FROM
from comparison.statistics.funnel import Funnel, Reason
from comparison.statistics.funnel_simulations import funnel_simulations
from comparison.wording import lateness_findings, short_unit_name
from comparison.wording.findings import share_of

# Points by which the shares of simulated units naturally differ.
_SIMULATED = 3
_LEAST_HEIGHT, _RIGHT = 340, 124  # px: of the plot, and of the margin for names
_NONE = (Reason.NO_UNIT, Reason.ONE_UNIT, Reason.NO_EVENT)


def _made(q: Question, place: Place) -> Made | None:
    kind = q.kind_compared
    if kind is None:
        return None
    if kind == "department":
        return Made(title=q.say("briefing.departments"), body=Words((("", q.say("briefing.departments_why")),)))
    every = _all_units(q, kind)
    found = late_funnel(every)
    by_unit = judged(every, found).filter(
        pl.col("unit").is_in([unit for unit in every["unit"] if q.viewer.allows(unit)])
    )
    title, source, numbers = (
        _title(q, by_unit, found),
        _source(q, by_unit, found, kind),
        late_numbers(q, by_unit.drop("standing")),
    )
    if found.reason in _NONE:
        why = _why_none(q, by_unit, found, kind)
        if not by_unit.height:
            return Made(title=title, subtitle=why)
        return Made(title=title, subtitle=why, numbers=numbers, source=source, method=late_method(q, "funnel"))
    target = _target(q, kind)
    return Made(
        title=title,
        subtitle=q.say("funnel.note"),
        body=Chart(
            funnel(
                funnel_points(by_unit, q.scope.units, q.language),
                funnel_lines(every, found),
                q.theme,
                value_text=q.tick,
                count_text=q.number,
                axis_text=q.say("funnel.axis"),
                line_texts=(q.percent(0.95, 0), q.percent(0.998)),
                centre=(found.centre, q.say("funnel.centre", share=q.percent(found.centre))),
                target=None if target is None else (target, q.say("funnel.target", share=q.tick(target))),
                right=_RIGHT,
                **place.plot(max(_LEAST_HEIGHT, ROW * every.height + 60), 440, left=48, right=_RIGHT),
            ),
            opens=unit_opened,
        ),
        numbers=numbers,
        source=source,
        method=_method(q, found),
        captions=(q.say("funnel.too_few_units", k=q.number(found.k)),) if found.reason is Reason.TOO_FEW_UNITS else (),
    )


def _all_units(q: Question, kind: str) -> pl.DataFrame:
    """The late share of all units of a kind: a verdict changes neither with the selection nor with who may see what."""
    asked = q.scope.with_(units=(), kind=kind)
    answer = measure(q.warehouse, asked, Viewer(), MEASURES[asked.on_time], ("unit",))
    return late_share(answer, asked.on_time).filter(pl.col("denominator") > 0)


def _title(q: Question, by_unit: pl.DataFrame, found: Funnel) -> str:
    if found.k < 2:
        return q.say("funnel.subject")
    if found.reason is Reason.NO_EVENT:
        late = int(by_unit["numerator"].sum())
        return q.say("funnel.all_late" if late else "funnel.none_late", n=q.number(by_unit.height))
    return lateness_findings.funnel_title(q.language, *named(by_unit))


def _why_none(q: Question, by_unit: pl.DataFrame, found: Funnel, kind: str) -> str:
    if found.k == 0:
        return q.say("funnel.no_unit")
    if found.k > 1:
        return q.say("funnel.no_event")
    alone = by_unit.filter(pl.col("denominator") >= COMPARED_FROM)
    row, own = alone.row(0, named=True), share_of(alone)
    target = _target(q, kind)
    values = {
        "unit": short_unit_name(row["unit_name"]), "share": q.percent(own.value), "x": q.number(own.x),
        "n": q.number(own.n), "range": q.range(row["low"], row["high"]),
    }  # fmt: skip
    said = q.say("funnel.one_unit", **values)
    return said if target is None else f"{said} {q.say('funnel.target_is', share=q.tick(target))}"


def _source(q: Question, by_unit: pl.DataFrame, found: Funnel, kind: str) -> str:
    units = q.units_counted(kind, by_unit.height)
    if found.reason in _NONE:
        return f"{units} · {source_text(q.language, q.warehouse.id, None, int(by_unit['denominator'].sum()))}"
    return q.say("funnel.source", units=units, n=q.number(by_chance(found), 2))


def _method(q: Question, found: Funnel) -> str:
    """How the lines are drawn, and how often such a funnel finds a unit that is truly bad."""
    parts = [method(q, "funnel"), late_method(q)]
    if found.tau2 > 0:
        parts.append(q.say("method.funnel_spread", times=q.number(found.phi, 1)))
    elif found.tau2 == 0:
        parts.append(method(q, "funnel_no_spread"))
    rows = [row for row in funnel_simulations() if row.spread == _SIMULATED]
    nearest = min(rows, key=lambda row: abs(row.units - found.k))
    parts.append(
        q.say(
            "method.funnel_power", units=q.number(nearest.units), found=q.percent(nearest.found / nearest.districts, 0),
            alarmed=q.percent(nearest.alarmed / nearest.districts, 0),
        )
    )  # fmt: skip
    return "\n\n".join(parts)


def _target(q: Question, kind: str) -> float | None:
    """The target on this late share; one set for the on-time share is the same, turned round."""
    if q.scope.on_time != "due":
        return None
    late = target_in(q.warehouse, "late", kind, q.scope)
    on_time = target_in(q.warehouse, "on_time_due", kind, q.scope)
    return late if late is not None or on_time is None else 1 - on_time


LATE_FUNNEL = Figure("tre-han-pheu", PAGE, _made)
