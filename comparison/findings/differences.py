"""Whether a share differs from another, or from what it was, by more than chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from comparison.findings.finding import NOTHING, Finding, Matters, Page, Told
from comparison.question import Question
from comparison.statistics import Z_95
from comparison.statistics.differences import newcombe
from comparison.wording.findings import Share, share_of
from comparison.wording.numbers import MINUS, points_between
from comparison.wording.verdicts import signed_range

# Of such a comparison where nothing differs: 95 % intervals leave 0 out so often.
BY_CHANCE = 0.05

Direction = Mapping[bool, Matters]


@dataclass(frozen=True)
class Difference:
    """How much one share is above another (0.02: two points), with its interval."""

    value: float
    low: float
    high: float


def clear_difference(one: Share, other: Share, z: float = Z_95) -> Difference | None:
    """The difference of two shares of n >= 25 that is more than chance explains, None for any other: the 95 % interval
    (unless another z is given) leaves 0 out."""
    if not (one.is_enough and other.is_enough):
        return None
    value, low, high = (float(part) for part in newcombe(one.x, one.n, other.x, other.n, z))
    return Difference(value, low, high) if low > 0 or high < 0 else None


def matters_by(up: Matters, down: Matters) -> Direction:
    """What it means for people that a share rose (True) or fell."""
    return MappingProxyType({True: up, False: down})


def share_changed(q: Question, name: str, key: str, page: Page, matters: Direction) -> Told:
    """A measure that is a share, beside the comparison period; key: of its messages."""
    if q.compared is None:
        return NOTHING
    now, before = share_of(q.measure(name, scope=q.comparable)), share_of(q.measure(name, scope=q.compared))
    return of_shares(q, now, before, key, page, matters)


def of_shares(q: Question, now: Share, before: Share, key: str, page: Page, matters: Direction) -> Told:
    if not (now.is_enough and before.is_enough):
        return NOTHING
    found = clear_difference(now, before)
    if found is None:
        return Told((), 1, BY_CHANCE)
    is_up = found.value > 0
    return Told(
        (
            Finding(
                q.say(
                    f"{key}_{'up' if is_up else 'down'}", share=q.percent(now.value),
                    points=points_between(q.language, now.value, before.value).lstrip(f"+{MINUS}"),
                ),
                q.say(
                    f"{key}_evidence", x=q.number(now.x), n=q.number(now.n), share=q.percent(now.value),
                    x_before=q.number(before.x), n_before=q.number(before.n), before=q.percent(before.value),
                    range=points_range(q, found.low, found.high),
                ),
                q.say("findings_test.interval"), page, round(abs(found.value) * now.n), matters[is_up], "",
            ),
        ),
        1, BY_CHANCE,
    )  # fmt: skip


def points_range(q: Question, low: float, high: float) -> str:
    """ "−1,9 đến −0,4 điểm"."""
    return signed_range(q.language, low, high)
