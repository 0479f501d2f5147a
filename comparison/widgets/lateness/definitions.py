"""The three ways of counting on time side by side, and what moving due dates makes of them."""

import polars as pl

from comparison.charts.frames.late_details import abbreviated, on_time_ways, with_total
from comparison.charts.frames.shares import source_text
from comparison.measures.lateness_lists import due_moved
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.widgets.figure.figures import heading, listing
from comparison.widgets.figure.method import method
from comparison.widgets.figure.numbers import Numbers
from comparison.wording import lateness_findings
from comparison.wording.findings import share_of


def late_definitions(v: Question) -> None:
    """On time by the due date, as form II.06 counts it, and by the first due date, each with what it leaves out."""
    answers = {way: v.measure(name) for way, name in ON_TIME.items()}
    shares = [share_of(answer) for answer in answers.values()]
    right = frozenset(v.say(f"three.column_{name}") for name in ("share", "interval"))
    listing(
        v,
        title=lateness_findings.definitions_title(v.language, shares),
        subtitle=v.say("three.note"),
        table=Numbers(on_time_ways(answers, v.language), measures=tuple(ON_TIME.values()), right=right),
        source=source_text(v.language, v.warehouse.id, v.scope.period, shares[0].n),
        key="tre-han-ba-cach",
        method=method(v, "three", "wilson"),
    )


def late_moved(v: Question) -> None:
    """By unit how many due dates were moved, and what is on time by the first-seen and by the current one."""
    by_unit = due_moved(v.warehouse, v.scope, v.viewer).drop("unit")
    moved, n = int(by_unit["moved"].sum()), int(by_unit["n"].sum())
    if not moved:
        heading(v.say("moved.none" if n else "moved.subject"), v.say("moved.none_note"))
        return
    headings = {
        "unit_name": v.say("column.unit"),
        "n": v.say("moved.column_n"),
        "moved": v.say("moved.column_moved"),
        "moved_share": v.say("moved.column_moved_share"),
        "first": v.say("moved.column_first"),
        "now": v.say("moved.column_now"),
    }
    rows = with_total(by_unit.filter(pl.col("n") > 0), v.say("moved.all")).with_columns(
        moved_share=pl.col("moved") / pl.col("n"),
        first=pl.col("on_time_first") / pl.col("n"),
        now=pl.col("on_time_now") / pl.col("n"),
    )
    shares = frozenset(headings[name] for name in ("moved_share", "first", "now"))
    listing(
        v,
        title=v.say("moved.title", share=v.percent(moved / n)),
        subtitle=v.say("moved.note"),
        table=Numbers(abbreviated(rows).select(*headings).rename(headings), shares),
        download=Numbers(rows.select(*headings).rename(headings), shares, ("on_time_due", "on_time_first_due")),
        source=source_text(v.language, v.warehouse.id, v.scope.period, n),
        key="tre-han-doi-hen",
        method=method(v, "moved"),
        height=520,
    )
