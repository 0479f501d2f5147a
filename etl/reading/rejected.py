"""The lines that tell, for every unreadable cell, where it is, what it holds, what was allowed and what to do."""

from collections.abc import Mapping

import polars as pl

from etl.kinds import Form
from etl.personal import holds_phone_or_identity, is_phone_or_identity
from etl.profile import Profile
from etl.reading.cells import ITEM, OVERFLOW, Cells
from etl.reading.codes import CODE
from etl.reading.masking import masked
from etl.reading.messages import message
from etl.reading.origin import ORIGIN
from etl.reading.unique import alike

REJECTED = {
    "row_number": pl.Int64,
    "sheet": pl.String,
    "column": pl.String,
    "reason": pl.String,
    "value": pl.String,
    "allowed": pl.String,
    "remedy": pl.String,
}
_SIGNS_OF_SHIFT = ("bad_case_code", "too_many_cells", "personal_value", "bad_score", "bad_number")


def rejected_rows(
    cells: Cells, faults: pl.DataFrame, headers: Mapping[str, str], profile: Profile
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(lines, rows). lines: one per fault, by row; columns as REJECTED. rows: those with a fault, to be corrected:
    row_number, sheet, `code`, and the text of every mapped column, null where it could be personal."""
    index = faults["index"].unique().sort()
    rows = cells.rows(index)
    if rows.is_empty():
        return pl.DataFrame(schema=REJECTED), _mapped(rows).with_columns(code=pl.lit(None, pl.String))
    # Of a fault, the place of its row among those.
    faults = faults.with_columns(place=index.search_sorted(faults["index"]))
    shifted = _shifted(rows, faults)
    return _lines(rows, faults, shifted, headers, profile), _texts(cells, rows, index, shifted, profile)


def _lines(
    rows: pl.DataFrame, faults: pl.DataFrame, shifted: pl.Series, headers: Mapping[str, str], profile: Profile
) -> pl.DataFrame:
    lines = [pl.DataFrame(schema={"place": pl.UInt32, **REJECTED})]
    for (column, reason), some in faults.group_by("column", "reason", maintain_order=True):
        assert isinstance(column, str), "faults name a column"
        assert isinstance(reason, str), "faults name a reason"
        allowed, remedy = message(reason, column, profile.shape)
        place = some["place"]
        form = _form(column, profile)
        values = rows[column][place] if column in rows.columns else alike(None, some.height, pl.String())
        lines.append(
            rows[place].select(
                place=place,
                row_number="row_number",
                sheet="sheet",
                column=pl.lit(headers.get(column.removeprefix(ITEM), "" if column == OVERFLOW else column)),
                reason=pl.lit(reason),
                value=pl.select(
                    pl.coalesce(some["value"], _shown(values, place.is_in(shifted.implode()), column, form))
                ).to_series(),
                allowed=pl.lit(allowed),
                remedy=pl.lit(remedy),
            )
        )
    return pl.concat(lines).sort("place", maintain_order=True).drop("place")


def _mapped(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop(OVERFLOW, *ORIGIN, strict=False)


def _texts(cells: Cells, rows: pl.DataFrame, index: pl.Series, shifted: pl.Series, profile: Profile) -> pl.DataFrame:
    """Of a shifted row only what readable rows hold too is known not to be personal."""
    rows = _mapped(rows)
    is_shifted = pl.int_range(rows.height, dtype=pl.UInt32, eager=True).is_in(shifted.implode())
    readable = alike(True, cells.frame.height, pl.Boolean()).scatter(index, False)
    met = cells.written.met(rows.filter(is_shifted).select(rows.columns[2:]), readable) if is_shifted.any() else {}
    texts = []
    for column in rows.columns[2:]:
        given, form = rows[column], _form(column.removeprefix(ITEM), profile)
        hidden = is_shifted
        if column in met:
            hidden = is_shifted & ~given.is_in(met[column].implode()).fill_null(False)
        shown = _shown(given, hidden, column, form)
        texts.append(pl.select(pl.when(shown == given).then(given)).to_series().alias(column))
    code = pl.col(profile.shape.code)
    is_code = code.str.contains(CODE) & ~is_phone_or_identity(code) & ~holds_phone_or_identity(code)
    codes = rows.select(pl.when(is_code).then(code).alias("code"))
    return rows.select("row_number", "sheet").with_columns(*texts, *codes)


def _shifted(rows: pl.DataFrame, faults: pl.DataFrame) -> pl.Series:
    """The places of rows that have probably slipped sideways, so that a person's name may stand where a label
    should."""
    signs = [faults.filter(pl.col("reason").is_in(_SIGNS_OF_SHIFT))["place"]]
    for (column,), some in faults.filter(pl.col("reason") == "unreadable_date").group_by("column"):
        # 31/02/2025 is a slip of the hand.
        signs.append(some["place"].filter(rows[str(column)][some["place"]].str.contains(r"\pL")))
    return pl.concat(signs).unique()


def _form(column: str, profile: Profile) -> Form:
    return profile.shape.columns[column].form if column in profile.shape.columns else "score"


def _shown(values: pl.Series, shifted: pl.Series, column: str, form: Form) -> pl.Series:
    if column == OVERFLOW:
        return values + " ô thừa"
    pairs = pl.DataFrame({"value": values, "shifted": shifted})
    unique = pairs.drop_nulls().unique()
    shown = [masked(value, form, is_shifted=is_shifted) for value, is_shifted in unique.rows()]
    told = unique.with_columns(shown=pl.Series(shown, dtype=pl.String))
    return pairs.join(told, on=["value", "shifted"], how="left", maintain_order="left")["shown"].fill_null("")
