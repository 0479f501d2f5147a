"""The cells of the table of units: what was answered, which icon stands beside it, and both as numbers."""

from collections.abc import Mapping, Sequence

import polars as pl

from comparison.figures.overview.signal_sentences import explained
from comparison.forms.frames.shares import in_words
from comparison.forms.unit_table import Column, Sign
from comparison.judgements.signals import EXCEPTIONAL, Signals, Units
from comparison.question import Question
from comparison.scope import Language
from comparison.wording import number, say

# The shares, each with what is read of it when pointed at; what is watched beside them is counted.
HOVERS = {"on_time": "hover.on_time", "late": "hover.late", "satisfaction": "hover.satisfied"}

Answers = Mapping[str, pl.DataFrame]
Signs = Mapping[tuple[str, str], Sign]


def table_cells(language: Language, answers: Answers) -> pl.DataFrame:
    """Answers by unit as `unit_table` reads them: unit, measure, text, n, n_text (none), title, is_hidden."""
    return pl.concat(_cells(language, name, answer) for name, answer in answers.items())


def _cells(language: Language, name: str, answer: pl.DataFrame) -> pl.DataFrame:
    if name in HOVERS:
        worded = in_words(answer, language, HOVERS[name])
        worded = worded.with_columns(text=pl.when(pl.col("value").is_not_null()).then(pl.col("text")))
    else:
        counts = pl.Series([number(language, count) for count in answer["numerator"]], dtype=pl.String)
        worded = answer.with_columns(n=pl.col("numerator"), said=pl.lit(None, pl.String), text=counts)
    return worded.select(
        "unit",
        measure=pl.lit(name),
        text=pl.col("text"),
        n=pl.col("n").cast(pl.Int64),
        n_text=pl.lit(None, pl.String),
        title=pl.col("said").str.replace("\n", " · "),
        is_hidden=pl.col("is_hidden"),
    )


def table_signs(q: Question, signals: Signals) -> Signs:
    """(unit code, column) -> what the last month says; units of which nothing can be said are absent."""
    found = {
        (chart.unit, name): Sign(
            chart.variation.value,
            q.say(f"icon.{chart.variation.value}"),
            "up" if chart.is_up else "down",
            chart.variation in EXCEPTIONAL,
            explained(q, chart),
        )
        for name, each in signals.items()
        for chart in each
        if chart.variation is not None
    }
    return {**found, **_assurance_signs(q, signals)}


def _assurance_signs(q: Question, signals: Signals) -> Signs:
    """Whether usual months meet the target; units without one, or without limits, are absent."""
    return {
        (chart.unit, "target"): Sign(
            chart.assurance.value,
            q.say(f"icon.{chart.assurance.value}"),
            is_written=True,
            why=q.say(f"signal.assurance_{chart.assurance.value}", target=q.percent(chart.target, 0)),
        )
        for chart in signals["on_time"]
        if chart.assurance is not None and chart.target is not None
    }


def table_numbers(
    language: Language, units: Units, columns: Sequence[Column], answers: Answers, signs: Signs
) -> tuple[pl.DataFrame, frozenset[str]]:
    """A row a unit: each column's values, those of shares with their n, then the words of its icons; and which columns
    are shares."""
    name, word = say(language, "column.unit"), say(language, "signal.column_word")
    frame = pl.DataFrame(units, schema={"unit": pl.String, name: pl.String}, orient="row")
    titles = {column.key: column.title for column in columns if column.kind != "word"}
    for key, title in titles.items():
        values = {title: pl.col("numerator")}
        if key in HOVERS:
            values = {title: pl.col("value"), f"{title} (n)": pl.col("denominator")}
        frame = frame.join(answers[key].select("unit", **values), on="unit", how="left", maintain_order="left")
    words = {
        f"{column.title}: {word}" if column.key in titles else column.title: pl.Series(
            [signs[code, column.key].word if (code, column.key) in signs else "" for code, _ in units], dtype=pl.String
        )
        for column in columns
        if any((code, column.key) in signs for code, _ in units)
    }
    return frame.drop("unit").with_columns(**words), frozenset(titles[key] for key in titles if key in HOVERS)
