"""What a page withholds from people who hear it, use no mouse or need contrast: axe-core finds nothing."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it ships no types of its own

from tests.helpers.browsing import Contexts, opened, still

PERIOD = "from=2024-01-01&to=2024-12-31&root=district"
PAGES = (
    "", "khoi-luong", "tre-han", "hai-long", "mo-hinh", "so-sanh", "ho-so-don-vi", "trinh-chieu", "du-lieu",
    "dinh-nghia",
)  # fmt: skip
UNITS = {"so-sanh": "xa-an-thuan-tay,xa-phuoc-tho-dong", "ho-so-don-vi": "xa-an-thuan-tay"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(contexts: Contexts, address: str, path: str, scheme: Literal["light", "dark"]) -> None:
    units = f"&units={UNITS[path]}" if path in UNITS else ""
    link = f"{address}/{path}?{PERIOD}{units}"
    page = opened(contexts.of(viewport={"width": 1366, "height": 900}, color_scheme=scheme), link)
    still(page)
    found = Axe().run(page).response["violations"]
    told = [(each["id"], [node["target"] for node in each["nodes"][:3]]) for each in found]
    assert told == []
