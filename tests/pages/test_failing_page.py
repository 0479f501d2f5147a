"""An error of a page: one sentence for the reader, the traceback in the log; a damaged state: what to do."""

import json
from pathlib import Path
from typing import Any, get_args

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from comparison.scope import Language
from tests.helpers.examples import begun, case
from tests.helpers.page_words import as_read, htmls, label_read, page_title, said
from tests.helpers.pages import opened
from warehouse import log, snapshots
from warehouse.snapshots import close_snapshots
from warehouse.state import state_file


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    return begun(tmp_path, a=[case()], b=[case()])


def without(what: str, snapshot: str) -> None:
    """A published snapshot that lacks a table or a view, as no program wrote it."""
    close_snapshots()
    with duckdb.connect(str(snapshots.find(snapshot).path)) as connection:
        connection.execute(f"drop {what}")


def errors_told(app: AppTest) -> list[str]:
    return [label_read(each.value) for each in app.error]


def logged() -> list[dict[str, Any]]:
    lines = map(json.loads, log.log_file().read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line["event"] == "page_failed"]


@pytest.mark.parametrize("lang", get_args(Language))
def test_an_error_is_told_in_one_sentence_and_logged_once(
    ids: list[str], page_errors: list[object], lang: Language
) -> None:
    without("table daily_events", ids[1])
    app = opened("volume", lang=lang)
    (told,) = errors_told(app)
    assert told == said("empty.page_failed", language=lang, file="data/logs/doi-sanh.log")
    (line,) = logged()
    assert line["page"] == "khoi-luong"
    (error,) = line["errors"]
    assert error["type"] == "_duckdb.CatalogException"
    assert "message" not in error
    assert any(frame.startswith("dashboard.py:") for frame in error["frames"])
    page_errors.clear()


def test_an_error_of_a_choice_or_a_click_is_logged(own_data: Path, page_errors: list[object]) -> None:
    def boxes() -> None:
        from comparison.frame import elements

        def fails(*_: object) -> None:
            raise ZeroDivisionError

        elements.selectbox("Box", ["a", "b"], format_func=str, key="box", on_change=fails)
        elements.button("Button", key="button", on_click=fails, args=(1,))

    AppTest.from_function(boxes).run().selectbox(key="box").select("b").run()
    AppTest.from_function(boxes).run().button(key="button").click().run()
    assert [line["errors"][0]["type"] for line in logged()] == ["builtins.ZeroDivisionError"] * 2
    page_errors.clear()


def test_an_error_in_a_part_of_a_page_leaves_the_rest(ids: list[str], page_errors: list[object]) -> None:
    without("view case_events", ids[1])
    app = opened("definitions", snapshot=ids[0])
    assert len(errors_told(app)) == len(logged()) == 1
    assert page_title(app)
    page_errors.clear()


@pytest.mark.parametrize("page", ["overview", "data"])
def test_a_damaged_state_is_told_with_what_to_do(ids: list[str], page: str) -> None:
    state_file().write_text("{")
    app = opened(page)
    assert page_title(app) == said("empty.not_opened")
    assert "python -m etl doctor" in "".join(map(as_read, htmls(app)))


def test_a_snapshot_that_is_gone_is_not_no_data(ids: list[str]) -> None:
    snapshots.find(ids[1]).path.unlink()
    assert page_title(opened("overview")) == said("empty.not_opened")
