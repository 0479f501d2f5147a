"""Data whose every name tries to be something else: markup, Markdown, a formula, a quote, an icon, a link."""

import csv
import shutil
from pathlib import Path

from etl import commands
from tests.helpers.examples import PROFILE, add_profile, as_of, case, load, write
from warehouse.briefings import Briefing, Slide, save_briefing
from warehouse.folders import PROJECT, own_reference_file
from warehouse.snapshots import current_id

# Elements that it would make bear "made", what it would ask for has this host, and what it would run sets this.
HOST, RAN = "x.invalid", "PWN"
TAGS = (
    f"<img src=//{HOST}/i.png onerror=window.{RAN}=1>", f"<script>window.{RAN}=1;alert(1)</script>",
    f'<iframe srcdoc="<script>parent.{RAN}=1</script>"></iframe>', "<b class=made>a</b>", "</style><u class=made>b</u>",
    f"</script><script>{RAN}=1</script>", f"<a class=made href='javascript:{RAN}=1'>c</a><br>",
    f"<svg onload={RAN}=1>", "&lt;b&gt; &amp; &#60;",
)  # fmt: skip
MARKDOWN = (
    f"![made](//{HOST}/m.png)", f"[made](https://{HOST})", "**made** _made_", "`made`", "$made$ $$made$$", ":red[made]",
    ":smile: :material/home:", f"www.{HOST} http://{HOST}", "~~made~~ -> <-> --", "%{x} {0} {made}",
)  # fmt: skip
QUOTES = ("\"'", "'\"", "\\'", '\\"', "`'")


def hostile(number: int, name: str) -> str:
    """A name that goes on with one of each kind, another for each number; it still begins as it did."""
    kinds = (TAGS, MARKDOWN, QUOTES)
    return " ".join([name, *(kind[number % len(kind)] for kind in kinds), "=1+1"])


# What matches in exports, and so goes on by its alias.
_ALIASED = ("units", "fields", "procedures")
# The columns of reference files that are words.
_WORDS = ("name", "short_name", "purpose", "responsible", "group", "title", "text", "reason")
ROOT = "R'\"<b class=made>&"


def hostile_references() -> None:
    """The shipped reference files in the data folder's own, every name in them hostile."""
    for shipped in sorted((PROJECT / "data" / "reference").glob("*.csv")):
        with shipped.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            if shipped.stem in _ALIASED:
                row["aliases"] = ";".join(filter(None, [row["aliases"], row["name"]]))
            row |= {column: hostile(number, row[column]) for column in _WORDS if row.get(column)}
        own = own_reference_file(shipped.name)
        own.parent.mkdir(parents=True, exist_ok=True)
        with own.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def hostile_district(folder: Path, like: Path) -> Path:
    """A data folder with the district of `like`, hostile names and briefing, and a root that its export alone names.

    DOISANH_DATA names `folder`.
    """
    shutil.copytree(like, folder)
    hostile_references()
    add_profile(
        like=PROFILE
        | {"unknown_units": "register", "root": ROOT, "title": hostile(3, "Xuất"), "covers_from": "2024-01-01"}
    )
    rows = [
        case(unit=hostile(at, "Xã Thử"), field=hostile(at + 1, "Lĩnh vực"), procedure=hostile(at, "Thủ tục"))
        for at in range(60)
    ]
    export = write(
        folder / "exports" / "thu <b class=made>.csv", [*rows, case(received_at=TAGS[0])], banner=as_of("2024-12-31")
    )
    assert commands.main(["build"]) == 0
    assert load(export)["exit"] == 1
    link = {"from": "2024-10-01", "to": "2024-12-31", "root": "district"}
    slides = ("o-so-lieu", "o-noi-bat", "tre-han-don-vi-linh-vuc", "don-vi", "tre-han-pheu")
    save_briefing(
        Briefing(
            "thu",
            hostile(0, "Họp"),
            tuple(Slide(view, link, hostile(n, "Trang") if n % 2 else "") for n, view in enumerate(slides)),
            current_id(),
        )
    )
    return folder
