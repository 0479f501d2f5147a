"""Kept demo archives hold what a load of today brings: their key follows every source, and every shipped profile is
loaded from its file to a snapshot in each run."""

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl import archive
from etl.archive import Load
from etl.demo import load_planted
from etl.profile import all_profiles
from tests.helpers import demo
from tests.helpers.examples import load
from warehouse.folders import PROJECT, archive_folder
from warehouse.snapshots import open_snapshot


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of all that makes an archive."""
    for part in demo.MADE_BY:
        source, target = PROJECT / part, tmp_path / "sources" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return tmp_path / "sources"


def test_a_copy_has_the_key_of_the_sources(sources: Path) -> None:
    (sources / "etl" / "__pycache__").mkdir(exist_ok=True)
    (sources / "etl" / "__pycache__" / "made.pyc").write_bytes(b"compiled")
    assert demo.key_of_sources(sources) == demo.key_of_sources()


@pytest.mark.parametrize(
    "name",
    [
        "etl/reading/header.py", "etl/kinds/cases/facts/cases.sql", "etl/demo/truths.toml", "etl/profiles/demo_hn.toml",
        "warehouse/text.py", "data/reference/units.csv", "requirements.lock",
    ],
)  # fmt: skip
def test_one_changed_line_of_a_source_changes_the_key(sources: Path, name: str) -> None:
    path, before = sources / name, demo.key_of_sources(sources)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:-1], lines[-1].rstrip("\n") + " \n"]), encoding="utf-8")
    assert demo.key_of_sources(sources) != before


def test_a_renamed_source_changes_the_key(sources: Path) -> None:
    before = demo.key_of_sources(sources)
    (sources / "etl" / "names.py").rename(sources / "etl" / "naming.py")
    assert demo.key_of_sources(sources) != before


TL = demo.Demo("tl", (("--scenario", "TL"),))


def test_an_archive_is_made_once_and_anew_for_another_key(tmp_path: Path) -> None:
    kept = demo.kept_demo(TL, "k1", tmp_path)
    made = (kept / "archive" / "active.json").stat().st_mtime_ns
    assert demo.kept_demo(TL, "k1", tmp_path) == kept
    assert (kept / "archive" / "active.json").stat().st_mtime_ns == made
    assert demo.kept_demo(TL, "k2", tmp_path) != kept
    assert not kept.exists()


def test_a_stale_archive_is_a_failure(tmp_path: Path) -> None:
    kept = demo.kept_demo(TL, "k1", tmp_path)
    kept.rename(tmp_path / "tl-k2")
    with pytest.raises(demo.StaleArchive, match="tl-k2"):
        demo.kept_demo(TL, "k2", tmp_path)
    (tmp_path / "tl-k2" / "made-by").unlink()
    with pytest.raises(demo.StaleArchive, match="tl-k2"):
        demo.kept_demo(TL, "k2", tmp_path)


# The demo that has files of each shipped profile.
OF_PROFILE = {
    "demo_hn": demo.HN_TL, "demo_tl": demo.HN_TL, "demo_nb": demo.NB_KC_TA, "demo_kc": demo.NB_KC_TA,
    "demo_kc_ballots": demo.NB_KC_TA, "demo_ta": demo.NB_KC_TA, "demo_district_communes": demo.SMALL_DISTRICT,
    "demo_district_onestop": demo.SMALL_DISTRICT, "demo_district_survey": demo.SMALL_DISTRICT,
    "demo_district_yearly_survey": demo.SMALL_DISTRICT,
}  # fmt: skip


def test_a_demo_is_named_for_every_shipped_profile() -> None:
    assert set(OF_PROFILE) == {profile.name for profile in all_profiles()}


def smallest_load(kept: Path, profile: str, monkeypatch: pytest.MonkeyPatch) -> Load:
    with monkeypatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(kept))
        return min((each for each in archive.archived() if each.profile == profile), key=lambda each: each.rows)


@pytest.mark.parametrize("profile", OF_PROFILE)
def test_a_file_of_every_shipped_profile_loads_as_its_kept_archive_says(
    profile: str, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = demo.kept_demo(OF_PROFILE[profile], demo.key_of_sources())
    expected = smallest_load(kept, profile, monkeypatch)
    (path,) = (kept / "exports").rglob(expected.source_file)
    (planted,) = [each for each in load_planted(path.parent).files if Path(each.file).name == path.name]
    found = load(path)
    (told,) = found["files"]
    assert (told["profile"], told["data"], told["rejected"]) == (
        profile,
        planted.data_rows,
        sum(planted.rejected.values()),
    )
    (read,) = archive.archived()
    numbered = replace(read, load_id=expected.load_id, load_seq=expected.load_seq, loaded_at=expected.loaded_at)
    assert numbered == expected
    for name in ("rows", "rejections"):
        frames = [
            pl.read_parquet(folder / load_id / f"{name}.parquet").drop("load_id")
            for folder, load_id in ((archive_folder(), read.load_id), (kept / "archive", expected.load_id))
        ]
        assert_frame_equal(*frames)
    assert open_snapshot().id == found["snapshot"]
    (counted,) = open_snapshot().read("select profile, data_rows, rejected_rows from loads").rows()
    assert counted == (profile, planted.data_rows, sum(planted.rejected.values()))
