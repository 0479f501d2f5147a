"""What each measure means: the `.toml` beside its `.sql`. The page "Định nghĩa" and the commands read these."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

FOLDERS = [Path(__file__).parent]


@dataclass(frozen=True)
class Definition:
    """One measure in words, and how it is to be read. `minimum` is the smallest n that is compared with others."""

    name: str
    title_vi: str
    title_en: str
    meaning_vi: str
    meaning_en: str
    numerator_vi: str
    numerator_en: str
    denominator_vi: str
    denominator_en: str
    good: Literal["up", "down", "none"]
    unit: Literal["count", "share", "days", "score", "ratio"]
    reads: str
    from_the_start: bool
    legal_basis_vi: str
    legal_basis_en: str
    minimum: int
    reviewed: date

    @property
    def is_survey(self) -> bool:
        return self.reads in ("sheets", "answers", "closings")

    @property
    def is_of_items(self) -> bool:
        """Whether it is asked of each item of an instrument by itself."""
        return self.reads == "answers"

    @property
    def answers(self) -> Literal["numerator", "denominator"]:
        """Which column of a survey measure counts the people who answered, for suppression."""
        return "numerator" if self.reads == "closings" else "denominator"


@cache
def catalogue() -> dict[str, Definition]:
    """Every measure by name, in the order in which people should read them."""
    found = []
    for path in (path for folder in FOLDERS for path in folder.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        order = content.pop("order")
        found.append((order, Definition(name=path.stem, **content)))
    return {definition.name: definition for _, definition in sorted(found, key=lambda each: each[0])}
