"""A kind of export is a folder: one that the program has never seen is loaded, rejected and measured like its own."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from comparison.measures import catalogue, definitions, measure
from comparison.measures.stored import stored
from comparison.scope import Period, Scope, Viewer
from etl import kinds
from tests.helpers.examples import PROFILE, add_profile, load, office, run, write
from warehouse.snapshots import open_snapshot

FOLDER = Path(__file__).parent / "kinds"
HEADERS = {
    "letter_code": "Mã thư", "unit": "Đơn vị", "sent_on": "Ngày gửi", "answered_on": "Ngày hồi âm",
    "purpose": "Loại thư", "pages": "Số trang", "applicant": "Người nhận",
}  # fmt: skip
LETTERS = {
    **PROFILE, "title": "Thư thử", "kind": "letters", "source": "thu-tin", "recognise": ["Mã thư", "Ngày gửi"],
    "columns": {name: [header] for name, header in HEADERS.items() if name != "applicant"},
    "values": {"purpose": {"Chúc mừng": "congratulation", "Xin lỗi": "apology"}},
}  # fmt: skip


@pytest.fixture(autouse=True)
def with_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "FOLDERS", [*kinds.FOLDERS, FOLDER])
    monkeypatch.setattr(definitions, "FOLDERS", [*definitions.FOLDERS, FOLDER / "letters" / "measures"])
    for each in (kinds.kinds, catalogue, stored):
        each.cache_clear()
    yield
    monkeypatch.undo()
    for each in (kinds.kinds, catalogue, stored):
        each.cache_clear()


def letter(number: int, **changes: object) -> dict[str, object]:
    return {
        "letter_code": f"T-{number:03}", "unit": "Xã Một", "sent_on": date(2023, 3, number % 28 + 1),
        "answered_on": date(2023, 4, 1) if number % 2 else None, "purpose": "Xin lỗi", "pages": 1,
        "applicant": "Nguyễn Kiểm Thử", **changes,
    }  # fmt: skip


def sent(path: Path, rows: list[dict[str, object]], day: str = "30/04/2023") -> Path:
    return write(path, rows, banner=[f"Ngày xuất: {day}"], headers=HEADERS)


def test_its_rows_are_accounted_for_and_measured(tmp_path: Path) -> None:
    office()
    add_profile("thu-tin", like=LETTERS)
    found = load(sent(tmp_path / "a.csv", [letter(number) for number in range(30)]))
    assert (found["exit"], found["files"][0]["new"], found["cut_offs"]) == (0, 30, {"thu-tin": "2023-04-30"})
    # A list sent again, one of its letters answered since.
    again = [letter(number, **({"answered_on": date(2023, 5, 2)} if number == 4 else {})) for number in range(30)]
    file = load(sent(tmp_path / "b.csv", again, "31/05/2023"))["files"][0]
    assert (file["new"], file["newer"], file["unchanged"], file["rejected"]) == (0, 1, 29, 0)
    scope = Scope("", "R", Period(date(2023, 3, 1), date(2023, 3, 31)), compare="none")
    for period in (scope, scope.with_(period=Period(date(2023, 3, 1), date(2023, 3, 30)))):
        answered = measure(open_snapshot(), period, Viewer(), "letters_answered", ("unit",))
        assert answered.select("unit", "numerator", "denominator").rows() == [("x1", 16, 30)]


def test_its_rows_are_rejected_and_corrected(tmp_path: Path) -> None:
    office()
    add_profile("thu-tin", like=LETTERS)
    wrong = [
        letter(1, letter_code=None), letter(2, sent_on="31/02/2023"), letter(3, purpose="Thư lạ"),
        letter(4, unit="Xã Lạ"), letter(5, pages=11), letter(6, pages="nhiều"), letter(7, unit="Nguyễn Kiểm Thử"),
        letter(8, sent_on=None),
    ]  # fmt: skip
    found = load(sent(tmp_path / "a.csv", [letter(0), *wrong]))
    reasons = found["files"][0]["reasons"]
    assert (found["exit"], found["files"][0]["new"], found["files"][0]["rejected"]) == (1, 1, 8)
    assert reasons == dict.fromkeys(
        (
            "no_letter_code", "unreadable_date", "unknown_label", "unknown_unit", "long_letter", "bad_number",
            "personal_value", "no_sent_on",
        ), 1,
    )  # fmt: skip
    text = run("load", tmp_path / "a.csv")[1]
    for words in ("thiếu mã thư", "thiếu ngày gửi", "thư quá dài", "mã thư không trống", "không quá mười trang"):
        assert words in text
    assert "Kiểm Thử" not in str(open_snapshot().read("select * from rejected_rows").rows())
    run("rejected", "--out", tmp_path / "sua.xlsx")
    assert (tmp_path / "sua.xlsx").exists()
    again = load(sent(tmp_path / "b.csv", [letter(5)]))
    assert again["files"][0]["new"] == 1
    # That of the fifth letter waits no longer, in neither of the two loads.
    waiting = open_snapshot().read("select load_id, row_number from rejected_rows where settled_by is null")
    assert waiting.height == 2 * (len(wrong) - 1)


def test_its_rules_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office()
    add_profile("thu-tin", like=LETTERS)
    assert load(sent(tmp_path / "a.csv", [letter(0, answered_on=date(2023, 2, 1))]))["exit"] == 3
    assert "answers_come_after_letters" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["cases", "survey_answers", "letters"])
def test_a_template_is_an_export_without_rows(name: str) -> None:
    office()
    kind = kinds.kinds()[name]
    template = kind.folder / "template.csv"
    headers = template.read_text(encoding="utf-8").strip().split(",")
    columns = {column: [header] for column, header in zip(kind.columns, headers, strict=True)}
    profile = {"title": "Mẫu", "kind": name, "source": "mau", "recognise": headers[:2], "root": "R", "columns": columns}
    path = add_profile("mau", like=profile)
    found = json.loads(run("load", template, "--profile", path, "--json")[1])
    assert (found["exit"], found["files"][0]["data"]) == (0, 0)
