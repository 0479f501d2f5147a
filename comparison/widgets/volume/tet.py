"""Tết compared with Tết: the working days around mùng 1 of this year beside the same ones of the year before."""

from datetime import date
from functools import partial

import polars as pl

from comparison.charts.around_day import around_day
from comparison.charts.frames.hours import mean_text
from comparison.charts.frames.months import covered
from comparison.charts.frames.shares import source_text
from comparison.charts.frames.tet import (
    REACH,
    USUAL_EACH,
    Against,
    against_usual,
    counted,
    offset_text,
    tet_lines,
    to_compare,
)
from comparison.charts.frames.volume import count_text
from comparison.figures.numbers import Numbers
from comparison.measures.calendar_days import calendar_days
from comparison.measures.volume_lists import daily_received
from comparison.question import Question
from comparison.scope import Period
from comparison.statistics.tet import EACH, around, first_days
from comparison.widgets.figure.figures import figure
from comparison.wording import findings


def show_tet(v: Question) -> None:
    """The last Tết up to the end of the period beside the one before; nothing where the data hold none."""
    there = covered(v.known.root_of[v.scope.root])
    looked_at = Period(there.starts_on.replace(day=1) - 8 * REACH, there.ends_on + REACH)
    firsts = first_days(calendar_days(v.warehouse, looked_at))
    first = to_compare(firsts, v.scope.period, there)
    if first is None:
        return
    around_now = _days(v, first, there)
    now = around_now.filter(pl.col("offset").abs() <= EACH)
    if now.is_empty():
        return
    earlier = next((each for each in reversed(firsts) if each < first), None)
    before = _days(v, earlier, there).join(now, on="offset", how="semi") if earlier else None
    if before is not None and before.height < now.height:
        before = None
    mean, against = against_usual(around_now)
    n = int(now["n"].sum())
    n_before = int(before["n"].sum()) if before is not None else None
    year = first.year
    values = {"days": v.number(now.height), "year": year, "n": v.number(n), "before": year - 1}
    labels = {"now": v.say("tet.label", year=year)}
    if before is not None:
        labels["before"] = v.say("tet.label", year=year - 1)
    days = [*now["day"], *(before["day"] if before is not None else [])]
    figure(
        v.asking(v.scope.with_(period=Period(min(days), max(days)), compare="none")),
        title=_title(v, year, n, n_before, against),
        subtitle=v.say("tet.note_alone", **values)
        if n_before is None
        else v.say("tet.note", **values, n_before=v.number(n_before)),
        fig=around_day(
            tet_lines(now, before, v.language), v.theme, value_text=partial(count_text, v.language),
            offset_text=partial(offset_text, v.language), labels=labels, feast_text=v.say("tet.feast"),
            usual=(mean, v.say("tet.usual", mean=mean_text(v.language, mean))) if against else None,
        ),
        table=Numbers(_table(v, now, before, year), measures=("received",)),
        source=source_text(v.language, v.warehouse.id, Period(now["day"].min(), now["day"].max()), n),  # type: ignore[arg-type] # days
        key="tet-voi-tet",
        method=v.say("method.tet", usual=v.number(2 * USUAL_EACH)),
    )  # fmt: skip


def _days(v: Question, first: date, there: Period) -> pl.DataFrame:
    """The working days around a mùng 1 with what was received on each: offset, day, n."""
    looked_at = Period(first - REACH, first + REACH)
    days = around(calendar_days(v.warehouse, looked_at), first, EACH + USUAL_EACH)
    return counted(days, daily_received(v.warehouse, v.scope.with_(period=looked_at), v.viewer), there)


def _title(v: Question, year: int, n: int, n_before: int | None, against: Against | None) -> str:
    if n + (n_before or 0) < findings.FEWEST:
        return v.say("tet.subject")
    if against and (against.high < 1 or against.low > 1):
        key = "tet.title_less" if against.high < 1 else "tet.title_more"
        return v.say(key, year=year, share=v.percent(against.ratio, 0))
    if n_before is None:
        return v.say("tet.title_one", year=year, n=v.number(n))
    return v.say("tet.title_two", year=year, n=v.number(n), before=year - 1, n_before=v.number(n_before))


def _table(v: Question, now: pl.DataFrame, before: pl.DataFrame | None, year: int) -> pl.DataFrame:
    def worded(part: pl.DataFrame, of: int) -> pl.DataFrame:
        return part.select(
            "offset",
            pl.col("day").alias(v.say("tet.column_day", year=of)),
            pl.col("n").alias(v.say("tet.column_n", year=of)),
        )

    table = worded(now, year)
    if before is not None:
        table = table.join(worded(before, year - 1), on="offset", how="left", maintain_order="left")
    return table.rename({"offset": v.say("tet.column_offset")})
