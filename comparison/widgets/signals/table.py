"""The table of units by measures, with the icons of the last month's signals, and the charts of a unit asked alone."""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from comparison.charts.enlarged import MOST_ROWS, SCALE
from comparison.charts.frames.overview import table_cells, units_numbers
from comparison.charts.frames.shares import short_units
from comparison.charts.frames.signals import assurance_signs, chosen, judged, signs, standing
from comparison.charts.frames.slide_rows import slide_rows
from comparison.charts.icons import KINDS, Kind
from comparison.charts.unit_table import Column, Sign, Words, key_row, unit_table
from comparison.figures.numbers import Numbers
from comparison.figures.words import method, shown_of
from comparison.question import Question
from comparison.signals import TRACKED, UnitSignals
from comparison.signals.tracked import measure_of
from comparison.signals.unit_signals import watched
from comparison.statistics import COMPARED_FROM
from comparison.statistics.chance_simulations import alarm_chance
from comparison.statistics.discoveries import expected_false_alarms
from comparison.statistics.variation import Variation
from comparison.widgets.figure.figures import heading, source_row
from comparison.widgets.signals.rows import rows_shown
from comparison.widgets.words import show_html, show_text
from comparison.wording import group_name, percent, signal_findings

_LEAST = 0.1  # alarms worth a number
# So many units late most in the field shown are on a slide, whether or not that is unusual for them.
_LATE_ON_SLIDE = 3
_METHODS = (("signals_table", "tiers"), ("signals",), ("signals_target", "signals_rows"))
Charts = Mapping[str, Sequence[UnitSignals]]
Answers = Mapping[str, tuple[pl.DataFrame, str]]


def signal_table(
    v: Question,
    units: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    answers: Answers,
    charts: Charts,
    source: str,
) -> None:
    """Units (code, name) by columns: a value of the period from `answers`, and what `charts` (by column) say of it.

    A column of assurance follows "on_time" where that has a target.
    """
    columns = _with_target(v, columns, charts)
    named = short_units(units)
    scale = 1.0 if v.slide is None else SCALE
    left_out = "" if v.slide is None else shown_of(v, min(MOST_ROWS, len(named)), len(named), "shown_exceptions")
    heading(_title(v, named, charts), left_out + _note(v, named, charts))
    found: dict[tuple[str, str], Sign] = {}
    for key, each in charts.items():
        found |= signs(v.language, key, each)
    found |= assurance_signs(v.language, "target", charts.get("on_time", ()))
    rows_of = _slide_rows if v.slide is not None else rows_shown
    asked = {key: answer for key, (answer, _) in answers.items()}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        shown, order = rows_of(v, named, columns, asked, dict(charts))
    if order:
        show_text(v, order)
    if found:
        codes = {code for code, _ in named}
        kinds = {sign.kind for (code, _), sign in found.items() if code in codes}
        show_html(v, key_row([_key(v, kind) for kind in KINDS if kind in kinds], v.theme, scale=scale))
    if not shown:
        show_text(v, v.say("signal.no_exceptions"))
    else:
        # A link would leave the slide and its full screen.
        unit_note = v.say("overview.unit_note") if v.slide is None else ""
        links = {code: v.link("", units=(code,)) for code, _ in named} if v.slide is None else {}
        cells = table_cells(v.language, answers).with_columns(n_text=pl.lit(None, pl.String))
        show_html(v,
            unit_table(
                cells, shown, columns, v.theme, caption=v.say("overview.table_caption"),
                links=links,
                words=Words(
                    v.say("column.unit"), unit_note, v.say("word.few"), v.say("word.under_five"),
                    missing=v.say("lateness.no_data"), hidden=v.say("word.hidden"), hidden_why=v.say("hover.hidden"),
                ),
                signs=found,
                scale=scale,
            )
        )  # fmt: skip
    headings = {"": v.say("column.unit"), **{each.key: each.title for each in columns if each.kind != "word"}}
    frame, shares = units_numbers(units, headings, answers)
    source_row(
        v,
        source,
        Numbers(_with_words(v, frame, units, columns, found), shares, _measures(v, columns)),
        "don-vi",
        title=_title(v, named, charts),
        method="\n\n".join(method(v, *names) for names in _METHODS),
    )


def _slide_rows(
    v: Question,
    units: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    answers: dict[str, pl.DataFrame],
    charts: Charts,
) -> tuple[Sequence[tuple[str, str]], str]:
    """Units with an exception, those late most, then the largest; no sentence on their order, that of their names."""
    exceptions = {code for code, _ in chosen(charts, units, "exceptions")}
    if "late" in answers:
        compared = answers["late"].filter(pl.col("denominator") >= COMPARED_FROM)
        exceptions |= set(compared.sort("value", descending=True)["unit"].head(_LATE_ON_SLIDE))
    sizes = dict(answers["received"].select("unit", "numerator").iter_rows())
    kept = slide_rows([code for code, _ in units], exceptions, sizes)
    return [unit for unit in units if unit[0] in kept], ""


def _measures(v: Question, columns: Sequence[Column]) -> tuple[str, ...]:
    """The measures whose values the columns show."""
    keys = [column.key for column in columns if column.kind != "word"]
    return tuple(measure_of(TRACKED[key], v.scope.on_time) if key in TRACKED else "overdue_open" for key in keys)


def _with_target(v: Question, columns: Sequence[Column], charts: Charts) -> list[Column]:
    targets = {chart.target for chart in charts.get("on_time", ()) if chart.target is not None}
    if not targets:
        return list(columns)
    lowest, highest = percent(v.language, min(targets), 0), percent(v.language, max(targets), 0)
    said = lowest if lowest == highest else f"{lowest}–{highest}"
    own = Column("target", v.say("signal.column_target"), v.say("signal.column_target_note", target=said), "word")
    at = [column.key for column in columns].index("on_time") + 1
    return [*columns[:at], own, *columns[at:]]


def _title(v: Question, units: Sequence[tuple[str, str]], charts: Charts) -> str:
    return signal_findings.signals_title(
        v.language, len(units), standing(charts, units, Variation.WORSE), standing(charts, units, Variation.BETTER),
        judged(charts, units),
    )  # fmt: skip


def _note(v: Question, units: Sequence[tuple[str, str]], charts: Charts) -> str:
    cells, period = judged(charts, units), watched(v.warehouse, v.scope)
    if not cells or period is None:
        return v.say("signal.table_note_none")
    alarms = float(expected_false_alarms(cells, alarm_chance()))
    return v.say(
        "signal.table_note", month=group_name(v.language, f"{period.ends_on:%Y-%m}"), n=v.number(cells),
        alarms=v.number(alarms, 1) if round(alarms, 1) >= _LEAST else f"<{v.number(_LEAST, 1)}",
    )  # fmt: skip


def _key(v: Question, kind: Kind) -> Sign:
    longer = ("neutral", "few", "sure", "unsure", "fail")
    return Sign(kind, v.say(f"icon.key_{kind}" if kind in longer else f"icon.{kind}"))


def _with_words(
    v: Question, frame: pl.DataFrame, units: Sequence[tuple[str, str]], columns: Sequence[Column],
    found: Mapping[tuple[str, str], Sign],
) -> pl.DataFrame:  # fmt: skip
    """The numbers with a column of words for each column of icons."""
    words = {
        f"{column.title}: {v.say('signal.column_word')}" if column.kind != "word" else column.title: [
            found[code, column.key].word if (code, column.key) in found else "" for code, _ in units
        ]
        for column in columns
        if any((code, column.key) in found for code, _ in units)
    }
    return frame.with_columns(**{name: pl.Series(texts, dtype=pl.String) for name, texts in words.items()})
