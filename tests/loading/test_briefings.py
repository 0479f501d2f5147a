"""Files of briefings: written by the program or by hand, refused in words, and what of a snapshot they keep."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.figures import slide_figures
from comparison.wording import messages
from tests.helpers.examples import begun, case, run
from tests.helpers.states import publish_copy
from warehouse import snapshots
from warehouse.briefings import (
    PERIODS,
    Briefing,
    BriefingError,
    BriefingMissing,
    Slide,
    briefings,
    delete_briefing,
    find_briefing,
    moved,
    named_snapshots,
    new_name,
    save_briefing,
    slide_link,
)
from warehouse.folders import PROJECT, own_briefings_folder

DEFAULT = "hop-giao-ban-thang"


def by_hand(text: str, name: str = "hop-tuan") -> Path:
    path = own_briefings_folder() / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_monthly_meeting_ships_and_every_view_in_it_is_known(own_data: Path) -> None:
    (shipped,), faults = briefings()
    assert not faults
    assert (shipped.name, shipped.snapshot, shipped.is_own) == (DEFAULT, None, False)
    assert {slide.view for slide in shipped.slides} <= set(slide_figures())
    assert len(shipped.slides) == 8
    assert {slide.period for slide in shipped.slides} <= set(PERIODS)


def test_every_view_has_a_name_in_both_languages() -> None:
    for language in ("vi", "en"):
        named = {key.removeprefix("briefing.view.") for key in messages(language) if key.startswith("briefing.view.")}
        assert named == set(slide_figures())


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30).map(str.strip)
links = st.dictionaries(st.sampled_from(["units", "fields", "model", "from"]), st.text("aĐ-,&= %é", min_size=1))


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool),
    st.lists(st.builds(Slide, view=st.sampled_from(list(slide_figures())), link=links, title=texts), max_size=4),
    st.sampled_from([None, "2026-11-22-a"]),
)
def test_what_is_written_is_read_back(title: str, slides: list[Slide], snapshot: str | None) -> None:
    saved = save_briefing(Briefing("thu", title, tuple(slides), snapshot))
    assert find_briefing("thu") == saved


def test_an_own_file_replaces_the_shipped_one_until_it_is_deleted(own_data: Path) -> None:
    shipped = find_briefing(DEFAULT)
    own = save_briefing(Briefing(DEFAULT, "Họp của huyện", shipped.slides[:2]))
    assert own.is_own
    assert find_briefing(DEFAULT) == own
    assert [each.title for each in briefings()[0]] == ["Họp của huyện"]
    delete_briefing(DEFAULT)
    assert find_briefing(DEFAULT) == shipped
    assert (PROJECT / "data" / "reference" / "briefings" / f"{DEFAULT}.toml").exists()
    assert list(own_briefings_folder().iterdir()) == []


def test_names_of_files(own_data: Path) -> None:
    assert new_name("Họp Đảng ủy, tuần 12/2026") == "hop-dang-uy-tuan-12-2026"
    assert new_name("…") == "trinh-chieu"
    assert new_name("Họp giao ban tháng") == f"{DEFAULT}-2"
    by_hand('title = "a"', f"{DEFAULT}-2")
    assert new_name("Họp giao ban tháng") == f"{DEFAULT}-3"
    with pytest.raises(BriefingMissing):
        find_briefing("khong-co")
    with pytest.raises(BriefingMissing):
        find_briefing("../../../etc/passwd")


def test_slides_move_one_place_and_stay_at_the_ends() -> None:
    slides = [Slide(view) for view in "abc"]

    def order(place, by):
        return "".join(slide.view for slide in moved(slides, place, by))

    assert [order(0, 1), order(2, -1), order(0, -1), order(2, 1), order(9, -1)] == ["bac", "acb", "abc", "abc", "abc"]


def test_a_slide_keeps_neither_the_snapshot_nor_the_language_of_its_address() -> None:
    address = {"from": "2025-04-01", "units": "", "snapshot": "2026-11-22-a", "lang": "en", "slide": "2", "model": "m"}
    assert slide_link(address) == {"from": "2025-04-01", "model": "m"}
    path = by_hand(f'title = "t"\n[[slides]]\nview = "don-vi"\nlink = "?{urlencode(address)}"')
    assert find_briefing(path.stem).slides[0].link == {"from": "2025-04-01", "model": "m"}


@pytest.mark.parametrize(
    ("text", "key", "found", "allowed"),
    [
        ("title = ", "(tệp)", "sai cú pháp TOML", "TOML đúng cú pháp"),
        ("", "title", "không có khóa này", "chuỗi chữ"),
        ('title = "a"\nsnapshot = "hôm qua"', "snapshot", "hôm qua", "2026-11-22-a"),
        ('title = "a"\nslide = 1', "slide", "khóa không dùng ở đây", "title, snapshot, slides"),
        ('title = "a"\nslides = 3', "slides", "“3”", "[[slides]]"),
        ('title = "a"\n[[slides]]\nlink = ""', "slides[1].view", "không có khóa này", "chuỗi chữ"),
        ('title = "a"\n[[slides]]\nview = "Trễ hạn"', "slides[1].view", "Trễ hạn", "tre-han-pheu"),
        (
            'title = "a"\n[[slides]]\nview = "don-vi"\n[[slides]]\nview = "don-vi"\nperiod = "hom_nay"',
            "slides[2].period", "hom_nay", "last_month, last_quarter",
        ),
        ('title = "a"\n[[slides]]\nview = "don-vi"\nlink = "units"', "slides[1].link", "units", "sau dấu ?"),
        (
            'title = "a"\n[[slides]]\nview = "don-vi"\nperiod = "last_month"\nlink = "from=2025-01-01"',
            "slides[1].period", "ngày trong link", "một trong hai",
        ),
        ('title = "a"\n[[slides]]\nview = "don-vi"\nviews = "b"', "slides[1].views", "khóa không dùng", "view, title"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_where_what_and_what_next(
    own_data: Path, text: str, key: str, found: str, allowed: str
) -> None:
    by_hand(text)
    there, (fault,) = briefings()
    assert [each.name for each in there] == [DEFAULT]
    assert (fault.file, fault.key) == ("hop-tuan.toml", key)
    assert found in fault.found
    assert allowed in fault.allowed
    assert str(own_briefings_folder() / "hop-tuan.toml") in str(fault)
    assert "Sửa tệp" in str(fault)
    with pytest.raises(BriefingError):
        named_snapshots()


def test_a_file_that_is_no_text_or_has_no_plain_name_is_refused(own_data: Path) -> None:
    by_hand("").write_bytes("title = 'Họp'".encode("utf-16"))
    by_hand('title = "a"', "Họp tuần")
    assert {fault.key for fault in briefings()[1]} == {"(tệp)", "(tên tệp)"}


def test_prune_keeps_what_a_briefing_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun(tmp_path, a=[case()])
    for day in ("2026-01-05-a", "2026-01-05-b", "2026-01-30-a"):
        publish_copy(day, of=snapshots.current_id())
    save_briefing(Briefing("hop", "Họp tháng 1", (Slide("don-vi"),), "2026-01-05-b"))
    broken = by_hand("title = ")
    assert run("prune", "--keep", "1") == (2, "")
    assert "hop-tuan.toml" in capsys.readouterr().err
    assert len(snapshots.snapshots()) == 4
    broken.unlink()
    code, text = run("prune", "--keep", "1")
    assert code == 0
    assert "Đã xoá: 2026-01-05-a." in text
    assert "Giữ 2026-01-05-b: trình chiếu “Họp tháng 1” dùng." in text
