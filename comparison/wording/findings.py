"""Titles that say what the numbers show, and no more: with too few cases the title is the subject alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from comparison.scope import Language
from comparison.wording.catalogue import say
from comparison.wording.numbers import MINUS, number, percent, percent_range, points_between
from comparison.wording.texts import Text, pieces_of

# As comparison.statistics.COMPARED_FROM, which stands beside this package: a test compares them.
FEWEST = 25
# Below this a share of the late cases says more than they can bear.
FEWEST_LATE = 5

_UP_TO_TEN: dict[Language, tuple[str, ...]] = {
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


@dataclass(frozen=True)
class Share:
    """x of n; n of 0 has no value. `is_hidden`: there are answers, too few to be told, and x and n are 0."""

    x: int
    n: int
    is_hidden: bool = False

    @property
    def value(self) -> float:
        return self.x / self.n

    @property
    def is_enough(self) -> bool:
        """Whether it carries a finding."""
        return self.n >= FEWEST


def share_of(answer: pl.DataFrame) -> Share:
    """The share of a measure asked without groups."""
    if answer.is_empty() or answer["denominator"][0] is None:
        return Share(0, 0, is_hidden=not answer.is_empty())
    return Share(int(answer["numerator"][0]), int(answer["denominator"][0]))


@dataclass(frozen=True)
class Change:
    """A share now and before. `is_clear`: the difference is more than chance explains."""

    now: Share
    before: Share
    is_clear: bool


@dataclass(frozen=True)
class Cell:
    """One unit in one field that stands out, and the same field in all other units of its kind."""

    unit: str
    field: str
    late: Share
    low: float
    high: float
    others: Share


def count_word(language: Language, count: int) -> str:
    """4 -> "bốn", 12 -> "12"."""
    words = _UP_TO_TEN[language]
    return words[count] if count < len(words) else number(language, count)


def one_sentence(parts: Sequence[str]) -> str:
    """Parts as one sentence: ["dải mờ: …", "nét đứt: …"] -> "Dải mờ: …; nét đứt: …."; "" without any."""
    return f"{sentence('; '.join(parts))}." if parts else ""


def sentence(text: str) -> str:
    """The text with a capital at its beginning, and its marks."""
    (first, mark), *rest = pieces_of(text) or (("", ""),)
    return Text((first[:1].upper() + first[1:], mark), *rest)


def within(language: Language, name: str) -> str:
    """A field's name inside a sentence: "Đất đai" -> "đất đai"; in English a Vietnamese name keeps its capital."""
    return lowered(name) if language == "vi" else name


def lowered(text: str) -> str:
    """The text with its first letter small, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def overview_title(
    language: Language, on_time: Share, change: Change | None, late: int, most: tuple[str, int] | None
) -> str:
    """ "Đúng hạn giảm 0,9 điểm; 69 % số hồ sơ trễ là đất đai". `most`: the field with most late cases, and how many."""
    if on_time.n == 0:
        return say(language, "finding.none_due")
    if not on_time.is_enough:
        return say(language, "menu.overview")
    return f"{_on_time(language, on_time, change)}; {_late_part(language, late, most)}"


def _on_time(language: Language, on_time: Share, change: Change | None) -> str:
    if change is None or not change.is_clear:
        return say(language, "finding.on_time", share=percent(language, on_time.value))
    return say(language, f"finding.on_time_{_direction(change)}", points=_size(language, change))


def _late_part(language: Language, late: int, most: tuple[str, int] | None) -> str:
    if late == 0:
        return say(language, "finding.no_late")
    if most and late >= FEWEST_LATE and most[1] * 2 >= late:
        share = percent(language, most[1] / late, 0)
        return say(language, "finding.late_mostly", share=share, field=within(language, most[0]))
    return say(language, "finding.late_count", n=number(language, late))


def lateness_title(language: Language, late: Share, field: tuple[str, Share] | None, others: Share | None) -> str:
    """ "Đất đai trễ 14,7 %; các lĩnh vực khác cộng lại 1,4 %". `field` only where it is surely later than `others`."""
    if late.n == 0:
        return say(language, "finding.none_due")
    if not late.is_enough:
        return say(language, "menu.lateness")
    if late.x == 0:
        return say(language, "finding.none_late", n=number(language, late.n))
    if field and others and others.n:
        return say(
            language,
            "finding.field_late",
            field=field[0],
            share=percent(language, field[1].value),
            rest=percent(language, others.value),
        )
    return say(language, "finding.late_share", share=percent(language, late.value))


def cell_title(language: Language, cell: Cell, *, compared: bool = False) -> str:
    """ "X. Hiệp Phước trễ 40,8 % hồ sơ đất đai", with `compared` how many times the other units' share that is."""
    text = say(
        language,
        "finding.cell",
        unit=cell.unit,
        share=percent(language, cell.late.value),
        field=within(language, cell.field),
    )
    if compared and cell.others.x:
        ratio = number(language, cell.late.value / cell.others.value, 1)
        text += say(language, "finding.times_others", ratio=ratio)
    return text


def cell_counts(language: Language, cell: Cell) -> str:
    """The counts and ranges behind a cell, its own and the others'."""
    return say(
        language,
        "finding.cell_counts",
        late=number(language, cell.late.x),
        n=number(language, cell.late.n),
        range=percent_range(language, cell.low, cell.high),
        others_late=number(language, cell.others.x),
        others_n=number(language, cell.others.n),
        others_share=percent(language, cell.others.value),
    )


def is_half_a_finding(total: int, half: int, units: int) -> bool:
    """Whether it says something that `half` of so many units make half of the total: at most a third of them do."""
    return total >= FEWEST and 0 < half * 3 <= units


def half_title(language: Language, subject: str, part: Share, half: int, units: int) -> str:
    """ "Bốn đơn vị chiếm 58 % …" for the subject ("late", "received"), or the subject where that says nothing.

    half: the fewest units that make half of all, out of `units`; part: what they have of all, as a rule more than half.
    """
    if not is_half_a_finding(part.n, half, units):
        return say(language, f"finding.{subject}_by_unit")
    key = f"finding.half_{subject}_one" if half == 1 else f"finding.half_{subject}"
    return sentence(say(language, key, n=count_word(language, half), share=percent(language, part.value, 0)))


def largest_title(language: Language, subject: str, name: str, share: Share) -> str:
    """ "Chứng thực chiếm 42 % hồ sơ tiếp nhận", or the subject where there is too little."""
    if not share.is_enough:
        return say(language, f"finding.{subject}_by_field")
    return say(language, f"finding.{subject}_largest", name=name, share=percent(language, share.value, 0))


def span_title(language: Language, subject: str, values: list[float]) -> str:
    """ "Đúng hạn từ 94,4 % đến 98,5 % giữa các đơn vị"; the subject where fewer than two can be compared."""
    if len(values) < 2:
        return say(language, f"finding.{subject}_subject")
    low, high = percent(language, min(values)), percent(language, max(values))
    return say(language, f"finding.{subject}_span", low=low, high=high)


def volume_title(language: Language, received: int, before: int | None, resolved: int) -> str:
    """ "Tiếp nhận 14.890 hồ sơ, tăng 6,1 %; giải quyết 14.787"."""
    if received == 0 and resolved == 0:
        return say(language, "finding.none_received")
    key = "finding.volume"
    values = {"received": number(language, received), "resolved": number(language, resolved)}
    if before and received != before and before >= FEWEST:
        key += "_up" if received > before else "_down"
        values["change"] = percent(language, abs(received - before) / before)
    return say(language, key, **values)


def flow_title(language: Language, received: int, resolved: int, months: int) -> str:
    """How many were taken in and resolved over the months shown; which is more says nothing of the stock."""
    if months < 2:
        return say(language, "finding.months_subject")
    return say(
        language,
        "finding.months",
        received=number(language, received),
        resolved=number(language, resolved),
        months=number(language, months),
    )


def changed_share_title(language: Language, subject: str, share: Share, change: Change | None) -> str:
    """ "88,6 % người trả lời hài lòng, tăng 0,6 điểm" for the subject ("satisfied", "online"); the change if clear."""
    if share.n == 0 and not share.is_hidden:
        return say(language, f"finding.{subject}_none")
    if not share.is_enough:
        return say(language, f"finding.{subject}_subject")
    text = say(language, f"finding.{subject}", share=percent(language, share.value))
    if change and change.is_clear:
        text += say(language, f"finding.{_direction(change)}", points=_size(language, change))
    return text


def reconciled_title(language: Language, taken_in: int, remainder: int) -> str:
    """Whether every case taken in is accounted for, or how many are not (below 0: counted twice)."""
    if remainder == 0:
        return say(language, "finding.reconciled" if taken_in else "finding.none_received")
    return say(language, "finding.not_reconciled", n=number(language, remainder))


def models_none(language: Language) -> str:
    """That no unit works by a model."""
    return say(language, "finding.no_models")


def _direction(change: Change) -> Literal["up", "down"]:
    return "up" if change.now.value > change.before.value else "down"


def _size(language: Language, change: Change) -> str:
    return points_between(language, change.now.value, change.before.value).lstrip(f"+{MINUS}")


def drilled(language: Language, unit: str, field: str, row: Mapping[str, Any]) -> str:
    """One cell as a sentence; row: a late share's numerator, denominator, low, high and excluded."""
    where = {"unit": unit, "field": within(language, field)}
    late = Share(row["numerator"], row["denominator"])
    if late.n == 0:
        return say(language, "lateness.drill_cell_none", **where, excluded=number(language, row["excluded"]))
    where |= {"late": number(language, late.x), "n": number(language, late.n)}
    if not late.is_enough:
        return say(language, "lateness.drill_cell_few", **where)
    interval = percent_range(language, row["low"], row["high"])
    return say(language, "lateness.drill_cell", **where, share=percent(language, late.value), range=interval)
