"""Where the work falls: by unit, field and procedure, and how much of it comes online."""

import polars as pl

from comparison.charts.bars import bars
from comparison.charts.frames.satisfaction import unit_intervals
from comparison.charts.frames.shares import room_for, source_text, total_of, values_compared
from comparison.charts.frames.slide_rows import slide_rows
from comparison.charts.frames.stock import MOST_PROCEDURES, half_of
from comparison.charts.frames.volume import count_bars
from comparison.charts.intervals import intervals
from comparison.charts.place import Place
from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import measured
from comparison.figures.volume.asked import none_received, received_in_all
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method, shown_of
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.wording import findings
from comparison.wording.findings import share_of

# Names of procedures are sentences; the figure takes the whole width of the page, px.
_PROCEDURE_NAMES = 440


def _units(q: Question, place: Place) -> Made | None:
    """Received by unit, those marked that take in half."""
    if not received_in_all(q):
        return none_received(q, place, "finding.received_by_unit")
    by_unit = q.measure("received", ("unit",))
    frame = count_bars(by_unit, "unit", q.language)
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
    frame = count_bars(by_field, "field", q.language)
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
    frame, half = count_bars(by_procedure, "procedure", q.language), half_of(by_procedure)
    most = place.rows_of(MOST_PROCEDURES)
    total, part = total_of(by_procedure), int(frame.filter("is_marked")["value"].sum())
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


def _online(q: Question, place: Place) -> Made | None:
    """The online share of each unit with its interval."""
    if not received_in_all(q):
        return none_received(q, place, "finding.online_subject")
    answer = q.measure("online_share", ("unit",))
    frame = unit_intervals(answer, units_asked(q.warehouse, q.scope, q.viewer), q.language, "hover.online")
    sizes = {unit: n or 0 for unit, n in frame.select("unit", "n").iter_rows()}
    kept = slide_rows(frame["unit"].to_list(), (), sizes, place.rows_of(frame.height))
    rows = frame.filter(pl.col("unit").is_in(kept))
    overall = share_of(q.measure("online_share"))
    return Made(
        title=findings.span_title(q.language, "online", values_compared(answer) if q.scope.kind else []),
        subtitle=shown_of(q, rows.height, frame.height, "shown_largest") + q.say("volume.online_note"),
        body=Chart(
            intervals(
                rows,
                q.theme,
                value_text=q.tick,
                overall=(overall.value, q.say("volume.online_overall", share=q.percent(overall.value)))
                if overall.n
                else None,
                column_head=q.say("volume.column_n"),
                left=room_for(rows["name"].to_list()),
            )
        ),
        numbers=measured(q.language, "online_share", answer),
        source=source_text(q.language, q.warehouse.id, q.scope.period, overall.n),
        method=method(q, "online", "wilson", "tiers"),
    )


RECEIVED_BY_UNIT = Figure("tiep-nhan-don-vi", PAGE, _units)
RECEIVED_BY_FIELD = Figure("tiep-nhan-linh-vuc", PAGE, _fields)
RECEIVED_BY_PROCEDURE = Figure("tiep-nhan-thu-tuc", PAGE, _procedures)
ONLINE_BY_UNIT = Figure("truc-tuyen-don-vi", PAGE, _online)
