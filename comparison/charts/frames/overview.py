"""The overview's sentences and table: every case reconciled, units by measures."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from comparison.charts.frames.shares import in_words
from comparison.scope import Language
from comparison.wording import number, say
from comparison.wording.findings import Share

# In the order of the sentence; whoever submitted how else is said only where there is any.
_CHANNELS = ("online", "in_person", "post", "unknown")
_ALWAYS = ("online", "in_person")


def reconciliation(language: Language, counts: Mapping[str, int], by_channel: Mapping[str, int]) -> str:
    """The sentence in which every case taken in is accounted for.

    counts: taken_in, carried_over, resolved, early, on_time, late_resolved, closed_without_result, in_progress,
    remainder. by_channel: cases received by channel.
    """

    def part(key: str, count: int) -> str:
        return say(language, f"reconciliation.{key}", n=number(language, count))

    received = [
        part(channel, by_channel.get(channel, 0))
        for channel in _CHANNELS
        if channel in _ALWAYS or by_channel.get(channel, 0)
    ]
    received.append(part("carried_over", counts["carried_over"]))
    judged = [part(name, counts[name]) for name in ("early", "on_time", "late_resolved")]
    unjudged = counts["resolved"] - counts["early"] - counts["on_time"] - counts["late_resolved"]
    if unjudged:
        judged.append(part("unjudged", unjudged))
    ends = [f"{part('resolved', counts['resolved'])} ({', '.join(judged)})"]
    ends += [part(name, counts[name]) for name in ("closed_without_result", "in_progress", "remainder")]
    return f"{part('taken_in', counts['taken_in'])} = {' + '.join(received)} = {' + '.join(ends)}"


class FieldLate(NamedTuple):
    """A field, and how many of its cases due are late."""

    code: str
    name: str
    late: Share


def most_late(by_field: pl.DataFrame, first: str) -> FieldLate | None:
    """The field with most late cases; `first` wins a tie, and where none is late.

    by_field: the late share by field. None where no field has cases due.
    """
    due = by_field.filter(pl.col("denominator") > 0)
    if due.is_empty():
        return None
    top = due.sort("numerator", pl.col("field") == first, "denominator", descending=True).row(0, named=True)
    return FieldLate(top["field"], top["field_name"], Share(top["numerator"], top["denominator"]))


def units_there(units: Sequence[tuple[str, str]], *answers: pl.DataFrame) -> list[tuple[str, str]]:
    """Those of `units` (code, name) that any of these answers by unit has a row for, in their order."""
    there = {unit for answer in answers for unit in answer["unit"]}
    return [(code, name) for code, name in units if code in there]


def with_zeros(counts: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """A count by unit with 0 for the units that have none of it but whose share rests on cases."""
    due = shares.filter(pl.col("denominator") > 0).select("unit", "unit_name").join(counts, on="unit", how="anti")
    none = due.with_columns(numerator=pl.lit(0, pl.Int64), value=pl.lit(0.0), is_hidden=pl.lit(False))
    return pl.concat([counts, none], how="diagonal")


def table_cells(language: Language, answers: Mapping[str, tuple[pl.DataFrame, str]]) -> pl.DataFrame:
    """The cells of the units table: answers by unit, each with the message of its hover ("" for a count).

    Out: unit, measure (the key), text, n, n_text, title, is_hidden.
    """
    parts = [_cells(language, key, answer, message) for key, (answer, message) in answers.items()]
    return pl.concat(parts)


def _cells(language: Language, key: str, answer: pl.DataFrame, message: str) -> pl.DataFrame:
    if not message:
        counts = answer["numerator"]
        worded = answer.with_columns(
            n=pl.col("numerator"),
            text=pl.Series([number(language, count) for count in counts], dtype=pl.String),
            n_text=pl.lit(None, dtype=pl.String),
            said=pl.lit(None, dtype=pl.String),
        )
    else:
        worded = in_words(answer, language, message).with_columns(
            text=pl.when(pl.col("value").is_null()).then(None).otherwise(pl.col("text"))
        )
    return worded.select(
        "unit",
        measure=pl.lit(key),
        text=pl.col("text"),
        n=pl.col("n").cast(pl.Int64),
        n_text=pl.col("n_text"),
        title=pl.col("said").str.replace("\n", " · "),
        is_hidden=pl.col("is_hidden"),
    )


def units_numbers(
    units: Sequence[tuple[str, str]], headings: Mapping[str, str], answers: Mapping[str, tuple[pl.DataFrame, str]]
) -> tuple[pl.DataFrame, frozenset[str]]:
    """The numbers of the units table, a row a unit, and which of its columns are shares.

    headings: "" -> that of the units' names, then a measure's key -> its heading, in the order of the columns.
    """
    frame = pl.DataFrame(units, schema={"unit": pl.String, headings[""]: pl.String}, orient="row")
    shares = set()
    for key, (answer, message) in ((key, answers[key]) for key in headings if key):
        if message:
            shares.add(headings[key])
            columns = [pl.col("value").alias(headings[key]), pl.col("denominator").alias(f"{headings[key]} (n)")]
        else:
            columns = [pl.col("numerator").alias(headings[key])]
        frame = frame.join(answer.select("unit", *columns), on="unit", how="left", maintain_order="left")
    return frame.drop("unit"), frozenset(shares)
