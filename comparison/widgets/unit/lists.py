"""One unit in lists: its models, what reviews ask of it, and the cases that need action, each with its export row."""

import polars as pl

from comparison.charts.side_table import Cell, Head, side_table
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.measures import latest_cut_off, model_lists
from comparison.measures.case_lists import CaseList, absent_cases, due_soon_cases, overdue_cases
from comparison.question import Question
from comparison.scope import Period
from comparison.widgets.figure.figures import heading, source_row
from comparison.widgets.figure.method import method_row
from comparison.widgets.frame.paper import screen_only
from comparison.widgets.words import show_html, show_text
from comparison.wording import day
from comparison.wording.texts import bold, markup

# Of the calendar of working days: the horizon that a weekly meeting can act on.
SOON = 5
_ON_SCREEN, _ON_PAPER = 15, 6
# px: ten per cent of it hold a day.
_NARROWEST = 860
_MODELS_ON_PAPER = 6
_METHODS = {"overdue": "overdue", "soon": "due_soon", "absent": "absent"}


def show_models(v: Question, code: str) -> None:
    """The models of the unit against plan, and the conclusions of reviews that it has still to meet."""
    adopted = model_lists.adoptions(v.warehouse, v.scope.root, (code,), v.viewer)
    if adopted.is_empty():
        heading(v.say("menu.models"), v.say("unit_profile.no_models"))
        return
    on = latest_cut_off(v.warehouse, v.scope.root)
    open_ones = _open_conclusions(v, code, adopted)
    rows: list[tuple[Head, list[Cell]]] = []
    for model, name, planned, begun, ended in adopted.select(
        "model", "model_name", "planned_from", "adopted_from", "adopted_to"
    ).iter_rows():
        if ended is not None and ended <= on:
            state = "ended"
        elif begun is not None and begun <= on:
            state = "running"
        else:
            state = "behind" if planned is not None and planned <= on else "planned"
        dates = [Cell(day(v.language, each) if each else "") for each in (planned, begun, ended)]
        asked = open_ones.filter(pl.col("model") == model)
        rows.append((Head(name), [*dates, Cell(v.say(f"unit_profile.model_{state}")), Cell(
            "; ".join(asked["text"]) or "–", is_few=asked.is_empty()
        )]))  # fmt: skip
    running = sum(cells[3].text == v.say("unit_profile.model_running") for _, cells in rows)
    heading(
        v.say("unit_profile.models", n=v.number(running)),
        v.say("unit_profile.models_note", day=day(v.language, on)),
    )
    heads = [
        Head(v.say("models.column_model"), width=24),
        *(Head(v.say(f"models.column_{name}")) for name in ("planned_from", "adopted_from", "adopted_to")),
        Head(v.say("models.column_state")),
        Head(v.say("unit_profile.open_conclusions")),
    ]
    show_html(v, side_table(heads, rows, v.theme, caption=v.say("menu.models"), printed=_MODELS_ON_PAPER))
    with screen_only("models"):
        method_row(v, v.say("source.snapshot", snapshot=v.warehouse.id), method(v, "profile_models"), "ho-so-mo-hinh")


def _open_conclusions(v: Question, code: str, adopted: pl.DataFrame) -> pl.DataFrame:
    """What reviews of its models ask of this unit by name, or of every unit, and is not done."""
    concluded = model_lists.conclusions(v.warehouse, v.scope.root, v.viewer)
    own = pl.col("unit").is_null() | (pl.col("unit") == code)
    return concluded.filter(own & (pl.col("state") != "done") & pl.col("model").is_in(adopted["model"].implode()))


def show_cases(v: Question, code: str) -> None:
    """Overdue, due soon and absent from the newest file, as of the data's last day whatever the period."""
    cut_off = latest_cut_off(v.warehouse, v.scope.root)
    now = v.scope.with_(units=(code,), period=Period(min(v.scope.period.starts_on, cut_off), cut_off))
    asked = (v.warehouse, now, v.viewer)
    lists = {
        "overdue": overdue_cases(*asked),
        "soon": due_soon_cases(*asked, SOON),
        "absent": absent_cases(*asked),
    }
    n = sum(cases.in_all for cases in lists.values())
    heading(
        v.say("unit_profile.cases", n=v.number(n)) if n else v.say("unit_profile.no_cases"),
        v.say("unit_profile.cases_note", day=day(v.language, cut_off), days=v.number(SOON)),
    )
    for key, cases in lists.items() if n else ():
        _show_list(v, key, cases)


def _show_list(v: Question, key: str, cases: CaseList) -> None:
    show_text(v, bold(v.say(f"unit_profile.cases_{key}", n=v.number(cases.in_all))))
    if cases.in_all == 0:
        return
    rows = cases.rows
    # What tells how urgent a case is comes first: a phone shows no more than the first columns.
    columns = ("due_on", *(["days_late"] if key != "soon" else []), "procedure", "received_on", "source_file")
    shown: list[tuple[Head, list[Cell]]] = []
    for row in rows.head(_ON_SCREEN).iter_rows(named=True):
        cells = {
            "procedure": Cell(row["procedure_name"]),
            "received_on": Cell(day(v.language, row["received_on"])),
            "due_on": Cell(day(v.language, row["due_on"]) if row["due_on"] else ""),
            "days_late": Cell("" if row["days_late"] is None else v.number(row["days_late"])),
            "source_file": Cell(v.say("unit_profile.file_row", file=row["source_file"], row=row["row_number"])),
        }
        shown.append((Head(row["case_code"]), [cells[name] for name in columns]))
    widths = {"procedure": None, "received_on": 10, "due_on": 10, "days_late": 11, "source_file": 23}
    heads = [Head(v.say("cases.column_case_code"), width=20)] + [
        Head(v.say(f"cases.column_{name}"), width=widths[name], side="right" if name == "days_late" else "left")
        for name in columns
    ]
    show_html(v,
        side_table(heads, shown, v.theme, caption=v.say(f"unit_profile.cases_{key}", n=v.number(cases.in_all)),
                   printed=_ON_PAPER, narrowest=_NARROWEST)
    )  # fmt: skip
    if cases.in_all > _ON_PAPER:
        more = v.say("unit_profile.more_cases", n=v.number(cases.in_all - _ON_PAPER))
        show_html(v, markup('<p class="ds-paper">{}</p>', more))
    with screen_only(key):
        source_row(
            v, v.say("unit_profile.cases_source", shown=v.number(len(shown)), n=v.number(cases.in_all),
                     snapshot=v.warehouse.id),
            _workbook(v, rows), f"ho-so-{key}", title=v.say(f"unit_profile.cases_{key}", n=v.number(cases.in_all)),
            method=method(v, f"{_METHODS[key]}_cases"),
        )  # fmt: skip


def _workbook(v: Question, rows: pl.DataFrame) -> Numbers:
    """Every case listed, headings in words."""
    named = {"case_code": "case_code", "procedure_name": "procedure", "received_on": "received_on",
             "due_on": "due_on", "days_late": "days_late", "source_file": "source_file", "sheet": "sheet",
             "row_number": "row_number"}  # fmt: skip
    return Numbers(
        rows.select(pl.col(column).alias(v.say(f"cases.column_{name}")) for column, name in named.items()),
        lines=frozenset({v.say("cases.column_row_number")}),
    )
