"""How much of the work comes online, by unit."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import measured
from comparison.figures.volume.asked import none_received, received_in_all
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method, shown_of
from comparison.forms.frames.satisfaction import unit_intervals
from comparison.forms.frames.shares import room_for, source_text, values_compared
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.intervals import intervals
from comparison.forms.place import Place
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.wording import findings
from comparison.wording.findings import share_of


def _made(q: Question, place: Place) -> Made | None:
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


ONLINE_BY_UNIT = Figure("truc-tuyen-don-vi", PAGE, _made)
