"""Which units are later, or less late, than all units of their kind, beyond what chance and their nature explain."""

import polars as pl

from comparison.charts.frames.funnel import by_chance, funnel_lines, funnel_points, judged, late_funnel, named
from comparison.charts.frames.shares import source_text
from comparison.charts.funnel import funnel
from comparison.charts.template import ROW
from comparison.measures.on_time import MEASURES, late_share
from comparison.measures.plan_lists import target_in
from comparison.measures.run import measure
from comparison.question import Question
from comparison.scope import Viewer
from comparison.statistics import COMPARED_FROM
from comparison.statistics.funnel import Funnel, Reason
from comparison.statistics.funnel_simulations import funnel_simulations
from comparison.widgets.figure.figures import figure, heading, source_row
from comparison.widgets.figure.method import method
from comparison.widgets.figure.slide_frame import plot_size
from comparison.widgets.lateness.drill import choose_unit
from comparison.widgets.lateness.numbers import late_method, late_numbers
from comparison.widgets.words import show_caption
from comparison.wording import lateness_findings, short_unit_name
from comparison.wording.findings import share_of

_KEY = "tre-han-pheu"
# Points by which the shares of simulated units naturally differ.
_SIMULATED = 3
_LEAST_HEIGHT = 340
_NONE = (Reason.NO_UNIT, Reason.ONE_UNIT, Reason.NO_EVENT)


def late_funnel_figure(v: Question, kind: str) -> None:
    """The funnel of all units of a kind; the units that the scope selects are named in it."""
    every = _all_units(v, kind)
    found = late_funnel(every)
    by_unit = judged(every, found).filter(
        pl.col("unit").is_in([unit for unit in every["unit"] if v.viewer.allows(unit)])
    )
    title = _title(v, by_unit, found)
    if found.reason in _NONE:
        heading(title, _why_none(v, by_unit, found, kind))
        if by_unit.height:
            source_row(
                v, _source(v, by_unit, found, kind), late_numbers(v, by_unit.drop("standing")), _KEY, title=title,
                method=late_method(v, "funnel"),
            )  # fmt: skip
        return
    target = _target(v, kind)
    right = 124
    clicked = figure(
        v,
        title=title,
        subtitle=v.say("funnel.note"),
        fig=funnel(
            funnel_points(by_unit, v.scope.units, v.language),
            funnel_lines(every, found),
            v.theme,
            value_text=v.tick,
            count_text=v.number,
            axis_text=v.say("funnel.axis"),
            line_texts=(v.percent(0.95, 0), v.percent(0.998)),
            centre=(found.centre, v.say("funnel.centre", share=v.percent(found.centre))),
            target=None if target is None else (target, v.say("funnel.target", share=v.tick(target))),
            right=right,
            **plot_size(v, max(_LEAST_HEIGHT, ROW * every.height + 60), 440, left=48, right=right),
        ),
        table=late_numbers(v, by_unit.drop("standing")),
        source=_source(v, by_unit, found, kind),
        key=_KEY,
        click=True,
        method=_method(v, found),
    )
    if clicked:
        choose_unit(_KEY, clicked[0])
    if found.reason is Reason.TOO_FEW_UNITS and v.slide is None:
        show_caption(v, v.say("funnel.too_few_units", k=v.number(found.k)))


def _all_units(v: Question, kind: str) -> pl.DataFrame:
    """The late share of all units of a kind: a verdict changes neither with the selection nor with who may see what."""
    asked = v.scope.with_(units=(), kind=kind)
    answer = measure(v.warehouse, asked, Viewer(), MEASURES[asked.on_time], ("unit",))
    return late_share(answer, asked.on_time).filter(pl.col("denominator") > 0)


def _title(v: Question, by_unit: pl.DataFrame, found: Funnel) -> str:
    if found.k < 2:
        return v.say("funnel.subject")
    if found.reason is Reason.NO_EVENT:
        late = int(by_unit["numerator"].sum())
        return v.say("funnel.all_late" if late else "funnel.none_late", n=v.number(by_unit.height))
    return lateness_findings.funnel_title(v.language, *named(by_unit))


def _why_none(v: Question, by_unit: pl.DataFrame, found: Funnel, kind: str) -> str:
    if found.k == 0:
        return v.say("funnel.no_unit")
    if found.k > 1:
        return v.say("funnel.no_event")
    alone = by_unit.filter(pl.col("denominator") >= COMPARED_FROM)
    row, own = alone.row(0, named=True), share_of(alone)
    target = _target(v, kind)
    values = {
        "unit": short_unit_name(row["unit_name"]), "share": v.percent(own.value), "x": v.number(own.x),
        "n": v.number(own.n), "range": v.range(row["low"], row["high"]),
    }  # fmt: skip
    said = v.say("funnel.one_unit", **values)
    return said if target is None else f"{said} {v.say('funnel.target_is', share=v.tick(target))}"


def _source(v: Question, by_unit: pl.DataFrame, found: Funnel, kind: str) -> str:
    units = v.say(f"kind_count.{kind}", n=v.number(by_unit.height))
    if found.reason in _NONE:
        return f"{units} · {source_text(v.language, v.warehouse.id, None, int(by_unit['denominator'].sum()))}"
    return v.say("funnel.source", units=units, n=v.number(by_chance(found), 2))


def _method(v: Question, found: Funnel) -> str:
    """How the lines are drawn, and how often such a funnel finds a unit that is truly bad."""
    parts = [method(v, "funnel"), late_method(v)]
    if found.tau2 > 0:
        parts.append(v.say("method.funnel_spread", times=v.number(found.phi, 1)))
    elif found.tau2 == 0:
        parts.append(method(v, "funnel_no_spread"))
    rows = [row for row in funnel_simulations() if row.spread == _SIMULATED]
    nearest = min(rows, key=lambda row: abs(row.units - found.k))
    parts.append(
        v.say(
            "method.funnel_power", units=v.number(nearest.units), found=v.percent(nearest.found / nearest.districts, 0),
            alarmed=v.percent(nearest.alarmed / nearest.districts, 0),
        )
    )  # fmt: skip
    return "\n\n".join(parts)


def _target(v: Question, kind: str) -> float | None:
    """The target on this late share; one set for the on-time share is the same, turned round."""
    if v.scope.on_time != "due":
        return None
    late = target_in(v.warehouse, "late", kind, v.scope)
    on_time = target_in(v.warehouse, "on_time_due", kind, v.scope)
    return late if late is not None or on_time is None else 1 - on_time
