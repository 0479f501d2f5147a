"""Demo exports: invented, true to form, with planted truths. Same seed, same bytes."""

from collections.abc import Callable
from pathlib import Path

from etl.demo import district_files, hong_ngu, khoai_chau, nga_bay, thanh_loi, thuan_an
from etl.demo.district_files import LEAST_CASES
from etl.demo.large import write_large_csv
from etl.demo.planted import Planted, PlantedFile, load_planted

SCENARIOS = ("NB", "HN", "TL", "KC", "TA", "district")

__all__ = ["LEAST_CASES", "SCENARIOS", "Planted", "PlantedFile", "load_planted", "write_exports", "write_large_csv"]


def write_exports(scenario: str, folder: Path, *, cases: int = 300_000, seed: int = 1) -> Planted:
    """Write the exports of one scenario under `folder/<scenario>/`, and what they hold beside them.

    `cases` sizes the district only (at least 20,000); the others are as published. ValueError: fewer cases, or an
    unknown scenario.
    """
    writers: dict[str, Callable[[Path], Planted]] = {
        "NB": lambda target: nga_bay.write(target, seed),
        "HN": lambda target: hong_ngu.write(target, seed),
        "TL": lambda target: thanh_loi.write(target, seed),
        "KC": lambda target: khoai_chau.write(target, seed),
        "TA": lambda target: thuan_an.write(target, seed),
        "district": lambda target: district_files.write(target, cases, seed),
    }
    if scenario not in writers:
        raise ValueError(f"Không có kịch bản “{scenario}”; chỉ có: {', '.join(SCENARIOS)}.")
    target = folder / scenario
    target.mkdir(parents=True, exist_ok=True)
    planted = writers[scenario](target)
    planted.save(target)
    return planted
