"""The few units and procedures that make half of the lateness."""

from comparison.charts.frames.late_details import abbreviated, half_rows
from comparison.measures.lateness_lists import half_of_late
from comparison.question import Question
from comparison.widgets.figure.figures import listing
from comparison.widgets.figure.method import method
from comparison.widgets.figure.numbers import Numbers
from comparison.wording import lateness_findings
from comparison.wording.findings import Share

_MOST = 12


def late_half_procedures(v: Question) -> None:
    """Pairs of a unit and a procedure with most late cases, until they make half of all; nothing where none is late."""
    pairs = half_of_late(v.warehouse, v.scope, v.viewer)
    if pairs.is_empty():
        return
    rows = half_rows(pairs)
    late = int(pairs["late"].sum())
    headings = {
        "unit_name": v.say("column.unit"),
        "procedure_name": v.say("column.procedure"),
        "late": v.say("half.column_late"),
        "part": v.say("half.column_part"),
        "cumulative": v.say("half.column_cumulative"),
    }
    shares = frozenset(headings[name] for name in ("part", "cumulative"))
    whole = Numbers(rows.select(*headings).rename(headings), shares, ("late",))
    more = v.say("half.note_more", shown=v.number(_MOST), n=v.number(rows.height)) if rows.height > _MOST else ""
    by_due = v.say("adjusted.by_due") if v.scope.on_time != "due" else ""
    listing(
        v,
        title=lateness_findings.half_procedures_title(
            v.language, Share(int(rows["late"].sum()), late), rows.height, pairs.height
        ),
        subtitle=" ".join(filter(None, [v.say("half.note"), more, by_due])),
        table=Numbers(abbreviated(rows.head(_MOST)).select(*headings).rename(headings), shares),
        download=whole,
        source=v.say("half.source", n=v.number(late), rows=v.number(pairs.height), snapshot=v.warehouse.id),
        key="tre-han-mot-nua",
        method=method(v, "half", "late_due"),
        height=520,
    )
