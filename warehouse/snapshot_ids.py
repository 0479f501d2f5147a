"""The ids of snapshots: the day, then letters in the order of publishing: 2026-11-22-a, -b, …, -z, -aa."""

import re
from collections.abc import Iterable
from datetime import date

_ID = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z]+)")


def is_snapshot_id(text: str) -> bool:
    """Whether a text has the form of a snapshot's id, whether there is such a snapshot or not."""
    return _ID.fullmatch(text) is not None


def order(snapshot_id: str) -> tuple[str, int, str]:
    """What ids are sorted by, oldest first."""
    match = _ID.fullmatch(snapshot_id)
    assert match, f"not the id of a snapshot: {snapshot_id!r}"
    return match[1], len(match[2]), match[2]


def published_on(snapshot_id: str) -> date | None:
    """The day that an id tells, whether there is such a snapshot or not; None where it is no id."""
    match = _ID.fullmatch(snapshot_id)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def following(taken: Iterable[str], today: date) -> str:
    """The id after all that the day has had."""
    matches = [_ID.fullmatch(each) for each in taken]
    of_today = [match[2] for match in matches if match and match[1] == str(today)]
    letters = max(of_today, key=lambda text: (len(text), text), default="")
    stem = letters.rstrip("z")
    raised = stem[:-1] + chr(ord(stem[-1]) + 1) if stem else "a"
    return f"{today}-{raised}{'a' * (len(letters) - len(stem))}"
