"""The log and what lies open on the disk: a line for each event, no personal value, folders 700 and files 600."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from etl.file_names import masked_file_name, masked_text
from tests.helpers.examples import add_profile, case, load, office, run, write
from warehouse import log
from warehouse.briefings import Briefing, save_briefing
from warehouse.folders import data_folder, logs_folder
from warehouse.snapshots import keep


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.log_file().read_text(encoding="utf-8").splitlines()]


def test_each_event_has_a_line_without_personal_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office()
    rows = [case(applicant="Nguyễn Kiểm Thử", phone="0912345678"), case(received_at="Nguyễn Kiểm Thử 0912345678")]
    first = load(write(tmp_path / "Nguyễn Kiểm Thử 0912345678.csv", rows))
    (tmp_path / "lạ của Trần Kiểm Thử.csv").write_text("a,b\n1,2\n")
    assert run("load", tmp_path / "lạ của Trần Kiểm Thử.csv")[0] == 2
    assert run("withdraw", "L0001")[0] == 0
    assert run("rollback", first["snapshot"])[0] == 0
    found = lines()
    assert [line["event"] for line in found] == ["published", "loaded", "refused", "published", "rolled_back"]
    loaded, refused, rolled_back = found[1], found[2], found[4]
    assert (loaded["load"], loaded["data_rows"], loaded["rejected_rows"]) == ("L0001", 2, 1)
    assert loaded["file"] == first["files"][0]["file"]
    assert loaded["file"].startswith("… …-")
    assert refused["file"].startswith("lạ của …-")
    assert refused["reason"]
    assert rolled_back["snapshot"] == first["snapshot"]
    assert all(line["time"] for line in found)
    text = log.log_file().read_text(encoding="utf-8")
    assert not any(each in text for each in ("Kiểm", "0912345678"))


def test_the_message_of_a_foreign_exception_is_not_kept() -> None:
    try:
        try:
            int("Nguyễn Kiểm Thử")
        except ValueError as error:
            raise KeyError("0912345678") from error
    except KeyError as error:
        log.failure("tried", error, command="thử")
    (line,) = lines()
    assert [each["type"] for each in line["errors"]] == ["builtins.KeyError", "builtins.ValueError"]
    assert line["errors"][0]["frames"][0].startswith("tests/loading/test_log.py:")
    assert not any(each in json.dumps(line, ensure_ascii=False) for each in ("Kiểm", "0912345678"))


def test_the_log_is_rotated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_LARGEST", 300)
    for n in range(30):
        log.note("tried", n=n)
    files = sorted(path.name for path in logs_folder().iterdir())
    assert files == ["doi-sanh.log", *(f"doi-sanh.log.{n}" for n in range(1, 6))]
    assert lines()[-1]["n"] == 29


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Nguyễn Kiểm Thử.xlsx", "…-2d711642.xlsx"),
        ("Hồ sơ Trần_Kiểm_Thử 2023.csv", "Hồ sơ … 2023-2d711642.csv"),
        ("Hồ sơ Trần_Kiểm_Thử (2023).csv", "Hồ sơ … (2023)-2d711642.csv"),
        ("0912 345 678.csv", "…-2d711642.csv"),
        ("cccd 012345678901", "cccd …-2d711642"),
        *((name, name) for name in (
            "t.xlsx", "Phường Trần Hưng Đạo.xlsx", "Hồ sơ 2023.csv", "DanhSach_20230630153000.xlsx",
            "01-01-2023 31-01-2023.xls", "Danh sách hồ sơ tháng 6.csv",
        )),
    ],
)  # fmt: skip
def test_names_of_files_are_kept_without_persons(tmp_path: Path, name: str, kept: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert masked_file_name(tmp_path / name) == kept
    assert (masked_text(name) == name) == (kept == name)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions")
def test_what_is_made_is_for_the_owner_alone(tmp_path: Path, own_data: Path) -> None:
    before = os.umask(0o022)
    try:
        add_profile(unknown_units="register")
        own = {own_data, *own_data.rglob("*")}
        snapshot = load(write(tmp_path / "a.csv", [case()]))["snapshot"]
        keep(snapshot)
        save_briefing(Briefing("hop", "Họp"))
        assert run("demo", "--scenario", "TL")[0] == 0
    finally:
        os.umask(before)
    made = set(data_folder().rglob("*")) - own
    assert {path.name for path in made} >= {"archive", "warehouse", "logs", "briefings", "exports", "active.json"}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}
