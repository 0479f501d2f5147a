"""Answer a measure: run its query, divide, give the interval, suppress. Each of these happens here and nowhere else."""

from datetime import date

import numpy as np
import polars as pl

from comparison.measures.definitions import Definition, catalogue
from comparison.measures.expected import beside_others
from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.query import GROUPS, TIME_GROUPS, CannotAnswer, compose
from comparison.measures.relations import relations
from comparison.measures.stored import stored
from comparison.measures.units_asked import units_in
from comparison.scope import Scope, Viewer
from comparison.statistics import hidden, wilson
from comparison.statistics.means import mean_interval
from comparison.statistics.poisson import ratio_interval
from warehouse.snapshots import Warehouse

_RESULT = ("numerator", "denominator", "value", "low", "high", "excluded")
_SUMS = ("total", "deviation")


def measure(warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """One row a group, sorted by the groups: their codes (and names), then numerator, denominator, value, low, high,
    excluded, is_hidden. Shares lie between 0 and 1 with a Wilson 95 % interval; counts have no denominator; medians
    are working days; means are on the instrument's scale, with Student's 95 % interval from 10 answers on; ratios are
    observed over expected, with Byar's or the exact 95 % interval. Raises CannotAnswer where the question has no
    answer. Shared between readers: not to be changed.
    """
    return _answer(warehouse, asked_of(warehouse, scope, viewer, name, by), viewer, name, by)


def asked_of(warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str, by: tuple[str, ...]) -> Scope:
    """What of a scope a measure reads, so that its answer is found whoever asks. Raises CannotAnswer as `measure`."""
    definition = catalogue().get(name)
    if definition is None:
        raise CannotAnswer(f"Không có thước đo “{name}”. Có: {', '.join(catalogue())}.")
    _refuse_groups(definition, by)
    if definition.is_survey and scope.instrument is None and "instrument" not in by:
        there = known(warehouse).instruments_of(scope.root)
        if len(there) > 1:
            raise CannotAnswer(
                f"Có {len(there)} mẫu phiếu: {', '.join(instrument.code for instrument in there)}. "
                "Không gộp các mẫu khác thang điểm; chọn một bằng --instrument."
            )
    if definition.unit == "ratio":
        _refuse_several_units(name, by, units_in(scope, known(warehouse), viewer))
    return scope.with_(compare="none", instrument=scope.instrument if definition.is_survey else None)


def _refuse_several_units(name: str, by: tuple[str, ...], units: frozenset[str]) -> None:
    """Raises CannotAnswer unless every row of a ratio is one unit's: only a unit has an expectation of its own."""
    wrong = [group for group in by if group not in ("unit", *TIME_GROUPS)]
    if wrong:
        raise CannotAnswer(
            f"“{name}” so cả đơn vị với kỳ vọng của chính nó nên không chia theo “{','.join(wrong)}” được. "
            f"Chia được theo: unit, {', '.join(TIME_GROUPS)}."
        )
    if "unit" not in by and len(units) != 1:
        raise CannotAnswer(
            f"“{name}” so từng đơn vị với kỳ vọng của chính nó, còn câu hỏi này có {len(units)} đơn vị. "
            "Chia theo đơn vị (--by unit), hoặc chọn đúng một đơn vị bằng --unit."
        )


def _refuse_groups(definition: Definition, by: tuple[str, ...]) -> None:
    """Raises CannotAnswer where a measure cannot be divided so, or not without its items."""
    name = definition.name
    wrong = [group for group in by if group not in GROUPS]
    if wrong or len(set(by)) < len(by) or sum(group in TIME_GROUPS for group in by) > 1:
        raise CannotAnswer(
            f"Không chia được theo “{','.join(by)}”. Mỗi cách chia một lần, nhiều nhất một cách theo thời gian: "
            f"{', '.join(GROUPS)}."
        )
    if "instrument" in by and not definition.is_survey:
        raise CannotAnswer(f"“{name}” không đo bằng phiếu nên không chia theo mẫu phiếu được.")
    if "item" in by and not definition.is_of_items:
        others = ", ".join(each.name for each in catalogue().values() if each.is_of_items)
        raise CannotAnswer(f"“{name}” không đo từng câu hỏi nên không chia theo câu hỏi được. Đo từng câu: {others}.")
    if definition.is_of_items and "item" not in by:
        raise CannotAnswer(f"“{name}” đo từng câu hỏi; các câu không gộp với nhau. Chia theo câu hỏi: --by item.")


@remembered(2048)
def _answer(warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str, by: tuple[str, ...]) -> pl.DataFrame:
    definition = catalogue()[name]
    there = known(warehouse)
    if definition.unit == "ratio":
        counted = _beside_others(warehouse, scope, viewer, name, by)
    else:
        relation = relations(warehouse)[definition.reads]
        query = compose(
            definition, relation, stored(name), scope, there, viewer, by, latest_cut_off(warehouse, scope.root)
        )
        counted = warehouse.read(query.text, query.parameters)
    return answered(definition, counted, by)


def answered(definition: Definition, counted: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """What a measure's query counted, as its answer."""
    if not by and counted.is_empty():
        counted = pl.DataFrame({column: [0] for column in counted.columns}).select(
            pl.when(pl.lit(column == "value")).then(None).otherwise(pl.col(column)).alias(column)
            for column in counted.columns
        )
    return _suppressed(definition, _divided(definition, counted), by)


is_answered, keep_answer = _answer.holds, _answer.keep


def _beside_others(warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str, by: tuple[str, ...]) -> pl.DataFrame:
    """Observed and expected by unit and time. Whatever units are asked, and by whom, the others are all there are."""
    there = known(warehouse)
    groups = by if "unit" in by else ("unit", *by)
    times = tuple(group for group in by if group in TIME_GROUPS)
    everyone = scope.with_(units=(), kind=None)
    definition = catalogue()[name]
    query = compose(
        definition, relations(warehouse)[definition.reads], stored(name), everyone, there, Viewer(), (*groups, "field"),
        latest_cut_off(warehouse, scope.root),
    )  # fmt: skip
    kinds = {unit.code: unit.kind for unit in there.units_of(scope.root)}
    counted = warehouse.read(query.text, query.parameters).with_columns(pl.col("late", "cases", "excluded").round())
    found = beside_others(counted, kinds, times)
    asked = found.filter(pl.col("unit").is_in(units_in(scope, there, viewer)))
    shown = [column for group in by for column in (["unit", "unit_name"] if group == "unit" else [group])]
    return asked.sort(*groups).select(*shown, "numerator", "denominator", "excluded")


@remembered(64)
def latest_cut_off(warehouse: Warehouse, root: str) -> date:
    """The latest cut-off among the sources of a root: no group after it has a value."""
    query = (
        "select max(cut_off) as cut_off from sources join units on units.unit_id = sources.root_id "
        "where units.code = $root"
    )
    cut_off = warehouse.read(query, {"root": root})["cut_off"][0]
    assert isinstance(cut_off, date), "a known root has a source"
    return cut_off


def _divided(definition: Definition, counted: pl.DataFrame) -> pl.DataFrame:
    """Complete the columns: the value of a share and its interval, or the count itself."""
    groups = [column for column in counted.columns if column not in (*_RESULT, *_SUMS)]
    whole = counted.with_columns(
        pl.col(column).round().cast(pl.Int64)
        for column in ("numerator", "denominator", "excluded")
        if column in counted.columns and not (definition.unit == "ratio" and column == "denominator")
    )
    nothing = pl.lit(None, dtype=pl.Float64)
    if definition.unit == "share":
        found, total = whole["numerator"].to_numpy(), whole["denominator"].to_numpy()
        low, high = wilson(found, total)
        completed = whole.with_columns(
            pl.Series("value", found / np.where(total > 0, total, np.nan)).fill_nan(None),
            pl.Series("low", low).fill_nan(None),
            pl.Series("high", high).fill_nan(None),
        )
    elif definition.unit == "ratio":
        found, wanted = whole["numerator"].to_numpy(), whole["denominator"].cast(pl.Float64).to_numpy()
        value, low, high = ratio_interval(found, wanted)
        completed = whole.with_columns(
            pl.col("denominator").cast(pl.Float64),
            pl.Series("value", value).fill_nan(None),
            pl.Series("low", low).fill_nan(None),
            pl.Series("high", high).fill_nan(None),
        )
    elif definition.unit == "score":
        total, answers = whole["total"].to_numpy(), whole["denominator"].to_numpy()
        mean = total / np.where(answers > 0, answers, np.nan)
        low, high = mean_interval(mean, whole["deviation"].fill_null(0).to_numpy(), answers)
        completed = whole.with_columns(
            pl.lit(None, dtype=pl.Int64).alias("numerator"),
            pl.Series("value", mean).fill_nan(None),
            pl.Series("low", low).fill_nan(None),
            pl.Series("high", high).fill_nan(None),
        )
    elif definition.unit == "days":
        completed = whole.with_columns(
            pl.lit(None, dtype=pl.Int64).alias("numerator"),
            pl.col("value").cast(pl.Float64),
            nothing.alias("low"),
            nothing.alias("high"),
        )
    else:
        completed = whole.with_columns(
            pl.lit(None, dtype=pl.Int64).alias("denominator"),
            pl.col("numerator").cast(pl.Float64).alias("value"),
            nothing.alias("low"),
            nothing.alias("high"),
        )
    return completed.select(*groups, *_RESULT)


def _suppressed(definition: Definition, answered: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Hide survey groups under five answers, with their smallest sibling; case measures hide nothing."""
    if not definition.is_survey or answered.is_empty():
        return answered.with_columns(pl.lit(False).alias("is_hidden"))
    keys = [answered[group] for group in by if group != "item"]
    if definition.is_of_items:
        # No total takes items together, so none can be worked out from the others: each is hidden by itself.
        keys = [answered["item"], *(keys or [pl.repeat(0, answered.height, eager=True)])]
    is_hidden = hidden(keys, answered[definition.answers])
    emptied = [column for column in _RESULT if column != "excluded"]
    return answered.with_columns(is_hidden).with_columns(
        pl.when("is_hidden").then(None).otherwise(pl.col(column)).alias(column) for column in emptied
    )
