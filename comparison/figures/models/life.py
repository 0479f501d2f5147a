"""An outcome of a model by months since each unit's launch: of the outcome asked large, of the others small."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made, Missing
from comparison.figures.models.asked import PAGE, ModelAsked, model_asked, no_models, others_shown, whole_life
from comparison.figures.models.verdict import VERDICT
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.frames.life import (
    lines_of_units,
    most_units,
    share_by_month,
    since_launch_frame,
    since_launch_points,
    since_launch_table,
    table_headings,
    volume_index,
)
from comparison.forms.frames.shares import source_text
from comparison.forms.place import Place
from comparison.forms.since_launch import since_launch
from comparison.life import OUTCOMES, Life
from comparison.measures import model_lists
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.scope import Scope
from comparison.wording import day, verdicts
from comparison.wording.findings import one_sentence, sentence

VOLUME = "volume"
# px; a narrower place has room for the lines alone.
_WHOLE = 700


def _points(
    q: Question, name: str, scope: Scope, own: pl.DataFrame, others_begun: pl.DataFrame
) -> tuple[pl.DataFrame, int]:
    """The lines by months since launch, and how many cases or answers they rest on."""
    if name == VOLUME:
        received = q.measure("received", ("unit", "month"), scope)
        return since_launch_points(volume_index(received), own, others_begun), int(received["numerator"].sum())
    answer = q.measure(OUTCOMES[name].measure, ("unit", "month"), scope)
    return since_launch_points(share_by_month(answer), own, others_begun), int(answer["denominator"].sum())


def _reviews(q: Question, begun: pl.DataFrame) -> list[tuple[int, str]]:
    """The model's reviews by months since launch, with a hover; none where units began in different months, as a
    review then stands at another month of each."""
    starts = begun["adopted_from"].dt.month_start().unique()
    if starts.len() != 1:
        return []
    held = model_lists.reviews(q.warehouse, q.scope.root, q.viewer).filter(pl.col("model") == begun["model"][0])
    months = (pl.col("held_on").dt.year() - starts[0].year) * 12 + pl.col("held_on").dt.month() - starts[0].month
    return [
        (since, f"{sentence(q.say(f'models.review_{kind}'))} {day(q.language, on)}\n{title}")
        for since, kind, on, title in held.select(months.alias("since"), "kind", "held_on", "title").iter_rows()
    ]


def _life(q: Question, place: Place, name: str) -> Made | None:
    """One outcome, "" for the one that its page would show first; without figures of it, the verdict in words."""
    asked = model_asked(q, name)
    if asked is None:
        return no_models(q, place)
    found, subject = asked.found, asked.subject
    if place.width < _WHOLE:
        if found is None:
            return None
        title = verdicts.short_title(q.language, subject, found.verdict if found.has_data else None)
        return _made(q, place, asked, asked.outcome, title)
    if found is None or not found.has_data:
        return VERDICT.make(q, place)
    title = verdicts.life_title(q.language, subject, found.before_after, has_before=found.has_before)
    return _made(q, place, asked, asked.outcome, title, rests_on=_rests_on(q, found))


def _volume(q: Question, place: Place) -> Made | None:
    asked = model_asked(q)
    return None if asked is None else _made(q, place, asked, VOLUME, q.say("models.life_volume"))


def _made(q: Question, place: Place, asked: ModelAsked, name: str, title: str, *, rests_on: str = "") -> Made:
    scope = asked.scopes.get(name, asked.scope)
    compact = place.width < _WHOLE
    whole = whole_life(q, scope)
    begun = asked.own.filter(pl.col("adopted_from").is_not_null() & (pl.col("unit_kind") == scope.kind))
    reviews = [] if compact else _reviews(q, begun)
    points, n = _points(q, name, whole, begun, asked.others_begun)
    chosen, without = (points.filter(pl.col("role") == role) for role in ("chosen", "comparison"))
    outcome = OUTCOMES.get(name)
    values = {"field": asked.field} if outcome and outcome.in_field else {}
    keys = ["life_note_compact" if compact else "life_note"]
    if not compact:
        keys += ["life_note_dotted"] if most_units(chosen) > 1 and (chosen["n"] == 1).any() else []
        keys += ["life_reviews"] if reviews else []
        keys += ["life_chosen"] if q.scope.units else []
    note = f"{q.say(f'models.note_{name}', **values)} {one_sentence([q.say(f'models.{key}') for key in keys])}"
    lead = str(asked.row["model_name"])
    ignored = () if place.is_used else asked.ignored
    if chosen["value"].is_null().all():
        return Made(title, note, Missing(q.say("models.no_figures"), height=240), lead=lead, ignored=ignored)
    drawn = lines_of_units(
        points, [code for code, _ in units_asked(q.warehouse, q.scope.with_(kind=scope.kind), q.viewer)]
    )
    adopters, beside = most_units(chosen), most_units(without)
    source = source_text(
        q.language,
        q.warehouse.id,
        None if compact else whole.period,
        n,
        f"models.source_{outcome.rests_on if outcome else 'received'}",
    )
    return Made(
        title,
        note,
        Chart(
            since_launch(
                since_launch_frame(drawn, q.language, outcome.counted if outcome else ""),
                q.theme,
                value_text=q.tick,
                labels={
                    "adopters": q.say("models.adopters_one")
                    if adopters == 1
                    else q.say("models.adopters", n=q.number(adopters)),
                    "not_yet": q.say("models.not_yet", n=q.number(beside)),
                },
                launch_text="" if compact else q.say("models.launch"),
                axis_text=q.say("models.axis_short" if compact else "models.axis"),
                windows=None if compact else (q.say("models.before_window"), q.say("models.after_window")),
                ceiling=1.0 if outcome else None,
                baseline=None if outcome else (1.0, ""),
                reviews=reviews,
                compact=compact,
                height=None if place.is_used else place.plot(0, 0)["height"],
            )
        ),
        " · ".join(filter(None, [rests_on, source])),
        method(q, "life", *(outcome.methods if outcome else ("volume_index",))),
        Numbers(
            since_launch_table(points, q.language),
            frozenset(table_headings(q.language)[1::2]),
            (outcome.measure if outcome else "received",),
        ),
        asked=whole,
        lead=lead,
        ignored=ignored,
    )


def _rests_on(q: Question, found: Life) -> str:
    """How many answers or cases stand on each side of the launches that count; "" where none do."""
    counted = found.counted
    if counted is None:
        return ""
    before, after = counted
    what = "due" if found.outcome.by_due_date else "sheets"
    return q.say(f"models.rests_on_{what}", before=q.number(before), after=q.number(after))


def _others(q: Question, _: Place) -> Made | None:
    """What stands above the other outcomes: with their verdicts, and the volume, in small charts."""
    asked = model_asked(q)
    if asked is None or not others_shown(q, asked):
        return None
    return Made(q.say("models.others_title"), q.say("models.others_note"))


def _of(name: str) -> Figure:
    key = f"tu-khi-bat-dau-{name}" if name else "tu-khi-bat-dau"
    return Figure(key, PAGE, lambda q, place: _life(q, place, name))


# Without an outcome the one that the page itself would show first.
LIVES = tuple(map(_of, ("", *OUTCOMES)))
RECEIVED = Figure(f"tu-khi-bat-dau-{VOLUME}", PAGE, _volume, is_slide=False)
OTHER_OUTCOMES = Figure("ket-qua-khac", PAGE, _others, is_slide=False)
