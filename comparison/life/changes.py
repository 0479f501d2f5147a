"""What else changed when a model began, in its adopters and in the units beside them."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comparison.life.counts import Counts, monthly
from comparison.life.life import Life
from comparison.measures.memory import remembered
from comparison.measures.model_lists import events
from comparison.measures.run import measure
from comparison.scope import Period, Scope, Viewer
from comparison.scope.periods import add_months
from comparison.statistics.effect import Standing
from comparison.statistics.other_changes import mix_change, volume_change
from comparison.statistics.windows import WINDOW_MONTHS
from warehouse.snapshots import Warehouse


@dataclass(frozen=True)
class Moved:
    """A group of units before and after a launch. nan where there is nothing to tell from.

    `mix`: the share of cases that would have to change field; `field`: code of the one whose share moved most, by
    `field_change`. `volume`: the change of the cases received a month (0.1: a tenth more). Response rates before and
    after.
    """

    mix: float
    field: str
    field_change: float
    volume: float
    rate_before: float
    rate_after: float


@dataclass(frozen=True)
class Changes:
    """What else moved in the adopters, and in the units beside them (None without any); and events nearby.

    events: happened_on (Date), unit, unit_name, title, is_everywhere; within the windows, in an adopter or everywhere.
    """

    adopters: Moved
    others: Moved | None
    events: pl.DataFrame


@remembered(64)
def _by_field(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, units: tuple[str, ...], months: tuple[str, ...]
) -> tuple[tuple[str, ...], Counts]:
    """Codes of the fields, and the cases received: array (units, months, fields)."""
    received = measure(warehouse, scope, viewer, "received", ("unit", "field", "month"))
    fields = tuple(received["field"].unique().sort().to_list())
    counts = np.zeros((len(units), len(months), len(fields)))
    place = [{code: at for at, code in enumerate(codes)} for codes in (units, months, fields)]
    where = [
        # Without a case there is nothing to tell a type by.
        received[name].replace_strict(codes, return_dtype=pl.Int64).to_numpy().astype(np.intp)
        for name, codes in zip(("unit", "month", "field"), place, strict=True)
    ]
    counts[tuple(where)] = received["numerator"].to_numpy()
    return fields, counts


def what_else_changed(warehouse: Warehouse, scope: Scope, viewer: Viewer, found: Life) -> Changes | None:
    """The other changes around the launches of a life, of the same scope; None where none lies within the data.

    Of the adopters that the effect rests on and the units it compares them with; without an effect, of all that began
    within the data, and of those that had not by the end of the window.
    """
    months = len(found.months)
    own = _launched(found)
    if not own.any():
        return None
    beside = ~own
    if _of(found, Standing.COMPARED).any():
        # Who began later stood beside the earlier waves.
        beside = _of(found, Standing.COMPARED, Standing.COUNTED, Standing.TOO_EARLY)
    codes = tuple(code for code, _ in found.units)
    asked = scope.with_(period=_months_of(found), units=(), compare="none", fields=(), procedures=(), channels=())
    fields, received = _by_field(warehouse, asked, viewer, codes, found.months)
    answers = None
    if found.outcome.is_survey:
        surveyed = asked.with_(instrument=scope.instrument)
        answers = monthly(warehouse, surveyed, viewer, "response_rate", codes, found.months)
    waves = np.unique(found.starts[own]).astype(int)
    windows = np.zeros((2, 2, len(codes), months))
    for wave in waves:
        waits = beside & (found.starts > min(wave + WINDOW_MONTHS, months - 1))
        for marks, members in zip(windows, (own & (found.starts == wave), waits), strict=True):
            marks[0, members, max(wave - WINDOW_MONTHS, 0) : wave] += 1
            marks[1, members, wave + 1 : wave + WINDOW_MONTHS + 1] += 1
    adopters, others = (_moved(marks, fields, received, answers) for marks in windows)
    nearby = events_nearby(warehouse, scope, viewer, found)
    return Changes(adopters, others if windows[1].any() else None, nearby)


def _launched(found: Life) -> NDArray[np.bool_]:
    """The adopters that the effect rests on; without an effect, all that began within the data."""
    usable = _of(found, Standing.COUNTED, Standing.NO_COMPARISON)
    return usable if usable.any() else (found.starts >= 0) & (found.starts < len(found.months))


def _of(found: Life, *standing: Standing) -> NDArray[np.bool_]:
    return np.array([state in standing for state in found.effect.standing], dtype=bool)


def _moved(
    marks: NDArray[np.float64], fields: tuple[str, ...], received: Counts, answers: tuple[Counts, Counts] | None
) -> Moved:
    """marks: (2, units, months), how often a month counts before and after."""
    before, after = (np.einsum("um,umf->f", side, received) for side in marks)
    mix, change = mix_change(before, after)
    most = int(np.abs(change).argmax()) if np.isfinite(mix) else 0
    months = marks.sum(axis=(1, 2))
    volume = volume_change(before.sum(), months[0], after.sum(), months[1])
    rates = [np.nan, np.nan]
    if answers is not None:
        answered, closed = ((marks * part).sum(axis=(1, 2)) for part in answers)
        rates = [float(x / n) if n else np.nan for x, n in zip(answered, closed, strict=True)]
    field_change = float(change[most]) if np.isfinite(mix) else np.nan
    return Moved(float(mix), fields[most] if fields else "", field_change, float(volume), rates[0], rates[1])


def _months_of(found: Life) -> Period:
    first, last = (pl.Series([month]).str.to_date("%Y-%m") for month in (found.months[0], found.months[-1]))
    return Period(first[0], last.dt.month_end()[0])


def events_nearby(warehouse: Warehouse, scope: Scope, viewer: Viewer, found: Life) -> pl.DataFrame:
    """What else happened within the windows of a life's launches, as `Changes.events`."""
    first, own = _months_of(found).starts_on, _launched(found)
    near = {scope.root, *(code for (code, _), is_own in zip(found.units, own, strict=True) if is_own)}
    happened = events(warehouse, scope.root, viewer).filter(pl.col("unit").is_in(list(near)))
    spans = [
        pl.col("happened_on").is_between(
            add_months(first, int(wave) - WINDOW_MONTHS),
            add_months(first, int(wave) + WINDOW_MONTHS + 1),
            closed="left",
        )
        for wave in np.unique(found.starts[own])
    ]
    nearby: pl.DataFrame = happened.filter(pl.any_horizontal(False, *spans)).with_columns(
        is_everywhere=pl.col("unit") == scope.root
    )
    return nearby
