"""What a scenario's files are known to hold: the numbers that loading them must give back."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "planted.json"


@dataclass(frozen=True)
class PlantedFile:
    """One written file: its data rows (rejected and repeated ones included) and what is wrong with them."""

    file: str
    kind: str
    source: str
    data_rows: int
    rejected: dict[str, int]
    duplicates: int


@dataclass(frozen=True)
class Planted:
    """The truths of one scenario; `rejected` by reason and `faults` by name are sums over its files."""

    scenario: str
    files: list[PlantedFile]
    cases: int
    sheets: int
    faults: dict[str, int]

    @property
    def rejected(self) -> dict[str, int]:
        """Rows that must be rejected, by reason."""
        total: dict[str, int] = {}
        for file in self.files:
            for reason, rows in file.rejected.items():
                total[reason] = total.get(reason, 0) + rows
        return total

    @property
    def duplicates(self) -> int:
        """Rows that repeat another row of their file."""
        return sum(file.duplicates for file in self.files)

    def save(self, folder: Path) -> None:
        """Written beside the exports, as `planted.json`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def load_planted(folder: Path) -> Planted:
    """The truths saved beside the exports of one scenario; FileNotFoundError where there are none."""
    saved = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    return Planted(**{**saved, "files": [PlantedFile(**file) for file in saved["files"]]})
