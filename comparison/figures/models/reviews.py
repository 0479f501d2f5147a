"""What reviews of a model found: criteria as a grid over the reviews, conclusions with unit, due date and state."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Listing, Made
from comparison.figures.models.asked import PAGE, model_asked, no_models, nothing_of
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.criteria_grid import criteria_grid, narrowest
from comparison.forms.frames.reviews import conclusions_table, criteria_cells, lagging, scores_table
from comparison.forms.place import Place
from comparison.measures import model_lists
from comparison.question import Question
from comparison.wording import day
from comparison.wording.findings import sentence


def _criteria(q: Question, place: Place) -> Made | None:
    """The criteria of a model over its reviews; None where none was scored."""
    asked_model = model_asked(q)
    if asked_model is None:
        return no_models(q, place)
    model, reviews = asked_model.model, asked_model.portfolio.reviews
    scores = model_lists.criterion_scores(q.warehouse, q.scope.root, q.viewer).filter(pl.col("model") == model)
    if scores.is_empty():
        return nothing_of(q, place, asked_model)
    labels = {
        review: f"{sentence(q.say(f'models.review_{kind}'))} {day(q.language, held_on)}"
        for review, kind, held_on in reviews.select("review", "kind", "held_on").iter_rows()
    }
    asked = scores.filter(pl.col("unit").is_in(list(q.scope.units)))
    scores = asked if asked.height else scores
    cells = criteria_cells(scores, q.language, labels)
    behind = lagging(cells)
    return Made(
        title=q.say("models.criteria_title_lag", criterion=behind) if behind else q.say("models.criteria_title"),
        subtitle=q.say("models.criteria_note"),
        body=Chart(
            criteria_grid(cells, q.theme, lowest_text=q.say("models.lowest")),
            narrowest=narrowest(cells["review"].n_unique()),
        ),
        numbers=Numbers(scores_table(scores, q.language)),
        lead=str(asked_model.row["model_name"]),
        source=q.say("models.source_scores", n=q.number(scores.height)),
        method=method(q, "criteria"),
    )


def _conclusions(q: Question, place: Place) -> Made | None:
    """What the reviews of a model concluded, and how far that has got; None where there is none."""
    asked = model_asked(q)
    if asked is None:
        return no_models(q, place)
    model, on = asked.model, asked.portfolio.as_of
    concluded = model_lists.conclusions(q.warehouse, q.scope.root, q.viewer).filter(pl.col("model") == model)
    if concluded.is_empty():
        return nothing_of(q, place, asked)
    frame, late = conclusions_table(concluded, on, q.language)
    n = q.number(concluded.height)
    done = concluded.filter(pl.col("state") == "done").height
    return Made(
        title=q.say("models.conclusions_title_late", late=q.number(late), n=n)
        if late
        else q.say("models.conclusions_title", done=q.number(done), n=n)
        if done
        else q.say("models.conclusions_title_open", n=n),
        subtitle=q.say("models.conclusions_note", day=day(q.language, on)),
        body=Listing(Numbers(frame)),
        lead=str(asked.row["model_name"]),
        source=q.say("models.source_conclusions", n=n),
        method=method(q, "conclusions"),
    )


CRITERIA = Figure("tieu-chi", PAGE, _criteria)
CONCLUSIONS = Figure("ket-luan", PAGE, _conclusions)
