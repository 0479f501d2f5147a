"""Every test gets a data folder of its own; loaded demo data are made once and shared by all workers."""

import io
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from browsing import CHROMIUM, PATIENCE
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from etl import commands
from warehouse.folders import PROJECT, data_folder
from warehouse.snapshots import close_snapshots

# A busy machine must not fail a test, nor chance: the same examples every time.
settings.register_profile("repeatable", deadline=None, derandomize=True)
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
    yield folder
    # Snapshots of shared data stay open from test to test.
    if data_folder() == folder.resolve():
        close_snapshots()


def _made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[], None]) -> Path:
    """A data folder that `make` fills, once a session however many workers there are."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(folder.with_suffix(".lock")), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder))
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            make()
            (folder / "done").touch()
    return folder


def _demo(*arguments: str) -> None:
    out = io.StringIO()
    assert commands.main(["demo", *arguments], out) == 0, out.getvalue()


@pytest.fixture(scope="session")
def hn_tl_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the scenarios HN and TL loaded. Read only."""

    def make() -> None:
        _demo("--scenario", "HN")
        _demo("--scenario", "TL")

    return _made_once(tmp_path_factory, "hn_tl", make)


@pytest.fixture(scope="session")
def nb_kc_ta_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the scenarios NB, KC and TA loaded. Read only."""

    def make() -> None:
        _demo("--scenario", "NB")
        _demo("--scenario", "KC")
        _demo("--scenario", "TA")

    return _made_once(tmp_path_factory, "nb_kc_ta", make)


@pytest.fixture(scope="session")
def small_district_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the district of 20,000 cases loaded. Read only."""
    return _made_once(tmp_path_factory, "small_district", lambda: _demo("--scenario", "district", "--cases", "20000"))


@pytest.fixture(scope="session")
def district_folder(_no_real_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the district of 100,000 cases loaded, enough for a verdict on its models. Read only."""
    return _made_once(tmp_path_factory, "district", lambda: _demo("--scenario", "district", "--cases", "100000"))


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine, and CI=true asks for one: apt-get install chromium")
        pytest.skip("browser tests need Chromium: apt-get install chromium (Debian), brew install chromium (macOS)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def data(small_district_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small district, so that a test may load into it."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(small_district_folder, folder)
    return folder


@pytest.fixture(scope="session")
def address(data: Path) -> Iterator[str]:
    """Where the dashboard is served, on a free port of the loopback address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)],
        cwd=PROJECT,
        env={**os.environ, "DOISANH_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    give_up = monotonic() + PATIENCE / 1000
    while monotonic() < give_up:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health").close()
            break
        except urllib.error.URLError:
            assert server.poll() is None, "the server ended before it answered"
            sleep(0.1)  # nothing else tells when a port is listened to
    yield address
    server.terminate()
    server.wait()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US") as context:
        context.set_default_timeout(PATIENCE)
        yield context
