"""What is written for readers holds: commands exist, words are explained, nothing local or secret is named."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from comparison.measures import catalogue
from etl.archive import LAYOUT_KINDS
from warehouse.folders import PROJECT

READMES = ("README.md", "README.vi.md")
GLOSSARY = (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_readmes_are_short_and_their_pictures_and_links_exist(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (PROJECT / target).exists(), target


def test_commands_of_the_readmes_exist() -> None:
    text = "\n".join((PROJECT / name).read_text(encoding="utf-8") for name in READMES)
    commands = set(re.findall(r"python -m (etl|comparison) ([a-z]+)", text))
    assert {module for module, _ in commands} == {"etl", "comparison"}
    for module, command in commands:
        run = subprocess.run(
            [sys.executable, "-m", module, command, "--help"], cwd=PROJECT, capture_output=True, check=False
        )
        assert run.returncode == 0, run.stderr
    targets = set(re.findall(r"(?m)^(?:PORT=\d+ )?make ([a-z]+)", text))
    assert {"dashboard", "test"} <= targets
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_every_measure_and_column_that_people_meet_is_in_the_glossary() -> None:
    met = set(catalogue()) | {
        "case_code",
        "unit_id",
        "received_on",
        "due_on",
        "first_due_on",
        "finished_on",
        "closed_on",
    }
    assert {name for name in met if f"`{name}`" not in GLOSSARY and f"`{name}" not in GLOSSARY} == set()
    assert LAYOUT_KINDS == ("blank", "banner", "header", "group", "total", "signature", "note")


def test_measures_are_complete_documents() -> None:
    folder = PROJECT / "comparison" / "measures"
    queries = {path.stem for path in folder.glob("*.sql")}
    assert queries == {path.stem for path in folder.glob("*.toml")} == set(catalogue())
    for definition in catalogue().values():
        for text in (definition.title_vi, definition.title_en, definition.meaning_vi, definition.meaning_en):
            assert text
        assert bool(definition.denominator_vi) == (definition.unit != "count")
        assert (folder / f"{definition.name}.sql").read_text(encoding="utf-8").startswith("-- One row per group: ")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [PROJECT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_registry_host_and_no_path_of_a_machine() -> None:
    local = re.compile(r"--index-url|extra-index|https?://[^\s\"]*(?:simple|pypi)|(?:^|[\s\"'=])/(?:home|root|Users)/")
    for path in _tracked():
        if path.suffix in {".py", ".md", ".toml", ".sql", ".lock", ".csv", ""} and path.is_file():
            # Files of offices are kept in the encodings that they came in.
            found = local.search(path.read_text(encoding="utf-8", errors="replace"))
            assert path == Path(__file__) or found is None, f"{path}: {found}"


def test_the_lock_has_a_hash_for_everything_that_pyproject_asks_for() -> None:
    # What the bench alone needs has a lock of its own.
    locks = (PROJECT / "requirements.lock", PROJECT / "bench" / "requirements.lock")
    lock = "\n".join(path.read_text(encoding="utf-8") for path in locks)
    pyproject = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    for name in re.findall(r'^    "([a-z-]+)[=>]', pyproject, re.MULTILINE):
        assert re.search(rf"^{name}==\S+.*\\\n    --hash=sha256:", lock, re.MULTILINE), name


def test_each_dependency_has_its_reason_beside_it() -> None:
    lines = (PROJECT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    dependencies = [line for line in lines if re.match(r'^    "[a-z-]+[=>]', line)]
    assert dependencies
    assert [line for line in dependencies if not re.search(r'",\s+# \S', line)] == []
