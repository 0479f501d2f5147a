"""Which model and outcome are asked for, and what is known of its life: what every part of Mô hình rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from comparison.charts.frames.models import model_to_show
from comparison.charts.frames.months import covered
from comparison.findings.roll_out import kind_to_show
from comparison.life import OUTCOMES, Changes, Life, what_else_changed
from comparison.question import Question
from comparison.scope import Scope
from comparison.widgets.frame.own_choice import own_asked
from comparison.widgets.models.portfolio import MODEL, Portfolio, life_of, portfolio
from comparison.widgets.models.verdict import subject_of
from comparison.wording import day, findings
from comparison.wording.verdicts import Subject

# The page's own parameter that names the outcome the model is judged by.
OUTCOME = "outcome"


@dataclass(frozen=True)
class ModelAsked:
    """One model and outcome of a portfolio. `own`: its adoptions, those of the kind looked at first; `scopes`, `lives`
    and `subjects` by outcome; `field`: the name of the field whose lateness it is."""

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

    def changes(self, v: Question) -> Changes | None:
        """What else moved; None where that is not known."""
        found = self.found
        return None if found is None else what_else_changed(v.warehouse, self.scopes[self.outcome], v.viewer, found)


def model_asked(v: Question, outcome: str = "") -> ModelAsked | None:
    """The model and outcome of the address, or `outcome` instead; None where no model has an adoption."""
    all_models = portfolio(v)
    if all_models.adoptions.is_empty():
        return None
    of_kind = all_models.adoptions.filter(pl.col("unit_kind") == (v.scope.kind or ""))
    default = model_to_show(
        of_kind if of_kind.height else all_models.adoptions, len(v.known.units_of(v.scope.root, v.scope.kind))
    )
    model = own_asked(v, MODEL, list(all_models.names), default)
    fields = {field.code: field.short_name for field in v.known.fields}
    late_in = v.scope.fields or (worst_field(v),)
    own = all_models.of(model)
    kind = kind_to_show(own, v.scope.kind)
    scope = v.scope.with_(kind=kind)
    scopes = {name: scope.with_(fields=late_in) if name == "late" else scope for name in OUTCOMES}
    lives = {name: life_of(v, model, name, scopes[name]) for name in OUTCOMES}
    usual = next((name for name, found in lives.items() if found is not None and found.has_data), "satisfaction")
    field = ", ".join(findings.within(v.language, fields[code]) for code in late_in if code in fields)
    return ModelAsked(
        all_models, model, outcome or own_asked(v, OUTCOME, list(OUTCOMES), usual),
        own.sort(pl.col("unit_kind") != kind, maintain_order=True), kind, scope, scopes, lives,
        {name: subject_of(v, name, field) for name in OUTCOMES}, field,
    )  # fmt: skip


def worst_field(v: Question) -> str:
    """The field whose lateness is looked at where none is chosen: the one with most late cases, whenever they were."""
    ever = v.scope.with_(period=covered(v.known.root_of[v.scope.root]), units=(), fields=(), compare="none")
    late = v.measure("late", ("field",), ever).sort("numerator", "field", descending=[True, False])
    return str(late["field"][0]) if late.height else ""


def began(v: Question, own: pl.DataFrame) -> str:
    days = own["adopted_from"].drop_nulls()
    first, last = days.min(), days.max()
    assert isinstance(first, date), "asked only of a model that has begun"
    assert isinstance(last, date), "as above"
    if first == last:
        return v.say("models.began_one", day=day(v.language, first))
    return v.say("models.began_several", first=day(v.language, first), last=day(v.language, last))


def captions(v: Question, row: dict[str, str | None], own: pl.DataFrame, kind: str) -> list[str]:
    """Where, since when, who answers for it, what for; and where else."""
    begun = own.filter(pl.col("adopted_from").is_not_null())
    by_kind = dict(begun.group_by("unit_kind").len().sort("unit_kind").iter_rows())

    def kind_of(name: str) -> str:
        return v.say(f"kind_count.{name}", n=v.number(by_kind[name]))

    told = [v.say("models.whole_life")]
    if begun.height:
        where = v.say("models.where", units=", ".join(kind_of(name) for name in by_kind))
        responsible = row["responsible"] or v.say("models.caption_no_one")
        told = [v.say("models.caption", where=where, began=began(v, begun), responsible=responsible), *told]
    if row["purpose"]:
        told[0] += " " + v.say("models.purpose", purpose=row["purpose"])
    others = [kind_of(name) for name in by_kind if name != kind]
    if v.scope.kind not in (None, kind):
        told.append(v.say("models.nobody_of_kind", kind=v.say(f"kind.{kind}").lower()))
    elif others and kind in by_kind:
        told.append(v.say("models.other_kinds", kind=kind_of(kind), others=", ".join(others)))
    return told
