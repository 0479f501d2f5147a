"""A headless Chromium at the real dashboard: what the tests that need one share."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Milliseconds. The first page of a cold server imports everything, and other work may keep the machine busy.
PATIENCE = 120_000


class Contexts:
    """Browsers apart from each other, by what they are: each keeps the server's own scripts, compiled, from test to
    test, and nothing else."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[str, BrowserContext] = {}

    def of(self, **what: Any) -> BrowserContext:
        """What `new_context` makes of these."""
        key = repr(sorted(what.items()))
        if key not in self._kept:
            self._kept[key] = self._browser.new_context(**what)
            self._kept[key].set_default_timeout(PATIENCE)
        return self._kept[key]

    def forget(self) -> None:
        """No page, permission or stored word of a test is there for the next."""
        for context in self._kept.values():
            left = context.pages
            if left:
                session = context.new_cdp_session(left[0])
                session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
            for page in left:
                page.close()
            context.clear_permissions()


@contextmanager
def heard(context: BrowserContext) -> Iterator[list[str]]:
    """What is asked for and told meanwhile: the address of every request, the words of every dialog."""
    found: list[str] = []

    def ask(request: Request) -> None:
        found.append(request.url)

    def tell(dialog: Dialog) -> None:
        found.append(f"dialog {dialog.message}")
        dialog.dismiss()

    context.on("request", ask)
    context.on("dialog", tell)
    yield found
    context.remove_listener("request", ask)
    context.remove_listener("dialog", tell)


def opened(context: BrowserContext, url: str) -> Page:
    """A page whose script has run to its end."""
    page = context.new_page()
    page.goto(url)
    settled(page)
    return page


def settled(page: Page) -> None:
    """The script has run to its end."""
    page.wait_for_selector("h1", timeout=PATIENCE)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE)


def back(page: Page) -> None:
    """The browser's Back, once the script has run to its end: a run under way writes its own address."""
    settled(page)
    page.go_back()


def forward(page: Page) -> None:
    """The browser's Forward, as `back`."""
    settled(page)
    page.go_forward()


# Charts are drawn, nothing moves, and all names that stand there now are marked.
_STILL = """
() => document.documentElement.dataset.words === "mended"
    && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every(each => each.querySelector(".main-svg"))
    && document.fonts.status === "loaded"
    && document.getAnimations().every(each => each.playState !== "running")
"""


def still(page: Page) -> None:
    """Everything of the page is drawn and as it stays."""
    settled(page)
    page.wait_for_function(_STILL, timeout=PATIENCE)


# Where the marks with a unit stand in a chart, from its corner, and the unit of each.
_MARKS = """
chart => {
    const plot = document.querySelector(`.st-key-chart-${chart} .js-plotly-plot`);
    // A click before Plotly listens is lost.
    if (!plot?._ev?._events?.plotly_selected) return null;
    const {xaxis, yaxis} = plot._fullLayout;
    return plot._fullData.filter(trace => trace.customdata && trace.mode.includes("markers")).flatMap(
        trace => Array.from(trace.x, (x, at) => ({
            unit: trace.customdata[at][0],
            x: xaxis._offset + xaxis.d2p(x),
            y: yaxis._offset + yaxis.d2p(trace.y[at]),
        })),
    );
}
"""


def click_mark(page: Page, chart: str, unit: str) -> None:
    """Click the mark of a unit (its code) in the chart with this key."""
    page.wait_for_function(_MARKS, arg=chart, timeout=PATIENCE)
    (mark, *_) = [mark for mark in page.evaluate(_MARKS, chart) if mark["unit"] == unit]
    # Waits until the chart stands still.
    page.locator(f".st-key-chart-{chart} .js-plotly-plot").click(position={"x": mark["x"], "y": mark["y"]})
