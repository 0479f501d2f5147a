"""A model's effect in words: the verdict, the range it rests on, and in one sentence each why nothing can be told."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from comparison.scope import Language
from comparison.statistics.effect import Effect
from comparison.statistics.estimate import Estimate
from comparison.statistics.verdict import Doubt, Reason, Verdict
from comparison.wording.catalogue import say
from comparison.wording.findings import count_word, sentence
from comparison.wording.numbers import MINUS, interval_decimals, number, percent, points


@dataclass(frozen=True)
class Subject:
    """What a verdict is about: `short` in a title ("hài lòng"), `share` as the share it is ("tỷ lệ hài lòng")."""

    short: str
    share: str


def title(language: Language, model: str, subject: Subject, verdict: Verdict) -> str:
    """ "Trả kết quả tại nhà: hài lòng rõ là tốt lên"."""
    return say(language, f"verdict.title_{verdict.value}", model=model, subject=subject.short)


def short_title(language: Language, subject: Subject, verdict: Verdict | None) -> str:
    """ "Đúng hạn: chưa rõ"; None where there are no data."""
    return f"{sentence(subject.short)}: {word(language, verdict) if verdict else say(language, 'verdict.no_data')}"


def word(language: Language, verdict: Verdict) -> str:
    """ "rõ là tốt lên"."""
    return say(language, f"verdict.{verdict.value}")


def signed_range(language: Language, low: float, high: float) -> str:
    """Two differences of shares as one range of points: "+2,6 đến +8,2 điểm"; an end that stays open has no number."""
    if math.isinf(low) and math.isinf(high):
        return say(language, "verdict.range_open")
    if math.isinf(low):
        return say(language, "verdict.range_up_to", high=points(language, high))
    if math.isinf(high):
        return say(language, "verdict.range_from", low=points(language, low))
    decimals = interval_decimals(low, high)
    return say(
        language, "verdict.range", low=number(language, low * 100, decimals, signed=True),
        high=points(language, high, decimals),
    )  # fmt: skip


def direction_range(language: Language, low: float, high: float) -> str:
    """As `signed_range`, but where it goes down and up in words: "giảm 3,5 đến tăng 1,9 điểm"."""
    if low < 0 < high and not math.isinf(low) and not math.isinf(high):
        return say(language, "verdict.range_across", low=number(language, -low * 100, 1), high=_size(language, high))
    return signed_range(language, low, high)


def moved(language: Language, difference: float) -> str:
    """How a share changed: 0.087 -> "tăng 8,7 điểm", -0.02 -> "giảm 2,0 điểm", what rounds to 0 "không đổi"."""
    text = points(language, difference)
    if not text.startswith(("+", MINUS)):
        return say(language, "verdict.moved_not")
    return say(language, "verdict.moved_up" if text.startswith("+") else "verdict.moved_down", points=text[1:])


def effect_sentence(language: Language, subject: Subject, found: Estimate, months: int, when: str) -> str:
    """The effect in one sentence, its size in bold: how much more the adopters changed than the units beside them.

    when: the calendar months of the side after, in brackets, or "".
    """
    return sentence(
        say(
            language,
            "verdict.effect_up" if found.value >= 0 else "verdict.effect_down",
            months=count_word(language, months),
            when=f" {when}" if when else "",
            share=subject.share,
            adopters=_units(language, found.adopters),
            others=_units(language, found.others),
            points=_size(language, found.value),
            range=direction_range(language, found.low, found.high),
        )
    )


def life_title(
    language: Language, subject: Subject, found: tuple[int, float, float] | None, *, has_before: bool = True
) -> str:
    """ "Bốn đơn vị đã làm: hài lòng từ 81,9 % lên 90,3 %" of (units, share before, share after); else the subject.

    has_before: whether there are any data from before a launch.
    """
    if not has_before:
        return say(language, "verdict.life_after", subject=sentence(subject.short))
    if found is None:
        return say(language, "verdict.life_subject", subject=sentence(subject.short))
    units, *shares = found
    before, after = (percent(language, share) for share in shares)
    key = "same" if before == after else "up" if shares[1] > shares[0] else "down"
    return sentence(
        say(
            language, f"verdict.life_{key}", units=_units(language, units), subject=subject.short, before=before,
            after=after,
        )
    )  # fmt: skip


def before_after_sentence(language: Language, subject: Subject, found: Effect, months: int) -> str:
    """How much the adopters changed, headed by what that cannot be separated from; "" without a usable adopter."""
    if math.isnan(found.before_after):
        return ""
    return sentence(
        say(
            language,
            "verdict.before_after",
            months=count_word(language, months),
            share=subject.share,
            moved=moved(language, found.before_after),
        )
    )


def reason_sentence(
    language: Language, reason: Reason, subject: Subject, *, pilot: str, others: int, first: str, smallest_p: float,
    other_models: Sequence[str],
) -> str:  # fmt: skip
    """Why nothing can be told, in one sentence.

    pilot: the single adopter's name. others: units that had not begun. first: the first month with data, in words.
    smallest_p: of the permutation. other_models: names of those that began at the same time.
    """
    match reason:
        case Reason.ONE_PILOT:
            values: dict[str, str] = {"pilot": pilot}
        case Reason.NO_COMPARISON if others == 0:
            return say(language, "verdict.no_comparison_none")
        case Reason.NO_COMPARISON:
            values = {"others": number(language, others)}
        case Reason.BEGUN_BEFORE_DATA:
            values = {"share": subject.share, "first": first}
        case Reason.TOO_FEW_ANSWERS:
            values = {"share": subject.share}
        case Reason.TOO_FEW_UNITS:
            values = {"p": p_text(language, smallest_p)}
        case Reason.OVERLAPPING:
            values = {"models": ", ".join(f"“{name}”" for name in other_models)}
    return say(language, f"verdict.{reason.value}", **values)


def doubts_sentence(language: Language, doubts: Sequence[Doubt], p: float) -> str:
    """What keeps an effect from being clear: "Chưa rõ vì khoảng 95 % còn chứa số 0, và …"."""
    parts = [
        say(language, f"verdict.{doubt.value}", p=p_text(language, p))
        if doubt is Doubt.CHANCE_DOES_AS_WELL
        else say(language, f"verdict.{doubt.value}")
        for doubt in doubts
    ]
    return say(language, "verdict.not_clear_because", doubts="; ".join(parts))


def rank_sentence(language: Language, pilot: str, rank: int, of: int, effect: float) -> str:
    """Where a single adopter stands when every unit is put in its place in turn."""
    return say(
        language, "verdict.rank", pilot=pilot, moved=moved(language, effect), rank=number(language, rank),
        of=number(language, of),
    )  # fmt: skip


def p_text(language: Language, p: float) -> str:
    """0.0123 -> "0,012"; never 0."""
    return f"< {number(language, 0.001, 3)}" if p < 0.001 else number(language, p, 3)


def _size(language: Language, difference: float) -> str:
    return points(language, abs(difference)).lstrip("+")


def _units(language: Language, count: int) -> str:
    return say(language, "verdict.units_one" if count == 1 else "verdict.units", n=count_word(language, count))
