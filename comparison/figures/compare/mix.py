"""Of which fields the work of each chosen unit is made."""

import polars as pl

from comparison.figures.compare.asked import PAGE, beside_asked, no_units
from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import measured
from comparison.figures.words import method
from comparison.forms.frames.lateness import LAND
from comparison.forms.frames.shares import room_for, source_text, total_of
from comparison.forms.frames.side_by_side import OTHERS, mix, mix_parts
from comparison.forms.mix_bars import mix_bars
from comparison.forms.place import Place
from comparison.question import Question

# px: no page draws it narrower, so that what is written in a part fits it at every width.
_NARROWEST = 720


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
                mix(received, beside.short, named, q.language),
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


WORK_BY_FIELD = Figure("so-sanh-linh-vuc", PAGE, _made)
