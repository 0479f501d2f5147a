"""What pages say of a fixed link after a new load, and of the last load; the browser's part is in test_browser.py."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from comparison.frame import sharing
from etl.publish import prune
from tests.helpers.examples import as_of, case, load, office, write
from tests.helpers.page_words import as_read, htmls, label_read, page_title, said, warned
from tests.helpers.pages import opened, view_of
from tests.helpers.states import publish_copy, show
from warehouse import snapshots
from warehouse.schema import SCHEMA_VERSION

PERIOD = {"root": "R", "from": "2023-03-01", "to": "2023-03-31", "kind": "all", "compare": "none"}
DONE = {"finished_at": date(2023, 3, 9), "status": "finished"}


def dashboard(page: str = "data", **parameters: str) -> AppTest:
    return opened(page, **{**PERIOD, **parameters})


def unfolded(app: AppTest) -> AppTest:
    """With the list of changes behind a fixed link unfolded."""
    app.session_state["changes-of-link"] = True
    return app.run()


def words(app: AppTest) -> str:
    assert not app.exception, app.exception
    return "\n".join([*map(as_read, htmls(app)), warned(app), *(label_read(part.label) for part in app.expander)])


def tables(app: AppTest) -> str:
    return "\n".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", str(part.proto.body)) for part in app.get("html"))


def loaded(folder: Path, name: str, *rows: dict[str, Any], cut_off: str = "2023-03-20") -> str:
    found = load(write(folder / f"{name}.csv", rows, banner=as_of(cut_off)))
    assert found["exit"] == 0, found
    snapshot: str = found["snapshot"]
    return snapshot


def test_a_fixed_link_survives_a_new_load_with_its_numbers_and_says_what_changed(tmp_path: Path) -> None:
    office()
    rows = [case(**DONE) for _ in range(3)]
    first = loaded(tmp_path, "a", *rows)
    link = dict(view_of(dashboard()).parameters()) | {"snapshot": first}
    before = dashboard(**link)
    numbers = [view_of(before).measure(name).row(0) for name in ("received", "on_time_due", "in_progress")]
    pinned = said("changes.pinned", snapshot=first, cut_off="20/03/2023")
    assert f"{pinned} {said('changes.nothing_newer')}" in words(before)

    second = loaded(tmp_path, "b", {**rows[0], "due_at": date(2023, 3, 8)}, case(received_at=date(2023, 3, 2)))
    after = dashboard(**link)
    assert view_of(after).warehouse.id == first
    assert [view_of(after).measure(name).row(0) for name in ("received", "on_time_due", "in_progress")] == numbers
    assert said("changes.newer", snapshot=second, told=said("changes.cases_differ", n="2")) in words(after)
    assert said("changes.why") in words(after)
    # What is behind is asked for only once it is opened.
    assert "Đến muộn" not in words(after)
    unfolded(after)
    assert "Đến muộn: 1 – " in words(after)
    assert "Sửa số liệu: 1 – " in words(after)
    told = tables(after)
    assert re.search(r"Tiếp nhận\s+3\s+4\s+\+1", told)
    assert re.search(rf"{rows[0]['case_code']}.*Sửa số liệu.*hẹn 10/03/2023.*hẹn 08/03/2023.*b\.csv", told)
    newest = said("changes.see_latest")
    latest = next(str(part.proto.body) for part in after.get("html") if newest in str(part.proto.body))
    assert "snapshot" not in latest
    assert "from=2023-03-01" in latest
    # Nothing of it where the link is not fixed.
    assert "Liên kết cố định" not in words(dashboard())


def test_what_changed_in_the_period_compared_with_is_told_apart(tmp_path: Path) -> None:
    office()
    march = case(received_at=date(2023, 3, 1), due_at=date(2023, 3, 9), finished_at=date(2023, 3, 8), status="finished")
    april = case(received_at=date(2023, 4, 3), due_at=date(2023, 4, 9), finished_at=date(2023, 4, 5), status="finished")
    first = loaded(tmp_path, "a", march, april, cut_off="2023-05-20")
    loaded(tmp_path, "b", {**march, "finished_at": date(2023, 3, 20)}, cut_off="2023-05-20")
    asked = {"from": "2023-04-01", "to": "2023-04-30", "snapshot": first, "kind": "all"}
    app = unfolded(dashboard(**asked, compare="previous"))
    compared = said("changes.in_compared", period="tháng 3/2023", told=said("changes.cases_differ", n="1"))
    assert f"{said('changes.nothing_differs')} {compared}" in words(app)
    assert said("changes.compared", period="tháng 3/2023") in words(app)
    assert march["case_code"] in tables(app)
    assert "Trong kỳ so sánh" not in words(dashboard(**asked, compare="none"))


def test_what_does_not_concern_the_question_changes_nothing(tmp_path: Path) -> None:
    office()
    first = loaded(tmp_path, "a", case(**DONE))
    second = loaded(tmp_path, "b", case(unit="Xã Hai"))
    newer = said("changes.newer", snapshot=second, told=said("changes.nothing_differs"))
    assert newer in words(dashboard(snapshot=first, units="x1"))
    unmoved = unfolded(dashboard(snapshot=first, units="x1"))
    assert said("changes.figures_none") in words(unmoved)
    show(first)
    older = said("changes.rolled_back", snapshot=first, told=said("changes.cases_differ", n="1"))
    assert older in words(dashboard(snapshot=second))


def test_a_link_to_a_pruned_snapshot_says_so_with_its_date_and_shows_the_nearest_kept(tmp_path: Path) -> None:
    office()
    ids = [loaded(tmp_path, str(n), case()) for n in range(3)]
    snapshots.keep(ids[1])
    assert prune(1).deleted == [ids[0]]
    app = dashboard(snapshot=ids[0])
    today = f"{date.today():%d/%m/%Y}"
    read = words(app)
    gone = said("changes.gone_snapshot", value=ids[0], day=today)
    assert f"{gone} {said('link.shown_instead', shown=ids[1])}" in read
    assert view_of(app).warehouse.id == ids[1]
    assert said("changes.pinned", snapshot=ids[1], cut_off="20/03/2023") in read


def of_an_older_program(snapshot: str) -> None:
    with duckdb.connect(str(snapshots.find(snapshot).path)) as connection:
        connection.execute("update builds set schema_version = 0")


def test_a_snapshot_of_an_older_program_breaks_no_page(tmp_path: Path) -> None:
    office()
    first, second = (loaded(tmp_path, name, case()) for name in ("a", "b"))
    of_an_older_program(first)
    assert said("changes.last_load_unreadable", snapshot=first) in words(dashboard())
    app = dashboard("definitions", snapshot=first)
    assert not app.exception
    assert page_title(app) == said("changes.too_old", snapshot=first)
    assert said("changes.see_latest") in tables(app)
    snapshots.close_snapshots()
    of_an_older_program(second)
    publish_copy(third := f"{second}z", of=second)
    with duckdb.connect(str(snapshots.find(third).path)) as connection:
        connection.execute(f"update builds set schema_version = {SCHEMA_VERSION}")
    app = dashboard(snapshot=third)
    assert said("changes.unreadable", snapshot=second) in words(app)


def test_data_tells_what_the_last_load_changed(tmp_path: Path) -> None:
    office()
    first = loaded(tmp_path, "a", row := case(**DONE))
    assert said("changes.last_load_first") in words(dashboard())
    second = loaded(tmp_path, "b", {**row, "field": "Đất đai"})
    app = dashboard()
    assert said("changes.last_load_how", period="Tháng 3/2023", new=second, old=first) in words(app)
    assert "Xếp lại: 1 – " in words(app)
    assert re.search(rf"{row['case_code']}.*Xếp lại.*Hộ tịch.*Đất đai", tables(app))
    elsewhere = dashboard(**{"from": "2023-01-01", "to": "2023-01-31"})
    assert "Xếp lại: " not in words(elsewhere)
    assert "What the last load changed" in words(dashboard(lang="en"))


def test_copying_the_fixed_link_keeps_its_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office()
    first = loaded(tmp_path, "a", case())
    shown = view_of(dashboard())
    copied = {"share-links": type("Copied", (), {"copied": "latest"})()}
    monkeypatch.setattr(sharing, "st", type("Streamlit", (), {"session_state": copied}))
    monkeypatch.setattr(sharing, "view", lambda: shown)
    sharing._copied()
    assert not snapshots.find(first).is_kept
    copied["share-links"].copied = "fixed"
    sharing._copied()
    assert snapshots.find(first).is_kept
    monkeypatch.setattr(sharing, "keep", lambda _: (_ for _ in ()).throw(PermissionError))
    sharing._copied()
    assert copied["share-failed"]
