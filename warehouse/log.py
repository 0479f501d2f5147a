"""The log: what was loaded, refused, published and what failed, one JSON object a line in `data/logs/`, rotated.

No line holds a personal value: callers give ids, counts and masked names, and of an exception that is not of this
program only the class is kept, as its message may quote a cell.
"""

import json
import logging
import sys
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from warehouse.files import make_folder, open_for_the_owner
from warehouse.folders import PROJECT, logs_folder

_OWN = ("etl", "warehouse", "comparison", "pages", "dashboard")
_LARGEST, _OLDER_FILES = 2_000_000, 5


def log_file() -> Path:
    return logs_folder() / "doi-sanh.log"


def note(event: str, **values: Any) -> None:
    """One line: what happened, with ids, counts and names of files already masked."""
    _LOGGER.info(event, extra={"values": values})


def failure(event: str, error: BaseException, **values: Any) -> None:
    """One line with the traceback of an exception and of those that caused it."""
    _LOGGER.error(event, extra={"values": {**values, "errors": _errors(error)}})


def _errors(error: BaseException) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    each: BaseException | None = error
    while each is not None and len(found) < 5:
        kind = type(each)
        told: dict[str, Any] = {"type": f"{kind.__module__}.{kind.__qualname__}"}
        if kind.__module__.split(".")[0] in _OWN:
            told["message"] = str(each)
        if isinstance(each, OSError) and each.errno is not None:
            told["errno"] = each.errno
        frames = traceback.extract_tb(each.__traceback__)
        told["frames"] = [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        found.append(told)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return found


def _place(file: str) -> str:
    """A source file without the folders of this machine, which may bear a person's name."""
    for root in (str(PROJECT), *sys.path):
        if root and file.startswith(root):
            return file.removeprefix(root).lstrip("/\\")
    return Path(file).name


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")
        line = {"time": time, "event": record.getMessage(), **getattr(record, "values", {})}
        return json.dumps(line, ensure_ascii=False, default=str)


class _File(RotatingFileHandler):
    def _open(self) -> Any:
        return open(self.baseFilename, self.mode, encoding="utf-8", opener=open_for_the_owner)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 # logging's own name
        raise  # Logging calls it while it handles the error.


class _DataFolder(logging.Handler):
    """Opens the file for each line: several programs write it, and one of them rotates it."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            make_folder(logs_folder())
            handler = _File(log_file(), maxBytes=_LARGEST, backupCount=_OLDER_FILES, delay=True)
            handler.setFormatter(_Line())
            try:
                handler.emit(record)
            finally:
                handler.close()
        except OSError as error:
            # A full disk must not hide what there was to tell.
            sys.stderr.write(f"Không ghi được nhật ký {log_file()} ({error.strerror}): {record.getMessage()}\n")


_LOGGER = logging.getLogger("doi_sanh")
_LOGGER.setLevel(logging.INFO)
_LOGGER.addHandler(_DataFolder())
