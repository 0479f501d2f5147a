"""Mô hình: what has each model done over its life, and how sure is that?"""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from comparison.charts.frames.models import kind_to_show, model_to_show, unit_table
from comparison.charts.frames.months import covered
from comparison.life import OUTCOMES, Life, what_else_changed
from comparison.scope import Ignored
from comparison.statistics.effect import Standing
from comparison.widgets import View, empty, header, listing, name_ignored, view
from comparison.widgets.address import go
from comparison.widgets.model_life import show_checks, show_life, show_other_outcomes, show_placebos
from comparison.widgets.model_portfolio import MODEL, life_of, portfolio, show_portfolio, show_timeline
from comparison.widgets.model_reviews import show_conclusions, show_criteria
from comparison.widgets.verdict import show_verdict, subject_of
from comparison.wording import day, findings, short_unit_name

OUTCOME = "outcome"
MOST_LETTERS = 90


def asked_for(v: View, name: str, there: list[str], default: str) -> str:
    """One of the page's own parameters; what it cannot be is named."""
    wanted = v.own.get(name, default)
    if wanted in there:
        return wanted
    name_ignored(v, (Ignored(name, wanted, "unknown_value"),))
    return default


def choose(v: View, name: str, options: dict[str, str], chosen: str) -> None:
    """Pills where they fit on one line, else a box."""
    key = f"choice-{name}"
    st.session_state[key] = chosen
    words: dict[str, Any] = {
        "label": v.say("models.choose" if name == MODEL else "models.choose_outcome"), "options": list(options),
        "format_func": options.__getitem__, "key": key, "label_visibility": "collapsed",
        "on_change": lambda: go(own={name: st.session_state[key]}),
    }  # fmt: skip
    if sum(map(len, options.values())) <= MOST_LETTERS:
        st.pills(required=True, **words)
    else:
        st.selectbox(width=420, **words)


def began(v: View, own: pl.DataFrame) -> str:
    days = own["adopted_from"].drop_nulls()
    first, last = days.min(), days.max()
    assert isinstance(first, date), "asked only of a model that has begun"
    assert isinstance(last, date), "as above"
    if first == last:
        return v.say("models.began_one", day=day(v.language, first))
    return v.say("models.began_several", first=day(v.language, first), last=day(v.language, last))


def captions(v: View, row: dict[str, str | None], own: pl.DataFrame, kind: str) -> list[str]:
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


def show_units(v: View, own: pl.DataFrame, found: Life | None, share: str, on: date) -> None:
    with_figures = found is not None and found.has_data
    beside = found.names_of(Standing.COMPARED) if found is not None else []
    note = (
        v.say("models.units_note", share=findings.sentence(share)) if with_figures else v.say("models.units_note_dates")
    )
    if beside:
        note += " " + v.say("models.units_beside", units=", ".join(short_unit_name(name) for name in beside))
    listing(
        v,
        title=v.say("models.units_title"),
        subtitle=note,
        table=unit_table(v.language, own, found if with_figures else None, on),
        source=v.say("models.source_units", n=v.number(own.height)),
        key="don-vi-lam-mo-hinh",
    )


def worst_field(v: View) -> str:
    """The field whose lateness is looked at where none is chosen: the one with most late cases, whenever they were."""
    ever = v.scope.with_(period=covered(v.known.root_of[v.scope.root]), units=(), fields=(), compare="none")
    late = v.measure("late", ("field",), ever).sort("numerator", "field", descending=[True, False])
    return str(late["field"][0]) if late.height else ""


def is_mirrored(v: View, name: str, outcome: str) -> bool:
    """With fields chosen, what is on time in them is what is not late: one of the two says it all."""
    return bool(v.scope.fields) and (name == "late" or (name == "on_time" and outcome == "late"))


def show(v: View) -> None:
    all_models = portfolio(v)
    if all_models.adoptions.is_empty():
        title = findings.models_none(v.language)
        header(title)
        empty(v, title="", message=v.say("models.no_adoptions"), hint=v.say("models.no_adoptions_hint"))
        return
    of_kind = all_models.adoptions.filter(pl.col("unit_kind") == (v.scope.kind or ""))
    default = model_to_show(
        of_kind if of_kind.height else all_models.adoptions, len(v.known.units_of(v.scope.root, v.scope.kind))
    )
    model = asked_for(v, MODEL, list(all_models.names), default)
    fields = {field.code: field.short_name for field in v.known.fields}
    late_in = v.scope.fields or (worst_field(v),)
    field = ", ".join(findings.within(v.language, fields[code]) for code in late_in if code in fields)
    own = all_models.of(model)
    kind = kind_to_show(own, v.scope.kind)
    own = own.sort(pl.col("unit_kind") != kind, maintain_order=True)
    scope = v.scope.with_(kind=kind)
    scopes = {name: scope.with_(fields=late_in) if name == "late" else scope for name in OUTCOMES}
    lives = {name: life_of(v, model, name, scopes[name]) for name in OUTCOMES}
    usual = next((name for name, found in lives.items() if found is not None and found.has_data), "satisfaction")
    outcome = asked_for(v, OUTCOME, list(OUTCOMES), usual)
    subjects = {name: subject_of(v, name, field) for name in OUTCOMES}
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        choose(v, MODEL, all_models.names, model)
        choose(v, OUTCOME, {name: findings.sentence(subjects[name].short) for name in OUTCOMES}, outcome)
    found = lives[outcome]
    changes = what_else_changed(v.warehouse, scopes[outcome], v.viewer, found) if found is not None else None
    row = all_models.models.row(by_predicate=pl.col("model") == model, named=True)
    show_verdict(v, row["model_name"], subjects[outcome], found, changes, *captions(v, row, own, kind))
    others_begun = all_models.adoptions.filter((pl.col("model") != model) & pl.col("adopted_from").is_not_null())
    if found is not None and found.has_data:
        left, right = st.columns([2, 1], gap="large")
        with left:
            show_life(v.asking(scopes[outcome]), found, subjects[outcome], own, others_begun, field)
        with right:
            show_checks(v.asking(scopes[outcome]), found, changes)
        show_placebos(v, found)
    show_timeline(v, all_models, model)
    others = {
        name: (other, subjects[name], scopes[name])
        for name, other in lives.items()
        if name != outcome and other is not None and not is_mirrored(v, name, outcome)
    }
    if others:
        show_other_outcomes(v.asking(scope), others, own, others_begun, field)
    show_units(v, own, found, subjects[outcome].share, all_models.as_of)
    show_criteria(v, model, all_models.reviews)
    show_conclusions(v, model, all_models.as_of)
    show_portfolio(v, all_models, scopes[outcome], outcome, subjects[outcome].short)


show(view())
