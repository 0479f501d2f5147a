"""What the rows above a header say about time: the day of extraction and the span covered."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

_DAY = (
    r"(?:ngày\s*)?(?:(?P<{0}d>\d{{1,2}})\s*(?:[/.\-]|tháng)\s*(?P<{0}m>\d{{1,2}})\s*(?:[/.\-]|năm)\s*(?P<{0}y>\d{{4}})"
    r"|(?P<{0}Y>\d{{4}})-(?P<{0}M>\d{{2}})-(?P<{0}D>\d{{2}}))"
)
_EXTRACTED = re.compile(
    r"(?:ngày (?:giờ )?(?:xuất|in|kết xuất|trích xuất|lập)|thời (?:điểm|gian) (?:xuất|kết xuất|trích xuất|in|chốt|lập)"
    r"|(?:kết |trích )?xuất ngày|xuất lúc|chốt (?:số liệu|đến)|số liệu (?:chốt|tính|đến)|tính đến)"
    r"(?: (?:báo cáo|dữ liệu|danh sách|số liệu|đến|vào|ngày|lúc|hết|file|tệp))*"
    r"[\s:]*(?:\d{1,2}[:h]\d{2}(?::\d{2})?,?\s*)?(?:ngày\s*)?" + _DAY.format("e")
)
_SPAN = re.compile(
    r"(?:từ|từ ngày)[\s:]*"
    + _DAY.format("a")
    + r"[\s\d:,;()]*?(?:đến|tới|-|–)(?: hết)?(?: ngày)?[\s:]*"
    + _DAY.format("b")
)


def _text(cells: Iterable[str]) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", " ".join(cells)).lower())


def _day(match: re.Match[str], name: str) -> date | None:
    parts = match.groupdict()
    year, month, day = (parts[name + "y"], parts[name + "m"], parts[name + "d"])
    if year is None:
        year, month, day = (parts[name + "Y"], parts[name + "M"], parts[name + "D"])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def extraction_day(cells: Iterable[str]) -> date | None:
    """ "Ngày xuất: 05/05/2023" -> 2023-05-05; None where no cell says it."""
    found = _EXTRACTED.search(_text(cells))
    return _day(found, "e") if found else None


def covered_span(cells: Iterable[str]) -> tuple[date, date] | None:
    """ "TỪ NGÀY 01/01/2023 ĐẾN NGÀY 30/04/2023" -> its two days; None where no cell says it, or backwards."""
    found = _SPAN.search(_text(cells))
    if not found:
        return None
    first, last = _day(found, "a"), _day(found, "b")
    return (first, last) if first and last and first <= last else None
