"""Scenario district: the cases of an invented district, January 2021 to June 2025, as they ended."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from etl.demo import late_told
from etl.demo.ground import (
    CLOSES,
    Days,
    Flags,
    Numbers,
    at,
    finished_seconds,
    numbered,
    position,
    procedures,
    received_seconds,
    shipped,
    tet_days,
    truths,
    working_days,
)

_DEPARTMENT_FIELDS: dict[str, dict[str, float]] = {
    "mot-cua-huyen": {"chung-thuc": 0.8, "ho-tich": 0.2},
    "p-tai-nguyen": {"dat-dai": 0.88, "moi-truong": 0.12},
    "p-kinh-te-ha-tang": {"xay-dung": 0.75, "giao-thong": 0.25},
    "p-tai-chinh": {"ho-kinh-doanh": 1.0},
    "p-tu-phap": {"ho-tich": 0.4, "chung-thuc": 0.6},
    "p-lao-dong": {"nguoi-co-cong": 0.4, "lao-dong": 0.25, "bao-tro-xa-hoi": 0.35},
    "p-noi-vu": {"thi-dua": 1.0},
    "p-giao-duc": {"giao-duc": 1.0},
    "p-van-hoa": {"van-hoa": 1.0},
}
_DEPARTMENT_WEIGHTS = dict(zip(_DEPARTMENT_FIELDS, (0.24, 0.23, 0.12, 0.11, 0.08, 0.11, 0.03, 0.05, 0.03), strict=True))
_COMMUNE_WEIGHTS = (1.15, 0.9, 1.0, 0.8, 1.05, 0.75, 0.95, 1.35, 1.2, 0.85)  # of those that are not small
_COMMUNE_FIELDS = {  # beside land
    "chung-thuc": 0.44, "ho-tich": 0.24, "bao-tro-xa-hoi": 0.09, "nguoi-co-cong": 0.02, "xay-dung": 0.015,
    "moi-truong": 0.01, "nong-nghiep": 0.015, "van-hoa": 0.005, "thi-dua": 0.005, "lao-dong": 0.01,
}  # fmt: skip
_LATE = {
    "dat-dai": 0.08, "ho-tich": 0.008, "chung-thuc": 0.002, "bao-tro-xa-hoi": 0.02, "nguoi-co-cong": 0.025,
    "xay-dung": 0.05, "ho-kinh-doanh": 0.015, "moi-truong": 0.04, "giao-duc": 0.01, "van-hoa": 0.01,
    "nong-nghiep": 0.02, "thi-dua": 0.01, "lao-dong": 0.015, "giao-thong": 0.02,
}  # fmt: skip
_ONLINE = (0.15, 0.26, 0.40, 0.53, 0.64)  # of the cases received, from the first year on
_COMMUNES_SHARE = 0.8


def is_commune() -> pl.Expr:
    """Which rows belong to the communes' system, the others to the one-stop system."""
    return pl.col("unit").str.contains("^(xa|phuong)-")


def small_units() -> dict[str, int]:
    """Communes of a fixed size, whatever the number of cases: unit -> cases a month."""
    return {truths()[name]["unit"]: truths()[name]["cases_a_month"] for name in ("perfect", "single_late")}


def prefixes() -> dict[str, str]:
    """The first part of each unit's case codes."""
    return {unit: f"000.{n:02}.19.H99" for n, unit in enumerate(_units(), 1)}


def _units() -> list[str]:
    units: list[str] = shipped("units").filter(pl.col("parent") == "district")["code"].to_list()
    return units


def _sizes(total: int) -> dict[str, int]:
    """Cases of each unit: the small ones fixed, the rest by weight, summing to `total`."""
    small, period = small_units(), truths()["period"]
    months = (period["last"].year - period["first"].year) * 12 + period["last"].month - period["first"].month + 1
    sizes = {unit: monthly * months for unit, monthly in small.items()}
    communes = [unit for unit in _units() if unit not in _DEPARTMENT_FIELDS and unit not in small]
    for_communes = int(total * _COMMUNES_SHARE) - sum(sizes.values())
    weights = {unit: total * (1 - _COMMUNES_SHARE) * share for unit, share in _DEPARTMENT_WEIGHTS.items()}
    weights |= {
        unit: for_communes * weight / sum(_COMMUNE_WEIGHTS)
        for unit, weight in zip(communes, _COMMUNE_WEIGHTS, strict=True)
    }
    sizes |= {unit: int(weight) for unit, weight in weights.items()}
    sizes[communes[0]] += total - sum(sizes.values())
    return sizes


def _field_mix(unit: str) -> dict[str, float]:
    if unit in _DEPARTMENT_FIELDS:
        return _DEPARTMENT_FIELDS[unit]
    mix = truths()["mix"]
    land = mix["land_share_of_cases"] if unit == mix["unit"] else mix["common_land_share_of_cases"]
    others = sum(_COMMUNE_FIELDS.values())
    return {"dat-dai": land} | {field: (1 - land) * share / others for field, share in _COMMUNE_FIELDS.items()}


def _kinds(rng: np.random.Generator, sizes: dict[str, int]) -> pl.DataFrame:
    """unit, field, procedure, working_days of every case, unit after unit."""
    listed = procedures()
    parts = []
    for unit, size in sizes.items():
        choice = listed.filter(pl.col("field").is_in(list(_field_mix(unit)))).with_columns(
            (1 / (pl.col("rank") + 1.5)).alias("pull")
        )
        weight = choice.select(
            pl.col("field").replace_strict(_field_mix(unit)) * pl.col("pull") / pl.col("pull").sum().over("field")
        ).to_series()
        drawn = choice[rng.choice(choice.height, size, p=(weight / weight.sum()).to_numpy())]
        parts.append(drawn.select(pl.lit(unit).alias("unit"), "field", procedure="code", working_days="working_days"))
    return pl.concat(parts)


def _day_weights(first: int, last: int) -> NDArray[np.float64]:
    """How many cases come on each working day, against the others: growth, Mondays, the dip around Tết."""
    days = working_days()[first : last + 1]
    weight = 1.0 + 0.03 * (days - days[0]).astype(np.int64) / 365
    weight[(days.astype(np.int64) + 3) % 7 == 0] *= 1.2
    to_tet = np.abs(days[:, None] - tet_days()[None, :]).astype(np.int64).min(axis=1)
    weight[to_tet <= truths()["tet"]["within_days"]] *= truths()["tet"]["volume"]
    return np.asarray(weight / weight.sum())


def _received(rng: np.random.Generator, units: pl.Series, first: int, last: int) -> Numbers:
    """The position of the day each case came; the small communes get their cases evenly."""
    received = first + rng.choice(last - first + 1, len(units), p=_day_weights(first, last))
    for unit in small_units():
        rows = np.flatnonzero((units == unit).to_numpy())
        received[rows] = first + ((np.arange(len(rows)) + 0.5) * (last - first + 1) / len(rows)).astype(np.int64)
    return received


def _late(rng: np.random.Generator, kinds: pl.DataFrame, due: Numbers) -> Flags:
    """Which cases miss their deadline: the planted truths, and chance at each field's common rate elsewhere."""
    land, worse, single = truths()["land"], truths()["worse"], truths()["single_late"]
    unit, n = kinds["unit"], kinds.height
    probability = kinds["field"].replace_strict(_LATE | {land["field"]: land["common_share"]}).to_numpy().copy()
    in_land = (unit.is_in(land["late_units"]) & (kinds["field"] == land["field"])).to_numpy()
    probability[in_land] = land["late_share"]
    at_worse = (unit == worse["unit"]).to_numpy()
    turned = due >= position(worse["from"])
    probability[at_worse] = np.where(turned[at_worse], worse["late_after"], worse["late_before"])
    late = rng.random(n) < probability
    late[unit.is_in(list(small_units())).to_numpy()] = False
    month = date.fromisoformat(f"{single['due_in']}-01")
    at_single = np.flatnonzero((unit == single["unit"]).to_numpy() & (due >= position(month)))
    late[at_single[np.argmin(due[at_single])]] = True
    return late


def cases(total: int, seed: int) -> pl.DataFrame:
    """`total` cases as they stood at the end of June 2025 (CASE_COLUMNS of `monthly`, and `late_cause`)."""
    rng = np.random.default_rng([seed, 3])
    kinds = _kinds(rng, _sizes(total))
    first, last = position(truths()["period"]["first"]), position(truths()["period"]["last"])
    ordinary = (~kinds["unit"].is_in(list(small_units()))).to_numpy()
    days = kinds["working_days"].to_numpy()
    received = _received(rng, kinds["unit"], first, last)

    first_due = received + days
    extended = ordinary & (days >= 10) & (rng.random(total) < 0.04)
    due = np.where(extended, first_due + rng.integers(5, 11, total), first_due)
    late = _late(rng, kinds, due)

    on_the_day = rng.random(total) < 0.25
    taken = (rng.beta(3, 2, total) * np.maximum(due - received, 1)).astype(np.int64)
    finished = np.where(on_the_day, due, np.minimum(received + taken, due))
    finished = np.where(extended, np.maximum(finished, first_due), finished)
    finished = np.where(late, due + np.minimum(rng.geometric(0.18, total), 80), finished)
    outcome = np.where(
        ordinary & ~late & (rng.random(total) < 0.015),
        rng.choice(["returned", "withdrawn", "refused", "stopped"], total, p=[0.4, 0.35, 0.15, 0.1]),
        "finished",
    )
    awaits = ordinary & (days >= 5) & (rng.random(total) < 0.05)
    dated = _dated(rng, kinds, (received, first_due, due, finished), (extended, late, awaits), outcome, last)
    return late_told.told(dated, seed)


def _channel(rng: np.random.Generator, kinds: pl.DataFrame, received: Days) -> NDArray[np.str_]:
    years = received.astype("datetime64[Y]").astype(np.int64) + 1970 - truths()["period"]["first"].year
    online = np.asarray(_ONLINE)[years] * np.where((kinds["field"] == "chung-thuc").to_numpy(), 0.6, 1.2)
    draw = rng.random(kinds.height)
    return np.where(draw < online, "online", np.where(draw > 0.985, "post", "in_person"))


def _dated(
    rng: np.random.Generator,
    kinds: pl.DataFrame,
    positions: tuple[Numbers, Numbers, Numbers, Numbers],
    flags: tuple[Flags, Flags, Flags],
    outcome: NDArray[np.str_],
    last: int,
) -> pl.DataFrame:
    received, first_due, due, finished = positions
    extended, late, awaits = flags
    calendar, total = working_days(), len(received)
    came = received_seconds(rng, total)
    ended = finished <= last
    fetched = finished + np.minimum(rng.geometric(0.6, total) - 1, 10)
    handed_over = (fetched <= last) & ended & (outcome == "finished")
    closing = np.full(total, CLOSES)
    done = finished_seconds(rng, came, finished == received)
    apologised = late & (rng.random(total) < truths()["letters"]["share"])
    dated = kinds.select(
        "unit",
        pl.when(is_commune()).then("unit").otherwise(pl.lit("mot-cua-huyen")).alias("receiving_unit"),
        "procedure",
        "field",
        pl.Series("channel", _channel(rng, kinds, calendar[received])),
        pl.Series("received_at", at(calendar[received], came)),
        pl.Series("first_due_at", at(calendar[first_due], closing)),
        pl.Series("due_at", at(calendar[due], closing)),
        pl.Series("extended_on", calendar[first_due - 1]).set(pl.Series(~extended), None),
        pl.Series("finished_at", at(calendar[finished], done)).set(pl.Series(~ended), None),
        pl.Series("handed_over_at", at(calendar[fetched], closing)).set(pl.Series(~handed_over), None),
        pl.Series("apology_sent_on", calendar[due]).set(pl.Series(~apologised), None),
        pl.Series("outcome", outcome),
        pl.Series("awaits", awaits),
    )
    return numbered(dated, prefixes())
