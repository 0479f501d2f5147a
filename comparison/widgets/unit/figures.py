"""One unit in figures: every measure beside the period before and its kind, its fields, its own expectation."""

from collections.abc import Sequence

import polars as pl

from comparison import wording
from comparison.charts.frames.months import along, covered, month_codes, months_shown, share_along
from comparison.charts.frames.shares import source_text, total_of
from comparison.charts.frames.side_by_side import (
    REST,
    Difference,
    Good,
    count_cell,
    difference,
    difference_lines,
    rest_of,
    share_cell,
    shares_of,
)
from comparison.charts.side_table import Cell, Head, side_table
from comparison.charts.sparkline import sparkline
from comparison.figures.late_share import late_method, late_numbers
from comparison.figures.marks import marks
from comparison.figures.words import method
from comparison.measures.on_time import MEASURES, ON_TIME, late_share
from comparison.measures.survey import responses
from comparison.question import Question
from comparison.scope import Scope
from comparison.widgets.figure.figures import heading, source_row
from comparison.widgets.figure.method import method_row
from comparison.widgets.frame.paper import screen_only
from comparison.widgets.unit.beside import Beside, row_note
from comparison.widgets.words import show_html
from comparison.wording import group_name
from comparison.wording.findings import Share
from comparison.wording.texts import markup

_MONTHS = 18
_FIELDS = 8
_COUNTS = {"received": "received", "resolved": "resolved", "stock": "in_progress", "overdue": "overdue_open"}


def beside_rest(
    v: Question, unit: tuple[str, str], kind: str, fields: Sequence[tuple[str, str]] | None = None
) -> Beside:
    """One unit beside the rest of its kind."""
    return Beside(v, kind, (unit,), REST, None if fields is None else tuple(fields))


def show_measures(v: Question, now: Beside) -> None:
    """What came in and went out, and every share: now, against the period before, against the rest of the kind."""
    ((code, _),) = now.units
    before = v.compared
    then = beside_rest(v.asking(before), now.units[0], now.kind, now.main_fields) if before else None
    has_rest = not now.own_fields and len(v.known.units_of(v.scope.root, now.kind)) > 1
    trend = now.whole.with_(
        units=(code,), period=months_shown(v.scope.period, covered(v.known.root_of[v.scope.root]), _MONTHS)
    )
    months = month_codes(trend.period)
    lines = _lines(v, now, months, trend)
    marked = [mark for mark in marks(v, trend) if mark.month in months]

    def line(key: str, name: str) -> Cell:
        last = group_name(v.language, months[-1])
        picture = sparkline(
            lines[key], months, v.theme, colour="gray", marks=marked,
            alt=v.say("overview.tile_line", label=name, last=last),
        )  # fmt: skip
        return Cell(image=picture)

    rows: list[tuple[Head, list[Cell]]] = []
    counts_then = _counts(v.asking(before), then) if before and then else {}
    for key, value in _counts(v, now).items():
        name = v.say(f"compare_units.{key}")
        earlier = counts_then.get(key)
        against = [Cell("" if earlier is None else v.say("compare.against", value=v.number(earlier)), is_few=True)]
        note = v.say("compare_units.days_note") if key == "days_taken" else v.say("word.unit_of_count")
        cells = [
            count_cell(None if value is None else v.number(value)), *(against if before else []),
            *([Cell()] if has_rest else []), line(key, name),
        ]  # fmt: skip
        rows.append((Head(name, note), cells))
    shares_then = {row.key: row.shares[code] for row in then.share_rows()} if then else {}
    for row in now.share_rows():
        own = row.shares[code]
        cells = [share_cell(v.language, own, row.message, None)]
        if before:
            is_comparable = row.key != "satisfied" or _answered_alike(v, now)
            cells.append(_moved(v, difference(own, shares_then[row.key], is_comparable=is_comparable), row.good))
        if has_rest:
            cells.append(_moved(v, row.differences[code], row.good))
        rows.append((Head(row.title, row_note(v, row.key, now.kind)), [*cells, line(row.key, row.title)]))
    heads = [Head(v.say("compare_units.column_measure"), width=19), Head(v.say("unit_profile.now"))]
    if before:
        heads.append(Head(v.say("unit_profile.against", period=wording.period_name(v.language, before.period))))
    if has_rest:
        heads.append(Head(v.say("unit_profile.against_rest")))
    heads.append(Head(v.say("unit_profile.months", n=v.number(len(months)), last=group_name(v.language, months[-1]))))
    heading(v.say("unit_profile.measures"), v.say("unit_profile.measures_note"))
    show_html(v, side_table(heads, rows, v.theme, caption=v.say("unit_profile.measures")))
    with screen_only("measures"):
        source = " · ".join(
            [wording.date_range(v.language, v.scope.period), v.say("source.snapshot", snapshot=v.warehouse.id)]
        )
        told = ("profile_measures", "newcombe", "tiers", f"late_{v.scope.on_time}")
        method_row(v, source, method(v, *told), "ho-so-thuoc-do", _measures(v))


def _measures(v: Question) -> tuple[str, ...]:
    """The measures of the rows, in their order."""
    shares = (ON_TIME[v.scope.on_time], MEASURES[v.scope.on_time], "online_share", "satisfaction", "response_rate")
    return (*_COUNTS.values(), "working_days_taken", *shares)


def _counts(v: Question, beside: Beside) -> dict[str, float | None]:
    """Cases received, resolved, in progress and overdue, and the median of days taken."""
    ((code, _),) = beside.units
    counts: dict[str, float | None] = {key: beside.counts(name)[code] for key, name in _COUNTS.items()}
    return counts | {"days_taken": beside.median_days()[code]}


def _lines(v: Question, now: Beside, months: Sequence[str], trend: Scope) -> dict[str, pl.Series]:
    """Every row's values by month, null where too little stands behind one, or where the unit's share is hidden."""
    ((code, _),) = now.units
    on_time = v.scope.on_time

    def counted(name: str) -> pl.Series:
        return along(months, v.measure(name, ("month",), trend)).fill_null(0)

    def shared(name: str) -> pl.Series:
        return share_along(months, v.measure(name, ("month",), trend))

    found = {key: counted(name) for key, name in _COUNTS.items()}
    found["days_taken"] = along(months, v.measure("working_days_taken", ("month",), trend))
    found |= {"on_time": shared(ON_TIME[on_time]), "online": shared("online_share")}
    for field, _ in now.main_fields:
        late = late_share(v.measure(MEASURES[on_time], ("month",), trend.with_(fields=(field,))), on_time)
        found[f"late-{field}"] = share_along(months, late)
    for key, name in (("satisfied", "satisfaction"), ("response", "response_rate")):
        own = shares_of(v.measure(name, ("unit",), now.whole)).get(code, Share(0, 0))
        found[key] = shared(name).clear(len(months)) if own.is_hidden else shared(name)
    return found


def _moved(v: Question, found: Difference | None, good: Good) -> Cell:
    if found is None:
        return Cell("–", is_few=True)
    size, word = difference_lines(v.language, found)
    return Cell(size, lines=(word,), is_few=found.standing == "few", is_clear=found.is_clear, tone=found.tone(good))


def _answered_alike(v: Question, now: Beside) -> bool:
    """Whether the shares satisfied of this period and the one before tell of the same people."""
    before = v.compared
    asked = before.with_(kind=now.kind, units=()) if before else None
    found = responses(v.warehouse, now.whole, asked, v.viewer, ("unit",)).filter(pl.col("unit").is_in(now.codes))
    return found["badge"].is_null().all()


def show_fields(v: Question, now: Beside) -> None:
    """What its work is made of, and where it is late, against the rest of its kind in the same field."""
    ((code, _),) = now.units
    received = now.received_cells.filter(pl.col("unit") == code)
    own = now.late_cells.filter(pl.col("unit") == code)
    if received.is_empty() and own["denominator"].sum() == 0:
        heading(v.say("unit_profile.fields_caption"), v.say("finding.none_received"))
        return
    total = total_of(received)
    counts = dict(received.select("field", "numerator").iter_rows())
    late, everybody = shares_of(own, "field"), _by_field(now.late_cells)
    names = {field.code: field.name for field in v.known.fields}
    order = sorted({*counts, *(field for field, share in late.items() if share.n)}, key=lambda field: (
        -counts.get(field, 0), field
    ))  # fmt: skip
    rests = {field: rest_of(everybody.get(field, Share(0, 0)), late.get(field, Share(0, 0))) for field in order}
    has_rest = any(rest.n for rest in rests.values())
    rows: list[tuple[Head, list[Cell]]] = []
    for field in order:
        count, share = counts.get(field, 0), late.get(field, Share(0, 0))
        rest = rests[field]
        beside = [share_cell(v.language, rest, "hover.late", None), _moved(v, difference(share, rest), "down")]
        part = count / total if total else 0.0
        rows.append(
            (
                Head(names[field]),
                [
                    Cell(v.percent(part, 0), v.number(count), part=part),
                    share_cell(v.language, share, "hover.late", None),
                    *(beside if has_rest else []),
                ],
            )
        )
    heads = [
        Head(v.say("column.field"), width=19),
        Head(v.say("unit_profile.received_part"), width=21),
        Head(v.say("unit_profile.late_own")),
        *(
            # A difference with its range stands in one line, so that no row is tall for what a phone does not show.
            [Head(v.say("unit_profile.late_rest")), Head(v.say("unit_profile.late_difference"), width=32)]
            if has_rest
            else []
        ),
    ]
    note = v.say("unit_profile.fields_note" if has_rest else "unit_profile.fields_note_alone")
    heading(v.say("unit_profile.fields", n=v.number(len(order))), note)
    show_html(v, side_table(heads, rows, v.theme, caption=v.say("unit_profile.fields_caption"), printed=_FIELDS))
    if len(rows) > _FIELDS:
        show_html(
            v, markup('<p class="ds-paper">{}</p>', v.say("unit_profile.more_fields", n=v.number(len(rows) - _FIELDS)))
        )
    with screen_only("fields"):
        source_row(
            v, source_text(v.language, v.warehouse.id, v.scope.period, total_of(received)),
            late_numbers(v, own), "ho-so-linh-vuc", title=v.say("unit_profile.fields_caption"),
            method=late_method(v, *(["profile_fields", "newcombe"] if has_rest else []), "tiers"),
        )  # fmt: skip


def _by_field(cells: pl.DataFrame) -> dict[str, Share]:
    sums = cells.group_by("field").agg(pl.col("numerator", "denominator").sum())
    rows = sums.select("field", "numerator", "denominator").iter_rows()
    return {field: Share(int(x), int(n)) for field, x, n in rows}
