"""The comparison asks what the main question asks, of other days: no filter is lost on the way (and none is added)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.measures import GROUPS, catalogue, known
from comparison.measures.query import Query, compose
from comparison.measures.relations import Relation, relations
from comparison.measures.stored import narrowing, stored
from comparison.scope import Known, Period, Scope, Viewer
from tests.helpers.districts import loaded
from warehouse.snapshots import open_snapshot

CUT_OFF = date(2023, 12, 31)
DATES = {"starts_on", "ends_on", "period_labels"}
_NAMES = {"field": "fields", "procedure": "procedures", "channel": "channels"}


class OneUnit(Viewer):
    """Somebody who may see one commune alone."""

    def allows(self, unit: str) -> bool:
        return unit == "x3"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    folder = tmp_path_factory.mktemp("queries")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        loaded(folder, "")
        yield known(open_snapshot())


@pytest.fixture(scope="module")
def read(there: Known) -> Mapping[str, Relation]:
    """What measures may read, by name."""
    return relations(open_snapshot(there.snapshot))


@st.composite
def scopes(draw: st.DrawFn, there: Known) -> Scope:
    """Any question with a comparison: periods of every kind, over or not."""

    def several(codes: list[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(codes), max_size=3)))

    first = draw(st.dates(date(2022, 1, 1), date(2023, 12, 31)))
    first = draw(st.sampled_from((first, first.replace(day=1), first.replace(day=15))))
    last = draw(
        st.sampled_from([first + timedelta(days=n) for n in (0, 29, 30, 89, 90, 91, 180, 364)])
        | st.integers(1, 12).map(lambda months: _month_end(first, months))
    )
    kind = draw(st.sampled_from((None, *there.kinds_of("R"))))
    return Scope(
        there.snapshot, "R", Period(first, last), compare=draw(st.sampled_from(("previous", "year"))), kind=kind,
        units=several([unit.code for unit in there.units_of("R", kind)]),
        fields=several([field.code for field in there.fields]),
        procedures=several([procedure.code for procedure in there.procedures]),
        channels=several(list(there.channels)),
        instrument=draw(st.sampled_from([None, *(each.code for each in there.instruments)])),
        on_time=draw(st.sampled_from(("due", "resolved", "first_due"))),
        boundaries=draw(st.sampled_from(("now", "then"))),
    )  # fmt: skip


def _month_end(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def without_grain(query: Query) -> str:
    """The text with the facts it reads, whatever their grain: whole months are read from a rollup by month."""
    return re.sub(r"from \w+ as facts", "from FACTS as facts", query.text)


@given(st.data())
def test_the_comparison_differs_in_its_dates_alone(
    there: Known, read: Mapping[str, Relation], data: st.DataObject
) -> None:
    asked = data.draw(scopes(there))
    definition = data.draw(st.sampled_from(list(catalogue().values())))
    groups = [group for group in GROUPS if definition.is_survey or group not in ("instrument", "item")]
    by = tuple(data.draw(st.lists(st.sampled_from(groups), unique=True, max_size=2)))
    viewer: Viewer = data.draw(st.sampled_from((Viewer(), OneUnit())))
    now, before = asked.comparable(CUT_OFF), asked.compared(CUT_OFF)
    if before is None or now is None:
        return

    def composed(scope: Scope) -> Query:
        return compose(definition, read[definition.reads], stored(definition.name), scope, there, viewer, by, CUT_OFF)

    queries = [composed(scope) for scope in (asked, now, before)]
    kept = [_without_dates(query.parameters) for query in queries]
    assert kept[0] == kept[1] == kept[2]
    assert len({without_grain(query) for query in queries}) == 1
    assert all(query.parameters.keys() >= DATES for query in queries)
    for one in queries[:2]:
        if one.table == queries[2].table:
            assert one.text == queries[2].text
    # Every filter that is asked has a parameter of its own, and the days are those of the scope.
    for name in _NAMES.values():
        assert tuple(kept[2].get(name, ())) == getattr(asked, name)
    assert queries[2].parameters["starts_on"] == before.period.starts_on
    assert queries[2].parameters["ends_on"] == before.period.ends_on
    assert before.period.ends_on < now.period.starts_on


@given(st.data())
def test_lists_are_narrowed_alike(there: Known, data: st.DataObject) -> None:
    asked = data.draw(scopes(there))
    before, now = asked.compared(CUT_OFF), asked.comparable(CUT_OFF)
    if before is None or now is None:
        return
    for viewer in (Viewer(), OneUnit()):
        assert narrowing(before, there, viewer) == narrowing(now, there, viewer) == narrowing(asked, there, viewer)
    assert before.with_(period=asked.period, compare=asked.compare) == asked
    assert now.with_(period=asked.period, compare=asked.compare) == asked


def _without_dates(parameters: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name not in DATES}


def test_the_property_would_see_a_lost_filter(there: Known, read: Mapping[str, Relation]) -> None:
    asked = Scope(there.snapshot, "R", Period(date(2023, 10, 1), CUT_OFF), fields=(there.fields[0].code,))
    definition = catalogue()["late"]

    def composed(scope: Scope) -> Query:
        return compose(definition, read[definition.reads], stored("late"), scope, there, Viewer(), (), CUT_OFF)

    lost = asked.compared(CUT_OFF)
    assert lost is not None
    lost = lost.with_(fields=())
    assert without_grain(composed(asked)) != without_grain(composed(lost))
    assert _without_dates(composed(asked).parameters) != _without_dates(composed(lost).parameters)
