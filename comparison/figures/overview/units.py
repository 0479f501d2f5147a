"""Units beside each other on what is watched, with the signals of the last month as icons."""

from collections.abc import Mapping, Sequence

import polars as pl

from comparison.charts.frames.overview import table_cells, units_numbers
from comparison.charts.frames.shares import count_text, short_units
from comparison.charts.frames.signals import assurance_signs, judged, signs, standing
from comparison.charts.icons import KINDS, Kind
from comparison.charts.place import Place
from comparison.charts.unit_table import Column, Sign, key_row, unit_table
from comparison.charts.unit_table import Words as TableWords
from comparison.figures.figure import Figure, Made, Table, Words
from comparison.figures.late_share import field_most_late
from comparison.figures.missing import missing
from comparison.figures.numbers import Numbers
from comparison.figures.overview.titles import PAGE
from comparison.figures.overview.units_chosen import Signals, units_chosen, units_with_room
from comparison.figures.overview.watched import Units, answers_by_unit, signals_of, units_watched
from comparison.figures.words import method, shown_of
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.signals import TRACKED
from comparison.signals.tracked import measure_of
from comparison.signals.unit_signals import watched
from comparison.statistics.chance_simulations import alarm_chance
from comparison.statistics.discoveries import expected_false_alarms
from comparison.statistics.variation import Variation
from comparison.wording import date_range, day, findings, group_name, percent, signal_findings
from comparison.wording.findings import share_of

_LEAST = 0.1  # alarms worth a number
_METHODS = (("signals_table", "tiers"), ("signals",), ("signals_target", "signals_rows"))
# What is read of a cell when pointed at; counts have nothing more to tell.
_HOVERS = {"on_time": "hover.on_time", "late": "hover.late", "satisfaction": "hover.satisfied"}
_LONGER: tuple[Kind, ...] = ("neutral", "few", "sure", "unsure", "fail")


def _made(q: Question, place: Place) -> Made:
    named = units_watched(q)
    if not named:
        return missing(q, title=q.say("signal.title_subject"), page=PAGE)
    units, answers = short_units(named), answers_by_unit(q)
    signals = {name: signals_of(q, name) for name in answers if name in TRACKED}
    columns, found = _columns(q, place, answers, signals), _signs(q, signals)
    chosen = (
        units_chosen(q, units, columns, answers, signals)
        if place.rows is None
        else units_with_room(units, answers, signals, place.rows)
    )
    told = {name: (answer, _HOVERS.get(name, "")) for name, answer in answers.items()}
    headings = {"": q.say("column.unit")} | {each.key: each.title for each in columns if each.kind != "word"}
    numbers, shares = units_numbers(named, headings, told)
    codes = {code for code, _ in units}
    kinds = {sign.kind for (code, _), sign in found.items() if code in codes}
    key = key_row([_key(q, kind) for kind in KINDS if kind in kinds], q.theme, scale=place.scale)
    cells = table_cells(q.language, told).with_columns(n_text=pl.lit(None, pl.String))
    return Made(
        title=signal_findings.signals_title(
            q.language,
            len(units),
            standing(signals, units, Variation.WORSE),
            standing(signals, units, Variation.BETTER),
            judged(signals, units),
        ),
        subtitle=shown_of(q, place.rows_of(len(units)), len(units), "shown_exceptions") + _note(q, units, signals),
        choices=chosen.choices,
        ignored=chosen.ignored,
        above=tuple(filter(None, (chosen.order, key if found else ""))),
        body=Table(
            unit_table(
                cells,
                chosen.units,
                columns,
                q.theme,
                caption=q.say("overview.table_caption"),
                links={code: q.link(PAGE, units=(code,)) for code, _ in units} if place.is_used else {},
                words=_words(q, place),
                signs=found,
                scale=place.scale,
            )
        )
        if chosen.units
        else Words((("", q.say("signal.no_exceptions")),)),
        numbers=Numbers(
            _with_signs(q, numbers, units, columns, found), shares, tuple(_measure(q, name) for name in answers)
        ),
        source=_source(q),
        method="\n\n".join(method(q, *names) for names in _METHODS),
    )


def _columns(q: Question, place: Place, answers: Mapping[str, object], signals: Signals) -> Sequence[Column]:
    """What is answered for, with whether usual months meet the target where one is set for what is on time."""
    notes = {
        "received": q.say("overview.column_in_period"),
        "on_time": findings.lowered(q.say(f"on_time.{q.scope.on_time}")),
        "late": q.say("overview.column_lower"),
        "satisfaction": q.say("overview.column_answering"),
        "overdue": q.say("overview.column_on_day", day=day(q.language, q.last_day)),
    }
    field = field_most_late(q)
    titles = {
        "received": q.say("overview.column_received"),
        "on_time": q.say("overview.column_on_time"),
        "late": q.say("overview.column_late", field=findings.within(q.language, field.name)) if field else "",
        "satisfaction": q.say("overview.column_satisfied"),
        "overdue": q.say("overview.column_overdue" if place.is_used else "overview.column_overdue_slide"),
    }
    columns = [Column(name, titles[name], notes[name], "share" if name in _HOVERS else "count") for name in answers]
    targets = {chart.target for chart in signals["on_time"] if chart.target is not None}
    if not targets:
        return columns
    lowest, highest = percent(q.language, min(targets), 0), percent(q.language, max(targets), 0)
    target = lowest if lowest == highest else f"{lowest}–{highest}"
    own = Column("target", q.say("signal.column_target"), q.say("signal.column_target_note", target=target), "word")
    after = list(answers).index("on_time") + 1
    return [*columns[:after], own, *columns[after:]]


def _signs(q: Question, signals: Signals) -> Mapping[tuple[str, str], Sign]:
    """(unit code, column) -> its icon."""
    found: dict[tuple[str, str], Sign] = {}
    for name, each in signals.items():
        found |= signs(q.language, name, each)
    return found | assurance_signs(q.language, "target", signals["on_time"])


def _key(q: Question, kind: Kind) -> Sign:
    return Sign(kind, q.say(f"icon.key_{kind}" if kind in _LONGER else f"icon.{kind}"))


def _words(q: Question, place: Place) -> TableWords:
    return TableWords(
        q.say("column.unit"),
        q.say("overview.unit_note") if place.is_used else "",
        q.say("word.few"),
        q.say("word.under_five"),
        missing=q.say("lateness.no_data"),
        hidden=q.say("word.hidden"),
        hidden_why=q.say("hover.hidden"),
    )


def _note(q: Question, units: Units, signals: Signals) -> str:
    """Which month, how many cells it judges, and in how many of them chance alone would show a signal."""
    cells, period = judged(signals, units), watched(q.warehouse, q.scope)
    if not cells or period is None:
        return q.say("signal.table_note_none")
    alarms = float(expected_false_alarms(cells, alarm_chance()))
    return q.say(
        "signal.table_note",
        month=group_name(q.language, f"{period.ends_on:%Y-%m}"),
        n=q.number(cells),
        alarms=q.number(alarms, 1) if round(alarms, 1) >= _LEAST else f"<{q.number(_LEAST, 1)}",
    )


def _with_signs(
    q: Question,
    numbers: pl.DataFrame,
    units: Units,
    columns: Sequence[Column],
    found: Mapping[tuple[str, str], Sign],
) -> pl.DataFrame:
    """The numbers with a column of words for each column of icons."""
    words = {
        f"{column.title}: {q.say('signal.column_word')}" if column.kind != "word" else column.title: [
            found[code, column.key].word if (code, column.key) in found else "" for code, _ in units
        ]
        for column in columns
        if any((code, column.key) in found for code, _ in units)
    }
    return numbers.with_columns(**{name: pl.Series(texts, dtype=pl.String) for name, texts in words.items()})


def _measure(q: Question, name: str) -> str:
    return measure_of(TRACKED[name], q.scope.on_time) if name in TRACKED else "overdue_open"


def _source(q: Question) -> str:
    return q.say(
        "overview.source",
        range=date_range(q.language, q.scope.period),
        sheets=q.say("overview.sheets", n=count_text(q.language, share_of(q.measure("satisfaction")))),
        cases=q.say("source.cases", n=q.number(share_of(q.measure(ON_TIME[q.scope.on_time])).n)),
        snapshot=q.say("source.snapshot", snapshot=q.warehouse.id),
    )


UNITS = Figure("don-vi", PAGE, _made)
