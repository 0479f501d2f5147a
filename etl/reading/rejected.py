"""The lines that tell, for every unreadable cell, where it is, what it holds, what was allowed and what to do."""

from collections.abc import Mapping

import polars as pl

from etl.kinds import LABELS, Form
from etl.profile import Profile
from etl.reading.cells import ITEM, OVERFLOW
from etl.reading.masking import masked
from etl.reading.messages import MESSAGES, label_message

REJECTED = {
    "row_number": pl.Int64,
    "sheet": pl.String,
    "column": pl.String,
    "reason": pl.String,
    "value": pl.String,
    "allowed": pl.String,
    "remedy": pl.String,
}
# A row with one of these has probably slipped sideways, so that a person's name may stand where a label should.
_SIGNS_OF_SHIFT = ("unreadable_date", "bad_case_code", "too_many_cells", "personal_value", "bad_score", "bad_number")


def rejected_lines(
    cells: pl.DataFrame, faults: pl.DataFrame, headers: Mapping[str, str], profile: Profile
) -> pl.DataFrame:
    """One line per fault, by row; columns as REJECTED."""
    shifted = faults.filter(pl.col("reason").is_in(_SIGNS_OF_SHIFT))["index"].unique()
    lines = [pl.DataFrame(schema={"index": pl.UInt32, **REJECTED})]
    for (column, reason), some in faults.group_by("column", "reason", maintain_order=True):
        assert isinstance(column, str), "faults name a column"
        assert isinstance(reason, str), "faults name a reason"
        allowed, remedy = label_message(column) if column in LABELS else MESSAGES[reason]
        index = some["index"]
        form = _form(column, profile)
        values = cells[column][index] if column in cells.columns else pl.Series([None] * some.height, dtype=pl.String)
        lines.append(
            cells[index].select(
                index=index,
                row_number="row_number",
                sheet="sheet",
                column=pl.lit(headers.get(column.removeprefix(ITEM), "" if column == OVERFLOW else column)),
                reason=pl.lit(reason),
                value=_shown(values, index.is_in(shifted.implode()), column, reason, form),
                allowed=pl.lit(allowed),
                remedy=pl.lit(remedy),
            )
        )
    return pl.concat(lines).sort("index", maintain_order=True).drop("index")


def _form(column: str, profile: Profile) -> Form:
    return profile.shape.columns.get(column, "score")


def _shown(values: pl.Series, shifted: pl.Series, column: str, reason: str, form: Form) -> pl.Series:
    if column == OVERFLOW:
        return values + " ô thừa"
    pairs = pl.DataFrame({"value": values, "shifted": shifted})
    unique = pairs.drop_nulls().unique()
    shown = [masked(value, form, is_shifted=is_shifted) for value, is_shifted in unique.rows()]
    told = unique.with_columns(shown=pl.Series(shown, dtype=pl.String))
    return pairs.join(told, on=["value", "shifted"], how="left", maintain_order="left")["shown"].fill_null("")
