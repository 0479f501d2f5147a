"""The columns of the table of units, and the words around them."""

from collections.abc import Iterable, Sequence

from comparison.figures.late_share import field_most_late
from comparison.figures.overview.unit_rows import HOVERS
from comparison.forms.icons import KINDS, Kind
from comparison.forms.place import Place
from comparison.forms.unit_table import Column, Sign, Words
from comparison.judgements.signals import Signals
from comparison.question import Question
from comparison.wording import day
from comparison.wording.findings import lowered, within

# Icons whose word alone does not say what they mean.
_LONGER: tuple[Kind, ...] = ("neutral", "few", "sure", "unsure", "fail")


def table_columns(q: Question, place: Place, names: Iterable[str], signals: Signals) -> Sequence[Column]:
    """Those of what is watched, and whether usual months meet the target where one is set for what is on time."""
    field = field_most_late(q)
    words = {
        "received": (q.say("overview.column_received"), q.say("overview.column_in_period")),
        "on_time": (q.say("overview.column_on_time"), lowered(q.say(f"on_time.{q.scope.on_time}"))),
        "late": (
            q.say("overview.column_late", field=within(q.language, field.name)) if field else "",
            q.say("overview.column_lower"),
        ),
        "satisfaction": (q.say("overview.column_satisfied"), q.say("overview.column_answering")),
        "overdue": (
            q.say("overview.column_overdue" if place.is_used else "overview.column_overdue_slide"),
            q.say("overview.column_on_day", day=day(q.language, q.last_day)),
        ),
    }
    columns = []
    for name in names:
        columns.append(Column(name, *words[name], "share" if name in HOVERS else "count"))
        if name == "on_time":
            columns += _target(q, signals)
    return columns


def _target(q: Question, signals: Signals) -> Sequence[Column]:
    targets = {chart.target for chart in signals["on_time"] if chart.target is not None}
    if not targets:
        return ()
    lowest, highest = q.percent(min(targets), 0), q.percent(max(targets), 0)
    target = lowest if lowest == highest else f"{lowest}–{highest}"
    return (Column("target", q.say("signal.column_target"), q.say("signal.column_target_note", target=target), "word"),)


def key_signs(q: Question, kinds: Iterable[Kind]) -> Sequence[Sign]:
    """The icons of these kinds, each with what it means."""
    there = set(kinds)
    return [
        Sign(kind, q.say(f"icon.key_{kind}" if kind in _LONGER else f"icon.{kind}")) for kind in KINDS if kind in there
    ]


def table_words(q: Question, place: Place) -> Words:
    """What the table itself says."""
    return Words(
        q.say("column.unit"),
        q.say("overview.unit_note") if place.is_used else "",
        q.say("word.few"),
        q.say("word.under_five"),
        missing=q.say("lateness.no_data"),
        hidden=q.say("word.hidden"),
        hidden_why=q.say("hover.hidden"),
    )
