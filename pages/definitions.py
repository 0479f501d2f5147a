"""Định nghĩa: every measure as its own file defines it, and the words for what became of a case."""

from dataclasses import fields

import polars as pl

from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.frames.simulations import (
    funnels_table,
    mixes_table,
    months_table,
    signals_table,
    simulations_table,
)
from comparison.frame import elements
from comparison.frame.definition_list import definition_list
from comparison.frame.source_row import header, listing
from comparison.frame.view import view
from comparison.frame.words import show_heading, show_text
from comparison.measures import Definition, catalogue
from comparison.question import Question
from comparison.statistics.chance_simulations import mix_chances, month_chances, signal_chances
from comparison.statistics.funnel_simulations import funnel_simulations
from comparison.statistics.simulations import simulations
from comparison.wording import day
from comparison.wording.texts import bold
from warehouse.text import search_key

VOLUME = (
    *("received", "carried_over", "taken_in", "resolved", "closed_without_result", "in_progress", "remainder"),
    "online_share",
)
OUTCOMES = ("early", "on_time", "late", "overdue", "open", "awaiting", "without_result", "no_due_date", "vanished")
VERDICTS = ("clear_gain", "clear_loss", "not_clear", "too_early", "cannot_tell")
CHANCES = ("funnels", "mixes", "signals", "months")
FAULTS = (
    *("ended_before_received", "due_before_received", "received_after_cutoff"),
    *("finished_after_cutoff", "finished_without_date", "conflicting_rows"),
    *("lone_late_date", "lone_early_date"),
)


def group(definition: Definition) -> str:
    if definition.is_survey:
        return "satisfaction"
    return "volume" if definition.name in VOLUME else "lateness"


def title(v: Question, definition: Definition) -> str:
    return definition.title_en if v.language == "en" else definition.title_vi


def details(v: Question, definition: Definition) -> list[tuple[str, str]]:
    """What there is to say of a measure, as lines of a name and a text."""
    english = v.language == "en"
    numerator = definition.numerator_en if english else definition.numerator_vi
    denominator = definition.denominator_en if english else definition.denominator_vi
    lines = [
        (v.say("definition.numerator" if denominator else "definition.counted"), numerator),
        (v.say("definition.denominator"), denominator),
        (v.say("definition.legal_basis"), definition.legal_basis_en if english else definition.legal_basis_vi),
    ]
    return [(name, text) for name, text in lines if text]


def finer(v: Question, definition: Definition) -> str:
    """How it is read, when it was reviewed, and how to ask for it without a browser; in one line."""
    return " · ".join(
        [
            v.say(f"definition.good_{definition.good}"),
            v.say("definition.minimum", n=v.number(definition.minimum)),
            v.say("definition.reviewed", day=day(v.language, definition.reviewed)),
            f"python -m comparison measure {definition.name}{' --by item' if definition.is_of_items else ''}",
        ]
    )


def fits(definition: Definition, wanted: str) -> bool:
    texts = " ".join(str(getattr(definition, field.name)) for field in fields(definition))
    return wanted in search_key(texts)


def all_numbers(table: pl.DataFrame) -> Numbers:
    """A table of texts that are all read as numbers."""
    return Numbers(table, right=frozenset(table.columns))


def show_simulations(v: Question) -> None:
    rows = simulations()
    listing(
        v,
        title=v.say("definition.simulations"),
        subtitle=v.say("definition.simulations_how", districts=v.number(rows[0].districts)),
        table=all_numbers(simulations_table(v.language, rows)),
        source=v.say("definition.simulations_source"),
        key="mo-phong-ket-luan",
        method=method(v, "simulated_verdicts"),
    )


def show_chances(v: Question) -> None:
    """The tables of what chance alone flags, and of what is found, beside fair comparisons and monthly signals."""
    funnels, signals, months, mixes = funnel_simulations(), signal_chances(), month_chances(), mix_chances()
    of_months = {"cases": months[0].cases, "baseline": months[0].baseline}
    for name, key, counted, also, table in (
        ("funnels", "mo-phong-pheu", funnels[0].districts, {}, funnels_table(v.language, funnels)),
        ("mixes", "mo-phong-co-cau", mixes[0].districts, {}, mixes_table(v.language, mixes)),
        ("signals", "mo-phong-dau-hieu", signals[0].charts, {}, signals_table(v.language, signals)),
        ("months", "mo-phong-thang-cuoi", months[0].districts, of_months, months_table(v.language, months)),
    ):
        told = {part: v.number(value) for part, value in {"n": counted, **also}.items()}
        listing(
            v,
            title=v.say(f"definition.{name}_simulated"),
            subtitle=v.say(f"definition.{name}_simulated_how", **told),
            table=all_numbers(table),
            source=v.say("definition.simulations_source"),
            key=key,
            method=method(v, "simulated_flags"),
            height=600,
        )


def show(v: Question) -> None:
    header(v.say("definition.title"), v.say("definition.caption"))
    wanted = search_key(
        elements.text_input(
            v.say("definition.search"), placeholder=v.say("filter.search"), key="definition-search", live=True,
            label_visibility="collapsed", icon=":material/search:", width=420,
        )
        or ""
    )  # fmt: skip
    found = [definition for definition in catalogue().values() if fits(definition, wanted)]
    words = [
        (section, [(v.say(f"{section}.{code}"), v.say(f"{section}.{code}_means")) for code in codes])
        for section, codes in (("verdict", VERDICTS), ("outcome", OUTCOMES), ("fault", FAULTS))
    ]
    words = [(section, [line for line in lines if wanted in search_key(" ".join(line))]) for section, lines in words]
    for name in ("volume", "lateness", "satisfaction"):
        members = [definition for definition in found if group(definition) == name]
        if members:
            show_heading(v, v.say(f"definition.{name}"))
            definition_list(
                v,
                [
                    (
                        title(v, each),
                        each.meaning_en if v.language == "en" else each.meaning_vi,
                        details(v, each),
                        finer(v, each),
                    )
                    for each in members
                ],
            )
    chances = " ".join(v.say(f"definition.{name}_simulated") for name in CHANCES)
    has_chances = wanted in search_key(chances)
    for section, lines in words:
        if lines:
            show_heading(v, v.say(f"definition.{section}"), v.say(f"definition.{section}_how"))
            definition_list(v, [(word, meaning, [], "") for word, meaning in lines])
        if lines and section == "verdict":
            show_simulations(v)
        if has_chances and section == "verdict":
            show_chances(v)
    if not found and not has_chances and not any(lines for _, lines in words):
        show_text(v, bold(v.say("filter.no_match")))


show(view())
