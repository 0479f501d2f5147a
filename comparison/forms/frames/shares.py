"""A measure's shares in words, and whether one differs from another by more than chance."""

from collections.abc import Sequence

import polars as pl

from comparison.findings.differences import clear_difference
from comparison.forms.template import LETTER
from comparison.scope import Language, Period
from comparison.statistics import COMPARED_FROM, SHOWN_FROM
from comparison.wording import date_range, number, percent, percent_range, say, short_unit_name
from comparison.wording.findings import Change, Share

_NARROWEST, _WIDEST = 112, 220


def total_of(answer: pl.DataFrame) -> int:
    """The sum of a count over the groups of its answer."""
    return int(answer["numerator"].sum())


def is_clear(one: Share, other: Share) -> bool:
    """Whether two shares of n >= 25 differ by more than chance explains: Newcombe's 95 % interval without 0."""
    return clear_difference(one, other) is not None


def change_between(now: Share, before: Share | None) -> Change | None:
    """The change of a share, None where there is nothing to compare with."""
    if before is None or now.n == 0 or before.n == 0:
        return None
    return Change(now, before, is_clear(now, before))


def in_words(answer: pl.DataFrame, language: Language, message: str) -> pl.DataFrame:
    """`answer` of a share with n (Int, 0 for none), text, n_text, bare (text without its sign) and said beside it.

    message says x of n, such as "hover.late"; said is one or two lines for the hover, with the interval.
    """
    rows = answer.select("numerator", "denominator", "value", "low", "high", "excluded", "is_hidden").iter_rows()
    words = [_words(language, message, *row) for row in rows]
    return answer.with_columns(
        pl.col("denominator").fill_null(0).alias("n"),
        *(
            pl.Series(name, [each[place] for each in words], dtype=pl.String)
            for place, name in enumerate(("text", "bare", "n_text", "said"))
        ),
    )


def _words(
    language: Language,
    message: str,
    x: int | None,
    n: int | None,
    value: float | None,
    low: float | None,
    high: float | None,
    excluded: int,
    is_hidden: bool,
) -> tuple[str, str, str, str]:
    if is_hidden:
        return "", "", "", say(language, "hover.hidden")
    if x is None or value is None or low is None or high is None:
        return "", "", "0", say(language, "hover.no_data", excluded=number(language, excluded))
    text = percent(language, value)
    count = number(language, n or 0)
    said = say(language, message, x=number(language, x), n=count, share=text)
    interval = say(language, "word.interval", range=percent_range(language, low, high))
    return text, text.rstrip("%").rstrip(), count, f"{said}\n{interval}"


def values_compared(answer: pl.DataFrame) -> list[float]:
    """The shares that rest on n of 25 or more."""
    return answer.filter((pl.col("denominator") >= COMPARED_FROM) & pl.col("value").is_not_null())["value"].to_list()


def count_text(language: Language, n: int | Share) -> str:
    """A number of cases or sheets; "<5" for those behind a hidden share."""
    if isinstance(n, Share):
        return f"<{SHOWN_FROM}" if n.is_hidden else number(language, n.n)
    return number(language, n)


def source_text(
    language: Language, snapshot: str, period: Period | None, n: int | Share, what: str = "source.cases"
) -> str:
    """The row under a figure: n (in the message `what`), period (None: too narrow for it), snapshot."""
    is_hidden = isinstance(n, Share) and n.is_hidden
    count = say(language, "source.hidden") if is_hidden else say(language, what, n=count_text(language, n))
    dates = [date_range(language, period)] if period else []
    return " · ".join([count, *dates, say(language, "source.snapshot", snapshot=snapshot)])


def units_there(units: Sequence[tuple[str, str]], *answers: pl.DataFrame) -> list[tuple[str, str]]:
    """Those of `units` (code, name) that any of these answers by unit has a row for, in their order."""
    there = {unit for answer in answers for unit in answer["unit"]}
    return [(code, name) for code, name in units if code in there]


def short_units(units: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(code, name) with the names as charts write them."""
    return [(code, short_unit_name(name)) for code, name in units]


def room_for(names: Sequence[str], widest: int = _WIDEST) -> int:
    """The px left of a chart that its row names need, `widest` at most."""
    longest = max((len(name) for name in names), default=0)
    return min(max(_NARROWEST, round(longest * LETTER) + 14), widest)
