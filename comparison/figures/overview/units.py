"""Units beside each other on what is watched, with the signals of the last month as icons."""

from comparison.figures.figure import Figure, Made, Table, Words
from comparison.figures.missing import missing
from comparison.figures.numbers import Numbers
from comparison.figures.overview.titles import PAGE
from comparison.figures.overview.unit_columns import key_signs, table_columns, table_words
from comparison.figures.overview.unit_rows import table_cells, table_numbers, table_signs
from comparison.figures.overview.units_chosen import units_chosen, units_with_room
from comparison.figures.overview.watched import answers_by_unit, signals_of, units_watched
from comparison.figures.words import method, shown_of
from comparison.forms.frames.shares import count_text, short_units
from comparison.forms.place import Place
from comparison.forms.unit_table import key_row, unit_table
from comparison.judgements.signals import Signals, Units, judged, standing
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.signals import TRACKED
from comparison.signals.tracked import measure_of
from comparison.signals.unit_signals import watched
from comparison.statistics.chance_simulations import alarm_chance
from comparison.statistics.discoveries import expected_false_alarms
from comparison.statistics.variation import Variation
from comparison.wording import date_range, group_name
from comparison.wording.findings import share_of
from comparison.wording.signal_findings import signals_title

_LEAST = 0.1  # alarms worth a number
_METHODS = (("signals_table", "tiers"), ("signals",), ("signals_target", "signals_rows"))


def _made(q: Question, place: Place) -> Made:
    named = units_watched(q)
    if not named:
        return missing(q, title=q.say("signal.title_subject"), page=PAGE)
    units, answers = short_units(named), answers_by_unit(q)
    signals = {name: signals_of(q, name) for name in answers if name in TRACKED}
    columns, signs = table_columns(q, place, answers, signals), table_signs(q, signals)
    if place.rows is None:
        chosen = units_chosen(q, units, columns, answers, signals)
    else:
        chosen = units_with_room(units, answers, signals, place.rows)
    codes = {code for code, _ in units}
    key = key_signs(q, (sign.kind for (code, _), sign in signs.items() if code in codes))
    table = unit_table(
        table_cells(q.language, answers),
        chosen.units,
        columns,
        q.theme,
        caption=q.say("overview.table_caption"),
        links={code: q.link(PAGE, units=(code,)) for code in codes} if place.is_used else {},
        words=table_words(q, place),
        signs=signs,
        scale=place.scale,
    )
    numbers, shares = table_numbers(q.language, named, columns, answers, signs)
    worse, better = (standing(signals, units, what) for what in (Variation.WORSE, Variation.BETTER))
    return Made(
        title=signals_title(q.language, len(units), worse, better, judged(signals, units)),
        subtitle=shown_of(q, place.rows_of(len(units)), len(units), "shown_exceptions") + _note(q, units, signals),
        choices=chosen.choices,
        ignored=chosen.ignored,
        above=tuple(filter(None, (chosen.order, key_row(key, q.theme, scale=place.scale) if signs else ""))),
        body=Table(table) if chosen.units else Words((("", q.say("signal.no_exceptions")),)),
        numbers=Numbers(numbers, shares, tuple(_measure(q, name) for name in answers)),
        source=_source(q),
        method="\n\n".join(method(q, *names) for names in _METHODS),
    )


def _note(q: Question, units: Units, signals: Signals) -> str:
    """Which month is judged, in how many cells, and in how many of them chance alone would show a signal."""
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
