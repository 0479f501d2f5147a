"""Titles say what the numbers show, and no more than they can bear."""

import numpy as np
import pytest

from comparison.statistics import COMPARED_FROM
from comparison.statistics.differences import newcombe
from comparison.wording import findings
from comparison.wording.findings import Cell, Change, Share

NBSP = "\N{NO-BREAK SPACE}"


def spaced(text: str) -> str:
    return text.replace(NBSP, " ")


def test_the_fewest_of_a_finding_are_those_that_are_compared():
    assert findings.FEWEST == COMPARED_FROM


def test_newcombe_as_published():
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10: 56/70 against 48/80.
    difference, low, high = newcombe(56, 70, 48, 80)
    assert float(difference) == pytest.approx(0.2)
    assert round(float(low), 4) == 0.0524
    assert round(float(high), 4) == 0.3339


def test_newcombe_of_nothing_is_nothing():
    assert np.isnan(newcombe([0, 3], [0, 5], [1, 0], [2, 0])[0]).all()
    with pytest.raises(ValueError, match="between 0 and n"):
        newcombe(3, 2, 1, 2)


CHANGE = Change(Share(963, 1000), Share(972, 1000), is_clear=True)


@pytest.mark.parametrize(
    ("on_time", "change", "late", "most", "title"),
    [
        (Share(0, 0), None, 0, None, "Chưa có hồ sơ nào đến hạn trong kỳ này"),
        (Share(24, 24), None, 0, None, "Tổng quan"),
        (Share(25, 25), None, 0, ("Đất đai", 0), "Đúng hạn 100,0 %; không hồ sơ nào trễ hạn"),
        (Share(963, 1000), CHANGE, 37, ("Đất đai", 30), "Đúng hạn giảm 0,9 điểm; 81 % số hồ sơ trễ là đất đai"),
        (Share(963, 1000), CHANGE, 37, ("Đất đai", 18), "Đúng hạn giảm 0,9 điểm; 37 hồ sơ trễ hạn"),
        (Share(996, 1000), None, 4, ("Đất đai", 4), "Đúng hạn 99,6 %; 4 hồ sơ trễ hạn"),
        (
            Share(963, 1000), Change(CHANGE.now, CHANGE.before, is_clear=False), 37, None,
            "Đúng hạn 96,3 %; 37 hồ sơ trễ hạn",
        ),
    ],
)  # fmt: skip
def test_overview(on_time, change, late, most, title):
    assert spaced(findings.overview_title("vi", on_time, change, late, most)) == title


def test_a_rise_says_so():
    risen = Change(CHANGE.before, CHANGE.now, is_clear=True)
    title = findings.overview_title("vi", CHANGE.before, risen, 28, None)
    assert spaced(title).startswith("Đúng hạn tăng 0,9 điểm")
    assert findings.changed_share_title("en", "satisfied", CHANGE.before, risen).endswith(f", up 0.9{NBSP}points")


@pytest.mark.parametrize(
    ("late", "field", "title"),
    [
        (Share(0, 0), None, "Chưa có hồ sơ nào đến hạn trong kỳ này"),
        (Share(1, 24), None, "Trễ hạn"),
        (Share(0, 412), None, "Không hồ sơ nào trễ hạn trong 412 hồ sơ đến hạn"),
        (Share(30, 400), None, "7,5 % hồ sơ trễ hạn"),
        (Share(30, 400), ("Đất đai", Share(29, 100)), "Đất đai trễ 29,0 %; các lĩnh vực khác cộng lại 0,3 %"),
    ],
)
def test_lateness(late, field, title):
    assert spaced(findings.lateness_title("vi", late, field, Share(1, 300))) == title


def test_a_cell_names_its_counts_and_the_others():
    cell = Cell("X. Hiệp Phước", "Đất đai", Share(58, 142), 0.331, 0.49, Share(100, 1000))
    assert spaced(findings.cell_title("vi", cell)) == "X. Hiệp Phước trễ 40,8 % hồ sơ đất đai"
    assert findings.cell_title("vi", cell, compared=True).endswith("gấp 4,1 lần nơi khác")
    counts = spaced(findings.cell_counts("vi", cell))
    for number in ("58", "142", "33,1–49,0 %", "100", "1.000", "10,0 %"):
        assert number in counts
    nobody = Cell("X. Hiệp Phước", "Đất đai", Share(58, 142), 0.331, 0.49, Share(0, 1000))
    assert "lần" not in findings.cell_title("vi", nobody, compared=True)


@pytest.mark.parametrize(
    ("total", "half", "units", "title"),
    [
        (490, 4, 14, "Bốn đơn vị chiếm 53 % số hồ sơ trễ"),
        (490, 5, 14, "Số hồ sơ trễ hạn theo đơn vị"),
        (24, 1, 14, "Số hồ sơ trễ hạn theo đơn vị"),
        (0, 0, 14, "Số hồ sơ trễ hạn theo đơn vị"),
    ],
)
def test_half(total, half, units, title):
    part = Share(round(0.53 * total), total)
    assert spaced(findings.half_title("vi", "late", part, half, units)) == title


def test_spans_need_two_units():
    said = spaced(findings.span_title("vi", "online", [0.95, 0.9]))
    assert said == "Nộp trực tuyến từ 90,0 % đến 95,0 % giữa các đơn vị"
    assert findings.span_title("vi", "satisfied", [0.95]) == "Hài lòng"


def test_satisfaction_that_is_hidden_is_not_missing():
    assert findings.changed_share_title("vi", "satisfied", Share(0, 0), None) == "Chưa có phiếu nào trong kỳ này"
    assert findings.changed_share_title("vi", "satisfied", Share(0, 0, is_hidden=True), None) == "Hài lòng"
    assert findings.changed_share_title("vi", "satisfied", Share(20, 24), None) == "Hài lòng"


def test_volume():
    assert findings.volume_title("vi", 0, None, 0) == "Chưa có hồ sơ nào trong kỳ này"
    assert findings.volume_title("vi", 5, 24, 5) == "Tiếp nhận 5 hồ sơ; giải quyết 5"
    assert spaced(findings.volume_title("vi", 110, 100, 5)) == "Tiếp nhận 110 hồ sơ, tăng 10,0 %; giải quyết 5"
    assert spaced(findings.volume_title("vi", 90, 100, 5)) == "Tiếp nhận 90 hồ sơ, giảm 10,0 %; giải quyết 5"
    assert findings.flow_title("vi", 9, 8, 1) == "Tiếp nhận và giải quyết theo tháng"
    assert findings.flow_title("vi", 1200, 1100, 12) == "Tiếp nhận 1.200, giải quyết 1.100 hồ sơ trong 12 tháng"
    assert findings.largest_title("vi", "received", "Đất đai", Share(3, 5)) == "Số hồ sơ tiếp nhận theo lĩnh vực"


def test_models():
    assert findings.models_none("vi") == "Chưa có đơn vị nào làm mô hình"
    assert findings.models_none("en") != findings.models_none("vi")


def test_reconciled():
    assert findings.reconciled_title("vi", 10, 0) == "Mọi hồ sơ nhận giải quyết đều đối chiếu được"
    assert findings.reconciled_title("vi", 10, -2) == "−2 hồ sơ chưa đối chiếu được"
    assert findings.reconciled_title("vi", 0, 0) == "Chưa có hồ sơ nào trong kỳ này"


def test_a_drilled_cell_never_gives_a_rate_without_due_dates():
    row = {"numerator": 0, "denominator": 0, "low": None, "high": None, "excluded": 7}
    text = findings.drilled("vi", "X. An", "Đất đai", row)
    assert text == "X. An, đất đai: không có dữ liệu về hạn (7 hồ sơ không tính được)"
    few = {"numerator": 1, "denominator": 24, "low": 0.0, "high": 0.2, "excluded": 0}
    assert "%" not in findings.drilled("vi", "X. An", "Đất đai", few)
    assert "4,0 %" in spaced(findings.drilled("vi", "X. An", "Đất đai", few | {"denominator": 25}))
