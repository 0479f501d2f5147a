"""One load of several files: all are read before any is archived, and published only if every check holds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from glob import glob
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from etl import archive, corrections, publish, reference
from etl.agreement import refuse_disagreement, whole_loads
from etl.archive import LoadRows
from etl.build import accounted, steps
from etl.file_names import masked_file_name, masked_text
from etl.leftovers import sweep
from etl.profile import Profile
from etl.progress import Progress
from etl.publish import CheckFailed
from etl.reading import FileRefused, Parsed, read
from etl.reading.known import Known
from etl.reference import ReferenceFiles
from warehouse import log, state
from warehouse.files import FILE_MODE, make_folder
from warehouse.folders import data_folder
from warehouse.snapshots import Snapshot

EXPORT_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt")
_SHOWN_LEFT_OUT = 3


class NothingToLoad(Exception):
    """The paths given hold no export; the text says what was looked for."""


class Busy(Exception):
    """Another load is being written; the text says what to do."""


@dataclass(frozen=True)
class Outcome:
    """What loading brought: one row a file with its accounting, the rejected cells, and what is published now."""

    files: pl.DataFrame
    rejected: pl.DataFrame
    cut_offs: dict[str, str]
    snapshot: Snapshot | None

    @property
    def exit_code(self) -> int:
        return 1 if self.rejected.height else 0


class Refused(Exception):
    """Files that cannot be loaded at all; nothing was archived or published."""

    def __init__(self, refusals: list[FileRefused]) -> None:
        self.refusals = refusals
        super().__init__("\n".join(str(refusal) for refusal in refusals))


@contextmanager
def writing(*, is_rebuild: bool = False) -> Iterator[None]:
    """Only one command at a time changes archive and state; readers are never held up. StateDamaged where they do not
    agree. What killed commands left is swept before, and what this one leaves unpublished, after.

    `is_rebuild`: published snapshots may be gone.
    """
    with lock():
        published = state.read()
        refuse_disagreement(published, is_rebuild=is_rebuild)
        if state.is_old_form():
            state.write(published)
        sweep(published)
        state.copy(published)
        try:
            yield
        except BaseException:
            _sweep_after_failure()
            raise


@contextmanager
def lock() -> Iterator[None]:
    """Busy where another command changes the data folder."""
    make_folder(data_folder())
    lock = FileLock(data_folder() / ".writing.lock", mode=FILE_MODE)
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        raise Busy("Một lần nạp khác đang chạy trên cùng thư mục dữ liệu. Đợi xong rồi chạy lại.") from error


def _sweep_after_failure() -> None:
    try:
        sweep(state.read())
    except (OSError, state.StateDamaged) as error:
        # The failure itself is told; the next command sweeps.
        log.failure("not_swept", error)


@dataclass(frozen=True)
class Found:
    """The files that paths, folders and globs name: `exports` to be read, each once, in order of name; `left_out`:
    every other file of a folder, with why."""

    exports: list[Path]
    left_out: dict[Path, str]


def expand(paths: Sequence[str]) -> Found:
    """What there is at these paths. NothingToLoad where one of them holds no export."""
    exports: dict[Path, None] = {}
    left_out: dict[Path, str] = {}
    for text in paths:
        # Path("") would be the folder that the command happens to run in.
        named = [Path(text)] if text.strip() and Path(text).exists() else sorted(map(Path, glob(text, recursive=True)))
        each = [file for path in named for file in (_files_in(path) if path.is_dir() else [path])]
        why = {file: _why_left_out(file, is_named=file in named) for file in each}
        if "" not in why.values():
            beside = "".join(f" {file.name}: {reason}." for file, reason in list(why.items())[:_SHOWN_LEFT_OUT])
            raise NothingToLoad(
                f"Không thấy tệp nào ở “{text}”. Cần tệp {', '.join(EXPORT_SUFFIXES)}, một thư mục chứa chúng, "
                f"hoặc một mẫu tên như “thang-06/*.xlsx”.{beside}"
            )
        exports |= {file: None for file, reason in why.items() if not reason}
        left_out |= {file: reason for file, reason in why.items() if reason}
    return Found(list(exports), left_out)


def _files_in(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def _why_left_out(file: Path, *, is_named: bool) -> str:
    """Why a file is not read, "" where it is: one that is named itself is, whatever its suffix."""
    if file.name.startswith("~$"):
        return "tệp khóa tạm của Excel, không có dữ liệu"
    if file.name.startswith("."):
        return "tệp ẩn của máy"
    if is_named or file.suffix.lower() in EXPORT_SUFFIXES:
        return ""
    return f"đuôi “{file.suffix}” không phải bảng tính; nếu đúng là tệp xuất, hãy nạp thẳng bằng tên của nó"


def _known(references: ReferenceFiles, parsed: Sequence[Parsed]) -> Known:
    """What reading a file rests on; the codes of files read before it in the same command count as known."""
    spelled = [references.units[1], references.fields[1], references.procedures[1]]
    causes, spellings = references.late_causes
    name_of = dict(zip(causes["code"], causes["name"], strict=True))
    named = [name_of[code] for code in spellings["code"]]

    archived_codes = cache(archive.codes)

    def codes(kind: str, source: str) -> pl.Series:
        beside = [each for each in parsed if (each.profile.kind, each.profile.source) == (kind, source)]
        return pl.concat([archived_codes(kind, source), *(each.frame[each.profile.shape.code] for each in beside)])

    return Known(
        names=frozenset(name for frame in spelled for name in frame["folded"]),
        categories={"late_causes": dict(zip(spellings["folded"], named, strict=True))},
        codes=codes,
    )


def _read_all(
    paths: Sequence[Path],
    profiles: Sequence[Profile],
    references: ReferenceFiles,
    as_of: date | None,
    today: date,
    progress: Progress,
) -> list[Parsed]:
    parsed: list[Parsed] = []
    refusals = []
    known = _known(references, parsed)
    for path in paths:
        progress.step(path.name)
        try:
            parsed.append(read(path, profiles, as_of=as_of, today=today, known=known))
        except FileRefused as refusal:
            refusals.append(refusal)
        except PermissionError:
            refusals.append(
                FileRefused(path, "Không được phép đọc tệp.", "Cho người chạy lệnh quyền đọc tệp rồi nạp lại.")
            )
    if refusals:
        raise Refused(refusals)
    return parsed


def waiting_lines(references: ReferenceFiles | None = None) -> pl.DataFrame:
    """One line per cell of the rows of active loads that wait to be corrected, as `corrections.waiting`."""
    with accounted(references or reference.usable_files(), archive.active()) as connection:
        return corrections.waiting(connection)


def _corrections(parsed: Sequence[Parsed], references: ReferenceFiles) -> list[Parsed]:
    """The exports, those that correct rejected rows said so; Refused where one names a load that is none."""
    try:
        return corrections.as_corrections(parsed, cache(lambda: waiting_lines(references)))
    except FileRefused as refusal:
        raise Refused([refusal]) from refusal


def _as_loads(parsed: Sequence[Parsed], now: datetime) -> list[LoadRows]:
    first = archive.next_sequence()
    return [archive.load_rows(each, first + place, now) for place, each in enumerate(parsed)]


def _outcome(connection: duckdb.DuckDBPyConnection, load_ids: Sequence[str], snapshot: Snapshot | None) -> Outcome:
    parameters = {"loads": list(load_ids)}
    chosen = "load_id in (select unnest($loads))"
    files = connection.sql(f"select * from loads where {chosen} order by load_seq", params=parameters).pl()
    rejected = connection.sql(
        f"select * from rejected_rows where {chosen} order by load_id, sheet, row_number", params=parameters
    ).pl()
    return Outcome(files, rejected, publish.cut_offs(connection), snapshot)


def check(
    paths: Sequence[Path], profiles: Sequence[Profile], as_of: date | None, now: datetime, progress: Progress
) -> Outcome:
    """Read files as `load` would and say what would happen; nothing is written. Refused where one cannot be read."""
    references = reference.usable_files()
    progress.begin("Đọc", len(paths))
    parsed = _read_all(paths, profiles, references, as_of, now.date(), progress)
    loads = _as_loads(_corrections(parsed, references), now)
    with accounted(references, archive.active(), loads) as connection:
        return _outcome(connection, [each.load.load_id for each in loads], None)


def load(
    paths: Sequence[Path], profiles: Sequence[Profile], as_of: date | None, now: datetime, progress: Progress
) -> Outcome:
    """Read, archive, build, check and publish. Refused, CheckFailed, StateDamaged and ClockBehind leave the live
    snapshot as it was."""
    references = reference.usable_files()
    with writing():
        # Reading takes minutes, and dates are judged by the day of loading.
        publish.refuse_clock_behind(state.read(), archive.archived(), now)
        # What is read is compared with what is there.
        whole_loads(archive.active_ids())
    progress.begin("Đọc", len(paths))
    with _refusals_logged():
        parsed = _read_all(paths, profiles, references, as_of, now.date(), progress)
    with writing():
        with _refusals_logged():
            parsed = _corrections(parsed, references)
        loads = _as_loads(parsed, now)
        archive.store(loads)
        new = [each.load.load_id for each in loads]
        # The build reads them from the archive, and needs the room.
        del parsed, loads
        progress.begin("Dựng", steps())
        try:
            snapshot, outcome = publish.publish(
                archive.active_ids() | set(new),
                references,
                now,
                progress.step,
                lambda connection: _outcome(connection, new, None),
            )
        except CheckFailed:
            publish.set_aside(new)
            raise
    for row in outcome.files.iter_rows(named=True):
        log.note("loaded", load=row["load_id"], snapshot=snapshot.id, file=row["source_file"], **_counts(row))
    return replace(outcome, snapshot=snapshot)


@contextmanager
def _refusals_logged() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        for each in refused.refusals:
            log.note("refused", file=masked_file_name(each.path), reason=masked_text(each.reason))
        raise


def _counts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("source", "profile", "extracted_on", "rows", "data_rows", "rejected_rows")}


def republish(load_ids: frozenset[str] | set[str], now: datetime, progress: Progress) -> Snapshot:
    """Publish these loads; exactly they count then. Until it is done, those that counted before go on counting."""
    progress.begin("Dựng", steps())
    snapshot, _ = publish.publish(load_ids, reference.usable_files(), now, progress.step)
    return snapshot
