"""How late units are once the fields they handle are allowed for, and in words what these explain."""

import numpy as np
import polars as pl
import streamlit as st

from comparison.charts.dumbbell import dumbbell
from comparison.charts.frames.case_mix import mix_frame, mix_numbers, mix_rows
from comparison.charts.frames.shares import room_for
from comparison.charts.frames.slide_rows import slide_rows
from comparison.findings.explained import Explained, explained_units
from comparison.measures.adjusted import Adjusted, case_mix
from comparison.measures.run import measure
from comparison.question import Question
from comparison.scope import Viewer
from comparison.statistics.case_mix import Lateness
from comparison.widgets.figure.figures import figure, heading
from comparison.widgets.figure.method import method
from comparison.widgets.figure.numbers import Numbers
from comparison.widgets.figure.slide_frame import shown_of
from comparison.widgets.lateness.drill import choose_unit
from comparison.widgets.words import show_caption, show_text
from comparison.wording import lateness_findings, short_unit_name

# Findings under the figure: more would be a list.
_MOST_SAID = 4


def late_mix(v: Question, kind: str) -> None:
    """All units of a kind from their raw to their adjusted share, beside their own expectation."""
    scope = v.scope.with_(units=(), fields=(), kind=kind, on_time="due")
    adjusted = case_mix(v.warehouse, scope, v.viewer)
    frame = mix_frame(adjusted)
    if frame["ratio"].is_null().all():
        heading(v.say("adjusted.subject"), v.say("adjusted.nobody"))
        return
    cells = measure(v.warehouse, scope, Viewer(), "late", ("unit", "field"))
    names = dict(adjusted.units)
    explained = {
        unit: (short_unit_name(names[unit]), field) for unit, (_, field) in explained_units(cells, adjusted).items()
    }
    more, less = (frame.filter(pl.col("lateness") == each.value) for each in (Lateness.MORE, Lateness.LESS))
    judged = [Lateness.USUAL.value, Lateness.MORE.value, Lateness.LESS.value]
    is_judged = frame["lateness"].is_in(judged).any()
    title = lateness_findings.adjusted_title(
        v.language, [name for name, _ in explained.values()], more["name"].to_list(), less["name"].to_list()
    )
    overall = _overall(cells)
    table, shares, scores = mix_numbers(frame, v.language)
    rows = frame if v.slide is None else _fewer(frame, set(explained))
    clicked = figure(
        v,
        title=title if is_judged else v.say("adjusted.subject"),
        subtitle=shown_of(v, rows.height, frame.height, "shown_standing") + _note(v, frame, is_judged),
        fig=dumbbell(
            mix_rows(rows, v.scope.units, v.language),
            v.theme,
            value_text=v.tick,
            overall=(overall, v.say("adjusted.overall", share=v.percent(overall))),
            column_head=v.say("adjusted.column"),
            left=room_for(rows["name"].to_list()),
        ),
        table=Numbers(table, shares, ("late_adjusted", "late"), scores),
        source=v.say(
            "adjusted.source",
            units=v.say(f"kind_count.{kind}", n=v.number(frame.height)),
            fields=v.number(cells.filter(pl.col("denominator") > 0)["field"].n_unique()),
        ),
        click=True,
        key="tre-han-co-cau",
        method=method(v, "adjusted"),
    )
    if v.slide is not None:
        return
    if clicked:
        choose_unit("tre-han-co-cau", clicked[0])
    _said(v, frame, explained)
    left_out = _left_out(adjusted)
    if left_out > 0:
        show_caption(v, v.say("adjusted.left_out", share=v.percent(left_out)))


def _fewer(frame: pl.DataFrame, explained: set[str]) -> pl.DataFrame:
    """The rows of a slide: those surely later or less late, those that their fields explain, then the largest."""
    flagged = frame.filter(pl.col("lateness").is_in([Lateness.MORE.value, Lateness.LESS.value]))["unit"]
    kept = slide_rows(frame["unit"].to_list(), {*flagged, *explained}, dict(frame.select("unit", "n").iter_rows()))
    return frame.filter(pl.col("unit").is_in(kept))


def _note(v: Question, frame: pl.DataFrame, is_judged: bool) -> str:
    """How to read the figure, in which order its rows stand and why, and what of the scope does not bear on it."""
    flagged = frame["lateness"].is_in([Lateness.MORE.value, Lateness.LESS.value]).any()
    said = ["note", "all_few" if not is_judged else "order" if flagged else "no_order"]
    said += ["all_fields"] if v.scope.fields else []
    said += ["by_due"] if v.scope.on_time != "due" else []
    return " ".join(v.say(f"adjusted.{key}") for key in said)


def _said(v: Question, frame: pl.DataFrame, explained: dict[str, tuple[str, Explained]]) -> None:
    """A sentence for each unit whose fields explain its share, and for each whose fields do not."""
    said = []
    for row in frame.iter_rows(named=True):
        values = {
            "unit": row["name"],
            "late": v.number(row["late"]),
            "expected": v.number(row["expected"], 1),
        }
        if row["ratio"] is not None:
            values |= {name: v.number(row[name], 2) for name in ("ratio", "low", "high")}
        if row["unit"] in explained:
            field = explained[row["unit"]][1]
            values |= {
                "raw": v.percent(row["raw"]), "adjusted": v.percent(row["adjusted"]),
                "mix": v.points(row["mix"]).lstrip("+"), "field": field.field, "own": v.percent(field.own, 0),
                "others": v.percent(field.others, 0),
            }  # fmt: skip
            said.append(v.say("adjusted.explains", **values))
        elif row["lateness"] == Lateness.MORE.value:
            said.append(v.say("adjusted.explains_not", **values))
    with st.container(gap="xxsmall"):
        for sentence in said[:_MOST_SAID]:
            show_text(v, sentence)


def _overall(cells: pl.DataFrame) -> float:
    return float(cells["numerator"].sum()) / float(cells["denominator"].sum())


def _left_out(adjusted: Adjusted) -> float:
    """The share of all cases of these units that is not compared."""
    compared = adjusted.case_mix
    parts = np.nan_to_num(compared.not_comparable, nan=0.0)
    cases = np.divide(compared.n, 1 - parts, out=np.zeros_like(compared.n), where=parts < 1)
    return float((cases * parts).sum() / cases.sum()) if cases.sum() else 0.0
