"""What loading brought, told to a person and to a program: every row of every file, and what to do about those left."""

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from etl import archive
from etl.kinds import Kind, kinds
from etl.loading import Found, Outcome
from etl.reading.messages import missing

_SHOWN_VALUES, _SHOWN_PLACES = 20, 3
_LONGEST_VALUE = 80
_LAYOUT = MappingProxyType(
    {
        "banner": "đầu trang", "header": "tiêu đề", "group": "nhóm", "total": "cộng", "signature": "ký tên",
        "note": "ghi chú", "blank": "trống",
    }
)  # fmt: skip
_BROUGHT = MappingProxyType(
    {
        "new_rows": "mới", "newer_rows": "bản mới hơn", "older_rows": "bản cũ hơn", "unchanged_rows": "trùng",
        "rejected_rows": "bị loại",
    }
)  # fmt: skip
_REASONS = MappingProxyType(
    {
        "bad_case_code": "mã hồ sơ sai dạng",
        "lost_zeros": "mã mất số 0 đứng đầu",
        "error_cell": "ô báo lỗi",
        "formula_without_value": "công thức chưa có kết quả",
        "unreadable_date": "ngày không đọc được",
        "date_out_of_range": "ngày ngoài khoảng",
        "unknown_label": "nhãn chưa biết",
        "no_original": "không rõ sửa dòng nào",
        "bad_score": "điểm không đọc được",
        "bad_number": "số không đọc được",
        "personal_value": "có thông tin cá nhân",
        "too_many_cells": "thừa ô",
    }
)


def number(n: int) -> str:
    """12345 -> "12.345"."""
    return f"{n:,}".replace(",", ".")


def reasons(outcome: Outcome) -> dict[str, dict[str, int]]:
    """Per load, how many rows were rejected for what; each row once, under its first reason."""
    first = outcome.rejected.unique(["load_id", "sheet", "row_number"], keep="first", maintain_order=True)
    counted = first.group_by("load_id", "reason").len().sort("load_id", "reason")
    found: dict[str, dict[str, int]] = {}
    for load_id, reason, rows in counted.iter_rows():
        found.setdefault(load_id, {})[reason] = rows
    return found


def as_json(outcome: Outcome, found: Found) -> dict[str, Any]:
    """The shape of contracts.md: files with their accounting, cut-offs, snapshot, exit."""
    why = reasons(outcome)
    files = [
        {
            "file": row["source_file"],
            "profile": row["profile"],
            "rows": row["rows"],
            "layout": {kind: row[f"{kind}_rows"] for kind in archive.LAYOUT_KINDS},
            "data": row["data_rows"],
            **{name.removesuffix("_rows"): row[name] for name in _BROUGHT},
            "reasons": why.get(row["load_id"], {}),
            "told": row["told"].splitlines(),
        }
        for row in outcome.files.iter_rows(named=True)
    ]
    snapshot = outcome.snapshot.id if outcome.snapshot else None
    left_out = [{"file": file.name, "reason": reason} for file, reason in found.left_out.items()]
    return {
        "files": files,
        "left_out": left_out,
        "cut_offs": outcome.cut_offs,
        "snapshot": snapshot,
        "exit": outcome.exit_code,
    }


def _in_words(counts: dict[str, int]) -> str:
    """ " (2 đầu trang, 1 tiêu đề)"; nothing where nothing was counted."""
    parts = ", ".join(f"{number(n)} {word}" for word, n in counts.items() if n)
    return f" ({parts})" if parts else ""


def lines(outcome: Outcome, found: Found) -> Iterator[str]:
    """The same for a person to read, and what to do about each cell that kept a row out."""
    why = reasons(outcome)
    for row in outcome.files.iter_rows(named=True):
        layout = _in_words({word: row[f"{kind}_rows"] for kind, word in _LAYOUT.items()})
        short = short_reasons(kinds()[row["kind"]])
        rejected = _in_words({short[reason]: n for reason, n in why.get(row["load_id"], {}).items()})
        brought = " + ".join(f"{number(row[name])} {word}" for name, word in _BROUGHT.items())
        yield f"{row['source_file']}  ({row['profile']})"
        yield (
            f"  {number(row['rows'])} dòng = {number(row['rows'] - row['data_rows'])} bố cục{layout} + "
            f"{number(row['data_rows'])} dữ liệu"
        )
        yield f"  dữ liệu = {brought}{rejected}"
        yield from (f"  {sentence}" for sentence in row["told"].splitlines())
    values = _by_value(outcome.rejected)
    for row in values.head(_SHOWN_VALUES).iter_rows(named=True):
        yield _value(row)
    more = values.height - _SHOWN_VALUES
    if more > 0:
        yield f"… và {number(more)} giá trị khác; nạp rồi thì trang Dữ liệu liệt kê đủ."
    yield from (f"Không nạp {file.name}: {reason}." for file, reason in found.left_out.items())
    for source, day in outcome.cut_offs.items():
        yield f"Chốt số liệu {source}: {date.fromisoformat(day):%d/%m/%Y}"
    yield f"Bản số liệu: {outcome.snapshot.id}" if outcome.snapshot else "Chưa ghi gì (check)."


def short_reasons(kind: Kind) -> dict[str, str]:
    """Every reason that can keep a row of a kind out, in a few words."""
    lacking = {
        missing(group[0], kind): f"thiếu {' và '.join(kind.columns[column].title for column in group)}"
        for group in kind.required
        if not any(kind.columns[column].may_be_empty for column in group)
    }
    return {**_REASONS, **lacking, **{reason: each.short for reason, each in kind.reasons.items()}}


def _by_value(rejected: pl.DataFrame) -> pl.DataFrame:
    """Each different value of a column and reason once: `cells`, how many, and `places`, the first of them."""
    place = pl.struct("sheet", "row_number")
    return rejected.group_by(
        "source_file", "column_name", "reason", "value", "allowed", "remedy", maintain_order=True
    ).agg(pl.len().alias("cells"), place.head(_SHOWN_PLACES).alias("places"))


def _value(row: dict[str, Any]) -> str:
    value = row["value"] or ""
    found = f"có “{value[:_LONGEST_VALUE]}{'…' * (len(value) > _LONGEST_VALUE)}”" if value else "để trống"
    column = f", cột “{row['column_name']}”" if row["column_name"] else ""
    places: list[dict[str, Any]] = row["places"]
    sheet = f", trang tính “{places[0]['sheet']}”" if places[0]["sheet"] else ""
    lines = ", ".join(str(each["row_number"]) for each in places if each["sheet"] == places[0]["sheet"])
    more = f" và {number(row['cells'] - len(places))} dòng khác" if row["cells"] > len(places) else ""
    return (
        f"{row['source_file']}{sheet}, dòng {lines}{more}{column}: {found}; chỉ nhận {row['allowed']}. {row['remedy']}"
    )
