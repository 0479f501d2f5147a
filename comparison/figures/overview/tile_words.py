"""What a key figure says: its value, its n, and how far it moved."""

import polars as pl

from comparison.forms.frames.shares import change_between
from comparison.forms.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.forms.tile_row import Arrow, Colour, Tile
from comparison.judgements.change import is_better
from comparison.scope import Language
from comparison.statistics.funnel import Good
from comparison.wording import number, percent, points_between, say
from comparison.wording.findings import Share

_NOTHING = "–"
_COLOURS: dict[bool | None, Colour] = {True: "blue", False: "orange", None: "gray"}


def share_tile(
    language: Language, label: str, now: Share, before: Share | None, good: Good, months: pl.Series, noun: str
) -> Tile:
    """A share: in colour only where it moved by more than chance. `noun` is the message that counts its n."""
    note = say(language, noun, n=number(language, now.n))
    if now.is_hidden:
        return Tile(label, TOO_FEW, say(language, "overview.hidden"), months)
    if now.n == 0:
        return Tile(label, _NOTHING, say(language, "overview.none_yet"), months)
    if now.n < FEWEST_SHOWN:
        return Tile(label, TOO_FEW, note, months)
    if now.n < FEWEST_COMPARED:
        note = f"{note} · {say(language, 'word.few')}"
    change = change_between(now, before)
    if change is None:
        return Tile(label, percent(language, now.value), note, months)
    text = points_between(language, change.now.value, change.before.value)
    return Tile(
        label,
        percent(language, now.value),
        note,
        months,
        text,
        say(language, "compare.against", value=percent(language, change.before.value)),
        _COLOURS[is_better(change, good)],
        _arrow(text),
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
        return Tile(label, _NOTHING, say(language, "overview.none_yet"), months.clear())
    relative = relative and (before is None or before >= FEWEST_COMPARED)
    if before is None or (relative and before == 0):
        return Tile(label, number(language, now), note, months)
    if relative:
        change = (now - before) / before
        text = ("+" if change > 0 else "−" if change < 0 else "") + percent(language, abs(change))
    else:
        text = number(language, now - before, signed=True)
    against = say(language, "compare.against", value=number(language, before))
    arrow = "off" if now == before else _arrow(text)
    return Tile(label, number(language, now), note, months, text, against, arrow=arrow)


def _arrow(text: str) -> Arrow:
    return "up" if text.startswith("+") else "down" if text.startswith("−") else "off"
