"""The title of Dữ liệu, the sources of a root, and every file loaded with what became of its rows."""

from collections.abc import Sequence

import polars as pl

from comparison.figures.data.asked import PAGE, in_words, snapshot_source, total, whole_root, with_headings
from comparison.figures.figure import Figure, Listing, Made
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.place import Place
from comparison.measures import lists
from comparison.question import Question
from comparison.wording import day

_SOURCE = ("source_title", "kind", "covers_from", "cut_off", "retired_on", "loads", "last_loaded_at")
# What became of a row with data, and what a row without is.
_FATES = ("new_rows", "newer_rows", "older_rows", "unchanged_rows", "rejected_rows")
_LAYOUT = ("banner_rows", "header_rows", "group_rows", "total_rows", "signature_rows", "note_rows", "blank_rows")
_FILE, _ROWS = ("source_file", "source_title", "loaded_at", "extracted_on"), ("rows", "layout_rows", "data_rows")
_SHOWN = (*_FILE, *_ROWS, *_FATES)
_DOWNLOADED = ("load_id", *_FILE, "covers_from", "covers_to", "rows", "layout_rows", *_LAYOUT, "data_rows", *_FATES)


def titles(q: Question) -> Sequence[str]:
    """How many files and rows there are, and when the last was loaded."""
    loads = lists.loads(q.warehouse, q.scope, q.viewer)
    last = loads.select(pl.col("loaded_at").max()).item()
    return (
        q.say("data_page.title", loads=q.number(loads.height), rows=q.number(total(loads, "data_rows"))),
        q.say("data_page.caption", root=q.root.name, loaded_on=day(q.language, last)),
    )


def _sources(q: Question, _: Place) -> Made:
    sources = in_words(q, lists.sources(q.warehouse, q.scope, q.viewer), "kind", "load_kind")
    return Made(
        title=q.say("data_page.sources"),
        subtitle=q.say("data_page.sources_how"),
        body=Listing(Numbers(with_headings(q, sources, *_SOURCE))),
        source=snapshot_source(q),
        method=method(q, "data_sources"),
        asked=whole_root(q),
    )


def _loads(q: Question, _: Place) -> Made:
    loads = lists.loads(q.warehouse, q.scope, q.viewer)
    wrong = loads.filter(
        (pl.col("rows") != pl.col("layout_rows") + pl.col("data_rows"))
        | (pl.col("data_rows") != pl.sum_horizontal(_FATES))
    ).height
    amounts = {name: q.number(total(loads, name)) for name in (*_ROWS, *_FATES)}
    return Made(
        title=q.say("data_page.loads_wrong", n=q.number(wrong)) if wrong else q.say("data_page.loads_right"),
        subtitle=q.say("data_page.loads_sum", **amounts),
        body=Listing(Numbers(with_headings(q, loads, *_SHOWN))),
        numbers=Numbers(with_headings(q, loads, *_DOWNLOADED)),
        source=q.say("data_page.loads_source", n=q.number(loads.height), snapshot=q.warehouse.id),
        method=method(q, "data_loads"),
        asked=whole_root(q),
    )


SOURCES = Figure("nguon", PAGE, _sources, is_slide=False)
LOADS = Figure("lan-nap", PAGE, _loads, is_slide=False)
