"""Days and periods as people read them: 30/09/2026, "Quý III/2026 (01/07–30/09/2026)"."""

from datetime import date

from comparison.scope import Language, Period
from comparison.scope.periods import StatutoryKind, namesake

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
    """The name alone: "Quý III/2026", "Tháng 9/2026", "6 tháng cuối năm 2026", "Năm 2026"; else its dates.

    A statutory period is named after the calendar one: "Kỳ báo cáo quý III/2026", "Reporting period Q3 2026".
    """
    if period.statutory is not None:
        name = _name(language, period.statutory, namesake(period).starts_on)
        # A month keeps its capital in English; what else begins with a letter does not, inside a name.
        keeps = language == "en" and period.statutory in ("month", "quarter")
        inside = name if keeps else name[:1].lower() + name[1:]
        return f"Reporting period {inside}" if language == "en" else f"Kỳ báo cáo {inside}"
    return date_range(language, period) if period.kind == "custom" else _name(language, period.kind, period.starts_on)


def _name(language: Language, kind: StatutoryKind, starts_on: date) -> str:
    """What a calendar period of this kind that starts on this day is called."""
    year, month = starts_on.year, starts_on.month
    quarter, second_half = (month - 1) // 3, month > 6
    vietnamese = {
        "month": f"Tháng {month}/{year}",
        "quarter": f"Quý {_ROMAN[quarter]}/{year}",
        "half_year": f"6 tháng {'cuối' if second_half else 'đầu'} năm {year}",
        "nine_months": f"9 tháng năm {year}",
        "year": f"Năm {year}",
    }
    english = {
        "month": f"{_MONTHS[month - 1]} {year}",
        "quarter": f"Q{quarter + 1} {year}",
        "half_year": f"{'Second' if second_half else 'First'} half of {year}",
        "nine_months": f"Nine months of {year}",
        "year": str(year),
    }
    return (english if language == "en" else vietnamese)[kind]


def period_label(language: Language, period: Period) -> str:
    """The name with its dates where a reader may not know them: "Quý III/2026 (01/07–30/09/2026)", "Tháng 9/2026"."""
    is_plain = period.statutory is None and period.kind in ("month", "custom")
    return period_name(language, period) if is_plain else dated_label(language, period)


def dated_label(language: Language, period: Period) -> str:
    """The name always with its dates, "Tháng 9/2026 (01–30/09/2026)"; of a period without a name the dates alone."""
    name, dates = period_name(language, period), date_range(language, period)
    return name if name == dates else f"{name} ({dates})"


def group_name(language: Language, code: str) -> str:
    """A group of a measure by month, quarter or year: "2023-09" -> "09/2023", "2023-Q1" -> "Quý I/2023", "2023"."""
    year, _, part = code.partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        return f"{part} {year}" if language == "en" else f"Quý {_ROMAN[int(part[1:]) - 1]}/{year}"
    return f"{_MONTHS[int(part) - 1][:3]} {year}" if language == "en" else f"{part}/{year}"
