"""A few units beside each other: shares with their differences, months, what their work is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from comparison.forms.frames.shares import in_words
from comparison.forms.side_table import Cell, Tone
from comparison.forms.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.scope import Language
from comparison.statistics.differences import newcombe
from comparison.wording import group_name, interval_decimals, number, percent, points_between, say
from comparison.wording.findings import Share

Good = Literal["up", "down", "none"]
Standing = Literal["higher", "lower", "unclear", "few", "not_comparable"]

REST = "rest"
_MARKS: Mapping[Standing, str] = {"higher": "▲ ", "lower": "▼ ", "unclear": "", "few": "", "not_comparable": ""}
# The parts of a bar that can be told apart by their shade.
MOST_PARTS = 6
OTHERS = ""


@dataclass(frozen=True)
class Difference:
    """A share (`own`) less another, with Newcombe's 95 % interval, and what may be said of it."""

    value: float
    low: float
    high: float
    standing: Standing
    own: float
    other: float

    def tone(self, good: Good) -> Tone:
        """What it means for people, told that a share is `good` for them when it goes up, or down, or neither."""
        if not self.is_clear or good == "none":
            return ""
        return "better" if (self.standing == "higher") == (good == "up") else "worse"

    @property
    def is_clear(self) -> bool:
        return self.standing in ("higher", "lower")


def difference(own: Share, other: Share, *, is_comparable: bool = True) -> Difference | None:
    """`own` less `other`; None where either is hidden or rests on fewer than five.

    Clear only where both rest on 25 and the interval leaves 0 out, and where the two tell of the same thing.
    """
    if min(own.n, other.n) < FEWEST_SHOWN:
        return None
    value, low, high = (float(each) for each in newcombe(own.x, own.n, other.x, other.n))
    standing: Standing = "higher" if low > 0 else "lower" if high < 0 else "unclear"
    if not is_comparable:
        standing = "not_comparable"
    elif min(own.n, other.n) < FEWEST_COMPARED:
        standing = "few"
    return Difference(value, low, high, standing, own.value, other.value)


def shares_of(answer: pl.DataFrame, by: str = "unit") -> dict[str, Share]:
    """A share by unit or field as x of n by code; of a hidden one nothing is told."""
    return {
        code: Share(0, 0, is_hidden=True) if is_hidden else Share(int(x or 0), int(n or 0))
        for code, x, n, is_hidden in answer.select(by, "numerator", "denominator", "is_hidden").iter_rows()
    }


def rest_of(total: Share, own: Share) -> Share:
    """A total less one of its parts; what is hidden leaves nothing to tell."""
    if total.is_hidden or own.is_hidden:
        return Share(0, 0, is_hidden=True)
    return Share(total.x - own.x, total.n - own.n)


def share_cell(
    language: Language, share: Share, message: str, compared: Difference | None, good: Good = "none"
) -> Cell:
    """A share with n, and below it the difference with its interval and a word. message: x of n in the hover."""
    if share.is_hidden:
        return Cell(say(language, "word.hidden"), is_few=True, title=say(language, "hover.hidden"))
    if share.n == 0:
        return Cell("–", is_few=True, title=say(language, "word.no_data"))
    if share.n < FEWEST_SHOWN:
        return Cell(TOO_FEW, is_few=True)
    text = percent(language, share.value)
    count = number(language, share.n)
    return Cell(
        text,
        count,
        () if compared is None else difference_lines(language, compared),
        is_few=share.n < FEWEST_COMPARED,
        is_clear=compared is not None and compared.is_clear,
        tone=compared.tone(good) if compared else "",
        title=say(language, message, x=number(language, share.x), n=count, share=text),
    )


def difference_lines(language: Language, compared: Difference) -> tuple[str, str]:
    """ "+3,2 điểm (1,1 đến 5,3)" and "▲ rõ là cao hơn"."""
    word = say(language, f"compare_units.{compared.standing}")
    return difference_text(language, compared), f"{_MARKS[compared.standing]}{word}"


def difference_text(language: Language, compared: Difference) -> str:
    """ "+3,2 điểm (1,1 đến 5,3)": the difference in points, and its 95 % interval."""
    decimals = interval_decimals(compared.low, compared.high)
    low, high = (number(language, bound * 100, decimals, signed=True) for bound in (compared.low, compared.high))
    size = points_between(language, compared.own, compared.other)
    return say(language, "compare_units.difference", points=size, low=low, high=high)


def count_cell(text: str | None) -> Cell:
    """A count, a rate or a number of days as it is written; a dash where there is none."""
    return Cell("–", is_few=True) if text is None else Cell(text)


def months_of(
    answer: pl.DataFrame, units: Sequence[tuple[str, str]], language: Language, message: str, column: str = "value"
) -> pl.DataFrame:
    """An answer by unit and month as lines: month, line (unit), value, hover; a share of under five is a gap.

    message: x of n for a share; that of a count asks for n alone.
    """
    names = dict(units)
    rows = answer.filter(pl.col("unit").is_in(list(names)))
    if column == "numerator":
        said = [say(language, message, n=number(language, x)) for x in rows["numerator"]]
        rows = rows.with_columns(value=pl.col("numerator").cast(pl.Float64))
    else:
        worded = in_words(rows, language, message)
        said = worded["said"].to_list()
        rows = worded.with_columns(value=pl.when(pl.col("n") >= FEWEST_SHOWN).then("value"))
    hovers = [
        f"{names[unit]} · {group_name(language, month)}\n{told}"
        for unit, month, told in zip(rows["unit"], rows["month"], said, strict=True)
    ]
    return rows.select("month", "value", line=pl.col("unit")).with_columns(pl.Series("hover", hovers, dtype=pl.String))


def mix_parts(received: pl.DataFrame, first: str, most: int = MOST_PARTS) -> list[str]:
    """The fields to cut bars into: `first`, then those with most cases, and OTHERS for what is left."""
    order = (
        received.group_by("field")
        .agg(pl.col("numerator").sum())
        .filter(pl.col("numerator") > 0)
        .sort(pl.col("field") != first, -pl.col("numerator"), "field")["field"]
        .to_list()
    )
    return order if len(order) <= most else [*order[: most - 1], OTHERS]


def mix(
    received: pl.DataFrame, units: Sequence[tuple[str, str]], parts: Mapping[str, str], language: Language
) -> pl.DataFrame:
    """Received by unit and field as parts of each unit's own total: unit, part, share, name, text, hover.

    parts: part -> its name, OTHERS for all that are not named.
    """
    names = dict(units)
    known = [part for part in parts if part != OTHERS]
    rows = (
        received.filter(pl.col("unit").is_in(list(names)))
        .with_columns(part=pl.when(pl.col("field").is_in(known)).then("field").otherwise(pl.lit(OTHERS)))
        .group_by("unit", "part")
        .agg(pl.col("numerator").sum())
        .filter(pl.col("numerator") > 0)
        .with_columns(share=pl.col("numerator") / pl.col("numerator").sum().over("unit"))
        .sort("unit", "part")
    )
    texts = [percent(language, share, 0) for share in rows["share"]]
    hovers = [
        f"{names[unit]}\n"
        + say(language, "hover.part", name=parts[part], n=number(language, x), share=percent(language, share))
        for unit, part, x, share in rows.select("unit", "part", "numerator", "share").iter_rows()
    ]
    return rows.select(
        "unit",
        "part",
        "share",
        name=pl.col("part").replace_strict(dict(parts), return_dtype=pl.String),
        text=pl.Series(texts, dtype=pl.String),
        hover=pl.Series(hovers, dtype=pl.String),
    )
