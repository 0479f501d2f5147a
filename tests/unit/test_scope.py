"""Periods, scopes and the links that carry them."""

from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.scope import (
    Field,
    Ignored,
    Instrument,
    Known,
    Period,
    Procedure,
    Root,
    Scope,
    Unit,
    Viewer,
    default_scope,
    read_language,
    read_link,
    wanted_snapshot,
    write_link,
)
from comparison.scope.codes import join_codes, split_codes
from comparison.scope.link_reading import EARLIEST, LAST, PARAMETERS
from comparison.scope.periods import add_months, calendar_period, full_periods, last_full, year_to_date

KNOWN = Known(
    snapshot="2026-10-02-a",
    snapshots=("2026-08-31-a", "2026-10-01-a", "2026-10-02-a"),
    roots=(
        Root("HN", "Hồng Ngự", date(2023, 1, 1), date(2023, 4, 30)),
        Root("district", "Huyện Mẫu", date(2021, 1, 1), date(2026, 9, 30)),
    ),
    units=(
        Unit("HN", "Hồng Ngự", "district", "HN"),
        Unit("HN-dat", "Phòng Tài nguyên", "department", "HN"),
        Unit("district", "Huyện Mẫu", "district", "district"),
        Unit("xa-dong", "Xã Đông", "commune", "district"),
        Unit("Phường Tây, cũ~1", "Phường Tây, cũ~1", "commune", "district"),
        Unit("phong-tn", "Phòng Tài nguyên", "department", "district"),
    ),
    fields=(Field("land", "Đất đai", "Đất đai"), Field("Hộ tịch, chứng thực", "Hộ tịch, chứng thực", "Hộ tịch")),
    procedures=(Procedure("1.001", "Cấp đổi", "land"), Procedure("1.002", "Đính chính", "land")),
    channels=("online", "in_person"),
    instruments=(
        Instrument("sipas", "Phiếu SIPAS", ("district",), "1-5", 4, is_per_case=False, is_derived=True),
        Instrument("kiosk", "Kiosk", ("district",), "1-5", 4, is_per_case=True, is_derived=False),
        Instrument("giay", "Phiếu giấy", ("HN",), "1-3", 3, is_per_case=True, is_derived=False),
    ),
)


def days() -> st.SearchStrategy[date]:
    return st.dates(EARLIEST, LAST)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(days()), draw(days())))
    return Period(first, last)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    root = draw(st.sampled_from(KNOWN.roots)).code
    kind = draw(st.sampled_from((None, *KNOWN.kinds_of(root))))
    instruments = [instrument.code for instrument in KNOWN.instruments_of(root)]

    def several(codes: list[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(codes))))

    return Scope(
        snapshot=KNOWN.snapshot,
        root=root,
        period=draw(periods()),
        compare=draw(st.sampled_from(("previous", "year", "none"))),
        kind=kind,
        units=several([unit.code for unit in KNOWN.units_of(root, kind)]),
        fields=several([field.code for field in KNOWN.fields]),
        procedures=several([procedure.code for procedure in KNOWN.procedures]),
        channels=several(list(KNOWN.channels)),
        instrument=draw(st.sampled_from(instruments if len(instruments) > 1 else [*instruments, None])),
        on_time=draw(st.sampled_from(("due", "resolved", "first_due"))),
        boundaries=draw(st.sampled_from(("now", "then"))),
    )


@given(scopes(), st.booleans(), st.sampled_from(("vi", "en")))
def test_any_scope_comes_back_from_its_link(scope, fixed, language):
    address = urlencode(write_link(scope, fixed=fixed, language=language))
    params = dict(parse_qsl(address, strict_parsing=True))
    assert read_link(params, KNOWN) == (scope, ())
    assert read_language(params) == language
    assert params.keys() <= set(PARAMETERS)
    assert ("snapshot" in params) == fixed
    assert {"from", "to", "compare", "root", "kind"} <= params.keys()


OWN = ("show", "order", "calendar", "model", "outcome", "base", "briefing", "slide")


@given(scopes(), st.dictionaries(st.sampled_from(OWN), st.text(min_size=1)))
def test_a_page_s_own_parameters_travel_beside_any_scope(scope, own):
    assert not {*OWN} & {*PARAMETERS}
    params = dict(parse_qsl(urlencode(write_link(scope) | own), strict_parsing=True))
    assert read_link(params, KNOWN, own=OWN) == (scope, ())
    assert {name: params[name] for name in own} == own
    # Another page reads the same scope and names what it does not know.
    elsewhere, ignored = read_link(params, KNOWN)
    assert elsewhere == scope
    assert {each.parameter for each in ignored} == own.keys()


@given(st.lists(st.text(min_size=1) | st.text("~,.ab", min_size=1)))
def test_any_codes_come_back_from_one_parameter(codes):
    assert split_codes(join_codes(codes)) == tuple(codes)


def test_plain_codes_are_written_as_they_are():
    assert join_codes(["xa-dong", "a,b~c"]) == "xa-dong,a~.b~~c"


@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS) | st.text(min_size=1),
        st.sampled_from(("2024-02-30", "2026-01-01", "district", "commune", "xa-dong,HN-dat", "all", "latest"))
        | st.text(),
    )
)
def test_any_link_gives_a_scope_that_its_own_link_brings_back(params):
    scope, _ = read_link(params, KNOWN)
    assert read_link(write_link(scope), KNOWN) == (scope, ())


def ignored(**params: str) -> tuple[Ignored, ...]:
    return read_link({name.rstrip("_"): value for name, value in params.items()}, KNOWN)[1]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"from_": "30/09/2026"}, Ignored("from", "30/09/2026", "unreadable_date", "2026-07-01/2026-09-30")),
        ({"to": "1999-12-31"}, Ignored("to", "1999-12-31", "impossible_date", "2026-07-01/2026-09-30")),
        (
            {"from_": "x", "to": "2024-01-31"},
            Ignored("from", "x", "unreadable_date", "2021-01-01/2024-01-31"),
        ),
        ({"from_": "2026-10-01"}, Ignored("from", "2026-10-01", "ends_before_start", "2026-07-01/2026-09-30")),
        ({"compare": "month"}, Ignored("compare", "month", "unknown_value", "year")),
        ({"root": "TL"}, Ignored("root", "TL", "unknown_value", "district")),
        ({"kind": "one_stop"}, Ignored("kind", "one_stop", "unknown_value", "commune")),
        ({"units": "xa-tan-an"}, Ignored("units", "xa-tan-an", "unknown_value")),
        ({"units": "HN-dat"}, Ignored("units", "HN-dat", "other_root")),
        ({"units": "phong-tn", "kind": "commune"}, Ignored("units", "phong-tn", "other_kind")),
        ({"fields": "đất đai"}, Ignored("fields", "đất đai", "unknown_value")),
        ({"procedures": "9"}, Ignored("procedures", "9", "unknown_value")),
        ({"channels": "fax"}, Ignored("channels", "fax", "unknown_value")),
        ({"instrument": "giay"}, Ignored("instrument", "giay", "unknown_value", "sipas")),
        ({"on_time": "soon"}, Ignored("on_time", "soon", "unknown_value", "due")),
        ({"boundaries": "1975"}, Ignored("boundaries", "1975", "unknown_value", "now")),
        ({"snapshot": "2026-09-15-a"}, Ignored("snapshot", "2026-09-15-a", "snapshot_gone", "2026-10-02-a")),
        ({"lang": "fr"}, Ignored("lang", "fr", "unknown_value", "vi")),
        ({"xa": "KhongCo"}, Ignored("xa", "KhongCo", "unknown_parameter")),
    ],
)
def test_what_a_link_cannot_honour_is_named(params, expected):
    assert ignored(**params) == (expected,)


def test_both_ends_are_named_when_the_period_runs_backwards():
    named = ignored(from_="2026-03-01", to="2026-02-01")
    assert [(part.parameter, part.why) for part in named] == [
        ("from", "ends_before_start"),
        ("to", "ends_before_start"),
    ]


def test_known_parts_are_kept_beside_unknown_ones():
    scope, named = read_link({"units": "xa-dong,xa-tan-an", "fields": "land"}, KNOWN)
    assert (scope.units, scope.fields) == (("xa-dong",), ("land",))
    assert named == (Ignored("units", "xa-tan-an", "unknown_value"),)


def test_a_page_may_have_parameters_of_its_own():
    assert read_link({"model": "m1"}, KNOWN, own={"model"})[1] == ()


@pytest.mark.parametrize(
    ("units", "kind"),
    [
        ("phong-tn", "department"),
        ("phong-tn,xa-dong", None),
        ("", "commune"),
        ("xa-tan-an", "commune"),
        ("HN-dat", "commune"),
    ],
)
def test_units_without_a_kind_bring_their_own(units, kind):
    assert read_link({"units": units}, KNOWN)[0].kind == kind


def test_the_default_is_the_last_full_quarter_of_the_district():
    expected = Scope(
        snapshot="2026-10-02-a",
        root="district",
        period=Period(date(2026, 7, 1), date(2026, 9, 30)),
        compare="year",
        kind="commune",
        instrument="sipas",
    )
    assert default_scope(KNOWN) == expected
    assert read_link({}, KNOWN) == (expected, ())


def test_the_default_covers_what_there_is_when_no_quarter_is_whole():
    short = Known("s", ("s",), (Root("TL", "Thạnh Lợi", date(2017, 1, 3), date(2017, 4, 29)),), (), (), (), (), ())
    scope = default_scope(short)
    assert (scope.period, scope.kind, scope.instrument) == (Period(date(2017, 1, 3), date(2017, 4, 29)), None, None)


def test_a_snapshot_without_roots_is_refused():
    empty = Known("s", ("s",), (), (), (), (), (), ())
    with pytest.raises(ValueError, match="no root unit"):
        read_link({}, empty)


@pytest.mark.parametrize(
    ("wanted", "opened"),
    [
        (None, "2026-10-01-a"),
        ("latest", "2026-10-01-a"),
        ("2026-08-31-a", "2026-08-31-a"),
        ("2026-09-15-a", "2026-10-01-a"),
        ("2027-01-01-a", "2026-10-02-a"),
        ("2020-01-01-a", "2026-08-31-a"),
    ],
)
def test_the_snapshot_of_a_link_is_opened_or_the_next_one_kept(wanted, opened):
    params = {} if wanted is None else {"snapshot": wanted}
    assert wanted_snapshot(params, KNOWN.snapshots, latest="2026-10-01-a") == opened


def test_equal_questions_are_one_cache_key():
    one = default_scope(KNOWN).with_(units=("b", "a", "b"))
    assert one == default_scope(KNOWN).with_(units=("a", "b"))
    assert len({one, one.with_(units=("a", "b"))}) == 1


@given(scopes())
def test_the_comparison_keeps_every_filter(scope):
    compared = scope.compared()
    if compared is None:
        assert scope.comparison_period() is None
    else:
        assert compared == scope.with_(period=scope.comparison_period(), compare="none")
        assert compared.period.ends_on < scope.period.starts_on


def period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("asked", "previous", "year_before"),
    [
        # whole calendar periods
        (("2024-02-01", "2024-02-29"), ("2024-01-01", "2024-01-31"), ("2023-02-01", "2023-02-28")),
        (("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30"), ("2025-07-01", "2025-09-30")),
        (("2026-01-01", "2026-06-30"), ("2025-07-01", "2025-12-31"), ("2025-01-01", "2025-06-30")),
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31"), ("2023-01-01", "2023-12-31")),
        # beginnings of one
        (("2026-07-01", "2026-08-15"), ("2026-04-01", "2026-05-16"), ("2025-07-01", "2025-08-15")),
        (("2026-01-01", "2026-08-31"), ("2025-01-01", "2025-08-31"), ("2025-01-01", "2025-08-31")),
        (("2024-01-01", "2024-08-15"), ("2023-01-01", "2023-08-16"), ("2023-01-01", "2023-08-16")),
        (("2026-03-01", "2026-03-30"), ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-30")),
        # the statutory month and quarter
        (("2026-02-15", "2026-03-14"), ("2026-01-15", "2026-02-14"), ("2025-02-15", "2025-03-14")),
        (("2025-12-15", "2026-03-14"), ("2025-09-15", "2025-12-14"), ("2024-12-15", "2025-03-14")),
        # anything else
        (("2026-05-10", "2026-05-20"), ("2026-04-29", "2026-05-09"), ("2025-05-10", "2025-05-20")),
        (("2024-02-29", "2024-02-29"), ("2024-02-28", "2024-02-28"), ("2023-02-28", "2023-02-28")),
        (("2024-01-01", "2025-12-31"), ("2022-01-01", "2023-12-31"), None),
        (("2023-03-31", "2024-03-30"), ("2022-03-30", "2023-03-30"), ("2022-03-31", "2023-03-30")),
    ],
)
def test_what_a_period_is_compared_with(asked, previous, year_before):
    assert period(*asked).previous() == period(*previous)
    assert period(*asked).year_before() == (period(*year_before) if year_before else None)


@given(days(), st.integers(0, 800))
def test_periods_compared_never_overlap(first, length):
    asked = Period(first, first + timedelta(days=length))
    assert asked.previous().ends_on < asked.starts_on
    before = asked.year_before()
    if before is None:
        assert asked.days > 365
    else:
        assert before.ends_on < asked.starts_on
        assert abs(before.days - asked.days) <= 1


@given(days(), st.integers(-600, 600))
def test_months_are_added_as_on_a_calendar(day, months):
    assume(2 <= day.year + months // 12 <= 9000)
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


def test_presets():
    cut_off = date(2026, 9, 29)
    assert last_full("quarter", cut_off) == period("2026-04-01", "2026-06-30")
    assert last_full("month", cut_off) == period("2026-08-01", "2026-08-31")
    assert last_full("month", date(2026, 9, 30)) == period("2026-09-01", "2026-09-30")
    assert year_to_date(cut_off) == period("2026-01-01", "2026-09-29")
    assert calendar_period(cut_off, "half_year") == period("2026-07-01", "2026-12-31")
    assert full_periods("quarter", date(2025, 12, 31), cut_off) == (
        period("2026-04-01", "2026-06-30"),
        period("2026-01-01", "2026-03-31"),
    )
    assert full_periods("year", date(2025, 12, 31), cut_off) == ()
    assert [period("2026-07-01", last).kind for last in ("2026-07-31", "2026-09-30", "2026-12-31", "2026-12-30")] == [
        "month",
        "quarter",
        "half_year",
        "custom",
    ]


def test_a_period_knows_its_days():
    quarter = period("2026-07-01", "2026-09-30")
    assert quarter.days == 92
    assert [quarter.contains(date(2026, month, 1)) for month in (6, 7, 9, 10)] == [False, True, True, False]
    with pytest.raises(ValueError, match="cannot end"):
        period("2026-09-30", "2026-07-01")


def test_a_local_viewer_sees_everything():
    assert Viewer().allows("xa-dong")
    assert Viewer() == Viewer()
    assert hash(Viewer()) == hash(Viewer())
