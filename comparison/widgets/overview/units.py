"""Units beside each other on what is watched, with the signals of the last month."""

from comparison.charts.frames.overview import units_there, with_zeros
from comparison.charts.frames.shares import count_text
from comparison.charts.unit_table import Column
from comparison.measures.case_lists import units_asked
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.signals import TRACKED, unit_signals
from comparison.widgets import elements
from comparison.widgets.figure.missing import missing
from comparison.widgets.signals.charts import signal_charts
from comparison.widgets.signals.table import signal_table
from comparison.wording import date_range, day, findings
from comparison.wording.findings import share_of


def show_units(v: Question, top: tuple[str, str] | None) -> None:
    on_time = v.measure(ON_TIME[v.scope.on_time], ("unit",))
    answers = {
        "received": (v.measure("received", ("unit",)), ""),
        "on_time": (on_time, "hover.on_time"),
        "satisfaction": (v.measure("satisfaction", ("unit",)), "hover.satisfied"),
        "overdue": (with_zeros(v.measure("overdue_open", ("unit",)), on_time), ""),
    }
    in_field = v.scope.with_(fields=(top[0],)) if top else v.scope
    late = v.late(("unit",), in_field)
    # Departments own their fields: a column that only one of several can have a figure in compares nothing.
    has_late = top is not None and (late["denominator"] > 0).sum() >= min(2, on_time.height)
    if has_late:
        answers["late"] = (late, "hover.late")
    units = units_there(units_asked(v.warehouse, v.scope, v.viewer), *(answer for answer, _ in answers.values()))
    if not units:
        missing(v, title=v.say("signal.title_subject"), page="")
        return
    columns = [
        Column("received", v.say("overview.column_received"), v.say("overview.column_in_period"), "count"),
        Column("on_time", v.say("overview.column_on_time"), findings.lowered(v.say(f"on_time.{v.scope.on_time}"))),
        Column("satisfaction", v.say("overview.column_satisfied"), v.say("overview.column_answering")),
        Column(
            "overdue", v.say("overview.column_overdue" if v.slide is None else "overview.column_overdue_slide"),
            v.say("overview.column_on_day", day=day(v.language, v.last_day)), "count",
        ),
    ]  # fmt: skip
    if top and has_late:
        heading_late = v.say("overview.column_late", field=findings.within(v.language, top[1]))
        columns.insert(2, Column("late", heading_late, v.say("overview.column_lower")))
    charts = {
        column.key: unit_signals(v.warehouse, in_field if column.key == "late" else v.scope, v.viewer, column.key)
        for column in columns
        if column.key in TRACKED
    }
    sheets = v.say("overview.sheets", n=count_text(v.language, share_of(v.measure("satisfaction"))))
    source = v.say(
        "overview.source", range=date_range(v.language, v.scope.period), sheets=sheets,
        cases=v.say("source.cases", n=v.number(share_of(v.measure(ON_TIME[v.scope.on_time])).n)),
        snapshot=v.say("source.snapshot", snapshot=v.warehouse.id),
    )  # fmt: skip
    signal_table(v, units, columns, answers, charts, source)
    if len(units) == 1 and v.slide is None:
        own = {key: chart for key, each in charts.items() for chart in each if chart.unit == units[0][0]}
        signal_charts(v, own, findings.within(v.language, top[1]) if top else "")
        elements.page_link(
            "pages/unit.py", label=v.say("overview.open_profile"), icon=":material/arrow_forward:",
            query_params=v.parameters(),
        )  # fmt: skip
