"""What stands out in what people say: more or fewer satisfied, where and with what less, and when too few answer."""

from collections.abc import Collection
from typing import Any, Final

import polars as pl
from scipy.special import ndtri

from comparison.findings.cells import both_shares, less_satisfied_than_most, lowest_item
from comparison.findings.differences import BY_CHANCE, clear_difference, matters_by, of_shares, points_range
from comparison.findings.finding import NOTHING, Finding, Matters, Told
from comparison.findings.months import months_apart
from comparison.measures.survey import responses
from comparison.question import Question
from comparison.statistics import COMPARED_FROM
from comparison.statistics.responses import RESPONSE_FROM
from comparison.statistics.tails import ALPHA
from comparison.wording import short_unit_name
from comparison.wording.findings import Share, share_of

_PAGE: Final = "hai-long"


def satisfied_changed(q: Question) -> Told:
    """More or fewer of those answering satisfied than in the comparison period, where both stand for alike people."""
    if q.instrument is None or q.compared is None:
        return NOTHING
    now, before = (share_of(q.measure("satisfaction", scope=scope)) for scope in (q.comparable, q.compared))
    told = of_shares(q, now, before, "findings_satisfaction.changed", _PAGE, matters_by(Matters.BETTER, Matters.HARMED))
    # Who answered is asked only where it decides: it is the dearest question of this page.
    if told.findings and responses(q.warehouse, q.comparable, q.compared, q.viewer)["badge"][0] is not None:
        return Told((), told.looked_at, told.by_chance)
    return told


def too_few_answer(q: Question) -> Told:
    """So few of those served answer that what they say cannot stand for all."""
    if q.instrument is None or not q.instrument.is_per_case:
        return NOTHING
    return of_response(q, q.measure("response_rate"))


def of_response(q: Question, rate: pl.DataFrame) -> Told:
    answered = share_of(rate)
    if not answered.is_enough or rate["high"][0] >= RESPONSE_FROM:
        return NOTHING
    return Told(
        (
            Finding(
                q.say("findings_satisfaction.few", share=q.percent(answered.value)),
                q.say(
                    "findings_satisfaction.few_evidence", x=q.number(answered.x), n=q.number(answered.n),
                    range=q.range(rate["low"][0], rate["high"][0]), least=q.percent(RESPONSE_FROM, 0),
                ),
                q.say("findings_test.response"), _PAGE, answered.n - answered.x, Matters.WORK, "",
            ),
        )
    )  # fmt: skip


def units_less_satisfied(q: Question) -> Told:
    """Units, and units on one item, surely less satisfied than the others of their kind, and than these differ."""
    if q.instrument is None or q.scope.kind in (None, "department"):
        return NOTHING
    everyone = q.scope.with_(units=())
    compared = q.compared.with_(units=()) if q.compared else None
    by_unit = responses(q.warehouse, everyone, compared, q.viewer, ("unit",)).filter(pl.col("unit").is_not_null())
    items = q.measure("item_satisfaction", ("unit", "item"), everyone)
    own = items.filter(pl.col("item") != (q.instrument.overall_item or ""))
    return of_units(q, by_unit, own, q.named)


def of_units(q: Question, by_unit: pl.DataFrame, items: pl.DataFrame, named: Collection[str]) -> Told:
    """by_unit: an answer of `responses`; items: by unit and item, but for the overall one; both of all units."""
    tested, cells = _tested(by_unit), _tested(items)
    whole = [row for row in less_satisfied_than_most(by_unit.sort("unit")) if row["unit"] in named]
    told = [
        _less(q, row, "findings_satisfaction.unit", q.say("findings_test.usual_groups", n=q.number(tested)))
        for row in whole
    ]  # fmt: skip
    units = {row["unit"] for row in whole}
    told += [
        _less(
            q,
            row,
            "findings_satisfaction.cell",
            q.say("findings_test.usual_cells", n=q.number(cells)),
            item=row["item"],
        )
        for row in less_satisfied_than_most(items.sort("unit", "item"), "item")
        if row["unit"] in named and row["unit"] not in units
    ]
    return Told(tuple(told), tested + cells, ALPHA * ((tested > 0) + (cells > 0)))


def _less(q: Question, row: dict[str, Any], key: str, test: str, **values: str) -> Finding:
    own, others = both_shares(row)
    unit = short_unit_name(row["unit_name"])
    return Finding(
        q.say(key, unit=unit, share=q.percent(own.value), **values),
        q.say(
            "findings_satisfaction.less_evidence", x=q.number(own.n - own.x), n=q.number(own.n),
            range=q.range(row["low"], row["high"]), others=q.percent(others.value), others_n=q.number(others.n),
        ),
        test, _PAGE, round((others.value - own.value) * own.n), Matters.HARMED, unit, {"units": (row["unit"],)},
    )  # fmt: skip


def item_lags(q: Question) -> Told:
    """One item clearly behind the others."""
    if q.instrument is None:
        return NOTHING
    return of_items(q, q.measure("item_satisfaction", ("item",)), q.instrument.overall_item)


def of_items(q: Question, items: pl.DataFrame, overall_item: str | None) -> Told:
    found = lowest_item(items, overall_item)
    if found is None:
        return NOTHING
    item, share, rest, n = found
    if not (share.is_enough and rest.is_enough):
        return NOTHING
    # The lowest of several is low by chance more easily than one looked at alone.
    difference = clear_difference(share, rest, z=float(ndtri(1 - BY_CHANCE / (2 * n))))
    if difference is None or difference.value >= 0:
        return Told((), n, BY_CHANCE)
    return Told((_lagging(q, item, share, rest, points_range(q, difference.low, difference.high), n),), n, BY_CHANCE)


def _lagging(q: Question, item: str, share: Share, rest: Share, span: str, n: int) -> Finding:
    return Finding(
        q.say("findings_satisfaction.item", item=item, share=q.percent(share.value)),
        q.say(
            "findings_satisfaction.item_evidence", x=q.number(share.x), n=q.number(share.n),
            others=q.percent(rest.value), range=span,
        ),
        q.say("findings_test.items", n=q.number(n)), _PAGE, round((rest.value - share.value) * share.n),
        Matters.HARMED, item,
    )  # fmt: skip


def satisfaction_of_a_unit(q: Question) -> Told:
    return months_apart(q, "satisfaction") if q.instrument is not None else NOTHING


RULES = (satisfied_changed, too_few_answer, units_less_satisfied, item_lags, satisfaction_of_a_unit)


def _comparable(answer: pl.DataFrame) -> pl.DataFrame:
    return answer.filter(pl.col("badge").is_null()) if "badge" in answer.columns else answer


def _tested(answer: pl.DataFrame) -> int:
    return int(_comparable(answer).filter(pl.col("denominator") >= COMPARED_FROM).height)
