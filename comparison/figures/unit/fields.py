"""What a unit's work is made of, and where it is late."""

import polars as pl

from comparison.figures.beside import rest_of, shares_of
from comparison.figures.figure import Figure, Made, Table
from comparison.figures.late_share import late_method, late_numbers
from comparison.figures.side_cells import difference_cell, share_cell
from comparison.figures.unit.asked import PAGE, beside_asked
from comparison.figures.unit.paper import more_on_paper
from comparison.forms.frames.shares import source_text, total_of
from comparison.forms.frames.side_by_side import difference
from comparison.forms.place import Place
from comparison.forms.side_table import Cell, Head, side_table
from comparison.measures import catalogue
from comparison.question import Question
from comparison.wording.findings import Share

_FIELDS = 8


def _made(q: Question, _: Place) -> Made | None:
    """What its work is made of, and where it is late, against the rest of its kind in the same field."""
    now = beside_asked(q)
    if now is None:
        return None
    (code,) = now.codes
    received = now.received_cells.filter(pl.col("unit") == code)
    own = now.late_cells.filter(pl.col("unit") == code)
    if received.is_empty() and own["denominator"].sum() == 0:
        return Made(q.say("unit_profile.fields_caption"), q.say("finding.none_received"))
    total = total_of(received)
    counts = dict(received.select("field", "numerator").iter_rows())
    late, everybody = shares_of(own, "field"), _by_field(now.late_cells)
    names = {field.code: field.name for field in q.known.fields}
    order = sorted(
        {*counts, *(field for field, share in late.items() if share.n)},
        key=lambda field: (-counts.get(field, 0), field),
    )
    rests = {field: rest_of(everybody.get(field, Share(0, 0)), late.get(field, Share(0, 0))) for field in order}
    good = catalogue()["late"].good
    has_rest = any(rest.n for rest in rests.values())
    rows: list[tuple[Head, list[Cell]]] = []
    for field in order:
        count, share = counts.get(field, 0), late.get(field, Share(0, 0))
        rest = rests[field]
        beside = [
            share_cell(q.language, rest, "hover.late", None),
            difference_cell(q.language, difference(share, rest), good),
        ]
        part = count / total if total else 0.0
        rows.append(
            (
                Head(names[field]),
                [
                    Cell(q.percent(part, 0), q.number(count), part=part),
                    share_cell(q.language, share, "hover.late", None),
                    *(beside if has_rest else []),
                ],
            )
        )
    heads = [
        Head(q.say("column.field"), width=19),
        Head(q.say("unit_profile.received_part"), width=21),
        Head(q.say("unit_profile.late_own")),
        *(
            # A difference with its range stands in one line, so that no row is tall for what a phone does not show.
            [Head(q.say("unit_profile.late_rest")), Head(q.say("unit_profile.late_difference"), width=32)]
            if has_rest
            else []
        ),
    ]
    note = q.say("unit_profile.fields_note" if has_rest else "unit_profile.fields_note_alone")
    told = ["profile_fields", "newcombe"] if has_rest else []
    return Made(
        title=q.say("unit_profile.fields", n=q.number(len(order))),
        subtitle=note,
        body=Table(
            side_table(heads, rows, q.theme, caption=q.say("unit_profile.fields_caption"), printed=_FIELDS)
            + more_on_paper(q, "unit_profile.more_fields", len(rows) - _FIELDS)
        ),
        source=source_text(q.language, q.warehouse.id, q.scope.period, total_of(received)),
        method=late_method(q, *told, "tiers"),
        numbers=late_numbers(q, own),
        name=q.say("unit_profile.fields_caption"),
    )


def _by_field(cells: pl.DataFrame) -> dict[str, Share]:
    sums = cells.group_by("field").agg(pl.col("numerator", "denominator").sum())
    rows = sums.select("field", "numerator", "denominator").iter_rows()
    return {field: Share(int(x), int(n)) for field, x, n in rows}


FIELDS_OF_UNIT = Figure("ho-so-linh-vuc", PAGE, _made, is_slide=False)
