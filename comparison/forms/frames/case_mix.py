"""Units beside their own expectation: rows for the chart, the numbers behind it."""

from collections.abc import Sequence

import polars as pl

from comparison.measures.adjusted import Adjusted
from comparison.scope import Language
from comparison.statistics.case_mix import Lateness
from comparison.wording import number, percent, points, say, short_unit_name

# Above: surely later than expected, the furthest first; then as usual in Vietnamese order; below: less; last: few.
_BAND = {Lateness.MORE: 0, Lateness.USUAL: 1, Lateness.LESS: 2}
_LAST = 3
_STANDING = {Lateness.MORE: "more", Lateness.LESS: "less", Lateness.USUAL: "usual"}


class Explained:
    """A field that makes most of what the mix adds to a unit's share: its part of the unit's cases and of others'."""

    field: str
    own: float
    others: float


def mix_frame(adjusted: Adjusted) -> pl.DataFrame:
    """A row a unit in the order of the chart: unit, unit_name, name, lateness (Lateness.value), late, n, expected,
    ratio, low, high, raw, adjusted, mix, left_out, not_comparable; null where there is none."""
    mix, effect = adjusted.case_mix, adjusted.effect
    frame = pl.DataFrame(
        {
            "unit": [code for code, _ in adjusted.units],
            "unit_name": [name for _, name in adjusted.units],
            "name": [short_unit_name(name) for _, name in adjusted.units],
            "lateness": [each.value for each in mix.lateness],
            "band": [_BAND.get(each, _LAST) for each in mix.lateness],
            "late": mix.late, "n": mix.n, "expected": mix.expected, "ratio": mix.ratio, "low": mix.ratio_low,
            "high": mix.ratio_high, "raw": effect.raw, "adjusted": mix.adjusted, "mix": effect.mix,
            "left_out": effect.left_out, "not_comparable": mix.not_comparable,
        },
        schema_overrides={"unit": pl.String, "unit_name": pl.String, "name": pl.String, "lateness": pl.String},
    ).fill_nan(None)  # fmt: skip
    is_flagged = pl.col("band").is_in([0, 2])
    return frame.sort("band", pl.when(is_flagged).then(-pl.col("ratio")), maintain_order=True, nulls_last=False).drop(
        "band"
    )


def mix_rows(frame: pl.DataFrame, chosen: Sequence[str], language: Language) -> pl.DataFrame:
    """`mix_frame` as `comparison.forms.dumbbell` takes it; chosen: the units (codes) selected on the page."""
    texts = [_texts(language, row) for row in frame.iter_rows(named=True)]
    return frame.select(
        "unit",
        "name",
        "raw",
        "adjusted",
        is_chosen=pl.col("unit").is_in(list(chosen)),
        standing=pl.Series(
            [_STANDING.get(Lateness(lateness), "few") for lateness in frame["lateness"]], dtype=pl.String
        ),
        text=pl.Series([text for text, _, _ in texts], dtype=pl.String),
        range_text=pl.Series([span for _, span, _ in texts], dtype=pl.String),
        hover=pl.Series([hover for _, _, hover in texts], dtype=pl.String),
    )


def _texts(language: Language, row: dict[str, float]) -> tuple[str, str, str]:
    """The ratio, its range in brackets, and the hover."""
    if row["ratio"] is None:
        return say(language, "adjusted.no_ratio"), "", say(language, "adjusted.hover_none", name=row["name"])
    hover = [
        say(
            language, "adjusted.hover", name=row["name"], raw=percent(language, row["raw"]),
            adjusted=percent(language, row["adjusted"]), late=number(language, row["late"]),
            expected=number(language, row["expected"], 1),
        ),
        say(language, "adjusted.hover_mix", mix=points(language, row["mix"])),
    ]  # fmt: skip
    span = f"({ratio_range(language, row['low'], row['high'])})"
    return number(language, row["ratio"], 2), span, "\n".join(hover)


def ratio_range(language: Language, low: float, high: float) -> str:
    """ "0,77–1,24"; from 10 on without decimals, which would say more than so few late cases can."""
    return "–".join(number(language, value, 0 if value >= 10 else 2) for value in (low, high))


def mix_numbers(frame: pl.DataFrame, language: Language) -> tuple[pl.DataFrame, frozenset[str], frozenset[str]]:
    """The numbers behind the chart with headings in words; which are shares, and which have two decimals."""

    def head(name: str) -> str:
        return say(language, f"adjusted.column_{name}")

    headings = {
        "unit_name": say(language, "column.unit"),
        "late": head("late"),
        "expected": head("expected"),
        "ratio": head("ratio"),
        "low": say(language, "column.low"),
        "high": say(language, "column.high"),
        "raw": head("raw"),
        "adjusted": head("adjusted"),
        "mix": head("mix"),
        "not_comparable": head("not_comparable"),
        "lateness": head("verdict"),
    }
    verdicts = {each.value: say(language, f"adjusted.verdict_{each.value}") for each in Lateness}
    worded = frame.with_columns(
        pl.col("lateness").replace_strict(verdicts, return_dtype=pl.String), pl.col("late").cast(pl.Int64),
        pl.col("mix") * 100,
    )  # fmt: skip
    shares = frozenset(headings[name] for name in ("raw", "adjusted", "not_comparable"))
    scores = frozenset(headings[name] for name in ("expected", "ratio", "low", "high", "mix"))
    return worded.select(*headings).rename(headings), shares, scores
