"""The lists of late cases and of volume once more, in plain loops over what the exports say; not from our SQL."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from tests.helpers.slow_twins import Case, working_days


def _timed(case: Case) -> bool:
    return case.outcome in ("finished", "open") and case.vanished is None and not case.faults


def _finished(cases: Iterable[Case], first: date, last: date) -> list[tuple[Case, date]]:
    """Cases finished in a period that time measures count, with the day."""
    found = []
    for case in cases:
        if case.outcome == "finished" and not case.faults and case.finished is not None:
            found.append((case, case.finished))
    return [(case, day) for case, day in found if first <= day <= last]


def _finished_late(cases: Iterable[Case], first: date, last: date) -> list[tuple[Case, date, date]]:
    return [
        (case, finished, case.due)
        for case, finished in _finished(cases, first, last)
        if case.due is not None and finished > case.due
    ]


def _due(cases: Iterable[Case], first: date, last: date) -> list[Case]:
    """Cases due in a period and before the cut-off."""
    return [
        case
        for case in cases
        if _timed(case) and case.due is not None and first <= case.due <= last and case.due < case.cut_off
    ]


def _in_time(case: Case, due: date | None) -> bool:
    return due is not None and case.outcome == "finished" and case.finished is not None and case.finished <= due


def days_late(cases: Iterable[Case], first: date, last: date) -> dict[int, int]:
    return Counter(working_days(due, finished) for _, finished, due in _finished_late(cases, first, last))


def statutory_time_used(cases: Iterable[Case], first: date, last: date) -> dict[tuple[float, float | None], int]:
    found: Counter[tuple[float, float | None]] = Counter()
    for case, finished in _finished(cases, first, last):
        allowed = working_days(case.received, case.due) if case.due is not None else 0
        if allowed == 0:
            continue
        share = Fraction(working_days(case.received, finished), allowed)
        step = 1
        while step <= 20 and share > Fraction(step, 10):
            step += 1
        found[(step - 1) / 10, step / 10 if step <= 20 else None] += 1
    return found


def late_causes(cases: Iterable[Case], first: date, last: date) -> dict[str, int]:
    return Counter(
        case.row["late_cause"] or "" for case in _due(cases, first, last) if not _in_time(case, case.due)
    )  # fmt: skip


def apologies(cases: Iterable[Case], first: date, last: date) -> dict[str, tuple[int, int, int]]:
    found: dict[str, tuple[int, int, int]] = {}
    for case, _, due in _finished_late(cases, first, last):
        late, letters, before = found.get(case.group("unit"), (0, 0, 0))
        sent = case.row["apology_sent_on"]
        found[case.group("unit")] = (late + 1, letters + (sent is not None), before + (sent is not None and sent < due))
    return found


def due_moved(cases: Iterable[Case], first: date, last: date) -> dict[str, tuple[int, int, int, int]]:
    found: dict[str, tuple[int, int, int, int]] = {}
    for case in _due(cases, first, last):
        n, moved, by_first, by_now = found.get(case.group("unit"), (0, 0, 0, 0))
        found[case.group("unit")] = (
            n + 1,
            moved + (case.first_due != case.due),
            by_first + _in_time(case, case.first_due),
            by_now + _in_time(case, case.due),
        )
    return found


def late_by_procedure(cases: Iterable[Case], first: date, last: date) -> dict[tuple[str, str], int]:
    return Counter(
        (case.group("unit"), case.group("procedure"))
        for case in _due(cases, first, last)
        if not _in_time(case, case.due)
    )


def daily_received(cases: Iterable[Case], first: date, last: date) -> dict[date, tuple[int, int]]:
    cases, found, day = list(cases), {}, first
    while day <= last:
        received = sum(case.received == day for case in cases)
        resolved = sum(
            case.outcome == "finished" and not case.counts_only_as_received and case.finished == day for case in cases
        )
        if received or resolved:
            found[day] = (received, resolved)
        day += timedelta(days=1)
    return found


def receipt_hours(cases: Iterable[Case], first: date, last: date) -> dict[tuple[int, int], int]:
    """`received_time` of a row is (hour, minute), None where the export has only days."""
    found: Counter[tuple[int, int]] = Counter()
    for case in cases:
        if case.row["received_time"] is not None and first <= case.received <= last:
            found[case.received.isoweekday(), case.row["received_time"][0]] += 1
    return found


STEPS = [(0, 5), (6, 10), (11, 20), (21, 30), (31, 60), (61, 120), (121, None)]


def stock_age(cases: Iterable[Case], last: date) -> dict[tuple[int, int | None], int]:
    found: Counter[tuple[int, int | None]] = Counter()
    for case in cases:
        if case.in_stock(last):
            age = working_days(case.received, min(last, case.cut_off))
            found[next((low, high) for low, high in STEPS if low <= age and (high is None or age <= high))] += 1
    return found


def observed_and_expected(
    cases: Sequence[Case], unit: str, first: date, last: date
) -> tuple[int, Fraction, int] | None:
    """Late cases of a unit that can be compared, those expected, and how many of its cases due cannot be compared.

    A field that two units of the kind handle counts where 100 cases of the others stand behind it; rarer ones in which
    the unit has no more cases than they, or none, are one field, where 100 stand behind that. None without cases due.
    """
    peers = _due(cases, first, last)
    kind = next(case.group("unit_kind") for case in cases if case.group("unit") == unit)
    own = [case for case in peers if case.group("unit") == unit]
    others = [case for case in peers if case.group("unit") != unit and case.group("unit_kind") == kind]
    if not own:
        return None
    fields = {case.group("field") for case in (*own, *others)}
    parts: list[set[str]] = []
    rare: set[str] = set()
    for field in sorted(fields):
        there = sum(case.group("field") == field for case in others)
        mine = sum(case.group("field") == field for case in own)
        handling = {case.group("unit") for case in (*own, *others) if case.group("field") == field}
        if len(handling) < 2:
            continue
        if there >= 100:
            parts.append({field})
        elif mine <= there:
            rare.add(field)
    parts.append(rare)
    late, expected, apart = 0, Fraction(0), len(own)
    for part in parts:
        behind = [case for case in others if case.group("field") in part]
        mine_of_part = [case for case in own if case.group("field") in part]
        if len(behind) < 100:
            continue
        late += sum(not _in_time(case, case.due) for case in mine_of_part)
        behind_late = sum(not _in_time(case, case.due) for case in behind)
        expected += Fraction(len(mine_of_part) * behind_late, len(behind))
        apart -= len(mine_of_part)
    return late, expected, apart
