"""What every page and slide says at random scopes, written to a file, and two such files compared: whoever rebuilds
figures records before and after.

    python -m bench.recorded record 40 before.json [page …]
    python -m bench.recorded compare before.json after.json

Both of the same data folder. Containers are not compared, nor what Streamlit numbers anew at every run.
"""

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from comparison.figures import slide_figures
from comparison.measures import known
from comparison.scope import Known
from tests.helpers.pages import PAGES, opened
from warehouse.briefings import Briefing, Slide, briefings, save_briefing
from warehouse.snapshots import open_snapshot

_SLIDES = 6  # of each scope
_BRIEFING = "ghi-lai"
_ANEW = re.compile(r'\b(?:id|url|deferred_file_id): ".*?"')
_LAYOUT = ("column", "flex_container")
_SHOWN = 5
Said = list[list[str]]


def _months(first: date, last: date) -> list[date]:
    found = [first.replace(day=1)]
    while found[-1] <= last:
        found.append((found[-1] + timedelta(days=32)).replace(day=1))
    return found


def _scope(rng: random.Random, there: Known, root: str) -> dict[str, str]:
    """The parameters of a question that a reader may ask."""
    of_root = there.root_of[root]
    months = _months(of_root.covers_from, of_root.cut_off)
    first = rng.randrange(len(months) - 1)
    last = min(first + rng.choice([1, 3, 3, 6, 12]), len(months) - 1)
    starts, ends = months[first], months[last] - timedelta(days=1)
    if rng.random() < 0.15:
        starts, ends = starts + timedelta(rng.randrange(9)), ends - timedelta(rng.randrange(9))
    if rng.random() < 0.05:
        starts, ends = date(2019, 1, 1), date(2019, 3, 31)
    kind = rng.choice(["all", *there.kinds_of(root)])
    units = [unit.code for unit in there.units_of(root, None if kind == "all" else kind)]
    chosen = {
        "units": rng.sample(units, min(len(units), rng.choice([0, 0, 0, 0, 0, 1, 1, 1, 2, 3]))),
        "fields": rng.sample([field.code for field in there.fields], rng.choice([0] * 8 + [1, 2])),
        "procedures": rng.sample([each.code for each in there.procedures], rng.choice([0] * 19 + [1])),
        "channels": rng.sample(list(there.channels), rng.choice([0] * 9 + [1])),
    }
    asked = {
        "root": root,
        "kind": kind,
        "from": starts.isoformat(),
        "to": ends.isoformat(),
        "compare": rng.choice(["previous", "year", "none"]),
        "on_time": rng.choice(["due", "due", "resolved", "first_due"]),
        "lang": rng.choice(["vi", "vi", "en"]),
    }
    instruments = [each.code for each in there.instruments_of(root)]
    if instruments and rng.random() < 0.7:
        asked["instrument"] = rng.choice(instruments)
    return asked | {name: ",".join(sorted(codes)) for name, codes in chosen.items() if codes}


def _said(app: AppTest) -> Said:
    """Every element of a page in order: its kind and all that it says."""
    found: Said = []

    def walk(block: Any) -> None:
        for child in getattr(block, "children", {}).values():
            if getattr(child, "children", None):
                walk(child)
            elif (proto := getattr(child, "proto", None)) is not None and child.type not in _LAYOUT:
                text = {"plotly_chart": "spec", "html": "body"}.get(child.type)
                said = getattr(proto, text) if text else _ANEW.sub("", str(proto))
                if child.type == "html" and found and found[-1][0] == "html":
                    found[-1][1] += said
                else:
                    found.append([child.type, said])

    walk(app._tree)
    return found


def _asked(number: int, pages: Sequence[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(name, page, parameters) of everything that is recorded."""
    rng, there, keys = random.Random(7), known(open_snapshot()), sorted(slide_figures())
    if not any(each.name == _BRIEFING for each in briefings()[0]):
        slides = tuple(Slide(key, {"root": there.roots[0].code}, "") for key in keys)
        save_briefing(Briefing(_BRIEFING, "Ghi lại", slides, None))
    roots = [root.code for root in there.roots]
    for turn in range(number):
        scope = _scope(rng, there, roots[turn % len(roots)])
        where = json.dumps(scope, sort_keys=True, ensure_ascii=False)
        for page in pages:
            if page != "slides":
                yield f"{page} {where}", page, scope
        for place in rng.sample(range(len(keys)), _SLIDES) if "slides" in pages else ():
            yield f"{keys[place]} {where}", "present", {**scope, "briefing": _BRIEFING, "slide": str(place + 1)}


def record(number: int, out: Path, pages: Sequence[str]) -> None:
    """Write what the pages ("slides" are one of them) say at so many scopes."""
    said: dict[str, Said] = {}
    for name, page, parameters in _asked(number, pages):
        try:
            said[name] = _said(opened(page, **parameters))
        except AssertionError as error:
            said[name] = [["error", str(error)]]
    out.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    print(f"{len(said)} pages and slides")


def compare(before: Path, after: Path) -> bool:
    """Print where two recordings differ; False where they do."""
    one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (before, after))
    names = [name for name in one if name in other]
    differing = [name for name in names if one[name] != other[name]]
    for name in differing[:_SHOWN]:
        pair = next((pair for pair in zip(one[name], other[name], strict=False) if pair[0] != pair[1]), None)
        print(name)
        if pair is None:
            print(f"  {len(one[name])} elements before, {len(other[name])} after")
            continue
        texts = [text for _, text in pair]
        first = next((at for at, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
        for text in texts:
            print(f"  …{text[max(first - 60, 0) : first + 100]!r}")
    print(f"{len(names)} compared, {len(differing)} differ")
    return not differing


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["record", number, out, *pages]:
            record(int(number), Path(out), pages or [*PAGES, "slides"])
        case ["compare", before, after]:
            sys.exit(not compare(Path(before), Path(after)))
        case _:
            sys.exit(__doc__)
