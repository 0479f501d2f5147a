"""Findings in words: each rule fires where something differs, and is silent where it does not or cannot be told."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.findings import NOTHING, Finding, Matters, Told, findings_of, ordered, together
from comparison.findings import lateness as late_rules
from comparison.findings import models as model_rules
from comparison.findings import satisfaction as survey_rules
from comparison.findings import volume as volume_rules
from comparison.findings.cells import cells_standing_out, least_satisfied
from comparison.findings.differences import clear_difference, of_shares
from comparison.findings.months import of_charts
from comparison.measures.adjusted import case_mix
from comparison.question import Question
from comparison.scope import Period, Viewer
from comparison.signals import unit_signals
from comparison.statistics.case_mix import Lateness
from comparison.statistics.variation import Variation
from comparison.wording.findings import Share
from tests.helpers.districts import loaded, nothing, scope
from tests.helpers.page_words import NBSP, said
from tests.helpers.shares import answer
from warehouse.snapshots import open_snapshot

# Nine months that lie beside the same nine of the year before, both without Tết.
MONTHS = Period(date(2023, 4, 1), date(2023, 12, 31))
WHOLE = Period(date(2022, 1, 2), date(2023, 12, 31))
SINCE = date(2023, 1, 1)
FEW, BAD, SAD, OWING, GROWING = "Xã Tám", "x1", "x2", "Xã Ba", "Xã Năm"


def put(made, monkeypatch):
    monkeypatch.setenv("DOISANH_DATA", str(made))
    return open_snapshot()


def made_once(tmp_path_factory, name, adoptions="", **arguments):
    folder = tmp_path_factory.mktemp(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        loaded(folder, adoptions, **arguments)
    return folder / "data"


@pytest.fixture(scope="module")
def quiet_folder(tmp_path_factory, _no_real_data):
    """Nothing differs anywhere but by chance."""
    return made_once(tmp_path_factory, "quiet")


@pytest.fixture
def quiet(quiet_folder, own_data, monkeypatch):
    return put(quiet_folder, monkeypatch)


def troubled(rows):
    """From 2023 on: letters for every late case but one unit's, one unit takes in four times as much, all online; one
    unit has twelve cases, all late; seven cases of the last autumn are still open and overdue."""
    kept, overdue = [], 0
    for row in rows:
        is_late = row["finished_at"] > row["due_at"]
        row = {**row, "apology_sent_on": row["due_at"] - timedelta(1) if is_late and row["unit"] != OWING else None}
        if row["received_at"] < SINCE:
            kept.append(row)
            continue
        if row["unit"] == FEW:
            if row["received_at"].day != 2:
                continue
            row |= {"finished_at": row["due_at"] + timedelta(5)}
        if row["unit"] == OWING and row["received_at"].month == 10 and overdue < 7:
            overdue += 1
            row |= {"finished_at": date(2024, 1, 10)}
        copies = 4 if row["unit"] == GROWING else 1
        kept += [{**row, "case_code": row["case_code"] + "-c" * copy, "channel": "online"} for copy in range(copies)]
    return kept


@pytest.fixture(scope="module")
def troubled_folder(tmp_path_factory, _no_real_data):
    """As `troubled`; from 2023 on x1 is late with nearly everything, and fewer are satisfied, at x2 hardly anybody."""
    return made_once(
        tmp_path_factory, "troubled", change=troubled,
        late=lambda unit, month: 6 if unit == BAD and month >= SINCE else 0,
        satisfied=lambda unit, month: 0 if month < SINCE or unit == "x8" else -4 if unit == SAD else -1,
    )  # fmt: skip


@pytest.fixture
def trouble(troubled_folder, own_data, monkeypatch):
    return put(troubled_folder, monkeypatch)


@pytest.fixture(scope="module")
def modelled_folder(tmp_path_factory, _no_real_data):
    """Four communes begin a model in 2023 and please more people; a fifth was to and did not. Much stays undone."""

    def slower(rows):
        due_later = {"due_at": date(2024, 3, 1), "finished_at": date(2024, 2, 1)}
        return [{**row, **due_later} if row["received_at"] >= date(2023, 10, 1) else row for row in rows]

    return made_once(
        tmp_path_factory, "modelled",
        "".join(f"m,x{number},,2023-01-01,\n" for number in (1, 2, 3, 4)) + "m,x5,2023-06-01,,\nm,x6,2024-06-01,,\n",
        change=slower, satisfied=lambda unit, month: 3 if unit in ("x1", "x2", "x3", "x4") and month >= SINCE else 0,
    )  # fmt: skip


@pytest.fixture
def modelled(modelled_folder, own_data, monkeypatch):
    return put(modelled_folder, monkeypatch)


def asked(warehouse, language="vi", **changes):
    own = scope(period=MONTHS, compare="year").with_(**changes)
    return Question(warehouse, own, Viewer(), language)


def sentences(told):
    return [sentence(each) for each in told.findings]


def sentence(finding):
    return finding.sentence.replace(NBSP, " ")


def found(warehouse, page="", **changes):
    q = asked(warehouse, **changes)
    return findings_of(q, page)


def test_where_nothing_differs_nothing_is_found_though_much_is_looked_at(quiet):
    told = found(quiet)
    assert sentences(told) == []
    assert told.looked_at > 30
    assert 0 < told.by_chance < 1


def test_without_data_only_the_lives_of_models_are_told(modelled):
    gone = Period(date(2019, 1, 1), date(2019, 12, 31))
    assert found(modelled, "tre-han", period=gone) == NOTHING
    assert {each.page for each in found(modelled, period=gone).findings} == {"mo-hinh"}


def test_after_the_data_nothing_is_overdue_as_of_then(trouble):
    assert late_rules.overdue(asked(trouble, compare="none")).findings
    assert found(trouble, "tre-han", period=Period(date(2025, 1, 1), date(2025, 12, 31))) == NOTHING


def test_all_that_is_wrong_is_found_and_the_worst_comes_first(trouble):
    told = found(trouble)
    pages = {each.page for each in told.findings}
    assert {"tre-han", "hai-long", "khoi-luong"} <= pages
    weights = [each.weight for each in told.findings]
    assert weights == sorted(weights, reverse=True)
    assert told.findings[0].matters is Matters.HARMED


def test_no_small_unit_is_ever_named(trouble):
    for page in ("", "khoi-luong", "tre-han", "hai-long", "mo-hinh"):
        for units in ((), ("x8",)):
            told = found(trouble, page, units=units)
            assert not [each for each in told.findings if "Tám" in f"{each.sentence} {each.evidence}"], page


def test_without_a_comparison_nothing_is_compared(trouble):
    q = asked(trouble, compare="none")
    assert q.compared is None
    compared = (
        volume_rules.received_changed, volume_rules.stock_grew, volume_rules.online_changed,
        late_rules.on_time_changed, survey_rules.satisfied_changed,
    )  # fmt: skip
    assert [rule(q) for rule in compared] == [NOTHING] * 5
    assert sentences(late_rules.cells_late(q)), "what needs no comparison stays"


def test_a_share_that_fell_is_told_with_both_periods(trouble):
    (told,) = late_rules.on_time_changed(asked(trouble)).findings
    assert sentence(told) == said("findings_lateness.on_time_down", points="9,6 điểm", share="67,0 %")
    q = asked(trouble)
    now, before = (q.measure("on_time_due", scope=each).row(0, named=True) for each in (q.scope, q.compared))
    for count in (now["numerator"], now["denominator"], before["numerator"], before["denominator"]):
        assert f"{count:,}".replace(",", ".") in told.evidence
    assert told.people == round(abs(now["value"] - before["value"]) * now["denominator"])
    assert (told.matters, told.page) == (Matters.HARMED, "tre-han")


def test_a_change_within_chance_or_of_few_cases_is_not_told(quiet):
    q = asked(quiet)
    direction = {True: Matters.BETTER, False: Matters.HARMED}

    def told_of(now, before):
        return of_shares(q, now, before, "findings_lateness.on_time", "tre-han", direction)

    assert told_of(Share(700, 768), Share(690, 768)) == Told((), 1, 0.05)
    assert told_of(Share(24, 24), Share(0, 24)) == NOTHING
    assert clear_difference(Share(24, 24), Share(0, 1000)) is None
    (better,) = told_of(Share(700, 768), Share(500, 768)).findings
    assert better.matters is Matters.BETTER
    assert late_rules.on_time_changed(q).findings == ()


def test_cells_are_named_with_their_field_and_lead_there(trouble):
    told = late_rules.cells_late(asked(trouble))
    cells = {(each.name, each.changes["fields"]) for each in told.findings}
    assert cells == {("X. Một", ("dat-dai",)), ("X. Một", ("ho-tich",))}
    assert all(each.sentence.startswith("X. Một trễ ") for each in told.findings)
    assert all(f"cho {told.looked_at} ô" in each.test for each in told.findings)
    assert all(each.changes["units"] == ("x1",) for each in told.findings)


@pytest.mark.parametrize("selection", [{"units": ("x1",)}, {"units": ("x1", "x3")}, {"fields": ("dat-dai",)}])
def test_a_selection_names_fewer_and_changes_no_verdict(trouble, selection):
    whole = {each.sentence: each for each in late_rules.cells_late(asked(trouble)).findings}
    chosen = late_rules.cells_late(asked(trouble, **selection))
    assert chosen.findings
    assert all(whole[each.sentence] == each for each in chosen.findings)
    assert late_rules.cells_late(asked(trouble, units=("x5",))).findings == ()


def test_a_unit_beyond_all_others_and_its_own_mix_is_told_unless_its_cells_say_so(trouble):
    q = asked(trouble)
    everyone = q.scope.with_(units=())
    by_unit = q.late(("unit",), everyone)
    adjusted = case_mix(q.warehouse, everyone, q.viewer)
    at = [code for code, _ in adjusted.units].index(BAD)
    beyond = adjusted.case_mix.late[at] - adjusted.case_mix.expected[at]
    assert adjusted.case_mix.lateness[at] is Lateness.MORE
    (told,) = late_rules.of_units(q, by_unit, adjusted, q.named, {}).findings
    assert (told.name, told.people, told.matters) == ("X. Một", round(beyond), Matters.HARMED)
    assert late_rules.of_units(q, by_unit, adjusted, q.named, {BAD: beyond * 0.4}).findings == (told,)
    assert late_rules.of_units(q, by_unit, adjusted, q.named, {BAD: beyond * 0.6}).findings == ()
    assert late_rules.of_units(q, by_unit, adjusted, frozenset({"x5"}), {}).findings == ()
    assert late_rules.units_apart(q).findings == (), "its cells are told"
    assert late_rules.units_apart(asked(trouble, kind="department")) == NOTHING


def test_a_unit_explained_by_its_fields_sets_minds_at_rest(tmp_path):
    def mostly_land(rows):
        # One unit handles land alone, and land is late everywhere alike.
        late = {"Đất đai": 6, "Hộ tịch": 1}
        kept = []
        for place, row in enumerate(rows):
            field = "Đất đai" if row["unit"] == "Xã Một" else ("Hộ tịch" if place % 8 else "Đất đai")
            slow = (place * 7 + place // 8) % 10 < late[field]
            kept.append({**row, "field": field, "finished_at": row["due_at"] + timedelta(3 if slow else -1)})
        return kept

    warehouse, _, _ = loaded(tmp_path, "", change=mostly_land)
    told = late_rules.units_explained(asked(warehouse, period=WHOLE))
    (found,) = told.findings
    assert (found.name, found.weight) == ("X. Một", 0)
    assert sentence(found) == said("findings_lateness.mix", unit="X. Một", share="59,9 %", field="đất đai")
    assert late_rules.units_apart(asked(warehouse, period=WHOLE)).findings == ()
    assert late_rules.units_explained(asked(warehouse, kind="department")) == NOTHING


def test_overdue_cases_are_counted_and_where_most_are_is_no_ranking(trouble, quiet_folder, monkeypatch):
    q = asked(trouble)
    (told,) = late_rules.overdue(q).findings
    assert told.people == q.measure("overdue_open")["numerator"][0] >= 7
    assert told.evidence == said("findings_lateness.overdue_most", day="31/12/2023", unit="X. Ba", n="7")
    assert "không phải xếp hạng" in told.evidence
    counts = pl.DataFrame({"unit": ["x1", "x2"], "unit_name": ["Xã Một", "Xã Hai"], "numerator": [5, 5]})
    (even,) = late_rules.of_overdue(q, counts, "31/12/2023").findings
    assert even.evidence == said("findings_lateness.overdue_evidence", day="31/12/2023")
    assert late_rules.of_overdue(q, counts.with_columns(numerator=2), "31/12/2023") == NOTHING
    assert late_rules.overdue(asked(put(quiet_folder, monkeypatch))) == NOTHING


def test_missing_letters_are_told_and_who_sends_fewer(trouble, quiet_folder, monkeypatch):
    told = late_rules.letters_missing(asked(trouble, period=WHOLE))
    assert [each.name for each in told.findings if each.name] == ["X. Ba"]
    (every,) = [each for each in told.findings if not each.name]
    assert every.matters is Matters.OWED
    # No letter anywhere may as well be none recorded.
    assert late_rules.letters_missing(asked(put(quiet_folder, monkeypatch))) == NOTHING


def test_more_work_is_told_beside_how_months_usually_differ(trouble, quiet_folder, monkeypatch):
    (told,) = volume_rules.received_changed(asked(trouble)).findings
    assert sentence(told) == said("findings_volume.received_up", change="27,2 %")
    assert told.matters is Matters.WORK
    q = asked(put(quiet_folder, monkeypatch))
    assert volume_rules.received_changed(q).findings == ()
    rough = volume_rules.spread_of([100, 180] * 12, np.full(24, 20.0), np.zeros(24, dtype=bool))
    even = volume_rules.spread_of([100, 102] * 12, np.full(24, 20.0), np.zeros(24, dtype=bool))
    assert rough is not None
    assert even == 1.0 < rough
    assert volume_rules.spread_of([100] * 11, np.full(11, 20.0), np.zeros(11, dtype=bool)) is None


def test_tet_on_one_side_alone_is_no_finding_of_volume(trouble):
    # In 2022 the first day of Tết was 1 February, in 2023 22 January.
    since_february = Period(date(2023, 2, 10), date(2023, 12, 31))
    assert volume_rules.intake(asked(trouble, period=since_february)) is None
    assert volume_rules.intake(asked(trouble)) is not None


def test_a_stock_that_grew_while_intake_did_not_is_told(modelled, quiet_folder, monkeypatch):
    q = asked(modelled, period=Period(date(2023, 10, 1), date(2023, 12, 31)))
    assert volume_rules.received_changed(q).findings == ()
    (told,) = volume_rules.stock_grew(q).findings
    assert sentence(told) == said("findings_volume.stock", change="500,0 %")
    assert told.people > 50
    stock = volume_rules.open_cases(q)
    more = volume_rules.Change(400, 200, 2.0, 1.8, 2.2)
    assert stock is not None
    assert volume_rules.of_stock(q, stock, more).findings == (), "more came in"
    q = asked(put(quiet_folder, monkeypatch), period=Period(date(2023, 10, 1), date(2023, 12, 31)))
    assert volume_rules.stock_grew(q).findings == ()


def test_a_stock_is_measured_by_ends_as_far_apart():
    ends = np.array([400.0, 600.0, 500.0] * 8)

    def is_clear(now, before, ends, months_apart):
        found = volume_rules.stock_change(now, before, ends, months_apart)
        assert found is not None
        return found.is_clear

    assert is_clear(600, 400, ends, 1) is False
    assert is_clear(600, 400, ends, 3)
    assert volume_rules.stock_change(600, 400, ends, 14) is None
    growing = 400.0 * 1.1 ** np.arange(24)
    assert is_clear(int(growing[-1]), int(growing[-4]), growing, 3) is False


def test_another_way_to_hand_in_is_told(trouble, quiet_folder, monkeypatch):
    (told,) = volume_rules.online_changed(asked(trouble)).findings
    assert sentence(told) == said("findings_volume.online_up", points="100,0 điểm", share="100,0 %")
    assert volume_rules.online_changed(asked(put(quiet_folder, monkeypatch))).findings == ()


@pytest.mark.parametrize(
    ("rule", "key", "unit", "value", "centre"),
    [
        (late_rules.on_time_of_a_unit, "on_time_down", "X. Một", "12,5 %", "50,8 %"),
        (survey_rules.satisfaction_of_a_unit, "satisfaction_down", "X. Hai", "0,0 %", "25,1 %"),
        (volume_rules.volume_of_a_unit, "received_up", "X. Năm", "1,52", "0,94"),
    ],
)
def test_a_units_own_month_is_told_after_correction(trouble, quiet_folder, monkeypatch, rule, key, unit, value, centre):
    told = rule(asked(trouble))
    (found,) = [each for each in told.findings if each.name == unit]
    assert sentence(found) == said(f"findings_months.{key}", unit=unit, value=value, centre=centre)
    assert f"cho {told.looked_at} đơn vị" in found.test
    assert (found.page, len(found.changes["units"])) == ("", 1)
    assert rule(asked(put(quiet_folder, monkeypatch))).findings == ()


def test_of_many_months_looked_at_one_weak_signal_is_chance(trouble):
    q = asked(trouble)
    charts = unit_signals(q.warehouse, q.scope, q.viewer, "received")
    (own,) = [chart for chart in charts if chart.name == GROWING]
    weak = own.chart.p.copy()
    weak[-1] = 0.02
    doubted = replace(own, chart=replace(own.chart, p=weak))
    usual = replace(own, variation=Variation.USUAL, chart=replace(own.chart, p=np.ones(weak.size)))
    others = [replace(usual, unit=f"x{number}") for number in (1, 2, 3)]
    assert of_charts(q, [doubted], q.named).findings
    assert not [each for each in of_charts(q, [doubted, *others], q.named).findings if each.name == "X. Năm"]


def test_satisfaction_that_fell_and_where_is_told(trouble, quiet_folder, monkeypatch):
    q = asked(trouble)
    (fell,) = survey_rules.satisfied_changed(q).findings
    assert sentence(fell) == said("findings_satisfaction.changed_down", points="15,6 điểm", share="32,8 %")
    less = survey_rules.units_less_satisfied(q)
    assert [each.name for each in less.findings] == ["X. Hai"]
    assert survey_rules.units_less_satisfied(asked(trouble, kind=None)) == NOTHING
    quiet = asked(put(quiet_folder, monkeypatch))
    assert survey_rules.satisfied_changed(quiet).findings == survey_rules.units_less_satisfied(quiet).findings == ()


def test_units_that_a_model_did_not_lift_are_not_accused(modelled):
    q = asked(modelled)
    by_unit = q.measure("satisfaction", ("unit",))
    below = {row["unit"] for row in least_satisfied(by_unit)}
    assert {"x7"} <= below <= {"x5", "x6", "x7", "x8"}, "below the average of all"
    assert survey_rules.units_less_satisfied(q).findings == ()


def item_rows(*counts):
    return answer([(x, n, 0) for _, x, n in counts], item=[name for name, _, _ in counts])


def test_an_item_lags_only_beyond_what_the_lowest_of_several_does(quiet):
    q = asked(quiet)
    rows = item_rows(("Giá", 200, 400), ("Giờ", 300, 400), ("Chỗ", 304, 400), ("Chung", 10, 400))
    (told,) = survey_rules.of_items(q, rows, "Chung").findings
    assert sentence(told) == said("findings_satisfaction.item", item="Giá", share="50,0 %")
    # Clear for one item looked at alone, not for the lowest of three.
    near = item_rows(("Giá", 275, 400), ("Giờ", 302, 400), ("Chỗ", 302, 400))
    assert survey_rules.of_items(q, near, None).findings == ()
    assert survey_rules.of_items(q, item_rows(("Giá", 5, 20), ("Giờ", 20, 20)), None) == NOTHING
    assert survey_rules.of_items(q, rows.head(1), None) == NOTHING


def test_a_unit_lags_on_one_item(quiet):
    q = asked(quiet)
    units = [f"x{number}" for number in range(1, 9)]
    even = answer([(80, 100, 0)] * 8, unit=units, unit_name=[f"Xã {unit}" for unit in units]).with_columns(
        badge=pl.lit(None, pl.String)
    )
    items = answer(
        [(40 if unit == "x3" else 80, 100, 0) for unit in units], unit=units,
        unit_name=[f"Xã {unit}" for unit in units], item=["Giá"] * 8,
    )  # fmt: skip
    (told,) = survey_rules.of_units(q, even, items, q.named).findings
    assert (told.name, "Giá" in told.sentence) == ("X. x3", True)
    assert survey_rules.of_units(q, even, items.filter(pl.col("unit") != "x3"), q.named).findings == ()


@pytest.mark.parametrize(
    ("x", "n", "is_told"), [(30, 1000, True), (90, 1000, False), (0, 24, False), (200, 1000, False)]
)
def test_too_few_answers_are_told_only_where_that_is_sure(quiet, x, n, is_told):
    told = survey_rules.of_response(asked(quiet), answer([(x, n, 0)]))
    assert bool(told.findings) is is_told


def test_a_clear_verdict_is_told_with_what_it_is_not_separated_from(modelled, quiet_folder, monkeypatch):
    told = model_rules.verdicts_clear(asked(modelled))
    (found,) = told.findings
    assert found.sentence == said("verdict.title_clear_gain", model="Mô hình một", subject="hài lòng")
    assert "95 %" in found.evidence
    assert said("findings_models.apart_other") in found.evidence
    assert (dict(found.own), found.matters) == ({"model": "m"}, Matters.BETTER)
    assert model_rules.verdicts_clear(asked(modelled, units=("x7",))).findings == ()
    # What it did elsewhere is no finding of a unit that was to begin and did not, or of another kind.
    assert model_rules.verdicts_clear(asked(modelled, units=("x5",))).findings == ()
    assert len(model_rules.verdicts_clear(asked(modelled, units=("x1", "x5"))).findings) == 1
    assert model_rules.verdicts_clear(asked(modelled, kind="department")).findings == ()
    assert model_rules.verdicts_clear(asked(put(quiet_folder, monkeypatch))) == NOTHING


def test_a_model_behind_its_plan_names_the_units(modelled):
    (told,) = model_rules.behind_plan(asked(modelled)).findings
    assert told.sentence == said("findings_models.behind", model="Mô hình một", n="một")
    assert "X. Năm (01/06/2023)" in told.evidence
    assert "Sáu" not in told.evidence, "planned for later"


def scores(*by_review):
    return pl.DataFrame(
        [
            ("m", f"r{at}", date(2023, at + 1, 1), name, name, "x1", score, 10.0)
            for at, review in enumerate(by_review)
            for name, score in review.items()
        ],
        schema=["model", "review", "held_on", "criterion", "criterion_name", "unit", "score", "highest_score"],
        orient="row",
    )  # fmt: skip


def test_a_criterion_is_told_only_if_chance_would_hardly_keep_it_lowest(quiet):
    q, names = asked(quiet), {"m": "Mô hình một"}
    usual = {f"c{number}": 8.0 for number in range(4)}
    low, other = {**usual, "thấp": 3.0}, {**usual, "c1": 2.0, "thấp": 3.0}
    (told,) = model_rules.of_scores(q, scores(low, low, low), names).findings
    assert told.sentence == said("findings_models.criterion", criterion="thấp", n="ba")
    assert model_rules.of_scores(q, scores(low, low), names) == NOTHING, "one in five does that by chance"
    assert model_rules.of_scores(q, scores(low, other, low), names) == Told((), 1, 0.05)
    assert model_rules.of_scores(q, scores(low, low, {**low, "c1": 3.0}), names).findings == ()


def test_what_got_better_stands_after_what_got_worse_and_work_after_both():
    def one(name, people, matters):
        return Finding(name, "", "", "", people, matters, name)

    worse, better = one("Xã Ấn", 10, Matters.HARMED), one("Xã An", 10, Matters.BETTER)
    work, first, second = (
        one("Xã Ba", 100, Matters.WORK),
        one("Xã Bình", 1, Matters.HARMED),
        one("Xã Ân", 1, Matters.HARMED),
    )
    assert ordered([work, first, better, second, worse]) == (worse, better, second, first, work)


finding = st.builds(
    Finding,
    sentence=st.text(max_size=3),
    evidence=st.just(""),
    test=st.just(""),
    page=st.just(""),
    people=st.integers(1, 3),
    matters=st.sampled_from([Matters.HARMED, Matters.BETTER, Matters.WORK]),
    name=st.sampled_from(["Xã An", "Xã Ấn", "Xã Đông", ""]),
)


@given(st.lists(finding, max_size=8).flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_the_order_hangs_on_nothing_but_the_findings(both):
    one, other = both
    assert ordered(one) == ordered(other)
    assert together([Told(tuple(one[:2]), 1, 0.1), Told(tuple(one[2:]))]).findings == ordered(one)


counts = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 200)), min_size=8, max_size=8)


@given(counts, st.permutations(range(16)))
def test_permuting_units_changes_nothing(quiet_folder, rows, order):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(quiet_folder))
        q = asked(open_snapshot())
    units = [f"x{number}" for number in range(1, 9)] * 2
    both = [*rows, *((x // 2, n) for x, n in rows)]
    frame = answer(
        [(x, n, 0) for x, n in both],
        unit=units,
        unit_name=[f"Xã {unit}" for unit in units],
        field=["dat-dai"] * 8 + ["ho-tich"] * 8,
        field_name=["Đất đai"] * 8 + ["Hộ tịch"] * 8,
    )
    frame = frame.with_columns(badge=pl.lit(None, pl.String), late="denominator", with_letter="numerator", item="field")
    half = frame.head(8)
    dealt, few = frame[list(order)], half[[place for place in order if place < 8]]
    assert together([late_rules.of_cells(q, frame, q.named, ())]) == together(
        [late_rules.of_cells(q, dealt, q.named, ())]
    )
    assert late_rules.of_letters(q, half, q.named) == late_rules.of_letters(q, few, q.named)
    for one, other in ((half, few),):
        assert together([survey_rules.of_units(q, one, frame, q.named)]) == together(
            [survey_rules.of_units(q, other, dealt, q.named)]
        )
        assert late_rules.of_overdue(q, one, "") == late_rules.of_overdue(q, other, "")


def test_cells_as_surprising_as_each_other_come_in_the_order_of_their_codes(quiet):
    units = [f"x{number}" for number in range(1, 9)]
    frame = answer(
        [(60 if unit in ("x2", "x6") else 5, 100, 0) for unit in units], unit=units,
        unit_name=[f"Xã {unit}" for unit in units], field=["dat-dai"] * 8, field_name=["Đất đai"] * 8,
    )  # fmt: skip
    for rows in (frame, frame.reverse()):
        assert [unit for unit, *_ in cells_standing_out(rows, asked(quiet).known, units, (), 1)] == ["x2"]


def test_in_english_no_vietnamese_is_left(trouble, modelled_folder, monkeypatch):
    told = [*findings_in_english(trouble), *findings_in_english(put(modelled_folder, monkeypatch))]
    assert len(told) > 8
    for each in told:
        for vietnamese in ("hồ sơ", "đơn vị", "ngẫu nhiên", "kỳ", "hơn mức"):
            assert vietnamese not in f"{each.sentence} {each.evidence} {each.test}", each


def findings_in_english(warehouse):
    q = asked(warehouse, "en")
    return findings_of(q, "").findings


def test_nothing_is_said_to_cause_anything(trouble):
    assert nothing("x1", SINCE) == 0
    for each in found(trouble).findings:
        assert "gây ra" not in f"{each.sentence} {each.evidence} {each.test}"
