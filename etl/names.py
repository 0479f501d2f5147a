"""What the names written in exports mean: their folded forms, the new ones, and the nearest known ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from warehouse.text import fold, search_key

_NEAR_ENOUGH = 0.6
# Nobody reads on; looking up one takes milliseconds, and a foreign export may bring tens of thousands.
_MOST_LOOKED_UP = 500


@dataclass(frozen=True)
class Names:
    """Tables that build joins with; `spelling` is a name as written, `folded` the form in which names are compared."""

    spellings: pl.DataFrame  # kind (unit, field, procedure), root ('' unless unit), spelling, folded
    registered_units: pl.DataFrame  # root, name, folded, unit_kind
    registered_names: pl.DataFrame  # kind, name, folded
    unknown_names: pl.DataFrame  # kind, root, name, nearest (null where none is near)


def resolve(
    written: pl.DataFrame,
    unit_names: pl.DataFrame,
    field_names: pl.DataFrame,
    procedure_names: pl.DataFrame,
) -> Names:
    """Sort the names of all active loads into known, new and unknown.

    `written`: kind, root, spelling, registers_as (the unit kind that an unknown unit gets, null where it is
    rejected), in order of first appearance. Fields and procedures always register.
    """
    spelled = written.with_columns(
        pl.col("spelling").map_elements(fold, return_dtype=pl.String).alias("folded")
    ).filter(pl.col("folded") != "")
    units = spelled.filter(pl.col("kind") == "unit")
    new_units = units.join(unit_names.select("root", "folded").unique(), on=["root", "folded"], how="anti")
    registered_units = (
        new_units.filter(pl.col("registers_as").is_not_null())
        .unique(["root", "folded"], keep="first", maintain_order=True)
        .select("root", pl.col("spelling").alias("name"), "folded", pl.col("registers_as").alias("unit_kind"))
    )
    new_names = [
        spelled.filter(pl.col("kind") == kind)
        .join(known.select("folded").unique(), on="folded", how="anti")
        .unique("folded", keep="first", maintain_order=True)
        for kind, known in (("field", field_names), ("procedure", procedure_names))
    ]
    known_texts = {("unit", root): names["folded"].to_list() for (root,), names in unit_names.group_by("root")} | {
        ("field", ""): field_names["folded"].to_list(),
        ("procedure", ""): procedure_names["folded"].to_list(),
    }
    registered_keys = registered_units.select("root", "folded")
    rejected_units = new_units.join(registered_keys, on=["root", "folded"], how="anti")
    return Names(
        spelled.select("kind", "root", "spelling", "folded").unique(),
        registered_units,
        pl.concat(new_names).select("kind", pl.col("spelling").alias("name"), "folded"),
        _nearest(pl.concat([rejected_units, *new_names]).iter_rows(named=True), known_texts),
    )


def _nearest(unknown: Iterable[dict[str, str]], known: Mapping[tuple[object, ...], list[str]]) -> pl.DataFrame:
    found = []
    keys_of = {key: {search_key(text): text for text in texts} for key, texts in known.items()}
    for number, name in enumerate(unknown):
        keys = keys_of.get((name["kind"], name["root"]), {}) if number < _MOST_LOOKED_UP else {}
        near = get_close_matches(search_key(name["spelling"]), keys, n=1, cutoff=_NEAR_ENOUGH)
        found.append((name["kind"], name["root"], name["spelling"], keys[near[0]] if near else None))
    schema = dict.fromkeys(("kind", "root", "name", "nearest"), pl.String)
    return pl.DataFrame(found, schema=schema, orient="row").unique(maintain_order=True)
