"""The checks of a model's effect as rows in words: what was tried, what came out, and whether it speaks against it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from comparison.life import Changes, Life
from comparison.life.changes import Moved
from comparison.scope import Language
from comparison.statistics.estimate import Estimate
from comparison.statistics.permutation import ALPHA
from comparison.statistics.responses import not_comparable
from comparison.statistics.windows import WINDOW_MONTHS
from comparison.wording import day, number, percent, points, say, short_unit_name
from comparison.wording.findings import within
from comparison.wording.verdicts import p_text, signed_range

State = Literal["passed", "noted", "failed", "steady", "none", "unknown"]

# Our judgement: below these a change of mix or volume would hardly show in a share.
MIX_FROM = 0.05
VOLUME_FROM = 0.2


@dataclass(frozen=True)
class Check:
    """One check in words; `note` explains what speaks against the effect, "" where nothing does."""

    name: str
    result: str
    state: State
    note: str = ""


def checks(language: Language, life: Life, changes: Changes | None, fields: Mapping[str, str]) -> list[Check]:
    """Every check that can be made of a life, the favourable and the others. fields: code -> name."""
    found = life.effect.estimate
    rows = []
    if found is not None and found.adopters > 1:
        rows += _of_effect(language, life, found)
        rows.append(_baseline(language, life))
    if changes is not None:
        rows += _changes(language, life, changes, fields)
    rows.append(_other_models(language, life))
    if changes is not None:
        rows.append(_events(language, changes))
    return rows


def _row(language: Language, key: str, state: State, note: str = "", **values: str) -> Check:
    return Check(say(language, f"check.{key}"), say(language, f"check.{key}_result", **values), state, note)


def _of_effect(language: Language, life: Life, found: Estimate) -> list[Check]:
    placebo = life.effect.placebo
    held = placebo is not None and placebo.adopters > 1
    low, high = life.effect.leave_one_out
    others = {months: life.effects[months].estimate for months in (3, 12)}
    values = [other.value for other in others.values() if other is not None]
    three, twelve = (points(language, each.value) if each else "–" for each in others.values())
    return [
        _row(
            language, "both", "none", own=points(language, found.adopters_change),
            others=points(language, found.others_change),
        ),
        Check(
            say(language, "check.interval"),
            signed_range(language, found.low, found.high),
            "passed" if found.low > 0 or found.high < 0 else "failed",
        ),
        Check(
            say(language, "check.permutation", ways=number(language, found.ways)),
            say(
                language, "check.permutation_result", p=p_text(language, found.p),
                smallest=p_text(language, found.smallest_p),
            ),
            "passed" if found.p <= ALPHA else "failed",
        ),
        Check(
            say(language, "check.placebo", months=number(language, WINDOW_MONTHS)),
            f"{points(language, placebo.value)} ({signed_range(language, placebo.low, placebo.high)})"
            if placebo is not None and held
            else say(language, "check.unknown"),
            "unknown" if placebo is None or not held else "passed" if placebo.holds_zero else "failed",
        ),
        _row(
            language, "leave_one_out", "passed" if low * high > 0 else "noted",
            low=number(language, low * 100, 1, signed=True), high=points(language, high),
        ),
        _row(
            language, "windows", "passed" if all(value * found.value > 0 for value in values) else "noted",
            three=three, twelve=twelve,
        ),
    ]  # fmt: skip


def _baseline(language: Language, life: Life) -> Check:
    """Adopters that all stood in the worse half before may have been chosen for it, and would rise anyhow."""
    rank, of = life.effect.baseline_rank, life.effect.baseline_of
    ranked = np.isfinite(rank)
    worse = rank[ranked] * 2 <= of[ranked] if life.outcome.good == "up" else rank[ranked] * 2 > of[ranked] + 1
    is_low = bool(ranked.any() and worse.all())
    ranks = ", ".join(number(language, value) for value in np.sort(rank[ranked]))
    return _row(
        language, "baseline", "noted" if is_low else "passed", say(language, "check.baseline_low") if is_low else "",
        ranks=ranks, of="–".join(number(language, value) for value in np.unique(of[ranked])),
    )  # fmt: skip


def _changes(language: Language, life: Life, changes: Changes, fields: Mapping[str, str]) -> list[Check]:
    own, others = changes.adopters, changes.others
    mixed = own.mix > MIX_FROM
    mix_note = say(language, "check.mix_moved") if mixed else ""
    if mixed and own.field in fields:
        mix_note += f" {fields[own.field]}: {points(language, own.field_change)}."
    apart = abs(own.volume - (others.volume if others else 0.0)) > VOLUME_FROM
    rows = [
        _row(
            language, "mix", _state(own.mix, noted=mixed), mix_note,
            own=_percent(language, own.mix),
            others=_beside(language, _percent(language, others.mix) if others else None),
        ),
        _row(
            language, "volume", _state(own.volume, noted=apart),
            say(language, "check.volume_moved") if apart else "",
            own=_growth(language, own.volume),
            others=_beside(language, _growth(language, others.volume) if others else None),
        ),
    ]  # fmt: skip
    return [*rows, _response(language, own, others)] if life.outcome.name == "satisfaction" else rows


def _response(language: Language, own: Moved, others: Moved | None) -> Check:
    if math.isnan(own.rate_before) or math.isnan(own.rate_after):
        unknown = say(language, "check.unknown")
        return Check(say(language, "check.response"), unknown, "unknown", say(language, "check.response_unknown"))
    moved = bool(not_comparable(own.rate_after, own.rate_before))
    beside = None
    if others is not None and not math.isnan(others.rate_before + others.rate_after):
        beside = f"{percent(language, others.rate_before, 0)} → {percent(language, others.rate_after, 0)}"
    return _row(
        language, "response", "noted" if moved else "steady",
        say(language, "check.response_moved") if moved else "",
        before=percent(language, own.rate_before, 0), after=percent(language, own.rate_after, 0),
        others=_beside(language, beside),
    )  # fmt: skip


def _other_models(language: Language, life: Life) -> Check:
    name = say(language, "check.other_models")
    if not life.overlapping:
        return Check(name, say(language, "check.other_models_none"), "none")
    names = dict(life.units)
    units = ", ".join(short_unit_name(names[code]) for code in life.overlapping)
    result = say(language, "check.other_models_result", models=", ".join(life.other_models), units=units)
    return Check(name, result, "noted")


def _events(language: Language, changes: Changes) -> Check:
    told = "; ".join(events_told(language, changes.events))
    return Check(say(language, "check.events"), told or say(language, "check.events_none"), "noted" if told else "none")


def events_told(language: Language, events: pl.DataFrame) -> list[str]:
    """Each event with its day, and the unit where it was not everywhere. events: as in `Changes`."""
    return [
        say(language, "check.event", title=within(language, title), day=day(language, on))
        if is_everywhere
        else say(
            language, "check.event_at", title=within(language, title), day=day(language, on), unit=short_unit_name(unit)
        )
        for title, on, unit, is_everywhere in events.select(
            "title", "happened_on", "unit_name", "is_everywhere"
        ).iter_rows()
    ]


def _state(value: float, *, noted: bool) -> State:
    return "unknown" if math.isnan(value) else "noted" if noted else "steady"


def _percent(language: Language, value: float) -> str:
    return say(language, "check.unknown") if math.isnan(value) else percent(language, value)


def _growth(language: Language, value: float) -> str:
    if math.isnan(value):
        return say(language, "check.unknown")
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{percent(language, abs(value), 0)}"


def _beside(language: Language, value: str | None) -> str:
    return say(language, "check.no_others") if value is None else say(language, "check.others", value=value)
