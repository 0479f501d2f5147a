"""Find a profile's header in a sheet, and which column holds what."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from etl.profile import Profile
from etl.reading.origin import ORIGIN
from etl.reading.sheet import Sheet
from warehouse.text import fold

ROWS_SEARCHED = 30
_ORIGIN = {column: (fold(header),) for column, header in ORIGIN.items()}
_LEAST_HEADERS = 2
# "Ngày tiếp nhận (dd/mm/yyyy)", "Đơn vị (*)": what a form tells the one who fills it in.
_HINT = re.compile(r"[(\[][^()\[\]]*[)\]]")


@dataclass(frozen=True)
class Header:
    """Where the header is (rows counted from 0; first = last unless it has two levels) and what it maps: canonical
    column or item -> column number, and -> header as written; `origin`: those of a corrected row, as ORIGIN. `width`:
    columns up to the last one with a header. has_twins: whether several columns have a header that maps, so that the
    fullest of them was taken."""

    first: int
    last: int
    columns: Mapping[str, int]
    items: Mapping[str, int]
    origin: Mapping[str, int]
    written: Mapping[str, str]
    width: int
    present: frozenset[str]
    matched: int
    has_twins: bool

    def lacks(self, headers: Iterable[str]) -> list[str]:
        """The headers, as given, that no column has."""
        return [header for header in headers if fold(header) not in self.present]


class _Name(NamedTuple):
    """One way to read a column's header; those of a lower rank come first."""

    folded: str
    written: str
    column: int


@dataclass(frozen=True)
class _Candidate:
    """One row, or two adjoining ones, that may be the header. `ranked`: the ways to read each column's header, by rank;
    `count`: how many values a column has. Few rows hold a name that a profile knows: of the others no more is asked."""

    first: int
    last: int
    ranked: Sequence[Sequence[_Name]]
    width: int
    present: frozenset[str]
    count: Callable[[int], int]

    @cached_property
    def by_name(self) -> list[Mapping[str, _Name]]:
        """Folded name -> how it is read, by rank; of columns with the same header the one with most values counts, the
        last of equals."""
        return [_by_name(names, self.count) for names in self.ranked]

    @cached_property
    def twins(self) -> frozenset[str]:
        """The folded names that several columns have."""
        times = (Counter(name.folded for name in names) for names in self.ranked)
        return frozenset(folded for each in times for folded, number in each.items() if number > 1)


@dataclass(frozen=True)
class Top:
    """The first rows of a sheet, and all that may be a header in them: folded once, whatever the number of profiles."""

    rows: list[list[str | None]]
    _candidates: list[_Candidate]

    def header(self, profile: Profile) -> Header | None:
        """The best header for a profile, or None where none fits: most canonical columns, then the upper row."""
        keys = profile.header_keys
        # Most rows hold data: those have nothing that the profile looks for.
        found = [
            _mapped(profile, candidate) for candidate in self._candidates if not keys.isdisjoint(candidate.present)
        ]
        alone = {header.first: header.matched for header in found if header.first == header.last}
        agreeing = [
            header
            for header in found
            if header.matched >= _LEAST_HEADERS
            # A header read together with the row above or below it matches as much as alone.
            and (
                header.first == header.last
                or header.matched > max(alone.get(header.first, 0), alone.get(header.last, 0))
            )
            and (not profile.header_row or profile.header_row - 1 in (header.first, header.last))
        ]
        return max(agreeing, key=lambda header: (header.matched, -header.last), default=None)


def top_of(sheet: Sheet, rows: int = ROWS_SEARCHED) -> Top:
    """The first rows of a sheet: at least ROWS_SEARCHED, where it has so many."""
    texts = [list(row) for row in sheet.table.head(max(rows, ROWS_SEARCHED)).rows()]
    folded = [[fold(text) if text else "" for text in row] for row in texts]
    count = cache(lambda column: sheet.table.height - sheet.table[str(column)].null_count())
    own = [_own(row, keys) for row, keys in zip(texts, folded, strict=True)]
    alone = [_candidate(number, number, [names], count) for number, names in enumerate(own)]
    both = [
        _candidate(last - 1, last, [own[last], _joined(texts, folded, last), own[last - 1]], count)
        for last in range(1, len(texts))
    ]
    return Top(texts, alone + both)


def _candidate(first: int, last: int, ranked: Sequence[Sequence[_Name]], count: Callable[[int], int]) -> _Candidate:
    with_hints = [*ranked, *([_without_hint(name) for name in names if _has_hint(name.written)] for names in ranked)]
    return _Candidate(
        first=first,
        last=last,
        ranked=[names for names in with_hints if names],
        width=1 + max((name.column for names in ranked for name in names), default=-1),
        present=frozenset(name.folded for names in with_hints for name in names),
        count=count,
    )


def _by_name(names: Sequence[_Name], count: Callable[[int], int]) -> dict[str, _Name]:
    chosen: dict[str, _Name] = {}
    for name in names:
        before = chosen.get(name.folded)
        if before is None or count(name.column) >= count(before.column):
            chosen[name.folded] = name
    return chosen


def _has_hint(text: str) -> bool:
    # Most texts are told by a letter alone.
    return (")" in text or "]" in text) and bool(_HINT.search(text))


def _without_hint(name: _Name) -> _Name:
    return _Name(fold(_HINT.sub(" ", name.written)), name.written, name.column)


def _own(row: Sequence[str | None], keys: Sequence[str]) -> list[_Name]:
    return [_Name(key, text, column) for column, (text, key) in enumerate(zip(row, keys, strict=True)) if text]


def _joined(texts: Sequence[Sequence[str | None]], folded: Sequence[Sequence[str]], last: int) -> list[_Name]:
    """The names of a row's columns read together with those of the row above. Of a merged cell only the first column
    holds the text."""
    both = []
    spread, spread_key = None, ""
    for column, (above, under) in enumerate(zip(texts[last - 1], texts[last], strict=True)):
        if above:
            spread, spread_key = above, folded[last - 1][column]
        if spread and under:
            # As a fold of the two texts with a space between them.
            both.append(_Name(f"{spread_key} {folded[last][column]}".strip(), f"{spread} {under}", column))
    return both


def _mapped(profile: Profile, candidate: _Candidate) -> Header:
    written: dict[str, str] = {}

    def choose(wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
        chosen = {}
        for target, keys in wanted.items():
            name = next((names[key] for key in keys for names in candidate.by_name if key in names), None)
            if name:
                chosen[target], written[target] = name.column, name.written
        return chosen

    columns, items = choose(profile.folded_columns), choose(profile.folded_items)
    origin = choose(_ORIGIN)
    chosen = {
        key
        for wanted in (profile.folded_columns, profile.folded_items, _ORIGIN)
        for keys in wanted.values()
        for key in keys
    }
    return Header(
        first=candidate.first,
        last=candidate.last,
        columns=columns,
        items=items,
        origin=origin,
        written=written,
        width=candidate.width,
        present=candidate.present,
        matched=len(columns) + len(items),
        has_twins=not candidate.twins.isdisjoint(chosen),
    )
