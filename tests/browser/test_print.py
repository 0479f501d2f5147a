"""What reaches paper: the profile of a unit is two A4 pages, with nothing on them that only a screen can use."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.helpers.browsing import opened

ROOM = 703  # CSS px between margins of 12 mm on A4
PROFILE = "ho-so-don-vi?root=district&kind={kind}&units={unit}&from={first}&to=2025-06-30"


def profile(context: BrowserContext, address: str, kind: str, unit: str, first: str) -> Page:
    page = opened(context, f"{address}/{PROFILE.format(kind=kind, unit=unit, first=first)}")
    page.wait_for_selector(".ds-side")
    return page


def pages(paper: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", paper))


@pytest.mark.parametrize("first", ["2025-04-01", "2021-01-01"])
@pytest.mark.parametrize(("kind", "unit"), [("commune", "xa-an-thuan-tay"), ("department", "p-tai-nguyen")])
def test_a_profile_is_two_pages_of_a4(context: BrowserContext, address: str, kind: str, unit: str, first: str) -> None:
    paper = profile(context, address, kind, unit, first).pdf(prefer_css_page_size=True)
    assert pages(paper) == 2
    # A4 in points.
    assert {
        (round(float(w)), round(float(h))) for w, h in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    } == {(595, 842)}


def test_on_paper_nothing_is_cut_and_no_filter_stands(context: BrowserContext, address: str) -> None:
    page = profile(context, address, "commune", "xa-an-thuan-tay", "2021-01-01")
    filters = page.locator(".st-key-scope-bar")
    assert filters.is_visible()
    long = page.locator(".ds-side tbody tr").count()
    page.set_viewport_size({"width": ROOM, "height": 1000})
    page.emulate_media(media="print")
    assert not filters.is_visible()
    assert not page.locator("[class*=st-key-screen-only]").first.is_visible()
    assert page.locator(".ds-paper").first.is_visible()
    assert 0 < page.locator(".ds-side tbody tr:visible").count() < long
    cut = page.evaluate(
        "[...document.querySelectorAll('.ds-side td,.ds-side th,.ds-side table')]"
        f".filter(each=>each.getBoundingClientRect().right>{ROOM}||each.scrollWidth>each.clientWidth+1).length"
    )
    assert cut == 0
