"""One link read against what a snapshot holds; nothing in it is dropped in silence."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar, get_args

from comparison.scope.codes import split_codes
from comparison.scope.defaults import default_period, default_scope
from comparison.scope.known import Known, Root
from comparison.scope.periods import Period
from comparison.scope.scope import Boundaries, Compare, OnTime, Scope

Why = Literal[
    "unreadable_date",
    "impossible_date",
    "ends_before_start",
    "unknown_value",
    "other_root",
    "other_kind",
    "snapshot_gone",
    "unknown_parameter",
]
PARAMETERS = (
    *("from", "to", "compare", "root", "kind", "units", "fields", "procedures", "channels"),
    *("instrument", "on_time", "boundaries", "snapshot", "lang"),
)
LATEST = "latest"
ALL_KINDS = "all"
# An export's date before 2000 is unreadable; the end of the century is beyond any due date.
EARLIEST, LAST = date(2000, 1, 1), date(2099, 12, 31)

_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True)
class Ignored:
    """A part of a link that cannot be honoured: what it said, why not, and what is shown instead ("" for nothing)."""

    parameter: str
    value: str
    why: Why
    shown: str = ""


class LinkReading:
    """Reads one link. `ignored` names the parts that could not be honoured, in the order in which they were met."""

    def __init__(self, params: Mapping[str, str], known: Known) -> None:
        self.params = {name: value for name, value in params.items() if value}
        self.known = known
        self.ignored: list[Ignored] = []

    def scope(self, own: Collection[str]) -> Scope:
        """The scope asked, with defaults for what is absent or cannot be honoured."""
        root = self._code("root", self.known.root_of, default_scope(self.known).root)
        default = default_scope(self.known, root)
        kind = self._kind(root, default.kind)
        instruments = [instrument.code for instrument in self.known.instruments_of(root)]
        scope = Scope(
            snapshot=self._snapshot(),
            root=root,
            period=self._period(self.known.root_of[root]),
            compare=self._word("compare", get_args(Compare), default.compare),
            kind=kind,
            units=self._several("units", lambda code: self._why_not_unit(code, root, kind)),
            fields=self._several("fields", _unless_in({field.code for field in self.known.fields})),
            procedures=self._several("procedures", _unless_in({item.code for item in self.known.procedures})),
            channels=self._several("channels", _unless_in(self.known.channels)),
            instrument=self._code("instrument", instruments, default.instrument or "") or None,
            on_time=self._word("on_time", get_args(OnTime), default.on_time),
            boundaries=self._word("boundaries", get_args(Boundaries), default.boundaries),
        )
        self._word("lang", ("vi", "en"), "vi")
        for name in self.params:
            if name not in PARAMETERS and name not in own:
                self._ignore(name, self.params[name], "unknown_parameter")
        return scope

    def _ignore(self, parameter: str, value: str, why: Why, shown: str = "") -> None:
        self.ignored.append(Ignored(parameter, value, why, shown))

    def _code(self, name: str, allowed: Collection[str], default: str) -> str:
        value = self.params.get(name, default)
        if value in allowed or value == default:
            return value
        self._ignore(name, value, "unknown_value", default)
        return default

    def _word(self, name: str, allowed: tuple[_Word, ...], default: _Word) -> _Word:
        chosen = self._code(name, allowed, default)
        return next(word for word in allowed if word == chosen)

    def _kind(self, root: str, default: str | None) -> str | None:
        if "kind" not in self.params:
            units = (self.known.unit_of.get(code) for code in self._codes("units"))
            kinds = {unit.kind for unit in units if unit and unit.root == root}
            if kinds:
                return kinds.pop() if len(kinds) == 1 else None
        kind = self._code("kind", (*self.known.kinds_of(root), ALL_KINDS), default or ALL_KINDS)
        return None if kind == ALL_KINDS else kind

    def _codes(self, name: str) -> tuple[str, ...]:
        return split_codes(self.params.get(name, ""))

    def _several(self, name: str, why_not: Callable[[str], Why | None]) -> tuple[str, ...]:
        honoured = []
        for code in self._codes(name):
            why = why_not(code)
            if why is None:
                honoured.append(code)
            else:
                self._ignore(name, code, why)
        return tuple(honoured)

    def _why_not_unit(self, code: str, root: str, kind: str | None) -> Why | None:
        unit = self.known.unit_of.get(code)
        if unit is None:
            return "unknown_value"
        if unit.root != root:
            return "other_root"
        return None if kind in (None, unit.kind) else "other_kind"

    def _snapshot(self) -> str:
        wanted = self.params.get("snapshot", LATEST)
        if wanted not in (LATEST, self.known.snapshot):
            self._ignore("snapshot", wanted, "snapshot_gone", self.known.snapshot)
        return self.known.snapshot

    def _period(self, root: Root) -> Period:
        default = default_period(root)
        bad: dict[str, Why] = {}
        days: dict[str, date] = {}
        for name in ("from", "to"):
            if name in self.params:
                read = _read_date(self.params[name])
                if isinstance(read, date):
                    days[name] = read
                else:
                    bad[name] = read
        period = default
        if days:
            starts_on, ends_on = days.get("from", root.covers_from), days.get("to", root.cut_off)
            if starts_on <= ends_on:
                period = Period(starts_on, ends_on)
            else:
                bad |= dict.fromkeys(days, "ends_before_start")
        for name, why in bad.items():
            shown = f"{period.starts_on.isoformat()}/{period.ends_on.isoformat()}"
            self._ignore(name, self.params[name], why, shown)
        return period


def _read_date(text: str) -> date | Why:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "unreadable_date"
    return day if EARLIEST <= day <= LAST else "impossible_date"


def _unless_in(codes: Collection[str]) -> Callable[[str], Why | None]:
    return lambda code: None if code in codes else "unknown_value"
