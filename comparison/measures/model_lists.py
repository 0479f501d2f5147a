"""What an office says of its models: who adopted which, reviews, scores, conclusions, and what else happened.

Lists are shared between readers: not to be changed.
"""

import polars as pl

from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.stored import stored
from comparison.measures.units_asked import units_in
from comparison.scope import Scope, Viewer
from warehouse.snapshots import Warehouse


def models(warehouse: Warehouse, root: str, viewer: Viewer) -> pl.DataFrame:
    """The models adopted, or planned to be, in a root: model, model_name, purpose, responsible.

    In the order of their first adoption, those only planned last.
    """
    return _of_root(warehouse, "models", root, viewer)


@remembered(16)
def adoptions(warehouse: Warehouse, root: str, units: tuple[str, ...], viewer: Viewer) -> pl.DataFrame:
    """Who adopted which model: model, model_name, unit, unit_name, unit_kind, planned_from, adopted_from, adopted_to
    (Date; adopted_from is null while it is only planned, adopted_to is the first day without the model).

    The models in the order of `models`.
    """
    allowed = tuple(unit for unit in units if viewer.allows(unit))
    return _listed(warehouse, "adoptions", root, allowed)


def reviews(warehouse: Warehouse, root: str, viewer: Viewer) -> pl.DataFrame:
    """The reviews of the root's models, the earliest first: model, review, kind (interim, final), held_on, title."""
    return _of_root(warehouse, "reviews", root, viewer)


def criterion_scores(warehouse: Warehouse, root: str, viewer: Viewer) -> pl.DataFrame:
    """What each unit was given for each criterion at each review: model, review, held_on, criterion, group_name,
    criterion_name, highest_score, unit, unit_name, unit_kind, score (0 to highest_score)."""
    return _of_root(warehouse, "criterion_scores", root, viewer)


def conclusions(warehouse: Warehouse, root: str, viewer: Viewer) -> pl.DataFrame:
    """What the reviews concluded: model, review, held_on, review_title, number, text, unit and unit_name (null: all
    units of the model), due_on (Date or null), state (not_started, in_progress, done)."""
    return _of_root(warehouse, "conclusions", root, viewer)


def events(warehouse: Warehouse, root: str, viewer: Viewer) -> pl.DataFrame:
    """What else happened, the earliest first: happened_on (Date), unit (the root: all of it), unit_name, title."""
    return _of_root(warehouse, "events", root, viewer)


def life_marks(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """What to mark on a time chart of the units that a scope asks for, whatever its period.

    month ("2024-01"), day (Date), model, model_name, kind (launch, end, interim, final), units: how many of the scope's
    units begin or end that day; for a review, how many had begun by then. At least one, by day.
    """
    return _listed(warehouse, "life_marks", scope.root, tuple(sorted(units_in(scope, known(warehouse), viewer))))


def _of_root(warehouse: Warehouse, name: str, root: str, viewer: Viewer) -> pl.DataFrame:
    allowed = tuple(unit.code for unit in known(warehouse).units_of(root) if viewer.allows(unit.code))
    return _listed(warehouse, name, root, allowed)


@remembered(64)
def _listed(warehouse: Warehouse, name: str, root: str, units: tuple[str, ...]) -> pl.DataFrame:
    return warehouse.read(stored(f"lists/{name}"), {"root": root, "units": list(units)})
