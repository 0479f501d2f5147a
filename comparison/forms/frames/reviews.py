"""What reviews of a model found: its criteria over the reviews, and how far each conclusion has got."""

from datetime import date

import polars as pl

from comparison.scope import Language
from comparison.wording import day, number, percent, say, short_unit_name


def criteria_cells(scores: pl.DataFrame, language: Language, labels: dict[str, str]) -> pl.DataFrame:
    """Criteria by review as cells of `criteria_grid`: the sum of the scores over the sum of the highest ones.

    scores: of one model. labels: review -> heading of its column. The lowest criterion of a review is marked where it
    is alone with that share.
    """
    cells = (
        scores.filter(pl.col("score").is_not_null())
        .group_by("review", "held_on", "criterion", "group_name", "criterion_name", maintain_order=True)
        .agg(pl.col("score").sum(), pl.col("highest_score").sum(), n=pl.len())
        .with_columns(value=pl.col("score") / pl.col("highest_score"))
        .with_columns(is_lowest=(pl.col("value") == pl.col("value").min()).over("review"))
        .with_columns(is_lowest=pl.col("is_lowest") & (pl.col("is_lowest").sum() == 1).over("review"))
        .sort("held_on", "criterion")
    )
    texts = [percent(language, value, 0) for value in cells["value"]]
    counts = [say(language, "models.cell_n", n=number(language, n)) for n in cells["n"]]
    hovers = [
        f"{name}\n{say(language, 'models.cell_hover', share=share, n=number(language, n), review=labels[review])}"
        for name, share, n, review in zip(cells["criterion_name"], texts, cells["n"], cells["review"], strict=True)
    ]
    return cells.select(
        "group_name", "criterion_name", "value", "is_lowest",
        review=pl.col("review").replace_strict(labels, return_dtype=pl.String),
        text=pl.Series(texts, dtype=pl.String), n_text=pl.Series(counts, dtype=pl.String),
        hover=pl.Series(hovers, dtype=pl.String),
    )  # fmt: skip


def lagging(cells: pl.DataFrame) -> str | None:
    """The criterion that is lowest in the last review, None where none is alone with that."""
    if cells.is_empty():
        return None
    last = cells["review"].last()
    lowest = cells.filter((pl.col("review") == last) & pl.col("is_lowest"))["criterion_name"]
    return str(lowest[0]) if lowest.len() else None


def scores_table(scores: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Every score as it was given, headings in words."""
    names = {
        "review": "review_code", "held_on": "held_on", "unit_name": "unit", "group_name": "group",
        "criterion_name": "criterion", "score": "score", "highest_score": "highest_score",
    }  # fmt: skip
    return scores.select(pl.col(name).alias(say(language, f"models.column_{word}")) for name, word in names.items())


def conclusions_table(conclusions: pl.DataFrame, on: date, language: Language) -> tuple[pl.DataFrame, int]:
    """The conclusions with their state on a day, headings in words, those overdue first; and how many are overdue."""
    is_late = (pl.col("state") != "done") & (pl.col("due_on") < on)
    placed = conclusions.with_columns(is_late=is_late.fill_null(False)).sort(
        "is_late", "held_on", "number", descending=[True, True, False]
    )
    rows = [
        (
            f"{title} ({day(language, held_on)})",
            text,
            short_unit_name(unit) if unit else say(language, "models.all_units"),
            day(language, due_on) if due_on else "",
            say(language, "models.state_late" if late else f"models.state_{state}"),
        )
        for title, held_on, text, unit, due_on, state, late in placed.select(
            "review_title", "held_on", "text", "unit_name", "due_on", "state", "is_late"
        ).iter_rows()
    ]
    names = ("conclusion_review", "conclusion", "unit", "due_on", "state")
    frame = pl.DataFrame(
        rows, schema={say(language, f"models.column_{name}"): pl.String for name in names}, orient="row"
    )
    return frame, int(placed["is_late"].sum())
