"""Mô hình: what has each model done over its life, and how sure is that?"""

from typing import Any

import streamlit as st

from comparison.life import OUTCOMES
from comparison.widgets import Question, elements, empty, header, view
from comparison.widgets.address import go
from comparison.widgets.frame.findings_block import show_findings
from comparison.widgets.models.asked import OUTCOME, captions, model_asked
from comparison.widgets.models.life import show_checks, show_life, show_other_outcomes, show_placebos
from comparison.widgets.models.portfolio import MODEL, show_portfolio, show_timeline
from comparison.widgets.models.reviews import show_conclusions, show_criteria
from comparison.widgets.models.units import show_units
from comparison.widgets.models.verdict import show_verdict, verdict_title
from comparison.wording import findings

MOST_LETTERS = 90


def choose(v: Question, name: str, options: dict[str, str], chosen: str) -> None:
    """Pills where they fit on one line, else a box."""
    key = f"choice-{name}"
    st.session_state[key] = chosen
    words: dict[str, Any] = {
        "label": v.say("models.choose" if name == MODEL else "models.choose_outcome"), "options": list(options),
        "format_func": options.__getitem__, "key": key, "label_visibility": "collapsed",
        "on_change": lambda: go(own={name: st.session_state[key]}),
    }  # fmt: skip
    if sum(map(len, options.values())) <= MOST_LETTERS:
        elements.pills(required=True, **words)
    else:
        elements.selectbox(width=420, filter_mode=None, placeholder=v.say("filter.choose"), **words)


def is_mirrored(v: Question, name: str, outcome: str) -> bool:
    """With fields chosen, what is on time in them is what is not late: one of the two says it all."""
    return bool(v.scope.fields) and (name == "late" or (name == "on_time" and outcome == "late"))


def show(v: Question) -> None:
    asked = model_asked(v)
    if asked is None:
        title = findings.models_none(v.language)
        header(title)
        empty(v, title="", message=v.say("models.no_adoptions"), hint=v.say("models.no_adoptions_hint"))
        return
    all_models, own, outcome, found, subject = asked.portfolio, asked.own, asked.outcome, asked.found, asked.subject
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        choose(v, MODEL, all_models.names, asked.model)
        choose(v, OUTCOME, {name: v.say(f"models.look_at_{name}") for name in OUTCOMES}, outcome)
    changes = asked.changes(v)
    name = str(asked.row["model_name"])
    show_verdict(v, name, subject, found, changes, *captions(v, asked.row, own, asked.kind))
    show_findings(v, "mo-hinh", said=verdict_title(v, name, subject, found), own={MODEL: asked.model})
    if found is not None and found.has_data:
        left, right = st.columns([2, 1], gap="large")
        with left:
            show_life(v.asking(asked.scopes[outcome]), found, subject, own, asked.others_begun, asked.field)
        with right:
            show_checks(v.asking(asked.scopes[outcome]), found, changes)
        show_placebos(v, found)
    show_timeline(v, all_models, asked.model)
    others = {
        name: (other, asked.subjects[name], asked.scopes[name])
        for name, other in asked.lives.items()
        if name != outcome and other is not None and not is_mirrored(v, name, outcome)
    }
    if others:
        show_other_outcomes(v.asking(asked.scope), others, own, asked.others_begun, asked.field)
    show_units(v, own, found, subject.share, all_models.as_of)
    show_criteria(v, asked.model, all_models.reviews)
    show_conclusions(v, asked.model, all_models.as_of)
    show_portfolio(v, all_models, asked.scopes[outcome], outcome, subject.short)


show(view())
