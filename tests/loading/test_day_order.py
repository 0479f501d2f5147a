"""Whether day or month comes first: decided by the file, told or refused where it cannot be."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from etl.reading import FileRefused, Parsed
from tests.helpers.export_files import HEADER, case, csv_file, parse, profile, xlsx_file

DAY_FIRST, MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"
Days = Sequence[datetime]


def days(first: str, number: int, step: int = 1) -> list[datetime]:
    """So many days from "2024-03-01" on, with equal steps."""
    return [datetime.fromisoformat(first) + timedelta(days=step * at) for at in range(number)]


def rows(received: Days, form: str, *, code: str = "H20-{at:04d}", due_after: int = 5) -> list[list[object]]:
    """Cases received on these days, due and finished some days later, dates written in this form."""
    return [
        HEADER,
        *(
            case(
                at,
                code=code.format(at=at, day=day),
                received=f"{day:{form}}",
                due=f"{day + timedelta(days=due_after):{form}}",
                finished=f"{day + timedelta(days=1):{form}}",
            )
            for at, day in enumerate(received)
        ),
    ]


def received(parsed: Parsed) -> list[datetime]:
    return parsed.frame["received_at"].to_list()


YEAR = days("2023-02-01", 60, 6)
FIRST_DAYS = [day for day in days("2023-02-01", 300) if day.day <= 7][::2]


@pytest.mark.parametrize("keys", ["", f'dates = ["{DAY_FIRST}"]'])
def test_day_first_is_read(tmp_path: Path, keys: str) -> None:
    parsed = parse(csv_file(tmp_path, rows(YEAR, DAY_FIRST)), profile(tmp_path, keys))
    assert received(parsed) == YEAR
    assert parsed.told == ()


@pytest.mark.parametrize("keys", ["", f'dates = ["{DAY_FIRST}"]'])
@pytest.mark.parametrize(
    ("given", "code", "sign"),
    [
        (YEAR, "H20-{at:04d}", "số lớn hơn 12"),
        (FIRST_DAYS[:25], "H20-{day:%y%m%d}-{at:04d}", "ngày trong mã hồ sơ"),
        (days("2024-03-01", 9) * 3, "H20-{at:04d}", "cách ngày trải qua các tháng"),
        (FIRST_DAYS, "H20-{at:04d}", "khoảng cách"),
    ],
)
def test_month_first_is_refused(tmp_path: Path, keys: str, given: Days, code: str, sign: str) -> None:
    path = csv_file(tmp_path, rows(given, MONTH_FIRST, code=code, due_after=3))
    with pytest.raises(FileRefused) as refused:
        parse(path, profile(tmp_path, keys))
    assert sign in refused.value.reason
    assert refused.value.reason.count("tháng trước") >= 3
    assert '["%m/%d/%Y"]' in refused.value.remedy


def test_month_first_is_read_where_the_profile_says_so(tmp_path: Path) -> None:
    own = profile(tmp_path, f'dates = ["{MONTH_FIRST}"]')
    assert received(parse(csv_file(tmp_path, rows(YEAR, MONTH_FIRST)), own)) == YEAR
    # Nothing in the first nine days of March tells it.
    march = days("2024-03-01", 9) * 3
    assert received(parse(csv_file(tmp_path, rows(march, MONTH_FIRST)), own)) == march
    with pytest.raises(FileRefused, match="lớn hơn 12"):
        parse(csv_file(tmp_path, rows(YEAR, DAY_FIRST)), own)


def test_an_export_of_years_is_day_first(tmp_path: Path) -> None:
    for step in (1, 3, 5, 10):
        years = days("2019-01-01", 1800 // step, step)
        assert received(parse(csv_file(tmp_path, rows(years, DAY_FIRST)), profile(tmp_path))) == years


def test_the_first_days_of_a_month_are_day_first(tmp_path: Path) -> None:
    march = days("2024-03-01", 9) * 3
    assert received(parse(csv_file(tmp_path, rows(march, DAY_FIRST)), profile(tmp_path))) == march


def test_a_span_in_the_banner_tells_the_order(tmp_path: Path) -> None:
    some = [datetime(2024, month, month + 1) for month in (1, 2, 3)] * 8
    for form, is_read in ((DAY_FIRST, True), (MONTH_FIRST, False)):
        path = csv_file(tmp_path, [["Từ ngày 01/01/2024 đến ngày 05/03/2024"], *rows(some, form, due_after=0)])
        # Months 1 to 3 exchanged with days 2 to 4 leave the span in part.
        if is_read:
            assert received(parse(path, profile(tmp_path, f'dates = ["{DAY_FIRST}"]'))) == some
        else:
            with pytest.raises(FileRefused, match="khoảng thời gian"):
                parse(path, profile(tmp_path))


def test_few_dates_without_any_sign_are_told_and_many_refused(tmp_path: Path) -> None:
    day = [datetime(2024, 3, 1), datetime(2024, 3, 2)]
    few = parse(csv_file(tmp_path, rows(day * 3, DAY_FIRST)), profile(tmp_path))
    assert received(few) == day * 3
    assert len(few.told) == 1
    with pytest.raises(FileRefused, match="ngày hay tháng"):
        parse(csv_file(tmp_path, rows(day * 7, DAY_FIRST)), profile(tmp_path))
    assert received(parse(csv_file(tmp_path, rows(day * 7, DAY_FIRST)), profile(tmp_path, f'dates = ["{DAY_FIRST}"]')))


def test_a_slip_in_a_day_first_file_rejects_its_row_alone(tmp_path: Path) -> None:
    given = [*rows(YEAR, DAY_FIRST), case(99, code="H20-9999", received="02/15/2023", due="", finished="")]
    parsed = parse(csv_file(tmp_path, given), profile(tmp_path))
    assert parsed.rejected.select("column", "reason").rows() == [("Ngày tiếp nhận", "unreadable_date")]


def test_two_orders_in_one_file_are_refused(tmp_path: Path) -> None:
    half = len(YEAR) // 2
    mixed = rows(YEAR[:half], DAY_FIRST) + rows(YEAR[half:], MONTH_FIRST, code="H21-{at:04d}")[1:]
    with pytest.raises(FileRefused, match="lẫn hai cách viết"):
        parse(csv_file(tmp_path, mixed), profile(tmp_path, f'dates = ["{DAY_FIRST}"]'))


def exchanged(day: datetime) -> object:
    """As an American Excel takes a Vietnamese date: a true date where it can, day and month exchanged, else text."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"


def test_true_dates_that_excel_exchanged_are_refused(tmp_path: Path) -> None:
    def sheet(given: Days, code: str) -> list[list[object]]:
        return [
            HEADER,
            *(
                case(
                    at,
                    code=code.format(at=at, day=day),
                    received=exchanged(day),
                    due=exchanged(day + timedelta(3)),
                    finished="",
                )
                for at, day in enumerate(given)
            ),
        ]

    for given, code in ((YEAR, "H20-{at:04d}"), (FIRST_DAYS[:30], "H20-{day:%y%m%d}-{at:04d}")):
        with pytest.raises(FileRefused, match="đổi chỗ ngày với tháng"):
            parse(xlsx_file(tmp_path, A=sheet(given, code)), profile(tmp_path))
    # True dates as they should be, and a few typed by hand.
    right = [
        HEADER,
        *(case(at, code=f"H20-{at}", received=day, due=day + timedelta(3), finished="") for at, day in enumerate(YEAR)),
        *(case(70 + at, code=f"H21-{at}", received="14/03/2023", due="", finished="") for at in range(4)),
    ]
    assert parse(xlsx_file(tmp_path, A=right), profile(tmp_path)).frame.height == len(YEAR) + 4
