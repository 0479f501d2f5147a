"""The kinds of export and the canonical columns of each: what every profile maps to and every reading gives."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import polars as pl

Form = Literal["code", "text", "label", "moment", "day", "count", "score"]
TYPES: dict[Form, pl.DataType] = {
    "code": pl.String(),
    "text": pl.String(),
    "label": pl.String(),
    "moment": pl.Datetime("us"),
    "day": pl.Date(),
    "count": pl.Int32(),
    "score": pl.Float64(),
}

STATUSES = (
    "in_progress",
    "awaiting_supplement",
    "awaiting_payment",
    "finished",
    "returned",
    "withdrawn",
    "refused",
    "stopped",
)
CHANNELS = ("in_person", "online", "post", "unknown")
UNIT_KINDS = ("district", "one_stop", "department", "commune", "police_desk")
LABELS = MappingProxyType({"status": STATUSES, "channel": CHANNELS})


@dataclass(frozen=True)
class Kind:
    """Canonical columns with their form, in order; what is required: one of each group; the columns that identify
    and date a row."""

    columns: MappingProxyType[str, Form]
    required: tuple[tuple[str, ...], ...]
    code: str
    dated: str

    def of_form(self, *forms: Form) -> list[str]:
        return [column for column, form in self.columns.items() if form in forms]


CASES = Kind(
    columns=MappingProxyType(
        {
            "case_code": "code",
            "unit": "text",
            "receiving_unit": "text",
            "procedure": "text",
            "field": "text",
            "received_at": "moment",
            "due_at": "moment",
            "finished_at": "moment",
            "handed_over_at": "moment",
            "status": "label",
            "channel": "label",
            "assisted_by": "text",
            "apology_sent_on": "day",
            "extension_count": "count",
            "late_cause": "text",
        }
    ),
    required=(("case_code",), ("unit",), ("procedure", "field"), ("received_at",)),
    code="case_code",
    dated="received_at",
)
SURVEY_ANSWERS = Kind(
    columns=MappingProxyType(
        {
            "sheet_id": "code",
            "instrument": "text",
            "item": "text",
            "score": "score",
            "answered_on": "day",
            "unit": "text",
            "field": "text",
            "channel": "label",
            "case_code": "code",
        }
    ),
    required=(("sheet_id",), ("instrument",), ("item",), ("score",), ("answered_on",), ("unit",)),
    code="sheet_id",
    dated="answered_on",
)
KINDS = MappingProxyType({"cases": CASES, "survey_answers": SURVEY_ANSWERS})
