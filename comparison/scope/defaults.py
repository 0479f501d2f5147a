"""What is shown when nothing is asked."""

from comparison.scope.known import Known, Root
from comparison.scope.periods import Period, last_full
from comparison.scope.scope import Scope


def default_period(root: Root) -> Period:
    """The last full quarter before the cut-off, or all that is covered if that quarter is not."""
    quarter = last_full("quarter", root.cut_off)
    return quarter if quarter.starts_on >= root.covers_from else Period(root.covers_from, root.cut_off)


def default_scope(known: Known, root: str | None = None) -> Scope:
    """The scope without a link: communes where the root has any, against the same period last year.

    Raises ValueError if the snapshot holds no root unit, KeyError if it holds no such root.
    """
    if not known.roots:
        raise ValueError(f"snapshot {known.snapshot!r} holds no root unit")
    chosen = known.root_of[root] if root is not None else known.root_of.get("district", known.roots[0])
    instruments = known.instruments_of(chosen.code)
    return Scope(
        snapshot=known.snapshot,
        root=chosen.code,
        period=default_period(chosen),
        kind="commune" if "commune" in known.kinds_of(chosen.code) else None,
        instrument=instruments[0].code if len(instruments) > 1 else None,
    )
