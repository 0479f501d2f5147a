"""Which kinds of units a question can be about."""

from comparison.question import Question


def kinds_with(q: Question, least: int) -> list[str]:
    """The kinds of which there are at least so many units, the root itself left out."""
    there = [kind for kind in q.known.kinds_of(q.scope.root) if kind != "district"]
    return [kind for kind in there if len(q.known.units_of(q.scope.root, kind)) >= least]


def kind_asked(q: Question, codes: list[str]) -> str | None:
    """The kind that a scope asks for, or that of all these units; None where they are of several."""
    kinds = {q.known.unit_of[code].kind for code in codes}
    return q.scope.kind or (kinds.pop() if len(kinds) == 1 else None)
