"""`make fuzz`: exports damaged at random through the reader, each either read with every row accounted for or refused
in words. Seeded: a file that fails is made again by its number."""

import io
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import FrameType

import xlsxwriter

from etl.profile import Profile, load_profile
from etl.reading import FileRefused, read
from tests.helpers.odd_files import html_rows, ods, ods_table, spreadsheetml, worksheet, xls, xlsb

SEED = 12
FILES = {"csv": 20_000, "workbook": 2_000}
LONGEST, LARGEST = 20, 500  # seconds a file; MB of memory a process
_BATCH, _PROCESSES = 500, 2
_TODAY = date(2026, 1, 1)
PROFILE = """
title = "Thử"
kind = "cases"
source = "thu"
recognise = ["Mã hồ sơ", "Ngày tiếp nhận"]
dates = ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y"]
unknown_units = "register"
root = "thu"
[columns]
case_code = ["Mã hồ sơ"]
unit = ["Đơn vị xử lý"]
field = ["Lĩnh vực"]
received_at = ["Ngày tiếp nhận"]
due_at = ["Ngày hẹn trả"]
status = ["Trạng thái"]
[values.status]
"Đang xử lý" = "in_progress"
"Đã trả" = "finished"
"""
_HEADER = ["STT", "Mã hồ sơ", "Đơn vị xử lý", "Lĩnh vực", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái"]
_ODD = [
    "", "=", '="x"', '"', '""', "#N/A", "-", "NULL", "31/02/2025", "32/13/2025", "0001", "1E+30", "-1", "\u0301",
    "\u200b", "ĐƠN VỊ", "Tổng cộng", "Người lập biểu", "\n", "\r\n", ";;;", ",,,", "\t|", "MÃ£ há»“ sÆ¡", "x" * 40_000,
    "𝔘𝔫𝔦", "\x00", "\x1f", "'; drop table", "<b>", "&amp;", "]]>", "01/01/2025 25:61:00", "Số hồ sơ", "(1)", "9" * 40,
]  # fmt: skip
_BYTES = [
    b"\x00",
    b"\xff",
    b'"',
    b'"',
    b",",
    b"\n",
    b" ",
    b"0",
    b"H",
    b"/",
    b'"',
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"<",
    b">",
    b"/",
    b"&",
    b"PK\x03\x04",
    b"\xef\xbb\xbf",
]
Rows = list[list[str]]


def _day(rng: random.Random) -> str:
    return f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2025"


def _rows(rng: random.Random) -> Rows:
    units, fields, states = ["Xã Một", "Xã Hai"], ["Đất đai", "Hộ tịch"], ["Đang xử lý", "Đã trả"]
    rows = [
        [str(number), f"H-{number:05}", *map(rng.choice, (units, fields)), _day(rng), _day(rng), rng.choice(states)]
        for number in range(1, rng.randint(2, 40))
    ]
    banner = [["DANH SÁCH HỒ SƠ"], ["Ngày xuất: 31/12/2025"], []] if rng.random() < 0.3 else []
    return [*banner, _HEADER, *rows]


def _odd_rows(rows: Rows, rng: random.Random) -> Rows:
    """Cells and rows changed, left out, doubled, moved."""
    rows = [list(row) for row in rows]
    for _ in range(rng.randint(0, 6)):
        at = rng.randrange(len(rows))
        row = rows[at]
        match rng.randrange(8):
            case 0 if row:
                row[rng.randrange(len(row))] = rng.choice(_ODD)
            case 1:
                rows.insert(at, [])
            case 2:
                rows.insert(at, list(row))
            case 3 if len(rows) > 1:
                del rows[at]
            case 4 if row:
                del row[rng.randrange(len(row))]
            case 5:
                row.insert(rng.randint(0, len(row)), rng.choice(_ODD))
            case 6:
                rows.insert(at, list(_HEADER))
            case _:
                rng.shuffle(row)
    return rows


def _place(content: bytes, rng: random.Random) -> int:
    """Mostly between letters: a file with half a letter is refused for it, and little else of it is tried."""
    at = rng.randrange(len(content) + 1)
    if rng.random() < 0.9:
        while at < len(content) and content[at] >= 0x80:
            at += 1
    return at


def _odd_bytes(content: bytes, rng: random.Random, most: int = 4) -> bytes:
    """Bytes changed, put in, cut out; the file cut off."""
    for _ in range(rng.randint(0, most)):
        at, to = _place(content, rng), _place(content, rng)
        match rng.randrange(5):
            case 0:
                byte = rng.randrange(256) if rng.random() < 0.1 else rng.randrange(32, 127)
                content = content[:at] + bytes([byte]) + content[at + 1 :]
            case 1:
                content = content[:at] + rng.choice(_BYTES) * rng.choice([1, 1, 1, 300]) + content[at:]
            case 2:
                content = content[:at] + (content[to:] if at < to < at + 400 else content[at + 1 :])
            case 3 if rng.random() < 0.2:
                content = content[:at]
            case _:
                content = content[:at] + content[to : _place(content, rng)][:400] + content[at:]
    return content


def made_csv(number: int) -> tuple[str, bytes]:
    """The file of this number: its suffix and bytes."""
    rng = random.Random(f"{SEED} csv {number}")
    rows = _odd_rows(_rows(rng), rng)
    delimiter = rng.choice([",", ",", ";", "\t", "|"])
    quotes = rng.choice(["", "", '"', "some"])

    def cell(text: str) -> str:
        is_quoted = quotes == '"' or (quotes == "some" and rng.random() < 0.2)
        return '"' + text.replace('"', '""') + '"' if is_quoted else text

    lines = [delimiter.join(map(cell, row)) for row in rows]
    if rng.random() < 0.1:
        at = rng.randrange(len(lines))
        lines[at:] = [line.replace(delimiter, rng.choice([",", ";", "|"])) for line in lines[at:]]
    text = rng.choice(["\n", "\r\n", "\r"]).join(lines)
    encoding = rng.choice(["utf-8"] * 18 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "latin-1"])
    content = text.encode(encoding, "replace")
    if rng.random() < 0.05:
        content = content.decode("cp1252", "replace").encode()
    return ".csv", _odd_bytes(content, rng)


def _workbook(rows: Rows, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "xlsx":
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                # Longer or otherwise impossible texts are of no workbook that a library writes.
                sheet.write_row(number, 0, [text[:32_000].replace("\x00", "") for text in row])
            sheet.merge_range(len(rows) + 1, 0, len(rows) + 2, 3, "Người lập")
            sheet.write_formula(len(rows), 8, "=1+1", None, "")
        return out.getvalue()
    clean = [["".join(letter for letter in text if letter >= " ")[:32_000] for text in row] for row in rows]
    if kind == "html":
        return f"<html><meta charset='utf-8'><table>{html_rows(clean)}</table></html>".encode()
    if kind == "xml":
        return spreadsheetml(worksheet(clean)).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        match kind:
            case "xls":
                xls(path, A=clean)
            case "xlsb":
                xlsb(path, A=clean)
            case _:
                ods(path, ods_table(clean))
        return path.read_bytes()


_TAGS = [
    b"<row>", b"</row>", b"<c>", b"</c>", b"<c/>", b'<c r="XFD1048576"><v>1</v></c>', b'<c r="ZZ99999"><v>1</v></c>',
    b"<v>", b"<f>1</f>", b"<mergeCell ref='A1:B9'/>", b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<!--", b"-->", b"<![CDATA[",
    b"</sheetData>", b'r="A1"', b't="e"', b't="s"', b"<td rowspan=9 colspan=9>", b"<table>", b"</table>",
    b"<Cell ss:Index='99'>", b"</Data>",
]  # fmt: skip


def _odd_members(content: bytes, rng: random.Random) -> bytes:
    """A zip whose members are changed inside, left out, doubled."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    sheets = [at for at, (name, _) in enumerate(members) if "sheet" in name or "content" in name or "hared" in name]
    at = rng.choice(sheets) if sheets and rng.random() < 0.7 else rng.randrange(len(members))
    name, inside = members[at]
    match rng.randrange(6):
        case 0:
            del members[at]
        case 1:
            members[at] = (name, b"")
        case 2:
            members[at] = (rng.choice(["xl/workbook.bin", "content.xml", "X/" + name]), inside)
        case 3:
            place = rng.randrange(len(inside) + 1)
            members[at] = (name, inside[:place] + rng.choice(_TAGS) + inside[place:])
        case _:
            members[at] = (name, _odd_bytes(inside, rng))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members:
            archive.writestr(name, inside)
    return out.getvalue()


def made_workbook(number: int) -> tuple[str, bytes]:
    """As `made_csv`: .xlsx most often, also .xlsb, .xls, .ods, and pages and XML named .xls."""
    rng = random.Random(f"{SEED} workbook {number}")
    kind = rng.choice(["xlsx"] * 5 + ["xlsb", "xls", "ods", "html", "xml"])
    content = _workbook(_odd_rows(_rows(rng), rng), kind)
    if kind in ("xlsx", "xlsb", "ods"):
        for _ in range(rng.randint(0, 2)):
            content = _odd_members(content, rng)
        most = 1 if rng.random() < 0.3 else 0
    else:
        most = 4
        if kind != "xls" and rng.random() < 0.5:
            place = rng.randrange(len(content) + 1)
            content = content[:place] + rng.choice(_TAGS) + content[place:]
    return "." + ("xls" if kind in ("html", "xml") else kind), _odd_bytes(content, rng, most)


MADE: dict[str, Callable[[int], tuple[str, bytes]]] = {"csv": made_csv, "workbook": made_workbook}


@cache
def _profile(folder: Path) -> Profile:
    path = folder / "p.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return load_profile(path)


def verdict(kind: str, number: int, folder: Path) -> str:
    """ "read" or "refused". Raises AssertionError where rows are lost, and whatever else the reader lets through."""
    suffix, content = MADE[kind](number)
    path = folder / f"{kind}{suffix}"
    path.write_bytes(content)
    try:
        parsed = read(path, [_profile(folder)], as_of=None, today=_TODAY)
    except FileRefused as refused:
        if not (refused.reason and refused.remedy):
            raise AssertionError("a refusal says why, and what to do") from refused
        return "refused"
    readable = set(parsed.frame.select("sheet", "row_number").rows())
    rejected = set(parsed.rejected.select("sheet", "row_number").rows())
    assert not readable & rejected, "a row is readable or rejected"
    assert len(readable) + len(rejected) == parsed.data_rows, "every data row is readable or rejected"
    assert parsed.data_rows + sum(parsed.layout.values()) == parsed.rows, "every row is data or layout"
    return "read"


def _hung(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"over {LONGEST} seconds")


def work(kind: str, first: int, count: int) -> None:
    """One process's share; prints how it went as JSON: verdicts, failures by number, memory in MB."""
    verdicts: Counter[str] = Counter()
    failures: dict[int, str] = {}
    signal.signal(signal.SIGALRM, _hung)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            signal.alarm(LONGEST)
            try:
                verdicts[verdict(kind, number, Path(folder))] += 1
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 — a panic of a Rust library is no Exception
                failures[number] = f"{type(error).__name__}: {error}"[:300]
            signal.alarm(0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"verdicts": verdicts, "failures": failures, "memory": peak}))


def _batch(kind: str, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.fuzz", kind, str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(files: dict[str, int] = FILES) -> bool:
    """Everything, in processes of their own; prints the figures of docs/reliability.md. False where a file failed."""
    is_good = True
    for kind, total in files.items():
        verdicts: Counter[str] = Counter()
        memory = 0
        todo = [(first, min(_BATCH, total - first)) for first in range(0, total, _BATCH)]
        for at in range(0, len(todo), _PROCESSES):
            batches = [(first, count, _batch(kind, first, count)) for first, count in todo[at : at + _PROCESSES]]
            for first, count, process in batches:
                out, errors = process.communicate()
                if process.returncode:
                    print(
                        f"{kind} {first}–{first + count - 1}: process ended with {process.returncode}\n{errors[-600:]}"
                    )
                    is_good = False
                    continue
                told = json.loads(out)
                verdicts.update(told["verdicts"])
                memory = max(memory, told["memory"])
                for number, failure in told["failures"].items():
                    print(f"{kind} {number}: {failure}")
                    is_good = False
        print(f"{kind}: {total} files, {verdicts['read']} read, {verdicts['refused']} refused,"
              f" {total - verdicts.total()} failed; at most {memory} MB")  # fmt: skip
        is_good = is_good and memory <= LARGEST
    return is_good


def main(arguments: Sequence[str]) -> int:
    if arguments:
        kind, first, count = arguments
        work(kind, int(first), int(count))
        return 0
    return 0 if run() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
