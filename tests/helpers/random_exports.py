"""Made exports of two sources, loaded for real, and what the slow twins know of them."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import tests.helpers.slow_twins as twins
from tests.helpers.examples import add_profile, add_reference, answer, case, load, office, write, write_sheets

UNIT_CODES = {"Xã Một": "x1", "Xã Hai": "x2", "UBND xã Một": "x1", "Xã Ba": "x3", "Phòng Một": "p1", "Cụm Thử": "cum"}
KINDS = {"x1": "commune", "x2": "commune", "x3": "commune", "p1": "department", "cum": "one_stop"}
UNDER = {"R": set(KINDS), "cum": {"cum", "x1", "x2"}}
FIELD_CODES = {"Hộ tịch": "ho-tich", "Đất đai": "dat-dai", "Việc riêng": "Việc riêng"}
PROCEDURES = ["Thủ tục A", "Thủ tục B", "Thủ tục C"]
INSTRUMENTS = {"PDG-TTHC": ("Hài lòng chung", 4.0), "TONG": ("Chung", 7.0), "NAM": (None, 4.0)}
SCORES = {"PDG-TTHC": [1, 3, 4, 5], "TONG": [0, 6, 7, 10], "NAM": [1, 4, 4, 5]}


class Made:
    """A loaded folder, and what a twin knows of it. No dataclass: hypothesis would print all of it."""

    def __init__(self, folder: Path, cases: list[twins.Case], sheets: list[twins.Sheet]) -> None:
        self.folder, self.cases, self.sheets = folder, cases, sheets


def by_code(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a twin reads it: names as codes."""
    unit = UNIT_CODES[row["unit"]]
    return {**row, "unit": unit, "field": FIELD_CODES.get(row["field"]), "unit_kind": KINDS[unit]}


def load_made(folder: Path, exports: Sequence[twins.Export], answers: Sequence[dict[str, Any]]) -> Made:
    """Write exports and answers as csv, load them, and judge them by the twins. DOISANH_DATA is `folder`/data."""
    office()
    add_profile("khac", source="khac", recognise_text=["Phần mềm khác"], complete=True)
    shipped = "PDG-TTHC,Phiếu,1-5,4,Hài lòng chung,true\nTONG,Phiếu tổng,0-10,7,Chung,false\nNAM,,1-5,4,,false\n"
    # A per-case instrument that nobody was given takes no part in a response rate.
    add_reference("instruments", "instrument,title,scale,satisfied_from,overall_item,per_case\n"
                  + shipped + "CHUA-DUNG,Phiếu mới,1-5,4,Chung,true\n")  # fmt: skip
    paths = []
    for number, export in enumerate(exports):
        banner = ["Phần mềm khác"] if export.source == "khac" else []
        if export.span:
            banner.append("Từ ngày {:%d/%m/%Y} đến ngày {:%d/%m/%Y}".format(*export.span))
        banner.append(f"Ngày xuất: {export.extracted_on:%d/%m/%Y}")
        paths.append(write(folder / f"{number}.csv", export.rows, banner=banner))
    if answers:
        paths.append(write_sheets(folder / "phieu.csv", answers))
    found = load(*paths)
    assert found["exit"] == 0
    judged = twins.cases_of(
        [
            twins.Export(each.source, each.extracted_on, [by_code(row) for row in each.rows], each.span)
            for each in exports
        ]
    )
    return Made(folder, judged, twins.sheets_of([by_code(row) for row in answers], judged, INSTRUMENTS))


def random_row(rng: random.Random, code: str, received: date) -> dict[str, Any]:
    due = None if rng.random() < 0.12 else received + timedelta(rng.randint(-2, 40))
    finished = None if rng.random() < 0.35 else received + timedelta(rng.randint(-2, 60))
    statuses = ["in_progress", "finished"] * 6 + ["awaiting_supplement", "awaiting_payment", *twins.WITHOUT_RESULT]
    return case(
        case_code=code,
        unit=rng.choice(list(UNIT_CODES)),
        procedure=rng.choice(PROCEDURES),
        field=rng.choice(list(FIELD_CODES)),
        received_at=received,
        due_at=due,
        finished_at=finished,
        status=rng.choice(statuses),
        channel=rng.choice(["in_person", "online", "online", "post", "unknown"]),
        apology_sent_on=due if rng.random() < 0.3 else None,
    )


def random_exports(rng: random.Random, cases: int) -> list[twins.Export]:
    """Exports of two sources, not loaded in the order of their extraction; cases change, conflict and vanish."""
    span = (date(2022, 12, 15), date(2023, 6, 30))
    days = [("thu", date(2023, 5, 15)), ("khac", date(2023, 4, 30)), ("thu", date(2023, 3, 31)),
            ("khac", date(2023, 6, 20)), ("thu", date(2023, 6, 30))]  # fmt: skip
    received = {f"H-{n}": span[0] + timedelta(rng.randint(0, 199)) for n in range(cases // 2)}
    exports = []
    for source, extracted_on in days:
        rows = [random_row(rng, code, day) for code, day in received.items() if rng.random() < 0.7]
        rows += [random_row(rng, row["case_code"], row["received_at"]) for row in rows[:3]] + rows[3:5]
        exports.append(twins.Export(source, extracted_on, rows, span if source == "khac" else None))
    return exports


def random_answers(rng: random.Random, exports: Sequence[twins.Export]) -> list[dict[str, Any]]:
    shown = [row for export in exports for row in export.rows]
    answers = []
    for number in range(390):
        instrument = rng.choice(list(INSTRUMENTS))
        overall = INSTRUMENTS[instrument][0] or "Kết quả"
        judged = rng.choice(shown)
        day = date(2023, 1, 1) + timedelta(rng.randint(0, 170))
        sheet = answer(
            sheet_id=f"P-{number}", instrument=instrument, answered_on=day,
            unit=judged["unit"], field=rng.choice([None, *FIELD_CODES]), channel=rng.choice(["online", "unknown"]),
            case_code=rng.choice([None, judged["case_code"]]),
        )  # fmt: skip
        answers += [{**sheet, "item": item, "score": rng.choice(SCORES[instrument])} for item in (overall, "Thái độ")]
        if rng.random() < 0.1:
            answers.pop(-2)
    return answers
