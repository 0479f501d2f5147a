"""The figures of one model's life: by months since launch, the checks of its effect, a single adopter's place."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from comparison.charts.frames.checks import checks
from comparison.charts.frames.life import (
    lines_of_units,
    most_units,
    share_by_month,
    since_launch_frame,
    since_launch_points,
    since_launch_table,
    table_headings,
    volume_index,
)
from comparison.charts.frames.shares import source_text
from comparison.charts.since_launch import since_launch
from comparison.charts.strip import strip
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.life import OUTCOMES, Changes, Life, whole_months
from comparison.measures import model_lists
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.scope import Scope
from comparison.widgets.figure.figures import empty, figure, heading
from comparison.widgets.figure.method import method_row
from comparison.widgets.figure.slide_frame import plot_size
from comparison.widgets.models.check_list import check_list
from comparison.wording import day, short_unit_name, verdicts
from comparison.wording.findings import one_sentence, sentence
from comparison.wording.verdicts import Subject

VOLUME = "volume"
_COUNTS = {"satisfaction": "hover.satisfied", "on_time": "hover.on_time", "late": "hover.late"}
_SOURCES = {
    "satisfaction": "models.source_sheets", "on_time": "models.source_due", "late": "models.source_due",
    VOLUME: "models.source_received",
}  # fmt: skip
_METHODS = {"satisfaction": ("hiding",), "on_time": ("life_due",), "late": ("life_due",), VOLUME: ("volume_index",)}


def _whole_life(v: Question, scope: Scope) -> Scope:
    """Every unit of the kind over all whole months: who is compared never changes with the units chosen."""
    period = whole_months(v.known.root_of[scope.root])
    assert period is not None, "asked only where a month is whole"
    return scope.with_(period=period, units=(), compare="none", on_time="due")


def _points(
    v: Question, name: str, scope: Scope, own: pl.DataFrame, others_begun: pl.DataFrame
) -> tuple[pl.DataFrame, int]:
    """The lines by months since launch, and how many cases or answers they rest on."""
    if name == VOLUME:
        received = v.measure("received", ("unit", "month"), scope)
        return since_launch_points(volume_index(received), own, others_begun), int(received["numerator"].sum())
    answer = v.measure(OUTCOMES[name].measure, ("unit", "month"), scope)
    return since_launch_points(share_by_month(answer), own, others_begun), int(answer["denominator"].sum())


def _reviews(v: Question, begun: pl.DataFrame) -> list[tuple[int, str]]:
    """The model's reviews by months since launch, with a hover; none where units began in different months, as a
    review then stands at another month of each."""
    starts = begun["adopted_from"].dt.month_start().unique()
    if starts.len() != 1:
        return []
    held = model_lists.reviews(v.warehouse, v.scope.root, v.viewer).filter(pl.col("model") == begun["model"][0])
    months = (pl.col("held_on").dt.year() - starts[0].year) * 12 + pl.col("held_on").dt.month() - starts[0].month
    return [
        (since, f"{sentence(v.say(f'models.review_{kind}'))} {day(v.language, on)}\n{title}")
        for since, kind, on, title in held.select(months.alias("since"), "kind", "held_on", "title").iter_rows()
    ]


def _figure(
    v: Question, name: str, title: str, scope: Scope, own: pl.DataFrame, others_begun: pl.DataFrame, field: str, *,
    compact: bool, rests_on: str = "",
) -> None:  # fmt: skip
    whole = _whole_life(v, scope)
    begun = own.filter(pl.col("adopted_from").is_not_null() & (pl.col("unit_kind") == scope.kind))
    reviews = [] if compact else _reviews(v, begun)
    points, n = _points(v, name, whole, begun, others_begun)
    chosen, without = (points.filter(pl.col("role") == role) for role in ("chosen", "comparison"))
    values = {"field": field} if name == "late" else {}
    key = ["life_note_compact" if compact else "life_note"]
    if not compact:
        key += ["life_note_dotted"] if most_units(chosen) > 1 and (chosen["n"] == 1).any() else []
        key += ["life_reviews"] if reviews else []
        key += ["life_chosen"] if v.scope.units else []
    read = one_sentence([v.say(f"models.{each}") for each in key])
    note = f"{v.say(f'models.note_{name}', **values)} {read}"
    if chosen["value"].is_null().all():
        empty(v, title=title, message=v.say("models.no_figures"), subtitle=note, height=240)
        return
    drawn = lines_of_units(
        points, [code for code, _ in units_asked(v.warehouse, v.scope.with_(kind=scope.kind), v.viewer)]
    )
    adopters, beside = most_units(chosen), most_units(without)
    is_index = name == VOLUME
    source = source_text(v.language, v.warehouse.id, None if compact else whole.period, n, _SOURCES[name])
    figure(
        v.asking(whole),
        title=title,
        subtitle=note,
        fig=since_launch(
            since_launch_frame(drawn, v.language, _COUNTS.get(name, "")), v.theme, value_text=v.tick,
            labels={
                "adopters": v.say("models.adopters_one")
                if adopters == 1
                else v.say("models.adopters", n=v.number(adopters)),
                "not_yet": v.say("models.not_yet", n=v.number(beside)),
            },
            launch_text="" if compact else v.say("models.launch"),
            axis_text=v.say("models.axis_short" if compact else "models.axis"),
            windows=None if compact else (v.say("models.before_window"), v.say("models.after_window")),
            ceiling=None if is_index else 1.0,
            baseline=(1.0, "") if is_index else None,
            reviews=reviews,
            compact=compact,
            height=None if v.slide is None else plot_size(v, 0, 0)["height"],
        ),
        table=Numbers(
            since_launch_table(points, v.language), frozenset(table_headings(v.language)[1::2]),
            ("received",) if is_index else (OUTCOMES[name].measure,),
        ),
        source=" · ".join(filter(None, [rests_on, source])),
        key=f"tu-khi-bat-dau-{name}",
        method=method(v, "life", *_METHODS.get(name, ())),
    )  # fmt: skip


def show_life(
    v: Question, found: Life, subject: Subject, own: pl.DataFrame, others_begun: pl.DataFrame, field: str
) -> None:
    """The outcome by months since each unit's launch.

    own: the model's adoptions; others_begun: those of all other models; field: whose lateness it is.
    """
    title = verdicts.life_title(v.language, subject, found.before_after, has_before=found.has_before)
    _figure(
        v, found.outcome.name, title, v.scope, own, others_begun, field, compact=False,
        rests_on=_rests_on(v, found),
    )  # fmt: skip


def _rests_on(v: Question, found: Life) -> str:
    """How many answers or cases stand on each side of the launches that count; "" where none do."""
    counted = found.counted
    if counted is None:
        return ""
    before, after = counted
    what = "due" if found.outcome.by_due_date else "sheets"
    return v.say(f"models.rests_on_{what}", before=v.number(before), after=v.number(after))


def show_other_outcomes(
    v: Question,
    others: Mapping[str, tuple[Life, Subject, Scope]],
    own: pl.DataFrame,
    others_begun: pl.DataFrame,
    field: str,
) -> None:
    """The other outcomes with their verdicts, and the volume, in small charts beside each other."""
    heading(v.say("models.others_title"), v.say("models.others_note"))
    *places, last = st.columns(len(others) + 1, gap="medium")
    for place, (name, (found, subject, scope)) in zip(places, others.items(), strict=True):
        with place:
            title = verdicts.short_title(v.language, subject, found.verdict if found.has_data else None)
            _figure(v, name, title, scope, own, others_begun, field, compact=True)
    with last:
        _figure(v, VOLUME, v.say("models.life_volume"), v.scope, own, others_begun, field, compact=True)


def show_checks(v: Question, found: Life, changes: Changes | None) -> None:
    """Every check of the effect, the unfavourable ones in orange and explained."""
    rows = checks(v.language, found, changes, {field.code: field.short_name for field in v.known.fields})
    whole = "" if found.effect.estimate is not None and found.effect.estimate.adopters > 1 else "_without"
    heading(v.say(f"check.title{whole}"), v.say(f"check.note{whole}"))
    check_list(v, rows)
    units = v.say("models.source_units", n=v.number(len(found.units)))
    method_row(v, units, method(v, "checks"), "kiem-tra", (found.outcome.measure,))


def show_placebos(v: Question, found: Life) -> None:
    """A single adopter among what every unit shows in its place; nothing for more adopters than one."""
    single = found.effect.single
    if single is None:
        return
    names = [short_unit_name(found.units[int(unit)][1]) for unit in single.units]
    frame = pl.DataFrame(
        {
            "name": names,
            "value": single.effects,
            "is_chosen": [place == 0 for place in range(len(names))],
            "hover": [f"{name}: {v.points(float(effect))}" for name, effect in zip(names, single.effects, strict=True)],
        }
    )
    figure(
        v.asking(_whole_life(v, v.scope)),
        title=v.say("models.single_title", pilot=names[0], rank=v.number(single.rank), of=v.number(len(names))),
        subtitle=v.say("models.single_note"),
        fig=strip(frame, v.theme, value_text=v.points),
        table=frame.select(
            pl.col("name").alias(v.say("models.column_unit")),
            pl.Series(v.say("models.single_column"), [v.points(float(each)) for each in single.effects]),
        ),
        source=v.say("models.source_units", n=v.number(len(names))),
        key="vi-tri",
        method=method(v, "single"),
    )
