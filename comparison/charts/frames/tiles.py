"""What the tiles of the overview say: a value, its n, its change and the months before."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from comparison.charts.frames.shares import change_between
from comparison.charts.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.scope import Language
from comparison.wording import number, percent, points_between, say
from comparison.wording.findings import Share

Good = Literal["up", "down", "none"]
Colour = Literal["blue", "orange", "gray"]
Arrow = Literal["up", "down", "off"]

NOTHING = "–"


@dataclass(frozen=True)
class Tile:
    """One tile, every text ready; `months`: the values before, null where none is known. Without `change` there is
    nothing to compare with."""

    label: str
    value: str
    note: str
    change: str | None
    against: str | None
    colour: Colour
    arrow: Arrow
    months: pl.Series


def share_tile(
    language: Language, label: str, now: Share, before: Share | None, good: Good, months: pl.Series, noun: str
) -> Tile:
    """A share: in colour only where it moved by more than chance. `noun` is the message that counts its n."""
    note = say(language, noun, n=number(language, now.n))
    if now.is_hidden:
        return Tile(label, TOO_FEW, say(language, "overview.hidden"), None, None, "gray", "off", months)
    if now.n == 0:
        return Tile(label, NOTHING, say(language, "overview.none_yet"), None, None, "gray", "off", months)
    if now.n < FEWEST_SHOWN:
        return Tile(label, TOO_FEW, note, None, None, "gray", "off", months)
    if now.n < FEWEST_COMPARED:
        note = f"{note} · {say(language, 'word.few')}"
    change = change_between(now, before)
    if change is None:
        return Tile(label, percent(language, now.value), note, None, None, "gray", "off", months)
    moved = change.now.value - change.before.value
    text = points_between(language, change.now.value, change.before.value)
    return Tile(
        label,
        percent(language, now.value),
        note,
        text,
        say(language, "compare.against", value=percent(language, change.before.value)),
        _colour(moved, good) if change.is_clear else "gray",
        _arrow(text),
        months,
    )


def count_tile(
    language: Language,
    label: str,
    now: int | None,
    before: int | None,
    months: pl.Series,
    note: str,
    *,
    relative: bool = True,
) -> Tile:
    """A count: its change in percent, or as a number where it may be small; None: no data. Neither good nor bad."""
    if now is None:
        return Tile(label, NOTHING, say(language, "overview.none_yet"), None, None, "gray", "off", months.clear())
    relative = relative and (before is None or before >= FEWEST_COMPARED)
    if before is None or (relative and before == 0):
        return Tile(label, number(language, now), note, None, None, "gray", "off", months)
    if relative:
        change = (now - before) / before
        text = ("+" if change > 0 else "−" if change < 0 else "") + percent(language, abs(change))
    else:
        text = number(language, now - before, signed=True)
    against = say(language, "compare.against", value=number(language, before))
    arrow = "off" if now == before else _arrow(text)
    return Tile(label, number(language, now), note, text, against, "gray", arrow, months)


def _colour(moved: float, good: Good) -> Colour:
    if good == "none":
        return "gray"
    return "blue" if (moved > 0) == (good == "up") else "orange"


def _arrow(text: str) -> Arrow:
    return "up" if text.startswith("+") else "down" if text.startswith("−") else "off"
