"""Find a profile's header in a sheet, and which column holds what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.profile import Profile
from etl.reading.sheets import Sheet
from warehouse.text import fold

ROWS_SEARCHED = 30
_LEAST_HEADERS = 2


@dataclass(frozen=True)
class Header:
    """Where the header is (rows counted from 0; first = last unless it has two levels) and what it maps: canonical
    column or item -> column number, and -> header as written. `width`: columns up to the last one with a header."""

    first: int
    last: int
    columns: Mapping[str, int]
    items: Mapping[str, int]
    written: Mapping[str, str]
    width: int
    present: frozenset[str]
    matched: int

    def lacks(self, headers: Iterable[str]) -> list[str]:
        """The headers, as given, that no column has."""
        return [header for header in headers if fold(header) not in self.present]


@dataclass(frozen=True)
class _Name:
    """One way to read a column's header; those of a lower rank come first."""

    folded: str
    written: str
    column: int


def top_rows(sheet: Sheet, rows: int = ROWS_SEARCHED) -> list[list[str | None]]:
    return [list(row) for row in sheet.table.head(rows).rows()]


def find_header(rows: Sequence[Sequence[str | None]], profile: Profile) -> Header | None:
    """The best header for a profile among a sheet's first rows (from `top_rows`), or None where none fits: most
    canonical columns, then the upper row."""
    alone = [_mapped(profile, _names(None, row), number, number) for number, row in enumerate(rows)]
    found = list(alone)
    for last in range(1, len(rows)):
        both = _mapped(profile, _names(rows[last - 1], rows[last]), last - 1, last)
        # A header read together with the row above or below it matches as much as alone.
        if both.matched > max(alone[last - 1].matched, alone[last].matched):
            found.append(both)
    agreeing = [
        header
        for header in found
        if header.matched >= _LEAST_HEADERS
        and (not profile.header_row or profile.header_row - 1 in (header.first, header.last))
    ]
    return max(agreeing, key=lambda header: (header.matched, -header.last), default=None)


def _names(upper: Sequence[str | None] | None, lower: Sequence[str | None]) -> list[list[_Name]]:
    """The names of every column by rank. Of a merged cell only the first column holds the text."""
    own = [_Name(fold(text), text, column) for column, text in enumerate(lower) if text]
    if upper is None:
        return [own]
    both, above = [], []
    spread = None
    for column, text in enumerate(upper):
        spread = text or spread
        if text:
            above.append(_Name(fold(text), text, column))
        under = lower[column]
        if spread and under:
            both.append(_Name(fold(f"{spread} {under}"), f"{spread} {under}", column))
    return [own, both, above]


def _mapped(profile: Profile, ranked: Sequence[Sequence[_Name]], first: int, last: int) -> Header:
    # Of columns with the same header the last counts.
    by_name = [{name.folded: name for name in names} for names in ranked]
    written: dict[str, str] = {}

    def choose(wanted: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        chosen = {}
        for target, headers in wanted.items():
            keys = [fold(header) for header in headers]
            name = next((names[key] for key in keys for names in by_name if key in names), None)
            if name:
                chosen[target], written[target] = name.column, name.written
        return chosen

    columns, items = choose(profile.columns), choose(profile.items)
    return Header(
        first=first,
        last=last,
        columns=columns,
        items=items,
        written=written,
        width=1 + max((name.column for names in ranked for name in names), default=-1),
        present=frozenset(name.folded for names in ranked for name in names),
        matched=len(columns) + len(items),
    )
