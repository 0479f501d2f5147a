"""So sánh đơn vị: two to six units of one kind, side by side on everything."""

from collections.abc import Mapping
from functools import partial

import polars as pl
import streamlit as st

from comparison.charts.frames.lateness import LAND
from comparison.charts.frames.months import covered, is_unfinished, month_codes, months_shown
from comparison.charts.frames.shares import room_for, source_text, total_of
from comparison.charts.frames.side_by_side import (
    OTHERS,
    REST,
    count_cell,
    mix,
    mix_parts,
    months_of,
    share_cell,
)
from comparison.charts.frames.volume import count_text
from comparison.charts.mix_bars import mix_bars
from comparison.charts.side_table import Cell, Head, side_table
from comparison.charts.unit_lines import MOST_LINES, unit_lines
from comparison.measures.case_lists import units_asked
from comparison.measures.on_time import MEASURES, ON_TIME, late_share
from comparison.measures.volume_lists import working_days
from comparison.scope import Period
from comparison.widgets import (
    Numbers,
    View,
    empty,
    figure,
    header,
    heading,
    measured,
    method,
    missing,
    period_caption,
    table,
    view,
)
from comparison.widgets.address import go
from comparison.widgets.frame.own_choice import own_asked
from comparison.widgets.frame.unit_choice import choose_kind, choose_units, kind_asked, kinds_with
from comparison.widgets.unit.beside import Beside, ShareRow, compared_count, row_note
from comparison.wording import date_range, day, findings, group_name, short_unit_name
from comparison.wording.markdown import plain

BASE = "base"
# What the table shows beside on time and late.
BESIDES = (
    *("received", "working_days_taken", "online_share", "satisfaction", "response_rate"),
    *("in_progress", "overdue_open"),
)
LEAST = 2


def base_asked(v: View, units: tuple[tuple[str, str], ...], kind: str) -> str:
    """What the units are compared with: the first of them, unless the address names another or the rest."""
    there = [code for code, _ in units] + ([] if kind == "department" else [REST])
    return own_asked(v, BASE, there)


def choose_base(v: View, units: tuple[tuple[str, str], ...], kind: str, base: str) -> None:
    names = {code: short_unit_name(name) for code, name in units}
    if kind != "department":
        names[REST] = v.say("compare_units.rest")
    st.session_state["choice-base"] = base
    st.selectbox(
        v.say("parameter.base"), list(names), key="choice-base", label_visibility="collapsed", width=320,
        filter_mode=None, placeholder=v.say("filter.choose"),
        format_func=lambda code: v.say("compare_units.against", base=names[code]),
        on_change=lambda: go(own={BASE: st.session_state["choice-base"]}),
    )  # fmt: skip


def title(v: View, beside: Beside, rows: list[ShareRow]) -> str:
    tested, clear = compared_count(rows)
    if not tested:
        return v.say("compare_units.subject", n=findings.count_word(v.language, len(beside.units)))
    count = findings.sentence(findings.count_word(v.language, clear))
    key = "title_none" if clear == 0 else "title_one" if clear == 1 else "title"
    values = {"n": count} if clear > 1 else {}
    return v.say(f"compare_units.{key}", of=v.number(tested), base=beside.base_name, **values)


def captions(v: View, beside: Beside, rows: list[ShareRow]) -> list[str]:
    """How the differences are to be read, and for departments what part of their work they cover."""
    tested, _ = compared_count(rows)
    told = [v.say("compare_units.how", chance=v.number(tested / 20, 1))] if tested else []
    if beside.own_fields:
        names = {field.code: field.short_name for field in v.known.fields}
        for code, name in beside.short:
            if code == beside.base:
                continue
            covered_by = beside.covered(code)
            shared = ", ".join(names[field] for field in beside.shared(code))
            if not shared:
                told.append(v.say("compare_units.nothing_shared", unit=plain(name), base=beside.base_name))
            elif covered_by.n:
                told.append(
                    v.say("compare_units.shared", unit=plain(name), base=beside.base_name, fields=shared,
                          share=v.percent(covered_by.value, 0))
                )  # fmt: skip
    return told


def plain_rows(v: View, beside: Beside) -> list[tuple[Head, dict[str, str | None], dict[str, float | None]]]:
    """Counts, rates and days: head, what is written by unit, and the value behind it."""
    received, days = beside.counts("received"), 0
    root = v.known.root_of[v.scope.root]
    first = max(v.scope.period.starts_on, root.covers_from)
    if v.has_data:
        days = int(working_days(v.warehouse, Period(first, v.last_day))["days"].sum())
    load = {code: count / days if days and count is not None else None for code, count in received.items()}
    last = v.say("overview.column_on_day", day=day(v.language, v.last_day))
    found: list[tuple[Head, Mapping[str, float | None], int]] = [
        (Head(v.say("compare_units.received"), v.say("word.unit_of_count")), received, 0),
        (Head(v.say("compare_units.per_day"), v.say("compare_units.per_day_note", days=v.number(days))), load, 1),
        (Head(v.say("compare_units.days_taken"), v.say("compare_units.days_note")), beside.median_days(), 0),
        (Head(v.say("compare_units.stock"), last), beside.counts("in_progress"), 0),
        (Head(v.say("compare_units.overdue"), last), beside.counts("overdue_open"), 0),
    ]
    return [
        (head, {code: None if value is None else v.number(value, decimals) for code, value in values.items()},
         dict(values))
        for head, values, decimals in found
    ]  # fmt: skip


def numbers(
    v: View, beside: Beside, rows: list[ShareRow], plain: list[tuple[Head, dict[str, float | None]]]
) -> Numbers:
    """The table as numbers: a row a unit and measure, x of n, and the difference with its interval."""
    names = dict(beside.units)
    records = [
        (names[code], head.name, None, None, value, None, None, None) for head, values in plain
        for code, value in values.items()
    ]  # fmt: skip
    for row in rows:
        for code, share in row.shares.items():
            is_told = not share.is_hidden and share.n > 0
            compared = row.differences[code]
            records.append(
                (
                    names[code], row.title, share.x if is_told else None, share.n if is_told else None,
                    100 * share.value if is_told else None,
                    *((100 * compared.value, 100 * compared.low, 100 * compared.high) if compared else (None,) * 3),
                )
            )  # fmt: skip
    headings = ("unit", "measure", "x", "n", "value", "difference", "low", "high")
    kinds = (pl.String, pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Float64, pl.Float64, pl.Float64)
    frame = pl.DataFrame(records, schema=dict(zip(headings, kinds, strict=True)), orient="row")
    on_time = v.scope.on_time
    return Numbers(
        frame.rename({name: v.say(f"compare_units.column_{name}") for name in headings}),
        measures=tuple(dict.fromkeys((ON_TIME[on_time], MEASURES[on_time], *BESIDES))),
    )


def show_table(v: View, beside: Beside, rows: list[ShareRow]) -> None:
    plain = plain_rows(v, beside)
    counted = {head.name: (head, [count_cell(texts[code]) for code in beside.codes]) for head, texts, _ in plain}
    in_order = list(counted.values())
    shared: list[tuple[Head, list[Cell]]] = [
        (
            Head(row.title, row_note(v, row.key, beside.kind)),
            [share_cell(v.language, row.shares[code], row.message, row.differences[code]) for code in beside.codes],
        )
        for row in rows
    ]
    at = next(place for place, row in enumerate(rows) if row.key == "online")
    heads = [Head(v.say("compare_units.column_measure"), width=16)] + [
        Head(name, v.say("compare_units.is_base") if code == beside.base else "",
             href=v.link("ho-so-don-vi", units=(code,)))
        for code, name in beside.short
    ]  # fmt: skip
    table(
        v,
        title=findings.sentence(
            v.say("compare_units.table_title", n=findings.count_word(v.language, len(beside.units)))
        ),
        subtitle=v.say("compare_units.table_note", base=beside.base_name)
        if any(each is not None for row in rows for each in row.differences.values())
        else v.say("compare_units.table_note_alone"),
        html=side_table(
            heads, in_order[:2] + shared[:at] + [in_order[2]] + shared[at:] + in_order[3:], v.theme,
            caption=v.say("compare_units.table_caption"),
        ),
        table=numbers(v, beside, rows, [(head, values) for head, _, values in plain]),
        source=" · ".join(
            [date_range(v.language, v.scope.period), v.say("source.snapshot", snapshot=v.warehouse.id)]
        ),
        key="so-sanh-don-vi",
        method=method(v, "side", "newcombe", "tiers", f"late_{v.scope.on_time}"),
    )  # fmt: skip


def show_months(v: View, beside: Beside) -> None:
    """Four measures by month, a line a unit."""
    trend = beside.whole.with_(period=months_shown(v.scope.period, covered(v.known.root_of[v.scope.root])))
    months, on_time = month_codes(trend.period), v.scope.on_time
    late_scope = trend.with_(fields=(LAND,))
    # Hidden among the units of a month, or among the months of a unit: either way nothing is told.
    satisfied = v.measure("satisfaction", ("unit", "month"), trend)
    shown = v.measure("satisfaction", ("month", "unit"), trend).filter(~pl.col("is_hidden")).select("unit", "month")
    four = [
        ("on_time", v.measure(ON_TIME[on_time], ("unit", "month"), trend), "hover.on_time", False),
        ("late", late_share(v.measure(MEASURES[on_time], ("unit", "month"), late_scope), on_time), "hover.late", True),
        ("satisfied", satisfied.join(shown, on=["unit", "month"], how="semi"), "hover.satisfied", False),
        ("received", v.measure("received", ("unit", "month"), trend), "hover.received", True),
    ]
    heading(v.say("compare_units.months"), v.say("compare_units.months_note", n=v.number(len(months))))
    for pair in (four[:2], four[2:]):
        for place, (key, answer, message, from_zero) in zip(st.columns(2, gap="medium"), pair, strict=True):
            with place:
                show_lines(v, beside, months, trend.period, key, answer, message, from_zero=from_zero)


def show_lines(
    v: View, beside: Beside, months: list[str], period: Period, key: str, answer: pl.DataFrame, message: str, *,
    from_zero: bool,
) -> None:  # fmt: skip
    is_count = key == "received"
    own = answer.filter(pl.col("unit").is_in(beside.codes))
    frame = months_of(own, beside.short, v.language, message, "numerator" if is_count else "value")
    name = v.say(f"compare_units.months_{key}")
    if frame["value"].null_count() == frame.height:
        empty(v, title=name, message=v.say("compare_units.months_empty"), height=270)
        return
    n = total_of(own) if is_count else int(own["denominator"].fill_null(0).sum())
    figure(
        v.asking(v.scope.with_(period=period)),
        title=name,
        subtitle=v.say(f"compare_units.months_{key}_note"),
        fig=unit_lines(
            frame, months, dict(beside.short), v.theme, from_zero=from_zero, ceiling=None if is_count else 1,
            value_text=partial(count_text, v.language) if is_count else v.tick,
            month_text=partial(group_name, v.language), unfinished=is_unfinished(period),
        ),
        table=measured(
            v.language, {"on_time": ON_TIME[v.scope.on_time], "satisfied": "satisfaction"}.get(key, key), own
        ),
        source=source_text(
            v.language, v.warehouse.id, period, n, "source.sheets" if key == "satisfied" else "source.cases"
        ),
        key=f"so-sanh-thang-{key}",
        method=method(v, "side_months", *(["hiding"] if key == "satisfied" else [])),
    )  # fmt: skip


def show_mix(v: View, beside: Beside) -> None:
    received = beside.received_cells.filter(pl.col("unit").is_in(beside.codes))
    parts = mix_parts(received, LAND)
    names = {field.code: field.short_name for field in v.known.fields}
    named = {part: v.say("compare_units.other_fields") if part == OTHERS else names[part] for part in parts}
    figure(
        v,
        title=v.say("compare_units.mix"),
        subtitle=v.say("compare_units.mix_note", order=", ".join(named.values())),
        fig=mix_bars(
            mix(received, beside.short, named, v.language), beside.short, parts, v.theme,
            left=room_for([name for _, name in beside.short]),
        ),
        table=measured(v.language, "received", received),
        source=source_text(v.language, v.warehouse.id, v.scope.period, total_of(received)),
        key="so-sanh-linh-vuc",
        method=method(v, "received", "mix"),
    )  # fmt: skip


def show_choice(v: View, units: tuple[tuple[str, str], ...], kind: str | None, kinds: list[str]) -> None:
    """Why nothing can be compared yet, and what to choose."""
    if not kinds:
        message = v.say("compare_units.nobody")
    elif kind is None:
        message = v.say("compare_units.several_kinds")
    elif kind not in kinds:
        message = v.say("compare_units.only_one", kind=v.say(f"kind.{kind}"))
    elif len(units) > MOST_LINES and v.scope.units:
        message = v.say("compare_units.too_many", n=v.number(len(units)), most=v.number(MOST_LINES))
    elif len(units) < LEAST:
        message = v.say("compare_units.too_few")
    else:
        message = v.say("compare_units.none_chosen", n=v.number(len(units)), most=v.number(MOST_LINES))
    header(v.say("compare_units.subject_any"), message)


def show(v: View) -> None:
    units = units_asked(v.warehouse, v.scope, v.viewer)
    kind = kind_asked(v, [code for code, _ in units])
    kinds = kinds_with(v, LEAST)
    if kind not in kinds or not LEAST <= len(units) <= MOST_LINES:
        show_choice(v, units, kind, kinds)
        with st.container(horizontal=True, vertical_alignment="center"):
            choose_kind(v, kinds, kind)
            if kind in kinds:
                choose_units(v, kind)
        return
    base = base_asked(v, units, kind)
    beside = Beside(v, kind, units, base)
    rows = beside.share_rows()
    header(title(v, beside, rows), period_caption(v), *captions(v, beside, rows))
    with st.container(horizontal=True, vertical_alignment="center"):
        choose_kind(v, kinds, kind)
        choose_units(v, kind)
        choose_base(v, units, kind, base)
    if not v.has_data:
        missing(v, title=v.say("compare_units.subject_any"), page="so-sanh")
        return
    show_table(v, beside, rows)
    show_months(v, beside)
    if beside.received_cells.filter(pl.col("unit").is_in(beside.codes)).height:
        show_mix(v, beside)


show(view())
