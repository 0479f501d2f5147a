"""What a failure of the machine means to a person, whichever library tells of it, and when Ctrl-C is heard."""

import errno
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import duckdb
from polars.exceptions import PanicException, PolarsError
from xlsxwriter.exceptions import XlsxFileError

from warehouse.folders import data_folder

NOTHING_DONE = "Không nạp, không công bố gì. Số liệu đang xem giữ nguyên."
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
# DuckDB and Polars quote the system's words in exceptions of their own.
_WORDS_OF_NO_ROOM = ("no space left", "file too large", "disk quota", "disk full", "not enough space", "disk is full")
_WORDS_OF_NO_RIGHT = ("permission denied", "read-only file system", "operation not permitted", "access is denied")
_TELLING = (OSError, duckdb.Error, PolarsError, PanicException, XlsxFileError)
_WORDS_OF_NO_MEMORY = ("out of memory", "cannot allocate", "could not allocate", "failed to allocate")


def is_interrupt(error: BaseException) -> bool:
    """Whether Ctrl-C ended the command: libraries tell of it by exceptions of many kinds."""
    return isinstance(error, KeyboardInterrupt) or DECISION.is_stopped


def why_it_failed(error: BaseException) -> str:
    """What failed and what to do, from the exception that ended a command."""
    told = _cause(error)
    if DECISION.is_taken:
        return f"{told} Việc của lệnh đã xong và có hiệu lực, chỉ phần in kết quả bị lỗi: xem `python -m etl loads`."
    return f"{told} {NOTHING_DONE}"


def _cause(error: BaseException) -> str:
    if isinstance(error, BrokenPipeError):
        return "Nơi nhận kết quả đã đóng khi lệnh còn in."
    causes = list(_causes(error))
    if any(_is(each, _NO_ROOM, _WORDS_OF_NO_ROOM) for each in causes):
        return (
            f"Hết chỗ trống trên đĩa có thư mục dữ liệu {data_folder()}. Dọn bớt tệp khác trên đĩa đó, hoặc xoá các "
            "bản số liệu cũ bằng `python -m etl prune --keep N`, rồi chạy lại."
        )
    if any(isinstance(each, MemoryError | duckdb.OutOfMemoryException) for each in causes) or any(
        _is(each, (errno.ENOMEM,), _WORDS_OF_NO_MEMORY) for each in causes
    ):
        return "Máy không đủ bộ nhớ. Đóng bớt chương trình khác, hoặc nạp ít tệp hơn mỗi lần, rồi chạy lại."
    named = next((each.filename for each in causes if isinstance(each, OSError) and each.filename), None)
    at = f" ({named})" if named else ""
    if any(_is(each, _NO_RIGHT, _WORDS_OF_NO_RIGHT) for each in causes):
        return (
            f"Không được phép đọc hoặc ghi{at}. Kiểm tra quyền ghi vào thư mục dữ liệu {data_folder()} (DOISANH_DATA) "
            "và đĩa có bị khoá chỉ đọc không, rồi chạy lại."
        )
    if any(isinstance(each, OSError | duckdb.IOException | XlsxFileError) for each in causes):
        return (
            f"Không đọc hoặc không ghi được tệp{at}. Kiểm tra đĩa, tên và quyền ghi vào thư mục dữ liệu "
            f"{data_folder()} (DOISANH_DATA), rồi chạy lại; nếu vẫn lỗi, chạy `python -m etl doctor`."
        )
    return (
        "Chương trình gặp lỗi ngoài dự kiến. Chạy lại; nếu vẫn lỗi, chạy `python -m etl doctor` và gửi tệp nhật ký cho "
        "người phụ trách phần mềm."
    )


class Decision:
    """Of a command that runs: whether Ctrl-C was pressed, and whether what it was for is done, so that nothing after it
    undoes it."""

    def __init__(self) -> None:
        self.is_stopped = self.is_taken = self._is_of_a_command = False

    @contextmanager
    def of_a_command(self) -> Iterator[None]:
        """Around a command, in whose course it is taken; afterwards Ctrl-C means what it did before."""
        self.is_stopped = self.is_taken = False
        # Only the main thread may set what a signal does.
        self._is_of_a_command = threading.current_thread() is threading.main_thread()
        if not self._is_of_a_command:
            yield
            return
        before = signal.signal(signal.SIGINT, self._stop)
        try:
            yield
        finally:
            self._is_of_a_command = False
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Around the one step that decides: Ctrl-C comes before it or not at all."""
        if self._is_of_a_command:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        yield
        self.is_taken = True

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopped = True
        signal.default_int_handler(number, frame)


DECISION = Decision()


def _causes(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    while each is not None:
        yield each
        each = each.__cause__ or each.__context__


def _is(error: BaseException, numbers: tuple[int, ...], words: tuple[str, ...]) -> bool:
    if isinstance(error, OSError) and error.errno in numbers:
        return True
    text = str(error).lower() if isinstance(error, _TELLING) else ""
    return any(each in text for each in words)
