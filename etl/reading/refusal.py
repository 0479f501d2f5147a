"""A file that cannot be read at all, and why."""

from pathlib import Path


class FileRefused(Exception):
    """A file refused whole: `reason` and `remedy` in Vietnamese, without personal data; `path` as it was given."""

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        self.path, self.reason, self.remedy = path, reason, remedy
        super().__init__(f"{path.name}: {reason} {remedy}")
