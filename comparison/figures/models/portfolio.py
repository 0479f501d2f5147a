"""All models of a root: who adopted them and when, against the plan, and what may be said of each."""

from datetime import date

import polars as pl

from comparison.figures.figure import Chart, Figure, Listing, Made
from comparison.figures.models.asked import MODEL, PAGE, life_of, model_asked, no_models
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.findings.roll_out import kind_to_show, roll_out
from comparison.forms.frames.models import in_effect_title, portfolio_table
from comparison.forms.frames.months import covered
from comparison.forms.frames.shares import source_text
from comparison.forms.place import Place
from comparison.forms.timeline import NARROWEST, timeline
from comparison.question import Question
from comparison.statistics.verdict import Verdict
from comparison.wording import day, findings, group_name

# The columns of the portfolio that a room can read.
_FEW = ("model", "running", "planned_by_now", "late", "review", "verdict")


def _timeline(q: Question, place: Place) -> Made:
    """Models, adoptions, plans and reviews on one axis; a click chooses the model looked at."""
    asked = model_asked(q)
    if asked is None:
        return no_models(q, place)
    all_models, root = asked.portfolio, q.root
    adopted = all_models.adoptions
    days = [*adopted["adopted_from"].drop_nulls(), *all_models.reviews["held_on"]]
    planned = adopted.filter(pl.col("adopted_from").is_null())
    period = (min([root.covers_from, *days]), max([root.cut_off, *days]))
    is_planned = planned["planned_from"].is_between(*period).any()

    def hover(name: str, on: date, change: int, units: int) -> str:
        key = "models.timeline_hover_joined" if change > 0 else "models.timeline_hover_left"
        return q.say(key, name=name, day=day(q.language, on), n=q.number(abs(change)), units=q.number(units))

    return Made(
        asked=q.scope.with_(period=covered(root), units=(), kind=None, compare="none"),
        title=in_effect_title(q.language, adopted, q.last_day.year),
        subtitle=q.say("models.timeline_note", planned=q.say("models.timeline_planned") if is_planned else ""),
        body=Chart(
            timeline(
                adopted.filter(pl.col("adopted_from").is_not_null()),
                list(all_models.names.items()),
                period,
                q.theme,
                units=all_models.units,
                count_text=lambda n: q.say("models.timeline_count", n=q.number(n), units=q.number(all_models.units)),
                hover_text=hover,
                month_text=lambda month: group_name(q.language, month),
                chosen=asked.model,
                reviews=all_models.reviews,
                review_text=lambda kind: q.say(f"models.review_{kind}"),
                review_hover=lambda name, kind, on, title: q.say(
                    "models.timeline_review",
                    name=name,
                    kind=findings.sentence(q.say(f"models.review_{kind}")),
                    day=day(q.language, on),
                    title=title,
                ),
                plans=planned,
                plan_hover=lambda name, on, units: q.say(
                    "models.timeline_plan", name=name, day=day(q.language, on), n=q.number(units)
                ),
                data_from=(root.covers_from, q.say("models.timeline_data")),
            ),
            narrowest=NARROWEST,
            opens=lambda mark: {MODEL: mark[0]} if mark[0] in all_models.names else {},
        ),
        numbers=Numbers(
            adopted.select(
                pl.col("model_name").alias(q.say("models.column_model")),
                pl.col("unit_name").alias(q.say("models.column_unit")),
                *(
                    pl.col(name).alias(q.say(f"models.column_{name}"))
                    for name in ("planned_from", "adopted_from", "adopted_to")
                ),
            )
        ),
        source=source_text(
            q.language, q.warehouse.id, covered(root), adopted["adopted_from"].count(), "models.source_timeline"
        ),
        method=method(q, "timeline"),
    )


def _portfolio(q: Question, place: Place) -> Made:
    """One row a model: who answers for it, roll-out against plan, the last review and the verdict on an outcome."""
    asked = model_asked(q)
    if asked is None:
        return no_models(q, place)
    all_models, scope = asked.portfolio, asked.scopes[asked.outcome]
    rolled = roll_out(all_models.adoptions, all_models.as_of)
    late = int(rolled["late"].sum())
    verdicts: dict[str, Verdict | None] = {}
    for model in all_models.names:
        kind = kind_to_show(all_models.of(model), q.scope.kind)
        found = life_of(q, model, asked.outcome, scope.with_(kind=kind))
        verdicts[model] = found.verdict if found is not None and found.has_data else None
    table = portfolio_table(
        q.language,
        rolled,
        dict(all_models.models.select("model", "responsible").iter_rows()),
        all_models.reviews,
        verdicts,
    )
    if place.rows is not None:
        table = table.select(q.say(f"models.column_{name}") for name in _FEW)
    return Made(
        lead="",
        title=q.say("models.portfolio_title_late", late=q.number(late)) if late else q.say("models.portfolio_title"),
        subtitle=q.say("models.portfolio_note", day=day(q.language, all_models.as_of), subject=asked.subject.short),
        body=Listing(Numbers(table)),
        source=q.say("models.source_portfolio", n=q.number(len(all_models.names))),
        method=method(q, "portfolio"),
    )


MODELS_OVER_TIME = Figure("dong-thoi-gian", PAGE, _timeline)
PORTFOLIO = Figure("danh-muc-mo-hinh", PAGE, _portfolio)
