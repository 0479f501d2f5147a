"""Of which fields the work of each chosen unit is made."""

import polars as pl

from comparison.charts.frames.lateness import LAND
from comparison.charts.frames.shares import room_for, source_text, total_of
from comparison.charts.frames.side_by_side import OTHERS, mix, mix_parts
from comparison.charts.mix_bars import mix_bars
from comparison.figures.numbers import measured
from comparison.figures.words import method
from comparison.question import Question
from comparison.widgets.figure.figures import figure
from comparison.widgets.figure.slide_frame import plot_size
from comparison.widgets.unit.beside import Beside

# px: no page draws it narrower, so that what is written in a part fits it at every width.
_NARROWEST = 720


def side_mix(v: Question, beside: Beside) -> None:
    """A bar a unit; nothing where none of them received a case."""
    received = beside.received_cells.filter(pl.col("unit").is_in(beside.codes))
    if received.is_empty():
        return
    parts = mix_parts(received, LAND)
    names = {field.code: field.short_name for field in v.known.fields}
    named = {part: v.say("compare_units.other_fields") if part == OTHERS else names[part] for part in parts}
    left = room_for([name for _, name in beside.short])
    figure(
        v,
        title=v.say("compare_units.mix"),
        subtitle=v.say("compare_units.mix_note", order=", ".join(named.values())),
        fig=mix_bars(
            mix(received, beside.short, named, v.language), beside.short, parts, v.theme,
            left=left, width=plot_size(v, 0, _NARROWEST, left=0, right=0)["width"],
        ),
        table=measured(v.language, "received", received),
        source=source_text(v.language, v.warehouse.id, v.scope.period, total_of(received)),
        key="so-sanh-linh-vuc",
        method=method(v, "received", "mix"),
        narrowest=_NARROWEST,
    )  # fmt: skip
