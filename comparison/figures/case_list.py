"""Cases as a table, each with the export file and row that it comes from."""

from comparison.figures.figure import Listing, Made
from comparison.figures.numbers import Numbers
from comparison.forms.frames.lateness import cases_table
from comparison.forms.frames.shares import source_text
from comparison.measures.case_lists import CaseList
from comparison.question import Question

_HEIGHT = 440


def case_list(
    q: Question,
    cases: CaseList,
    *,
    title: str,
    subtitle: str,
    method: str,
    measures: tuple[str, ...] = (),
    with_unit: bool = True,
) -> Made:
    """A list of cases, or its title alone where there is none."""
    source = source_text(q.language, q.warehouse.id, q.scope.period, cases.in_all)
    if not cases.in_all:
        return Made(title=title, subtitle=subtitle, source=source, method=method, measures=measures)
    table = Numbers(
        cases_table(cases, q.language, with_unit=with_unit),
        measures=measures,
        lines=frozenset({q.say("cases.column_row_number")}),
    )
    return Made(title=title, subtitle=subtitle, body=Listing(table, _HEIGHT), source=source, method=method)
