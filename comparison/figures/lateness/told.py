"""What people were told of late cases: apology letters, and causes where they are recorded."""

import polars as pl

from comparison.figures.figure import Figure, Listing, Made
from comparison.figures.lateness.titles import PAGE
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.frames.late_details import abbreviated, with_total
from comparison.forms.place import Place
from comparison.measures.lateness_lists import apologies, late_causes
from comparison.question import Question


def _letters(q: Question, _: Place) -> Made | None:
    """Apology letters due and sent by unit, and those sent before the due day."""
    by_unit = apologies(q.warehouse, q.scope, q.viewer).filter(pl.col("late") > 0).drop("unit")
    late, sent, before = (int(by_unit[name].sum()) for name in ("late", "with_letter", "sent_before_due"))
    if not late:
        return None
    if not sent:
        return Made(
            title=q.say("apology.none", n=q.number(late)),
            subtitle=f"{q.say('apology.note')} {q.say('apology.not_recorded')}",
        )
    headings = {
        "unit_name": q.say("column.unit"),
        "late": q.say("apology.column_late"),
        "with_letter": q.say("apology.column_sent"),
        "share": q.say("apology.column_share"),
        "sent_before_due": q.say("apology.column_before"),
        "missing": q.say("apology.column_missing"),
    }
    # What is still to be sent, most first: the table is a list of things to do, not a ranking of units.
    owed = by_unit.sort(pl.col("late") - pl.col("with_letter"), descending=True, maintain_order=True)
    rows = with_total(owed, q.say("moved.all")).with_columns(
        share=pl.col("with_letter") / pl.col("late"), missing=pl.col("late") - pl.col("with_letter")
    )
    return Made(
        title=q.say("apology.title", share=q.percent(sent / late), before=q.percent(before / late)),
        subtitle=q.say("apology.note"),
        body=Listing(
            Numbers(abbreviated(rows).select(*headings).rename(headings), frozenset([headings["share"]])), height=720
        ),
        numbers=Numbers(rows.select(*headings).rename(headings), frozenset([headings["share"]]), ("apology_share",)),
        source=_source(q, "apology.source", late),
        method=method(q, "apology"),
    )


def _causes(q: Question, _: Place) -> Made | None:
    """Late cases by recorded cause; one sentence where no export records any."""
    causes = late_causes(q.warehouse, q.scope, q.viewer)
    recorded = causes.filter(pl.col("cause") != "")
    n, late = int(recorded["n"].sum()), int(causes["n"].sum())
    if not late:
        return None
    if not n:
        return Made(title=q.say("cause.none"), subtitle=q.say("cause.none_note"))
    headings = {
        "cause": q.say("cause.column_cause"),
        "n": q.say("cause.column_n"),
        "share": q.say("cause.column_share"),
    }
    rows = causes.with_columns(
        pl.col("cause").replace({"": q.say("cause.unrecorded")}),
        share=pl.when(pl.col("cause") != "").then(pl.col("n") / n),
    )
    return Made(
        title=q.say("cause.title", cause=recorded["cause"][0], share=q.percent(recorded["n"][0] / n, 0), n=q.number(n)),
        subtitle=q.say("cause.note", missing=q.number(late - n)),
        body=Listing(Numbers(rows.select(*headings).rename(headings), frozenset([headings["share"]]), ("late",))),
        source=_source(q, "lateness.source_late", late),
        method=method(q, "cause"),
    )


def _source(q: Question, key: str, n: int) -> str:
    return f"{q.say(key, n=q.number(n))} · {q.say('source.snapshot', snapshot=q.warehouse.id)}"


APOLOGIES = Figure("tre-han-thu-xin-loi", PAGE, _letters)
LATE_CAUSES = Figure("tre-han-nguyen-nhan", PAGE, _causes)
