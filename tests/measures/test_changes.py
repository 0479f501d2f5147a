"""What a newer snapshot changes: every case of it against a slow twin, and the figures that they add up to."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests.helpers.slow_changes as slow
import tests.helpers.slow_twins as twins
from comparison.forms.frames.changes import cases_table, figures_table
from comparison.measures import measure
from comparison.measures.changes import REASONS, Figure, changed_cases, changed_figures
from comparison.scope import Period, Scope, Viewer
from comparison.wording import say
from tests.helpers.examples import (
    UNITS,
    add_profile,
    add_reference,
    answer,
    as_of,
    case,
    load,
    office,
    run,
    write,
    write_sheets,
)
from tests.helpers.properties import examples
from warehouse.snapshots import Warehouse, open_snapshot

UNIT_CODES = {"Xã Một": "x1", "Xã Hai": "x2", "Xã Ba": "x3", "Phòng Một": "p1"}
KINDS = {"x1": "commune", "x2": "commune", "x3": "commune", "p1": "department"}
UNDER = {"R": set(KINDS), "cum": {"x1", "x2"}}
FIELD_CODES = {"Hộ tịch": "ho-tich", "Đất đai": "dat-dai", "Việc riêng": "Việc riêng"}
PROCEDURES = ["Thủ tục A", "Thủ tục B"]
CHANNELS = ["in_person", "online", "post"]
SPAN = (date(2023, 1, 1), date(2023, 6, 30))
# Of each source: the cut-off of the first load and that of the second.
CUT_OFFS = {"thu": (date(2023, 5, 15), date(2023, 6, 20)), "khac": (date(2023, 4, 30), date(2023, 6, 10))}


class Twice:
    """Exports loaded one after the other, and what a twin knows of each state. No dataclass: hypothesis prints it."""

    def __init__(self, old: Warehouse, new: Warehouse, before: list[twins.Case], after: list[twins.Case]) -> None:
        self.old, self.new, self.before, self.after = old, new, before, after


def first_row(rng: random.Random, code: str, cut_off: date) -> dict[str, Any]:
    received = SPAN[0] + timedelta(rng.randint(0, (cut_off - SPAN[0]).days + 3))
    finished = received + timedelta(rng.randint(-1, 50))
    is_open = finished > cut_off if rng.random() < 0.95 else rng.random() < 0.5
    return case(
        case_code=code, unit=rng.choice(list(UNIT_CODES)), procedure=rng.choice(PROCEDURES),
        field=rng.choice(list(FIELD_CODES)), channel=rng.choice(CHANNELS), received_at=received,
        due_at=None if rng.random() < 0.08 else received + timedelta(rng.randint(-1, 45)),
        finished_at=None if is_open else finished,
        status=rng.choice(["in_progress", "awaiting_payment"] if is_open else ["finished"] * 8 + ["returned"]),
    )  # fmt: skip


def later_row(rng: random.Random, row: dict[str, Any], cut_off: date) -> dict[str, Any]:
    """The row as a later export shows it: most only went on, some were changed."""
    chance = rng.random()
    if chance < 0.12:
        name, values = rng.choice(
            [("unit", list(UNIT_CODES)), ("field", list(FIELD_CODES)), ("procedure", PROCEDURES), ("channel", CHANNELS)]
        )
        return {**row, name: rng.choice(values)}
    if chance < 0.3:
        name = rng.choice(["received_at", "due_at", "finished_at"])
        day = row[name] or row["received_at"]
        moved = day + timedelta(rng.randint(-9, 9))
        return {**row, name: moved, "status": "finished" if name == "finished_at" else row["status"]}
    if chance < 0.36:
        return {**row, "status": rng.choice(["in_progress", "finished", "awaiting_supplement", *twins.WITHOUT_RESULT])}
    if row["finished_at"] is None and chance < 0.8:
        finished = cut_off - timedelta(rng.randint(0, 60))
        if finished >= row["received_at"]:
            return {**row, "finished_at": finished, "status": rng.choice(["finished"] * 5 + ["withdrawn"])}
    return row


def made_exports(rng: random.Random, cases: int) -> tuple[list[twins.Export], list[twins.Export]]:
    """The first exports and the second ones; of "khac" they are complete, so that what is missing has vanished."""
    first, second = [], []
    for source, (cut_off, later_cut_off) in CUT_OFFS.items():
        span = SPAN if source == "khac" else None
        rows = [first_row(rng, f"{source}-{n}", cut_off) for n in range(cases)]
        first.append(twins.Export(source, cut_off, rows, span))
        kept = [later_row(rng, row, later_cut_off) for row in rows if rng.random() < 0.93]
        kept += [later_row(rng, row, later_cut_off) for row in kept[:4]]
        late = [first_row(rng, f"{source}-new-{n}", later_cut_off) for n in range(cases // 6)]
        second.append(twins.Export(source, later_cut_off, [*kept, *late], span))
    rows = list(first[0].rows)
    sooner = [{**row, "due_at": row["due_at"] and row["due_at"] - timedelta(rng.randint(1, 40))} for row in rows]
    first.insert(0, twins.Export("thu", date(2023, 3, 10), sooner[cases // 2 :]))
    # An older export that comes late: it moves first due dates and the days on which labels were first seen.
    earlier = [later_row(rng, row, date(2023, 4, 1)) for row in rows[: cases // 4]]
    second.append(twins.Export("thu", date(2023, 4, 1), earlier))
    return first, second


def by_code(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "unit": UNIT_CODES[row["unit"]], "field": FIELD_CODES[row["field"]]}


def load_exports(folder: Path, exports: Sequence[twins.Export]) -> str:
    """Write and load these exports; the id of the snapshot."""
    paths = []
    for number, export in enumerate(exports):
        banner = ["Phần mềm khác"] if export.source == "khac" else []
        if export.span:
            banner.append("Từ ngày {:%d/%m/%Y} đến ngày {:%d/%m/%Y}".format(*export.span))
        banner.append(f"Ngày xuất: {export.extracted_on:%d/%m/%Y}")
        paths.append(write(folder / f"{number}.csv", export.rows, banner=banner))
    found = load(*paths)
    assert found["exit"] == 0, found
    snapshot: str = found["snapshot"]
    return snapshot


def judged(exports: Sequence[twins.Export]) -> list[twins.Case]:
    rows = [[by_code(row) for row in export.rows] for export in exports]
    return twins.cases_of(
        [twins.Export(e.source, e.extracted_on, each, e.span) for e, each in zip(exports, rows, strict=True)]
    )


@pytest.fixture(scope="module")
def twice_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Any]]:
    folder = tmp_path_factory.mktemp("twice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        first, second = made_exports(random.Random(7), 300)
        office()
        add_profile("khac", source="khac", recognise_text=["Phần mềm khác"], complete=True)
        ids = load_exports(folder / "1", first), load_exports(folder / "2", second)
        yield folder / "data", (ids, judged(first), judged([*first, *second]))


@pytest.fixture
def twice(twice_folder: tuple[Path, Any], own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Twice:
    folder, ((old, new), before, after) = twice_folder
    monkeypatch.setenv("DOISANH_DATA", str(folder))
    return Twice(open_snapshot(old), open_snapshot(new), before, after)


def asked(scope: Scope) -> Any:
    units = set().union(*(UNDER.get(unit, {unit}) for unit in scope.units or ("R",)))
    wanted = {"field": scope.fields, "procedure": scope.procedures, "channel": scope.channels}

    def is_asked(each: twins.Case) -> bool:
        kind = KINDS[each.group("unit")]
        return (
            each.group("unit") in units
            and scope.kind in (None, kind)
            and all(not codes or each.group(of) in codes for of, codes in wanted.items())
        )

    return is_asked


def check(twice: Twice, scope: Scope) -> Counter[str]:
    """One question against its twin, and against the measures; how often each reason is there."""
    found = changed_cases(twice.old, twice.new, scope, Viewer(), 100_000)
    first, last = scope.period.starts_on, scope.period.ends_on
    wanted = slow.changes(twice.before, twice.after, asked(scope), first, last, scope.on_time)
    rows = {row["case_code"]: row for row in found.rows.iter_rows(named=True)}
    assert {code: row["reason"] for code, row in rows.items()} == {key[1]: each.reason for key, each in wanted.items()}
    for (_, code), each in wanted.items():
        assert {name: rows[code][name] for name in slow.COUNTS} == each.difference, (code, rows[code])
    assert found.in_all == len(wanted) == found.rows.height
    assert dict(found.by_reason) == Counter(each.reason for each in wanted.values())
    for column, (name, part) in slow.COUNTS.items():
        name = name.format(on_time=slow.ON_TIME[scope.on_time])
        before, after = (
            measure(each, scope.with_(snapshot=each.id), Viewer(), name)[part].item() or 0
            for each in (twice.old, twice.new)
        )
        assert after - before == found.rows[column].sum(), (column, before, after)
    return Counter(dict(found.by_reason))


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    day = st.dates(date(2022, 12, 15), date(2023, 7, 10))
    first, last = sorted([draw(day), draw(day)])
    if draw(st.booleans()):
        first, last = first.replace(day=1), (last.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    filters: dict[str, Any] = {
        "units": tuple(draw(st.lists(st.sampled_from(["R", "cum", "x1", "x3"]), max_size=2))),
        "fields": tuple(draw(st.lists(st.sampled_from(list(FIELD_CODES.values())), max_size=2))),
        "procedures": tuple(draw(st.lists(st.sampled_from(PROCEDURES), max_size=1))),
        "channels": tuple(draw(st.lists(st.sampled_from(CHANNELS), max_size=2))),
        "kind": draw(st.sampled_from([None, "commune", "department"])),
    }
    keep = draw(st.sets(st.sampled_from(list(filters)), max_size=3))
    on_time: Any = draw(st.sampled_from(["due", "resolved", "first_due"]))
    return Scope("", "R", Period(first, last), on_time=on_time, **{name: filters[name] for name in keep})


@settings(examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scope=scopes())
def test_the_listed_changes_add_up_to_the_change_of_every_figure(twice: Twice, scope: Scope) -> None:
    check(twice, scope)


def test_every_reason_is_met(twice: Twice) -> None:
    """What the property above is worth."""
    reasons = check(twice, Scope("", "R", Period(date(2023, 4, 1), date(2023, 6, 30))))
    assert all(reasons[reason] >= 3 for reason in REASONS), reasons


QUARTER = Scope("", "R", Period(date(2023, 1, 1), date(2023, 3, 31)))


def load_rows(folder: Path, name: str, cut_off: str, *rows: dict[str, Any]) -> Warehouse:
    found = load(write(folder / f"{name}.csv", rows, banner=as_of(cut_off)))
    assert found["exit"] == 0, found
    return open_snapshot(found["snapshot"])


def told(old: Warehouse, new: Warehouse, scope: Scope = QUARTER) -> dict[str, tuple[str, str, str]]:
    """By case code: why it differs, and what was said of it before and is now, in Vietnamese."""
    rows = cases_table(changed_cases(old, new, scope, Viewer()), "vi", with_counts=False)
    return {row["Mã hồ sơ"]: (row["Lý do"], row["Trước"], row["Sau"]) for row in rows.iter_rows(named=True)}


def test_each_reason_by_example_and_in_words(tmp_path: Path) -> None:
    office(complete=True, covers_from=date(2023, 1, 1).isoformat())
    done = {"finished_at": date(2023, 3, 9), "status": "finished"}
    was = {
        "same": case(**done), "due": case(**done), "late result": case(), "field": case(**done), "unit": case(**done),
        "gone": case(), "went on": case(), "not yet due": case(due_at=date(2023, 3, 21)),
        "not yet due, late": case(due_at=date(2023, 3, 21)), "waits": case(),
        "finished ahead": case(due_at=date(2023, 3, 30), finished_at=date(2023, 3, 25), status="finished"),
        "returned": case(), "after the quarter": case(due_at=date(2023, 4, 10)),
    }  # fmt: skip
    codes = {row["case_code"]: name for name, row in was.items()}
    old = load_rows(tmp_path, "a", "2023-03-20", *was.values())
    now = {
        **{name: row for name, row in was.items() if name != "gone"},
        "due": {**was["due"], "due_at": date(2023, 3, 8)},
        "late result": {**was["late result"], **done},
        "field": {**was["field"], "field": "Đất đai"},
        "unit": {**was["unit"], "unit": "Xã Hai", "channel": "online"},
        "went on": {**was["went on"], "finished_at": date(2023, 3, 20), "status": "finished"},
        "not yet due": {**was["not yet due"], "finished_at": date(2023, 4, 6), "status": "finished"},
        "waits": {**was["waits"], "status": "awaiting_supplement"},
        "returned": {**was["returned"], "status": "returned"},
        "after the quarter": {**was["after the quarter"], "finished_at": date(2023, 4, 5), "status": "finished"},
        "arrived": case(received_at=date(2023, 3, 19)),
        "came since": case(received_at=date(2023, 3, 20), **{**done, "finished_at": date(2023, 3, 30)}),
    }
    codes |= {row["case_code"]: name for name, row in now.items()}
    new = load_rows(tmp_path, "b", "2023-04-08", *now.values())
    found = {codes[code]: each for code, each in told(old, new).items()}
    received = "nhận 01/03/2023, hẹn 10/03/2023"
    assert found == {
        "arrived": ("Đến muộn", "chưa có", "nhận 19/03/2023, hẹn 10/03/2023"),
        "came since": ("Tiếp nhận thêm", "chưa có", "nhận 20/03/2023, hẹn 10/03/2023, xong 30/03/2023"),
        "due": ("Sửa số liệu", "hẹn 10/03/2023", "hẹn 08/03/2023"),
        "late result": ("Sửa số liệu", "chưa xong; đang giải quyết", "xong 09/03/2023; đã xong"),
        "waits": ("Sửa số liệu", "đang giải quyết", "chờ bổ sung"),
        "field": ("Xếp lại", "Hộ tịch", "Đất đai"),
        "unit": ("Xếp lại", "X. Một; Trực tiếp", "X. Hai; Trực tuyến"),
        "gone": ("Không còn", received, "vắng từ 08/04/2023"),
        # Due on the last day: stays late, but leaves the stock and the overdue of the quarter's end.
        "went on": ("Giải quyết thêm", "chưa xong; đang giải quyết", "xong 20/03/2023; đã xong"),
        "not yet due": ("Giải quyết thêm", "chưa xong; đang giải quyết", "xong 06/04/2023; đã xong"),
        "returned": ("Giải quyết thêm", "đang giải quyết", "trả lại"),
        "not yet due, late": (
            "Nay mới xét được", "hẹn 21/03/2023, chốt 20/03/2023: chưa xét",
            "chốt 08/04/2023: quá hạn, đang giải quyết",
        ),
        "finished ahead": (
            "Nay mới xét được", "hẹn 30/03/2023, chốt 20/03/2023: chưa xét", "chốt 08/04/2023: đúng hạn"
        ),
    }  # fmt: skip


def test_the_first_due_date_alone_may_pass_the_cut_off(tmp_path: Path) -> None:
    office()
    row = case(due_at=date(2023, 4, 30))
    load_rows(tmp_path, "a", "2023-03-05", {**row, "due_at": date(2023, 3, 25)})
    old = load_rows(tmp_path, "b", "2023-03-20", row)
    new = load_rows(tmp_path, "c", "2023-04-08", row)
    assert told(old, new) == {}
    reasons = [reason for reason, *_ in told(old, new, QUARTER.with_(on_time="first_due")).values()]
    assert reasons == [say("vi", "changes.newly_judged")]


def test_a_filter_is_left_and_entered(tmp_path: Path) -> None:
    office()
    moved, stays, other = case(field="Hộ tịch"), case(field="Hộ tịch"), case(field="Đất đai")
    old = load_rows(tmp_path, "a", "2023-03-20", moved, stays, other)
    new = load_rows(tmp_path, "b", "2023-03-20", {**moved, "field": "Đất đai"}, stays, other)
    for field, difference in (("ho-tich", -1), ("dat-dai", 1)):
        scope = QUARTER.with_(fields=(field,))
        found = changed_cases(old, new, scope, Viewer())
        assert found.by_reason == (("reclassified", 1),)
        assert found.rows.select("received", "judged", "in_progress", "overdue_open").row(0) == (difference,) * 4
        (received, *_) = changed_figures(old, new, scope, Viewer())
        assert received.after.numerator is not None
        assert received.before.numerator is not None
        assert received.after.numerator - received.before.numerator == difference
    # In the whole nothing changes but where the case is counted.
    assert changed_figures(old, new, QUARTER, Viewer()) == ()
    assert changed_cases(old, new, QUARTER, Viewer()).in_all == 1
    assert changed_cases(old, new, QUARTER.with_(fields=("Việc riêng",)), Viewer()).in_all == 0


def test_units_are_matched_by_code_not_by_number(tmp_path: Path) -> None:
    office(unknown_units="register", unit_kind="commune")
    row, later = case(unit="Xã Ba"), case(unit="An Mới")
    old = load_rows(tmp_path, "a", "2023-03-20", row)
    add_reference("units", UNITS.replace("x1,Xã Một", "aa,Xã Đầu,commune,R,,,\nx1,Xã Một"))
    new = load_rows(tmp_path, "b", "2023-03-20", row, later)
    numbers = [each.read("select unit_id from units where code = 'x3'").item() for each in (old, new)]
    assert numbers[0] != numbers[1]
    assert [reason for reason, *_ in told(old, new).values()] == [say("vi", "changes.arrived_late")]


def test_a_withdrawn_load_takes_its_cases_away_and_a_restored_one_brings_them_back(tmp_path: Path) -> None:
    office()
    load_rows(tmp_path, "a", "2023-03-20", case())
    old = load_rows(tmp_path, "b", "2023-03-20", lost := case())
    assert run("withdraw", "L0002")[0] == 0
    new = open_snapshot()
    received = say("vi", "changes.received_on", day="01/03/2023")
    was = f"{received}, {say('vi', 'changes.due_on', day='10/03/2023')}"
    assert told(old, new) == {lost["case_code"]: (say("vi", "changes.vanished"), was, say("vi", "changes.gone"))}
    assert told(new, old)[lost["case_code"]][0] == say("vi", "changes.arrived_late")


def test_figures_that_changed_are_told_with_their_counts_and_others_not(tmp_path: Path) -> None:
    office()
    rows = [case(finished_at=date(2023, 3, 9), status="finished") for _ in range(3)]
    load(write_sheets(tmp_path / "phieu.csv", [answer() for _ in range(6)], banner=as_of("2023-03-20")))
    old = load_rows(tmp_path, "a", "2023-03-20", *rows)
    new = load_rows(tmp_path, "b", "2023-03-20", {**rows[0], "due_at": date(2023, 3, 8)}, *rows[1:])
    found = changed_figures(old, new, QUARTER, Viewer())
    assert [(each.name, each.before, each.after) for each in found] == [
        ("on_time_due", Figure(1.0, 3, 3), Figure(2 / 3, 2, 3)),
        ("late", Figure(0.0, 0, 3), Figure(1 / 3, 1, 3)),
    ]
    assert figures_table(found, "vi").rows()[0] == (
        "Đúng hạn theo ngày hẹn", "100,0\xa0% (3/3)", "66,7\xa0% (2/3)", "−33,3\xa0điểm"
    )  # fmt: skip
    load(write_sheets(tmp_path / "phieu-2.csv", [answer(score=1)], banner=as_of("2023-03-20")))
    (satisfied,) = changed_figures(new, open_snapshot(), QUARTER, Viewer())
    assert (satisfied.name, satisfied.after) == ("satisfaction", Figure(6 / 7, 6, 7))
    assert changed_cases(new, open_snapshot(), QUARTER, Viewer()).in_all == 0


def test_a_short_list_holds_some_of_each_reason_and_counts_all(tmp_path: Path, twice: Twice) -> None:
    scope = Scope("", "R", Period(date(2023, 4, 1), date(2023, 6, 30)))
    whole, short = (changed_cases(twice.old, twice.new, scope, Viewer(), most) for most in (100_000, 10))
    assert (short.in_all, short.by_reason) == (whole.in_all, whole.by_reason)
    assert short.rows.height == 10
    assert short.rows["reason"].n_unique() == len(REASONS)


class OwnUnit(Viewer):
    def allows(self, unit: str) -> bool:
        return unit == "x1"


def test_a_viewer_sees_no_other_unit_on_either_side(tmp_path: Path) -> None:
    office()
    rows = {name: case(unit=unit) for name, unit in (("leaves", "Xã Một"), ("comes", "Xã Hai"), ("never", "Xã Hai"))}
    old = load_rows(tmp_path, "a", "2023-03-20", *rows.values())
    swapped = {"leaves": {**rows["leaves"], "unit": "Xã Hai", "due_at": date(2023, 3, 2)}}
    swapped |= {"comes": {**rows["comes"], "unit": "Xã Một"}, "never": {**rows["never"], "unit": "Xã Ba"}}
    new = load_rows(tmp_path, "b", "2023-03-20", *swapped.values())
    found = changed_cases(old, new, QUARTER, OwnUnit())
    texts = {row[0]: row for row in cases_table(found, "vi", with_counts=False).iter_rows()}
    assert set(texts) == {rows["leaves"]["case_code"], rows["comes"]["case_code"]}
    assert "Hai" not in str(found.rows.rows())
    assert texts[rows["leaves"]["case_code"]][3:6][1:] == ("ở đơn vị khác", "a.csv")
    assert texts[rows["comes"]["case_code"]][3:6][::2] == ("ở đơn vị khác", "b.csv")


def test_a_root_that_the_newer_snapshot_lacks_has_no_figures_and_all_its_cases_are_gone(tmp_path: Path) -> None:
    office()
    add_reference("units", UNITS + "S,Huyện Khác,district,,,,\ns1,Xã Xa,commune,S,,,\n")
    add_profile("xa", source="xa", root="S", recognise_text=["Phần mềm xa"])
    load_rows(tmp_path, "a", "2023-03-20", case())
    path = write(tmp_path / "xa.csv", [case(unit="Xã Xa")], banner=["Phần mềm xa", *as_of("2023-03-20")])
    old = open_snapshot(load(path)["snapshot"])
    assert run("withdraw", "L0002")[0] == 0
    scope = QUARTER.with_(root="S")
    assert changed_figures(old, open_snapshot(), scope, Viewer()) == ()
    assert changed_cases(old, open_snapshot(), scope, Viewer()).by_reason == (("vanished", 1),)
