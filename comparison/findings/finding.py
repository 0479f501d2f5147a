"""A finding in words, what of it orders findings, and what several rules found together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal

from comparison.wording import sort_key

# The page's place in the address; "" is Tổng quan.
Page = Literal["", "khoi-luong", "tre-han", "hai-long", "mo-hinh"]


class Matters(Enum):
    """What one person counts for in the order of findings. Our judgement, and the same on every page.

    A finding that something got better counts half, so that it stands after one of the same size that something got
    worse. Work that merely came in, or came in another way, must not push away people who waited: a hundred such cases
    count as one that is late.
    """

    HARMED = 1.0  # waited beyond the promised day, or was dissatisfied, beyond what was expected
    BETTER = 0.5  # was spared that
    OWED = 0.1  # still waits within the promised time, or was late (and counted there) and not told
    WORK = 0.01  # handed in: neither better nor worse off
    NOTED = 0.0  # sets a mind at rest


@dataclass(frozen=True)
class Finding:
    """One finding: what it says, what that rests on, which test stands behind it, and where it is to be seen.

    `changes`: the attributes of the scope that the link changes, as `Question.parameters` takes them; `own`: parameters
    that only the page reads. `people`: how many more, or fewer, than expected. `name`: what it is about.
    """

    sentence: str
    evidence: str
    test: str
    page: Page
    people: int
    matters: Matters
    name: str
    changes: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def weight(self) -> float:
        """How much it matters: the people affected beyond what was expected, by what happened to them."""
        return self.people * self.matters.value


@dataclass(frozen=True)
class Told:
    """What rules found, how many comparisons they looked at, and how many findings chance alone would let through on
    average, at most, if nothing differed anywhere. What is counted, and not inferred from some cases, is not among
    these."""

    findings: tuple[Finding, ...] = ()
    looked_at: int = 0
    by_chance: float = 0.0


NOTHING = Told()


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that matter most first; of equal ones what harmed people, then in Vietnamese order: the order of the data
    decides nothing."""
    return tuple(sorted(findings, key=_key))


def _key(each: Finding) -> tuple[Any, ...]:
    return -each.weight, -each.matters.value, sort_key(each.name), sort_key(each.sentence)


def together(told: Iterable[Told]) -> Told:
    """Everything that several rules found, ordered."""
    parts = list(told)
    return Told(
        ordered(each for part in parts for each in part.findings),
        sum(part.looked_at for part in parts),
        sum(part.by_chance for part in parts),
    )
