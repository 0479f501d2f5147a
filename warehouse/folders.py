"""The folders of an installation. The only reader of the environment."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """The folder that everything is read from and written to: DOISANH_DATA, or `data/` beside the program."""
    return Path(os.environ.get("DOISANH_DATA") or PROJECT / "data").expanduser().resolve()


def exports_folder() -> Path:
    return data_folder() / "exports"


def archive_folder() -> Path:
    return data_folder() / "archive"


def warehouse_folder() -> Path:
    return data_folder() / "warehouse"


def logs_folder() -> Path:
    return data_folder() / "logs"


def profile_folders() -> list[Path]:
    """Shipped profiles first, then those an office has added."""
    return [PROJECT / "etl" / "profiles", data_folder() / "profiles"]


def own_briefings_folder() -> Path:
    return data_folder() / "briefings"


def briefing_folders() -> list[Path]:
    """Shipped briefings first, then those an office has made."""
    return [PROJECT / "data" / "reference" / "briefings", own_briefings_folder()]


def own_reference_file(name: str) -> Path:
    """Where the data folder's own reference file of this name is, or would be."""
    return data_folder() / "reference" / name


def shipped_reference_file(name: str) -> Path:
    return PROJECT / "data" / "reference" / name


def reference_file(name: str) -> Path:
    """The reference file to read: the data folder's own where there is one, else the shipped one."""
    own = own_reference_file(name)
    return own if own.exists() else shipped_reference_file(name)
