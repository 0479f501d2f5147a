"""Days and periods as people read them: 30/09/2026, "Quý III/2026 (01/07–30/09/2026)"."""

from datetime import date

from comparison.scope import Language, Period

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(language: Language, value: date) -> str:
    """ "30/09/2026"; in English "30 Sep 2026"."""
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1][:3]} {value.year}"
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def date_range(language: Language, period: Period) -> str:
    """ "01/07–30/09/2026"; in English "1 Jul – 30 Sep 2026"; the year twice where it changes, one day alone."""
    start, end = day(language, period.starts_on), day(language, period.ends_on)
    if period.days == 1:
        return end
    if period.starts_on.year == period.ends_on.year:
        start = start[:-5]
    return f"{start} – {end}" if language == "en" else f"{start}–{end}"


def period_name(language: Language, period: Period) -> str:
    """The name alone: "Quý III/2026", "Tháng 9/2026", "6 tháng cuối năm 2026", "Năm 2026"; else its dates."""
    year, month = period.starts_on.year, period.starts_on.month
    quarter, second_half = (month - 1) // 3, month > 6
    vietnamese = {
        "month": f"Tháng {month}/{year}",
        "quarter": f"Quý {_ROMAN[quarter]}/{year}",
        "half_year": f"6 tháng {'cuối' if second_half else 'đầu'} năm {year}",
        "year": f"Năm {year}",
    }
    english = {
        "month": f"{_MONTHS[month - 1]} {year}",
        "quarter": f"Q{quarter + 1} {year}",
        "half_year": f"{'Second' if second_half else 'First'} half of {year}",
        "year": str(year),
    }
    return (english if language == "en" else vietnamese).get(period.kind) or date_range(language, period)


def period_label(language: Language, period: Period) -> str:
    """The name with its dates where a reader may not know them: "Quý III/2026 (01/07–30/09/2026)", "Tháng 9/2026"."""
    name = period_name(language, period)
    return name if period.kind in ("month", "custom") else f"{name} ({date_range(language, period)})"


def group_name(language: Language, code: str) -> str:
    """A group of a measure by month, quarter or year: "2023-09" -> "09/2023", "2023-Q1" -> "Quý I/2023", "2023"."""
    year, _, part = code.partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        return f"{part} {year}" if language == "en" else f"Quý {_ROMAN[int(part[1:]) - 1]}/{year}"
    return f"{_MONTHS[int(part) - 1][:3]} {year}" if language == "en" else f"{part}/{year}"
