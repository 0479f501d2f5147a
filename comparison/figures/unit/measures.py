"""One unit on every measure, beside the period before and the rest of its kind."""

from collections.abc import Sequence

import polars as pl

from comparison import wording
from comparison.figures.beside import Beside, shares_of
from comparison.figures.figure import Figure, Made, Table
from comparison.figures.marks import marks
from comparison.figures.missing import missing
from comparison.figures.side_cells import count_cell, difference_cell, row_note, share_cell
from comparison.figures.unit.asked import PAGE, beside_asked, beside_rest
from comparison.figures.words import method
from comparison.forms.frames.months import along, covered, month_codes, months_shown, share_along
from comparison.forms.frames.side_by_side import difference
from comparison.forms.place import Place
from comparison.forms.side_table import Cell, Head, side_table
from comparison.forms.sparkline import sparkline
from comparison.measures.on_time import MEASURES, ON_TIME
from comparison.measures.survey import responses
from comparison.question import Question
from comparison.scope import Scope
from comparison.wording import group_name
from comparison.wording.findings import Share

_MONTHS = 18
_COUNTS = {"received": "received", "resolved": "resolved", "stock": "in_progress", "overdue": "overdue_open"}


def _made(q: Question, _: Place) -> Made | None:
    """What came in and went out, and every share: now, against the period before, against the rest of the kind."""
    now = beside_asked(q)
    if now is None:
        return None
    if not q.has_data:
        return missing(q, title=q.say("unit_profile.measures"), page=PAGE)
    (code,) = now.codes
    before = q.compared
    then = beside_rest(q.asking(before), now.units[0], now.kind, now.main_fields) if before else None
    has_rest = not now.own_fields and len(q.known.units_of(q.scope.root, now.kind)) > 1
    trend = now.whole.with_(
        units=(code,), period=months_shown(q.scope.period, covered(q.known.root_of[q.scope.root]), _MONTHS)
    )
    months = month_codes(trend.period)
    lines = _lines(q, now, months, trend)
    marked = [mark for mark in marks(q, trend) if mark.month in months]

    def line(key: str, name: str) -> Cell:
        last = group_name(q.language, months[-1])
        picture = sparkline(
            lines[key],
            months,
            q.theme,
            colour="gray",
            marks=marked,
            alt=q.say("overview.tile_line", label=name, last=last),
        )
        return Cell(image=picture)

    rows: list[tuple[Head, list[Cell]]] = []
    counts_then = _counts(q.asking(before), then) if before and then else {}
    for key, value in _counts(q, now).items():
        name = q.say(f"compare_units.{key}")
        earlier = counts_then.get(key)
        against = [Cell("" if earlier is None else q.say("compare.against", value=q.number(earlier)), is_few=True)]
        note = q.say("compare_units.days_note") if key == "days_taken" else q.say("word.unit_of_count")
        cells = [
            count_cell(None if value is None else q.number(value)),
            *(against if before else []),
            *([Cell()] if has_rest else []),
            line(key, name),
        ]
        rows.append((Head(name, note), cells))
    shares_then = {row.key: row.shares[code] for row in then.share_rows()} if then else {}
    for row in now.share_rows():
        own = row.shares[code]
        cells = [share_cell(q.language, own, row.message, None)]
        if before:
            is_comparable = row.key != "satisfied" or _answered_alike(q, now)
            cells.append(
                difference_cell(
                    q.language, difference(own, shares_then[row.key], is_comparable=is_comparable), row.good
                )
            )
        if has_rest:
            cells.append(difference_cell(q.language, row.differences[code], row.good))
        rows.append((Head(row.title, row_note(q, row.key, now.kind)), [*cells, line(row.key, row.title)]))
    heads = [Head(q.say("compare_units.column_measure"), width=19), Head(q.say("unit_profile.now"))]
    if before:
        heads.append(Head(q.say("unit_profile.against", period=wording.period_name(q.language, before.period))))
    if has_rest:
        heads.append(Head(q.say("unit_profile.against_rest")))
    heads.append(Head(q.say("unit_profile.months", n=q.number(len(months)), last=group_name(q.language, months[-1]))))
    told = ("profile_measures", "newcombe", "tiers", f"late_{q.scope.on_time}")
    return Made(
        title=q.say("unit_profile.measures"),
        subtitle=q.say("unit_profile.measures_note"),
        body=Table(side_table(heads, rows, q.theme, caption=q.say("unit_profile.measures"))),
        source=" · ".join(
            [wording.date_range(q.language, q.scope.period), q.say("source.snapshot", snapshot=q.warehouse.id)]
        ),
        method=method(q, *told),
        measures=_measures(q),
    )


def _measures(q: Question) -> tuple[str, ...]:
    """The measures of the rows, in their order."""
    shares = (ON_TIME[q.scope.on_time], MEASURES[q.scope.on_time], "online_share", "satisfaction", "response_rate")
    return (*_COUNTS.values(), "working_days_taken", *shares)


def _counts(q: Question, beside: Beside) -> dict[str, float | None]:
    """Cases received, resolved, in progress and overdue, and the median of days taken."""
    (code,) = beside.codes
    counts: dict[str, float | None] = {key: beside.counts(name)[code] for key, name in _COUNTS.items()}
    return counts | {"days_taken": beside.median_days()[code]}


def _lines(q: Question, now: Beside, months: Sequence[str], trend: Scope) -> dict[str, pl.Series]:
    """Every row's values by month, null where too little stands behind one, or where the unit's share is hidden."""
    (code,) = now.codes
    on_time = q.scope.on_time

    def counted(name: str) -> pl.Series:
        return along(months, q.measure(name, ("month",), trend)).fill_null(0)

    def shared(name: str) -> pl.Series:
        return share_along(months, q.measure(name, ("month",), trend))

    found = {key: counted(name) for key, name in _COUNTS.items()}
    found["days_taken"] = along(months, q.measure("working_days_taken", ("month",), trend))
    found |= {"on_time": shared(ON_TIME[on_time]), "online": shared("online_share")}
    for field, _ in now.main_fields:
        late = q.late(("month",), trend.with_(fields=(field,)))
        found[f"late-{field}"] = share_along(months, late)
    for key, name in (("satisfied", "satisfaction"), ("response", "response_rate")):
        own = shares_of(q.measure(name, ("unit",), now.whole)).get(code, Share(0, 0))
        found[key] = shared(name).clear(len(months)) if own.is_hidden else shared(name)
    return found


def _answered_alike(q: Question, now: Beside) -> bool:
    """Whether the shares satisfied of this period and the one before tell of the same people."""
    before = q.compared
    asked = before.with_(kind=now.kind, units=()) if before else None
    found = responses(q.warehouse, now.whole, asked, q.viewer, ("unit",)).filter(pl.col("unit").is_in(now.codes))
    return found["badge"].is_null().all()


MEASURES_OF_UNIT = Figure("ho-so-thuoc-do", PAGE, _made, is_slide=False)
