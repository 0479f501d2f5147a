"""How late units are once the fields they handle are allowed for, and in words what these explain."""

import numpy as np
import polars as pl

from comparison.figures.figure import Chart, Figure, Made, Words
from comparison.figures.lateness.heat_map import unit_opened
from comparison.figures.lateness.titles import PAGE
from comparison.figures.numbers import Numbers
from comparison.figures.words import method, shown_of
from comparison.findings.explained import Explained, explained_units
from comparison.forms.dumbbell import dumbbell
from comparison.forms.frames.case_mix import mix_frame, mix_numbers, mix_rows
from comparison.forms.frames.shares import room_for
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.place import Place
from comparison.measures.adjusted import Adjusted, case_mix
from comparison.measures.run import measure
from comparison.question import Question
from comparison.scope import Viewer
from comparison.statistics.case_mix import Lateness
from comparison.wording import lateness_findings, short_unit_name

# Findings under the figure: more would be a list.
_MOST_SAID = 4


def _made(q: Question, place: Place) -> Made | None:
    """All units of a kind from their raw to their adjusted share, beside their own expectation."""
    kind = q.kind_compared
    if kind is None:
        return None
    if kind == "department":
        return Made(title=q.say("briefing.departments"), body=Words((("", q.say("briefing.departments_why")),)))
    scope = q.scope.with_(units=(), fields=(), kind=kind, on_time="due")
    adjusted = case_mix(q.warehouse, scope, q.viewer)
    frame = mix_frame(adjusted)
    if frame["ratio"].is_null().all():
        return Made(title=q.say("adjusted.subject"), subtitle=q.say("adjusted.nobody"))
    cells = measure(q.warehouse, scope, Viewer(), "late", ("unit", "field"))
    names = dict(adjusted.units)
    explained = {
        unit: (short_unit_name(names[unit]), field) for unit, (_, field) in explained_units(cells, adjusted).items()
    }
    more, less = (frame.filter(pl.col("lateness") == each.value) for each in (Lateness.MORE, Lateness.LESS))
    judged = [Lateness.USUAL.value, Lateness.MORE.value, Lateness.LESS.value]
    is_judged = bool(frame["lateness"].is_in(judged).any())
    title = lateness_findings.adjusted_title(
        q.language, [name for name, _ in explained.values()], more["name"].to_list(), less["name"].to_list()
    )
    overall = _overall(cells)
    table, shares, scores = mix_numbers(frame, q.language)
    rows = frame if place.rows is None else _fewer(frame, set(explained), place.rows)
    left_out = _left_out(adjusted)
    return Made(
        title=title if is_judged else q.say("adjusted.subject"),
        subtitle=shown_of(q, rows.height, frame.height, "shown_standing") + _note(q, frame, is_judged),
        body=Chart(
            dumbbell(
                mix_rows(rows, q.scope.units, q.language),
                q.theme,
                value_text=q.tick,
                overall=(overall, q.say("adjusted.overall", share=q.percent(overall))),
                column_head=q.say("adjusted.column"),
                left=room_for(rows["name"].to_list()),
            ),
            opens=unit_opened,
        ),
        numbers=Numbers(table, shares, ("late_adjusted", "late"), scores),
        source=q.say(
            "adjusted.source",
            units=q.units_counted(kind, frame.height),
            fields=q.number(cells.filter(pl.col("denominator") > 0)["field"].n_unique()),
        ),
        method=method(q, "adjusted"),
        said=tuple(_said(q, frame, explained)[:_MOST_SAID]),
        captions=(q.say("adjusted.left_out", share=q.percent(left_out)),) if left_out > 0 else (),
    )


def _fewer(frame: pl.DataFrame, explained: set[str], most: int) -> pl.DataFrame:
    """The rows of a slide: those surely later or less late, those that their fields explain, then the largest."""
    flagged = frame.filter(pl.col("lateness").is_in([Lateness.MORE.value, Lateness.LESS.value]))["unit"]
    kept = slide_rows(
        frame["unit"].to_list(), {*flagged, *explained}, dict(frame.select("unit", "n").iter_rows()), most
    )
    return frame.filter(pl.col("unit").is_in(kept))


def _note(q: Question, frame: pl.DataFrame, is_judged: bool) -> str:
    """How to read the figure, in which order its rows stand and why, and what of the scope does not bear on it."""
    flagged = frame["lateness"].is_in([Lateness.MORE.value, Lateness.LESS.value]).any()
    said = ["note", "all_few" if not is_judged else "order" if flagged else "no_order"]
    said += ["all_fields"] if q.scope.fields else []
    said += ["by_due"] if q.scope.on_time != "due" else []
    return " ".join(q.say(f"adjusted.{key}") for key in said)


def _said(q: Question, frame: pl.DataFrame, explained: dict[str, tuple[str, Explained]]) -> list[str]:
    """A sentence for each unit whose fields explain its share, and for each whose fields do not."""
    said = []
    for row in frame.iter_rows(named=True):
        values = {
            "unit": row["name"],
            "late": q.number(row["late"]),
            "expected": q.number(row["expected"], 1),
        }
        if row["ratio"] is not None:
            values |= {name: q.number(row[name], 2) for name in ("ratio", "low", "high")}
        if row["unit"] in explained:
            field = explained[row["unit"]][1]
            values |= {
                "raw": q.percent(row["raw"]), "adjusted": q.percent(row["adjusted"]),
                "mix": q.points(row["mix"]).lstrip("+"), "field": field.field, "own": q.percent(field.own, 0),
                "others": q.percent(field.others, 0),
            }  # fmt: skip
            said.append(q.say("adjusted.explains", **values))
        elif row["lateness"] == Lateness.MORE.value:
            said.append(q.say("adjusted.explains_not", **values))
    return said


def _overall(cells: pl.DataFrame) -> float:
    return float(cells["numerator"].sum()) / float(cells["denominator"].sum())


def _left_out(adjusted: Adjusted) -> float:
    """The share of all cases of these units that is not compared."""
    compared = adjusted.case_mix
    parts = np.nan_to_num(compared.not_comparable, nan=0.0)
    cases = np.divide(compared.n, 1 - parts, out=np.zeros_like(compared.n), where=parts < 1)
    return float((cases * parts).sum() / cases.sum()) if cases.sum() else 0.0


LATE_CASE_MIX = Figure("tre-han-co-cau", PAGE, _made)
