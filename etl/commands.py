"""What `python -m etl` understands, and what it prints."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from polars.exceptions import PanicException

from etl import archive, corrections, demo, doctor, loading, publish, report
from etl.archive import LoadMissing
from etl.build import steps
from etl.failing import DECISION, NOTHING_DONE, is_interrupt, why_it_failed
from etl.loading import Busy, NothingToLoad, Outcome, Refused
from etl.profile import Profile, ProfileError, all_profiles, load_profile
from etl.progress import Progress
from etl.publish import CheckFailed, ClockBehind
from etl.reference import UnusableReference
from etl.report import number
from warehouse import log, snapshots
from warehouse.briefings import BriefingError
from warehouse.files import for_the_owner_alone
from warehouse.folders import exports_folder
from warehouse.snapshots import SnapshotMissing, SnapshotTooOld
from warehouse.state import StateDamaged

# Refused: nothing was written, and what to do stands in the text.
_REFUSALS = (
    NothingToLoad, ProfileError, UnusableReference, SnapshotMissing, SnapshotTooOld, LoadMissing, Busy, BriefingError,
    StateDamaged, ClockBehind,
)  # fmt: skip


def main(arguments: Sequence[str], stream: Any = None) -> int:
    """Run one command; its exit code as contracts say: 0 done, 1 some rows rejected, 2 refused, 3 a check failed, 4 the
    machine failed, 130 stopped by the person."""
    out = stream or sys.stdout
    options = _parser().parse_args(arguments)
    with for_the_owner_alone(), DECISION.of_a_command():
        return _told(options, out)


def _told(options: argparse.Namespace, out: Any) -> int:
    """Run the command; whatever it fails with becomes words on standard error and an exit code."""
    command: Callable[[argparse.Namespace, Any], int] = options.run
    try:
        return command(options, out)
    except Refused as refused:
        why = [{"file": each.path.name, "reason": each.reason, "remedy": each.remedy} for each in refused.refusals]
        return _failed(2, f"{refused}\nKhông nạp gì. Số liệu đang xem giữ nguyên.", why, options, out)
    except _REFUSALS as error:
        if isinstance(error, StateDamaged | ClockBehind) and options.name != "check":
            log.failure("command_refused", error, command=options.name)
        return _failed(2, str(error), [], options, out)
    except CheckFailed as error:
        log.failure("check_failed", error, command=options.name)
        return _failed(3, str(error), [], options, out)
    except (KeyboardInterrupt, Exception, PanicException) as error:  # noqa: BLE001 # told in words, traceback in the log
        if is_interrupt(error):
            log.note("stopped", command=options.name)
            return _failed(130, f"Đã dừng theo lệnh. {NOTHING_DONE} Chạy lại khi cần.", [], options, out)
        log.failure("command_failed", error, command=options.name)
        return _failed(4, f"{why_it_failed(error)} Chi tiết: {log.log_file()}", [], options, out)


def _failed(code: int, text: str, refused: Sequence[dict[str, str]], options: argparse.Namespace, out: Any) -> int:
    if getattr(options, "json", False):
        nothing: dict[str, Any] = {"files": [], "cut_offs": {}, "snapshot": None, "exit": code, "refused": refused}
        print(json.dumps(nothing, ensure_ascii=False), file=out)
    print(text, file=sys.stderr)
    return code


def _past_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"có “{text}”, chỉ nhận ngày dạng 2025-06-30") from error
    if day > date.today():
        raise argparse.ArgumentTypeError(f"ngày chốt {day:%d/%m/%Y} ở sau hôm nay")
    return day


def _case_count(text: str) -> int:
    if int(text) < demo.LEAST_CASES:
        raise argparse.ArgumentTypeError(f"cần ít nhất {number(demo.LEAST_CASES)} hồ sơ")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="Nạp tệp xuất và công bố bản số liệu.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    def command(name: str, run: Callable[[argparse.Namespace, Any], int], help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.set_defaults(run=run, name=name)
        return added

    for name, run, help_ in (
        ("load", _load, "đọc, lưu trữ, dựng, kiểm tra, công bố"),
        ("check", _check, "đọc như load nhưng không ghi gì: cho biết điều sẽ xảy ra"),
    ):
        reading = command(name, run, help_)
        reading.add_argument("paths", nargs="+", metavar="TỆP", help="tệp, thư mục hoặc mẫu tên")
        reading.add_argument("--profile", type=Path, metavar="TỆP", help="hồ sơ nguồn (TOML) để đọc các tệp này")
        reading.add_argument("--as-of", type=_past_day, metavar="NĂM-THÁNG-NGÀY", help="ngày chốt số liệu")
        reading.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    made = command("demo", _demo, "tạo tệp xuất mẫu và nạp")
    made.add_argument("--scenario", choices=[*demo.SCENARIOS, "all"], default="district")
    made.add_argument("--cases", type=_case_count, default=300_000, help="số hồ sơ của huyện mẫu")
    made.add_argument("--seed", type=int, default=1)
    rebuilt = command("build", _build, "dựng lại từ kho lưu trữ")
    rebuilt.add_argument("--engine", choices=["duckdb"], default="duckdb")
    kept_out = command("rejected", _rejected, "ghi các dòng bị loại còn chờ ra một tệp Excel để sửa và nạp lại")
    kept_out.add_argument("--load", metavar="LẦN_NẠP", help="chỉ một lần nạp, như L0003")
    kept_out.add_argument("--out", type=Path, required=True, metavar="TỆP.xlsx")
    command("snapshots", _snapshots, "liệt kê các bản số liệu")
    command("rollback", _rollback, "quay về một bản số liệu").add_argument("id")
    command("keep", _keep, "giữ một bản số liệu, không để bị dọn").add_argument("id")
    command("prune", _prune, "dọn các bản số liệu cũ").add_argument("--keep", type=int, required=True, metavar="N")
    command("loads", _loads, "liệt kê các lần nạp")
    command("withdraw", _withdraw, "không tính một lần nạp nữa").add_argument("load")
    command("restore", _restore, "tính lại một lần nạp đã rút").add_argument("load")
    mended = command("doctor", _doctor, "cho biết kho lưu trữ, danh sách và các bản số liệu có gì sai")
    mended.add_argument("--repair", action="store_true", help="sửa những gì sửa được")
    return parser


def _profiles(options: argparse.Namespace) -> list[Profile]:
    return [load_profile(options.profile)] if options.profile else list(all_profiles())


def _load(options: argparse.Namespace, out: Any) -> int:
    return _read(loading.load, options, out)


def _check(options: argparse.Namespace, out: Any) -> int:
    return _read(loading.check, options, out)


def _read(read: Callable[..., Outcome], options: argparse.Namespace, out: Any) -> int:
    progress = Progress()
    try:
        found = loading.expand(options.paths)
        outcome = read(found.exports, _profiles(options), options.as_of, datetime.now(), progress)
    finally:
        progress.end()
    if options.json:
        print(json.dumps(report.as_json(outcome, found), ensure_ascii=False), file=out)
    else:
        print(*report.lines(outcome, found), sep="\n", file=out)
    return outcome.exit_code


def _demo(options: argparse.Namespace, out: Any) -> int:
    chosen = demo.SCENARIOS if options.scenario == "all" else (options.scenario,)
    planted: dict[str, int] = {}
    paths: list[Path] = []
    for scenario in chosen:
        print(f"Tạo tệp xuất mẫu {scenario}…", file=out, flush=True)
        made = demo.write_exports(scenario, exports_folder(), cases=options.cases, seed=options.seed)
        for file in made.files:
            paths.append(exports_folder() / scenario / file.file)
            planted[Path(file.file).name] = sum(file.rejected.values())
    progress = Progress()
    try:
        outcome = loading.load(paths, list(all_profiles()), None, datetime.now(), progress)
    finally:
        progress.end()
    files = outcome.files
    found: dict[str, int] = dict(zip(files["source_file"], files["rejected_rows"], strict=True))
    print(
        f"{number(files.height)} tệp, {number(sum(files['data_rows']))} dòng dữ liệu, "
        f"{number(sum(found.values()))} dòng bị loại (cố ý: {number(sum(planted.values()))}).",
        file=out,
    )
    print(f"Bản số liệu: {outcome.snapshot.id if outcome.snapshot else ''}", file=out)
    return 0 if {file: n for file, n in found.items() if n} == {file: n for file, n in planted.items() if n} else 1


def _build(_: argparse.Namespace, out: Any) -> int:
    with loading.writing(is_rebuild=True):
        return _republish(archive.active_ids(), out)


def _republish(load_ids: frozenset[str] | set[str], out: Any) -> int:
    progress = Progress()
    try:
        snapshot = loading.republish(load_ids, datetime.now(), progress)
    finally:
        progress.end()
    print(f"Bản số liệu: {snapshot.id}", file=out)
    return 0


def _rejected(options: argparse.Namespace, out: Any) -> int:
    if options.out.suffix.lower() != ".xlsx":
        print(f"--out có “{options.out.name}”, chỉ nhận tên tệp .xlsx.", file=sys.stderr)
        return 2
    if options.load:
        archive.require(options.load)
    chosen = [options.load] if options.load else sorted(archive.active_ids())
    written = corrections.write(loading.waiting_lines(), chosen, options.out)
    for path, rows in written:
        print(f"Đã ghi {number(rows)} dòng vào {path}. Sửa các ô sai rồi nạp lại tệp đó.", file=out)
    if not written:
        print("Không có dòng bị loại nào đang chờ.", file=out)
    return 0


def _snapshots(_: argparse.Namespace, out: Any) -> int:
    for snapshot in snapshots.snapshots():
        marks = [word for holds, word in ((snapshot.is_current, "đang dùng"), (snapshot.is_kept, "được giữ")) if holds]
        print(f"{snapshot.id}  {', '.join(marks)}".rstrip(), file=out)
    return 0


def _rollback(options: argparse.Namespace, out: Any) -> int:
    with loading.writing():
        newer = publish.roll_back(options.id)
    print(f"Đang dùng bản {options.id}. Không còn tính: {', '.join(newer) or 'không lần nạp nào'}.", file=out)
    return 0


def _keep(options: argparse.Namespace, out: Any) -> int:
    with loading.writing():
        snapshots.keep(options.id)
    print(f"Sẽ giữ bản {options.id}.", file=out)
    return 0


def _prune(options: argparse.Namespace, out: Any) -> int:
    if options.keep < 1:
        print("--keep cần một số từ 1 trở lên.", file=sys.stderr)
        return 2
    with loading.writing():
        pruned = publish.prune(options.keep)
    print(f"Đã xoá: {', '.join(pruned.deleted) or 'không bản nào'}.", file=out)
    for snapshot_id, why in pruned.left.items():
        print(f"Giữ {snapshot_id}: {why}.", file=out)
    return 0


def _loads(_: argparse.Namespace, out: Any) -> int:
    counted = archive.active_ids()
    for load in archive.archived():
        state = "tính" if load.load_id in counted else "không tính"
        until = f"chốt {load.extracted_on:%d/%m/%Y}" if load.extracted_on else "không có ngày chốt"
        print(
            f"{load.load_id}  {state}  {load.loaded_at:%d/%m/%Y %H:%M}  {load.source}  {load.source_file}  "
            f"{number(load.data_rows)} dòng dữ liệu  {until}",
            file=out,
        )
    return 0


def _withdraw(options: argparse.Namespace, out: Any) -> int:
    with loading.writing():
        archive.require(options.load)
        return _republish(archive.active_ids() - {options.load}, out)


def _restore(options: argparse.Namespace, out: Any) -> int:
    with loading.writing():
        archive.require(options.load)
        return _republish(archive.active_ids() | {options.load}, out)


def _doctor(options: argparse.Namespace, out: Any) -> int:
    progress = Progress()
    try:
        with loading.lock():
            if options.repair:
                progress.begin("Sửa", steps())
                for line in doctor.repair(datetime.now(), progress.step):
                    print(f"Đã sửa: {line}", file=out)
            progress.begin("Kiểm tra", doctor.steps())
            found = doctor.examine(progress.step)
    finally:
        progress.end()
    for finding in found:
        print(f"- {finding.says} {finding.remedy}", file=out)
    print(f"Còn {number(len(found))} điều sai." if found else "Không thấy gì sai.", file=out)
    return 2 if found else 0
