"""Every measure once more, in plain loops over what the exports say; written from contracts.md, not from our SQL."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays
from scipy.stats import t as student

WITHOUT_RESULT = ("returned", "withdrawn", "refused", "stopped")
AWAITING = ("awaiting_supplement", "awaiting_payment")
ONLY_RECEIVED = ("ended_before_received", "finished_without_date")
LONG_AGO = date.min
DAY = timedelta(days=1)

Row = dict[str, Any]


@dataclass(frozen=True)
class Export:
    """One export of cases, in the order of loading: what its rows say, by canonical column, units and such by code."""

    source: str
    extracted_on: date
    rows: Sequence[Row]
    span: tuple[date, date] | None = None  # of a complete export: the received days that it holds all of


@dataclass
class Case:
    """A case as it stands at its source's cut-off."""

    source: str
    code: str
    row: Row
    cut_off: date
    first_due: date | None
    outcome: str = "open"
    closed: date | None = None
    vanished: date | None = None
    faults: set[str] = field(default_factory=set)

    @property
    def received(self) -> date:
        day: date = self.row["received_at"]
        return day

    @property
    def due(self) -> date | None:
        day: date | None = self.row["due_at"]
        return day

    @property
    def finished(self) -> date | None:
        day: date | None = self.row["finished_at"]
        return day

    def group(self, by: str) -> str:
        code: str = self.row[by]
        return code

    @property
    def counts_only_as_received(self) -> bool:
        return bool(self.faults & set(ONLY_RECEIVED))

    def in_stock(self, day: date) -> bool:
        left = [each for each in (self.closed, self.vanished) if each is not None]
        return self.received <= day and not self.counts_only_as_received and all(each > day for each in left)


@dataclass(frozen=True)
class Sheet:
    """An answer sheet that counts."""

    groups: dict[str, str]
    instrument: str
    answered: date
    score: float | None
    satisfied_from: float
    case: Case | None
    answers: dict[str, float]


@dataclass(frozen=True)
class Answer:
    numerator: int | None
    denominator: int | None
    value: float | None
    excluded: int
    interval: tuple[float, float] | None = None


def cases_of(exports: Sequence[Export]) -> list[Case]:
    """All cases of all exports, judged."""
    shown: dict[tuple[str, str], list[tuple[date, int, int, Row]]] = {}
    for sequence, export in enumerate(exports):
        for number, row in enumerate(export.rows):
            versions = shown.setdefault((export.source, row["case_code"]), [])
            versions.append((export.extracted_on, sequence, number, row))
    cut_offs: dict[str, date] = {}
    for export in exports:
        cut_offs[export.source] = max(cut_offs.get(export.source, LONG_AGO), export.extracted_on)
    found = []
    for (source, code), versions in shown.items():
        versions.sort(key=lambda version: version[:3])
        dues = [row["due_at"] for *_, row in versions if row["due_at"] is not None]
        extracted_on, sequence, _, row = versions[-1]
        case = Case(source, code, row, cut_offs[source], dues[0] if dues else None)
        in_file = [each for _, other, _, each in versions if other == sequence]
        _judge(case, any(each != row for each in in_file), versions)
        if case.closed is None and case.outcome in ("open", "awaiting"):
            _vanish(case, (extracted_on, sequence), exports)
        found.append(case)
    return found


def _judge(case: Case, conflicts: bool, versions: Sequence[tuple[date, int, int, Row]]) -> None:
    status = case.row["status"]
    tests = {
        "ended_before_received": case.finished is not None and case.finished < case.received,
        "due_before_received": case.due is not None and case.due < case.received,
        "received_after_cutoff": case.received > case.cut_off,
        "finished_after_cutoff": case.finished is not None and case.finished > case.cut_off,
        "finished_without_date": status == "finished" and case.finished is None,
        "conflicting_rows": conflicts,
    }
    case.faults = {fault for fault, holds in tests.items() if holds}
    if "finished_after_cutoff" in case.faults:
        case.outcome = "awaiting" if status in AWAITING else "open"
    elif status in WITHOUT_RESULT:
        case.outcome = status
        first_seen = min(day for day, _, _, row in versions if row["status"] == status)
        case.closed = case.finished if case.finished is not None else max(first_seen, case.received)
    elif case.finished is not None or status == "finished":
        case.outcome = "finished"
        case.closed = case.finished
    elif status in AWAITING:
        case.outcome = "awaiting"


def _vanish(case: Case, last_shown: tuple[date, int], exports: Sequence[Export]) -> None:
    for sequence, export in sorted(enumerate(exports), key=lambda each: (each[1].extracted_on, each[0])):
        if export.source != case.source or export.span is None or (export.extracted_on, sequence) <= last_shown:
            continue
        has_unit = any(row["unit"] == case.row["unit"] for row in export.rows)
        # It cannot hold what came after it was made.
        if has_unit and export.span[0] <= case.received <= min(export.span[1], export.extracted_on):
            case.vanished = export.extracted_on
            return


def sheets_of(
    rows: Sequence[Row], cases: Sequence[Case], instruments: dict[str, tuple[str | None, float]]
) -> list[Sheet]:
    """The sheets of one export of answers; `instruments`: the overall item (None: the mean of all) and the score that
    satisfies."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["sheet_id"], row["instrument"]), []).append(row)
    sheets = []
    for (_, instrument), answers in found.items():
        first = answers[0]
        overall, satisfied_from = instruments[instrument]
        given = {row["item"]: float(row["score"]) for row in answers if row["score"] is not None}
        score = given.get(overall) if overall is not None else statistics.mean(given.values()) if given else None
        judged = [case for case in cases if case.code == first["case_code"] and case.group("unit") == first["unit"]]
        case = judged[0] if len(judged) == 1 else None
        groups = {
            "unit": first["unit"],
            "field": first["field"] or (case.group("field") if case else "khong-ro"),
            "channel": first["channel"],
            "instrument": instrument,
            "unit_kind": first["unit_kind"],
            "procedure": case.group("procedure") if case else "",
        }
        sheets.append(Sheet(groups, instrument, first["answered_on"], score, satisfied_from, case, given))
    return sheets


_OVERRIDES = {date(2026, 1, 2): False, date(2026, 1, 10): True}


@cache
def _works(day: date) -> bool:
    works: bool = _OVERRIDES.get(day, _calendar().is_working_day(day))
    return works


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=range(2019, 2029))


def working_days(after: date, last: date) -> int:
    """Working days after one day, up to and including another."""
    days = 0
    day = after + DAY
    while day <= last:
        days += _works(day)
        day += DAY
    return days


# Mùng 1 as printed in the calendars of these years.
_MUNG_1 = (
    *(date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22)),
    *(date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6)),
)


@cache
def _around_tet() -> set[date]:
    """The ten working days before and the ten after each mùng 1, walking a day at a time."""
    found = set()
    for first in _MUNG_1:
        for step in (-DAY, DAY):
            day, steps = first + step, 0
            while steps < 10:
                if _works(day):
                    found.add(day)
                    steps += 1
                day += step
    return found


def tet_days(first: date, last: date) -> int:
    """Of the twenty working days around every mùng 1, those from one day to another, both included."""
    return sum(first <= day <= last for day in _around_tet())


def wilson(x: int, n: int) -> tuple[float, float]:
    """As statistics.md §1.2 gives it: (2x + z² ∓ z√(z² + 4x(1 − x/n))) / (2(n + z²))."""
    z = 1.959964
    middle, spread = 2 * x + z * z, z * (z * z + 4 * x * (1 - x / n)) ** 0.5
    return (middle - spread) / (2 * (n + z * z)), (middle + spread) / (2 * (n + z * z))


def median(days: Iterable[int]) -> int | None:
    """The smallest value with at least half of all at or below it."""
    ordered = sorted(days)
    for value in ordered:
        if 2 * sum(each <= value for each in ordered) >= len(ordered):
            return value
    return None


def _count(found: int, excluded: int = 0) -> Answer:
    return Answer(found, None, found, excluded)


def _share(found: int, of: int, excluded: int) -> Answer:
    return Answer(found, of, found / of if of else None, excluded)


def _ended_on(case: Case) -> date | None:
    """Where a case lies on the axis of the finished date: also one that is left out there."""
    return case.finished if case.finished is not None else case.closed


@dataclass(frozen=True)
class Finished:
    """The cases on the finished axis in a period: those that the time measures count, and how many they leave out."""

    timed: list[Case]
    undated: int
    faulty: int
    without_result: int
    not_resolved: int  # of the faulty those that do not even count as resolved

    @property
    def is_empty(self) -> bool:
        return not (self.timed or self.undated or self.faulty or self.without_result)


def _finished(cases: Iterable[Case], first: date, last: date) -> Finished:
    timed, undated, faulty, without_result, not_resolved = [], 0, 0, 0, 0
    for case in cases:
        day = _ended_on(case)
        if day is None or not first <= day <= last:
            continue
        resolved = case.outcome == "finished" and not case.counts_only_as_received
        if case.outcome in WITHOUT_RESULT and not case.counts_only_as_received:
            without_result += 1
        elif case.faults:
            faulty += 1
            not_resolved += not resolved
        elif case.due is None:
            undated += 1
            timed.append(case)
        else:
            timed.append(case)
    return Finished(timed, undated, faulty, without_result, not_resolved)


def _of_finished(count: Callable[[Finished], Answer]) -> Callable[[Sequence[Case], date, date], Answer | None]:
    def answer(cases: Sequence[Case], first: date, last: date) -> Answer | None:
        found = _finished(cases, first, last)
        counted = count(found)
        return None if found.is_empty or counted.denominator == counted.excluded == 0 else counted

    return answer


def _resolved(found: Finished) -> Answer:
    return _count(len(found.timed) + found.faulty - found.not_resolved, found.not_resolved + found.without_result)


def _when(found: Finished, *when: str) -> list[Case]:
    kept = []
    for case in found.timed:
        if case.due is not None and case.finished is not None:
            came = "early" if case.finished < case.due else "on_time" if case.finished == case.due else "late"
            if came in when:
                kept.append(case)
    return kept


def _left_out(found: Finished) -> int:
    return found.undated + found.faulty + found.without_result


def _days(found: Finished, after: Callable[[Case], date | None], cases: Sequence[Case], excluded: int) -> Answer:
    lengths = []
    for case in cases:
        start = after(case)
        assert start is not None
        assert case.finished is not None
        lengths.append(working_days(start, case.finished))
    return Answer(None, len(lengths), median(lengths), excluded)


def _by_due(due_of: Callable[[Case], date | None], *, late: bool) -> Callable[..., Answer | None]:
    def answer(cases: Sequence[Case], first: date, last: date) -> Answer | None:
        in_time = of = excluded = 0
        for case in cases:
            due = due_of(case)
            if not first <= (due if due is not None else case.received) <= last:
                continue
            judged = case.outcome in ("finished", "open") and case.vanished is None and not case.faults
            if not judged or due is None or due >= case.cut_off:
                excluded += 1
                continue
            of += 1
            in_time += case.outcome == "finished" and case.finished is not None and case.finished <= due
        if of + excluded == 0:
            return None
        return _share(of - in_time if late else in_time, of, excluded)

    return answer


def _received(cases: Sequence[Case], first: date, last: date) -> list[Case]:
    return [case for case in cases if first <= case.received <= last]


def _stock(cases: Sequence[Case], day: date) -> list[Case]:
    return [case for case in cases if case.in_stock(day)]


def _some(found: int) -> Answer | None:
    return _count(found) if found else None


def _closed_without_result(cases: Sequence[Case], first: date, last: date) -> int:
    return _finished(cases, first, last).without_result


def _overdue_open(cases: Sequence[Case], first: date, last: date) -> Answer | None:
    there = _stock(cases, last)
    overdue = 0
    for case in there:
        is_timed = not case.faults and case.outcome != "awaiting"
        overdue += is_timed and case.due is not None and case.due < min(last, case.cut_off)
    return _count(overdue) if there else None


def _remainder(cases: Sequence[Case], first: date, last: date) -> Answer | None:
    taken_in = len(_received(cases, first, last)) + len(_stock(cases, first - DAY))
    found = _finished(cases, first, last)
    resolved = len(found.timed) + found.faulty - found.not_resolved
    left = taken_in - resolved - found.without_result - len(_stock(cases, last))
    return _count(left) if taken_in else None


def _online_share(cases: Sequence[Case], first: date, last: date) -> Answer | None:
    there = _received(cases, first, last)
    return _share(sum(case.group("channel") == "online" for case in there), len(there), 0) if there else None


OF_CASES: dict[str, Callable[[Sequence[Case], date, date], Answer | None]] = {
    "received": lambda cases, first, last: _some(len(_received(cases, first, last))),
    "carried_over": lambda cases, first, last: _some(len(_stock(cases, first - DAY))),
    "taken_in": lambda cases, first, last: _some(len(_received(cases, first, last)) + len(_stock(cases, first - DAY))),
    "resolved": _of_finished(_resolved),
    "early": _of_finished(lambda found: _count(len(_when(found, "early")), _left_out(found))),
    "on_time": _of_finished(lambda found: _count(len(_when(found, "on_time")), _left_out(found))),
    "late_resolved": _of_finished(lambda found: _count(len(_when(found, "late")), _left_out(found))),
    "closed_without_result": lambda cases, first, last: _some(_closed_without_result(cases, first, last)),
    "in_progress": lambda cases, first, last: _some(len(_stock(cases, last))),
    "overdue_open": _overdue_open,
    "remainder": _remainder,
    "online_share": _online_share,
    "on_time_due": _by_due(lambda case: case.due, late=False),
    "late": _by_due(lambda case: case.due, late=True),
    "on_time_first_due": _by_due(lambda case: case.first_due, late=False),
    "on_time_resolved": _of_finished(
        lambda found: _share(
            len(_when(found, "early", "on_time")), len(_when(found, "early", "on_time", "late")), _left_out(found)
        )
    ),
    "working_days_taken": _of_finished(
        lambda found: _days(found, lambda case: case.received, found.timed, found.faulty + found.without_result)
    ),
    "working_days_late": _of_finished(
        lambda found: _days(found, lambda case: case.due, _when(found, "late"), _left_out(found))
    ),
    "apology_share": _of_finished(
        lambda found: _share(
            sum(case.row["apology_sent_on"] is not None for case in _when(found, "late")),
            len(_when(found, "late")),
            _left_out(found),
        )
    ),
}


def satisfaction(sheets: Sequence[Sheet], first: date, last: date) -> Answer | None:
    there = [sheet for sheet in sheets if first <= sheet.answered <= last]
    scored = [sheet for sheet in there if sheet.score is not None]
    pleased = sum(sheet.score is not None and sheet.score >= sheet.satisfied_from for sheet in scored)
    return _share(pleased, len(scored), len(there) - len(scored)) if there else None


def item_satisfaction(sheets: Sequence[Sheet], item: str, first: date, last: date) -> Answer | None:
    there = [sheet for sheet in sheets if first <= sheet.answered <= last and item in sheet.answers]
    pleased = sum(sheet.answers[item] >= sheet.satisfied_from for sheet in there)
    return _share(pleased, len(there), 0) if there else None


def mean_score(sheets: Sequence[Sheet], item: str, first: date, last: date) -> Answer | None:
    scores = [sheet.answers[item] for sheet in sheets if first <= sheet.answered <= last and item in sheet.answers]
    if not scores:
        return None
    interval = None
    if len(scores) >= 10:
        half = student.ppf(0.975, len(scores) - 1) * statistics.stdev(scores) / len(scores) ** 0.5
        interval = statistics.mean(scores) - half, statistics.mean(scores) + half
    return Answer(None, len(scores), statistics.mean(scores), 0, interval)


OF_ITEMS: dict[str, Callable[[Sequence[Sheet], str, date, date], Answer | None]] = {
    "item_satisfaction": item_satisfaction,
    "mean_score": mean_score,
}


def reading(
    share: float | None, rate: float | None, rate_before: float | None, *, is_hidden: bool
) -> tuple[tuple[float, float] | None, str | None]:
    """What 1,000 people asked could think, and what is to be said beside the share; None where not known."""
    bounds = None
    if rate == 0:
        bounds = 0.0, 1.0
    elif rate is not None and share is not None:
        satisfied, silent = 1000 * rate * share, 1000 * (1 - rate)
        bounds = satisfied / 1000, (satisfied + silent) / 1000
    if is_hidden:
        return bounds, "hidden"
    if rate is not None and rate < 0.1:
        return bounds, "low_response"
    if rate_before is not None and rate_before < 0.1:
        return bounds, "response_shifted"
    if rate is not None and rate_before is not None and not 0.5 * rate_before <= rate <= 1.5 * rate_before:
        return bounds, "response_shifted"
    return bounds, None


def response_rate(cases: Sequence[Case], sheets: Sequence[Sheet], first: date, last: date) -> Answer | None:
    """`sheets`: those of the one per-case instrument."""
    answered = [sheet.case for sheet in sheets]
    closings = [
        case
        for case in cases
        if case.closed is not None and not case.counts_only_as_received and first <= case.closed <= last
    ]
    found = sum(any(case is each for each in answered) for case in closings)
    return _share(found, len(closings), 0) if closings else None


def pieces(first: date, last: date, by: str | None, cut_off: date) -> list[tuple[str, date, date]]:
    """A period cut by month, quarter or year: (label, first day, last day); none begins after the cut-off."""
    if by is None:
        return [("", first, last)]
    found: dict[str, tuple[date, date]] = {}
    day = first
    while day <= last:
        label = {
            "month": f"{day.year}-{day.month:02}",
            "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
            "year": f"{day.year}",
        }[by]
        found[label] = (found.get(label, (day, day))[0], day)
        day += DAY
    return [(label, start, end) for label, (start, end) in found.items() if start <= cut_off]


def hidden(answers: dict[tuple[str, ...], int]) -> set[tuple[str, ...]]:
    """The groups of a survey that may not be shown: under 5 answers, and of their siblings the smallest."""
    found: set[tuple[str, ...]] = set()
    for parent in {group[:-1] for group in answers}:
        siblings = sorted((n, group) for group, n in answers.items() if group[:-1] == parent and n > 0)
        few = [group for n, group in siblings if n < 5]
        taken = sum(n for n, _ in siblings[: len(few)])
        for n, group in siblings[len(few) :]:
            if few and taken < 5:
                few.append(group)
                taken += n
        found |= set(few)
    return found


def loads(
    cases: Iterable[tuple[str, date]], first: date, last: date, days_off: Callable[[date], bool]
) -> dict[str, float]:
    """Cases received a working day by unit; cases: (unit, day received), each counted if it lies in the period."""
    worked = sum(1 for day in days_between(first, last) if not days_off(day))
    counts: dict[str, int] = {}
    for unit, day in cases:
        if first <= day <= last:
            counts[unit] = counts.get(unit, 0) + 1
    return {unit: n / worked for unit, n in counts.items()}


def official_loads(
    cases: Iterable[tuple[str, date]],
    staff: Iterable[tuple[str, date, int]],
    first: date,
    last: date,
    days_off: Callable[[date], bool],
) -> dict[str, float]:
    """The same for each official; staff: (unit, first day of a month, officials from then on), by unit and day."""
    known = list(staff)
    received = list(cases)
    found = {}
    for unit in sorted({unit for unit, _, _ in known}):
        n, effort = 0, 0
        for day in days_between(first, last):
            numbers = [officials for of, since, officials in known if of == unit and since <= day]
            if numbers:
                effort += 0 if days_off(day) else numbers[-1]
                n += sum(1 for of, on in received if of == unit and on == day)
        if n:
            found[unit] = n / effort
    return found


def days_between(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1)]
