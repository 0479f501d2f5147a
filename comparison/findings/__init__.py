"""Findings in words: rules that say what differs by more than chance, by how much it matters, page by page."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from comparison.findings import lateness, models, satisfaction, volume
from comparison.findings.finding import NOTHING, Finding, Matters, Page, Told, ordered, together
from comparison.findings.question import Question, kind_compared
from comparison.measures.memory import remembered
from comparison.scope import Language, Scope, Viewer
from warehouse.snapshots import Warehouse

Rule = Callable[[Question], Told]

# Tổng quan looks at what every page looks at.
RULES: Mapping[Page, tuple[Rule, ...]] = MappingProxyType(
    {
        "": (*volume.RULES, *lateness.RULES, *satisfaction.RULES, *models.RULES),
        "khoi-luong": volume.RULES,
        "tre-han": lateness.RULES,
        "hai-long": satisfaction.RULES,
        "mo-hinh": models.RULES,
    }
)


def findings_of(
    warehouse: Warehouse, scope: Scope, compared: Scope | None, viewer: Viewer, language: Language, page: Page
) -> Told:
    """What the rules of a page find, the most important first. compared: `View.compared`."""
    return _found(warehouse, scope, compared, viewer, language, page)


@remembered(128)
def _found(
    warehouse: Warehouse, scope: Scope, compared: Scope | None, viewer: Viewer, language: Language, page: Page
) -> Told:
    asked = Question(warehouse, scope, compared, viewer, language)
    # What is said of a model is said of its whole life, whatever the period.
    return together(rule(asked) for rule in RULES[page] if asked.has_data or rule in models.RULES)


__all__ = [
    "NOTHING", "RULES", "Finding", "Matters", "Page", "Question", "Told", "findings_of", "kind_compared", "ordered",
    "together",
]  # fmt: skip
