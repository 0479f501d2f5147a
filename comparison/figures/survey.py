"""What a survey's figures share: the answers, what is asked, how sure a share is, when periods must not be compared."""

import polars as pl

from comparison.figures.figure import Made
from comparison.figures.missing import missing
from comparison.forms.frames.shares import source_text
from comparison.measures.survey import responses
from comparison.question import Question
from comparison.scope import Instrument, Period
from comparison.wording import findings
from comparison.wording.findings import Share, share_of

PAGE = "hai-long"


def instrument_asked(q: Question) -> Instrument | None:
    """The questionnaire that the scope asks for, the only one of its root, or None where nobody was ever asked."""
    there = q.known.instruments_of(q.scope.root)
    return next((each for each in there if each.code == q.scope.instrument), there[0] if there else None)


def answers(q: Question, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """Satisfaction and who answered, as `comparison.measures.survey.responses`, beside the period compared with."""
    return responses(q.warehouse, q.now, q.compared, q.viewer, by)


def is_answered(q: Question) -> bool:
    """Whether anybody's answers can be shown."""
    answered = share_of(q.measure("satisfaction"))
    return instrument_asked(q) is not None and answered.n > 0


def nobody_asked(q: Question) -> Made:
    """In place of a figure, for want of answer sheets."""
    return missing(q, title=q.say("finding.satisfied_subject"), page=PAGE, kind="survey_answers")


def sheets_source(q: Question, n: int | Share, period: Period | None = None, what: str = "source.sheets") -> str:
    """The row under a figure of answer sheets, of the view's period or another."""
    return source_text(q.language, q.warehouse.id, period or q.scope.period, n, what)


def notes(q: Question, *parts: tuple[str, bool], names: str = "") -> str:
    """How to read a figure, in one sentence of the parts (names of messages) that are said, after that about names."""
    said = findings.one_sentence([q.say(f"satisfaction.{key}") for key, is_said in parts if is_said])
    return f"{names} {said}".strip()


def what_is_asked(q: Question, asked: Instrument) -> str:
    """The questionnaire, its scale, what counts as satisfied, and whether its sheets belong to cases."""
    values = {
        "instrument": asked.title,
        "scale": asked.scale.replace("-", "–"),
        "least": q.number(asked.satisfied_from, 0 if asked.satisfied_from.is_integer() else 1),
    }
    if asked.overall_item is None:
        return q.say("satisfaction.caption_derived", **values)
    said = q.say("satisfaction.caption", **values, item=asked.overall_item)
    return f"{said} {q.say('satisfaction.tied')}" if asked.is_per_case else said


def how_sure(q: Question, asked: Instrument, now: pl.DataFrame) -> str:
    """The share's interval, who answered, and what those who did not could change.

    now: the answer of `responses` without groups.
    """
    row = now.row(0, named=True)
    told = []
    if row["value"] is not None:
        counts = {"x": q.number(row["numerator"]), "n": q.number(row["denominator"])}
        told.append(q.say("satisfaction.counts", **counts, range=q.range(row["low"], row["high"])))
    if not asked.is_per_case:
        return " ".join([*told, q.say("satisfaction.not_tied")])
    told.append(_response(q, is_hidden=row["is_hidden"]))
    if row["value"] is not None and row["bound_low"] is not None:
        edges = {"low": q.percent(row["bound_low"], 0), "high": q.percent(row["bound_high"], 0)}
        told.append(q.say("satisfaction.bounds", **edges))
    return " ".join(told)


def _response(q: Question, *, is_hidden: bool) -> str:
    answered = share_of(q.measure("response_rate"))
    if answered.is_hidden or is_hidden:
        return q.say("satisfaction.response_hidden")
    if answered.n == 0:
        return q.say("satisfaction.response_nothing")
    counts = {"x": q.number(answered.x), "n": q.number(answered.n)}
    return q.say("satisfaction.response", share=q.percent(answered.value), **counts)


def why_not_comparable(q: Question, now: pl.DataFrame) -> str:
    """Why the share stands for other people than that of the comparison period; "" where it does not."""
    badge, before = now["badge"][0], q.compared
    if badge == "low_response":
        return q.say("satisfaction.few_now")
    if badge != "response_shifted" or before is None:
        return ""
    then = share_of(q.measure("response_rate", scope=before))
    return q.say("satisfaction.shifted", before=q.percent(then.value), now=q.percent(now["rate"][0]))
