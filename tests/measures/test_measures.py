"""Every measure against its slow twin, on made exports that the ETL loads; and what cannot be answered, in words."""

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import tests.helpers.slow_twins as twins
from comparison import commands
from comparison.measures import CannotAnswer, catalogue, known, measure, query
from comparison.measures.case_lists import late_cases, overdue_cases
from comparison.measures.memory import forget
from comparison.measures.relations import relations
from comparison.measures.survey import responses
from comparison.scope import Period, Scope, Viewer
from tests.helpers.examples import UNITS, add_profile, add_reference, answer, case, load, office, write, write_sheets
from tests.helpers.properties import examples
from tests.helpers.random_exports import (
    FIELD_CODES,
    PROCEDURES,
    UNDER,
    UNIT_CODES,
    Made,
    load_made,
    random_answers,
    random_exports,
)
from warehouse.snapshots import Warehouse, close_snapshots, open_snapshot

SURVEYS = {"satisfaction": "TONG", "item_satisfaction": "TONG", "mean_score": "NAM", "response_rate": "PDG-TTHC"}
FIXTURES = [HealthCheck.function_scoped_fixture]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        rng = random.Random(1)
        exports = random_exports(rng, 400)
        yield load_made(folder, exports, random_answers(rng, exports))


@pytest.fixture
def warehouse(made: Made, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setenv("DOISANH_DATA", str(made.folder / "data"))
    return open_snapshot()


def expected(made: Made, scope: Scope, name: str, by: tuple[str, ...]) -> dict[tuple[str, ...], twins.Answer]:
    """What the twins say, by group."""
    cut_off = max(each.cut_off for each in made.cases)
    units = set().union(*(UNDER.get(unit, {unit}) for unit in scope.units or ("R",)))

    def is_asked(group: Any) -> bool:
        wanted = {"field": scope.fields, "procedure": scope.procedures, "channel": scope.channels}
        return group("unit") in units and all(not codes or group(of) in codes for of, codes in wanted.items())

    cases = [each for each in made.cases if is_asked(each.group)]
    sheets = [each for each in made.sheets if each.instrument == scope.instrument or "instrument" in by]
    sheets = [each for each in sheets if is_asked(each.groups.__getitem__) or name == "response_rate"]
    keys = [group for group in by if group not in query.TIME_GROUPS]
    time = next((group for group in by if group in query.TIME_GROUPS), None)
    grouped: dict[tuple[str, ...], list[Any]] = {}
    if name in twins.OF_ITEMS:
        for sheet, item in ((each, item) for each in sheets for item in each.answers):
            key = tuple(item if each == "item" else sheet.groups[each] for each in keys)
            grouped.setdefault(key, []).append(sheet)
    elif name == "satisfaction":
        for sheet in sheets:
            grouped.setdefault(tuple(sheet.groups[key] for key in keys), []).append(sheet)
    else:
        for each in cases:
            grouped.setdefault(tuple(each.group(key) for key in keys), []).append(each)
    found = {}
    for label, first, last in twins.pieces(scope.period.starts_on, scope.period.ends_on, time, cut_off):
        for key, members in grouped.items():
            if name in twins.OF_ITEMS:
                answered = twins.OF_ITEMS[name](members, key[keys.index("item")], first, last)
            elif name == "satisfaction":
                answered = twins.satisfaction(members, first, last)
            elif name == "response_rate":
                answered = twins.response_rate(members, sheets, first, last)
            else:
                answered = twins.OF_CASES[name](members, first, last)
            if answered is not None:
                codes = iter(key)
                found[tuple(label if group == time else next(codes) for group in by)] = answered
    return found


def hidden_groups(wanted: dict[tuple[str, ...], twins.Answer], name: str, by: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The groups that may not be shown; of the measures of items each item by itself, wherever it was asked."""
    counts = {group: getattr(each, catalogue()[name].answers) for group, each in wanted.items()}
    if name not in twins.OF_ITEMS:
        return twins.hidden(counts)
    place = by.index("item")
    found: set[tuple[str, ...]] = set()
    for item in {group[place] for group in counts}:
        of_item = {(*group[:place], *group[place + 1 :]): n for group, n in counts.items() if group[place] == item}
        found |= {(*group[:place], item, *group[place:]) for group in twins.hidden(of_item)}
    return found


def check(found: pl.DataFrame, wanted: dict[tuple[str, ...], twins.Answer], name: str, by: tuple[str, ...]) -> None:
    definition = catalogue()[name]
    rows = {tuple(row[group] or "" for group in by): row for row in found.iter_rows(named=True)}
    assert len(rows) == found.height
    assert list(rows) == sorted(rows) or "procedure" in by
    if not by and not wanted:
        wanted = {(): twins.Answer(0, 0, 0 if definition.unit == "count" else None, 0)}
    hidden = set()
    if definition.is_survey:
        hidden = hidden_groups(wanted, name, by)
    assert set(rows) == set(wanted)
    for group, each in wanted.items():
        row = rows[group]
        assert row["excluded"] == each.excluded, (group, row, each)
        assert row["is_hidden"] == (group in hidden)
        if group in hidden:
            assert [row[column] for column in ("numerator", "denominator", "value", "low", "high")] == [None] * 5
            continue
        assert row["numerator"] == (None if definition.unit in ("days", "score") else each.numerator), (
            group,
            row,
            each,
        )
        assert row["denominator"] == (None if definition.unit == "count" else each.denominator), (group, row, each)
        assert row["value"] == (pytest.approx(each.value) if each.value is not None else None), (group, row, each)
        if definition.unit == "share" and each.denominator:
            assert each.numerator is not None
            assert (row["low"], row["high"]) == pytest.approx(twins.wilson(each.numerator, each.denominator), abs=1e-9)
        else:
            assert (row["low"], row["high"]) == (pytest.approx(each.interval) if each.interval else (None, None))


MEASURES = [*twins.OF_CASES, *SURVEYS]


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, tuple[str, ...], dict[str, Any], Period]:
    name = draw(st.sampled_from(MEASURES))
    groups = st.sampled_from(["unit", "field", "procedure", "channel", "unit_kind"])
    by = tuple(draw(st.lists(groups, unique=True, max_size=2)))
    time = draw(st.sampled_from([None, "month", "quarter", "year"]))
    if time:
        by = (*by, time) if draw(st.booleans()) else (time, *by)
    if name in twins.OF_ITEMS:
        by = (*by, "item") if draw(st.booleans()) else ("item", *by)
    if name in ("satisfaction", *twins.OF_ITEMS) and draw(st.booleans()):
        by = (*by, "instrument")
    day = st.dates(date(2022, 11, 20), date(2023, 7, 20))
    first, last = sorted([draw(day), draw(day)])
    if draw(st.booleans()):
        first, last = first.replace(day=1), (last.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    filters = {
        "units": tuple(draw(st.lists(st.sampled_from(["R", "cum", "x1", "x3", "p1"]), max_size=2))),
        "fields": tuple(draw(st.lists(st.sampled_from(list(FIELD_CODES.values())), max_size=2))),
        "procedures": tuple(draw(st.lists(st.sampled_from(PROCEDURES), max_size=1))),
        "channels": tuple(draw(st.lists(st.sampled_from(["online", "post", "unknown"]), max_size=2))),
    }
    keep = draw(st.sampled_from(["none", "one", "all"]))
    names = list(filters) if keep == "all" else [draw(st.sampled_from(list(filters)))] if keep == "one" else []
    return name, by, {each: filters[each] for each in names}, Period(first, last)


def scope_of(period: Period, name: str, by: tuple[str, ...], **filters: Any) -> Scope:
    instrument = None if "instrument" in by else SURVEYS.get(name)
    return Scope(open_snapshot().id, "R", period, compare="none", instrument=instrument, **filters)


@settings(examples(150), suppress_health_check=FIXTURES)
@given(question=questions())
def test_any_question_has_the_answer_of_its_twin(made: Made, warehouse: Warehouse, question: Any) -> None:
    name, by, filters, period = question
    scope = scope_of(period, name, by, **filters)
    check(measure(warehouse, scope, Viewer(), name, by), expected(made, scope, name, by), name, by)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_by_unit_field_and_month(made: Made, warehouse: Warehouse, name: str) -> None:
    for groups in ((), ("unit",), ("unit", "field", "month"), ("quarter", "channel")):
        by = (*groups, "item") if name in twins.OF_ITEMS else groups
        scope = scope_of(Period(date(2023, 1, 1), date(2023, 6, 30)), name, by)
        wanted = expected(made, scope, name, by)
        assert wanted
        check(measure(warehouse, scope, Viewer(), name, by), wanted, name, by)


def test_the_made_exports_hold_everything(made: Made) -> None:
    assert {fault for each in made.cases for fault in each.faults} == {
        "ended_before_received", "due_before_received", "received_after_cutoff", "finished_after_cutoff",
        "finished_without_date", "conflicting_rows",
    }  # fmt: skip
    assert {each.outcome for each in made.cases} == {"open", "awaiting", "finished", *twins.WITHOUT_RESULT}
    assert any(each.vanished for each in made.cases)
    assert any(each.first_due != each.due for each in made.cases)
    assert any(sheet.case for sheet in made.sheets)


@st.composite
def small_exports(draw: st.DrawFn) -> list[twins.Export]:
    days = st.dates(date(2023, 1, 1), date(2023, 3, 31))
    row = st.builds(
        case,
        case_code=st.integers(1, 25).map(lambda n: f"H-{n}"),
        unit=st.sampled_from(list(UNIT_CODES)),
        procedure=st.sampled_from(PROCEDURES),
        field=st.sampled_from(list(FIELD_CODES)),
        received_at=days,
        due_at=st.none() | days,
        finished_at=st.none() | days,
        status=st.sampled_from(["in_progress", "finished", "awaiting_payment", *twins.WITHOUT_RESULT]),
        channel=st.sampled_from(["online", "in_person"]),
        apology_sent_on=st.none() | days,
    )
    rows = st.lists(row, min_size=3, max_size=25)
    span = st.just((date(2023, 1, 1), date(2023, 3, 31)))
    exports = st.builds(twins.Export, st.sampled_from(["thu", "khac"]), days, rows, span)
    made: list[twins.Export] = draw(st.lists(exports, min_size=1, max_size=3))
    for export in made:
        codes = [row["case_code"] for row in export.rows]
        assume(len(codes) - len(set(codes)) <= 5)
    return [twins.Export(e.source, e.extracted_on, e.rows, e.span if e.source == "khac" else None) for e in made]


@settings(examples(4), suppress_health_check=FIXTURES)
@given(exports=small_exports())
def test_any_small_exports_have_their_twins_answers(tmp_path_factory: pytest.TempPathFactory, exports: Any) -> None:
    folder = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        made = load_made(folder, exports, [])
        months, days = Period(date(2023, 1, 1), date(2023, 3, 31)), Period(date(2023, 1, 20), date(2023, 2, 10))
        for name, (by, period) in product(twins.OF_CASES, [(("unit", "month"), months), ((), days)]):
            scope = scope_of(period, name, by)
            check(measure(open_snapshot(), scope, Viewer(), name, by), expected(made, scope, name, by), name, by)
        close_snapshots()


ALL_GROUPS: list[tuple[str, ...]] = [(), ("unit",), ("procedure",), ("field", "month")]


def test_a_rollup_and_the_cases_give_one_answer(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Scope(warehouse.id, "R", Period(date(2023, 1, 1), date(2023, 5, 31)), compare="none")
    case_level = {
        "events": "case_events", "durations": "case_durations", "sheets": "answered_sheets_of_cases",
        "closings": "case_closings",
    }  # fmt: skip
    for name, definition in catalogue().items():
        if definition.reads not in case_level:
            continue
        groups = [("unit",), ("unit", "month")] if definition.unit == "ratio" else ALL_GROUPS
        scope = whole.with_(instrument="PDG-TTHC") if definition.is_survey else whole
        for by in groups:
            by_rollup = measure(warehouse, scope, Viewer(), name, by)
            with monkeypatch.context() as patch:
                patch.setattr(query, "table_read", lambda *_, table=case_level[definition.reads]: table)
                forget()
                assert measure(warehouse, scope, Viewer(), name, by).equals(by_rollup), (name, by)
            forget()


def test_the_smallest_table_that_answers_is_read(warehouse: Warehouse) -> None:
    months = Scope(warehouse.id, "R", Period(date(2023, 1, 1), date(2023, 1, 31)), compare="none")
    days = months.with_(period=Period(date(2023, 1, 1), date(2023, 1, 30)))
    some = days.with_(procedures=("Thủ tục A",))
    read = [
        query.table_read(relations(warehouse)[catalogue()[name].reads], scope, by)
        for name, scope, by in (
            ("received", months, ()), ("received", months, ("procedure",)), ("received", days, ()),
            ("received", days, ("procedure",)), ("received", some, ()), ("working_days_taken", months, ()),
            ("working_days_taken", days, ()), ("satisfaction", months, ()), ("satisfaction", days, ()),
            ("satisfaction", months, ("procedure",)), ("response_rate", months, ("procedure",)),
            ("response_rate", days, ()), ("mean_score", months, ("item",)),
        )
    ]  # fmt: skip
    assert read == [
        "monthly_procedures", "monthly_procedures", "daily_events", "case_events", "case_events", "monthly_durations",
        "case_durations", "monthly_sheets", "answered_sheets", "answered_sheets_of_cases", "monthly_closings",
        "case_closings", "answered_items",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on_time", "name"), [("due", "on_time_due"), ("resolved", "on_time_resolved"), ("first_due", "on_time_first_due")]
)
def test_the_cases_listed_are_those_counted(warehouse: Warehouse, on_time: Any, name: str) -> None:
    months, days = Period(date(2023, 2, 1), date(2023, 4, 30)), Period(date(2023, 2, 10), date(2023, 6, 20))
    for filters in (
        {"period": months},
        {"period": days, "units": ("cum",)},
        {"period": months, "fields": ("ho-tich",)},
    ):
        scope = Scope(warehouse.id, "R", compare="none", on_time=on_time, **filters)
        share, listed = measure(warehouse, scope, Viewer(), name), late_cases(warehouse, scope, Viewer(), 10_000)
        assert (listed.in_all, listed.rows.height) == (share["denominator"].item(), share["denominator"].item())
        assert (
            listed.rows["state"].is_in(["late", "overdue"]).sum()
            == share["denominator"].item() - share["numerator"].item()
        )
        overdue = overdue_cases(warehouse, scope, Viewer(), 1)
        assert overdue.in_all == measure(warehouse, scope, Viewer(), "overdue_open")["numerator"].item()
        assert overdue.rows.height == min(overdue.in_all, 1)


@pytest.mark.parametrize("by", [(), ("unit",), ("field",), ("channel",), ("month",)])
@pytest.mark.parametrize("first", [date(2023, 3, 1), date(2023, 5, 1)])
def test_responses_have_the_reading_of_their_twin(
    made: Made, warehouse: Warehouse, by: tuple[str, ...], first: date
) -> None:
    period = Period(first, (first + timedelta(days=60)).replace(day=1) - timedelta(days=1))
    scope = Scope(warehouse.id, "R", period, compare="previous", instrument="PDG-TTHC")
    compared = scope.compared()
    assert compared is not None

    def of(name: str, asked: Scope) -> dict[tuple[str, ...], twins.Answer | None]:
        wanted = expected(made, asked, name, by)
        return {group: None if group in hidden_groups(wanted, name, by) else each for group, each in wanted.items()}

    satisfied, closed, closed_before = (
        of("satisfaction", scope),
        of("response_rate", scope),
        of("response_rate", compared),
    )
    if by == ("month",):
        later = dict(zip(months_of(compared.period), months_of(period), strict=True))
        closed_before = {(later[month],): each for (month,), each in closed_before.items()}
    found = responses(warehouse, scope, compared, Viewer(), by)
    rows = {tuple(row[group] for group in by): row for row in found.iter_rows(named=True)}
    assert list(rows) == sorted(satisfied.keys() | closed.keys())
    for group, row in rows.items():
        share, rate, before = (each.get(group) for each in (satisfied, closed, closed_before))
        is_hidden = group in satisfied and share is None
        bounds, badge = twins.reading(
            share.value if share else None, rate.value if rate else None, before.value if before else None,
            is_hidden=is_hidden,
        )  # fmt: skip
        assert (row["is_hidden"], row["badge"]) == (is_hidden, badge), (group, row)
        assert (row["closings"], row["rate"]) == (
            (rate.denominator, pytest.approx(rate.value)) if rate else (None, None)
        )
        assert (row["bound_low"], row["bound_high"]) == (pytest.approx(bounds) if bounds else (None, None)), (
            group,
            row,
        )
        if not is_hidden:
            assert row["denominator"] == (share.denominator if share else 0)
    without = responses(warehouse, scope, None, Viewer(), by)
    assert set(without["badge"]) <= {None, "hidden", "low_response"}
    assert without.drop("badge").equals(found.drop("badge"))


def months_of(period: Period) -> list[str]:
    days = pl.date_range(period.starts_on, period.ends_on, "1mo", eager=True)
    return days.dt.strftime("%Y-%m").to_list()


def test_the_readings_of_responses_are_of_every_kind(made: Made, warehouse: Warehouse) -> None:
    badges: set[str | None] = set()
    for by in ((), ("unit",), ("field",), ("channel",), ("month",)):
        for period in (Period(date(2023, 3, 1), date(2023, 4, 30)), Period(date(2023, 5, 1), date(2023, 6, 30))):
            scope = Scope(warehouse.id, "R", period, compare="previous", instrument="PDG-TTHC")
            badges |= set(responses(warehouse, scope, scope.compared(), Viewer(), by)["badge"])
    assert badges == {None, "hidden", "low_response", "response_shifted"}


def test_units_add_up_to_the_total(warehouse: Warehouse) -> None:
    scope = Scope(warehouse.id, "R", Period(date(2023, 1, 1), date(2023, 5, 31)), compare="none")
    for name in twins.OF_CASES:
        if catalogue()[name].unit != "days":
            columns = ["numerator", "denominator", "excluded"]
            by_unit = measure(warehouse, scope, Viewer(), name, ("unit",)).select(columns).sum()
            total = measure(warehouse, scope, Viewer(), name).select(columns)
            assert by_unit.fill_null(0).rows() == total.fill_null(0).rows(), name


def test_a_file_holds_no_formula(tmp_path: Path) -> None:
    office(unknown_units="register")
    names = ["=1+1", "+2", "-3", "@a", "＝4", "Xã -1"]
    load(write(tmp_path / "a.csv", [case(unit=name) for name in names]))
    rows = list(csv.DictReader(io.StringIO(asked("received", "--by", "unit"))))
    assert sorted(row["unit_name"] for row in rows) == sorted(["'=1+1", "'+2", "'-3", "'@a", "'＝4", "Xã -1"])
    assert {row["unit"] for row in rows} == {row["unit_name"] for row in rows}
    assert {row["unit_name"] for row in json.loads(asked("received", "--by", "unit", form="json"))} == set(names)


def asked(*arguments: str, form: str = "csv") -> str:
    out = io.StringIO()
    assert commands.main(["measure", *arguments, "--format", form], out) == 0
    return out.getvalue()


def as_cell(value: float | int | None) -> str:
    return "" if value is None else str(value)


@settings(examples(40), suppress_health_check=FIXTURES)
@given(question=questions())
def test_the_command_says_the_same(made: Made, warehouse: Warehouse, question: Any) -> None:
    name, by, filters, period = question
    options = [name, "--from", str(period.starts_on), "--to", str(period.ends_on)]
    options += ["--by", ",".join(by)] if by else []
    for option, codes in filters.items():
        options += [f"--{option.removesuffix('s')}", *codes] if codes else []
    scope = scope_of(period, name, by, **filters)
    options += ["--instrument", scope.instrument] if scope.instrument else []
    found = list(csv.reader(io.StringIO(asked(*options))))
    groups = [column for group in by for column in ([group, "unit_name"] if group == "unit" else [group])]
    assert found[0] == [*groups, "numerator", "denominator", "value", "low", "high", "excluded"]
    shown = measure(warehouse, scope, Viewer(), name, by)
    if catalogue()[name].unit in ("count", "days"):
        shown = shown.with_columns(pl.col("value").cast(pl.Int64))
    if groups:
        codes = [[as_cell(cell) for cell in row] for row in shown.select(groups).rows()]
        assert [row[: len(groups)] for row in found[1:]] == codes
    unnamed = shown.drop(groups, "is_hidden", "field_name", "procedure_name", strict=False)
    for row, line in zip(found[1:], unnamed.rows(), strict=True):
        assert [float(cell) if cell else None for cell in row[len(groups) :]] == [
            None if cell is None else float(cell) for cell in line
        ]


def test_forms_of_the_answer(warehouse: Warehouse) -> None:
    period = ["--from", "2023-01-01", "--to", "2023-05-31"]
    (row,) = json.loads(asked("received", *period, form="json"))
    assert row["numerator"] == row["value"] == int(asked("received", *period).splitlines()[1].split(",")[0])
    assert f" {row['numerator']} " in asked("received", *period, form="table")
    out = io.StringIO()
    assert commands.main(["measures"], out) == 0
    everything = [*MEASURES, *(name for name, definition in catalogue().items() if definition.unit == "ratio")]
    assert len(out.getvalue().splitlines()) == len(catalogue()) == len(everything)
    for name in everything:
        assert f"{name}: {catalogue()[name].title_vi}. " in out.getvalue()


def test_without_dates_all_that_is_covered_is_asked(made: Made, warehouse: Warehouse) -> None:
    first = min(each.received for each in made.cases if each.source == "thu")
    first = min(first, date(2022, 12, 15))
    scope = scope_of(Period(first, date(2023, 6, 30)), "received", ())
    assert int(asked("received").splitlines()[1].split(",")[0]) == expected(made, scope, "received", ())[()].numerator


def test_groups_after_the_cut_off_are_absent(warehouse: Warehouse) -> None:
    found = asked("in_progress", "--by", "month", "--from", "2023-05-01", "--to", "2024-12-31").splitlines()
    assert [line.split(",")[0] for line in found[1:]] == ["2023-05", "2023-06"]


def test_names_are_as_good_as_codes(warehouse: Warehouse) -> None:
    period = ["--from", "2023-01-01", "--to", "2023-05-31"]
    by_code_ = asked("received", *period, "--unit", "x1", "p1", "--field", "dat-dai")
    assert asked("received", *period, "--unit", "XÃ MỘT,Phòng Một", "--field", "đất  đai") == by_code_
    assert asked("received", *period, "--unit", "Xã Một", "--unit", "p1", "--field", "Đất đai") == by_code_
    assert asked("received", *period, "--root", "R", "--snapshot", warehouse.id) == asked("received", *period)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lạ"], ["“lạ”", "received"]),
        (["received", "--by", "xã"], ["“xã”", "unit, field"]),
        (["received", "--by", "unit,unit"], ["unit,unit"]),
        (["received", "--by", "month,year"], ["nhiều nhất một cách theo thời gian"]),
        (["received", "--by", "instrument"], ["mẫu phiếu"]),
        (["satisfaction"], ["2 mẫu phiếu: PDG-TTHC, TONG", "--instrument"]),
        (["satisfaction", "--instrument", "LẠ"], ["“LẠ”", "PDG-TTHC, TONG"]),
        (["satisfaction", "--by", "item"], ["theo câu hỏi", "item_satisfaction, mean_score"]),
        (["late", "--by", "unit,item"], ["theo câu hỏi", "item_satisfaction, mean_score"]),
        (["mean_score", "--instrument", "TONG", "--by", "unit"], ["--by item"]),
        (["item_satisfaction", "--instrument", "TONG"], ["không gộp", "--by item"]),
        (["item_satisfaction", "--by", "item"], ["2 mẫu phiếu: PDG-TTHC, TONG", "--instrument"]),
        (["response_rate", "--instrument", "TONG"], ["“TONG” không gắn với từng hồ sơ", "PDG-TTHC"]),
        (["received", "--unit", "Xã Lạ"], ["Đơn vị “Xã Lạ” không có"]),
        (["received", "--unit", "Xã Đổi Tên"], ["Xã Đổi Tên", "cu, cu2"]),
        (["received", "--field", "Lạ"], ["Lĩnh vực “Lạ” không có"]),
        (["received", "--procedure", "Lạ"], ["Thủ tục “Lạ” không có"]),
        (["received", "--channel", "fax"], ["Kênh “fax” không có"]),
        (["received", "--root", "LẠ"], ["R"]),
        (["received", "--from", "2023-05-01", "--to", "2023-04-30"], ["2023-05-01", "--from"]),
        (["received", "--snapshot", "2020-01-01-a"], ["2020-01-01-a"]),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    two_roots: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: list[str]
) -> None:
    root = [] if "--root" in arguments else ["--root", "R"]
    assert commands.main(["measure", *arguments, *root], io.StringIO()) == 2
    said = capsys.readouterr().err
    for word in words:
        assert word in said


@pytest.fixture(scope="module")
def two_roots_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two roots; in one two units of one name, and answers to two instruments."""
    folder = tmp_path_factory.mktemp("roots")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        office()
        add_profile("khac", source="khac", root="KHÁC", recognise_text=["Phần mềm khác"], unknown_units="register")
        later = "cu2,Xã Đổi Tên,commune,R,2023-07-01,,\n"
        add_reference("units", UNITS.replace("2023-07-01,,Xã Đổi Tên", "2023-07-01,,") + later)
        add_reference("instruments", "instrument,title,scale,satisfied_from,overall_item,per_case\n"
                      "PDG-TTHC,,1-5,4,Hài lòng chung,true\nTONG,Tổng,0-10,7,Chung,false\n")  # fmt: skip
        text = UNITS.replace("cu,Xã Đổi Tên,commune,R,,2023-06-30,", "cu,Xã Đổi Tên,commune,R,,2023-06-30,").replace(
            ",,Xã Đổi Tên\n", ",,\n"
        )
        add_reference("units", text + "cu2,Xã Đổi Tên,commune,R,2023-07-01,,\n")
        load(
            write(folder / "a.csv", [case() for _ in range(3)], banner=["Ngày xuất: 30/04/2023"]),
            write(
                folder / "b.csv", [case(unit="Tổ"), case(unit="Tổ")], banner=["Phần mềm khác", "Ngày xuất: 30/04/2023"]
            ),
            write_sheets(folder / "c.csv", [answer(), answer(instrument="TONG", item="Chung")]),
        )
    return folder


@pytest.fixture
def two_roots(two_roots_folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOISANH_DATA", str(two_roots_folder / "data"))
    return two_roots_folder


def test_several_roots_need_a_choice(two_roots: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["measure", "received"], io.StringIO()) == 2
    assert "R, KHÁC" in capsys.readouterr().err
    assert asked("received", "--root", "KHÁC").splitlines()[1].split(",")[0] == "2"
    assert asked("received", "--root", "KHÁC", "--by", "unit").splitlines()[1].startswith("Tổ,Tổ,2,")
    # Nobody there was asked anything.
    assert asked("response_rate", "--root", "KHÁC").splitlines()[1] == "0,0,,,,0"
    assert asked("satisfaction", "--root", "KHÁC").splitlines()[1] == "0,0,,,,0"


def test_without_data_the_words_say_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["measure", "received"], io.StringIO()) == 2
    assert "python -m etl load" in capsys.readouterr().err


def test_few_answers_are_hidden_with_a_sibling(tmp_path: Path) -> None:
    office()
    counts = {"Xã Một": 4, "Xã Hai": 7, "Xã Ba": 30}
    sheets = [answer(unit=unit, score=5 if n else 1) for unit, some in counts.items() for n in range(some)]
    load(write_sheets(tmp_path / "a.csv", sheets))
    lines = asked("satisfaction", "--by", "unit").splitlines()[1:]
    by_unit = {line.split(",")[0]: line.split(",", 2)[2] for line in lines}
    assert by_unit["x1"] == by_unit["x2"] == ",,,,,0"
    assert by_unit["x3"].startswith("29,30,0.96")
    assert asked("satisfaction").splitlines()[1].startswith("38,41,")
    with pytest.raises(CannotAnswer):
        measure(open_snapshot(), Scope("", "R", Period(date(2023, 1, 1), date(2023, 1, 2))), Viewer(), "late", ("x",))


def test_few_answers_to_an_item_are_hidden_with_those_of_another_unit(tmp_path: Path) -> None:
    office()
    counts = {"Xã Một": 4, "Xã Hai": 7, "Xã Ba": 30}
    items = ("Hài lòng chung", "Thái độ")
    sheets = [
        answer(sheet_id=f"{unit} {n}", unit=unit, item=item)
        for unit, some in counts.items()
        for n in range(some)
        for item in items
    ]
    sheets += [answer(sheet_id=f"Xã Ba {n}", unit="Xã Ba", item="Thủ tục") for n in range(3)]
    load(write_sheets(tmp_path / "a.csv", sheets))
    # The total of an item less the units shown would tell, in whichever order the groups are asked.
    for by in (("unit", "item"), ("item", "unit")):
        found = measure(
            open_snapshot(), Scope("", "R", Period(date(2023, 3, 1), date(2023, 3, 31))), Viewer(), "mean_score", by
        )
        hidden = found.filter("is_hidden").select("unit", "item").rows()
        assert sorted(hidden) == sorted([*((unit, item) for unit in ("x1", "x2") for item in items), ("x3", "Thủ tục")])
    # No total takes items together: one of few answers hides no other.
    lines = asked("item_satisfaction", "--by", "item").splitlines()[1:]
    assert [line.split(",")[:3] for line in lines] == [
        ["Hài lòng chung", "41", "41"],
        ["Thái độ", "41", "41"],
        ["Thủ tục", "", ""],
    ]


def test_what_is_known_of_a_snapshot(two_roots: Path) -> None:
    there = known(open_snapshot())
    assert [(root.code, root.cut_off) for root in there.roots] == [
        ("R", date(2023, 3, 15)),
        ("KHÁC", date(2023, 4, 30)),
    ]
    assert {each.code: each.title for each in there.instruments} == {"PDG-TTHC": "PDG-TTHC", "TONG": "Tổng"}
    assert there.channels == ("in_person", "unknown")
