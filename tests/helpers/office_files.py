"""Files that offices have, kept in `tests/loading/cases`, and how one is read with their profile."""

from datetime import date
from pathlib import Path

from etl.profile import load_profile
from etl.reading import FileRefused, Parsed, read
from warehouse.folders import PROJECT

CASES = PROJECT / "tests" / "loading" / "cases"


def parsed_case(path: Path) -> Parsed:
    """Raises FileRefused. Every row is accounted for."""
    parsed = read(path, [load_profile(CASES / "thu.toml")], as_of=None, today=date(2026, 11, 30))
    assert parsed.rows == parsed.data_rows + sum(parsed.layout.values())
    rejected = parsed.rejected["row_number"].n_unique()
    assert parsed.data_rows == parsed.frame.height + rejected
    return parsed


def reason(path: Path) -> str:
    """Why a file is refused; "" where it is read."""
    try:
        parsed_case(path)
    except FileRefused as refused:
        return refused.reason
    return ""
