"""One unit in lists: its models, what reviews ask of it, and the cases that need action, each with its export row."""

import polars as pl

from comparison.figures.figure import Figure, Made, Table
from comparison.figures.numbers import Numbers
from comparison.figures.unit.asked import PAGE, beside_asked
from comparison.figures.unit.paper import more_on_paper
from comparison.figures.words import method
from comparison.forms.place import Place
from comparison.forms.side_table import Cell, Head, side_table
from comparison.judgements.adoption import Adoption, adoption_on
from comparison.measures import latest_cut_off, model_lists
from comparison.measures.case_lists import CaseList, absent_cases, due_soon_cases, overdue_cases
from comparison.measures.memory import remembered
from comparison.question import Question
from comparison.scope import Period
from comparison.wording import day
from comparison.wording.texts import bold

# Of the calendar of working days: the horizon that a weekly meeting can act on.
SOON = 5
_ON_SCREEN, _ON_PAPER = 15, 6
# px: ten per cent of it hold a day.
_NARROWEST = 860
_MODELS_ON_PAPER = 6
_METHODS = {"overdue": "overdue", "soon": "due_soon", "absent": "absent"}


def _models(q: Question, _: Place) -> Made | None:
    """The models of the unit against plan, and the conclusions of reviews that it has still to meet."""
    now = beside_asked(q)
    if now is None:
        return None
    (code,) = now.codes
    adopted = model_lists.adoptions(q.warehouse, q.scope.root, (code,), q.viewer)
    if adopted.is_empty():
        return Made(q.say("menu.models"), q.say("unit_profile.no_models"))
    on = latest_cut_off(q.warehouse, q.scope.root)
    open_ones = _open_conclusions(q, code, adopted)
    states: list[Adoption] = []
    rows: list[tuple[Head, list[Cell]]] = []
    for model, name, planned, begun, ended in adopted.select(
        "model", "model_name", "planned_from", "adopted_from", "adopted_to"
    ).iter_rows():
        states.append(adoption_on(on, planned, begun, ended))
        dates = [Cell(day(q.language, each) if each else "") for each in (planned, begun, ended)]
        asked = open_ones.filter(pl.col("model") == model)
        rows.append(
            (
                Head(name),
                [
                    *dates,
                    Cell(q.say(f"unit_profile.model_{states[-1]}")),
                    Cell("; ".join(asked["text"]) or "–", is_few=asked.is_empty()),
                ],
            )
        )
    heads = [
        Head(q.say("models.column_model"), width=24),
        *(Head(q.say(f"models.column_{name}")) for name in ("planned_from", "adopted_from", "adopted_to")),
        Head(q.say("models.column_state")),
        Head(q.say("unit_profile.open_conclusions")),
    ]
    return Made(
        q.say("unit_profile.models", n=q.number(states.count("running"))),
        q.say("unit_profile.models_note", day=day(q.language, on)),
        Table(side_table(heads, rows, q.theme, caption=q.say("menu.models"), printed=_MODELS_ON_PAPER)),
        q.say("source.snapshot", snapshot=q.warehouse.id),
        method(q, "profile_models"),
    )


def _open_conclusions(q: Question, code: str, adopted: pl.DataFrame) -> pl.DataFrame:
    """What reviews of its models ask of this unit by name, or of every unit, and is not done."""
    concluded = model_lists.conclusions(q.warehouse, q.scope.root, q.viewer)
    own = pl.col("unit").is_null() | (pl.col("unit") == code)
    return concluded.filter(own & (pl.col("state") != "done") & pl.col("model").is_in(adopted["model"].implode()))


@remembered(64)
def cases_asked(q: Question) -> dict[str, CaseList]:
    """Overdue, due soon and absent from the newest file, as of the data's last day whatever the period."""
    now = beside_asked(q)
    if now is None:
        return {}
    cut_off = latest_cut_off(q.warehouse, q.scope.root)
    period = Period(min(q.scope.period.starts_on, cut_off), cut_off)
    asked = (q.warehouse, q.scope.with_(units=tuple(now.codes), period=period), q.viewer)
    return {
        "overdue": overdue_cases(*asked),
        "soon": due_soon_cases(*asked, SOON),
        "absent": absent_cases(*asked),
    }


def _cases(q: Question, _: Place) -> Made:
    n = sum(cases.in_all for cases in cases_asked(q).values())
    cut_off = latest_cut_off(q.warehouse, q.scope.root)
    return Made(
        q.say("unit_profile.cases", n=q.number(n)) if n else q.say("unit_profile.no_cases"),
        q.say("unit_profile.cases_note", day=day(q.language, cut_off), days=q.number(SOON)),
    )


def _list(q: Question, key: str) -> Made | None:
    lists = cases_asked(q)
    if not sum(cases.in_all for cases in lists.values()):
        return None
    cases = lists[key]
    title = q.say(f"unit_profile.cases_{key}", n=q.number(cases.in_all))
    if cases.in_all == 0:
        return Made(above=(bold(title),))
    rows = cases.rows
    # What tells how urgent a case is comes first: a phone shows no more than the first columns.
    columns = ("due_on", *(["days_late"] if key != "soon" else []), "procedure", "received_on", "source_file")
    shown: list[tuple[Head, list[Cell]]] = []
    for row in rows.head(_ON_SCREEN).iter_rows(named=True):
        cells = {
            "procedure": Cell(row["procedure_name"]),
            "received_on": Cell(day(q.language, row["received_on"])),
            "due_on": Cell(day(q.language, row["due_on"]) if row["due_on"] else ""),
            "days_late": Cell("" if row["days_late"] is None else q.number(row["days_late"])),
            "source_file": Cell(q.say("unit_profile.file_row", file=row["source_file"], row=row["row_number"])),
        }
        shown.append((Head(row["case_code"]), [cells[name] for name in columns]))
    widths = {"procedure": None, "received_on": 10, "due_on": 10, "days_late": 11, "source_file": 23}
    heads = [Head(q.say("cases.column_case_code"), width=20)] + [
        Head(q.say(f"cases.column_{name}"), width=widths[name], side="right" if name == "days_late" else "left")
        for name in columns
    ]
    return Made(
        above=(bold(title),),
        body=Table(
            side_table(heads, shown, q.theme, caption=title, printed=_ON_PAPER, narrowest=_NARROWEST)
            + more_on_paper(q, "unit_profile.more_cases", cases.in_all - _ON_PAPER)
        ),
        source=q.say(
            "unit_profile.cases_source",
            shown=q.number(len(shown)),
            n=q.number(cases.in_all),
            snapshot=q.warehouse.id,
        ),
        method=method(q, f"{_METHODS[key]}_cases"),
        numbers=_workbook(q, rows),
        name=title,
    )


def _workbook(q: Question, rows: pl.DataFrame) -> Numbers:
    """Every case listed, headings in words."""
    named = {
        "case_code": "case_code",
        "procedure_name": "procedure",
        "received_on": "received_on",
        "due_on": "due_on",
        "days_late": "days_late",
        "source_file": "source_file",
        "sheet": "sheet",
        "row_number": "row_number",
    }
    return Numbers(
        rows.select(pl.col(column).alias(q.say(f"cases.column_{name}")) for column, name in named.items()),
        lines=frozenset({q.say("cases.column_row_number")}),
    )


def _of(key: str) -> Figure:
    return Figure(f"ho-so-{key}", PAGE, lambda q, _: _list(q, key), is_slide=False)


MODELS_OF_UNIT = Figure("ho-so-mo-hinh", PAGE, _models, is_slide=False)
CASES_OF_UNIT = Figure("ho-so-ho-so", PAGE, _cases, is_slide=False)
CASE_LISTS = tuple(map(_of, _METHODS))
