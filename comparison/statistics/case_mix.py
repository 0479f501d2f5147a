"""How late a unit is beside what the others' lateness would make of its own fields."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts
from comparison.statistics.funnel import SPREAD_FROM
from comparison.statistics.funnel_lines import FLAG_TAIL
from comparison.statistics.intervals import Z_998
from comparison.statistics.overdispersion import robust_deviation
from comparison.statistics.poisson import ratio_interval
from comparison.statistics.poisson_binomial import sum_tails
from comparison.statistics.tails import REFERENCE_FROM
from comparison.statistics.tiers import COMPARED_FROM

# Our judgement: where fewer than five late cases are expected, a ratio is one careless day.
EXPECTED_FROM = 5

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Lateness(Enum):
    """What may be said of a unit beside its own expectation."""

    NOT_COMPARABLE = "not_comparable"  # no case in a field that others handle often enough
    NONE_EXPECTED = "none_expected"  # nobody else is late in its fields: no ratio
    FEW = "few"  # fewer than 25 cases or 5 late ones expected: shown, never flagged
    USUAL = "usual"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class CaseMix:
    """Every unit beside its own expectation; arrays are (units,), shares from 0 to 1, nan where there is none.

    `late` of `n` cases can be compared, `expected` of them would be late as in the reference; `not_comparable` is the
    share of the unit's cases left out of all this. `reference_share`: late share of the reference over all its fields.
    `ratio` = late / expected with its 95 % interval `ratio_low`, `ratio_high`; `adjusted` = reference_share x ratio
    with `adjusted_low`, `adjusted_high`. `tail` is the smaller exact tail, `z` the score after allowing for an
    uncertain reference and for `tau2`, the natural spread of units as a variance on the scale of asin √share (around a
    tenth late, 0.0025 stands for 3 points of the share); nan for fewer than eight units.
    """

    late: Floats
    n: Floats
    expected: Floats
    not_comparable: Floats
    reference_share: Floats
    ratio: Floats
    ratio_low: Floats
    ratio_high: Floats
    adjusted: Floats
    adjusted_low: Floats
    adjusted_high: Floats
    tail: Floats
    z: Floats
    lateness: tuple[Lateness, ...]
    tau2: float


@dataclass(frozen=True)
class MixEffect:
    """Shares (units,) from 0 to 1 and their differences: raw = reference_share + own + mix + left_out, nan without."""

    raw: Floats
    reference_share: Floats
    own: Floats
    mix: Floats
    left_out: Floats


def expected_late(x: ArrayLike, n: ArrayLike, reference: tuple[ArrayLike, ArrayLike] | None = None) -> CaseMix:
    """Late cases x of n beside what is expected of each unit's fields; x, n: (units, fields), units of one kind.

    Expected: E = Σ n x share, a field's share being that of all OTHER units, or with `reference` = (x_ref, n_ref), each
    (fields,), that of a fixed year. A field counts if two units handle it and 100 cases stand behind its share. Rarer
    ones in which the unit has no more cases than its reference are taken together as one field "other", if that has
    100; else they are left out of O and E. (A rare field that the unit nearly owns would be measured by other fields.)

    O / E is the indirectly standardised ratio, its interval exact for O < 10, else Byar's: Breslow & Day (1987),
    Statistical Methods in Cancer Research II. Two units' ratios weigh the fields differently: a unit is compared with
    its own expectation, never its ratio with another's.

    MORE or LESS needs an exact Poisson-binomial tail under 0.001 and |z| > 3.09, z = mid-p score / √(1 + τ² / s² + Σ
    n² p (1 - p) / n_ref / Var(O)), s² = Var(O) / (4 n² e (1 - e)) and e = E / n: known references and equal units
    would flag 41 of 100 good units. τ² = max(0, (1.4826 median |d - median d|)² - median variance of d), d = score x s,
    robust against the units to be found. With the others as reference, a bad unit makes all others look good, most of
    all one with much of the field that it is bad in; there z counts from the unit's expectation or from the median
    unit, whichever is nearer, and where units are found on both sides, those furthest out leave the reference one by
    one until no other is found: a flag stays if it holds beside the rest too.

    Tails and variances take (x + ½) / (n + 1) of the reference, so that nobody late among a hundred does not make a
    late case impossible. Raises ValueError unless x of n are counts in two dimensions and the reference in one.
    """
    late, total = as_counts(x, n)
    if late.ndim != 2:
        raise ValueError("x and n must be units by fields")
    behind = _others(late, total) if reference is None else _fixed(reference, late.shape)
    found, cases, ref_late, ref_cases = _comparable(late, total, *behind)
    share = np.divide(ref_late, ref_cases, out=np.zeros_like(ref_late), where=ref_cases > 0)
    observed, handled, expected = found.sum(axis=1), cases.sum(axis=1), (cases * share).sum(axis=1)
    overall = _ratio(ref_late.sum(axis=1), ref_cases.sum(axis=1))
    ratio, low, high = ratio_interval(observed, expected)
    tail, z, tau2 = _surprise(found, cases, ref_late, ref_cases, from_others=reference is None)
    enough = (handled >= COMPARED_FROM) & (expected >= EXPECTED_FROM)
    side = np.where(enough, _side(tail, z), 0)
    if reference is None and {1, -1} <= set(side):
        side *= _holds_beside_usual(side, z, late, total)
    states = np.full(handled.shape, Lateness.USUAL, dtype=object)
    states[side > 0], states[side < 0] = Lateness.MORE, Lateness.LESS
    states[~enough] = Lateness.FEW
    states[expected == 0] = Lateness.NONE_EXPECTED
    states[handled == 0] = Lateness.NOT_COMPARABLE
    left_out = _ratio(total.sum(axis=1) - handled, total.sum(axis=1))
    return CaseMix(
        observed, handled, expected, left_out, overall, ratio, low, high, overall * ratio, overall * low,
        overall * high, tail, z, tuple(states), tau2,
    )  # fmt: skip


def mix_effect(x: ArrayLike, n: ArrayLike, compared: CaseMix) -> MixEffect:
    """What makes each unit's raw late share, in parts that add up to it; x, n as given to `expected_late`.

    `own` = adjusted - reference_share: what its own lateness makes of the reference's mix. `mix` = share of the
    compared cases - adjusted = ratio x (E / n - reference_share): what its fields add to that, so that the bar from
    adjusted to raw is the mix, to the digit shown. `left_out` = raw - share of the compared cases. Above 0 is more late
    everywhere. A unit with the reference's mix has mix 0, whatever its own lateness. nan without a ratio.
    """
    late, total = as_counts(x, n)
    raw = _ratio(late.sum(axis=1), total.sum(axis=1))
    share = _ratio(compared.late, compared.n)
    return MixEffect(
        raw, compared.reference_share, compared.adjusted - compared.reference_share, share - compared.adjusted,
        raw - share,
    )  # fmt: skip


def _side(tail: Floats, z: Floats) -> NDArray[np.intp]:
    """1 where a unit is later than chance, nature and reference explain, -1 where it is less late, else 0."""
    return np.where((tail < FLAG_TAIL) & (np.abs(z) > Z_998), np.sign(z), 0).astype(np.intp)


def _holds_beside_usual(side: NDArray[np.intp], z: Floats, late: Floats, total: Floats) -> Flags:
    """Whether each unit's side is the same beside a reference without those furthest out; or has none to lie beside."""
    usual, now, score = np.ones(side.shape, dtype=bool), side, z
    while np.any(usual & (now != 0)):
        out = np.where(usual & (now != 0), np.abs(score), 0)
        # All that are equally far out, or the order of the units would decide.
        usual &= out < out.max() * (1 - 1e-9)
        tail, score, _ = _surprise(*_comparable(late, total, *_others(late, total, usual)), from_others=True)
        now = _side(tail, score)
    return np.asarray((now == side) | np.isnan(score))


def _others(late: Floats, total: Floats, among: Flags | None = None) -> tuple[Floats, Floats]:
    """x and n (units, fields) of all other units, or of those others that are `among` some."""
    some = np.ones(len(late), dtype=bool) if among is None else among
    behind, of = (part[some].sum(axis=0) - part * some[:, None] for part in (late, total))
    return behind, of


def _fixed(reference: tuple[ArrayLike, ArrayLike], shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    behind, of = as_counts(*reference)
    if behind.shape != shape[1:]:
        raise ValueError("a reference must have one count for each field")
    return np.broadcast_to(behind, shape), np.broadcast_to(of, shape)


def _comparable(late: Floats, total: Floats, behind: Floats, of: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """x, n, x_ref and n_ref of what can be compared, each (units, fields + 1), the last one "other"; 0 elsewhere."""
    shared = (total > 0).sum(axis=0) >= 2
    known = shared & (of >= REFERENCE_FROM)
    rare = shared & ~known & (total <= of)
    rare &= ((of * rare).sum(axis=1) >= REFERENCE_FROM)[:, None]
    return tuple(  # type: ignore[return-value] # four in, four out
        np.column_stack([part * known, (part * rare).sum(axis=1)]) for part in (late, total, behind, of)
    )


def _surprise(
    found: Floats, cases: Floats, ref_late: Floats, ref_cases: Floats, *, from_others: bool
) -> tuple[Floats, Floats, float]:
    """The smaller exact tail of each unit and its score after all allowances (nan without cases), and τ²."""
    observed, handled = found.sum(axis=1), cases.sum(axis=1)
    chance = (ref_late + 0.5) / (ref_cases + 1)
    variance = (cases * chance * (1 - chance)).sum(axis=1)
    uncertain = (cases**2 * chance * (1 - chance) / np.maximum(ref_cases, 1)).sum(axis=1)
    tail, score = np.full(observed.size, np.nan), np.full(observed.size, np.nan)
    for unit in np.flatnonzero(handled):
        some = cases[unit] > 0
        lower, upper, score[unit] = sum_tails(observed[unit], cases[unit, some], chance[unit, some])
        tail[unit] = min(lower, upper)
    expected = (cases * chance).sum(axis=1)
    return tail, *_allowed(score, handled, expected, variance, uncertain, from_others=from_others)


def _allowed(
    score: Floats, cases: Floats, expected: Floats, variance: Floats, uncertain: Floats, *, from_others: bool
) -> tuple[Floats, float]:
    """Scores after allowing for natural spread and an uncertain reference, and τ² (nan: too few units)."""
    measured = cases >= COMPARED_FROM
    known = np.where(cases > 0, variance, np.nan)
    usual = _ratio(expected, cases)
    error = np.sqrt(known / (4 * cases**2 * usual * (1 - usual)), out=np.full(cases.shape, np.nan), where=cases > 0)
    unsure = error**2 * (1 + uncertain / known)
    distance = score * error
    if measured.sum() < SPREAD_FROM:
        return distance / np.sqrt(unsure), float("nan")
    middle = np.median(distance[measured])
    wide = robust_deviation(distance[measured])
    extra = max(0.0, float(wide**2 - np.median(unsure[measured])))
    if from_others:
        from_middle = distance - middle
        nearer = np.sign(distance) * np.minimum(np.abs(distance), np.abs(from_middle))
        distance = np.where(distance * from_middle > 0, nearer, np.where(np.isnan(distance), np.nan, 0.0))
    return distance / np.sqrt(unsure + extra), extra


def _ratio(above: Floats, below: Floats) -> Floats:
    result: Floats = np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)
    return result
