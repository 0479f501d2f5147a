"""The chosen units on every measure, a row a measure, each share with its difference to what it is compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from comparison.figures.beside import Beside, ShareRow
from comparison.figures.compare.asked import PAGE, beside_asked, ignored, no_units
from comparison.figures.figure import Figure, Made, Table
from comparison.figures.numbers import Numbers
from comparison.figures.side_cells import count_cell, row_note, share_cell
from comparison.figures.words import method, shown_of
from comparison.forms.place import Place
from comparison.forms.side_table import Cell, Head, side_table
from comparison.measures.on_time import MEASURES, ON_TIME
from comparison.measures.volume_lists import working_days
from comparison.question import Question
from comparison.scope import Period
from comparison.wording import date_range, day, findings

# What the table shows beside on time and late.
_BESIDES = (
    *("received", "working_days_taken", "online_share", "satisfaction", "response_rate"),
    *("in_progress", "overdue_open"),
)
# What a room can read, beside the share late of the first field.
_MAIN = ("received", "on_time", "satisfied", "overdue")


@dataclass(frozen=True)
class _PlainRow:
    """A count, rate or number of days of every chosen unit; None where no source covers the period."""

    key: str
    head: Head
    values: Mapping[str, float | None]
    decimals: int = 0


def _made(q: Question, place: Place) -> Made:
    beside = beside_asked(q)
    if beside is None:
        return no_units(q)
    rows = beside.share_rows()
    counted, shared = _plain_rows(q, beside), list(rows)
    every = len(counted) + len(shared)
    if place.rows is not None:
        late = next((row.key for row in shared if row.key.startswith("late-")), "")
        counted = [row for row in counted if row.key in _MAIN]
        shared = [row for row in shared if row.key in (*_MAIN, late)]
    is_compared = any(each is not None for row in shared for each in row.differences.values())
    note = q.say("compare_units.table_note", base=beside.base_name) if is_compared else ""
    return Made(
        title=findings.sentence(
            q.say(
                "compare_units.table_title" if place.rows is None else "compare_units.table_title_main",
                n=findings.count_word(q.language, len(beside.units)),
            )
        ),
        subtitle=shown_of(q, len(counted) + len(shared), every, "shown_measures")
        + (note or q.say("compare_units.table_note_alone")),
        body=Table(
            side_table(
                _heads(q, beside, place),
                _in_order(q, beside, counted, shared),
                q.theme,
                caption=q.say("compare_units.table_caption"),
                scale=place.scale,
                least=place.least_text,
            )
        ),
        numbers=_numbers(q, beside, rows),
        source=" · ".join([date_range(q.language, q.scope.period), q.say("source.snapshot", snapshot=q.warehouse.id)]),
        method=method(q, "side", "newcombe", "tiers", f"late_{q.scope.on_time}"),
        ignored=ignored(q, beside),
    )


def _heads(q: Question, beside: Beside, place: Place) -> list[Head]:
    return [Head(q.say("compare_units.column_measure"), width=16 if place.rows is None else 20)] + [
        Head(
            name,
            q.say("compare_units.is_base") if code == beside.base else "",
            href=q.link("ho-so-don-vi", units=(code,)) if place.is_used else "",
        )
        for code, name in beside.short
    ]


def _in_order(
    q: Question, beside: Beside, counted: Sequence[_PlainRow], shared: Sequence[ShareRow]
) -> list[tuple[Head, Sequence[Cell]]]:
    """What came in, how it went, and what is left."""
    by_key: dict[str, tuple[Head, Sequence[Cell]]] = {
        row.key: (row.head, [count_cell(_text(q, row, code)) for code in beside.codes]) for row in counted
    }
    for row in shared:
        cells = [
            share_cell(q.language, row.shares[code], row.message, row.differences[code], row.good)
            for code in beside.codes
        ]
        by_key[row.key] = (Head(row.title, row_note(q, row.key, beside.kind)), cells)
    late = [row.key for row in shared if row.key.startswith("late-")]
    order = ("received", "per_day", "on_time", *late, "days_taken", "online", "satisfied", "response")
    return [by_key[key] for key in (*order, "stock", "overdue") if key in by_key]


def _text(q: Question, row: _PlainRow, code: str) -> str | None:
    value = row.values[code]
    return None if value is None else q.number(value, row.decimals)


def _plain_rows(q: Question, beside: Beside) -> list[_PlainRow]:
    received, days = beside.counts("received"), 0
    root = q.known.root_of[q.scope.root]
    first = max(q.scope.period.starts_on, root.covers_from)
    if q.has_data:
        days = int(working_days(q.warehouse, Period(first, q.last_day))["days"].sum())
    load = {code: count / days if days and count is not None else None for code, count in received.items()}
    last, say = q.say("overview.column_on_day", day=day(q.language, q.last_day)), q.say
    return [
        _PlainRow("received", Head(say("compare_units.received"), say("word.unit_of_count")), received),
        _PlainRow(
            "per_day",
            Head(say("compare_units.per_day"), say("compare_units.per_day_note", days=q.number(days))),
            load,
            1,
        ),
        _PlainRow(
            "days_taken", Head(say("compare_units.days_taken"), say("compare_units.days_note")), beside.median_days()
        ),
        _PlainRow("stock", Head(say("compare_units.stock"), last), beside.counts("in_progress")),
        _PlainRow("overdue", Head(say("compare_units.overdue"), last), beside.counts("overdue_open")),
    ]


def _numbers(q: Question, beside: Beside, rows: Sequence[ShareRow]) -> Numbers:
    """The table as numbers: a row a unit and measure, x of n, and the difference with its interval."""
    names = dict(beside.units)
    records = [
        (names[code], row.head.name, None, None, value, None, None, None)
        for row in _plain_rows(q, beside)
        for code, value in row.values.items()
    ]
    for row in rows:
        for code, share in row.shares.items():
            is_told = not share.is_hidden and share.n > 0
            compared = row.differences[code]
            records.append(
                (
                    names[code],
                    row.title,
                    share.x if is_told else None,
                    share.n if is_told else None,
                    100 * share.value if is_told else None,
                    *((100 * compared.value, 100 * compared.low, 100 * compared.high) if compared else (None,) * 3),
                )
            )
    headings = ("unit", "measure", "x", "n", "value", "difference", "low", "high")
    kinds = (pl.String, pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Float64, pl.Float64, pl.Float64)
    frame = pl.DataFrame(records, schema=dict(zip(headings, kinds, strict=True)), orient="row")
    on_time = q.scope.on_time
    return Numbers(
        frame.rename({name: q.say(f"compare_units.column_{name}") for name in headings}),
        measures=tuple(dict.fromkeys((ON_TIME[on_time], MEASURES[on_time], *_BESIDES))),
    )


SIDE_BY_SIDE = Figure("so-sanh-don-vi", PAGE, _made)
