"""Hồ sơ đơn vị: one unit on one page, and on two sheets of paper."""

import streamlit as st

from comparison.charts.frames.side_by_side import shares_of
from comparison.figures.periods import period_caption
from comparison.measures.case_lists import units_asked
from comparison.measures.on_time import ON_TIME
from comparison.widgets import Question, header, missing, view
from comparison.widgets.frame.paper import screen_only, sheet
from comparison.widgets.frame.unit_choice import choose_kind, choose_unit, kinds_with
from comparison.widgets.unit.beside import Beside
from comparison.widgets.unit.figures import beside_rest, show_fields, show_measures
from comparison.widgets.unit.lists import show_cases, show_models
from comparison.widgets.unit.words import show_expectation, show_satisfaction
from comparison.widgets.words import show_caption
from comparison.wording import kind_of_one, place_within
from comparison.wording.findings import Share


def title(v: Question, now: Beside) -> str:
    """The unit, how much of its work is on time, and what is overdue."""
    ((code, name),) = now.units
    on_time = shares_of(v.measure(ON_TIME[v.scope.on_time], ("unit",), now.whole)).get(code, Share(0, 0))
    overdue = now.counts("overdue_open")[code]
    if not on_time.is_enough or overdue is None:
        return name
    return v.say(
        "unit_profile.title", unit=name, share=v.percent(on_time.value),
        overdue=v.say("unit_profile.none_overdue") if overdue == 0 else v.say(
            "unit_profile.overdue", n=v.number(overdue)
        ),
    )  # fmt: skip


def caption(v: Question, now: Beside, kind: str) -> str:
    """What the unit is and of which place, and the snapshot: "Xã thuộc huyện Tân Phước Đông. …"."""
    ((code, name),) = now.units
    what, snapshot = kind_of_one(v.language, kind, name), v.warehouse.id
    if code == v.scope.root:
        return v.say("unit_profile.caption_root", what=what, snapshot=snapshot)
    root = place_within(v.language, v.known.root_of[v.scope.root].name)
    return v.say("unit_profile.caption", what=what, root=root, snapshot=snapshot)


def show_choice(v: Question, n: int) -> None:
    kinds = kinds_with(v, 1)
    key = "unit_profile.none_chosen" if n else "unit_profile.nobody"
    header(v.say("menu.unit"), v.say(key, n=v.number(n)) if n else v.say(key))
    with st.container(horizontal=True, vertical_alignment="center"):
        choose_kind(v, kinds, v.scope.kind)
        choose_unit(v, v.scope.kind)


def show_profile(v: Question, now: Beside, kind: str) -> None:
    ((code, _),) = now.units
    header(
        title(v, now),
        period_caption(v),
        caption(v, now, kind),
    )
    with screen_only("choice"):
        choose_unit(v, kind)
        show_caption(v, v.say("unit_profile.paper"))
    if v.has_data:
        show_measures(v, now)
        show_fields(v, now)
        show_expectation(v, now)
        show_satisfaction(v, now)
    else:
        missing(v, title=v.say("unit_profile.measures"), page="ho-so-don-vi")
    show_models(v, code)
    show_cases(v, code)


def show(v: Question) -> None:
    units = units_asked(v.warehouse, v.scope, v.viewer)
    if len(units) != 1:
        show_choice(v, len(units))
        return
    (unit,) = units
    kind = v.known.unit_of[unit[0]].kind
    with sheet():
        show_profile(v, beside_rest(v.asking(v.now), unit, kind), kind)


show(view())
