"""A district of eight communes over two years, loaded for real: a test states who adopts what, and what it does."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from comparison.scope import Period, Scope
from etl.reference.columns import FILES
from tests.helpers.examples import Row, add_reference, answer, case, load, office, write, write_sheets
from warehouse.snapshots import Warehouse, open_snapshot

UNITS = "code,name,kind,parent,valid_from,valid_to,aliases\nR,Huyện Thử,district,,,,\n" + "".join(
    f"x{number},Xã {name},commune,R,,,\n"
    for number, name in enumerate(("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám"), 1)
) + "p1,Phòng Một,department,R,,,\n"  # fmt: skip
COMMUNES = {
    f"Xã {name}": f"x{number}" for number, name in enumerate(("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám"), 1)
}
FIRST, MONTHS, EACH = date(2022, 1, 1), 24, 8
MODELS = "m,Mô hình một,,\nn,Mô hình hai,,\n"
# How many more of a unit's eight answers of a month are satisfied, or cases late.
Lift = Callable[[str, date], int]


def nothing(unit: str, month: date) -> int:
    return 0


def month_of(number: int) -> date:
    return date(FIRST.year + number // 12, number % 12 + 1, 1)


def reference(name: str, rows: str) -> None:
    add_reference(name, ",".join(FILES[name].columns) + "\n" + rows)


def rows_made(satisfied: Lift, late: Lift, months: int) -> tuple[list[Row], list[Row]]:
    """(cases, sheets): eight each a unit and month, around five satisfied and two late; fields take turns."""
    cases, sheets = [], []
    for at, (name, unit) in enumerate(COMMUNES.items()):
        for number in range(months):
            month = month_of(number)
            noise = (7 * at + 3 * number) % 3 - 1
            pleased, slow = 4 + noise + satisfied(unit, month), 2 + noise + late(unit, month)
            for copy in range(EACH):
                received = month + timedelta(1 + 3 * copy)
                due = received + timedelta(20)
                field = "Đất đai" if copy % 2 else "Hộ tịch"
                cases.append(
                    case(
                        unit=name, received_at=received, due_at=due, field=field, status="finished",
                        finished_at=due + timedelta(3 if copy < slow else -1),
                    )
                )  # fmt: skip
                # Every other sheet is tied to its case.
                code = cases[-1]["case_code"] if copy % 2 == 0 else None
                score = 5 if copy < pleased else 2
                sheets.append(answer(unit=name, answered_on=received, score=score, case_code=code))
    return cases, sheets


def loaded(
    folder: Path, adoptions: str, *, events: str = "", models: str = MODELS, satisfied: Lift = nothing,
    late: Lift = nothing, months: int = MONTHS, change: Callable[[list[Row]], list[Row]] = list,
    units: str = UNITS,
) -> tuple[Warehouse, list[Row], list[Row]]:  # fmt: skip
    """The warehouse of such a district, and the rows of the exports it was loaded from."""
    office()
    add_reference("units", units)
    reference("models", models)
    reference("adoptions", adoptions)
    reference("events", events)
    cases, sheets = rows_made(satisfied, late, months)
    cases = change(cases)
    last = month_of(months - 1)
    last = last.replace(day=monthrange(last.year, last.month)[1])
    # Cases of the last months end after the last day.
    shown = [
        row if row["finished_at"] <= last else {**row, "finished_at": None, "status": "in_progress"} for row in cases
    ]
    banner = ["DANH SÁCH HỒ SƠ", f"Ngày xuất: {last:%d/%m/%Y}"]
    paths = [
        write(folder / "xuat" / "ho-so.csv", shown, banner=banner),
        write_sheets(folder / "xuat" / "phieu.csv", sheets, banner=banner),
    ]
    answered = load(*paths)
    assert answered["exit"] == 0, answered
    return open_snapshot(), shown, sheets


def scope(**changes: object) -> Scope:
    """All communes in the last quarter of the two years."""
    return Scope(
        snapshot="latest", root="R", period=Period(date(2023, 10, 1), date(2023, 12, 31)), compare="none",
        kind="commune", instrument="PDG-TTHC",
    ).with_(**changes)  # fmt: skip
