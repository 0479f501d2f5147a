"""Numbers as people read them: 1.234,5 and 86,3 % in Vietnamese, 1,234.5 and 86.3% in English, whatever the browser."""

import math
from decimal import ROUND_HALF_UP, Decimal

from comparison.scope import Language

MINUS = "\N{MINUS SIGN}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_PERCENT_SIGN: dict[Language, str] = {"vi": f"{NO_BREAK_SPACE}%", "en": "%"}
_POINTS: dict[Language, str] = {"vi": f"{NO_BREAK_SPACE}điểm", "en": f"{NO_BREAK_SPACE}points"}
_SWAPPED = str.maketrans(",.", ".,")


def number(language: Language, value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """1234.5 with one decimal -> "1.234,5" or "1,234.5". Halves round away from zero; minus is U+2212.

    `signed` puts "+" before what is above zero after rounding.
    """
    rounded = _rounded(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + (text.translate(_SWAPPED) if language == "vi" else text)


def percent(language: Language, share: float, decimals: int = 1) -> str:
    """0.863 -> "86,3 %" or "86.3%". What is not quite none or all never reads so: "<0,1 %", ">99,9 %"."""
    value = Decimal(repr(float(share))) * 100
    step = Decimal(1).scaleb(-decimals)
    rounded = value.quantize(step, ROUND_HALF_UP)
    if rounded == 0 < value:
        return f"<{number(language, float(step), decimals)}{_PERCENT_SIGN[language]}"
    if rounded == 100 > value:
        return f">{number(language, float(100 - step), decimals)}{_PERCENT_SIGN[language]}"
    return number(language, float(rounded), decimals) + _PERCENT_SIGN[language]


def percent_range(language: Language, low: float, high: float, decimals: int = 1) -> str:
    """(0.021, 0.033) -> "2,1–3,3 %" or "2.1–3.3%"; a bound of exactly 0 or 1 has no decimals: "72,2–100 %"."""
    bounds = (number(language, bound * 100, 0 if bound in (0, 1) else decimals) for bound in (float(low), float(high)))
    return "–".join(bounds) + _PERCENT_SIGN[language]


def points(language: Language, difference: float, decimals: int = 1) -> str:
    """A difference of two shares: -0.009 -> "−0,9 điểm" or "−0.9 points"."""
    return number(language, float(Decimal(repr(float(difference))) * 100), decimals, signed=True) + _POINTS[language]


def points_between(language: Language, now: float, before: float, decimals: int = 1) -> str:
    """The difference of two shares as they are written, so that whoever subtracts them finds it: 0.1128 and 0.1144 are
    "11,3 %" and "11,4 %", and "−0,1 điểm" apart."""
    written = (_rounded(100 * Decimal(repr(float(share))), decimals) for share in (now, before))
    return number(language, float(next(written) - next(written)), decimals, signed=True) + _POINTS[language]


def interval_decimals(low: float, high: float) -> int:
    """How many decimals the ends of an interval of points (given as shares) need: one, and as many more as it takes
    that an end beside 0 does not read as 0 where the interval leaves 0 out."""
    nearest = low if low > 0 else high if high < 0 else None
    if nearest is None or math.isinf(nearest):
        return 1
    return next((decimals for decimals in (1, 2, 3) if _rounded(100 * nearest, decimals) != 0), 4)


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    # The shortest decimal of a float is what people see, and what they expect to be rounded: 0.125 and 2.675 alike.
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
