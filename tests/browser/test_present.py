"""Slides in a browser: a briefing by keyboard and clicker, nothing around it, sizes for the back of a room."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers.browsing import PATIENCE, Contexts, back, click_mark, forward, opened, settled
from tests.helpers.page_words import said
from warehouse.folders import PROJECT

LINK = "from=2024-01-01&to=2024-12-31&root=district&kind=commune"
THREE = f"""title = "Họp thử"
[[slides]]
view = "o-so-lieu"
link = "{LINK}"
[[slides]]
view = "tre-han-don-vi-linh-vuc"
link = "{LINK}"
[[slides]]
view = "don-vi"
link = "{LINK}"
"""


@pytest.fixture(autouse=True)
def three(data: Path) -> Iterator[str]:
    """The name of a briefing of three slides: key figures, a chart, a table."""
    folder = data / "briefings"
    folder.mkdir()
    (folder / "hop-thu.toml").write_text(THREE, encoding="utf-8")
    yield "hop-thu"
    shutil.rmtree(folder)


@pytest.fixture
def room(contexts: Contexts) -> BrowserContext:
    """A projector's screen."""
    return contexts.of(viewport={"width": 1920, "height": 1080}, locale="en-US")


def at_slide(page: Page, number: int) -> None:
    page.wait_for_url(re.compile(rf"[?&]slide={number}(&|$)"))
    expect(page.locator(".ds-slide-number")).to_have_text(re.compile(rf"^{number}\s*/\s*3$"))
    settled(page)


def pressed(page: Page, key: str, number: int) -> None:
    page.keyboard.press(key)
    at_slide(page, number)


def heading(page: Page) -> str:
    return page.locator("h1").first.inner_text()


def test_a_briefing_of_three_slides_by_keyboard(room: BrowserContext, address: str, three: str) -> None:
    page = opened(room, f"{address}/trinh-chieu")
    page.locator(f".st-key-start-briefing-{three} button").click()
    at_slide(page, 1)
    page.wait_for_function("document.fullscreenElement !== null")
    pressed(page, "ArrowRight", 2)
    pressed(page, "ArrowRight", 3)
    expect(page.locator(".st-key-slide-next button")).to_be_disabled()
    pressed(page, "ArrowLeft", 2)
    # What a clicker sends.
    pressed(page, "PageDown", 3)
    pressed(page, "PageUp", 2)
    pressed(page, "Space", 3)
    pressed(page, "Home", 1)
    pressed(page, "End", 3)
    pressed(page, "Shift+Space", 2)
    # Each slide is an address.
    back(page)
    at_slide(page, 3)
    forward(page)
    at_slide(page, 2)
    page.reload()
    at_slide(page, 2)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("Trình chiếu")
    expect(page.get_by_role("link", name="Trễ hạn").first).to_be_visible()
    assert "briefing=" not in page.url


def test_leaving_full_screen_leaves_the_slides(room: BrowserContext, address: str, three: str) -> None:
    page = opened(room, f"{address}/trinh-chieu")
    page.locator(f".st-key-start-briefing-{three} button").click()
    at_slide(page, 1)
    page.wait_for_function("document.fullscreenElement !== null")
    # Esc in full screen reaches no page: the browser itself ends it.
    page.evaluate("document.exitFullscreen()")
    expect(page.locator("h1")).to_have_text("Trình chiếu")


def test_nothing_is_around_a_slide_and_nothing_scrolls(room: BrowserContext, address: str, three: str) -> None:
    page = opened(room, f"{address}/trinh-chieu?briefing={three}&slide=2")
    at_slide(page, 2)
    expect(page.get_by_role("link", name="Trễ hạn")).to_have_count(0)
    expect(page.get_by_role("img", name=re.compile("logo", re.IGNORECASE))).to_have_count(0)
    expect(page.locator(".st-key-scope-bar")).to_have_count(0)
    expect(page.get_by_text("Cách tính")).to_have_count(0)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight <= innerHeight")
    assert page.evaluate("document.documentElement.lang") == "vi"


# Of every visible text on a slide but the presenter's footer: its size as it reaches the screen.
_SIZES = """
() => {
    const stage = document.querySelector('.st-key-slide-stage');
    const fit = stage.getBoundingClientRect().width / 1760;
    const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement, text = node.textContent.trim();
        if (!text || parent.closest('.st-key-slide-footer, style, script, caption, defs, title')) continue;
        if (!parent.getClientRects().length || getComputedStyle(parent).visibility === 'hidden') continue;
        found.push([parseFloat(getComputedStyle(parent).fontSize) * fit, text, parent.className.toString()]);
    }
    return found;
}
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_body_text_is_28_px_and_key_figures_64(contexts: Contexts, address: str, three: str, theme: str) -> None:
    context = contexts.of(viewport={"width": 1920, "height": 1080}, color_scheme=theme)
    for number in (1, 2, 3):
        page = opened(context, f"{address}/trinh-chieu?briefing={three}&slide={number}")
        at_slide(page, number)
        if number == 2:
            page.wait_for_selector(".js-plotly-plot .ytick text")
        found = page.evaluate(_SIZES)
        assert len(found) > 10
        assert [each for each in found if each[0] < 28] == []
        if number == 1:
            values = [size for size, _, name in found if name == "value"]
            assert len(values) == 5
            assert min(values) >= 64


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (2560, 1440)])
def test_a_slide_fits_every_screen_and_its_marks_can_be_clicked(
    contexts: Contexts, address: str, three: str, width: int, height: int
) -> None:
    context = contexts.of(viewport={"width": width, "height": height})
    page = opened(context, f"{address}/trinh-chieu?briefing={three}&slide=2")
    at_slide(page, 2)
    plot = page.locator(".js-plotly-plot .nsewdrag").first
    expect(plot).to_be_attached()
    page.wait_for_function(
        "() => { const box = document.querySelector('.js-plotly-plot .main-svg')?.getBoundingClientRect();"
        " return box && box.width > innerWidth * 0.8 && box.right <= innerWidth && box.bottom <= innerHeight }",
        timeout=PATIENCE,
    )
    for edge in (".ds-slide-title", ".st-key-slide-footer"):
        box = page.locator(edge).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        assert box["x"] + box["width"] <= width
    page.wait_for_function("'plotly_selected' in (document.querySelector('.js-plotly-plot')?._ev?._events ?? {})")
    box = plot.bounding_box()
    assert box is not None
    # The first cell: land, in the first unit by name.
    page.mouse.click(box["x"] + box["width"] / 32, box["y"] + box["height"] / 16)
    expect(page.get_by_role("dialog")).to_contain_text("Đất đai")


def test_a_mark_leads_to_its_page_and_back_to_the_slide(room: BrowserContext, address: str, three: str) -> None:
    page = opened(room, f"{address}/trinh-chieu?briefing={three}&slide=2")
    at_slide(page, 2)
    click_mark(page, "tre-han-don-vi-linh-vuc-0", "xa-tan-loc-trung")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("X. Tân Lộc Trung – ")
    # Keys of slides rest while it is open; Esc closes it alone.
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    settled(page)
    at_slide(page, 2)
    click_mark(page, "tre-han-don-vi-linh-vuc-1", "xa-tan-loc-trung")
    expect(dialog).to_be_visible()
    dialog.get_by_role("link").first.click()
    page.wait_for_url("**/tre-han?**")
    settled(page)
    assert "units=xa-tan-loc-trung" in page.url
    assert "fields=" in page.url
    assert "snapshot=" in page.url
    page.get_by_text(said("briefing.back", n="2", title="Họp thử")).click()
    at_slide(page, 2)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("Trình chiếu")
    # What was drilled to in the meeting filters nothing after it.
    page.wait_for_function("location.search.includes('root=')")
    assert "xa-tan-loc-trung" not in page.url
    assert "snapshot=" not in page.url
    expect(page.get_by_text("Về trang 2")).to_have_count(0)


def test_a_filter_is_the_slides_alone(room: BrowserContext, address: str, three: str) -> None:
    page = opened(room, f"{address}/trinh-chieu?briefing={three}&slide=2")
    at_slide(page, 2)
    whole = heading(page)
    page.locator(".st-key-slide-filter-button button").click()
    page.locator(".st-key-slide-filter").get_by_role("button", name="Hộ tịch").click()
    page.wait_for_url("**fields=ho-tich**")
    settled(page)
    expect(page.locator(".ds-slide-note")).to_contain_text("Hộ tịch")
    # Back to the slide as it was composed, and filtered once more.
    page.locator(".st-key-slide-as-composed button").click()
    expect(page.locator("h1").first).to_have_text(whole)
    page.locator(".st-key-slide-filter").get_by_role("button", name="Hộ tịch").click()
    page.wait_for_url("**fields=ho-tich**")
    settled(page)
    # Esc closes what is open, and the slides only where nothing is.
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-slide-filter")).to_have_count(0)
    pressed(page, "PageDown", 3)
    assert "fields=" not in page.url
    pressed(page, "PageUp", 2)
    assert heading(page) == whole


def test_a_load_during_the_meeting_changes_nothing(room: BrowserContext, address: str, data: Path, three: str) -> None:
    page = opened(room, f"{address}/trinh-chieu")
    page.locator(f".st-key-start-briefing-{three} button").click()
    at_slide(page, 1)
    before = (data / "warehouse" / "current").read_text().strip()
    first = page.locator(".ds-tiles").inner_text()
    assert before in page.locator(".ds-slide-source").inner_text()
    export = next((data / "exports" / "district").glob("cap-xa-*.csv"))
    subprocess.run(
        [sys.executable, "-m", "etl", "load", str(export)],
        cwd=PROJECT,
        env={**os.environ, "DOISANH_DATA": str(data)},
        check=False,
        capture_output=True,
    )
    after = (data / "warehouse" / "current").read_text().strip()
    assert after != before
    pressed(page, "ArrowRight", 2)
    assert f"snapshot={before}" in page.url
    assert before in page.locator(".ds-slide-source").inner_text()
    pressed(page, "ArrowLeft", 1)
    assert page.locator(".ds-tiles").inner_text() == first
    page.reload()
    at_slide(page, 1)
    assert before in page.locator(".ds-slide-source").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("Trình chiếu")
    page.locator(f".st-key-start-briefing-{three} button").click()
    at_slide(page, 1)
    assert after in page.locator(".ds-slide-source").inner_text()
