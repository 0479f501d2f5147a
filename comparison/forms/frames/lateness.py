"""Lateness by unit and field, by unit alone and by procedure, whichever way on-time is counted."""

from collections.abc import Sequence

import polars as pl

from comparison.forms.frames.shares import in_words
from comparison.judgements.half import first_half
from comparison.measures.case_lists import CaseList
from comparison.scope import Field, Language
from comparison.wording import day, number, say, short_unit_name
from comparison.wording.findings import Share

LAND = "dat-dai"

_EMPTY = ""


def fields_shown(cells: pl.DataFrame, fields: Sequence[Field]) -> list[tuple[str, str]]:
    """(code, short name) of the fields with cases: land first, then by number of late cases, then in their order."""
    order = {field.code: place for place, field in enumerate(fields)}
    there = cells.group_by("field").agg(pl.col("numerator", "denominator", "excluded").sum())
    late = {
        code: late
        for code, late, due, excluded in there.select("field", "numerator", "denominator", "excluded").iter_rows()
        if due or excluded
    }
    names = {field.code: field.short_name for field in fields}
    return [(code, names[code]) for code in sorted(late, key=lambda code: (code != LAND, -late[code], order[code]))]


def heat_cells(cells: pl.DataFrame, language: Language) -> pl.DataFrame:
    """A late share by unit and field with the text, n_text and hover of a heat map's cell."""
    worded = in_words(cells, language, "hover.late")
    return worded.select(
        "unit",
        "field",
        "value",
        "n",
        text=pl.col("bare"),
        n_text=pl.col("n_text"),
        hover=pl.format(
            "{} – {}\n{}", pl.Series("name", _short(cells["unit_name"])), pl.col("field_name"), pl.col("said")
        ),
    )


def without_due_dates(by_unit: pl.DataFrame) -> list[str]:
    """Names of the units that have cases but none whose lateness can be judged."""
    undated = by_unit.filter((pl.col("denominator") == 0) & (pl.col("excluded") > 0))
    return [short_unit_name(name) for name in undated["unit_name"]]


def late_bars(by_unit: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Units by their number of late cases, most first; marked those that make half of all. Undated units are absent."""
    due = by_unit.filter(pl.col("denominator") > 0).sort("numerator", descending=True, maintain_order=True)
    worded = in_words(due, language, "hover.late")
    return worded.select(
        "unit",
        name=pl.Series(_short(due["unit_name"]), dtype=pl.String),
        value=pl.col("numerator"),
        text=pl.Series([number(language, late) for late in due["numerator"]], dtype=pl.String),
        hover=pl.col("said"),
        is_marked=first_half(due["numerator"]),
    )


def has_room_beside(bars: pl.DataFrame) -> bool:
    """Whether the bars on either side of the half leave room for words at the right end."""
    half, longest = int(bars["is_marked"].sum()), bars["value"].max()
    beside = bars["value"].slice(max(half - 1, 0), 2).max()
    return isinstance(beside, int) and isinstance(longest, int) and beside * 2 <= longest


def field_against_rest(by_field: pl.DataFrame, code: str) -> tuple[Share, Share]:
    """The late share of one field and of all others together."""
    own = by_field.filter(pl.col("field") == code)
    rest = by_field.filter(pl.col("field") != code)
    return _sum(own), _sum(rest)


def procedures(by_procedure: pl.DataFrame, language: Language) -> pl.DataFrame:
    """The table of a cell's procedures in words, those with most late cases first; headings in the run's language."""
    worded = in_words(by_procedure, language, "hover.late").sort(
        "numerator", "denominator", descending=True, maintain_order=True
    )
    few = say(language, "word.under_five")
    interval = worded["said"].str.split("\n").list.get(1, null_on_oob=True).fill_null(_EMPTY)
    return worded.select(
        pl.col("procedure_name").alias(say(language, "filter.procedures")),
        pl.Series(say(language, "lateness.late"), [number(language, x) for x in worded["numerator"]], dtype=pl.String),
        pl.Series(say(language, "lateness.due"), [number(language, n) for n in worded["n"]], dtype=pl.String),
        pl.when(pl.col("n") == 0)
        .then(pl.lit(say(language, "lateness.no_data")))
        .when(pl.col("n") < 5)
        .then(pl.lit(few))
        .otherwise(pl.col("text"))
        .alias(say(language, "lateness.share")),
        pl.when(pl.col("n") < 5).then(pl.lit(_EMPTY)).otherwise(interval).alias(say(language, "lateness.interval")),
    )


def cases_table(cases: CaseList, language: Language, *, with_unit: bool) -> pl.DataFrame:
    """Cases as text, one a row, headings in the run's language; of one state and many units `with_unit`."""
    rows = cases.rows
    dates = {
        name: pl.Series([day(language, value) if value else _EMPTY for value in rows[name]], dtype=pl.String)
        for name in ("received_on", "due_on", "finished_on")
    }
    # A list of open cases needs no column for the day they were finished.
    finished = rows["finished_on"].is_not_null().any()
    states = {state: say(language, f"cases.{state}") for state in ("early", "on_time", "late", "overdue", "absent")}
    sheets = rows["sheet"].fill_null(_EMPTY)
    columns: dict[str, pl.Series] = {"case_code": rows["case_code"]}
    if with_unit:
        columns["unit"] = pl.Series(_short(rows["unit_name"]), dtype=pl.String)
    else:
        columns["procedure"] = rows["procedure_name"]
    columns |= {
        **{name: column for name, column in dates.items() if name != "finished_on" or finished},
        "days_late": rows["days_late"],
        **({} if with_unit else {"state": rows["state"].replace_strict(states, return_dtype=pl.String)}),
        "source_file": rows["source_file"],
        **({"sheet": sheets} if (sheets != _EMPTY).any() else {}),
        "row_number": rows["row_number"],
        **({"procedure": rows["procedure_name"]} if with_unit else {}),
    }
    return pl.DataFrame({say(language, f"cases.column_{name}"): column for name, column in columns.items()})


def _short(names: pl.Series) -> list[str]:
    return [short_unit_name(name) for name in names]


def _sum(rows: pl.DataFrame) -> Share:
    return Share(int(rows["numerator"].sum()), int(rows["denominator"].sum()))
