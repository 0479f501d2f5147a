"""What each reference file holds: its columns in order, what a cell of each may be, what identifies a row."""

from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from etl.kinds import UNIT_KINDS

REVIEW_KINDS = ("interim", "final")
CONCLUSION_STATES = ("not_started", "in_progress", "done")
LATEST_YEAR = 2100
_STRING = pl.String()


@dataclass(frozen=True)
class Column:
    """One column: its type, if it must be filled, the only words allowed, whether people write sentences there.

    `is_month`: a date that stands for its month, and becomes the first day of it.
    """

    type: pl.DataType = _STRING
    is_required: bool = False
    allowed: tuple[str, ...] = ()
    is_free_text: bool = False
    is_month: bool = False


@dataclass(frozen=True)
class File:
    """One reference file: its columns in order, those that identify a row, the first year that its days may lie in."""

    columns: MappingProxyType[str, Column]
    key: tuple[str, ...]
    first_year: int = 2000


def _file(columns: dict[str, Column], *key: str, first_year: int = 2000) -> File:
    return File(MappingProxyType(columns), key or tuple(columns)[:1], first_year)


_TEXT, _CODE, _WORDS = Column(), Column(is_required=True), Column(is_free_text=True)
_NEEDED_WORDS = Column(is_required=True, is_free_text=True)
_DAY, _NEEDED_DAY = Column(pl.Date()), Column(pl.Date(), is_required=True)
_NUMBER, _NEEDED_NUMBER = Column(pl.Float64()), Column(pl.Float64(), is_required=True)
_FLAG = Column(pl.Boolean())
_NEEDED_COUNT = Column(pl.Int32(), is_required=True)
_NEEDED_MONTH = Column(pl.Date(), is_required=True, is_month=True)

# What an office says of its models; the other files name what exports and measures speak of.
MODEL_FILES = ("models", "adoptions", "criteria", "reviews", "criterion_scores", "conclusions", "events")
# What an office plans and decides, and how many people it has.
PLAN_FILES = ("staff", "targets", "rebases")
# Measures that can have a target, a share of cases or of answers; and those that are followed month by month.
TARGET_MEASURES = (
    "online_share", "on_time_due", "on_time_first_due", "on_time_resolved", "late", "apology_share", "satisfaction",
    "response_rate",
)  # fmt: skip
FOLLOWED_MEASURES = (*TARGET_MEASURES, "received", "resolved", "overdue_open")

FILES: MappingProxyType[str, File] = MappingProxyType(
    {
        "units": _file(
            {
                "code": _CODE, "name": _CODE, "kind": Column(is_required=True, allowed=UNIT_KINDS), "parent": _TEXT,
                "valid_from": _DAY, "valid_to": _DAY, "aliases": _TEXT,
            },
            first_year=1900,
        ),
        "late_causes": _file({"code": _CODE, "name": _CODE, "aliases": _TEXT}),
        "fields": _file({"code": _CODE, "name": _CODE, "short_name": _TEXT, "aliases": _TEXT}),
        "procedures": _file(
            {
                "code": _CODE, "name": _CODE, "field": _TEXT, "working_days": Column(pl.Int32()), "sensitive": _FLAG,
                "aliases": _TEXT,
            }
        ),
        "instruments": _file(
            {
                "instrument": _CODE, "title": _TEXT, "scale": _CODE, "satisfied_from": _NUMBER, "overall_item": _TEXT,
                "per_case": _FLAG,
            }
        ),
        "models": _file({"code": _CODE, "name": _NEEDED_WORDS, "purpose": _WORDS, "responsible": _WORDS}),
        "adoptions": _file(
            {"model": _CODE, "unit": _CODE, "planned_from": _DAY, "from": _DAY, "to": _DAY}, "model", "unit"
        ),
        "criteria": _file(
            {
                "model": _CODE, "criterion": _CODE, "group": _NEEDED_WORDS, "name": _NEEDED_WORDS,
                "highest_score": _NEEDED_NUMBER,
            },
            "model", "criterion",
        ),
        "reviews": _file(
            {
                "review": _CODE, "model": _CODE, "kind": Column(is_required=True, allowed=REVIEW_KINDS),
                "held_on": _NEEDED_DAY, "title": _NEEDED_WORDS,
            }
        ),
        "criterion_scores": _file(
            {"review": _CODE, "unit": _CODE, "criterion": _CODE, "score": _NEEDED_NUMBER},
            "review", "unit", "criterion",
        ),
        "conclusions": _file(
            {
                "review": _CODE, "number": Column(pl.Int32(), is_required=True), "text": _NEEDED_WORDS, "unit": _TEXT,
                "due_on": _DAY, "state": Column(is_required=True, allowed=CONCLUSION_STATES),
            },
            "review", "number",
        ),
        "events": _file(
            {"day": _NEEDED_DAY, "unit": _CODE, "title": _NEEDED_WORDS}, "day", "unit", "title"
        ),
        "staff": _file({"unit": _CODE, "month": _NEEDED_MONTH, "officials": _NEEDED_COUNT}, "unit", "month"),
        "targets": _file(
            {
                "measure": Column(is_required=True, allowed=TARGET_MEASURES),
                "unit_kind": Column(is_required=True, allowed=UNIT_KINDS), "year": _NEEDED_COUNT,
                "target": _NEEDED_NUMBER,
            },
            "measure", "unit_kind", "year",
        ),
        "rebases": _file(
            {
                "measure": Column(is_required=True, allowed=FOLLOWED_MEASURES), "unit": _CODE, "from": _NEEDED_MONTH,
                "reason": _NEEDED_WORDS,
            },
            "measure", "unit", "from",
        ),
        "sources": _file({"source": _CODE, "title": _TEXT, "retired_on": _DAY}),
        "calendar": _file({"day": _NEEDED_DAY, "is_working": Column(pl.Boolean(), is_required=True), "why": _TEXT}),
    }
)  # fmt: skip
