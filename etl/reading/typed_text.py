"""The typed cells of OpenDocument and XML spreadsheets as the texts that the reader of .xlsx gives."""

import re
from decimal import Decimal

_WITH_EXPONENT = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,30})?[Ee][+-]?\d{1,2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:[.,]\d+)?")


def number_text(value: str) -> str:
    """ "4.5E4" -> "45000": a code that was stored as a number keeps its digits."""
    value = value.strip()
    return format(Decimal(value), "f") if _WITH_EXPONENT.fullmatch(value) else value


def moment_text(value: str) -> str:
    """ "2025-01-02T09:08:00.000" -> "2025-01-02 09:08:00"."""
    found = _MOMENT.fullmatch(value.strip())
    return f"{found[1]} {found[2]}" if found else value.strip()
