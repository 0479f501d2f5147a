"""The few units, and pairs of a unit and a procedure, that make half of the lateness."""

from comparison.figures.figure import Chart, Figure, Listing, Made
from comparison.figures.late_share import late_method, late_numbers
from comparison.figures.lateness.titles import PAGE
from comparison.figures.numbers import Numbers
from comparison.figures.words import method, shown_of
from comparison.forms.bars import bars
from comparison.forms.frames.late_details import abbreviated, half_rows
from comparison.forms.frames.lateness import has_room_beside, late_bars
from comparison.forms.frames.shares import room_for, source_text, total_of
from comparison.forms.place import Place
from comparison.measures.lateness_lists import half_of_late
from comparison.question import Question
from comparison.wording import findings, lateness_findings
from comparison.wording.findings import Share

_MOST_PAIRS = 12
# px above the bars, level with a heat map's head where they stand beside it.
_TOP, _TOP_BESIDE = 8, 46


def _units(q: Question, place: Place) -> Made | None:
    by_unit = q.late(("unit",))
    if not by_unit["denominator"].sum():
        return None
    frame = late_bars(by_unit, q.language)
    late, half, every = total_of(by_unit), int(frame["is_marked"].sum()), frame.height
    part = Share(int(frame.filter("is_marked")["value"].sum()), late)
    says_half = findings.is_half_a_finding(late, half, every)
    with_words = says_half and has_room_beside(frame)
    rows = frame.head(place.rows_of(every))

    def said(key: str, units: int, share: float) -> str:
        return q.say(f"lateness.{key}", n=q.number(units), share=q.percent(share, 0))

    return Made(
        title=findings.half_title(q.language, "late", part, half, every),
        subtitle=shown_of(q, rows.height, every, "shown_most")
        + q.say("lateness.half_note" if says_half else "lateness.half_note_plain"),
        body=Chart(
            bars(
                rows if says_half else rows.drop("is_marked"),
                q.theme,
                above=said("half_above", half, part.value) if with_words else "",
                below=said("half_below", every - half, 1 - part.value) if with_words else "",
                left=room_for(rows["name"].to_list()),
                top=_TOP if place.is_whole_page or not place.is_used else _TOP_BESIDE,
            )
        ),
        numbers=late_numbers(q, by_unit),
        source=source_text(
            q.language,
            q.warehouse.id,
            q.scope.period if place.is_whole_page or not place.is_used else None,
            late,
            "lateness.source_late",
        ),
        method=late_method(q, "half"),
    )


def _procedures(q: Question, place: Place) -> Made | None:
    pairs = half_of_late(q.warehouse, q.scope, q.viewer)
    if pairs.is_empty():
        return None
    rows, late = half_rows(pairs), int(pairs["late"].sum())
    headings = {
        "unit_name": q.say("column.unit"),
        "procedure_name": q.say("column.procedure"),
        "late": q.say("half.column_late"),
        "part": q.say("half.column_part"),
        "cumulative": q.say("half.column_cumulative"),
    }
    shares = frozenset(headings[name] for name in ("part", "cumulative"))
    is_more = rows.height > _MOST_PAIRS
    notes = [
        q.say("half.note"),
        q.say("half.note_more", shown=q.number(_MOST_PAIRS), n=q.number(rows.height)) if is_more else "",
        q.say("adjusted.by_due") if q.scope.on_time != "due" else "",
    ]
    shown = abbreviated(rows.head(_MOST_PAIRS)).select(*headings).rename(headings)
    return Made(
        title=lateness_findings.half_procedures_title(
            q.language, Share(int(rows["late"].sum()), late), rows.height, pairs.height
        ),
        subtitle=" ".join(filter(None, notes)),
        body=Listing(Numbers(shown, shares), height=520),
        numbers=Numbers(rows.select(*headings).rename(headings), shares, ("late",)),
        source=q.say("half.source", n=q.number(late), rows=q.number(pairs.height), snapshot=q.warehouse.id),
        method=method(q, "half", "late_due"),
    )


LATE_BY_UNIT = Figure("tre-han-don-vi", PAGE, _units)
HALF_BY_PROCEDURE = Figure("tre-han-mot-nua", PAGE, _procedures, is_slide=False)
