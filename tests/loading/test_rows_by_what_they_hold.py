"""What is a data row and what is layout; headers with hints, twice, or in several blocks."""

from pathlib import Path

import pytest

from etl.reading import FileRefused
from tests.helpers.export_files import HEADER, case, csv_file, parse, profile, xlsx_file

WIDTH = len(HEADER)
DATA = [case(number) for number in range(1, 6)]


def row(**cells: str) -> list[object]:
    """A row with these cells by column number: `_0="Ghi chú"`."""
    return [cells.get(f"_{at}", "") for at in range(WIDTH)]


TAILS = {
    "note": ([row(_0="Ghi chú: có 2 hồ sơ chờ"), row(_0="1", _1="chuyển kỳ sau")], {"note": 2}),
    "starred note": ([row(_1="(*) Không kể hồ sơ liên thông")], {"note": 1}),
    "signature": (
        [row(_8="An Phú, ngày 5 tháng 4 năm 2024"), row(_8="NGƯỜI LẬP BIỂU"), row(_8="ba chữ")], {"signature": 3},
    ),
    "note then signature": ([row(_0="Lưu ý:"), row(_8="TM. UBND"), row(_8="CHỦ TỊCH")], {"note": 1, "signature": 2}),
    "total": ([row(_0="Tổng cộng", _6="5")], {"total": 1}),
    "total in words": ([row(_0="Cộng: 5 hồ sơ")], {"total": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", TAILS)
def test_rows_below_the_data(tmp_path: Path, name: str) -> None:
    tail, expected = TAILS[name]
    parsed = parse(csv_file(tmp_path, [HEADER, *DATA, *tail]), profile(tmp_path))
    assert parsed.frame.height == 5
    assert {kind: n for kind, n in parsed.layout.items() if n and kind != "header"} == expected


NO_LAYOUT = {
    "a short row with a code": case(9, unit="", field="", due="", finished="", status="", channel=""),
    "a row whose procedure begins like a total": case(9, field="Tổng hợp", code=""),
    "a row whose unit begins like a signature": case(9, unit="Chủ tịch UBND xã", code=""),
    "a row without code that has its day": row(_6="15/01/2024 08:30:00", _0="Ghi chú"),
    "three cells and neither code nor day": row(_0="9", _4="Xã Tân Thành", _5="Đất đai"),
}


@pytest.mark.parametrize("name", NO_LAYOUT)
def test_rows_between_the_data_are_loaded_or_rejected(tmp_path: Path, name: str) -> None:
    parsed = parse(csv_file(tmp_path, [HEADER, *DATA, NO_LAYOUT[name], case(8)]), profile(tmp_path))
    assert parsed.data_rows == 7
    assert sum(parsed.layout.values()) == 1


def test_group_rows_have_one_cell_beside_a_numeral(tmp_path: Path) -> None:
    groups = [row(_0="I", _1="Xã Tân Thành"), row(_4="Lĩnh vực đất đai"), row(_0="1.", _4="Hộ tịch")]
    rows: list[list[object]] = [HEADER]
    for at, group in enumerate(groups):
        rows += [group, case(at + 1)]
    assert parse(csv_file(tmp_path, rows), profile(tmp_path)).layout["group"] == 3
    # A record that another delimiter should have split is no heading of a group.
    unsplit = row(_0="9;H20-240115-0009;An Phú;Hộ tịch;15/01/2024;25/01/2024")
    parsed = parse(csv_file(tmp_path, [HEADER, case(1), unsplit, case(2)]), profile(tmp_path))
    assert (parsed.layout["group"], parsed.data_rows) == (0, 3)


def test_more_than_three_rows_of_no_known_kind_refuse_the_file(tmp_path: Path) -> None:
    stray = [row(_4=f"việc {at}", _5="Đất đai", _2="chữ") for at in range(4)]
    with pytest.raises(FileRefused, match="dòng 7–10"):
        parse(csv_file(tmp_path, [HEADER, *DATA, *stray]), profile(tmp_path))
    assert (
        parse(csv_file(tmp_path, [HEADER, *DATA, *stray[:3]]), profile(tmp_path)).rejected["row_number"].n_unique() == 3
    )
    # Opened by a note they are part of it.
    parsed = parse(csv_file(tmp_path, [HEADER, *DATA, row(_0="Ghi chú"), *stray]), profile(tmp_path))
    assert (parsed.layout["note"], parsed.data_rows) == (5, 5)


def renamed(**headers: str) -> list[object]:
    return [headers.get(f"_{at}", str(header)) for at, header in enumerate(HEADER)]


RECEIVED = HEADER.index("Ngày tiếp nhận")


@pytest.mark.parametrize(
    "written",
    [
        "Ngày tiếp nhận (dd/mm/yyyy)",
        "Ngày tiếp nhận (*)",
        "Ngày tiếp nhận:",
        "Ngày\ntiếp nhận",
        "NGÀY TIẾP NHẬN [bắt buộc]",
    ],
)
def test_hints_in_headers(tmp_path: Path, written: str) -> None:
    header = renamed(**{f"_{RECEIVED}": written})
    assert parse(xlsx_file(tmp_path, A=[header, *DATA]), profile(tmp_path)).frame.height == 5


def test_a_hint_does_not_hide_a_header_that_says_more(tmp_path: Path) -> None:
    due = HEADER.index("Ngày hẹn trả")
    header = [*renamed(**{f"_{due}": "Hạn"}), "Ngày hẹn trả (lần đầu)", "Ngày hẹn trả"]
    rows = [[*line, "20/01/2024", "26/01/2024"] for line in DATA]
    parsed = parse(csv_file(tmp_path, [header, *rows]), profile(tmp_path))
    assert parsed.headers["due_at"] == "Ngày hẹn trả"
    assert {f"{day:%d/%m}" for day in parsed.frame["due_at"]} == {"26/01"}


@pytest.mark.parametrize("is_first_filled", [True, False])
def test_of_a_header_twice_the_column_with_values_counts(tmp_path: Path, *, is_first_filled: bool) -> None:
    unit = HEADER.index("Đơn vị")
    lines = [[*line, line[unit]] for line in DATA]
    for line in lines:
        line[-1 if is_first_filled else unit] = ""
    parsed = parse(csv_file(tmp_path, [[*HEADER, "Đơn vị"], *lines]), profile(tmp_path))
    assert parsed.frame["unit"].to_list() == ["Xã Tân Thành"] * 5


def test_monthly_exports_in_one_file_are_versions(tmp_path: Path) -> None:
    january = [case(number, finished="", status="Đang xử lý") for number in range(1, 31)]
    parsed = parse(csv_file(tmp_path, [HEADER, *january, HEADER, *(case(n) for n in range(1, 31))]), profile(tmp_path))
    assert parsed.frame.height == 60
    assert parsed.layout["header"] == 2


@pytest.mark.parametrize(
    ("sheets", "where"),
    [
        ({"Xã An Phú": [], "Xã Bình Minh": []}, "tên trang tính (“Xã An Phú”"),
        ({"A": [["", "Phường Một"]]}, "dòng xen giữa (“Phường Một”)"),
        ({"A": [["II", "Xã An Phú"]]}, "dòng xen giữa"),
    ],
)
def test_units_that_no_column_holds(tmp_path: Path, sheets: dict[str, list[list[object]]], where: str) -> None:
    unit = HEADER.index("Đơn vị")
    bare = [[cell for at, cell in enumerate(line) if at != unit] for line in (HEADER, *DATA)]
    path = xlsx_file(tmp_path, "a.xlsx", **{name: [bare[0], *group, *bare[1:]] for name, group in sheets.items()})
    with pytest.raises(FileRefused) as refused:
        parse(path, profile(tmp_path))
    assert where in refused.value.reason


def test_a_second_block(tmp_path: Path) -> None:
    second = [case(number) for number in range(6, 11)]
    same: list[list[object]] = [HEADER, *DATA, [], ["UBND xã B"], HEADER, *second]
    assert parse(csv_file(tmp_path, same), profile(tmp_path)).frame.height == 10
    turned: list[list[object]] = [list(reversed(line)) for line in (HEADER, *second)]
    with pytest.raises(FileRefused, match="dòng 9"):
        parse(csv_file(tmp_path, [HEADER, *DATA, [], ["UBND xã B"], *turned]), profile(tmp_path))
