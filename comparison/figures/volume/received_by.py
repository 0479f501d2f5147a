"""Where the work falls: by unit, field and procedure."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import measured
from comparison.figures.volume.asked import none_received, received_in_all
from comparison.figures.volume.part_bars import largest_first
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method, shown_of
from comparison.forms.bars import bars
from comparison.forms.frames.shares import room_for, source_text, total_of
from comparison.forms.place import Place
from comparison.question import Question
from comparison.wording import findings

# More bars than these are not read.
_MOST_PROCEDURES = 15
# Names of procedures are sentences; the figure takes the whole width of the page, px.
_PROCEDURE_NAMES = 440


def _units(q: Question, place: Place) -> Made | None:
    """Received by unit, those marked that take in half."""
    if not received_in_all(q):
        return none_received(q, place, "finding.received_by_unit")
    by_unit = q.measure("received", ("unit",))
    frame = largest_first(by_unit, "unit", q.language)
    total, half, every = total_of(by_unit), int(frame["is_marked"].sum()), frame.height
    says_half = findings.is_half_a_finding(total, half, every)
    part = findings.Share(int(frame.filter("is_marked")["value"].sum()), total)
    note = q.say("volume.units_half_note" if says_half else "volume.units_note")
    rows = (frame if says_half else frame.drop("is_marked")).head(place.rows_of(every))
    return _bars(
        q,
        by_unit,
        rows,
        title=findings.half_title(q.language, "received", part, half, every),
        subtitle=shown_of(q, rows.height, every, "shown_most") + note,
        method=method(q, "received", "half"),
    )


def _fields(q: Question, place: Place) -> Made | None:
    """Received by field, the largest marked."""
    if not received_in_all(q):
        return none_received(q, place, "finding.received_by_field")
    by_field = q.measure("received", ("field",)).sort("numerator", descending=True, maintain_order=True)
    first = by_field.row(0, named=True)
    largest = findings.Share(first["numerator"], total_of(by_field))
    frame = largest_first(by_field, "field", q.language)
    rows = frame.with_columns(is_marked=pl.int_range(frame.height) < int(largest.is_enough))
    rows = rows.head(place.rows_of(frame.height))
    return _bars(
        q,
        by_field,
        rows,
        title=findings.largest_title(q.language, "received", first["field_name"], largest),
        subtitle=shown_of(q, rows.height, frame.height, "shown_rows") + q.say("volume.fields_note"),
        method=method(q, "received"),
    )


def _procedures(q: Question, place: Place) -> Made | None:
    """The most frequent procedures, those marked that make half of all; the table of numbers has every one."""
    if not received_in_all(q):
        return None
    by_procedure = q.measure("received", ("procedure",))
    frame = largest_first(by_procedure, "procedure", q.language)
    most = place.rows_of(_MOST_PROCEDURES)
    total, half = total_of(by_procedure), int(frame["is_marked"].sum())
    part = int(frame.filter("is_marked")["value"].sum())
    # What the title names must stand in the figure.
    says_half = half <= most and findings.is_half_a_finding(total, half, frame.height)
    rows = frame.head(most)
    count, share = findings.count_word(q.language, half), q.percent(part / total, 0)
    return _bars(
        q,
        by_procedure,
        rows if says_half else rows.drop("is_marked"),
        title=findings.sentence(q.say("procedures.half", n=count, share=share))
        if says_half
        else q.say("procedures.subject"),
        subtitle=q.say(
            "procedures.note_half" if says_half else "procedures.note",
            shown=q.number(rows.height),
            all=q.number(frame.height),
        ),
        method=method(q, "received", "half"),
        widest=_PROCEDURE_NAMES,
    )


def _bars(
    q: Question, answer: pl.DataFrame, rows: pl.DataFrame, *, title: str, subtitle: str, method: str, **room: int
) -> Made:
    """Rows of an answer of cases received, as bars."""
    left = room_for(rows["name"].to_list(), **room)
    return Made(
        title=title,
        subtitle=subtitle,
        body=Chart(bars(rows, q.theme, accent="blue", left=left, top=8)),
        numbers=measured(q.language, "received", answer),
        source=source_text(q.language, q.warehouse.id, q.scope.period, total_of(answer)),
        method=method,
    )


RECEIVED_BY_UNIT = Figure("tiep-nhan-don-vi", PAGE, _units)
RECEIVED_BY_FIELD = Figure("tiep-nhan-linh-vuc", PAGE, _fields)
RECEIVED_BY_PROCEDURE = Figure("tiep-nhan-thu-tuc", PAGE, _procedures)
