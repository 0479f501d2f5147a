"""What a reading asks of the installation: names, causes and codes that are known before the file is opened."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

OTHER = "Khác"


def _no_codes(_kind: str, _source: str) -> pl.Series:
    return pl.Series(dtype=pl.String)


@dataclass(frozen=True)
class Known:
    """names: of units, fields and procedures, as folded. categories: of each reference file of categories, that of each
    spelling, as folded. codes: those of a kind and source's active loads."""

    names: frozenset[str] = frozenset()
    categories: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: defaultdict(dict))
    codes: Callable[[str, str], pl.Series] = _no_codes


NOTHING = Known()
