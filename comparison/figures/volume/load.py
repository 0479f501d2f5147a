"""How much work a working day brings: by unit, and by official where staff numbers are given."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from comparison.figures.figure import Chart, Figure, Made, Missing
from comparison.figures.numbers import Numbers
from comparison.figures.volume.asked import days_with_data, received_in_all
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method, shown_of
from comparison.forms.bars import bars
from comparison.forms.frames.shares import room_for, source_text
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.place import Place
from comparison.measures.case_lists import units_asked
from comparison.measures.plan_lists import officials
from comparison.measures.volume_lists import working_days
from comparison.question import Question
from comparison.scope import Language, Scope
from comparison.statistics.load import per_official, per_working_day
from comparison.wording import number, say, short_unit_name

Per = Literal["day", "official"]


def _by_unit(q: Question, place: Place) -> Made | None:
    """Cases received a working day by unit; None where the data reach no working day of the period."""
    scope = _asked(q)
    if scope is None:
        return None
    days = working_days(q.warehouse, scope.period)
    loads = _in_order(q, per_working_day(_received(q, scope), days).filter(pl.col("load").is_not_null()))
    if loads.is_empty():
        return None
    note = q.say("load.note", days=q.number(int(days["days"].sum())), order=_order(q, loads))
    return _made(q.asking(scope), place, loads, "day", note)


def _by_official(q: Question, place: Place) -> Made | None:
    """The same for each official; where no unit has a number of officials, what is missing."""
    scope = _asked(q)
    if scope is None:
        return None
    received, staff = _received(q, scope), officials(q.warehouse, scope, q.viewer)
    loads = _in_order(q, per_official(received, working_days(q.warehouse, scope.period), staff))
    if loads.is_empty():
        return Made(
            title=q.say("load.official_subject"),
            body=Missing(q.say("load.official_none"), q.say("load.official_none_next"), height=200),
        )
    without = received.filter(~pl.col("unit").is_in(loads["unit"].to_list()))["unit_name"].unique(maintain_order=True)
    note = q.say("load.official_note", order=_order(q, loads))
    if without.len():
        note += " " + q.say("load.official_without", units=", ".join(short_unit_name(name) for name in without))
    return _made(q.asking(scope), place, loads, "official", note)


def _asked(q: Question) -> Scope | None:
    """The scope over the days with data; None where nothing was received."""
    period = days_with_data(q) if received_in_all(q) else None
    return q.scope.with_(period=period, compare="none") if period else None


def _received(q: Question, scope: Scope) -> pl.DataFrame:
    """Received by unit and month: unit, unit_name, month, numerator; the units with cases, in Vietnamese order."""
    units = pl.DataFrame(
        units_asked(q.warehouse, scope, q.viewer), schema={"unit": pl.String, "unit_name": pl.String}, orient="row"
    )
    answer = q.measure("received", ("unit", "month"), scope).select("unit", "month", "numerator")
    return units.join(answer.filter(pl.col("numerator") > 0), on="unit", how="inner", maintain_order="left")


def _is_ranked(q: Question) -> bool:
    """A department owns its fields: how much it takes in says nothing beside another."""
    return q.scope.kind == "commune"


def _in_order(q: Question, loads: pl.DataFrame) -> pl.DataFrame:
    return loads.sort("load", descending=True, maintain_order=True) if _is_ranked(q) else loads


def _order(q: Question, loads: pl.DataFrame) -> str:
    if loads.height == 1:
        return ""
    return q.say("load.order_most" if _is_ranked(q) else "load.order_name")


def _title(q: Question, loads: pl.DataFrame, per: Per) -> str:
    of = "official_" if per == "official" else ""
    values = loads["load"].to_list()
    if len(values) == 1:
        return q.say(f"load.{of}title_one", load=load_text(q.language, values[0]))
    if not _is_ranked(q):
        return q.say(f"load.{of}subject")
    low, high = load_span(q.language, values)
    return q.say(f"load.{of}title_span", low=low, high=high)


def _made(q: Question, place: Place, loads: pl.DataFrame, per: Per, note: str) -> Made:
    kept = slide_rows(
        loads["unit"].to_list(), (), dict(loads.select("unit", "n").iter_rows()), place.rows_of(loads.height)
    )
    shown = loads.filter(pl.col("unit").is_in(kept))
    frame = load_bars(shown, per, q.language)
    base, load = ("official_days", "official_load") if per == "official" else ("days", "load")
    return Made(
        title=_title(q, loads, per),
        subtitle=shown_of(q, shown.height, loads.height, "shown_largest") + note,
        body=Chart(bars(frame, q.theme, accent="blue", left=room_for(frame["name"].to_list()), top=8)),
        numbers=Numbers(
            loads.select(
                pl.col("unit_name").alias(q.say("column.unit")),
                pl.col("n").alias(q.say("load.column_n")),
                pl.col(base).alias(q.say(f"load.column_{base}")),
                pl.col("load").alias(q.say(f"load.column_{load}")),
            ),
            measures=("received",),
        ),
        source=source_text(q.language, q.warehouse.id, q.scope.period, int(loads["n"].sum())),
        method=method(q, load),
        asked=q.scope,
    )


def load_bars(loads: pl.DataFrame, per: Per, language: Language) -> pl.DataFrame:
    """Bars of loads in the order given."""
    names = [short_unit_name(name) for name in loads["unit_name"]]
    texts = [load_text(language, load) for load in loads["load"]]
    counts = loads.select("n", "official_days" if per == "official" else "days").iter_rows()
    hovers = [
        f"{name}\n" + say(language, f"load.hover_{per}", n=number(language, n), base=number(language, days), load=text)
        for name, text, (n, days) in zip(names, texts, counts, strict=True)
    ]
    return loads.select(
        "unit",
        pl.Series("name", names, dtype=pl.String),
        pl.col("load").alias("value"),
        pl.Series("text", texts, dtype=pl.String),
        pl.Series("hover", hovers, dtype=pl.String),
    )


def load_text(language: Language, load: float) -> str:
    """A load with so many decimals that it says something: "12,4", "0,35"."""
    return number(language, load, _decimals(load))


def load_span(language: Language, loads: Sequence[float]) -> tuple[str, str]:
    """The lowest and the highest with as many decimals: "0,2" and "32,6"; more only where the lowest would read 0."""
    low, high = min(loads), max(loads)
    decimals = _decimals(high) if round(low, _decimals(high)) else max(_decimals(low), _decimals(high))
    return number(language, low, decimals), number(language, high, decimals)


def _decimals(load: float) -> int:
    return 1 if load >= 1 or load == 0 else 2


LOAD_BY_UNIT = Figure("tai-ngay", PAGE, _by_unit)
LOAD_BY_OFFICIAL = Figure("tai-cong-chuc", PAGE, _by_official)
