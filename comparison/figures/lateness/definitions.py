"""The three ways of counting on time side by side, and what moving due dates makes of them."""

import polars as pl

from comparison.figures.figure import Figure, Listing, Made
from comparison.figures.lateness.titles import PAGE
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.frames.late_details import abbreviated, on_time_ways, with_total
from comparison.forms.frames.shares import source_text
from comparison.forms.place import Place
from comparison.measures.lateness_lists import due_moved
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.wording import lateness_findings
from comparison.wording.findings import share_of


def _ways(q: Question, _: Place) -> Made | None:
    """On time by the due date, as form II.06 counts it, and by the first due date, each with what it leaves out."""
    answers = {way: q.measure(name) for way, name in ON_TIME.items()}
    shares = [share_of(answer) for answer in answers.values()]
    right = frozenset(q.say(f"three.column_{name}") for name in ("share", "interval"))
    return Made(
        title=lateness_findings.definitions_title(q.language, shares),
        subtitle=q.say("three.note"),
        body=Listing(Numbers(on_time_ways(answers, q.language), measures=tuple(ON_TIME.values()), right=right)),
        source=source_text(q.language, q.warehouse.id, q.scope.period, shares[0].n),
        method=method(q, "three", "wilson"),
    )


def _moved(q: Question, _: Place) -> Made | None:
    """By unit how many due dates were moved, and what is on time by the first-seen and by the current one."""
    by_unit = due_moved(q.warehouse, q.scope, q.viewer).drop("unit")
    moved, n = int(by_unit["moved"].sum()), int(by_unit["n"].sum())
    if not moved:
        return Made(title=q.say("moved.none" if n else "moved.subject"), subtitle=q.say("moved.none_note"))
    headings = {
        "unit_name": q.say("column.unit"),
        "n": q.say("moved.column_n"),
        "moved": q.say("moved.column_moved"),
        "moved_share": q.say("moved.column_moved_share"),
        "first": q.say("moved.column_first"),
        "now": q.say("moved.column_now"),
    }
    rows = with_total(by_unit.filter(pl.col("n") > 0), q.say("moved.all")).with_columns(
        moved_share=pl.col("moved") / pl.col("n"),
        first=pl.col("on_time_first") / pl.col("n"),
        now=pl.col("on_time_now") / pl.col("n"),
    )
    shares = frozenset(headings[name] for name in ("moved_share", "first", "now"))
    return Made(
        title=q.say("moved.title", share=q.percent(moved / n)),
        subtitle=q.say("moved.note"),
        body=Listing(Numbers(abbreviated(rows).select(*headings).rename(headings), shares), height=520),
        numbers=Numbers(rows.select(*headings).rename(headings), shares, ("on_time_due", "on_time_first_due")),
        source=source_text(q.language, q.warehouse.id, q.scope.period, n),
        method=method(q, "moved"),
    )


ON_TIME_WAYS = Figure("tre-han-ba-cach", PAGE, _ways)
DUE_DATES_MOVED = Figure("tre-han-doi-hen", PAGE, _moved)
