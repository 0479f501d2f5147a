"""The demo district is as `truths.toml` says, and what ships beside it is in order."""

import tomllib
from collections import Counter
from datetime import date
from math import sqrt
from pathlib import Path

import polars as pl
import pytest

from comparison.measures import known, measure
from comparison.measures.lateness_lists import apologies, late_causes
from comparison.scope import Period, Scope, Viewer, default_scope
from etl.demo import district, survey, yearly_survey
from etl.demo.ground import shipped, tet_days, truths, working_days
from etl.kinds import kinds
from etl.personal import is_personal_header
from warehouse.folders import PROJECT
from warehouse.snapshots import open_snapshot


@pytest.fixture(scope="module")
def district_cases() -> pl.DataFrame:
    return district.cases(100_000, 1)


def late_shares(cases: pl.DataFrame, by: str) -> dict[str, tuple[int, int]]:
    """late and all, of the cases finished or open that were due before the end."""
    last = truths()["period"]["last"]
    judged = cases.filter(pl.col("outcome") == "finished", pl.col("due_at").dt.date() < last)
    late = pl.col("finished_at").dt.date().fill_null(date.max) > pl.col("due_at").dt.date()
    counts = judged.group_by(by).agg(late.sum().alias("late"), pl.len().alias("all"))
    return {key: (missed, of) for key, missed, of in counts.iter_rows()}


def near(counts: tuple[int, int], share: float) -> bool:
    """Within four standard errors of the planted share."""
    late, of = counts
    return abs(late / of - share) < 4 * sqrt(share * (1 - share) / of)


def test_two_communes_are_late_in_land_and_no_other(district_cases: pl.DataFrame) -> None:
    land = truths()["land"]
    in_land = late_shares(district_cases.filter(pl.col("field") == land["field"]), "unit")
    for unit in set(in_land) - set(district.small_units()):
        assert near(in_land[unit], land["late_share"] if unit in land["late_units"] else land["common_share"]), unit


def test_the_land_heavy_commune_only_looks_late(district_cases: pl.DataFrame) -> None:
    over_all = {unit: late / of for unit, (late, of) in late_shares(district_cases, "unit").items()}
    truly_late = truths()["land"]["late_units"]
    ordinary = [
        share for unit, share in over_all.items()
        if unit.startswith(("xa-", "phuong-")) and unit not in {*truly_late, truths()["mix"]["unit"]}
    ]  # fmt: skip
    assert over_all[truths()["mix"]["unit"]] > 1.8 * max(ordinary)
    elsewhere = district_cases.filter(pl.col("field") != "dat-dai")
    assert near(late_shares(elsewhere, "unit")[truths()["mix"]["unit"]], 0.0075)


def test_small_communes_are_small_and_as_planted(district_cases: pl.DataFrame) -> None:
    shares = late_shares(district_cases, "unit")
    assert shares[truths()["perfect"]["unit"]][0] == 0
    assert shares[truths()["single_late"]["unit"]][0] == 1
    assert 260 <= min(of for _, of in shares.values()) <= 270
    single = district_cases.filter(
        pl.col("unit") == truths()["single_late"]["unit"], pl.col("finished_at") > pl.col("due_at").dt.offset_by("1d")
    )
    assert single["due_at"].dt.strftime("%Y-%m").to_list() == [truths()["single_late"]["due_in"]]
    for unit in district.small_units():
        yearly = district_cases.filter(pl.col("unit") == unit, pl.col("due_at").dt.year().is_in([2022, 2023, 2024]))
        assert yearly.group_by(pl.col("due_at").dt.year()).len()["len"].is_between(54, 66).all()


def test_one_department_turned_worse_in_month_30(district_cases: pl.DataFrame) -> None:
    worse = truths()["worse"]
    cases = district_cases.filter(pl.col("unit") == worse["unit"])
    since = pl.col("due_at").dt.date() >= worse["from"]
    assert near(late_shares(cases.filter(~since), "unit")[worse["unit"]], worse["late_before"])
    assert near(late_shares(cases.filter(since), "unit")[worse["unit"]], worse["late_after"])
    assert (worse["from"].year - 2021) * 12 + worse["from"].month == 30


def whole_scope(**changes: object) -> Scope:
    period = truths()["period"]
    scope = default_scope(known(open_snapshot()), "district").with_(kind=None)
    return scope.with_(period=Period(period["first"], period["last"]), **changes)


def test_only_late_cases_have_letters_and_causes(district_cases: pl.DataFrame) -> None:
    ended, due = district_cases["finished_at"].dt.date(), district_cases["due_at"].dt.date()
    letter, cause = district_cases["apology_sent_on"], district_cases["late_cause"]
    in_time = (ended <= due).fill_null(False)
    assert not (in_time & (letter.is_not_null() | cause.is_not_null())).any()
    assert (letter <= due).all()
    assert (letter >= district_cases["received_at"].dt.date()).all()
    assert set(letter.drop_nulls().to_list()) <= set(working_days().tolist())


@pytest.mark.usefixtures("district")
def test_late_cases_get_letters_part_of_them_in_time_and_one_unit_sends_hardly_any() -> None:
    planted = truths()["letters"]
    by_unit = apologies(open_snapshot(), whole_scope(), Viewer())
    at_unit = pl.col("unit") == planted["unit"]
    late, sent, before = by_unit.filter(~at_unit).select("late", "with_letter", "sent_before_due").sum().row(0)
    assert near((sent, late), planted["share"])
    assert near((before, sent), planted["before_due"])
    ((few_late, few_sent),) = by_unit.filter(at_unit).select("late", "with_letter").rows()
    assert few_late > 100
    assert near((few_sent, few_late), planted["unit_share"])
    for unit, missed, letters in by_unit.filter(~at_unit).select("unit", "late", "with_letter").iter_rows():
        assert near((letters, missed), planted["share"]), unit


@pytest.mark.usefixtures("district")
def test_one_source_records_causes_in_known_shares_and_the_other_none() -> None:
    planted = truths()["late_causes"]
    warehouse = open_snapshot()
    sources = dict(warehouse.read("select source, count(late_cause) from cases group by source").iter_rows())
    assert sources[planted["source"]] > 0
    assert sources["dich-vu-cong-xa"] == 0
    recorded = dict(late_causes(warehouse, whole_scope(), Viewer()).iter_rows())
    unrecorded = recorded.pop("")
    late = measure(warehouse, whole_scope(), Viewer(), "late", ("unit_kind",))
    of_communes, of_others = (
        int(late.filter((pl.col("unit_kind") == "commune") == commune)["numerator"].sum()) for commune in (True, False)
    )
    n = sum(recorded.values())
    assert n + unrecorded == of_communes + of_others
    assert near((n, of_others), planted["recorded"])
    assert set(recorded) == set(planted["shares"])
    for cause, share in planted["shares"].items():
        assert near((recorded[cause], n), share), cause
    assert late_causes(warehouse, whole_scope(kind="commune"), Viewer()).rows() == [("", of_communes)]


def test_the_model_raised_satisfaction_and_the_others_did_not(district_cases: pl.DataFrame) -> None:
    model = truths()["model"]
    sheets = survey.sheets(district_cases, 30_000, 1).with_columns(
        (pl.col(survey.OVERALL) >= 4).alias("satisfied"), (pl.col("answered_on") >= model["from"]).alias("since")
    )
    for adopter in (True, False):
        of = sheets.filter(pl.col("unit").is_in(model["units"]) == adopter)
        for since in (True, False):
            answers = of.filter(pl.col("since") == since)["satisfied"]
            share = model["satisfied_after"] if adopter and since else model["satisfied_before"]
            assert near((sum(answers), answers.len()), share)
    adopted = shipped("adoptions").filter(pl.col("model") == model["code"], pl.col("from").is_not_null())
    assert sorted(adopted["unit"]) == sorted(model["units"])
    assert set(adopted["from"]) == {model["from"].isoformat()}


def test_the_yearly_survey_is_alike_in_all_years_with_and_without_a_model() -> None:
    planted, model = truths()["yearly_survey"], truths()["model"]
    sheets = pl.concat(
        yearly_survey.sheets(year, 1).with_columns(pl.lit(year).alias("year")) for year in planted["years"]
    )
    profile = tomllib.loads((PROJECT / "etl" / "profiles" / "demo_district_yearly_survey.toml").read_text("utf-8"))
    assert list(profile["items"]) == list(planted["items"])
    assert list(profile["items"].values()) == [[f"q{number}"] for number in range(1, 10)]
    assert profile["constants"]["instrument"] == planted["instrument"]
    instrument = shipped("instruments").filter(pl.col("instrument") == planted["instrument"]).row(0, named=True)
    assert (instrument["overall_item"], instrument["per_case"], instrument["satisfied_from"]) == (None, "false", "4")
    launched = pl.col("unit").is_in(model["units"]) & (pl.col("year") == 2024)
    for item, share in planted["items"].items():
        for some in (sheets.filter(launched), sheets.filter(~launched), *sheets.partition_by("year")):
            scores = some[item].drop_nulls()
            assert near(((scores >= 4).sum(), scores.len()), share), item
    # Whoever dislikes one thing mostly dislikes others: the questions ask one person.
    first, last = (pl.col(list(planted["items"])[place]) >= 4 for place in (0, -1))
    assert sheets.select(pl.corr(first.cast(pl.Int8), last.cast(pl.Int8))).item() > 0.3


def test_one_unit_has_three_answers_every_quarter(district_cases: pl.DataFrame) -> None:
    few = truths()["few_answers"]
    rare = survey.sheets(district_cases, 30_000, 1).filter(pl.col("unit") == few["unit"])
    quarters = rare.group_by(pl.col("answered_on").dt.strftime("%Y"), pl.col("answered_on").dt.quarter().alias("q"))
    counts = quarters.len()["len"]
    assert counts.len() == 18
    assert set(counts) == {few["sheets_a_quarter"]}


def test_tet_dips(district_cases: pl.DataFrame) -> None:
    days = pl.DataFrame({"day": working_days()}).filter(pl.col("day").dt.year().is_between(2021, 2024))
    received = district_cases.group_by(pl.col("received_at").dt.date().alias("day")).len()
    daily = days.join(received, on="day", how="left").with_columns(pl.col("len").fill_null(0))
    first_days = [each.item() for each in tet_days()]
    close = pl.any_horizontal((pl.col("day") - pl.lit(each)).dt.total_days().abs() <= 12 for each in first_days)
    near_tet, other = daily.filter(close)["len"].mean(), daily.filter(~close)["len"].mean()
    assert isinstance(near_tet, float)
    assert isinstance(other, float)
    assert 0.25 < near_tet / other < 0.45


def test_online_share_grows_every_year(district_cases: pl.DataFrame) -> None:
    online = district_cases.group_by(pl.col("received_at").dt.year()).agg((pl.col("channel") == "online").mean())
    assert min(online.sort("received_at")["channel"].diff().drop_nulls()) > 0.05


def test_cases_come_and_end_on_working_days_and_are_due_as_the_rule_says(district_cases: pl.DataFrame) -> None:
    working = set(working_days().tolist())
    for column in ("received_at", "finished_at", "first_due_at"):
        assert set(district_cases[column].dt.date().drop_nulls().to_list()) <= working
    order = {each: n for n, each in enumerate(working_days().tolist())}
    allowed = dict(shipped("procedures").select("code", pl.col("working_days").cast(pl.Int64)).iter_rows())
    sample = district_cases.gather_every(97)
    rows = sample.select(pl.col("received_at").dt.date(), pl.col("first_due_at").dt.date(), "procedure").iter_rows()
    assert all(order[due] - order[received] == allowed[procedure] for received, due, procedure in rows)


def test_reference_codes_are_plain_and_unique() -> None:
    codes = [code for name in ("units", "fields", "procedures", "models") for code in shipped(name)["code"]]
    assert len(set(codes)) == len(codes)
    assert all(code.isascii() and code.replace("-", "").isalnum() for code in codes)
    assert shipped("fields").filter(pl.col("short_name").str.len_chars() > 12).is_empty()
    assert shipped("fields").height == 15
    assert 85 <= shipped("procedures").height <= 95
    units = shipped("units").filter(pl.col("parent") == "district")
    assert Counter(units["kind"]) == {"commune": 12, "department": 8, "one_stop": 1}


@pytest.mark.parametrize("path", sorted((PROJECT / "etl" / "profiles").glob("demo_*.toml")), ids=lambda path: path.stem)
def test_demo_profiles_map_known_columns_and_nothing_personal(path: Path) -> None:
    profile = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = kinds()[profile["kind"]].columns
    assert set(profile["columns"]) <= set(columns)
    for column, values in profile.get("values", {}).items():
        assert set(values.values()) <= set(columns[column].labels)
    assert not any(is_personal_header(header) for headers in profile["columns"].values() for header in headers)
    assert profile["root"] in shipped("units")["code"].to_list()
    assert profile["source"] in shipped("sources")["source"].to_list()
