"""How far two periods can be compared: each reason seen once and seen absent, on exports that the ETL loads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.measures import measure
from comparison.measures.comparability import compare_periods, compared_facts
from comparison.scope import Period, Scope, Viewer
from comparison.statistics.comparability import (
    ChangedUnits,
    Comparability,
    Facts,
    Faults,
    Instruments,
    Level,
    MissingUnits,
    Side,
    Sources,
    TetDays,
    UnitSpan,
    WorkingDays,
    comparability,
)
from comparison.wording import say
from comparison.wording.comparability import Names, verdict_line
from tests.helpers.examples import Row, add_profile, add_reference, answer, case, load, office, write, write_sheets
from tests.helpers.slow_twins import tet_days, working_days
from warehouse.snapshots import Warehouse, open_snapshot

DAY = timedelta(days=1)
# Sixty-two working days each, and no Tết.
NOW, BEFORE = Period(date(2025, 4, 1), date(2025, 6, 30)), Period(date(2024, 4, 1), date(2024, 6, 30))
UNITS = """code,name,kind,parent,valid_from,valid_to,aliases
R,Huyện Thử,district,,,,
x1,Xã Một,commune,R,,,
x2,Xã Hai,commune,R,,,
x3,Xã Ba,commune,R,,,
cu,Xã Đổi Tên,commune,R,,2024-12-31,
moi,Phường Đổi Tên,commune,R,2025-01-01,,Xã Đổi Tên
p1,Phòng Một,department,R,,,
"""
EACH = 30


def scope(period: Period = NOW, **changes: Any) -> Scope:
    return Scope("latest", "R", period, compare="year", kind="commune").with_(**changes)


def cases(unit: str, period: Period, n: int = EACH, **changes: Any) -> list[Row]:
    """Cases received one a day from the start of a period."""
    found = []
    for number in range(n):
        received = period.starts_on + number % period.days * DAY
        row = case(unit=unit, received_at=received, due_at=received + 10 * DAY, finished_at=received + 5 * DAY)
        found.append({**row, "status": "finished", **changes})
    return found


def everywhere(*names: str) -> list[Row]:
    return [row for name in names for period in (BEFORE, NOW) for row in cases(name, period)]


def loaded(folder: Path, *exports: tuple[str, list[Row], date, date], sheets: list[Row] | None = None) -> Warehouse:
    """A district of these exports of cases, (source, rows, first covered day, cut-off) each, and of answer sheets."""
    office()
    add_reference("units", UNITS)
    paths = []
    for source, rows, covers_from, cut_off in exports:
        if source != "thu":
            add_profile(source, source=source, recognise_text=[f"Phần mềm {source}"])
        banner = [f"Phần mềm {source}", f"Từ ngày {covers_from:%d/%m/%Y} đến ngày {cut_off:%d/%m/%Y}"]
        banner.append(f"Ngày xuất: {cut_off:%d/%m/%Y}")
        paths.append(write(folder / "xuat" / f"{source}.csv", rows, banner=banner))
    if sheets:
        banner = [f"Từ ngày 01/01/2024 đến ngày {NOW.ends_on:%d/%m/%Y}", f"Ngày xuất: {NOW.ends_on:%d/%m/%Y}"]
        paths.append(write_sheets(folder / "xuat" / "phieu.csv", sheets, banner=banner))
    answered = load(*paths)
    assert answered["exit"] == 0, answered
    return open_snapshot()


def verdict(warehouse: Warehouse, asked: Scope | None = None, **changes: Any) -> Comparability:
    now = asked or scope()
    other = now.compared()
    assert other is not None
    return compare_periods(warehouse, now, other, Viewer(), **changes)


START, END = date(2024, 1, 1), NOW.ends_on


def test_two_periods_alike_are_the_same(own_data: Path) -> None:
    warehouse = loaded(own_data, ("thu", everywhere("Xã Một", "Xã Hai"), START, END))
    found = compared_facts(warehouse, scope(), scope(BEFORE), Viewer())
    assert (found.now.received, found.before.received) == ({"x1": EACH, "x2": EACH},) * 2
    assert (found.now.sources, found.now.faulty, found.now.instruments) == ({"thu": "whole"}, 0, frozenset())
    assert verdict(warehouse) == verdict(warehouse, subject="satisfaction") == Comparability(Level.SAME, ())
    assert verdict_line("vi", verdict(warehouse), Names()) == say("vi", "comparability.same")
    assert found.now.cases == measure(warehouse, scope(), Viewer(), "received")["numerator"].item()


def test_working_days_and_tet_are_of_the_calendar(own_data: Path) -> None:
    warehouse = loaded(own_data, ("thu", everywhere("Xã Một"), START, END))
    first_quarter = scope(Period(date(2025, 1, 1), date(2025, 3, 31)))
    # Q4 2024 has 66 working days and no Tết, Q1 2025 58 with all twenty of them.
    found = verdict(warehouse, first_quarter.with_(compare="previous"))
    tet = TetDays(Level.WARNING, 20, 0)
    assert found.reasons[:2] == (WorkingDays(Level.WARNING, 58, 66), tet)
    assert say("vi", "comparability.tet_now", n="20") in verdict_line("vi", found, Names())
    # Tết came on 10 February in 2024, on 29 January in 2025: January holds five of its days, then ten.
    now, before = (scope(Period(date(year, 1, 1), date(year, 1, 31))) for year in (2025, 2024))
    assert TetDays(Level.NOTE, 10, 5) in compare_periods(warehouse, now, before, Viewer()).reasons
    assert not [each for each in verdict(warehouse).reasons if isinstance(each, WorkingDays | TetDays)]


def test_a_source_that_covers_one_side_only_is_a_warning(own_data: Path) -> None:
    new = cases("Xã Hai", NOW) + cases("Xã Hai", Period(date(2024, 7, 1), date(2024, 7, 31)))
    warehouse = loaded(
        own_data, ("thu", everywhere("Xã Một", "Xã Hai"), START, END), ("moi", new, date(2024, 7, 1), END)
    )
    found = verdict(warehouse)
    assert found == Comparability(Level.WARNING, (Sources(Level.WARNING, (), ("moi",)),))
    line = verdict_line("vi", found, Names(sources={"moi": "Phần mềm mới"}))
    missing = say("vi", "comparability.sources_before", names="Phần mềm mới")
    assert line == say("vi", "comparability.warning", reasons=missing)
    # Both periods after its beginning.
    later = verdict(warehouse, scope().with_(compare="previous"))
    assert not [each for each in later.reasons if isinstance(each, Sources)]


def test_a_source_that_ends_within_a_side_covers_it_in_part(own_data: Path) -> None:
    old = cases("Xã Hai", BEFORE)
    add_reference("sources", "source,title,retired_on\ncu,Phần mềm cũ,2024-05-31\n")
    warehouse = loaded(
        own_data, ("thu", everywhere("Xã Một", "Xã Hai"), START, END), ("cu", old, START, date(2024, 5, 31))
    )
    facts = compared_facts(warehouse, scope(), scope(BEFORE), Viewer())
    assert (facts.before.sources["cu"], facts.now.sources["cu"]) == ("part", "none")
    assert verdict(warehouse).reasons == (Sources(Level.WARNING, ("cu",), ("cu",)),)
    # It has nothing to do with two periods after its end.
    assert not [each for each in verdict(warehouse, scope().with_(compare="previous")).reasons if type(each) is Sources]


@pytest.mark.parametrize(("n", "level"), [(EACH, Level.WARNING), (25, Level.WARNING), (24, Level.NOTE)])
def test_a_unit_without_cases_on_one_side_weighs_by_its_cases_on_the_other(
    own_data: Path, n: int, level: Level
) -> None:
    warehouse = loaded(own_data, ("thu", everywhere("Xã Một") + cases("Xã Hai", BEFORE, n), START, END))
    found = verdict(warehouse)
    assert found == Comparability(level, (MissingUnits(level, (("x2", n),), ()),))
    key = {Level.NOTE: "comparability.note", Level.WARNING: "comparability.warning"}[level]
    without = say("vi", "comparability.units_now", names="X. Hai")
    assert verdict_line("vi", found, Names(units={"x2": "Xã Hai"})) == say("vi", key, reasons=without)
    # Who asks for the other unit alone is not told of this one, nor are departments.
    assert verdict(warehouse, scope(units=("x1",))).level == Level.SAME
    assert verdict(warehouse, scope(kind="department")).level == Level.SAME


def test_cases_count_by_field_and_channel(own_data: Path) -> None:
    rows = everywhere("Xã Một", "Xã Hai") + cases("Xã Hai", NOW, 26, field="Đất đai", channel="online")
    warehouse = loaded(own_data, ("thu", [*rows, *cases("Xã Một", NOW, field="Đất đai")], START, END))
    missing = MissingUnits(Level.WARNING, (), (("x1", EACH), ("x2", 26)))
    assert verdict(warehouse).level == Level.SAME
    assert verdict(warehouse, scope(fields=("dat-dai",))).reasons == (missing,)
    online = replace(missing, before=(("x2", 26),))
    assert verdict(warehouse, scope(channels=("online",))).reasons == (online,)


def test_a_unit_that_began_or_ended_meanwhile_is_told_as_such(own_data: Path) -> None:
    rows = everywhere("Xã Một", "Xã Hai")
    rows += cases("Xã Đổi Tên", BEFORE) + cases("Phường Đổi Tên", NOW)
    warehouse = loaded(own_data, ("thu", rows, START, END))
    spans = (UnitSpan("cu", None, date(2024, 12, 31)), UnitSpan("moi", date(2025, 1, 1), None))
    found = verdict(warehouse)
    # It is not told again as without cases.
    assert found == Comparability(Level.WARNING, (ChangedUnits(Level.WARNING, spans),))
    names = Names(units={"cu": "Xã Đổi Tên", "moi": "Phường Đổi Tên"})
    ended = say("vi", "comparability.unit_to", unit="X. Đổi Tên", day="31/12/2024")
    began = say("vi", "comparability.unit_from", unit="P. Đổi Tên", day="01/01/2025")
    changed = say("vi", "comparability.units_changed", units=f"{ended}, {began}")
    assert verdict_line("vi", found, names) == say("vi", "comparability.warning", reasons=changed)
    assert verdict_line("en", found, names).startswith("Compare with care: units changed meanwhile: X. Đổi Tên until")
    assert verdict(warehouse, scope(units=("x1", "x2"))).level == Level.SAME
    # Both periods after the change: nothing changed between them.
    assert not [
        each for each in verdict(warehouse, scope().with_(compare="previous")).reasons if type(each) is ChangedUnits
    ]


def sheets(instrument: str, item: str, period: Period) -> list[Row]:
    return [
        answer(instrument=instrument, item=item, score=4, answered_on=period.starts_on + number * DAY)
        for number in range(8)
    ]


def test_another_questionnaire_is_a_warning_for_satisfaction_alone(own_data: Path) -> None:
    add_reference(
        "instruments",
        "instrument,title,scale,satisfied_from,overall_item,per_case\n"
        "cu,Phiếu cũ,1-5,4,Chung,true\nmoi,Phiếu mới,1-5,4,Chung,true\nca,Phiếu cả hai,1-5,4,Chung,true\n",
    )
    answers = sheets("cu", "Chung", BEFORE) + sheets("moi", "Chung", NOW)
    answers += sheets("ca", "Chung", BEFORE) + sheets("ca", "Chung", NOW)
    warehouse = loaded(own_data, ("thu", everywhere("Xã Một"), START, END), sheets=answers)
    assert verdict(warehouse).level == Level.SAME
    changed = {
        "cu": Instruments(Level.WARNING, (), ("cu",)),
        "moi": Instruments(Level.WARNING, ("moi",), ()),
        None: Instruments(Level.WARNING, ("ca", "moi"), ("ca", "cu")),
    }
    for instrument in ("cu", "moi", "ca", None):
        reasons = (changed[instrument],) if instrument in changed else ()
        assert verdict(warehouse, scope(instrument=instrument), subject="satisfaction").reasons == reasons
    # x2 has no answers at all.
    assert verdict(warehouse, scope(units=("x2",)), subject="satisfaction").level == Level.SAME


@pytest.mark.parametrize(
    ("faulty_now", "faulty_before", "level"),
    [(1, 1, Level.SAME), (2, 2, Level.NOTE), (2, 1, Level.NOTE), (0, 2, Level.WARNING)],
)
def test_faults_above_two_percent_are_said(own_data: Path, faulty_now: int, faulty_before: int, level: Level) -> None:
    rows = []
    for period, faulty in ((NOW, faulty_now), (BEFORE, faulty_before)):
        good = cases("Xã Một", period, 60 - faulty)
        bad = cases("Xã Một", period, faulty)
        # Finished before it came, and due before too: two faults are one faulty case.
        early = [{**row, "due_at": row["received_at"] - DAY, "finished_at": row["received_at"] - DAY} for row in bad]
        rows += good + early
    warehouse = loaded(own_data, ("thu", rows, START, END))
    facts = compared_facts(warehouse, scope(), scope(BEFORE), Viewer())
    assert (facts.now.faulty, facts.before.faulty, facts.now.cases) == (faulty_now, faulty_before, 60)
    found = verdict(warehouse)
    assert found.level == level
    if level != Level.SAME:
        assert found.reasons == (Faults(level, faulty_now / 60, faulty_before / 60),)
        now, before = ({0: "0,0\xa0%", 1: "1,7\xa0%", 2: "3,3\xa0%"}[faulty] for faulty in (faulty_now, faulty_before))
        assert say("vi", "comparability.faults", now=now, before=before) in verdict_line("vi", found, Names())
    assert verdict(warehouse, subject="satisfaction").level == Level.SAME


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("comparability") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder))
        loaded(folder, ("thu", everywhere("Xã Một"), START, END))
        yield folder


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(st.dates(date(2021, 1, 1), date(2026, 6, 30)))
    return Period(first, first + draw(st.integers(0, 500)) * DAY)


@given(periods(), periods())
def test_working_days_and_tet_have_their_twins(district: Path, now: Period, before: Period) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(district))
        found = compared_facts(open_snapshot(), scope(now), scope(before), Viewer())
    for side, period in ((found.now, now), (found.before, before)):
        assert side.working_days == working_days(period.starts_on - DAY, period.ends_on)
        assert side.tet_days == tet_days(period.starts_on, period.ends_on)


SAME = Side(60, 0, {"a": 100}, 0, {"s": "whole"})


def judged(subject: str = "cases", **changes: Any) -> tuple[Any, ...]:
    return comparability(Facts(replace(SAME, **changes), SAME), subject).reasons  # type: ignore[arg-type] # of the two


@pytest.mark.parametrize(
    ("days", "level"), [(60, None), (59, Level.NOTE), (54, Level.NOTE), (53, Level.WARNING), (66, Level.NOTE)]
)
def test_a_tenth_of_the_larger_number_of_working_days_is_still_a_note(days: int, level: Level | None) -> None:
    assert [reason.level for reason in judged(working_days=days)] == ([level] if level is not None else [])


def test_the_gravest_reason_comes_first_and_gives_the_level() -> None:
    found = comparability(Facts(replace(SAME, working_days=59, tet_days=3), SAME))
    assert found == Comparability(Level.WARNING, (TetDays(Level.WARNING, 3, 0), WorkingDays(Level.NOTE, 59, 60)))
    tet = say("vi", "comparability.tet_now", n="3")
    days = say("vi", "comparability.working_days_fewer", apart="1", now="59", before="60")
    assert verdict_line("vi", found, Names()) == say("vi", "comparability.warning", reasons=f"{tet}; {days}")


def test_surveys_count_as_sources_of_satisfaction_only() -> None:
    facts = Facts(replace(SAME, sources={"s": "whole", "phieu": "whole"}), SAME, survey_sources=frozenset({"phieu"}))
    assert comparability(facts).level == Level.SAME
    assert comparability(facts, "satisfaction").reasons == (Sources(Level.WARNING, (), ("phieu",)),)


def test_two_empty_periods_have_nothing_that_differs() -> None:
    empty = Side(0, 0)
    assert comparability(Facts(empty, empty)) == Comparability(Level.SAME, ())
    assert empty.faulty_share == 0


def test_many_names_are_counted() -> None:
    missing = MissingUnits(Level.WARNING, (), tuple((f"x{number}", 30) for number in range(5)))
    found = Comparability(Level.WARNING, (missing,))
    names = say("vi", "comparability.and_more", names="x0, x1, x2", n="2")
    without = say("vi", "comparability.units_before", names=names)
    assert verdict_line("vi", found, Names()) == say("vi", "comparability.warning", reasons=without)
    assert verdict_line("en", found, Names()) == (
        "Compare with care: the other period has no case of x0, x1, x2 and 2 more."
    )


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (WorkingDays(Level.NOTE, 63, 61), "So được, lưu ý: kỳ này nhiều hơn 2 ngày làm việc (63 so với 61)."),
        (TetDays(Level.NOTE, 10, 5), "So được, lưu ý: số ngày làm việc quanh mùng 1 Tết khác nhau (10 so với 5)."),
        (
            TetDays(Level.WARNING, 0, 4),
            "Cẩn thận khi so: Tết chỉ rơi vào kỳ so sánh (4 trong 20 ngày làm việc quanh mùng 1).",
        ),
        (
            Instruments(Level.WARNING, ("a",), ("b",)),
            "Cẩn thận khi so: mẫu phiếu khác nhau (kỳ này: Phiếu A; kỳ so sánh: b).",
        ),
        (Instruments(Level.WARNING, (), ("a",)), "Cẩn thận khi so: chỉ kỳ so sánh có mẫu “Phiếu A”."),
        (
            ChangedUnits(Level.WARNING, (UnitSpan("u", date(2024, 5, 1), date(2024, 6, 30)),)),
            "Cẩn thận khi so: đơn vị thay đổi giữa hai kỳ: u có từ 01/05/2024 đến 30/06/2024.",
        ),
        (
            Sources(Level.WARNING, ("s",), ("s",)),
            "Cẩn thận khi so: kỳ này thiếu số liệu của nguồn s; kỳ so sánh thiếu số liệu của nguồn s.",
        ),
        (
            Faults(Level.WARNING, 0.05, 0.0),
            "Cẩn thận khi so: hồ sơ có lỗi số liệu chiếm 5,0\xa0% ở kỳ này, 0,0\xa0% ở kỳ so sánh.",
        ),
    ],
)
def test_reasons_in_words(reason: Any, text: str) -> None:
    assert verdict_line("vi", Comparability(reason.level, (reason,)), Names(instruments={"a": "Phiếu A"})) == text
    assert verdict_line("en", Comparability(reason.level, (reason,)), Names()).startswith("Compar")
