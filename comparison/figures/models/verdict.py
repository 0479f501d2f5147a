"""What may be said of a model: the verdict as title, its size and range, what it rests on."""

from datetime import date

import numpy as np
import polars as pl

from comparison.figures.figure import Choice, Figure, Made, Words
from comparison.figures.findings import KEY, findings_made
from comparison.figures.models.asked import MODEL, OUTCOME, PAGE, ModelAsked, model_asked, no_models
from comparison.forms.frames.checks import events_told
from comparison.forms.frames.months import covered
from comparison.forms.place import Place
from comparison.life import OUTCOMES, Changes, Life
from comparison.question import Question
from comparison.statistics.verdict import Reason, Verdict
from comparison.statistics.windows import WINDOW_MONTHS
from comparison.wording import day, group_name, verdicts
from comparison.wording.findings import count_word
from comparison.wording.verdicts import Subject

_MOST_LETTERS = 90  # of choices that fit on one line


def choices(q: Question) -> tuple[Choice, ...]:
    """Which model is looked at, and by which outcome."""
    asked = model_asked(q)
    if asked is None:
        return ()
    outcomes = {name: q.say(f"models.look_at_{name}") for name in OUTCOMES}
    return (
        _choice(MODEL, q.say("models.choose"), asked.portfolio.names, asked.model),
        _choice(OUTCOME, q.say("models.choose_outcome"), outcomes, asked.outcome),
    )


def _choice(parameter: str, label: str, options: dict[str, str], chosen: str) -> Choice:
    """Pills where they fit on one line, else a box."""
    fits = sum(map(len, options.values())) <= _MOST_LETTERS
    return Choice(parameter, label, options, chosen, form="pills" if fits else "box", width=None if fits else 420)


def _made(q: Question, place: Place) -> Made:
    asked = model_asked(q)
    if asked is None:
        return no_models(q, place)
    sentences, caption = verdict_words(q, asked.subject, asked.found, asked.changes(q))
    title = verdict_title(q, str(asked.row["model_name"]), asked.subject, asked.found)
    paragraphs = Words(tuple(("", sentence) for sentence in sentences))
    if not place.is_used:
        # A verdict is of all months, whatever period is looked at.
        whole = q.scope.with_(period=covered(q.root))
        source = q.say("source.snapshot", snapshot=q.warehouse.id)
        return Made(title, caption, paragraphs, source, asked=whole, ignored=asked.ignored)
    return Made(title, body=paragraphs, captions=_all_captions(q, asked, caption), ignored=asked.ignored)


def _all_captions(q: Question, asked: ModelAsked, caption: str) -> tuple[str, ...]:
    return tuple(filter(None, (caption, *_captions(q, asked.row, asked.own, asked.kind))))


def _began(q: Question, own: pl.DataFrame) -> str:
    days = own["adopted_from"].drop_nulls()
    first, last = days.min(), days.max()
    assert isinstance(first, date), "asked only of a model that has begun"
    assert isinstance(last, date), "as above"
    if first == last:
        return q.say("models.began_one", day=day(q.language, first))
    return q.say("models.began_several", first=day(q.language, first), last=day(q.language, last))


def _captions(q: Question, row: dict[str, str | None], own: pl.DataFrame, kind: str) -> list[str]:
    """Where, since when, who answers for it, what for; and where else."""
    begun = own.filter(pl.col("adopted_from").is_not_null())
    by_kind = dict(begun.group_by("unit_kind").len().sort("unit_kind").iter_rows())

    def kind_of(name: str) -> str:
        return q.units_counted(name, by_kind[name])

    told = [q.say("models.whole_life")]
    if begun.height:
        where = q.say("models.where", units=", ".join(kind_of(name) for name in by_kind))
        responsible = row["responsible"] or q.say("models.caption_no_one")
        told = [q.say("models.caption", where=where, began=_began(q, begun), responsible=responsible), *told]
    if row["purpose"]:
        told[0] += " " + q.say("models.purpose", purpose=row["purpose"])
    others = [kind_of(name) for name in by_kind if name != kind]
    if q.scope.kind not in (None, kind):
        told.append(q.say("models.nobody_of_kind", kind=q.say(f"kind.{kind}").lower()))
    elif others and kind in by_kind:
        told.append(q.say("models.other_kinds", kind=kind_of(kind), others=", ".join(others)))
    return told


def verdict_title(q: Question, model: str, subject: Subject, found: Life | None) -> str:
    """The finding as the title of the page."""
    if found is None or not found.has_data:
        return q.say("verdict.title_no_data", model=model, subject=subject.short)
    return verdicts.title(q.language, model, subject, found.verdict)


def verdict_words(q: Question, subject: Subject, found: Life | None, changes: Changes | None) -> tuple[list[str], str]:
    """The sentences under the title, and the caption below them ("" for none)."""
    if found is None or not found.has_data:
        return [q.say("verdict.no_answers", share=subject.share) if found else q.say("models.no_months")], ""
    estimate = found.effect.estimate
    months = WINDOW_MONTHS
    if found.verdict is Verdict.TOO_EARLY:
        if not found.adopters.any():
            return [q.say("verdict.nobody_yet")], ""
        return [q.say("verdict.wait", last=group_name(q.language, found.months[-1]))], ""
    if found.verdict is Verdict.CANNOT_TELL:
        return [*(_reason(q, subject, found, reason) for reason in found.reasons), *_beside(q, subject, found)], ""
    assert estimate is not None, "only what could be estimated is more than too early or untold"
    told = [verdicts.effect_sentence(q.language, subject, estimate, months, _when(q, found))]
    if found.verdict is Verdict.NOT_CLEAR:
        told.append(verdicts.doubts_sentence(q.language, found.effect.doubts, estimate.p))
    units = q.say(
        "verdict.units_one" if estimate.adopters == 1 else "verdict.units", n=count_word(q.language, estimate.adopters)
    )
    nearby = list(events_told(q.language, changes.events)) if changes else []
    if nearby:
        told.append(q.say("verdict.not_separated_from", units=units, events="; ".join(nearby)))
    else:
        told.append(q.say("verdict.not_separated", units=units))
    return told, q.say("verdict.clearly")


def _when(q: Question, found: Life) -> str:
    """The calendar months after the launch, "(02–07/2024)", where all adopters began in one month."""
    starts = {int(start) for start, is_own in zip(found.starts, found.adopters, strict=True) if is_own}
    if len(starts) != 1:
        return ""
    (start,) = starts
    after = found.months[start + 1 : start + WINDOW_MONTHS + 1]
    return f"({group_name(q.language, after[0])}–{group_name(q.language, after[-1])})" if after and start >= 0 else ""


def _reason(q: Question, subject: Subject, found: Life, reason: Reason) -> str:
    adopters = np.flatnonzero(found.adopters)
    counted = found.n.sum(axis=1) > 0
    first = int(found.n.any(axis=0).argmax())
    return verdicts.reason_sentence(
        q.language, reason, subject,
        pilot=found.units[adopters[0]][1] if adopters.size else "",
        others=int((~found.adopters & counted).sum()),
        first=group_name(q.language, found.months[first]),
        smallest_p=found.effect.estimate.smallest_p if found.effect.estimate else 1.0,
        other_models=found.other_models,
    )  # fmt: skip


def _beside(q: Question, subject: Subject, found: Life) -> list[str]:
    """What can be shown even where nothing can be told: the change before and after, the single adopter's rank."""
    single = found.effect.single
    if single is not None and Reason.ONE_PILOT in found.reasons:
        name, effect = found.units[int(single.units[0])][1], float(single.effects[0])
        return [verdicts.rank_sentence(q.language, name, single.rank, len(single.effects), effect)]
    told = verdicts.before_after_sentence(q.language, subject, found.effect, WINDOW_MONTHS)
    return [told] if told else []


def _findings(q: Question, place: Place) -> Made | None:
    asked = model_asked(q)
    if asked is None:
        return None
    said = verdict_title(q, str(asked.row["model_name"]), asked.subject, asked.found)
    return findings_made(q, place, PAGE, said=said, own={MODEL: asked.model})


VERDICT = Figure("ket-luan-mo-hinh", PAGE, _made)
FINDINGS = Figure(f"{KEY}-{PAGE}", PAGE, _findings, is_slide=False)
