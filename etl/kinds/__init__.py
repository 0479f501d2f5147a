"""The kinds of export: each is a folder here, and what it says is all that the program knows of it.

columns.toml   the canonical columns that every profile maps to and every reading gives, with their forms; what is
               required; the tables of facts in order
rows.sql       from archived rows to staged ones, the same for all kinds from there on: see `STAGED`
facts/*.sql    from these (`versions_<kind>`: those accepted, each with what it brought) to the tables of a snapshot
checks/*.sql   rules that a snapshot is published by: a query that returns wrong rows
reads.toml     what its measures may read
template.csv   an empty export with its usual headers
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

Form = Literal["code", "text", "label", "moment", "day", "count", "score"]
TYPES: dict[Form, pl.DataType] = {
    "code": pl.String(),
    "text": pl.String(),
    "label": pl.String(),
    "moment": pl.Datetime("us"),
    "day": pl.Date(),
    "count": pl.Int32(),
    "score": pl.Float64(),
}
UNIT_KINDS = ("district", "one_stop", "department", "commune", "police_desk")
# What `rows.sql` of every kind gives, beside columns of its own: which row of which load; under which key its versions
# are known (`row_key`) and told apart (`content`); why it is kept out.
STAGED = (
    "load_id", "row_no", "sheet", "row_number", "row_key", "content", "is_accepted", "reason", "rejected_value",
)  # fmt: skip
FOLDERS = [Path(__file__).parent]


@dataclass(frozen=True)
class Column:
    """A canonical column. `title`: how a person calls it.

    labels: the values of a label. default: of a label that the export lacks. names: of what the texts are names (unit,
    field, procedure); registers: whether an unknown one may become new. categories: the reference file whose categories
    replace the texts. may_be_empty: whether a row may lack it though an export must have it. Of days: has_happened by
    the time of the export, so that it tells how far an export goes; by_loading: is unreadable after the day of loading;
    ends: comes after the day that a row begins with; years_ahead: at most so many years after the export, 0 for any.
    """

    form: Form
    title: str
    labels: tuple[str, ...] = ()
    default: str | None = None
    names: str = ""
    registers: bool = False
    categories: str = ""
    may_be_empty: bool = False
    has_happened: bool = False
    by_loading: bool = False
    ends: bool = False
    years_ahead: int = 0

    def __post_init__(self) -> None:
        assert self.form in TYPES, f"no form {self.form}"
        assert (self.form == "label") == bool(self.labels), "labels have their values"


@dataclass(frozen=True)
class Reason:
    """Why a row is kept out that does not agree with the reference files. `name`: of the column, where a workbook does
    not tell its header; `short`: in a count of rows."""

    column: str
    name: str
    short: str
    allowed: str
    remedy: str


# What rows of any kind may be kept out for.
_UNKNOWN_UNIT = Reason(
    column="unit",
    name="đơn vị",
    short="đơn vị chưa biết",
    allowed="tên hoặc tên gọi khác của một đơn vị trong units.csv",
    remedy="Thêm tên này vào cột aliases của đúng đơn vị trong units.csv, rồi chạy python -m etl build.",
)


@dataclass(frozen=True)
class Table:
    """A table that holds a relation; with `by` = "month" its days are first days of months."""

    name: str
    by: Literal["day", "month"] = "day"
    has_procedures: bool = False


@dataclass(frozen=True)
class Relation:
    """What measures may read: `columns` beside unit, field, channel, day and `n`; `tables` that hold it, the smallest
    first. is_shared_out: whether n is divided where a unit was."""

    columns: tuple[str, ...]
    tables: tuple[Table, ...]
    is_shared_out: bool = True


@dataclass(frozen=True)
class Kind:
    """One kind of export. required: one column of each group; code, dated: the columns that identify and date a row;
    key: those that, with the code, tell rows apart; row_code: the staged column that holds the code as codes are
    compared; wide: the columns that the questions of a wide sheet and their answers become; facts: its tables in order,
    `passing` those that no reader of a snapshot needs, `views` those not written out; after: the kinds whose facts its
    own read; reads: what its measures may read, by name."""

    name: str
    folder: Path
    title: str
    columns: Mapping[str, Column]
    required: tuple[tuple[str, ...], ...]
    code: str
    dated: str
    key: tuple[str, ...]
    row_code: str = "row_key"
    wide: tuple[str, ...] = ()
    codes_may_lose_zeros: bool = False
    after: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    reads: Mapping[str, Relation] = field(default_factory=dict)

    def of_form(self, *forms: Form) -> list[str]:
        return [name for name, column in self.columns.items() if column.form in forms]

    def those(self, quality: str) -> list[str]:
        """The columns of which this is said: names, ends, has_happened, years_ahead …"""
        return [name for name, column in self.columns.items() if getattr(column, quality)]

    @property
    def staged(self) -> str:
        """The table of its staged rows."""
        return f"stage_{self.name}"

    @property
    def versions(self) -> str:
        """The view of its accepted rows, each a version of what it is about."""
        return f"versions_{self.name}"

    @property
    def archived(self) -> str:
        """The table of its archived rows."""
        return f"archived_{self.name}"

    def query(self, name: str) -> str:
        """The text of one of its `.sql` files."""
        return (self.folder / f"{name}.sql").read_text(encoding="utf-8")


def _with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table of TOML, its lists as tuples."""

    def fixed(found: Any) -> Any:
        return tuple(map(fixed, found)) if isinstance(found, list) else found

    return {key: fixed(value) for key, value in table.items()}


def _relation(said: dict[str, Any]) -> Relation:
    tables = tuple(Table(**each) for each in said.pop("tables"))
    return Relation(tables=tables, **_with_tuples(said))


def _kind(folder: Path) -> Kind:
    said = tomllib.loads((folder / "columns.toml").read_text(encoding="utf-8"))
    columns = {name: Column(**_with_tuples(each)) for name, each in said.pop("columns").items()}
    reasons = {name: Reason(**each) for name, each in said.pop("reasons", {}).items()}
    reasons = {"unknown_unit": _UNKNOWN_UNIT, **reasons}
    said = _with_tuples(said)
    reads = tomllib.loads((folder / "reads.toml").read_text(encoding="utf-8"))
    return Kind(
        name=folder.name,
        folder=folder,
        columns=MappingProxyType(columns),
        reasons=MappingProxyType(reasons),
        reads=MappingProxyType({name: _relation(each) for name, each in reads.items()}),
        **{"key": (said["code"],), **said},
    )


def _in_order(kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Kind]]:
    """Each after those that it reads."""
    placed: set[str] = set()
    while len(placed) < len(kinds):
        ready = [kind for name, kind in sorted(kinds.items()) if name not in placed and placed.issuperset(kind.after)]
        assert ready, "no kind reads what reads it"
        for kind in ready:
            placed.add(kind.name)
            yield kind.name, kind


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by name, each after those whose facts it reads."""
    there = [path.parent for folder in FOLDERS for path in folder.glob("*/columns.toml")]
    return MappingProxyType(dict(_in_order({folder.name: _kind(folder) for folder in there})))
