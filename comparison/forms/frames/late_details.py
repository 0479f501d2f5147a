"""What makes up lateness, in words: pairs that make half of it, ways of counting, days, due dates, letters, causes."""

from collections.abc import Mapping, Sequence

import polars as pl

from comparison.judgements.half import first_half
from comparison.scope import Language, OnTime
from comparison.wording import number, percent, percent_range, say, short_unit_name
from comparison.wording.findings import Share, share_of

_MOST_BINS = 16


def half_rows(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs of a unit and a procedure that make half of the late cases: unit_name, procedure_name, late, part,
    cumulative (shares of all late cases); pairs: all of them, most first."""
    late = pairs["late"]
    return (
        pairs.with_columns(part=late / late.sum(), cumulative=late.cum_sum() / late.sum())
        .filter(first_half(late))
        .select("unit", "unit_name", "procedure_name", "late", "part", "cumulative")
    )


def on_time_ways(answers: Mapping[OnTime, pl.DataFrame], language: Language) -> pl.DataFrame:
    """The three ways of counting on time, a row each in words; answers: each on-time measure without groups."""
    rows = []
    for way, answer in answers.items():
        own, row = share_of(answer), answer.row(0, named=True)
        rows.append(
            {
                "way": say(language, f"on_time.{way}"),
                "share": percent(language, own.value) if own.n else say(language, "word.no_data"),
                "interval": percent_range(language, row["low"], row["high"]) if own.n else "",
                "n": own.n,
                "late": own.n - own.x,
                "excluded": row["excluded"],
                "leaves_out": say(language, f"three.{way}_leaves_out"),
            }
        )
    return pl.DataFrame(rows).rename(lambda name: say(language, f"three.column_{name}"))


def middle_and_ninetieth(days: pl.DataFrame) -> tuple[int, int]:
    """The fewest days within which half, and nine tenths, of the cases were finished; days: days, n, fewest first."""
    running = days.with_columns(reached=pl.col("n").cum_sum() / pl.col("n").sum())
    at = [int(running.filter(pl.col("reached") >= part)["days"][0]) for part in (0.5, 0.9)]
    return at[0], at[1]


def day_bins(days: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Cases by working days late for bars: a bar a day, those beyond the last bar together; days without any stay."""
    last = int(days["days"].max() or 0)  # type: ignore[arg-type] # an Int64 column
    _, ninetieth = middle_and_ninetieth(days)
    end = min(last, max(ninetieth + 1, _MOST_BINS - 1))
    first = min(int(days["days"].min() or 0), 1)  # type: ignore[arg-type] # an Int64 column
    whole = pl.DataFrame({"days": range(first, end + 1)}, schema={"days": pl.Int64})
    counts = (
        days.with_columns(pl.col("days").cast(pl.Int64).clip(upper_bound=end)).group_by("days").agg(pl.col("n").sum())
    )
    binned = whole.join(counts, on="days", how="left", maintain_order="left").with_columns(pl.col("n").fill_null(0))
    is_rest = (pl.col("days") == end) & (last > end)
    texts = [
        (
            say(language, "days_late.rest", days=number(language, day)) if rest else number(language, day),
            say(
                language,
                "days_late.hover_rest" if rest else "days_late.hover",
                days=number(language, day),
                n=number(language, n),
            ),
        )
        for day, n, rest in binned.select("days", "n", is_rest.alias("rest")).iter_rows()
    ]
    return _bins(binned["days"].to_list(), 1.0, binned["n"], texts, language)


def time_bins(used: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Cases by the part of their time that was used, for bars in tenths; tenths without any stay."""
    last = used["share_from"].max()
    tenths = range(min(round(float(last or 0) * 10), 20) + 1)  # type: ignore[arg-type] # a Float64 column
    whole = pl.DataFrame({"tenth": tenths}, schema={"tenth": pl.Int64})
    counts = used.select((pl.col("share_from") * 10).round().cast(pl.Int64).alias("tenth"), "n")
    binned = whole.join(counts, on="tenth", how="left", maintain_order="left").with_columns(pl.col("n").fill_null(0))
    texts = []
    for tenth, n in binned.iter_rows():
        low, high = percent(language, tenth / 10, 0), percent(language, (tenth + 1) / 10, 0)
        is_rest = tenth == 20
        said = say(
            language,
            "time_used.hover_rest" if is_rest else "time_used.hover",
            n=number(language, n),
            **({"from": low} if is_rest else {"from": low, "to": high}),
        )
        texts.append((say(language, "time_used.rest", **{"from": low}) if is_rest else high, said))
    return _bins([tenth / 10 for tenth in tenths], 0.1, binned["n"], texts, language)


def _bins(
    starts: Sequence[float], width: float, n: pl.Series, texts: Sequence[tuple[str, str]], language: Language
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "start": pl.Series(starts, dtype=pl.Float64),
            "width": pl.Series([width] * len(starts), dtype=pl.Float64),
            "label": pl.Series([label for label, _ in texts], dtype=pl.String),
            "value": n,
            "text": pl.Series([number(language, count) if count else "" for count in n], dtype=pl.String),
            "hover": pl.Series([hover for _, hover in texts], dtype=pl.String),
        }
    )


def abbreviated(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with their units' names as tables write them."""
    return rows.with_columns(
        pl.Series("unit_name", [short_unit_name(name) for name in rows["unit_name"]], dtype=pl.String)
    )


def with_total(by_unit: pl.DataFrame, name: str) -> pl.DataFrame:
    """Counts by unit with their sums as a last row called `name`."""
    if by_unit.height < 2:
        return by_unit
    total = by_unit.select(
        pl.lit(name).alias(column) if dtype == pl.String else pl.col(column).sum()
        for column, dtype in by_unit.schema.items()
    )
    return pl.concat([by_unit, total], how="vertical_relaxed")


def within(used: pl.DataFrame, share: float) -> Share:
    """Of the cases of `statutory_time_used`, those that took at most `share` of their time."""
    is_within = pl.col("share_to").is_not_null() & (pl.col("share_to") <= share + 1e-9)
    return Share(int(used.filter(is_within)["n"].sum()), int(used["n"].sum()))
