"""Queries that stand in files beside this one, and the parameters that narrow a list to a scope."""

from functools import cache
from typing import Any

from comparison.measures import definitions
from comparison.measures.units_asked import units_in
from comparison.scope import Known, Scope, Viewer


@cache
def stored(name: str) -> str:
    """The text of a query: "late" -> late.sql, "lists/loads" -> lists/loads.sql."""
    path = next(path for folder in definitions.FOLDERS if (path := folder / f"{name}.sql").exists())
    return path.read_text(encoding="utf-8")


def of_listed_cases(name: str) -> str:
    """The query lists/<name>.sql, which reads the cases that a scope asks for; it takes `narrowing` and its own."""
    return f"with listed_cases as (\n{stored('lists/listed_cases')})\n{stored(f'lists/{name}')}"


def narrowing(scope: Scope, known: Known, viewer: Viewer) -> dict[str, Any]:
    """What the lists filter by: root, units, and for fields, procedures and channels the chosen ones or all_*."""
    parameters: dict[str, Any] = {"root": scope.root, "units": sorted(units_in(scope, known, viewer))}
    for name in ("fields", "procedures", "channels"):
        chosen = list(getattr(scope, name))
        parameters |= {f"all_{name}": not chosen, name: chosen or [""]}
    return parameters
