"""The tests themselves keep their order: folders that say what they prove, helpers that all share, hooks that exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.folders import PROJECT

TESTS = PROJECT / "tests"
FOLDERS = [path for path in sorted(TESTS.iterdir()) if (path / "__init__.py").exists()]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_tests_import_helpers_and_never_each_other() -> None:
    others = {
        (path.name, name)
        for path in TESTS.rglob("*.py")
        for name in imported(path)
        if name.startswith("tests.") and not name.startswith("tests.helpers")
    }
    assert others == set()


def test_helpers_hold_no_test() -> None:
    assert FOLDERS
    for path in (TESTS / "helpers").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[:4] == "test"] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_folder_says_what_belongs_there(folder: Path) -> None:
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert told
    assert "\n" not in told
    assert all(path.name.startswith("test_") for path in folder.glob("*.py")
               if path.name not in ("__init__.py", "conftest.py")) or folder.name == "helpers"  # fmt: skip


def test_what_runs_in_the_long_tests_alone_is_listed() -> None:
    told = ast.get_docstring(ast.parse((TESTS / "__init__.py").read_text(encoding="utf-8"))) or ""
    marked = {
        f"{path.parent.name}/{path.name}" for path in TESTS.rglob("test_*.py")
        if re.search(r"mark\.long\b", path.read_text(encoding="utf-8"))
    } - {f"docs/{Path(__file__).name}"}  # fmt: skip
    assert marked == set(re.findall(r"`(\w+/test_\w+\.py)`", told)) != set()


def test_hooks_call_targets_of_the_makefile() -> None:
    hooks = (PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"(?m)^ +entry: make (\S+)$", hooks)
    assert len(targets) == hooks.count("- id:") > 0
    assert all(re.search(rf"(?m)^{target}:", makefile) for target in targets)


def test_the_python_named_for_tools_is_the_oldest_that_is_promised() -> None:
    version = (PROJECT / ".python-version").read_text(encoding="utf-8").strip()
    assert f'requires-python = ">={version}"' in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
