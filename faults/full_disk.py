"""A disk that fills up at many places of a load: a small file system in memory, real where the system allows one."""

import subprocess
import sys
from pathlib import Path

from faults.office import Office, ended, figures, left_behind, unlike
from warehouse.folders import PROJECT

PLACES = 20
_PAGE = 4096


def places(office: Office) -> tuple[str, list[str]]:
    """PLACES sizes of disk that a load does not fit on, and a folder that cannot be written: exit 4 in words, the old
    figures, nothing left; once there is room the load ends as if nothing had been."""
    mount = office.published.parent / "disk"
    mount.mkdir()
    # A file system of one's own needs no rights of the machine's, only a name space of one's own.
    own = ["unshare", "--user", "--map-root-user", "--mount"]
    arguments = [str(mount), str(office.published), office.before, office.after, *map(str, office.next_files)]
    run = subprocess.run(
        [*own, sys.executable, "-m", "faults.full_disk", *arguments], cwd=PROJECT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if run.returncode != 0:
        return "no file system of its own could be mounted", [f"ended with {run.returncode}: {run.stderr}"]
    *wrong, told = run.stdout.splitlines()
    return told, wrong


def _in_own_name_space(mount: Path, office: Office) -> tuple[str, list[str]]:
    _mount("-t", "tmpfs", "-o", "size=1g", "tmpfs", str(mount))
    empty = _used(mount)
    data = office.copied(mount / "data")
    before = _used(mount)
    ended(data, *office.loading)
    needed = _used(mount) - before
    wrong: list[str] = []
    full = 0
    for place in range(PLACES):
        size = before + needed * place // PLACES - empty + _PAGE
        data = office.copied(mount / "data")
        _mount("-o", f"remount,size={size}", str(mount))
        failures = _refused(office, data, "Hết chỗ trống")
        full += not failures
        _mount("-o", "remount,size=1g", str(mount))
        failures += _then(office, data)
        wrong += [f"at {place} of {PLACES}: {each}" for each in failures]
    data = office.copied(mount / "data")
    _mount("-o", "remount,ro", str(mount))
    failures = _refused(office, data, "quyền ghi")
    _mount("-o", "remount,rw", str(mount))
    wrong += [f"read only: {each}" for each in (*failures, *_then(office, data))]
    return f"{full} places of {needed // 1024} KB and a folder that cannot be written", wrong


def _refused(office: Office, data: Path, words: str) -> list[str]:
    code, said = ended(data, *office.loading)
    wrong = [] if code == 4 else [f"ended with {code}: {said}"]
    if words not in said or "Traceback" in said:
        wrong.append(f"not the words for it: {said}")
    if figures(data) != office.before:
        wrong.append("figures changed")
    return wrong + [f"left {each}" for each in left_behind(data)]


def _then(office: Office, data: Path) -> list[str]:
    code, said = ended(data, *office.loading)
    return [f"the next load ended with {code}: {said}"] if code else unlike(office, data)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def _used(mount: Path) -> int:
    """Bytes, in whole pages."""
    return _PAGE * sum(1 + -(-path.stat().st_size // _PAGE) for path in mount.rglob("*"))


if __name__ == "__main__":
    mount, published, before, after, *files = sys.argv[1:]
    office = Office(Path(published), tuple(map(Path, files)), before, after)
    told, wrong = _in_own_name_space(Path(mount), office)
    sys.stdout.write("\n".join([*(each.replace("\n", " / ") for each in wrong), told]) + "\n")
