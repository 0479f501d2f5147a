"""All models of a root: who adopted them and when, against the plan, and what may be said of each."""

from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

from comparison.charts.frames.models import in_effect_title, portfolio_table
from comparison.charts.frames.months import covered
from comparison.charts.frames.shares import source_text
from comparison.charts.timeline import NARROWEST, timeline
from comparison.figures.words import method
from comparison.findings.roll_out import kind_to_show, roll_out
from comparison.life import Life, life, whole_months
from comparison.measures import model_lists
from comparison.question import Question
from comparison.scope import Scope
from comparison.statistics.verdict import Verdict
from comparison.widgets.address import go
from comparison.widgets.figure.figures import figure, listing
from comparison.wording import day, findings, group_name

# The page's own parameter that names the model looked at.
MODEL = "model"
# The columns of the portfolio that a slide has room for.
_ON_SLIDE = ("model", "running", "planned_by_now", "late", "review", "verdict")


@dataclass(frozen=True)
class Portfolio:
    """All models of a root: who adopted them (planned ones too), and what is said of each."""

    adoptions: pl.DataFrame
    models: pl.DataFrame
    reviews: pl.DataFrame
    units: int
    as_of: date

    @property
    def names(self) -> dict[str, str]:
        return dict(self.models.select("model", "model_name").iter_rows())

    def of(self, model: str) -> pl.DataFrame:
        return self.adoptions.filter(pl.col("model") == model)


def portfolio(v: Question) -> Portfolio:
    """Told as of the data's last day, or of a later review: whose conclusions could else stand before it was held."""
    root = v.scope.root
    reviews = model_lists.reviews(v.warehouse, root, v.viewer)
    units = tuple(unit.code for unit in v.known.units_of(root) if unit.code != root)
    return Portfolio(
        model_lists.adoptions(v.warehouse, root, units, v.viewer),
        model_lists.models(v.warehouse, root, v.viewer),
        reviews,
        len(units),
        max([v.known.root_of[root].cut_off, *reviews["held_on"]]),
    )


def life_of(v: Question, model: str, outcome: str, scope: Scope) -> Life | None:
    """The life of a model in the units of the scope's kind; None where no month is whole."""
    if scope.kind is None or whole_months(v.known.root_of[scope.root]) is None:
        return None
    return life(v.warehouse, scope, v.viewer, model, outcome)


def show_timeline(v: Question, all_models: Portfolio, chosen: str) -> None:
    """Models, adoptions, plans and reviews on one axis; a click chooses the model looked at."""
    root = v.known.root_of[v.scope.root]
    adopted = all_models.adoptions
    days = [*adopted["adopted_from"].drop_nulls(), *all_models.reviews["held_on"]]
    planned = adopted.filter(pl.col("adopted_from").is_null())
    period = (min([root.covers_from, *days]), max([root.cut_off, *days]))
    is_planned = planned["planned_from"].is_between(*period).any()

    def hover(name: str, on: date, change: int, units: int) -> str:
        key = "models.timeline_hover_joined" if change > 0 else "models.timeline_hover_left"
        return v.say(key, name=name, day=day(v.language, on), n=v.number(abs(change)), units=v.number(units))

    clicked = figure(
        v.asking(v.scope.with_(period=covered(root), units=(), kind=None, compare="none")),
        title=in_effect_title(v.language, adopted, v.last_day.year),
        subtitle=v.say("models.timeline_note", planned=v.say("models.timeline_planned") if is_planned else ""),
        fig=timeline(
            adopted.filter(pl.col("adopted_from").is_not_null()), list(all_models.names.items()), period, v.theme,
            units=all_models.units,
            count_text=lambda n: v.say("models.timeline_count", n=v.number(n), units=v.number(all_models.units)),
            hover_text=hover,
            month_text=lambda month: group_name(v.language, month), chosen=chosen,
            reviews=all_models.reviews, review_text=lambda kind: v.say(f"models.review_{kind}"),
            review_hover=lambda name, kind, on, title: v.say(
                "models.timeline_review", name=name, kind=findings.sentence(v.say(f"models.review_{kind}")),
                day=day(v.language, on), title=title,
            ),
            plans=planned,
            plan_hover=lambda name, on, units: v.say(
                "models.timeline_plan", name=name, day=day(v.language, on), n=v.number(units)
            ),
            data_from=(root.covers_from, v.say("models.timeline_data")),
        ),
        table=adopted.select(
            pl.col("model_name").alias(v.say("models.column_model")),
            pl.col("unit_name").alias(v.say("models.column_unit")),
            *(
                pl.col(name).alias(v.say(f"models.column_{name}"))
                for name in ("planned_from", "adopted_from", "adopted_to")
            ),
        ),
        source=source_text(
            v.language, v.warehouse.id, covered(root), adopted["adopted_from"].count(), "models.source_timeline"
        ),
        key="dong-thoi-gian",
        method=method(v, "timeline"),
        narrowest=NARROWEST,
        click=True,
    )  # fmt: skip
    if clicked and clicked[0] != chosen and clicked[0] in all_models.names:
        go(own={MODEL: clicked[0]})
        st.rerun()


def show_portfolio(v: Question, all_models: Portfolio, scope: Scope, outcome: str, subject: str) -> None:
    """One row a model: who answers for it, roll-out against plan, the last review and the verdict on an outcome."""
    rolled = roll_out(all_models.adoptions, all_models.as_of)
    late = int(rolled["late"].sum())
    verdicts: dict[str, Verdict | None] = {}
    for model in all_models.names:
        kind = kind_to_show(all_models.of(model), v.scope.kind)
        found = life_of(v, model, outcome, scope.with_(kind=kind))
        verdicts[model] = found.verdict if found is not None and found.has_data else None
    table = portfolio_table(
        v.language, rolled, dict(all_models.models.select("model", "responsible").iter_rows()), all_models.reviews,
        verdicts,
    )  # fmt: skip
    if v.slide is not None:
        table = table.select(v.say(f"models.column_{name}") for name in _ON_SLIDE)
    listing(
        v,
        title=v.say("models.portfolio_title_late", late=v.number(late)) if late else v.say("models.portfolio_title"),
        subtitle=v.say("models.portfolio_note", day=day(v.language, all_models.as_of), subject=subject),
        table=table,
        source=v.say("models.source_portfolio", n=v.number(len(all_models.names))),
        key="danh-muc-mo-hinh",
        method=method(v, "portfolio"),
    )  # fmt: skip
