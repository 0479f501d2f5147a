"""The planted truths of volume and lateness are found, and nobody else accused, in districts dealt anew."""

import re
from pathlib import Path

import pytest

from etl.demo.ground import truths
from tests.helpers import demo
from tests.helpers.lateness_page import LATE, MIX, PERFECT, SINGLE, YEARS, accused, praised, spec
from tests.helpers.page_words import headings
from tests.helpers.pages import opened
from tests.helpers.signals_page import SIGNALS, WORSE, chart, flagged, icons


def dealt_with(seed: int) -> demo.Demo:
    return demo.Demo(f"district_{seed}", (("--scenario", "district", "--cases", "100000", "--seed", str(seed)),))


DEALT = [demo.DISTRICT, *(pytest.param(dealt_with(seed), marks=pytest.mark.long) for seed in (2, 3))]


@pytest.fixture(scope="module", params=DEALT, ids=lambda dealt: dealt.name)
def dealt(request: pytest.FixtureRequest, _no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the district of 100,000 cases, dealt with some seed. Read only."""
    return demo.made_once(tmp_path_factory, request.param)


@pytest.fixture
def another(dealt: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOISANH_DATA", str(dealt))
    return dealt


def test_late_communes_are_found_and_good_ones_not_accused(another):
    app = opened("lateness", **YEARS)
    funnel, adjusted = spec(app, "tre-han-pheu"), spec(app, "tre-han-co-cau")
    assert LATE <= accused(funnel) <= LATE | {MIX}
    assert accused(adjusted) == LATE
    for small in (PERFECT, SINGLE):
        for figure in (funnel, adjusted):
            assert small not in accused(figure) | praised(figure)


def test_the_department_that_turned_worse_is_named_and_small_communes_are_not(another):
    # With some 40 cases a month, one better month ends a run: its chart tells the whole story, the last month need not.
    seen = [
        text[3:7] + "-" + text[:2]
        for text in flagged(chart(opened("overview", kind="department", units=WORSE), "on_time"))
    ]
    turned = f"{truths()['worse']['from']:%Y-%m}"
    assert len([month for month in seen if month >= turned]) >= 12
    communes = icons(opened("overview"))
    for small in (PERFECT, SINGLE):
        assert not set(SIGNALS) & set(communes[small])


def test_tet_is_found_on_the_page_of_volume(another):
    titles = headings(opened("volume"))
    (tet,) = [title for title in titles if title.startswith("Quanh Tết")]
    share = re.search(r"bằng (\d+) %", tet)
    assert share
    assert int(share[1]) < 75
