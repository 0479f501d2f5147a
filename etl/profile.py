"""A profile: how the exports of one source are read, as its TOML file says; every key is checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from etl.kinds import UNIT_KINDS, Kind, kinds
from etl.profile_keys import Keys, ProfileError
from warehouse.folders import profile_folders
from warehouse.text import fold

__all__ = ["Profile", "ProfileError", "all_profiles", "load_profile"]


@dataclass(frozen=True)
class Profile:
    """One profile, valid. `columns` and `items` give the accepted headers as written, in order of preference;
    `values` the canonical value of each label as written ("*" = any other); `constants` by canonical column."""

    name: str
    title: str
    kind: str
    source: str
    recognise: tuple[str, ...]
    recognise_text: tuple[str, ...]
    encoding: str
    delimiter: str
    dates: tuple[str, ...]
    timezone: str
    no_due_date: tuple[str, ...]
    no_date: tuple[str, ...]
    unit_words: tuple[str, ...]
    case_code_pattern: str
    complete: bool
    covers_from: date | None
    unknown_units: str
    unit_kind: str
    root: str
    header_row: int
    columns: Mapping[str, tuple[str, ...]]
    items: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str | int | float | date]
    values: Mapping[str, Mapping[str, str | float]]

    @cached_property
    def folded_columns(self) -> Mapping[str, tuple[str, ...]]:
        """`columns` as headers are compared."""
        return {column: tuple(map(fold, headers)) for column, headers in self.columns.items()}

    @cached_property
    def folded_items(self) -> Mapping[str, tuple[str, ...]]:
        """`items` as headers are compared."""
        return {item: tuple(map(fold, headers)) for item, headers in self.items.items()}

    @cached_property
    def header_keys(self) -> frozenset[str]:
        """Every header that it maps, as headers are compared."""
        return frozenset(key for keys in (*self.folded_columns.values(), *self.folded_items.values()) for key in keys)

    @property
    def shape(self) -> Kind:
        """Its kind."""
        return kinds()[self.kind]

    @property
    def code_pattern(self) -> str:
        """The pattern of the codes that identify a row, "" where it names none."""
        return self.pattern_of(self.shape.code)

    def pattern_of(self, column: str) -> str:
        """The pattern that the texts of a column match."""
        return self.case_code_pattern if column == "case_code" else ""

    def texts_for_none(self, column: str) -> tuple[str, ...]:
        """What it adds to the texts that mean no date in a column."""
        return (*self.no_date, *(self.no_due_date if column == "due_at" else ()))


def load_profile(path: Path) -> Profile:
    """The profile that a TOML file holds. Raises ProfileError, in Vietnamese, naming file and key."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ProfileError(path, "(tệp)", "không có tệp này", "một tệp TOML đọc được") from error
    except OSError as error:
        raise ProfileError(path, "(tệp)", "không mở được", "một tệp TOML đọc được") from error
    except UnicodeDecodeError as error:
        raise ProfileError(path, "(tệp)", "tệp không phải UTF-8", "TOML lưu bằng mã UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(path, "(tệp)", f"sai cú pháp TOML: {error}", "TOML đúng cú pháp") from error
    keys = Keys(path, content)
    keys.refuse_unknown(tuple(Profile.__annotations__))
    kind = kinds()[keys.choice("kind", tuple(kinds()))]
    unknown_units = keys.choice("unknown_units", ("reject", "register"), default="reject")
    profile = Profile(
        name=path.stem,
        title=keys.text("title"),
        kind=kind.name,
        source=keys.source("source"),
        recognise=keys.texts("recognise"),
        recognise_text=keys.texts("recognise_text", default=()),
        encoding=keys.encoding("encoding", default="utf-8-sig"),
        delimiter=keys.delimiter("delimiter"),
        dates=keys.date_formats("dates"),
        timezone=keys.timezone("timezone", default="Asia/Ho_Chi_Minh"),
        no_due_date=keys.texts("no_due_date", default=("",), empty_allowed=True),
        no_date=keys.texts("no_date", default=(), empty_allowed=True),
        unit_words=keys.texts("unit_words", default=(), empty_allowed=True),
        case_code_pattern=keys.pattern("case_code_pattern"),
        complete=keys.flag("complete"),
        covers_from=keys.day("covers_from"),
        unknown_units=unknown_units,
        unit_kind=keys.choice("unit_kind", UNIT_KINDS, default="commune"),
        root=keys.text("root", default="district"),
        header_row=keys.row_number("header_row"),
        columns=keys.columns("columns", kind),
        items=keys.items("items", kind),
        constants=keys.constants("constants", kind),
        values=keys.values("values", kind),
    )
    keys.require_columns(profile.columns, profile.items, profile.constants, kind)
    return profile


def all_profiles() -> list[Profile]:
    """Every profile of the installation, by name; an office's own file replaces the shipped one of the same name."""
    files: dict[str, Path] = {}
    for folder in profile_folders():
        files |= {path.stem: path for path in sorted(folder.glob("*.toml"))}
    return [load_profile(files[name]) for name in sorted(files)]
