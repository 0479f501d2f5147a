"""Tết compared with Tết: the working days around mùng 1 of this year beside the same ones of the year before."""

from datetime import date, timedelta
from functools import partial

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import Numbers
from comparison.figures.volume.by_day import daily_counts
from comparison.figures.volume.day_words import mean_text
from comparison.figures.volume.titles import PAGE
from comparison.forms.around_day import around_day
from comparison.forms.frames.months import covered
from comparison.forms.frames.shares import source_text
from comparison.forms.frames.volume import count_text
from comparison.forms.place import Place
from comparison.judgements.tet import USUAL_EACH, AgainstUsual, against_usual, tet_to_compare
from comparison.measures.calendar_days import calendar_days
from comparison.measures.volume_lists import daily_received
from comparison.question import Question
from comparison.scope import Language, Period
from comparison.statistics.tet import EACH, around, first_days
from comparison.wording import day, findings, number, say

# Reaches over all days looked at: thirty working days and the holidays take at most so many days.
_REACH = timedelta(days=60)


def _made(q: Question, _: Place) -> Made | None:
    """The last Tết up to the end of the period beside the one before; None where the data hold none."""
    there = covered(q.root)
    looked_at = Period(there.starts_on.replace(day=1) - 8 * _REACH, there.ends_on + _REACH)
    firsts = first_days(calendar_days(q.warehouse, looked_at))
    first = tet_to_compare(firsts, q.scope.period, there)
    if first is None:
        return None
    around_now = _days(q, first)
    now = around_now.filter(pl.col("offset").abs() <= EACH)
    if now.is_empty():
        return None
    earlier = next((each for each in reversed(firsts) if each < first), None)
    before = _days(q, earlier).join(now, on="offset", how="semi") if earlier else None
    if before is not None and before.height < now.height:
        before = None
    mean, against = against_usual(around_now)
    n = int(now["n"].sum())
    n_before = int(before["n"].sum()) if before is not None else None
    year = first.year
    told = {"days": q.number(now.height), "year": year, "n": q.number(n), "before": year - 1}
    labels = {"now": q.say("tet.label", year=year)}
    if before is not None:
        labels["before"] = q.say("tet.label", year=year - 1)
    days = [*now["day"], *(before["day"] if before is not None else [])]
    return Made(
        title=_title(q, year, n, n_before, against),
        subtitle=q.say("tet.note_alone", **told)
        if n_before is None
        else q.say("tet.note", **told, n_before=q.number(n_before)),
        body=Chart(
            around_day(
                tet_lines(now, before, q.language),
                q.theme,
                value_text=partial(count_text, q.language),
                offset_text=partial(offset_text, q.language),
                labels=labels,
                feast_text=q.say("tet.feast"),
                usual=(mean, q.say("tet.usual", mean=mean_text(q.language, mean))) if against else None,
            )
        ),
        numbers=Numbers(_table(q, now, before, year), measures=("received",)),
        source=source_text(q.language, q.warehouse.id, Period(now["day"].min(), now["day"].max()), n),  # type: ignore[arg-type] # days
        method=q.say("method.tet", usual=q.number(2 * USUAL_EACH)),
        asked=q.scope.with_(period=Period(min(days), max(days)), compare="none"),
    )


def _days(q: Question, first: date) -> pl.DataFrame:
    """The working days around a mùng 1 with what was received on each: offset, day, n."""
    looked_at = Period(first - _REACH, first + _REACH)
    days = around(calendar_days(q.warehouse, looked_at), first, EACH + USUAL_EACH)
    return counted(days, daily_received(q.warehouse, q.scope.with_(period=looked_at), q.viewer), covered(q.root))


def counted(days: pl.DataFrame, daily: pl.DataFrame, there: Period) -> pl.DataFrame:
    """`days` (offset, day) with n received on each; days that no data reach are left out. daily: day, received."""
    return daily_counts(days.filter(pl.col("day").is_between(there.starts_on, there.ends_on)), daily, "received")


def _title(q: Question, year: int, n: int, n_before: int | None, against: AgainstUsual | None) -> str:
    if n + (n_before or 0) < findings.FEWEST:
        return q.say("tet.subject")
    if against and against.is_clear:
        key = "tet.title_less" if against.ratio < 1 else "tet.title_more"
        return q.say(key, year=year, share=q.percent(against.ratio, 0))
    if n_before is None:
        return q.say("tet.title_one", year=year, n=q.number(n))
    return q.say("tet.title_two", year=year, n=q.number(n), before=year - 1, n_before=q.number(n_before))


def _table(q: Question, now: pl.DataFrame, before: pl.DataFrame | None, year: int) -> pl.DataFrame:
    def worded(part: pl.DataFrame, of: int) -> pl.DataFrame:
        return part.select(
            "offset",
            pl.col("day").alias(q.say("tet.column_day", year=of)),
            pl.col("n").alias(q.say("tet.column_n", year=of)),
        )

    table = worded(now, year)
    if before is not None:
        table = table.join(worded(before, year - 1), on="offset", how="left", maintain_order="left")
    return table.rename({"offset": q.say("tet.column_offset")})


def tet_lines(now: pl.DataFrame, before: pl.DataFrame | None, language: Language) -> pl.DataFrame:
    """The two years as lines: offset, line ("now", "before"), role, value, hover. Both are offset, day, n."""
    years = [("now", "chosen", now), *([("before", "comparison", before)] if before is not None else [])]
    return pl.concat(
        part.select(
            "offset",
            pl.lit(name).alias("line"),
            pl.lit(role).alias("role"),
            pl.col("n").cast(pl.Float64).alias("value"),
            pl.Series("hover", [_hover(language, *row) for row in part.select("offset", "day", "n").iter_rows()]),
        )
        for name, role, part in years
    )


def _hover(language: Language, offset: int, on: date, n: int) -> str:
    told = {"day": day(language, on), "offset": offset_text(language, offset), "n": number(language, n)}
    return say(language, "tet.hover", **told)


def offset_text(language: Language, offset: int) -> str:
    """How a day is told by its distance: "−1", "+5"."""
    return number(language, offset, signed=True)


TET = Figure("tet-voi-tet", PAGE, _made)
