"""Which model and outcome are asked for, and what is known of its life: what every part of Mô hình rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from comparison.figures.figure import Made, Missing, Words
from comparison.figures.own_choice import own_choice
from comparison.findings import Page
from comparison.findings.roll_out import kind_to_show
from comparison.forms.frames.models import model_to_show
from comparison.forms.frames.months import covered
from comparison.forms.place import Place
from comparison.life import OUTCOMES, Changes, Life, life, what_else_changed, whole_months
from comparison.measures import model_lists
from comparison.measures.memory import remembered
from comparison.question import Question
from comparison.scope import Ignored, Scope
from comparison.wording import findings
from comparison.wording.verdicts import Subject

PAGE: Page = "mo-hinh"
# The page's own parameters: the model looked at, and the outcome that it is judged by.
MODEL, OUTCOME = "model", "outcome"


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


def portfolio(q: Question) -> Portfolio:
    """Told as of the data's last day, or of a later review: whose conclusions could else stand before it was held."""
    root = q.scope.root
    reviews = model_lists.reviews(q.warehouse, root, q.viewer)
    units = tuple(unit.code for unit in q.known.units_of(root) if unit.code != root)
    return Portfolio(
        model_lists.adoptions(q.warehouse, root, units, q.viewer),
        model_lists.models(q.warehouse, root, q.viewer),
        reviews,
        len(units),
        max([q.known.root_of[root].cut_off, *reviews["held_on"]]),
    )


def life_of(q: Question, model: str, outcome: str, scope: Scope) -> Life | None:
    """The life of a model in the units of the scope's kind; None where no month is whole."""
    if scope.kind is None or whole_months(q.known.root_of[scope.root]) is None:
        return None
    return life(q.warehouse, scope, q.viewer, model, outcome)


@dataclass(frozen=True)
class ModelAsked:
    """One model and outcome of a portfolio. `own`: its adoptions, those of the kind looked at first; `scopes`, `lives`
    and `subjects` by outcome; `field`: the name of the field whose lateness it is; `ignored`: what of the address names
    no model or outcome."""

    portfolio: Portfolio
    model: str
    outcome: str
    own: pl.DataFrame
    kind: str
    scope: Scope
    scopes: Mapping[str, Scope]
    lives: Mapping[str, Life | None]
    subjects: Mapping[str, Subject]
    field: str
    ignored: tuple[Ignored, ...]

    @property
    def found(self) -> Life | None:
        return self.lives[self.outcome]

    @property
    def subject(self) -> Subject:
        return self.subjects[self.outcome]

    @property
    def others_begun(self) -> pl.DataFrame:
        """The adoptions of all other models that have begun."""
        return self.portfolio.adoptions.filter((pl.col("model") != self.model) & pl.col("adopted_from").is_not_null())

    @property
    def row(self) -> dict[str, str | None]:
        return self.portfolio.models.row(by_predicate=pl.col("model") == self.model, named=True)

    def changes(self, q: Question) -> Changes | None:
        """What else moved; None where that is not known."""
        found = self.found
        return None if found is None else what_else_changed(q.warehouse, self.scopes[self.outcome], q.viewer, found)


@remembered(64)
def model_asked(q: Question, outcome: str = "") -> ModelAsked | None:
    """The model and outcome of the address, or `outcome` instead; None where no model has an adoption."""
    all_models = portfolio(q)
    if all_models.adoptions.is_empty():
        return None
    of_kind = all_models.adoptions.filter(pl.col("unit_kind") == (q.scope.kind or ""))
    usual_model = model_to_show(
        of_kind if of_kind.height else all_models.adoptions, len(q.known.units_of(q.scope.root, q.scope.kind))
    )
    model, no_model = own_choice(q, MODEL, list(all_models.names), usual_model)
    fields = {field.code: field.short_name for field in q.known.fields}
    late_in = q.scope.fields or (worst_field(q),)
    own = all_models.of(model)
    kind = kind_to_show(own, q.scope.kind)
    scope = q.scope.with_(kind=kind)
    scopes = {name: scope.with_(fields=late_in) if each.in_field else scope for name, each in OUTCOMES.items()}
    lives = {name: life_of(q, model, name, scopes[name]) for name in OUTCOMES}
    usual = next((name for name, found in lives.items() if found is not None and found.has_data), next(iter(OUTCOMES)))
    chosen, no_outcome = own_choice(q, OUTCOME, list(OUTCOMES), usual)
    field = ", ".join(findings.within(q.language, fields[code]) for code in late_in if code in fields)
    return ModelAsked(
        all_models,
        model,
        outcome or chosen,
        own.sort(pl.col("unit_kind") != kind, maintain_order=True),
        kind,
        scope,
        scopes,
        lives,
        {name: subject_of(q, name, field) for name in OUTCOMES},
        field,
        (*no_model, *(() if outcome else no_outcome)),
    )


def worst_field(q: Question) -> str:
    """The field whose lateness is looked at where none is chosen: the one with most late cases, whenever they were."""
    ever = q.scope.with_(period=covered(q.known.root_of[q.scope.root]), units=(), fields=(), compare="none")
    late = q.measure("late", ("field",), ever).sort("numerator", "field", descending=[True, False])
    return str(late["field"][0]) if late.height else ""


def subject_of(q: Question, outcome: str, field: str) -> Subject:
    """What an outcome is called; field: the name of the field whose lateness it is, or ""."""
    values = {"field": field} if OUTCOMES[outcome].in_field and field else {}
    name = f"{outcome}_anywhere" if OUTCOMES[outcome].in_field and not field else outcome
    return Subject(q.say(f"outcome_share.{name}_short", **values), q.say(f"outcome_share.{name}", **values))


def is_mirrored(q: Question, name: str, outcome: str) -> bool:
    """With fields chosen, what is on time in them is what is not late: one of the two says it all."""
    return bool(q.scope.fields) and (name == "late" or (name == "on_time" and outcome == "late"))


def others_shown(q: Question, asked: ModelAsked) -> list[str]:
    """The other outcomes that have figures of their own."""
    return [
        name
        for name, found in asked.lives.items()
        if name != asked.outcome and found is not None and not is_mirrored(q, name, asked.outcome)
    ]


def whole_life(q: Question, scope: Scope) -> Scope:
    """Every unit of the kind over all whole months: who is compared never changes with the units chosen."""
    period = whole_months(q.root)
    assert period is not None, "asked only where a month is whole"
    return scope.with_(period=period, units=(), compare="none", on_time="due")


def nothing_of(q: Question, place: Place, asked: ModelAsked) -> Made | None:
    """In place of a figure that the model does not have: nothing on a page, words on a slide."""
    if place.is_used:
        return None
    why = Words((("", q.say("briefing.nothing_drawn_why")),))
    return Made(title=q.say("briefing.nothing_drawn"), body=why, lead=str(asked.row["model_name"]))


def no_models(q: Question, place: Place) -> Made:
    """In place of a figure where no model has an adoption."""
    nothing = Missing(q.say("models.no_adoptions"), q.say("models.no_adoptions_hint"))
    return Made(title=findings.models_none(q.language), body=nothing if place.is_used else None)
