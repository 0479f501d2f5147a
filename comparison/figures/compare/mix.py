"""Of which fields the work of each chosen unit is made."""

from collections.abc import Mapping, Sequence

import polars as pl

from comparison.figures.compare.asked import PAGE, beside_asked, no_units
from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import measured
from comparison.figures.words import method
from comparison.forms.frames.lateness import LAND
from comparison.forms.frames.shares import room_for, source_text, total_of
from comparison.forms.mix_bars import mix_bars
from comparison.forms.place import Place
from comparison.question import Question
from comparison.scope import Language
from comparison.wording import number, percent, say

# px: no page draws it narrower, so that what is written in a part fits it at every width.
_NARROWEST = 720
# The parts of a bar that can be told apart by their shade.
_MOST_PARTS = 6
# In place of a field's code: all that have no part of their own.
OTHERS = ""


def _made(q: Question, place: Place) -> Made | None:
    """A bar a unit; None where none of them received a case."""
    beside = beside_asked(q)
    if beside is None:
        return no_units(q)
    received = beside.received_cells.filter(pl.col("unit").is_in(beside.codes))
    if received.is_empty():
        return None
    parts = mix_parts(received, LAND)
    names = {field.code: field.short_name for field in q.known.fields}
    named = {part: q.say("compare_units.other_fields") if part == OTHERS else names[part] for part in parts}
    left = room_for([name for _, name in beside.short])
    return Made(
        title=q.say("compare_units.mix"),
        subtitle=q.say("compare_units.mix_note", order=", ".join(named.values())),
        body=Chart(
            mix_bars(
                mix_rows(received, beside.short, named, q.language),
                beside.short,
                parts,
                q.theme,
                left=left,
                width=place.plot(0, _NARROWEST, left=0, right=0)["width"],
            ),
            narrowest=_NARROWEST,
        ),
        numbers=measured(q.language, "received", received),
        source=source_text(q.language, q.warehouse.id, q.scope.period, total_of(received)),
        method=method(q, "received", "mix"),
    )


def mix_parts(received: pl.DataFrame, first: str, most: int = _MOST_PARTS) -> list[str]:
    """The fields to cut bars into: `first`, then those with most cases, and OTHERS for what is left."""
    order = (
        received.group_by("field")
        .agg(pl.col("numerator").sum())
        .filter(pl.col("numerator") > 0)
        .sort(pl.col("field") != first, -pl.col("numerator"), "field")["field"]
        .to_list()
    )
    return order if len(order) <= most else [*order[: most - 1], OTHERS]


def mix_rows(
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


WORK_BY_FIELD = Figure("so-sanh-linh-vuc", PAGE, _made)
