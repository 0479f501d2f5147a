"""Weekdays, and means a day, as several figures say them."""

from comparison.scope import Language
from comparison.wording import number, say
from comparison.wording.findings import sentence


def weekday_name(language: Language, weekday: int) -> str:
    """1 -> "Thứ Hai"."""
    return sentence(say(language, f"calendar.weekday_{weekday}"))


def mean_text(language: Language, mean: float) -> str:
    """A mean a day with one decimal, none from 100 on."""
    return number(language, mean, 0 if mean >= 100 else 1)
