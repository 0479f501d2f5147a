"""Where the work falls: by unit, field and procedure, and how much of it comes online."""

from collections.abc import Sequence

import polars as pl

from comparison.charts.bars import bars
from comparison.charts.enlarged import MOST_ROWS
from comparison.charts.frames.satisfaction import unit_intervals
from comparison.charts.frames.shares import room_for, source_text, total_of, values_compared
from comparison.charts.frames.slide_rows import slide_rows
from comparison.charts.frames.stock import MOST_PROCEDURES, half_of
from comparison.charts.frames.volume import count_bars
from comparison.charts.intervals import intervals
from comparison.figures.numbers import measured
from comparison.figures.words import method, shown_of
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.widgets.figure.figures import figure
from comparison.wording import findings
from comparison.wording.findings import share_of

# Names of procedures are sentences; the figure takes the whole width of the page, px.
_PROCEDURE_NAMES = 440


def show_units(v: Question) -> None:
    """Received by unit, those marked that take in half."""
    frame = count_bars(v.measure("received", ("unit",)), "unit", v.language)
    total, half = int(frame["value"].sum()), int(frame["is_marked"].sum())
    says_half = findings.is_half_a_finding(total, half, frame.height)
    part = findings.Share(int(frame.filter("is_marked")["value"].sum()), total)
    _bars(
        v, "unit", frame if says_half else frame.drop("is_marked"),
        findings.half_title(v.language, "received", part, half, frame.height),
        v.say("volume.units_half_note" if says_half else "volume.units_note"), "tiep-nhan-don-vi",
    )  # fmt: skip


def show_fields(v: Question) -> None:
    """Received by field, the largest marked."""
    by_field = v.measure("received", ("field",)).sort("numerator", descending=True)
    largest = findings.Share(by_field["numerator"][0], total_of(by_field))
    title = findings.largest_title(v.language, "received", by_field["field_name"][0], largest)
    frame = count_bars(by_field, "field", v.language)
    first = frame.with_columns(is_marked=pl.int_range(frame.height) < int(largest.is_enough))
    _bars(v, "field", first, title, v.say("volume.fields_note"), "tiep-nhan-linh-vuc", ("received",))


def show_procedures(v: Question) -> None:
    """The most frequent procedures, those marked that make half of all; the table of numbers has every one."""
    by_procedure = v.measure("received", ("procedure",))
    frame, half = count_bars(by_procedure, "procedure", v.language), half_of(by_procedure)
    most = MOST_PROCEDURES if v.slide is None else MOST_ROWS
    whole, part = total_of(by_procedure), int(frame.filter("is_marked")["value"].sum())
    # What the title names must stand in the figure.
    says_half = half <= most and findings.is_half_a_finding(whole, half, frame.height)
    shown = frame.head(most)
    counts = {"shown": v.number(shown.height), "all": v.number(frame.height)}
    title = (
        findings.sentence(
            v.say("procedures.half", n=findings.count_word(v.language, half), share=v.percent(part / whole, 0))
        )
        if says_half
        else v.say("procedures.subject")
    )
    _bars(
        v, "procedure", shown if says_half else shown.drop("is_marked"), title,
        v.say("procedures.note_half" if says_half else "procedures.note", **counts), "tiep-nhan-thu-tuc",
        widest=_PROCEDURE_NAMES,
    )  # fmt: skip


def show_online(v: Question) -> None:
    """The online share of each unit with its interval."""
    answer = v.measure("online_share", ("unit",))
    frame = unit_intervals(answer, units_asked(v.warehouse, v.scope, v.viewer), v.language, "hover.online")
    every = frame.height
    if v.slide is not None:
        sizes = {unit: n or 0 for unit, n in frame.select("unit", "n").iter_rows()}
        frame = frame.filter(pl.col("unit").is_in(slide_rows(frame["unit"].to_list(), (), sizes)))
    overall = share_of(v.measure("online_share"))
    line = (overall.value, v.say("volume.online_overall", share=v.percent(overall.value))) if overall.n else None
    figure(
        v,
        title=findings.span_title(v.language, "online", values_compared(answer) if v.scope.kind else []),
        subtitle=shown_of(v, frame.height, every, "shown_largest") + v.say("volume.online_note"),
        fig=intervals(
            frame, v.theme, value_text=v.tick, overall=line,
            column_head=v.say("volume.column_n"), left=room_for(frame["name"].to_list()),
        ),
        table=measured(v.language, "online_share", answer),
        source=source_text(v.language, v.warehouse.id, v.scope.period, overall.n),
        key="truc-tuyen-don-vi",
        method=method(v, "online", "wilson", "tiers"),
    )  # fmt: skip


def _bars(
    v: Question,
    by: str,
    frame: pl.DataFrame,
    title: str,
    note: str,
    key: str,
    how: Sequence[str] = ("received", "half"),
    **room: int,
) -> None:
    answer = v.measure("received", (by,))
    every, frame = frame.height, frame if v.slide is None else frame.head(MOST_ROWS)
    figure(
        v,
        title=title,
        subtitle=shown_of(v, frame.height, every, "shown_most" if by == "unit" else "shown_rows") + note,
        fig=bars(frame, v.theme, accent="blue", left=room_for(frame["name"].to_list(), **room), top=8),
        table=measured(v.language, "received", answer),
        source=source_text(v.language, v.warehouse.id, v.scope.period, total_of(answer)),
        key=key,
        method=method(v, *how),
    )
