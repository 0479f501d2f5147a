"""What a reading asks of the installation: names, causes and codes that are known before the file is opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

OTHER_CAUSE = "Khác"


def _no_codes(_: str) -> pl.Series:
    return pl.Series(dtype=pl.String)


@dataclass(frozen=True)
class Known:
    """names: of units, fields and procedures, as folded. late_causes: category of each spelling, as folded.
    case_codes: the codes of a source's active loads."""

    names: frozenset[str] = frozenset()
    late_causes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    case_codes: Callable[[str], pl.Series] = _no_codes


NOTHING = Known()
