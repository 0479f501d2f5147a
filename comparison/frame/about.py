"""What a downloaded table is, in lines of a name and a text: the question, the snapshot and the definitions."""

from comparison import wording
from comparison.figures.numbers import Numbers
from comparison.measures import catalogue
from comparison.question import Question
from comparison.scope import Known, Scope
from comparison.wording.comparability import verdict_line


def about(v: Question, title: str, numbers: Numbers) -> list[tuple[str, str]]:
    """The lines of the sheet that goes with a table of numbers."""
    other, verdict = v.compared, v.comparability("satisfaction" if _is_survey(numbers) else "cases")
    root = v.known.root_of[v.scope.root]
    lines = [
        (v.say("about.title"), title),
        (v.say("filter.period"), wording.dated_label(v.language, v.comparable.period if other else v.scope.period)),
        (
            v.say("filter.compare"),
            wording.dated_label(v.language, other.period) if other else v.not_compared_why(),
        ),
        *([(v.say("comparability.title"), verdict_line(v.language, verdict, v.names))] if verdict else []),
        *_filters(v, v.scope, v.known),
        (v.say("parameter.snapshot"), v.warehouse.id),
        (v.say("about.cut_off"), wording.day(v.language, root.cut_off)),
    ]
    for name in numbers.measures:
        definition = catalogue()[name]
        english = v.language == "en"
        lines.append(
            (
                definition.title_en if english else definition.title_vi,
                definition.meaning_en if english else definition.meaning_vi,
            )
        )
    return lines


def _is_survey(numbers: Numbers) -> bool:
    return any(catalogue()[name].is_survey for name in numbers.measures)


def _filters(v: Question, scope: Scope, known: Known) -> list[tuple[str, str]]:
    units = {unit.code: unit.name for unit in known.units}
    fields = {field.code: field.name for field in known.fields}
    procedures = {procedure.code: procedure.name for procedure in known.procedures}
    titles = {each.code: wording.instrument_title(v.language, each) for each in known.instruments}
    named = [
        ("root", known.root_of[scope.root].name),
        ("kind", v.say(f"kind.{scope.kind or 'all'}")),
        ("units", ", ".join(units[code] for code in scope.units) or v.say("filter.all_units")),
        ("fields", ", ".join(fields[code] for code in scope.fields) or v.say("filter.all_fields")),
        ("procedures", ", ".join(procedures[code] for code in scope.procedures) or v.say("filter.all_procedures")),
        ("channels", ", ".join(v.say(f"channel.{code}") for code in scope.channels) or v.say("filter.all_channels")),
    ]
    if scope.instrument:
        named.append(("instrument", titles[scope.instrument]))
    return [(v.say(f"filter.{name}"), text) for name, text in named]
