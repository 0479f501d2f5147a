"""Why a number changed, once more, in plain loops over the cases of two sets of exports; from contracts.md."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import tests.helpers.slow_twins as twins
from tests.helpers.slow_twins import Case

# Column of the list -> the measure, and which part of its answer.
COUNTS = {
    "received": ("received", "numerator"),
    "resolved": ("resolved", "numerator"),
    "early": ("early", "numerator"),
    "on_time": ("on_time", "numerator"),
    "late_resolved": ("late_resolved", "numerator"),
    "judged_on_time": ("{on_time}", "numerator"),
    "judged": ("{on_time}", "denominator"),
    "in_progress": ("in_progress", "numerator"),
    "overdue_open": ("overdue_open", "numerator"),
}
ON_TIME = {"due": "on_time_due", "resolved": "on_time_resolved", "first_due": "on_time_first_due"}


@dataclass(frozen=True)
class Change:
    reason: str
    difference: dict[str, int]


def part_of(case: Case | None, first: date, last: date, on_time: str) -> dict[str, int]:
    """What one case adds to each figure."""
    found = {}
    for column, (name, part) in COUNTS.items():
        measure = twins.OF_CASES[name.format(on_time=ON_TIME[on_time])]
        answer = None if case is None else measure([case], first, last)
        found[column] = (getattr(answer, part) or 0) if answer is not None else 0
    return found


def why(was: Case | None, now: Case | None, cut_off_before: date | None, *, is_elsewhere: bool, on_time: str) -> str:
    if was is None:
        assert now is not None
        return "received_since" if cut_off_before and now.received >= cut_off_before else "arrived_late"
    if now is None or (was.vanished is None and now.vanished is not None):
        return "vanished"
    if is_elsewhere:
        return "reclassified"
    if (was.received, was.due) != (now.received, now.due):
        return "corrected"
    if on_time == "first_due" and was.first_due != now.first_due:
        return "corrected"
    if ("conflicting_rows" in was.faults) != ("conflicting_rows" in now.faults):
        return "corrected"
    is_same = (was.finished, was.row["status"]) == (now.finished, now.row["status"])
    if was.vanished != now.vanished and now.outcome in ("open", "awaiting"):
        is_same = False
    if was.closed is not None and now.closed is not None and was.closed != now.closed:
        is_same = False
    if is_same:
        return "newly_judged"
    was_open = was.outcome in ("open", "awaiting") and was.finished is None
    went_on = was_open and now.closed is not None and now.closed >= was.cut_off
    return "progressed" if went_on else "corrected"


def changes(
    before: Sequence[Case],
    after: Sequence[Case],
    is_asked: Callable[[Case], bool],
    first: date,
    last: date,
    on_time: str,
) -> dict[tuple[str, str], Change]:
    """The cases that count differently, or elsewhere, by (source, code)."""
    cut_offs = {case.source: case.cut_off for case in before}
    was_of = {(case.source, case.code): case for case in before}
    now_of = {(case.source, case.code): case for case in after}
    found = {}
    for key in {*was_of, *now_of}:
        was, now = was_of.get(key), now_of.get(key)
        asked = [case is not None and is_asked(case) for case in (was, now)]
        parts = [
            part_of(case if here else None, first, last, on_time) for case, here in zip((was, now), asked, strict=True)
        ]
        is_elsewhere = asked[0] != asked[1]
        if was is not None and now is not None:
            places = [[case.group(by) for by in ("unit", "field", "procedure", "channel")] for case in (was, now)]
            is_elsewhere = is_elsewhere or places[0] != places[1]
        if parts[0] == parts[1] and not (is_elsewhere and any(parts[0].values())):
            continue
        reason = why(was, now, cut_offs.get(key[0]), is_elsewhere=is_elsewhere, on_time=on_time)
        found[key] = Change(reason, {name: parts[1][name] - parts[0][name] for name in COUNTS})
    return found
