"""What stands out of the improvement models: what may be said of them for sure, what is behind plan, what lags."""

from datetime import date
from typing import Final

import polars as pl

from comparison.findings.finding import NOTHING, Finding, Matters, Told
from comparison.findings.roll_out import kind_to_show, roll_out
from comparison.life import OUTCOMES, Life, life, whole_months
from comparison.life.changes import events_nearby
from comparison.measures import model_lists
from comparison.question import Question
from comparison.statistics.permutation import ALPHA
from comparison.statistics.verdict import Verdict
from comparison.wording import day, short_unit_name, verdicts
from comparison.wording.findings import count_word, sentence, within
from comparison.wording.verdicts import Subject

_PAGE: Final = "mo-hinh"
# The first that has data is what a model is judged by.
_CLEAR = {Verdict.CLEAR_GAIN: Matters.BETTER, Verdict.CLEAR_LOSS: Matters.HARMED}
_COULD_BE_CLEAR = (*_CLEAR, Verdict.NOT_CLEAR)
# Units that are named; more would be a list.
_MOST_NAMED = 3


def verdicts_clear(q: Question) -> Told:
    """The models of which something may be said for sure, over their whole life."""
    if whole_months(q.root) is None:
        return NOTHING
    lives = [(model, name, _life(q, model)) for model, name in _begun(q).items()]
    return of_lives(q, [(model, name, found) for model, name, found in lives if found is not None])


def of_lives(q: Question, lives: list[tuple[str, str, Life]]) -> Told:
    """lives: (code, name, life) of each model by the outcome that it is judged by."""
    tried = sum(found.verdict in _COULD_BE_CLEAR for *_, found in lives)
    told = tuple(_clear(q, model, name, found) for model, name, found in lives if found.verdict in _CLEAR)
    return Told(told, tried, ALPHA * tried)


def _clear(q: Question, model: str, name: str, found: Life) -> Finding:
    outcome = found.outcome.name
    subject = Subject(q.say(f"outcome_share.{outcome}_short"), q.say(f"outcome_share.{outcome}"))
    estimate, counted = found.effect.estimate, found.counted
    assert estimate is not None, "only what was estimated is clear"
    assert counted is not None, "as above"
    events = events_nearby(q.warehouse, q.scope, q.viewer, found)
    rows = events.select("title", "happened_on", "unit_name", "is_everywhere").iter_rows()
    nearby = [_event(q, *row) for row in rows]
    values = {
        "share": subject.share, "moved": verdicts.moved(q.language, estimate.value),
        "adopters": _units(q, estimate.adopters), "others": _units(q, estimate.others),
        "range": verdicts.signed_range(q.language, estimate.low, estimate.high),
    }  # fmt: skip
    effect = sentence(q.say("findings_models.effect", **values))
    apart = q.say("findings_models.apart_other")
    if nearby:
        key = "findings_models.apart_one" if len(nearby) == 1 else "findings_models.apart"
        apart = q.say(key, n=count_word(q.language, len(nearby)), event=nearby[0])
    return Finding(
        verdicts.title(q.language, name, subject, found.verdict), f"{effect} {apart}",
        q.say("findings_test.model"), _PAGE, round(abs(estimate.value) * counted[1]), _CLEAR[found.verdict], name,
        own={"model": model},
    )  # fmt: skip


def _units(q: Question, n: int) -> str:
    return q.say("verdict.units_one" if n == 1 else "verdict.units", n=count_word(q.language, n))


def _listed(q: Question, units: list[str]) -> str:
    """The first of them, and how many others there are."""
    left = len(units) - _MOST_NAMED
    more = [q.say("findings_models.more_units", n=q.number(left))] if left > 0 else []
    return "; ".join([*units[:_MOST_NAMED], *more])


def _event(q: Question, title: str, on: date, unit: str, is_everywhere: bool) -> str:
    values = {"title": within(q.language, title), "day": day(q.language, on)}
    if is_everywhere:
        return q.say("check.event", **values)
    return q.say("check.event_at", unit=short_unit_name(unit), **values)


def behind_plan(q: Question) -> Told:
    """Models that units were to have by now and have not begun."""
    return of_plans(q, _adoptions(q), _as_of(q))


def of_plans(q: Question, adoptions: pl.DataFrame, on: date) -> Told:
    told = []
    for row in roll_out(adoptions, on).filter(pl.col("late") > 0).iter_rows(named=True):
        behind = adoptions.filter(
            (pl.col("model") == row["model"]) & (pl.col("planned_from") <= on) & pl.col("adopted_from").is_null()
        )
        units = [
            q.say("findings_models.behind_unit", unit=short_unit_name(name), day=day(q.language, planned))
            for name, planned in behind.select("unit_name", "planned_from").iter_rows()
        ]
        late = int(row["late"])
        told.append(
            Finding(
                q.say("findings_models.behind", model=row["model_name"], n=count_word(q.language, late)),
                q.say(
                    "findings_models.behind_evidence", units=_listed(q, units),
                    day=day(q.language, on), running=q.number(row["running"]), planned=q.number(row["planned_by_now"]),
                ),
                q.say("findings_test.counted_units"), _PAGE, late, Matters.WORK, row["model_name"],
                own={"model": row["model"]},
            )
        )  # fmt: skip
    return Told(tuple(told))


def criterion_below(q: Question) -> Told:
    """A criterion that reviewers scored lowest at every review, so often that chance hardly does."""
    there = _begun(q)
    scores = model_lists.criterion_scores(q.warehouse, q.scope.root, q.viewer)
    return of_scores(q, scores.filter(pl.col("model").is_in(list(there))), there)


def of_scores(q: Question, scores: pl.DataFrame, names: dict[str, str]) -> Told:
    """scores: of `criterion_scores`. Where no criterion is lower than the others, each of c is lowest at a review
    alike, and the one that is lowest last was so at all r reviews with probability (1 / c) ^ (r - 1)."""
    told, tested = [], 0
    shares = (
        scores.filter(pl.col("score").is_not_null())
        .group_by("model", "review", "held_on", "criterion", "criterion_name")
        .agg(pl.col("score").sum(), pl.col("highest_score").sum(), units=pl.len())
        .with_columns(value=pl.col("score") / pl.col("highest_score"))
    )
    for model in sorted(set(shares["model"])):
        own = shares.filter(pl.col("model") == model)
        reviews = own["review"].n_unique()
        criteria = int(own.group_by("review").len()["len"].min() or 0)  # type: ignore[arg-type] # a count
        if reviews < 2 or criteria < 2 or (1 / criteria) ** (reviews - 1) > ALPHA:
            continue
        tested += 1
        lowest = own.filter(pl.col("value") == pl.col("value").min().over("review"))
        if lowest.height != reviews or lowest["criterion"].n_unique() > 1:
            continue
        last = lowest.sort("held_on").row(-1, named=True)
        others = own.filter((pl.col("review") == last["review"]) & (pl.col("criterion") != last["criterion"]))
        rest = float(others["score"].sum()) / float(others["highest_score"].sum())
        told.append(
            Finding(
                q.say(
                    "findings_models.criterion", criterion=last["criterion_name"],
                    n=count_word(q.language, reviews),
                ),
                q.say(
                    "findings_models.criterion_evidence", model=names[model], share=q.percent(last["value"], 0),
                    score=q.number(last["score"]), highest=q.number(last["highest_score"]),
                    units=q.number(last["units"]), day=day(q.language, last["held_on"]), others=q.percent(rest, 0),
                ),
                q.say("findings_test.reviews", criteria=q.number(criteria)), _PAGE, int(last["units"]), Matters.WORK,
                last["criterion_name"], own={"model": model},
            )
        )  # fmt: skip
    return Told(tuple(told), tested, ALPHA * tested)


RULES = (verdicts_clear, behind_plan, criterion_below)


def _adoptions(q: Question) -> pl.DataFrame:
    """Who adopted which model, or was to; of units that are asked for only models that they take part in."""
    units = tuple(unit.code for unit in q.known.units_of(q.scope.root) if unit.code != q.scope.root)
    every = model_lists.adoptions(q.warehouse, q.scope.root, units, q.viewer)
    if not q.scope.units:
        return every
    own = every.filter(pl.col("unit").is_in(list(q.named)))["model"].unique().to_list()
    return every.filter(pl.col("model").is_in(own))


def _begun(q: Question) -> dict[str, str]:
    """The models at work in a unit, and of the kind, that is asked for: what one did elsewhere says nothing of a unit
    that is still to begin."""
    begun = _adoptions(q).filter(pl.col("adopted_from").is_not_null())
    if q.scope.units:
        begun = begun.filter(pl.col("unit").is_in(list(q.named)))
    if q.scope.kind is not None:
        begun = begun.filter(pl.col("unit_kind") == q.scope.kind)
    return dict(begun.select("model", "model_name").iter_rows())


def _as_of(q: Question) -> date:
    """The data's last day, or a later review: as the page of models has it."""
    held: list[date] = model_lists.reviews(q.warehouse, q.scope.root, q.viewer)["held_on"].to_list()
    return max([q.root.cut_off, *held])


def _life(q: Question, model: str) -> Life | None:
    kind = kind_to_show(_adoptions(q).filter(pl.col("model") == model), q.scope.kind)
    for outcome in (name for name, each in OUTCOMES.items() if each.is_finding):
        found = life(q.warehouse, q.scope.with_(kind=kind), q.viewer, model, outcome)
        if found.has_data:
            return found
    return None
