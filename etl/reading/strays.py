"""A few cells far away from everything else on a sheet: left behind by a slip, and no part of its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.reading.refusal import FileRefused
from etl.reading.sheet import LARGEST_SHEET, MOST_COLUMNS, MOST_ROWS, MOST_USED_COLUMNS, cell_name, too_many_cells

MOST_STRAYS = 10
FAR_ROWS, FAR_COLUMNS = 1000, 100  # empty rows, or columns, between a stray cell and the rest
_SMALL = 2_000_000  # cells; up to here a sheet may be as empty as it likes
_LEAST_FILLED = 0.02
_REMEDY = "Hãy xóa các ô, dòng, cột thừa ở xa bảng (Ctrl+End chỉ ra ô cuối cùng), lưu lại và nạp lại."


@dataclass(frozen=True)
class Extent:
    """The last row and column of a sheet, from 0, that are no strays; -1 where nothing is used."""

    last_row: int
    last_column: int


def extent(rows: Mapping[int, int], columns: Mapping[int, int]) -> Extent:
    """Where a sheet ends. rows, columns: number from 0 -> used cells in it, unused ones left out."""
    return Extent(_last(rows, FAR_ROWS), _last(columns, FAR_COLUMNS))


def _last(used: Mapping[int, int], far: int) -> int:
    numbers = sorted(used)
    beyond, last = 0, len(numbers) - 1
    for at in range(len(numbers) - 1, 0, -1):
        beyond += used[numbers[at]]
        if beyond > MOST_STRAYS:
            break
        if numbers[at] - numbers[at - 1] > far:
            last = at - 1
    return numbers[last] if numbers else -1


def refuse_oversized(path: Path, sheet: str, rows: int, columns: int, used: int) -> None:
    """Refuses a sheet whose used cells span more than a sheet could hold, or next to nothing of what they span."""
    where = f"Trang tính “{sheet}”"
    last = cell_name(rows - 1, columns - 1)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise beyond_sheet(path, sheet, last)
    if columns > MOST_USED_COLUMNS:
        raise FileRefused(
            path, f"{where} có {columns} cột (đến ô {last}).", f"Hãy xuất lại với tối đa {MOST_USED_COLUMNS} cột."
        )
    if rows * columns > _SMALL and used < rows * columns * _LEAST_FILLED:
        raise FileRefused(
            path,
            f"{where} trải rộng đến ô {last} mà chỉ có {used} ô có dữ liệu, có thể do vài ô lạc ở rất xa.",
            _REMEDY,
        )
    if rows * columns > LARGEST_SHEET:
        raise too_many_cells(path, sheet)


def beyond_sheet(path: Path, sheet: str, cell: str) -> FileRefused:
    return FileRefused(
        path, f"Trang tính “{sheet}” có ô {cell}, ở ngoài phạm vi của một trang tính (XFD1048576).", _REMEDY
    )


def told_strays(sheet: str, strays: int, first: str) -> str:
    return f"Trang tính “{sheet}”: đã bỏ qua {strays} ô lạc ở rất xa bảng (ô {first})."
