"""A headless Chromium, and the dashboard served as people start it, on a copy of the small district."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.helpers.browsing import CHROMIUM, PATIENCE, Contexts
from tests.helpers.hostile import hostile_district
from warehouse.folders import PROJECT
from warehouse.snapshots import close_snapshots

HERE = Path(__file__).parent
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Playwright's own event loop leaves sockets to the garbage collector when a browser closes."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


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


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Where the dashboard with these data is served, on a free port of the loopback address."""
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


@pytest.fixture(scope="session")
def address(data: Path) -> Iterator[str]:
    """Where the dashboard is served."""
    with served(data) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_address(small_district_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a dashboard is served in whose data every name is hostile."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder))
        hostile_district(folder, small_district_folder)
        close_snapshots()
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def kept_contexts(browser: Browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture
def contexts(kept_contexts: Contexts) -> Iterator[Contexts]:
    """Browsers for one test."""
    yield kept_contexts
    kept_contexts.forget()


@pytest.fixture
def context(contexts: Contexts) -> BrowserContext:
    """A laptop's browser."""
    return contexts.of(viewport={"width": 1366, "height": 768}, locale="en-US")
