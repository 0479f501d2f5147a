"""Measures asked together: the same rows as each asked alone, from one statement a table."""

import random
from datetime import date, timedelta
from itertools import combinations

import pytest

from comparison.measures import GROUPS, CannotAnswer, catalogue, known, measure
from comparison.measures.memory import forget
from comparison.measures.together import Ask, ask_together
from comparison.scope import Period, Scope, Viewer, default_scope
from warehouse.snapshots import Warehouse, open_snapshot

_MOST = 24
WAYS = [by for size in (0, 1, 2) for by in combinations(GROUPS, size)]


class Statements:
    """How many statements the warehouse is sent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent = 0
        read = Warehouse.read

        def counted(*args, **kwargs):
            self.sent += 1
            return read(*args, **kwargs)

        monkeypatch.setattr(Warehouse, "read", counted)


def scopes(warehouse: Warehouse, rng: random.Random, root: str) -> list[Scope]:
    """A question, the one before it and one of a part, as the figures of a page ask them."""
    there = known(warehouse)
    whole = default_scope(there, root)
    first, last = there.root_of[root].covers_from, there.root_of[root].cut_off
    starts = first + timedelta(rng.randrange((last - first).days))
    if rng.random() < 0.6:
        starts = starts.replace(day=1)
    ends = starts + timedelta(rng.choice([0, 27, 89, 200, 400]))
    if rng.random() < 0.5:
        ends = date(ends.year + ends.month // 12, ends.month % 12 + 1, 1) - timedelta(days=1)
    kind = rng.choice([None, *there.kinds_of(root)])
    units = [unit.code for unit in there.units_of(root, kind)]
    own = whole.with_(
        period=Period(starts, ends),
        kind=kind,
        units=tuple(rng.sample(units, min(len(units), rng.choice([0, 0, 1, 2])))),
        fields=tuple(rng.sample([field.code for field in there.fields], rng.choice([0, 0, 1, 2]))),
        procedures=tuple(rng.sample([each.code for each in there.procedures], rng.choice([0, 0, 0, 1]))),
        channels=tuple(rng.sample(list(there.channels), rng.choice([0, 0, 1]))),
        instrument=rng.choice([None, *(each.code for each in there.instruments_of(root))]),
    )
    return [own, own.with_(period=Period(starts - timedelta(days=365), starts - timedelta(days=1))), whole]


def answer(warehouse: Warehouse, ask: Ask):
    try:
        return measure(warehouse, ask.scope, Viewer(), ask.measure, ask.by)
    except CannotAnswer as refused:
        return str(refused)


@pytest.mark.parametrize("seed", range(12))
def test_asked_together_each_answers_as_alone(hn_tl, seed):
    warehouse, rng = open_snapshot(), random.Random(seed)
    asked = [scope for root in known(warehouse).root_of for scope in scopes(warehouse, rng, root)]
    asks = [Ask(rng.choice(list(catalogue())), rng.choice(asked), rng.choice(WAYS)) for _ in range(_MOST * 4)]
    asks += [Ask(rng.choice(list(catalogue())), rng.choice(asked)) for _ in range(_MOST)]
    forget()
    alone = [answer(warehouse, ask) for ask in asks]
    assert sum(not isinstance(each, str) for each in alone) >= _MOST
    forget()
    ask_together(warehouse, Viewer(), asks)
    for ask, own in zip(asks, alone, strict=True):
        found = answer(warehouse, ask)
        assert found == own if isinstance(own, str) else own.equals(found), ask


def test_a_table_is_read_once(hn_tl, monkeypatch):
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse)).with_(kind=None)
    asks = [Ask(name, scope, by) for name in ("received", "late", "in_progress", "on_time") for by in ((), ("unit",))]
    asks += [Ask("received", scope, ("month",)), Ask("late", scope, ("unit", "month"))]
    forget()
    measure(warehouse, scope, Viewer(), "taken_in")  # what a snapshot tells of itself
    statements = Statements(monkeypatch)
    ask_together(warehouse, Viewer(), asks)
    assert statements.sent == 1
    for ask in asks:
        measure(warehouse, ask.scope, Viewer(), ask.measure, ask.by)
    ask_together(warehouse, Viewer(), asks)
    assert statements.sent == 1, "answered already"
