"""Views of models that can be a slide, drawn alone."""

from collections.abc import Callable

from comparison.charts.frames.months import covered
from comparison.question import Question
from comparison.widgets.figure.figures import heading
from comparison.widgets.figure.slide_frame import slide_heading, slide_text
from comparison.widgets.models.asked import ModelAsked, model_asked
from comparison.widgets.models.life import show_life, show_placebos
from comparison.widgets.models.portfolio import show_portfolio, show_timeline
from comparison.widgets.models.reviews import show_conclusions, show_criteria
from comparison.widgets.models.units import show_units
from comparison.widgets.models.verdict import verdict_title, verdict_words
from comparison.wording import findings


def show_model_verdict(v: Question) -> None:
    """What a model has done, in words."""
    asked = model_asked(v)
    if asked is None:
        heading(findings.models_none(v.language))
        return
    sentences, caption = verdict_words(v, asked.subject, asked.found, asked.changes(v))
    # A verdict is of all months, whatever period is looked at.
    whole = v.asking(v.scope.with_(period=covered(v.known.root_of[v.scope.root])))
    slide_heading(whole, verdict_title(v, str(asked.row["model_name"]), asked.subject, asked.found), caption)
    slide_text(v, [("", sentence) for sentence in sentences])
    assert v.slide is not None, "as above"
    v.slide.source = v.say("source.snapshot", snapshot=v.warehouse.id)


def show_model_life(v: Question, outcome: str = "") -> None:
    """One outcome before and after the launch of a model, by default the one that its page would show first."""
    asked = model_asked(v, outcome)
    if asked is None or asked.found is None or not asked.found.has_data:
        show_model_verdict(v)
        return
    assert v.slide is not None, "as above"
    v.slide.lead = str(asked.row["model_name"])
    show_life(
        v.asking(asked.scopes[asked.outcome]), asked.found, asked.subject, asked.own, asked.others_begun, asked.field
    )


def of_model(v: Question, draw: Callable[[Question, ModelAsked], None]) -> None:
    """What `draw` draws of the model that is asked for."""
    asked = model_asked(v)
    if asked is None:
        heading(findings.models_none(v.language))
    else:
        assert v.slide is not None, "only a slide is drawn here"
        v.slide.lead = str(asked.row["model_name"])
        draw(v, asked)


def model_units(v: Question, asked: ModelAsked) -> None:
    """Its units."""
    show_units(v, asked.own, asked.found, asked.subject.share, asked.portfolio.as_of)


def model_criteria(v: Question, asked: ModelAsked) -> None:
    """Its criteria over the reviews."""
    show_criteria(v, asked.model, asked.portfolio.reviews)


def model_conclusions(v: Question, asked: ModelAsked) -> None:
    """What its reviews concluded."""
    show_conclusions(v, asked.model, asked.portfolio.as_of)


def model_placebos(v: Question, asked: ModelAsked) -> None:
    """Its only unit among what every other shows in its place."""
    if asked.found is not None and asked.found.has_data:
        show_placebos(v, asked.found)


def all_models_table(v: Question, asked: ModelAsked) -> None:
    """All models, a row each."""
    assert v.slide is not None, "only a slide is drawn here"
    v.slide.lead = ""
    show_portfolio(v, asked.portfolio, asked.scopes[asked.outcome], asked.outcome, asked.subject.short)


def show_all_models(v: Question) -> None:
    """All models over time."""
    asked = model_asked(v)
    if asked is None:
        heading(findings.models_none(v.language))
    else:
        show_timeline(v, asked.portfolio, asked.model)
