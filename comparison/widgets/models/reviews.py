"""What reviews of a model found: criteria as a grid over the reviews, conclusions with unit, due date and state."""

from datetime import date

import polars as pl

from comparison.charts.criteria_grid import criteria_grid, narrowest
from comparison.charts.frames.reviews import conclusions_table, criteria_cells, lagging, scores_table
from comparison.figures.words import method
from comparison.measures import model_lists
from comparison.question import Question
from comparison.widgets.figure.figures import figure, listing
from comparison.wording import day
from comparison.wording.findings import sentence


def show_criteria(v: Question, model: str, reviews: pl.DataFrame) -> None:
    """The criteria of a model over its reviews; nothing where none was scored."""
    scores = model_lists.criterion_scores(v.warehouse, v.scope.root, v.viewer).filter(pl.col("model") == model)
    if scores.is_empty():
        return
    labels = {
        review: f"{sentence(v.say(f'models.review_{kind}'))} {day(v.language, held_on)}"
        for review, kind, held_on in reviews.select("review", "kind", "held_on").iter_rows()
    }
    asked = scores.filter(pl.col("unit").is_in(list(v.scope.units)))
    scores = asked if asked.height else scores
    cells = criteria_cells(scores, v.language, labels)
    behind = lagging(cells)
    figure(
        v,
        title=v.say("models.criteria_title_lag", criterion=behind) if behind else v.say("models.criteria_title"),
        subtitle=v.say("models.criteria_note"),
        fig=criteria_grid(cells, v.theme, lowest_text=v.say("models.lowest")),
        table=scores_table(scores, v.language),
        source=v.say("models.source_scores", n=v.number(scores.height)),
        key="tieu-chi",
        method=method(v, "criteria"),
        narrowest=narrowest(cells["review"].n_unique()),
    )


def show_conclusions(v: Question, model: str, on: date) -> None:
    """What the reviews of a model concluded, and how far that has got on a day; nothing where there is none."""
    concluded = model_lists.conclusions(v.warehouse, v.scope.root, v.viewer).filter(pl.col("model") == model)
    if concluded.is_empty():
        return
    frame, late = conclusions_table(concluded, on, v.language)
    n = v.number(concluded.height)
    done = concluded.filter(pl.col("state") == "done").height
    listing(
        v,
        title=v.say("models.conclusions_title_late", late=v.number(late), n=n)
        if late
        else v.say("models.conclusions_title", done=v.number(done), n=n)
        if done
        else v.say("models.conclusions_title_open", n=n),
        subtitle=v.say("models.conclusions_note", day=day(v.language, on)),
        table=frame,
        source=v.say("models.source_conclusions", n=n),
        key="ket-luan",
        method=method(v, "conclusions"),
    )
