"""What `python -m comparison` understands: any measure, without a browser."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl

from comparison.measures import CannotAnswer, catalogue, known, latest_cut_off, measure
from comparison.scope import Known, Period, Scope, Viewer
from comparison.wording.texts import cell_text
from warehouse import log
from warehouse.snapshots import SnapshotMissing, SnapshotTooOld, Warehouse, open_snapshot
from warehouse.state import StateDamaged
from warehouse.text import fold


def main(arguments: Sequence[str], stream: Any = None) -> int:
    """Run one command; 0 done, 2 where it cannot be answered, 4 where it failed, 130 where the person stopped it, with
    the reason on standard error."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace, Any], None] = options.run
    try:
        run(options, stream or sys.stdout)
    except (CannotAnswer, SnapshotMissing, SnapshotTooOld, StateDamaged) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Đã dừng theo lệnh.", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001 # a person gets a message, the log the traceback
        log.failure("command_failed", error, command="measure")
        print(
            "Không trả lời được: chương trình hoặc máy gặp lỗi. Chạy `python -m etl doctor`. "
            f"Chi tiết: {log.log_file()}",
            file=sys.stderr,
        )
        return 4
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"có “{text}”, chỉ nhận ngày dạng 2025-06-30") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m comparison", description="Trả lời một thước đo.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    listed = commands.add_parser("measures", help="tên, tiêu đề, định nghĩa của các thước đo")
    listed.set_defaults(run=_measures)
    asked = commands.add_parser("measure", help="in một thước đo với tử số, mẫu số và khoảng tin cậy")
    asked.set_defaults(run=_measure)
    asked.add_argument("name", metavar="THƯỚC_ĐO")
    asked.add_argument("--by", default="", help="chia theo: unit,field,procedure,channel,instrument,item,month,…")
    asked.add_argument("--from", dest="starts_on", type=_day, metavar="NĂM-THÁNG-NGÀY")
    asked.add_argument("--to", dest="ends_on", type=_day, metavar="NĂM-THÁNG-NGÀY")
    asked.add_argument("--root", metavar="MÃ")
    for name in ("unit", "field", "procedure", "channel"):
        asked.add_argument(f"--{name}", nargs="+", action="extend", default=[], metavar="MÃ|TÊN")
    asked.add_argument("--instrument", metavar="MẪU_PHIẾU")
    asked.add_argument("--snapshot", metavar="BẢN")
    asked.add_argument("--format", choices=["table", "csv", "json"], default="table")
    return parser


def _measures(_: argparse.Namespace, out: Any) -> None:
    for name, definition in catalogue().items():
        print(f"{name}: {definition.title_vi}. {definition.meaning_vi}", file=out)


def _measure(options: argparse.Namespace, out: Any) -> None:
    warehouse = open_snapshot(options.snapshot)
    scope = scope_asked(options, warehouse)
    by = tuple(group for group in options.by.split(",") if group)
    if options.name == "response_rate":
        _refuse_not_per_case(scope, known(warehouse))
    answer = measure(warehouse, scope, Viewer(), options.name, by).drop("is_hidden")
    if catalogue()[options.name].unit in ("count", "days"):
        answer = answer.with_columns(pl.col("value").cast(pl.Int64))
    if options.format == "csv":
        # Of names a file has that of the unit alone.
        shown = answer.drop("field_name", "procedure_name", strict=False)
        texts = pl.col(pl.String).map_elements(cell_text, return_dtype=pl.String)
        print(shown.with_columns(texts).write_csv(), end="", file=out)
    elif options.format == "json":
        print(answer.write_json(), file=out)
    else:
        with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True):
            print(answer, file=out)


def scope_asked(options: argparse.Namespace, warehouse: Warehouse) -> Scope:
    """The scope of a command: one root, the whole covered period by default, names as well as codes."""
    there = known(warehouse)
    if not there.roots:
        raise CannotAnswer("Bản số liệu này chưa có lần nạp nào. Nạp tệp bằng `python -m etl load TỆP…`.")
    root = options.root or (there.roots[0].code if len(there.roots) == 1 else None)
    if root not in there.root_of:
        codes = ", ".join(each.code for each in there.roots)
        raise CannotAnswer(f"Có {len(there.roots)} gốc số liệu: {codes}. Chọn một bằng --root.")
    starts_on = options.starts_on or there.root_of[root].covers_from
    ends_on = options.ends_on or latest_cut_off(warehouse, root)
    if ends_on < starts_on:
        raise CannotAnswer(f"Kỳ kết thúc {ends_on} trước khi bắt đầu {starts_on}. Sửa --from, --to.")
    return Scope(
        snapshot=warehouse.id,
        root=root,
        period=Period(starts_on, ends_on),
        compare="none",
        units=_codes(options.unit, [(unit.code, unit.name) for unit in there.units_of(root)], "đơn vị"),
        fields=_codes(options.field, [(field.code, field.name) for field in there.fields], "lĩnh vực"),
        procedures=_codes(options.procedure, [(each.code, each.name) for each in there.procedures], "thủ tục"),
        channels=_codes(options.channel, [(channel, channel) for channel in there.channels], "kênh"),
        instrument=_instrument(options.instrument, there, root),
    )


def _instrument(asked: str | None, there: Known, root: str) -> str | None:
    codes = [instrument.code for instrument in there.instruments_of(root)]
    if asked is not None and asked not in codes:
        raise CannotAnswer(f"Không có mẫu phiếu “{asked}”. Có: {', '.join(codes) or 'chưa có mẫu nào'}.")
    return asked


def _refuse_not_per_case(scope: Scope, there: Known) -> None:
    instruments = there.instruments_of(scope.root)
    if any(each.code == scope.instrument and not each.is_per_case for each in instruments):
        per_case = ", ".join(each.code for each in instruments if each.is_per_case)
        raise CannotAnswer(
            f"Mẫu phiếu “{scope.instrument}” không gắn với từng hồ sơ nên không có tỷ lệ phản hồi. "
            f"Mẫu gắn với hồ sơ: {per_case or 'chưa có mẫu nào'}."
        )


def _codes(asked: Sequence[str], there: Sequence[tuple[str, str]], what: str) -> tuple[str, ...]:
    """Codes of things named by code or by name; a name that fits two is refused with their codes."""
    found = []
    for text in (part for given in asked for part in ([given] if _fits(given, there) else given.split(","))):
        fitting = _fits(text, there)
        if len(fitting) != 1:
            fault = f"hợp với {', '.join(fitting)}; dùng mã" if fitting else "không có"
            raise CannotAnswer(f"{what.capitalize()} “{text}” {fault}.")
        found += fitting
    return tuple(found)


def _fits(text: str, there: Sequence[tuple[str, str]]) -> list[str]:
    exactly = [code for code, _ in there if code == text]
    return exactly or [code for code, name in there if fold(name) == fold(text)]
