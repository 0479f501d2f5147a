"""Every test gets a data folder of its own; loaded demo data are made once and shared by all workers."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers import demo, examples
from warehouse.folders import data_folder
from warehouse.snapshots import close_snapshots

# A busy machine must not fail a test, nor chance: the same examples every time.
_ON_A_BUSY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", _ON_A_BUSY_MACHINE, derandomize=True)
settings.register_profile("long", _ON_A_BUSY_MACHINE, max_examples=1000, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def _no_real_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The installation's own data folder is out of reach, also for what is set up outside a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(tmp_path_factory.mktemp("nobody") / "data"))
        yield
        close_snapshots()


@pytest.fixture(autouse=True)
def own_data(_no_real_data: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder (not yet made), the one that DOISANH_DATA names during the test."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DOISANH_DATA", str(folder))
    examples.count_anew()
    yield folder
    # Snapshots of shared data stay open from test to test.
    if data_folder() == folder.resolve():
        close_snapshots()


class _PageErrors(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "page_failed":
            self.found.append(getattr(record, "values", None))


@pytest.fixture(autouse=True)
def page_errors() -> Iterator[list[object]]:
    """The errors that pages told of in words, as logged; a test that does not clear the list fails by them."""
    handler = _PageErrors()
    logger = logging.getLogger("doi_sanh")
    logger.addHandler(handler)
    yield handler.found
    logger.removeHandler(handler)
    assert handler.found == []


@pytest.fixture(scope="session")
def hn_tl_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the scenarios HN and TL loaded. Read only."""
    return demo.made_once(tmp_path_factory, demo.HN_TL)


@pytest.fixture(scope="session")
def nb_kc_ta_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the scenarios NB, KC and TA loaded. Read only."""
    return demo.made_once(tmp_path_factory, demo.NB_KC_TA)


@pytest.fixture(scope="session")
def small_district_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the district of 20,000 cases loaded. Read only."""
    return demo.made_once(tmp_path_factory, demo.SMALL_DISTRICT)


@pytest.fixture(scope="session")
def district_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the district of 100,000 cases loaded, enough for a verdict on its models. Read only."""
    return demo.made_once(tmp_path_factory, demo.DISTRICT)


@pytest.fixture
def hn_tl(hn_tl_folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """DOISANH_DATA names the folder with HN and TL loaded during the test. Read only."""
    monkeypatch.setenv("DOISANH_DATA", str(hn_tl_folder))
    return hn_tl_folder


@pytest.fixture
def nb_kc_ta(nb_kc_ta_folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """DOISANH_DATA names the folder with NB, KC and TA loaded during the test. Read only."""
    monkeypatch.setenv("DOISANH_DATA", str(nb_kc_ta_folder))
    return nb_kc_ta_folder


@pytest.fixture
def small_district(small_district_folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """DOISANH_DATA names the folder with the small district loaded during the test. Read only."""
    monkeypatch.setenv("DOISANH_DATA", str(small_district_folder))
    return small_district_folder


@pytest.fixture
def district(district_folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """DOISANH_DATA names the folder with the district of 100,000 cases during the test. Read only."""
    monkeypatch.setenv("DOISANH_DATA", str(district_folder))
    return district_folder
