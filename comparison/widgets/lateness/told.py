"""What people were told of late cases: apology letters, and causes where they are recorded."""

import polars as pl

from comparison.charts.frames.late_details import abbreviated, with_total
from comparison.measures.lateness_lists import apologies, late_causes
from comparison.question import Question
from comparison.widgets.figure.figures import heading, listing
from comparison.widgets.figure.method import method
from comparison.widgets.figure.numbers import Numbers


def late_letters(v: Question) -> None:
    """Apology letters due and sent by unit, and those sent before the due day."""
    by_unit = apologies(v.warehouse, v.scope, v.viewer).filter(pl.col("late") > 0).drop("unit")
    late, sent, before = (int(by_unit[name].sum()) for name in ("late", "with_letter", "sent_before_due"))
    if not late:
        return
    if not sent:
        heading(v.say("apology.none", n=v.number(late)), f"{v.say('apology.note')} {v.say('apology.not_recorded')}")
        return
    headings = {
        "unit_name": v.say("column.unit"),
        "late": v.say("apology.column_late"),
        "with_letter": v.say("apology.column_sent"),
        "share": v.say("apology.column_share"),
        "sent_before_due": v.say("apology.column_before"),
        "missing": v.say("apology.column_missing"),
    }
    # What is still to be sent, most first: the table is a list of things to do, not a ranking of units.
    owed = by_unit.sort(pl.col("late") - pl.col("with_letter"), descending=True, maintain_order=True)
    rows = with_total(owed, v.say("moved.all")).with_columns(
        share=pl.col("with_letter") / pl.col("late"), missing=pl.col("late") - pl.col("with_letter")
    )
    listing(
        v,
        title=v.say("apology.title", share=v.percent(sent / late), before=v.percent(before / late)),
        subtitle=v.say("apology.note"),
        table=Numbers(abbreviated(rows).select(*headings).rename(headings), frozenset([headings["share"]])),
        download=Numbers(rows.select(*headings).rename(headings), frozenset([headings["share"]]), ("apology_share",)),
        source=_source(v, "apology.source", late),
        key="tre-han-thu-xin-loi",
        method=method(v, "apology"),
        height=720,
    )


def late_reasons(v: Question) -> None:
    """Late cases by recorded cause; one sentence where no export records any."""
    causes = late_causes(v.warehouse, v.scope, v.viewer)
    recorded = causes.filter(pl.col("cause") != "")
    n, late = int(recorded["n"].sum()), int(causes["n"].sum())
    if not late:
        return
    if not n:
        heading(v.say("cause.none"), v.say("cause.none_note"))
        return
    headings = {
        "cause": v.say("cause.column_cause"),
        "n": v.say("cause.column_n"),
        "share": v.say("cause.column_share"),
    }
    rows = causes.with_columns(
        pl.col("cause").replace({"": v.say("cause.unrecorded")}),
        share=pl.when(pl.col("cause") != "").then(pl.col("n") / n),
    )
    listing(
        v,
        title=v.say("cause.title", cause=recorded["cause"][0], share=v.percent(recorded["n"][0] / n, 0), n=v.number(n)),
        subtitle=v.say("cause.note", missing=v.number(late - n)),
        table=Numbers(rows.select(*headings).rename(headings), frozenset([headings["share"]]), ("late",)),
        source=_source(v, "lateness.source_late", late),
        key="tre-han-nguyen-nhan",
        method=method(v, "cause"),
    )


def _source(v: Question, key: str, n: int) -> str:
    return f"{v.say(key, n=v.number(n))} · {v.say('source.snapshot', snapshot=v.warehouse.id)}"
