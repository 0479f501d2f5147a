"""Dữ liệu: how the numbers came to be, and what is still to be settled in the exports."""

import polars as pl

from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.frames.months import covered
from comparison.frame.changes import last_load
from comparison.frame.source_row import header, listing
from comparison.frame.view import view
from comparison.measures import case_lists, lists
from comparison.measures.known import known
from comparison.question import Question
from comparison.wording import day
from warehouse.text import fold

FATES = ("new_rows", "newer_rows", "older_rows", "unchanged_rows", "rejected_rows")
FAULTS = (
    *("ended_before_received", "due_before_received", "received_after_cutoff"),
    *("finished_after_cutoff", "finished_without_date", "conflicting_rows"),
    *("lone_late_date", "lone_early_date"),
)


def named(v: Question, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """These columns of a list, under their headings."""
    return frame.select(columns).rename({name: v.say(f"data_column.{name}") for name in columns})


def with_lines(v: Question, table: pl.DataFrame) -> Numbers:
    """A list of rows of files as numbers."""
    return Numbers(table, lines=frozenset({v.say("data_column.row_number")}))


def worded(v: Question, frame: pl.DataFrame, column: str, section: str) -> pl.DataFrame:
    """The codes of a column in words of the catalogue."""
    words = {code: v.say(f"{section}.{code}") for code in frame[column].unique().drop_nulls()}
    return frame.with_columns(pl.col(column).replace_strict(words, default=None, return_dtype=pl.String))


def total(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum())


def show_sources(v: Question, sources: pl.DataFrame) -> None:
    listing(
        v,
        title=v.say("data_page.sources"),
        subtitle=v.say("data_page.sources_how"),
        table=named(
            v, worded(v, sources, "kind", "load_kind"),
            "source_title", "kind", "covers_from", "cut_off", "retired_on", "loads", "last_loaded_at",
        ),
        source=v.say("source.snapshot", snapshot=v.warehouse.id),
        key="nguon",
        method=method(v, "data_sources"),
    )  # fmt: skip


def show_loads(v: Question, loads: pl.DataFrame) -> None:
    fates = pl.sum_horizontal(FATES)
    wrong = loads.filter(
        (pl.col("rows") != pl.col("layout_rows") + pl.col("data_rows")) | (pl.col("data_rows") != fates)
    ).height
    amounts = {name: v.number(total(loads, name)) for name in ("rows", "layout_rows", "data_rows", *FATES)}
    shown = ("source_file", "source_title", "loaded_at", "extracted_on", "rows", "layout_rows", "data_rows", *FATES)
    parts = ("banner_rows", "header_rows", "group_rows", "total_rows", "signature_rows", "note_rows", "blank_rows")
    everything = ("load_id", *shown[:4], "covers_from", "covers_to", *shown[4:6], *parts, *shown[6:])
    listing(
        v,
        title=v.say("data_page.loads_wrong", n=v.number(wrong)) if wrong else v.say("data_page.loads_right"),
        subtitle=v.say("data_page.loads_sum", **amounts),
        table=named(v, loads, *shown),
        download=Numbers(named(v, loads, *everything)),
        source=v.say("data_page.loads_source", n=v.number(loads.height), snapshot=v.warehouse.id),
        key="lan-nap",
        method=method(v, "data_loads"),
    )


def show_rejections(v: Question, rejections: pl.DataFrame) -> None:
    rows = rejections.select("source_file", "sheet", "row_number").n_unique()
    columns = ["source_file", "sheet", "row_number", "column_name", "value", "reason", "allowed", "remedy"]
    if rejections.filter(pl.col("sheet") != "").is_empty():
        columns.remove("sheet")
    listing(
        v,
        title=v.say("data_page.rejected", n=v.number(rows)) if rows else v.say("data_page.rejected_none"),
        subtitle=v.say("data_page.rejected_how") if rows else "",
        table=with_lines(v, named(v, worded(v, rejections, "reason", "reason"), *columns)),
        source=v.say("source.snapshot", snapshot=v.warehouse.id),
        key="dong-bi-tu-choi",
        method=method(v, "data_rejections"),
    )


def show_faults(v: Question, faults: pl.DataFrame) -> None:
    headings = {name: v.say(f"fault.{name}") for name in FAULTS}
    shown = faults.select("unit_name", *FAULTS, "cases").rename(
        {"unit_name": v.say("column.unit"), "cases": v.say("data_column.cases"), **headings}
    )
    n = total(faults, "cases")
    listing(
        v,
        title=v.say("data_page.faults", n=v.number(n), units=v.number(faults.height))
        if n
        else v.say("data_page.faults_none"),
        subtitle=v.say("data_page.faults_how"),
        table=shown,
        source=v.say("source.snapshot", snapshot=v.warehouse.id),
        key="loi-so-lieu",
        method=method(v, "data_faults"),
    )


def show_names(v: Question, names: pl.DataFrame) -> None:
    # The nearest name is kept folded; people should read it as it is written.
    there = known(v.warehouse)
    known_names = [each.name for named in (there.units, there.fields, there.procedures) for each in named]
    written = {fold(name): name for name in known_names}
    table = worded(v, names, "kind", "name_kind").with_columns(pl.col("nearest").replace(written))
    listing(
        v,
        title=v.say("data_page.names", n=v.number(names.height))
        if names.height
        else v.say("data_page.names_none"),
        subtitle=v.say("data_page.names_how") if names.height else "",
        table=named(v, table, "kind", "name", "nearest", "n"),
        source=v.say("source.snapshot", snapshot=v.warehouse.id),
        key="ten-chua-biet",
        method=method(v, "data_names"),
    )  # fmt: skip


def show_absent(v: Question, absent: case_lists.CaseList) -> None:
    listing(
        v,
        title=v.say("data_page.absent", n=v.number(absent.in_all))
        if absent.in_all
        else v.say("data_page.absent_none"),
        subtitle=v.say("data_page.absent_how") if absent.in_all else "",
        table=with_lines(v, named(
            v, absent.rows,
            "case_code", "unit_name", "procedure_name", "received_on", "due_on", "source_file", "row_number",
        )),
        source=v.say("source.snapshot", snapshot=v.warehouse.id),
        key="vang-trong-tep-moi",
        method=method(v, "absent_cases"),
    )  # fmt: skip


def show_snapshots(v: Question, there: pl.DataFrame) -> None:
    listing(
        v,
        title=v.say("data_page.snapshots", n=v.number(there.height)),
        subtitle=v.say("data_page.snapshots_how"),
        table=named(v, there, "snapshot", "published_on", "is_current", "is_kept"),
        source=v.say("source.snapshot", snapshot=v.warehouse.id),
        key="ban-so-lieu",
        method=method(v, "data_snapshots"),
    )


def show(v: Question) -> None:
    asked = (v.warehouse, v.scope, v.viewer)
    # Only what the last load changed follows the period; only that, faults and absent cases follow the other filters.
    ever = v.scope.with_(period=covered(v.known.root_of[v.scope.root]), compare="none")
    own, whole = (
        v.asking(ever),
        v.asking(ever.with_(kind=None, units=(), fields=(), procedures=(), channels=(), instrument=None)),
    )
    sources, loads, rejections = lists.sources(*asked), lists.loads(*asked), lists.rejections(*asked)
    last = loads.select(pl.col("loaded_at").max()).item()
    header(
        v.say("data_page.title", loads=v.number(loads.height), rows=v.number(total(loads, "data_rows"))),
        v.say("data_page.caption", root=v.known.root_of[v.scope.root].name, loaded_on=day(v.language, last)),
    )
    show_sources(whole, sources)
    show_loads(whole, loads)
    last_load(v)
    show_rejections(whole, rejections)
    show_faults(own, lists.faults_by_unit(*asked))
    show_names(whole, lists.unsettled_names(*asked))
    show_absent(own, case_lists.absent_cases(*asked))
    show_snapshots(whole, lists.snapshots_there())


show(view())
