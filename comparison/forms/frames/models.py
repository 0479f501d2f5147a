"""The portfolio: which models are in effect where and since when, against the plan, and what their reviews said."""

import math
from collections.abc import Mapping
from datetime import date

import polars as pl

from comparison.forms.small_numbers import FEWEST_SHOWN
from comparison.life import Life
from comparison.scope import Language
from comparison.statistics.effect import Standing
from comparison.statistics.verdict import Verdict
from comparison.wording import day, number, percent, points, say, short_unit_name
from comparison.wording.findings import count_word
from comparison.wording.verdicts import signed_range
from comparison.wording.verdicts import word as verdict_word

_FEWEST_UNITS = 2


def in_effect(adoptions: pl.DataFrame, year: int) -> int:
    """How many models some unit worked by on any day of a year."""
    began = pl.col("adopted_from") <= date(year, 12, 31)
    goes_on = pl.col("adopted_to").is_null() | (pl.col("adopted_to") > date(year, 1, 1))
    return adoptions.filter(began & goes_on)["model"].n_unique()


def in_effect_title(language: Language, adoptions: pl.DataFrame, year: int) -> str:
    """ "Năm 2025 áp dụng ba mô hình, năm 2024 áp dụng hai"."""
    now, before = in_effect(adoptions, year), in_effect(adoptions, year - 1)
    if now == 0:
        return say(language, "models.timeline_title_none", year=year)
    values = {"n": count_word(language, now), "year": year, "year_before": year - 1}
    if before in (0, now):
        return say(language, f"models.timeline_title_{'same' if before else 'first'}", **values)
    return say(language, "models.timeline_title", before=count_word(language, before), **values)


def model_to_show(adoptions: pl.DataFrame, units: int) -> str:
    """The code of the first model that can be compared: two adopters or more, and a unit without it; else the first.

    adoptions: in the units of one kind, of which there are so many.
    """
    counts = adoptions.group_by("model", maintain_order=True).agg(pl.col("adopted_from").is_not_null().sum())
    comparable = counts.filter(pl.col("adopted_from").is_between(_FEWEST_UNITS, units - 1))
    return str((comparable if comparable.height else counts)["model"][0])


def portfolio_table(
    language: Language,
    rolled: pl.DataFrame,
    responsible: Mapping[str, str],
    reviewed: pl.DataFrame,
    verdicts: Mapping[str, Verdict | None],
) -> pl.DataFrame:
    """One row a model, headings in words. reviewed: model, kind, held_on. verdicts: by model, None without data."""
    last = {
        model: (kind, on) for model, kind, on in reviewed.sort("held_on").select("model", "kind", "held_on").iter_rows()
    }
    rows = []
    for row in rolled.iter_rows(named=True):
        review = last.get(row["model"])
        verdict = verdicts.get(row["model"])
        rows.append(
            (
                row["model_name"],
                responsible.get(row["model"]) or "",
                day(language, row["began"]) if row["began"] else say(language, "models.planned_only"),
                row["running"],
                row["planned_by_now"],
                row["late"],
                row["planned"],
                f"{say(language, f'models.review_{review[0]}')} {day(language, review[1])}"
                if review
                else say(language, "models.not_reviewed"),
                verdict_word(language, verdict) if verdict else say(language, "verdict.no_data"),
            )
        )
    names = ("model", "responsible", "began", "running", "planned_by_now", "late", "planned", "review", "verdict")
    schema = {
        say(language, f"models.column_{name}"): pl.Int64 if name in rolled.columns[3:] else pl.String for name in names
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def unit_table(language: Language, adoptions: pl.DataFrame, life: Life | None, on: date) -> pl.DataFrame:
    """Who works by a model since when, against plan, and what each unit's figure did; headings in words.

    on: the day as of which a plan is behind. life: of the units' kind, None where there is nothing to compare; units
    of other kinds have no figures.
    """
    place = {code: at for at, (code, _) in enumerate(life.units)} if life else {}
    rows = []
    for unit, name, planned, begun, ended in adoptions.select(
        "unit", "unit_name", "planned_from", "adopted_from", "adopted_to"
    ).iter_rows():
        dates = [day(language, each) if each else "" for each in (planned, begun, ended)]
        figures = ("", "", "", "")
        if not begun:
            figures = (
                "",
                "",
                "",
                say(language, "models.standing_behind" if planned <= on else "models.standing_planned"),
            )
        elif life:
            other_kind = ("", "", "", say(language, "models.standing_other_kind"))
            figures = _figures(language, life, place[unit]) if unit in place else other_kind
        rows.append((short_unit_name(name), *dates, *figures))
    names = ("unit", "planned_from", "adopted_from", "adopted_to", "before", "after", "change", "standing")
    frame = pl.DataFrame(
        rows, schema={say(language, f"models.column_{name}"): pl.String for name in names}, orient="row"
    )
    return frame.select(column for column in frame if column.name in frame.columns[:3] or (column != "").any())


def _figures(language: Language, life: Life, at: int) -> tuple[str, str, str, str]:
    own, effect = life.effect.own, life.effect
    sides = [(own.before_x[at], own.before_n[at]), (own.after_x[at], own.after_n[at])]
    shares = [f"{percent(language, x / n)} (n = {number(language, n)})" if n >= FEWEST_SHOWN else "" for x, n in sides]
    change = ""
    if all(shares) and not math.isnan(effect.change[at]):
        change = f"{points(language, effect.change[at])} ({signed_range(language, effect.low[at], effect.high[at])})"
    standing = effect.standing[at]
    if life.units[at][0] in life.overlapping:
        return shares[0], shares[1], change, say(language, "models.standing_overlapping")
    # Only adopters stand in this table.
    known = standing if standing not in (Standing.COMPARED, Standing.UNUSED) else Standing.TOO_FEW_ANSWERS
    return shares[0], shares[1], change, say(language, f"models.standing_{known.value}")
