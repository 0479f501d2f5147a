"""Findings in words: rules that say what differs by more than chance, by how much it matters, page by page."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from comparison.findings import lateness, models, satisfaction, volume
from comparison.findings.finding import NOTHING, Finding, Matters, Page, Told, ordered, together
from comparison.measures.memory import remembered
from comparison.question import Question

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


def findings_of(q: Question, page: Page) -> Told:
    """What the rules of a page find, the most important first."""
    return _findings_of(Question(q.warehouse, q.scope, q.viewer, q.language), page)


@remembered(128)
def _findings_of(q: Question, page: Page) -> Told:
    # What is said of a model is said of its whole life, whatever the period.
    return together(rule(q) for rule in RULES[page] if q.has_data or rule in models.RULES)


__all__ = ["NOTHING", "RULES", "Finding", "Matters", "Page", "Told", "findings_of", "ordered", "together"]
