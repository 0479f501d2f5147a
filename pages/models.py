"""Mô hình: what happened over each model's life, beside units that had not begun?"""

from datetime import date

import polars as pl
import streamlit as st

from comparison.charts.frames.models import (
    adopters_table,
    lines_of_units,
    model_to_show,
    most_units,
    running,
    since_launch_frame,
    since_launch_points,
    since_launch_table,
    table_headings,
)
from comparison.charts.frames.months import covered
from comparison.charts.frames.shares import source_text
from comparison.charts.since_launch import since_launch
from comparison.charts.timeline import timeline
from comparison.measures.case_lists import adoptions, units_asked
from comparison.scope import Scope
from comparison.widgets import Numbers, View, empty, figure, header, heading, view
from comparison.wording import date_range, day, findings, group_name

MODEL = "model"


def timeline_hover(v: View, name: str, on: date, change: int, units: int) -> str:
    key = "models.timeline_hover_joined" if change > 0 else "models.timeline_hover_left"
    return v.say(key, name=name, day=day(v.language, on), n=v.number(abs(change)), units=v.number(units))


def whole_life(v: View) -> Scope:
    """Every unit of the kind, over all that the data cover."""
    return v.scope.with_(period=covered(v.known.root_of[v.scope.root]), units=(), compare="none")


def show_timeline(v: View, adopted: pl.DataFrame, units: int, chosen: str) -> None:
    models = list(dict(adopted.select("model", "model_name").iter_rows()).items())
    root = v.known.root_of[v.scope.root]
    figure(
        v.asking(whole_life(v)),
        title=v.say("models.timeline_title"),
        subtitle=v.say("models.timeline_note"),
        fig=timeline(
            adopted, models, (root.covers_from, root.cut_off), v.theme, units=units,
            count_text=lambda n: v.say("models.timeline_count", n=v.number(n), units=v.number(units)),
            hover_text=lambda *ring: timeline_hover(v, *ring),
            month_text=lambda month: group_name(v.language, month), chosen=chosen,
        ),
        table=adopted.select(
            pl.col("model_name").alias(v.say("models.table_model")),
            pl.col("unit_name").alias(v.say("column.unit")),
            pl.col("adopted_from").alias(v.say("models.table_adopted_from")),
            pl.col("adopted_to").alias(v.say("models.table_adopted_to")),
        ),
        source=source_text(
            v.language, v.warehouse.id, covered(root), adopted.height, "models.source_timeline"
        ),
        key="dong-thoi-gian",
    )  # fmt: skip


def show_life(v: View, own: pl.DataFrame) -> None:
    scope = whole_life(v)
    life = scope.period
    answers = v.measure("satisfaction", ("unit", "month"), scope)
    points = since_launch_points(answers, own)
    chosen, without = (points.filter(pl.col("role") == role) for role in ("chosen", "comparison"))
    notes = [v.say("models.life_note"), v.say("models.life_span", range=date_range(v.language, life))]
    if v.scope.units:
        notes.append(v.say("models.life_chosen"))
    if chosen.is_empty():
        empty(v, title=v.say("models.life_title"), message=v.say("models.no_answers"), subtitle=" ".join(notes))
        return
    drawn = lines_of_units(points, [code for code, _ in units_asked(v.warehouse, v.scope, v.viewer)])
    adopters, beside = most_units(chosen), most_units(without)
    adopters_label = v.say("models.adopters_one") if adopters == 1 else v.say("models.adopters", n=v.number(adopters))
    labels = {"adopters": adopters_label, "not_yet": v.say("models.not_yet", n=v.number(beside))}
    figure(
        v.asking(scope),
        title=v.say("models.life_title"),
        subtitle=" ".join(notes),
        fig=since_launch(
            since_launch_frame(drawn, v.language), v.theme, value_text=v.tick,
            labels=labels, launch_text=v.say("models.launch"), axis_text=v.say("models.axis"),
        ),
        table=Numbers(
            since_launch_table(points, v.language), frozenset(table_headings(v.language)[1::2]), ("satisfaction",)
        ),
        source=source_text(v.language, v.warehouse.id, life, int(answers["denominator"].sum()), "source.sheets"),
        key="tu-khi-bat-dau",
    )  # fmt: skip
    if own["unit"].n_unique() == 1:
        st.caption(v.say("models.alone"))
    if not beside:
        st.markdown(v.say("models.no_comparison"))


def show(v: View) -> None:
    # Who is compared never changes with the units chosen; they only choose whose own lines are drawn.
    units = units_asked(v.warehouse, v.scope.with_(units=()), v.viewer)
    adopted = adoptions(v.warehouse, v.scope.root, tuple(code for code, _ in units), v.viewer)
    caption = "" if adopted.is_empty() else v.say("models.no_verdict")
    header(findings.models_title(v.language, *running(adopted)), caption)
    if adopted.is_empty():
        empty(
            v, title=v.say("models.timeline_title"), message=v.say("models.no_adoptions"),
            hint=v.say("models.no_adoptions_hint"),
        )  # fmt: skip
        return
    names = dict(adopted.select("model", "model_name").iter_rows())
    if st.session_state.get(MODEL) not in names:
        st.session_state[MODEL] = model_to_show(adopted, len(units))
    chosen = st.session_state[MODEL]
    show_timeline(v, adopted, len(units), chosen)
    st.pills(v.say("models.choose"), list(names), format_func=names.__getitem__, key=MODEL, required=True)
    own = adopted.filter(pl.col("model") == chosen)
    left, right = st.columns([2, 1], gap="large")
    with left:
        show_life(v, own)
    with right:
        heading(v.say("models.adopters_title"), v.say("models.adopters_note"))
        st.table(adopters_table(own, v.language), border="horizontal", hide_index=True)


show(view())
