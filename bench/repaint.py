"""How long a change of the period takes to be painted, beside the same page written with Dash, in one Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.data import FOLDER, demo_district, quarters
from comparison.scope import Period
from comparison.wording import dated_label
from warehouse.folders import PROJECT
from warehouse.snapshots import close_snapshots

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGES = {"Tổng quan": "", "Trễ hạn": "tre-han"}
WARM_UPS, CHANGES = 3, 25
MOST_TIMES = 2.0
AIM = 300
# Nothing painted for so long means that a page stands still, ms.
QUIET = 300
PATIENCE = 60_000
# Dash and what it needs stand aside: its pytest plugin would be loaded by every test otherwise.
PACKAGES = FOLDER / "packages"

# Notes when something was last painted: a change of what is seen in the document, a call to draw on a canvas or the end
# of a transition, each with the end of the frame that shows it. Not seen is what only tells the state of the app, and
# not waited for are the transitions of the box of periods itself: Dash turns its arrow round for 150 ms.
_WATCH = """
const unseen = name => /^(data-|aria-)/.test(name) || ["id", "name", "tabindex", "alt", "lang"].includes(name);
window.watched = {chosen: 0, painted: 0, waits: false};
const painted = () => {
    if (watched.waits) return;
    watched.waits = true;
    requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { watched.waits = false; watched.painted = performance.now(); };
        channel.port2.postMessage(0);
    });
};
addEventListener("pointerdown", event => { watched.chosen = event.timeStamp; }, true);
const box = ".st-key-choice-period, #period, [role=listbox]";
for (const name of ["transitionend", "animationend"])
    addEventListener(name, event => { if (!event.target.closest?.(box)) painted(); }, true);
for (const name of ["fillRect", "clearRect", "fillText", "drawImage", "stroke", "fill", "putImageData"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...all) { painted(); return draw.apply(this, all); };
}
addEventListener("DOMContentLoaded", () => new MutationObserver(changes => {
    if (changes.some(each => each.type !== "attributes" || !unseen(each.attributeName))) painted();
}).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true}));
"""
# The page has answered (its header names the period) and stands still.
_STANDS_STILL = """
([period, quiet]) => {
    const app = document.querySelector("[data-testid=stApp]");
    if (app && app.dataset.testScriptState !== "notRunning") return false;
    const header = document.querySelector("h1")?.closest(".stVerticalBlock, #page > div > div");
    return header?.innerText.includes(period) && !watched.waits && performance.now() - watched.painted > quiet;
}
"""
# What must be the same on both sides: titles, the words of tables, and all that is drawn in charts.
_FIGURES = """
() => ({
    titles: [...document.querySelectorAll("h1, h2, h3")].map(each => each.innerText),
    cells: [...document.querySelectorAll(":is(.stHtml, #page :not(.list) > .html) :is(td, th)")].map(
        each => each.innerText,
    ),
    charts: [...document.querySelectorAll(".js-plotly-plot")].map(
        each => each._fullData.map(trace => [trace.type, trace.x?.length, trace.y?.length]),
    ),
})
"""


@contextmanager
def served(arguments: list[str], environment: dict[str, str], health: str) -> Iterator[tuple[str, int]]:
    """The address where a command of ours serves, on the free port that follows its arguments, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", *arguments, str(port)]
    server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        give_up = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                urllib.request.urlopen(address + health).close()
                break
            except urllib.error.URLError:
                assert server.poll() is None, f"{arguments[0]} ended before it answered"
                assert time.monotonic() < give_up, f"{arguments[0]} does not answer"
                time.sleep(0.1)  # nothing else tells when a port is listened to
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


class Side:
    """A page in a window of its own: of the dashboard, or the same one written with Dash."""

    def __init__(self, browser: Browser, address: str, periods: str) -> None:
        self.page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN").new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(_WATCH)
        self.page.goto(address)
        self.page.wait_for_selector("h1")
        self._periods = periods

    def change(self, period: Period) -> float:
        """Milliseconds from the press on a period in the open list until the last paint that follows."""
        label = dated_label("vi", period)
        self.page.locator(self._periods).click()
        self.page.wait_for_timeout(QUIET)  # the list has opened and stands still
        self.page.get_by_role("option", name=label, exact=True).click()
        self.page.wait_for_function(_STANDS_STILL, arg=[f"({label.partition(' (')[2]}", QUIET], polling=100)
        return float(self.page.evaluate("watched.painted - watched.chosen"))

    def figures(self) -> Any:
        return self.page.evaluate(_FIGURES)


def measure_page(browser: Browser, addresses: tuple[str, str], turns: Sequence[Period]) -> tuple[list[float], ...]:
    """Milliseconds of each change, ours and Dash's, which take turns, so that whatever else the machine does befalls
    them alike."""
    ours = Side(browser, addresses[0], ".st-key-choice-period input")
    dash = Side(browser, addresses[1], "#period")
    taken: tuple[list[float], ...] = ([], [])
    for turn in range(1, WARM_UPS + CHANGES + 1):
        for side, milliseconds in zip((ours, dash), taken, strict=True):
            milliseconds.append(side.change(turns[turn % len(turns)]))
        if turn <= len(turns):
            assert ours.figures() == dash.figures(), "the two sides show different figures"
    for side in (ours, dash):
        side.page.context.close()
    return tuple(milliseconds[WARM_UPS:] for milliseconds in taken)


def run() -> None:
    """Print the milliseconds of both and their ratio, for each page; fail if ours is too many times slower."""
    if CHROMIUM is None:
        print("\nRepaints are not measured: there is no Chromium on this machine")
        return
    folder = demo_district()
    environment = {**os.environ, "DOISANH_DATA": str(folder)}
    os.environ["DOISANH_DATA"] = str(folder)
    turns = quarters(2)
    close_snapshots()
    ours = ["streamlit", "run", "dashboard.py", "--logger.level", "error", "--server.port"]
    with_dash = {**environment, "PYTHONPATH": str(PACKAGES)}
    print(
        f"\nChange of the period until the last paint, warm, {CHANGES} changes each (ms): ours and the same with Dash"
    )
    print(f"  {'page':<12}{'ours':>8}{'p90':>7}{'Dash':>8}{'p90':>7}{'ratio':>8}")
    ratios: dict[str, float] = {}
    with (
        served(ours, environment, "/_stcore/health") as (our_address, _),
        served(["bench.dash_pages"], with_dash, "/") as (dash_address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, path in PAGES.items():
            found = measure_page(browser, (f"{our_address}/{path}", f"{dash_address}/{path}"), turns)
            (own, own_slow), (other, other_slow) = ((median(each), quantiles(each, n=10)[-1]) for each in found)
            ratio = ratios[name] = own / other
            print(
                f"  {name:<12}{own:>8.0f}{own_slow:>7.0f}{other:>8.0f}{other_slow:>7.0f}{ratio:>8.2f}",
                flush=True,
            )
        browser.close()
    print(f"  aimed at {AIM} ms; what is held is the ratio")
    slow = [name for name, ratio in ratios.items() if ratio > MOST_TIMES]
    assert not slow, f"a change is painted more than {MOST_TIMES} times later than with Dash: {', '.join(slow)}"
