"""The link that carries a scope: written here, read and checked in `link_reading`."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from comparison.scope.codes import join_codes
from comparison.scope.known import Known
from comparison.scope.link_reading import ALL_KINDS, LATEST, Ignored, LinkReading
from comparison.scope.scope import Scope

Language = Literal["vi", "en"]


def wanted_snapshot(params: Mapping[str, str], kept: Sequence[str], latest: str) -> str:
    """The snapshot to open: the one a link names, else the latest; of one that is gone, the nearest kept after it.

    `kept` are ids, oldest first, that sort by age. When another is opened than the one named, `read_link` says so.
    """
    wanted = params.get("snapshot") or LATEST
    if wanted == LATEST or not kept:
        return latest
    return wanted if wanted in kept else kept[min(bisect_left(kept, wanted), len(kept) - 1)]


def read_language(params: Mapping[str, str]) -> Language:
    """The language of the page: Vietnamese unless the link asks for English."""
    return "en" if params.get("lang") == "en" else "vi"


def read_link(params: Mapping[str, str], known: Known, own: Collection[str] = ()) -> tuple[Scope, tuple[Ignored, ...]]:
    """The scope that a link asks of this snapshot, and every part of it that cannot be honoured.

    `own` names the parameters that the page reads itself. Raises ValueError if the snapshot holds no root unit.
    """
    reading = LinkReading(params, known)
    return reading.scope(own), tuple(reading.ignored)


def write_link(scope: Scope, *, fixed: bool = False, language: Language = "vi") -> dict[str, str]:
    """The parameters of a link to this scope; with its snapshot only if `fixed`.

    Whatever has a default that depends on the data is written, so that the link means the same next month.
    """
    params = {
        "from": scope.period.starts_on.isoformat(),
        "to": scope.period.ends_on.isoformat(),
        "compare": scope.compare,
        "root": scope.root,
        "kind": scope.kind or ALL_KINDS,
        "units": join_codes(scope.units),
        "fields": join_codes(scope.fields),
        "procedures": join_codes(scope.procedures),
        "channels": join_codes(scope.channels),
        "instrument": scope.instrument or "",
        "on_time": "" if scope.on_time == "due" else scope.on_time,
        "boundaries": "" if scope.boundaries == "now" else scope.boundaries,
        "snapshot": scope.snapshot if fixed else "",
        "lang": "" if language == "vi" else language,
    }
    return {name: value for name, value in params.items() if value}
