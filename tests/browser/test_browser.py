"""What only a browser shows: real pages in a headless Chromium, served by the real command on loopback."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers.browsing import PATIENCE, Contexts, back, click_mark, forward, opened, settled
from tests.helpers.page_words import said
from warehouse.folders import PROJECT


def load(export: Path, data: Path) -> None:
    """Load an export from another process, as an office does while pages are open."""
    subprocess.run(
        [sys.executable, "-m", "etl", "load", str(export)],
        cwd=PROJECT,
        env={**os.environ, "DOISANH_DATA": str(data)},
        check=False,
        capture_output=True,
    )


def test_a_filter_stands_in_the_link_and_a_second_browser_shows_the_same(
    contexts: Contexts, context: BrowserContext, address: str
) -> None:
    link = f"{address}/tre-han?from=2024-04-01&to=2024-06-30&compare=year&root=district&kind=commune&fields=dat-dai"
    page = opened(context, link)
    title = page.locator("h1").first.inner_text()
    assert "fields=dat-dai" in page.url
    other = contexts.of(locale="vi-VN")
    assert opened(other, page.url).locator("h1").first.inner_text() == title


def test_what_a_link_names_and_nobody_knows_is_named(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/?units=xa-khong-co&from=2024-04-01&to=2024-06-30")
    expect(page.get_by_text("xa-khong-co").first).to_be_visible()


def test_changing_page_keeps_what_is_asked(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/khoi-luong?from=2024-04-01&to=2024-06-30&root=district&kind=commune")
    page.get_by_role("link", name="Trễ hạn").first.click()
    page.wait_for_url("**/tre-han?*from=2024-04-01*")
    settled(page)
    assert "to=2024-06-30" in page.url


def test_a_load_while_a_page_is_open_shows_at_its_next_run(context: BrowserContext, address: str, data: Path) -> None:
    page = opened(context, f"{address}/du-lieu")
    before = (data / "warehouse" / "current").read_text().strip()
    expect(page.get_by_text(before).first).to_be_visible()
    export = next((data / "exports" / "district").glob("cap-xa-*.csv"))
    load(export, data)
    after = (data / "warehouse" / "current").read_text().strip()
    assert after != before
    page.get_by_role("link", name="Trễ hạn").first.click()
    expect(page.get_by_text(after).first).to_be_visible()
    settled(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_a_click_on_a_cell_of_the_heat_map_drills_to_its_cases(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/tre-han?from=2024-01-01&to=2024-12-31&root=district&kind=commune")
    procedures = page.get_by_role("heading", name=said("lateness.procedures_title"))
    expect(procedures).to_have_count(0)
    # A click before Plotly listens is lost; the chart below the heat map is drawn after it.
    expect(page.locator(".js-plotly-plot .nsewdrag").nth(1)).to_be_attached()
    page.wait_for_function("'plotly_selected' in document.querySelector('.js-plotly-plot')._ev._events")
    # The first cell: land, in the first unit by name.
    page.locator(".js-plotly-plot .nsewdrag").first.click(position={"x": 20, "y": 14})
    expect(procedures).to_be_visible()
    expect(page.get_by_text("P. Bến Thủy Đông").first).to_be_visible()


@pytest.mark.parametrize("chart", ["tre-han-pheu", "tre-han-co-cau"])
def test_a_click_on_a_unit_in_the_funnel_or_beside_its_expectation_chooses_it(
    context: BrowserContext, address: str, chart: str
) -> None:
    page = opened(context, f"{address}/tre-han?from=2024-01-01&to=2024-12-31&root=district&kind=commune")
    unit = page.locator(".st-key-choice-cell_unit input")
    expect(unit).to_have_value("")
    click_mark(page, chart, "xa-tan-loc-trung")
    expect(unit).to_have_value("X. Tân Lộc Trung")
    page.wait_for_url("**cell_unit=xa-tan-loc-trung**")
    settled(page)
    page.reload()
    settled(page)
    expect(unit).to_have_value("X. Tân Lộc Trung")
    back(page)
    expect(unit).to_have_value("")


def test_a_chart_is_saved_as_a_picture_with_its_title(context: BrowserContext, address: str, tmp_path: Path) -> None:
    page = opened(context, f"{address}/tre-han?from=2024-01-01&to=2024-12-31&root=district&kind=commune")
    chart = page.locator(".st-key-chart-tre-han-pheu .js-plotly-plot")
    expect(chart).to_have_count(1)
    box = chart.bounding_box()
    assert box is not None
    page.locator(".st-key-numbers-tre-han-pheu button").first.click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Tải ảnh (PNG)").click()
    assert re.fullmatch(r"tre-han-pheu-20240101-20241231-\d{4}-\d\d-\d\d-[a-z]+\.png", saved.value.suggested_filename)
    saved.value.save_as(tmp_path / "pheu.png")
    png = (tmp_path / "pheu.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    # Twice as large as on the screen, with room for title and source.
    assert width > 2 * box["width"]
    assert height > 2 * box["height"] + 100


def test_back_undoes_a_filter(context: BrowserContext, address: str) -> None:
    page = opened(
        context, f"{address}/khoi-luong?from=2024-04-01&to=2024-06-30&compare=year&root=district&kind=commune"
    )
    page.locator(".st-key-choice-compare").click()
    page.get_by_role("option", name=said("compare.previous")).click()
    page.wait_for_url("**compare=previous**")
    back(page)
    page.wait_for_url("**compare=year**")
    settled(page)
    expect(page.locator(".st-key-choice-compare input")).to_have_value(said("compare.year_named", year="2023"))


def test_back_undoes_three_changes_and_forward_makes_them_again(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/tre-han?from=2024-04-01&to=2024-06-30&compare=year&root=district&kind=commune")
    page.locator(".st-key-choice-compare").click()
    page.get_by_role("option", name=said("compare.previous")).click()
    page.wait_for_url("**compare=previous**")
    settled(page)
    page.locator(".st-key-choice-units-button button").first.click()
    # Typed without accents, found with them.
    page.locator(".st-key-choice-units-search input").fill("dong hoa")
    page.locator(".st-key-choice-units").get_by_role("button", name="X. Đông Hòa Thượng").click()
    page.wait_for_url("**units=xa-dong-hoa-thuong**")
    settled(page)
    # The box names its unit now, and stays open for another.
    expect(page.locator(".st-key-choice-units-button button").first).to_contain_text("X. Đông Hòa Thượng")
    expect(page.locator(".st-key-choice-units-search input")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".st-key-choice-more button").first.click()
    page.locator(".st-key-choice-channels").get_by_role("button", name="Trực tuyến").click()
    page.wait_for_url("**channels=online**")
    settled(page)
    for _ in range(3):
        back(page)
        settled(page)
    page.wait_for_url(lambda url: "compare=year" in url and "units=" not in url and "channels=" not in url)
    expect(page.locator(".st-key-choice-compare input")).to_have_value(said("compare.year_named", year="2023"))
    for _ in range(3):
        forward(page)
        settled(page)
    page.wait_for_url(lambda url: "compare=previous" in url and "units=xa-dong-hoa-thuong" in url)
    expect(page.locator(".st-key-chip-channels")).to_be_visible()


def test_back_pressed_before_the_page_has_answered_undoes_one_change_each(
    context: BrowserContext, address: str
) -> None:
    link = f"{address}/tre-han?from=2024-04-01&to=2024-06-30&compare=year&root=district&kind=commune&channels=online"
    page = opened(context, link)
    for name, word in ((said("compare.previous"), "previous"), (said("compare.none"), "none")):
        page.locator(".st-key-choice-compare").click()
        page.get_by_role("option", name=name).click()
        page.wait_for_url(f"**compare={word}**")
        settled(page)
    page.locator(".st-key-chip-channels button").first.click()
    page.wait_for_url(lambda url: "channels=" not in url)
    settled(page)
    for _ in range(3):
        page.evaluate("history.back()")
        page.wait_for_timeout(300)  # as people press; what is waited for must not be the page
    expect(page.locator(".st-key-choice-compare input")).to_have_value(
        said("compare.year_named", year="2023"), timeout=PATIENCE
    )
    settled(page)
    assert "compare=year" in page.url
    assert "channels=online" in page.url
    for _ in range(3):
        page.evaluate("history.forward()")
        page.wait_for_timeout(300)
    expect(page.locator(".st-key-choice-compare input")).to_have_value(said("compare.none"))
    page.wait_for_url(lambda url: "channels=" not in url)


def test_an_unknown_page_is_named(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/khong-co?fields=dat-dai")
    expect(page.get_by_text("Không có trang khong-co.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Trễ hạn").first.click()
    page.wait_for_url("**/tre-han?**")
    page.get_by_role("link", name="Tổng quan").first.click()
    page.wait_for_url(lambda url: "/tre-han" not in url)
    settled(page)
    expect(page.get_by_text("Không có trang")).to_have_count(0)


def test_a_browser_gets_back_its_last_view_of_the_newest_data(
    context: BrowserContext, address: str, data: Path
) -> None:
    fresh = opened(context, f"{address}/")
    assert "/tre-han" not in fresh.url
    pinned = (data / "warehouse" / "current").read_text().strip()
    opened(context, f"{address}/tre-han?from=2024-04-01&to=2024-06-30&root=district&kind=commune&snapshot={pinned}")
    again = context.new_page()
    again.goto(f"{address}/")
    again.wait_for_url("**/tre-han?*from=2024-04-01*")
    assert "snapshot=" not in again.url
    settled(again)
    # Within a tab the menu leads where it says.
    again.get_by_role("link", name="Tổng quan").first.click()
    again.wait_for_url(lambda url: "/tre-han" not in url)


def test_a_click_on_the_time_line_chooses_the_model_and_back_returns(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/mo-hinh?from=2024-04-01&to=2024-06-30&compare=year&root=district&kind=commune")
    expect(page.locator("h1")).to_contain_text("Một cửa đồng hành")
    time_line = page.locator(".st-key-chart-dong-thoi-gian .js-plotly-plot")
    expect(time_line).to_have_count(1)
    page.wait_for_function(
        "'plotly_selected' in "
        "(document.querySelector('.st-key-chart-dong-thoi-gian .js-plotly-plot')?._ev?._events ?? {})"
    )
    rows = time_line.locator(".nsewdrag")
    box = rows.bounding_box()
    assert box is not None
    # Three models: the middle one runs along the middle of the rows, at the right since 2023.
    rows.click(position={"x": box["width"] * 0.93, "y": box["height"] * 0.516})
    page.wait_for_url("**model=ngay-khong-hen**")
    expect(page.locator("h1")).to_contain_text("Ngày không hẹn")
    assert "from=2024-04-01" in page.url
    back(page)
    expect(page.locator("h1")).to_contain_text("Một cửa đồng hành")


def tiles(page: Page) -> list[str]:
    """The five key figures, once all of them stand there."""
    values = page.locator(".ds-tiles .value")
    expect(values).to_have_count(5)
    return values.all_inner_texts()


def test_a_copied_fixed_link_opens_elsewhere_and_keeps_its_numbers_over_a_new_load(
    contexts: Contexts, context: BrowserContext, address: str, data: Path, tmp_path: Path
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = opened(context, f"{address}/?from=2025-04-01&to=2025-06-30&root=district&kind=commune")
    shown = tiles(page)
    page.get_by_role("button", name=said("sharing.share")).click()
    page.get_by_role("button", name=said("filter.copy_link")).click()
    expect(page.get_by_text(f"✓ {said('sharing.copied')}")).to_be_visible()
    expect(page.get_by_text("được giữ: dọn bản cũ không xoá nó")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    snapshot = (data / "warehouse" / "current").read_text().strip()
    assert link.startswith(address)
    assert f"snapshot={snapshot}" in link
    assert snapshot in (data / "warehouse" / "kept.json").read_text()
    page.get_by_role("button", name=said("sharing.copy_latest"), exact=True).click()
    page.wait_for_function("navigator.clipboard.readText().then(text => !text.includes('snapshot='))")

    header, *rows = (data / "exports" / "district" / "cap-xa-2025-06.csv").read_text("utf-8-sig").splitlines()
    code = rows[0].split(",")[0]
    late = tmp_path / "den-muon.csv"
    # A case of June that no export held before.
    late.write_text("\n".join([header, rows[0].replace(code, f"{code}-9"), *rows[1:]]), "utf-8")
    load(late, data)
    assert (data / "warehouse" / "current").read_text().strip() != snapshot

    pinned = opened(contexts.of(locale="vi-VN"), link)
    assert tiles(pinned) == shown
    pinned.get_by_text(f"{said('changes.cases_differ', n='1')} {said('changes.why')}").click()
    expect(pinned.get_by_role("cell", name=f"{code}-9")).to_be_visible()
    expect(pinned.get_by_role("cell", name="Đến muộn")).to_be_visible()
    pinned.get_by_role("link", name=said("changes.see_latest")).click()
    pinned.wait_for_url(lambda url: "snapshot=" not in url)
    settled(pinned)
    expect(pinned.get_by_text("Liên kết cố định:")).to_have_count(0)


def test_links_in_tables_and_findings_are_steps_of_the_same_document(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/?from=2021-01-01&to=2025-06-30&root=district&kind=commune")
    page.evaluate("window.isTheSame = true")
    page.locator(".ds-units tbody a").first.click()
    expect(page.locator(".st-key-chart-dau-hieu-on_time")).to_be_visible()
    assert "units=" in page.url
    back(page)
    expect(page.locator(".ds-units tbody tr")).to_have_count(12)
    page.locator(".ds-findings a").first.click()
    page.wait_for_url("**/tre-han?**")
    expect(page.locator(".st-key-chart-tre-han-don-vi-linh-vuc")).to_be_visible()
    back(page)
    expect(page.locator(".ds-tiles .value")).to_have_count(5)
    assert page.evaluate("window.isTheSame")


def test_the_switch_turns_the_page_and_the_document_and_back(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/tre-han?from=2024-01-01&to=2024-12-31&root=district&lang=vi")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Reset")).to_be_visible()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert "lang=en" in page.url
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("button", name="Đặt lại")).to_be_visible()
    page.wait_for_function("document.documentElement.lang === 'vi'")
