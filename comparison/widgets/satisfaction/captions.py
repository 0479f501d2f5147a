"""What a survey's figures share: the answers, what is asked, how sure a share is, when periods must not be compared."""

import polars as pl

from comparison.charts.frames.shares import source_text
from comparison.measures.survey import responses
from comparison.question import Question
from comparison.scope import Instrument, Period
from comparison.wording import findings
from comparison.wording.findings import Share, share_of


def answers(v: Question, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """Satisfaction and who answered, as `comparison.measures.survey.responses`, beside the period compared with."""
    return responses(v.warehouse, v.now, v.compared, v.viewer, by)


def sheets_source(v: Question, n: int | Share, period: Period | None = None, what: str = "source.sheets") -> str:
    """The row under a figure of answer sheets, of the view's period or another."""
    return source_text(v.language, v.warehouse.id, period or v.scope.period, n, what)


def notes(v: Question, *parts: tuple[str, bool], names: str = "") -> str:
    """How to read a figure, in one sentence of the parts (names of messages) that are said, after that about names."""
    said = findings.one_sentence([v.say(f"satisfaction.{key}") for key, is_said in parts if is_said])
    return f"{names} {said}".strip()


def what_is_asked(v: Question, asked: Instrument) -> str:
    """The questionnaire, its scale, what counts as satisfied, and whether its sheets belong to cases."""
    values = {
        "instrument": asked.title,
        "scale": asked.scale.replace("-", "–"),
        "least": v.number(asked.satisfied_from, 0 if asked.satisfied_from.is_integer() else 1),
    }
    if asked.overall_item is None:
        return v.say("satisfaction.caption_derived", **values)
    said = v.say("satisfaction.caption", **values, item=asked.overall_item)
    return f"{said} {v.say('satisfaction.tied')}" if asked.is_per_case else said


def how_sure(v: Question, asked: Instrument, now: pl.DataFrame) -> str:
    """The share's interval, who answered, and what those who did not could change.

    now: the answer of `responses` without groups.
    """
    row = now.row(0, named=True)
    told = []
    if row["value"] is not None:
        counts = {"x": v.number(row["numerator"]), "n": v.number(row["denominator"])}
        told.append(v.say("satisfaction.counts", **counts, range=v.range(row["low"], row["high"])))
    if not asked.is_per_case:
        return " ".join([*told, v.say("satisfaction.not_tied")])
    told.append(_response(v, is_hidden=row["is_hidden"]))
    if row["value"] is not None and row["bound_low"] is not None:
        edges = {"low": v.percent(row["bound_low"], 0), "high": v.percent(row["bound_high"], 0)}
        told.append(v.say("satisfaction.bounds", **edges))
    return " ".join(told)


def _response(v: Question, *, is_hidden: bool) -> str:
    answered = share_of(v.measure("response_rate"))
    if answered.is_hidden or is_hidden:
        return v.say("satisfaction.response_hidden")
    if answered.n == 0:
        return v.say("satisfaction.response_nothing")
    counts = {"x": v.number(answered.x), "n": v.number(answered.n)}
    return v.say("satisfaction.response", share=v.percent(answered.value), **counts)


def why_not_comparable(v: Question, now: pl.DataFrame) -> str:
    """Why the share stands for other people than that of the comparison period; "" where it does not."""
    badge, before = now["badge"][0], v.compared
    if badge == "low_response":
        return v.say("satisfaction.few_now")
    if badge != "response_shifted" or before is None:
        return ""
    then = share_of(v.measure("response_rate", scope=before))
    return v.say("satisfaction.shifted", before=v.percent(then.value), now=v.percent(now["rate"][0]))
