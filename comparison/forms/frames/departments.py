"""Departments beside themselves, and beside others only in the fields that at least two of them handle."""

from typing import Any

import polars as pl

from comparison.findings.cells import cells_standing_out
from comparison.forms.frames.shares import change_between
from comparison.scope import Known, Language
from comparison.statistics import COMPARED_FROM
from comparison.wording import percent, percent_range, points_between, say
from comparison.wording.findings import Share


def beside_themselves(now: pl.DataFrame, before: pl.DataFrame | None, language: Language) -> pl.DataFrame:
    """Late shares by unit now and in another period: unit, unit_name, n, now, before (null = none), change (text) and
    verdict.

    verdict: "worse" or "better" where the difference is more than chance explains, else "usual", "few" under 25 cases
    on a side, "" where there is nothing to compare with.
    """
    then = {} if before is None else {row["unit"]: row for row in before.iter_rows(named=True)}
    rows = []
    for row in now.filter(pl.col("denominator") > 0).iter_rows(named=True):
        own, other = _share(row), _share(then[row["unit"]]) if row["unit"] in then else None
        change = change_between(own, other)
        verdict = ""
        if change:
            verdict = "usual" if own.is_enough and change.before.is_enough else "few"
            if change.is_clear:
                verdict = "worse" if own.value > change.before.value else "better"
        rows.append(
            {
                "unit": row["unit"],
                "unit_name": row["unit_name"],
                "n": own.n,
                "now": own.value,
                "before": other.value if other and other.n else None,
                "change": points_between(language, own.value, other.value) if other and other.n else "",
                "verdict": verdict,
            }
        )
    schema = dict.fromkeys(("unit", "unit_name", "n", "now", "before", "change", "verdict"), pl.String)
    return pl.DataFrame(rows, schema={**schema, "n": pl.Int64, "now": pl.Float64, "before": pl.Float64})


def shared_fields(cells: pl.DataFrame) -> tuple[pl.DataFrame, float]:
    """The cells of fields in which at least two units have cases due, and the share of all cases that these are."""
    due = cells.filter(pl.col("denominator") > 0)
    shared = due.filter(pl.col("unit").n_unique().over("field") >= 2)
    whole = int(due["denominator"].sum())
    return shared, int(shared["denominator"].sum()) / whole if whole else 0.0


def beside_others(shared: pl.DataFrame, known: Known, language: Language) -> tuple[pl.DataFrame, list[str]]:
    """A row a field and unit: field_name, unit_name, n, own, range, others (texts), verdict ("more", "usual", "few");
    and the codes of the units that stand out, by `cells_standing_out` of these cells alone."""
    units = shared["unit"].unique().to_list()
    standing_out = [(unit, field) for unit, field, _ in cells_standing_out(shared, known, units, (), shared.height)]
    summed = shared.with_columns(
        others_late=pl.col("numerator").sum().over("field") - pl.col("numerator"),
        others_n=pl.col("denominator").sum().over("field") - pl.col("denominator"),
    ).sort("field_name", maintain_order=True)
    rows = []
    for row in summed.iter_rows(named=True):
        few = row["denominator"] < COMPARED_FROM
        rows.append(
            {
                "field_name": row["field_name"],
                "unit_name": row["unit_name"],
                "n": row["denominator"],
                "own": say(language, "word.under_five") if row["denominator"] < 5 else percent(language, row["value"]),
                "range": "" if few else percent_range(language, row["low"], row["high"]),
                "others": percent(language, row["others_late"] / row["others_n"]),
                "verdict": "more" if (row["unit"], row["field"]) in standing_out else "few" if few else "usual",
            }
        )
    schema = dict.fromkeys(("field_name", "unit_name", "n", "own", "range", "others", "verdict"), pl.String)
    return pl.DataFrame(rows, schema={**schema, "n": pl.Int64}), list(dict.fromkeys(unit for unit, _ in standing_out))


def _share(row: dict[str, Any]) -> Share:
    return Share(row["numerator"], row["denominator"])
