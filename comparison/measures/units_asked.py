"""The units that a question is about."""

from comparison.scope import Known, Scope, Viewer


def units_in(scope: Scope, known: Known, viewer: Viewer) -> frozenset[str]:
    """Codes of the units that a scope asks for and a viewer may see: of its kind, its units with all under them."""
    of_kind = {unit.code for unit in known.units_of(scope.root, scope.kind) if viewer.allows(unit.code)}
    if not scope.units:
        return frozenset(of_kind)
    parents = {unit.code: unit.parent for unit in known.units_of(scope.root)}

    def is_chosen(code: str | None) -> bool:
        return code is not None and (code in scope.units or is_chosen(parents.get(code)))

    return frozenset(code for code in of_kind if is_chosen(code))
