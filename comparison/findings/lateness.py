"""What stands out in lateness: since when, where and in what, what the mix explains, what is overdue, who was told."""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import polars as pl

from comparison.findings.cells import cells_tested
from comparison.findings.differences import matters_by, share_changed
from comparison.findings.explained import Explained, explained_units
from comparison.findings.finding import NOTHING, Finding, Matters, Told
from comparison.findings.months import months_apart
from comparison.measures.adjusted import Adjusted, case_mix
from comparison.measures.lateness_lists import apologies
from comparison.measures.on_time import ON_TIME
from comparison.measures.run import measure
from comparison.question import Question
from comparison.scope import Scope, Viewer
from comparison.statistics import COMPARED_FROM, expected_from_others, holm, standing_out, wilson
from comparison.statistics.case_mix import Lateness
from comparison.statistics.funnel import Flag, funnel
from comparison.statistics.funnel_lines import FLAG_TAIL
from comparison.statistics.tails import ALPHA
from comparison.wording import day, findings, short_unit_name
from comparison.wording.findings import FEWEST_LATE, Share

# Beyond fifty units even tails of one in a thousand add up: then the correction for all of them decides.
_FAMILY = 0.05
_PAGE: Final = "tre-han"


def on_time_changed(q: Question) -> Told:
    return share_changed(
        q, ON_TIME[q.scope.on_time], "findings_lateness.on_time", _PAGE, matters_by(Matters.BETTER, Matters.HARMED)
    )


def cells_late(q: Question) -> Told:
    """Units in one field, later than all other units of their kind in it."""
    return of_cells(q, _cells(q), q.named, q.scope.fields)


def of_cells(q: Question, cells: pl.DataFrame, named: Collection[str], fields: Collection[str]) -> Told:
    found, tested = cells_tested(cells, q.known)
    test = q.say("findings_test.cells", n=q.number(tested))
    told = tuple(
        Finding(
            findings.cell_title(q.language, cell, compared=True), findings.cell_counts(q.language, cell), test, _PAGE,
            round(_excess(cell.late, cell.others)), Matters.HARMED, cell.unit,
            {"units": (unit,), "fields": (field,)},
        )
        for unit, field, cell in found
        if unit in named and (not fields or field in fields)
    )  # fmt: skip
    return Told(told, tested, ALPHA if tested else 0.0)


def units_apart(q: Question) -> Told:
    """Units later, or less late, than all of their kind, and than their own fields would make them."""
    kind = q.kind_compared
    if kind in (None, "department"):
        return NOTHING
    scope = q.scope.with_(units=(), kind=kind)
    by_unit = q.late(("unit",), scope, Viewer()).filter(pl.col("denominator") > 0)
    adjusted = case_mix(q.warehouse, scope.with_(fields=(), on_time="due"), q.viewer)
    in_cells: dict[str, float] = {}
    for unit, field, cell in cells_tested(_cells(q), q.known)[0]:
        if not q.scope.fields or field in q.scope.fields:
            in_cells[unit] = in_cells.get(unit, 0.0) + _excess(cell.late, cell.others)
    return of_units(q, by_unit, adjusted, q.named, in_cells)


def of_units(
    q: Question, by_unit: pl.DataFrame, adjusted: Adjusted, named: Collection[str], in_cells: Mapping[str, float]
) -> Told:
    """by_unit: late shares of all units of the kind. in_cells: by unit how many more are late than expected in the
    cells that are told already; a unit that is late in little else is not told twice."""
    rows = by_unit.sort("unit")
    drawn = funnel(rows["numerator"].to_numpy(), rows["denominator"].to_numpy(), "down")
    tails = np.fmin(drawn.lower, drawn.upper)
    compared = ~np.isnan(tails)
    sure = np.zeros(tails.size, dtype=bool)
    sure[compared] = holm(np.minimum(2 * tails[compared], 1.0)) <= _FAMILY
    mix = adjusted.case_mix
    place = {code: at for at, (code, _) in enumerate(adjusted.units)}
    total = Share(int(rows["numerator"].sum()), int(rows["denominator"].sum()))
    told = []
    for row, flag, is_sure in zip(rows.iter_rows(named=True), drawn.flags, sure, strict=True):
        at = place.get(row["unit"])
        if at is None or not is_sure or row["unit"] not in named:
            continue
        wanted = {Flag.HIGH: Lateness.MORE, Flag.LOW: Lateness.LESS}.get(flag)
        beyond = float(mix.late[at] - mix.expected[at])
        if mix.lateness[at] is not wanted or 2 * in_cells.get(row["unit"], 0.0) >= abs(beyond):
            continue
        own, is_late = Share(row["numerator"], row["denominator"]), wanted is Lateness.MORE
        others = Share(total.x - own.x, total.n - own.n)
        unit = short_unit_name(row["unit_name"])
        told.append(
            Finding(
                q.say(f"findings_lateness.unit_{'more' if is_late else 'less'}", unit=unit, share=q.percent(own.value)),
                q.say(
                    "findings_lateness.unit_evidence", x=q.number(own.x), n=q.number(own.n),
                    range=q.range(row["low"], row["high"]), others=q.percent(others.value),
                    late=q.number(mix.late[at]), expected=q.number(mix.expected[at], 1),
                ),
                q.say("findings_test.units", n=q.number(drawn.k)), _PAGE, round(abs(beyond)),
                Matters.HARMED if is_late else Matters.BETTER, unit, {"units": (row["unit"],)},
            )
        )  # fmt: skip
    return Told(tuple(told), drawn.k, min(drawn.k * 2 * FLAG_TAIL, _FAMILY))


def units_explained(q: Question) -> Told:
    """Units that only look late over all fields, because of the fields that they handle."""
    kind = q.kind_compared
    if kind in (None, "department"):
        return NOTHING
    scope = q.scope.with_(units=(), fields=(), kind=kind, on_time="due")
    cells = measure(q.warehouse, scope, Viewer(), "late", ("unit", "field"))
    return of_mix(q, cells, case_mix(q.warehouse, scope, q.viewer), q.named)


def of_mix(q: Question, cells: pl.DataFrame, adjusted: Adjusted, named: Collection[str]) -> Told:
    return Told(
        tuple(
            _explained(q, unit, adjusted, why)
            for unit, (flag, why) in explained_units(cells, adjusted).items()
            if flag is Flag.HIGH and unit in named
        )
    )


def _explained(q: Question, unit: str, adjusted: Adjusted, why: Explained) -> Finding:
    at = [code for code, _ in adjusted.units].index(unit)
    mix, name = adjusted.case_mix, short_unit_name(adjusted.units[at][1])
    field = findings.within(q.language, why.field)
    return Finding(
        q.say("findings_lateness.mix", unit=name, share=q.percent(adjusted.effect.raw[at]), field=field),
        q.say(
            "findings_lateness.mix_evidence", field=why.field, own=q.percent(why.own, 0),
            others=q.percent(why.others, 0), late=q.number(mix.late[at]), expected=q.number(mix.expected[at], 1),
            low=q.number(mix.ratio_low[at], 2), high=q.number(mix.ratio_high[at], 2),
        ),
        q.say("findings_test.mix"), _PAGE, 0, Matters.NOTED, name, {"units": (unit,)},
    )  # fmt: skip


def on_time_of_a_unit(q: Question) -> Told:
    return months_apart(q, "on_time")


def overdue(q: Question) -> Told:
    """What is overdue and still open, and where most of it is: a count, which depends on a unit's size."""
    last = min(q.scope.period.ends_on, q.root.cut_off)
    return of_overdue(q, q.measure("overdue_open", ("unit",)), day(q.language, last))


def of_overdue(q: Question, by_unit: pl.DataFrame, on: str) -> Told:
    total = int(by_unit["numerator"].sum())
    if total < FEWEST_LATE:
        return NOTHING
    most = int(by_unit["numerator"].max() or 0)  # type: ignore[arg-type] # an Int64 column
    first = by_unit.filter(pl.col("numerator") == most)
    evidence = q.say("findings_lateness.overdue_evidence", day=on)
    if first.height == 1 and by_unit.height > 1 and most >= FEWEST_LATE:
        unit = short_unit_name(first["unit_name"][0])
        evidence = q.say("findings_lateness.overdue_most", day=on, unit=unit, n=q.number(most))
    return Told(
        (
            Finding(
                q.say("findings_lateness.overdue", n=q.number(total)), evidence, q.say("findings_test.counted"), _PAGE,
                total, Matters.HARMED, "",
            ),
        )
    )  # fmt: skip


def letters_missing(q: Question) -> Told:
    """Late cases without the letter they are owed; and a unit that sends clearly fewer than the others of its kind."""
    return of_letters(q, apologies(q.warehouse, q.scope.with_(units=()), q.viewer), q.named)


def of_letters(q: Question, by_unit: pl.DataFrame, named: Collection[str]) -> Told:
    rows = by_unit.filter(pl.col("late") > 0).sort("unit")
    # None sent at all may as well be none recorded: the data do not tell which.
    if rows.is_empty() or not rows["with_letter"].sum():
        return NOTHING
    kinds = {unit.code: unit.kind for unit in q.known.units}
    late = rows["late"].to_numpy()
    missing = late - rows["with_letter"].to_numpy()
    kind = np.array([kinds[unit] for unit in rows["unit"]])
    expected = expected_from_others(missing, late, kind)
    tested = int(((late >= COMPARED_FROM) & ~np.isnan(expected)).sum())
    low, high = wilson(missing, late)
    told = []
    for at in standing_out(missing, late, expected, most=rows.height).tolist():
        row = rows.row(at, named=True)
        if row["unit"] in named:
            unit, own = short_unit_name(row["unit_name"]), Share(int(missing[at]), int(late[at]))
            told.append(
                Finding(
                    q.say("findings_lateness.letters_unit", unit=unit, x=q.number(own.x), n=q.number(own.n)),
                    q.say(
                        "findings_lateness.letters_unit_evidence", share=q.percent(own.value),
                        range=q.range(float(low[at]), float(high[at])), others=q.percent(float(expected[at])),
                    ),
                    q.say("findings_test.groups", n=q.number(tested)), _PAGE,
                    round(own.x - own.n * float(expected[at])), Matters.OWED, unit, {"units": (row["unit"],)},
                )
            )  # fmt: skip
    asked = np.array([unit in named for unit in rows["unit"]], dtype=bool)
    own = Share(int(missing[asked].sum()), int(late[asked].sum()))
    if own.x >= FEWEST_LATE:
        told.append(
            Finding(
                q.say("findings_lateness.letters", n=q.number(own.x)),
                q.say("findings_lateness.letters_evidence", late=q.number(own.n), sent=q.number(own.n - own.x)),
                q.say("findings_test.counted"), _PAGE, own.x, Matters.OWED, "",
            )
        )  # fmt: skip
    return Told(tuple(told), tested, ALPHA if tested else 0.0)


RULES = (
    on_time_changed, cells_late, units_apart, units_explained, on_time_of_a_unit, overdue, letters_missing,
)  # fmt: skip


def _cells(q: Question) -> pl.DataFrame:
    scope: Scope = q.scope.with_(units=(), fields=())
    return q.late(("unit", "field"), scope)


def _excess(own: Share, others: Share) -> float:
    return own.x - own.n * others.value
