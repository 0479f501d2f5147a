"""Plants what is wrong with the district's exports: faults, rows to be rejected, repeated rows; each a known number.

A row's `mark` says what is planted in it. Hosts are taken from units and fields that no other truth rests on.
"""

from datetime import timedelta

import numpy as np
import polars as pl

from etl.demo.ground import Numbers, truths

DUPLICATE = "duplicate"
_OF_CASES: dict[str, dict[str, str | None]] = {
    "no_case_code": {"case_code": None},
    "no_received_at": {"received_at": None},
    "unreadable_date": {"due_at": "31/02/2024 16:30:00"},
    "unknown_unit": {"unit": "Xã Chưa Có Tên"},
    "unknown_label": {"status": "Đang luân chuyển"},
}
_OF_SHEETS: dict[str, dict[str, str | None]] = {
    "unreadable_date": {"answered_on": "31/02/2024"},
    "unknown_unit": {"unit": "Xã Chưa Có Tên"},
}
# Faults that only a file with a dated banner can show: in a csv such a date would itself become the cut-off.
_AFTER_CUT_OFF = ("received_after_cutoff", "finished_after_cutoff")


def truth_units() -> list[str]:
    """Units that a planted truth rests on; nothing is planted wrong in them."""
    known = truths()
    single = [known[name]["unit"] for name in ("mix", "perfect", "single_late", "worse", "few_answers")]
    return sorted({*single, *known["land"]["late_units"], *known["model"]["units"]})


def _marked(rng: np.random.Generator, rows: pl.DataFrame, hosts: Numbers, wanted: dict[str, int]) -> pl.DataFrame:
    """The rows with `mark` set on as many hosts as wanted, no host twice; ValueError where there are too few."""
    names = np.repeat(list(wanted), list(wanted.values()))
    if len(hosts) < len(names):
        raise ValueError(f"Cần ít nhất {len(names)} hồ sơ để gài lỗi, chỉ có {len(hosts)}: tăng số hồ sơ.")
    marks = np.full(rows.height, None, dtype=object)
    marks[rng.permutation(hosts)[: len(names)]] = names
    return rows.with_columns(pl.coalesce(pl.Series("planted", marks.tolist(), pl.String), "mark").alias("mark"))


def _hosts(rows: pl.DataFrame, condition: pl.Expr) -> Numbers:
    free = pl.col("mark").is_null() & (pl.col("rows_of_case") == 1) & ~pl.col("unit").is_in(truth_units())
    usable = free & (pl.col("field") != truths()["land"]["field"]) & condition
    return np.flatnonzero(rows.select(usable).to_series().to_numpy())


def _shares(counts: dict[str, int], share: float) -> dict[str, int]:
    return {name: round(n * share) for name, n in counts.items() if round(n * share)}


def with_faults(rng: np.random.Generator, exports: pl.DataFrame, source: str, *, has_banner: bool) -> pl.DataFrame:
    """The monthly rows of one source with `order`, and `mark` naming the fault planted in a case (else null).

    A third of each fault goes to the source with a banner, two thirds to the other; those after the cut-off all to the
    source with a banner, into its last file.
    """
    last = truths()["period"]["last"]
    rows = exports.with_columns(
        pl.int_range(pl.len()).cast(pl.Float64).alias("order"), pl.lit(None, pl.String).alias("mark")
    )
    settled = (pl.col("status") == "handed_over") & (pl.col("finished_at").dt.date() <= pl.col("due_at").dt.date())
    middle = (pl.col("as_of") < last) & (pl.col("as_of").dt.year() > truths()["period"]["first"].year)
    anywhere = {name: n for name, n in truths()["faults"].items() if name not in _AFTER_CUT_OFF}
    rows = _marked(rng, rows, _hosts(rows, settled & middle), _shares(anywhere, 1 / 3 if has_banner else 2 / 3))
    if has_banner:
        at_the_end = {name: truths()["faults"][name] for name in _AFTER_CUT_OFF}
        came_last = (pl.col("as_of") == last) & (pl.col("received_at").dt.date() > last.replace(day=1))
        rows = _marked(rng, rows, _hosts(rows, came_last), at_the_end)
    kinds = truths()["rejected"][source] | {DUPLICATE: truths()["duplicates"][source]}
    rows = _marked(rng, rows, _hosts(rows, settled & middle), kinds)

    earlier_row = rows.filter(pl.col("mark") == "conflicting_rows").with_columns(
        pl.lit("in_progress").alias("status"),
        *(pl.lit(None, pl.Datetime("us")).alias(name) for name in ("finished_at", "handed_over_at")),
        pl.col("order") - 0.5,
        pl.lit(None, pl.String).alias("mark"),
    )
    return pl.concat([_faulty(rows), earlier_row])


def _faulty(rows: pl.DataFrame) -> pl.DataFrame:
    after = pl.lit(truths()["period"]["last"]) + pl.duration(days=1 + pl.int_range(pl.len()) % 3)
    nothing = pl.lit(None, pl.Datetime("us"))
    moment = pl.col("received_at") - pl.col("received_at").dt.truncate("1d")

    def where(*marks: str) -> pl.Expr:
        return pl.col("mark").is_in(marks).fill_null(False)

    return rows.with_columns(
        received_at=pl.when(where("received_after_cutoff"))
        .then(after.cast(pl.Datetime("us")) + moment)
        .otherwise("received_at"),
        due_at=pl.when(where("due_before_received"))
        .then(pl.col("received_at") - timedelta(days=5))
        .when(where(*_AFTER_CUT_OFF))
        .then(after.cast(pl.Datetime("us")) + timedelta(days=14, hours=16))
        .otherwise("due_at"),
        finished_at=pl.when(where("ended_before_received"))
        .then(pl.col("received_at") - timedelta(days=3))
        .when(where("finished_after_cutoff"))
        .then(after.cast(pl.Datetime("us")) + timedelta(hours=9))
        .when(where("finished_without_date", "received_after_cutoff"))
        .then(nothing)
        .otherwise("finished_at"),
        handed_over_at=pl.when(where("ended_before_received", "finished_without_date", *_AFTER_CUT_OFF))
        .then(nothing)
        .otherwise("handed_over_at"),
        apology_sent_on=pl.when(where(*truths()["faults"])).then(None).otherwise("apology_sent_on"),
        late_cause=pl.when(where(*truths()["faults"])).then(None).otherwise("late_cause"),
        status=pl.when(where("received_after_cutoff"))
        .then(pl.lit("in_progress"))
        .when(where(*truths()["faults"]))
        .then(pl.lit("finished"))
        .otherwise("status"),
    )


def with_bad_rows(written: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The written rows, and below each row marked with a reason or `duplicate` the bad or repeated row.

    The original stays and loses its mark. A row to be rejected gets a code of its own, which no case or sheet has.
    """
    code, broken = ("case_code", _OF_CASES) if kind == "cases" else ("sheet_id", _OF_SHEETS)
    added = pl.col("mark").is_in([*broken, DUPLICATE]).fill_null(False)
    copies = written.filter(added).with_columns(pl.col("order") + 0.25)
    own_code = pl.col(code) + "9"  # one digit more than any code of a case or sheet
    parts = [copies.filter(pl.col("mark") == DUPLICATE)]
    for reason, cells in broken.items():
        bad = copies.with_columns(own_code.alias(code)).filter(pl.col("mark") == reason)
        parts.append(bad.with_columns(pl.lit(value, pl.String).alias(column) for column, value in cells.items()))
    original = written.with_columns(mark=pl.when(~added).then("mark"))
    return pl.concat([original, *parts])


def with_marks_on_sheets(rng: np.random.Generator, answers: pl.DataFrame, source: str, item: str) -> pl.DataFrame:
    """The survey's written rows with `mark` set where a row is to be rejected or repeated."""
    rows = answers.with_columns(pl.lit(None, pl.String).alias("mark"))
    usable = (pl.col("item") == item) & ~pl.col("code").is_in(truth_units())
    hosts = np.flatnonzero(rows.select(usable).to_series().to_numpy())
    return _marked(rng, rows, hosts, truths()["rejected"][source] | {DUPLICATE: truths()["duplicates"][source]})
