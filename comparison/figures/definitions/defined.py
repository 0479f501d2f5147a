"""The measures as their own files define them, and the words for verdicts, cases and faults; those that a search
finds."""

from collections.abc import Sequence
from dataclasses import fields

from comparison.figures.figure import Made, Table
from comparison.forms.definition_list import Entry, definition_list
from comparison.measures import Definition, catalogue
from comparison.measures.lists import FAULTS
from comparison.question import Question
from comparison.wording import day
from warehouse.text import search_key

PAGE = "dinh-nghia"
# What measures are of, and which words of the product are explained.
SUBJECTS, WORDS = ("volume", "lateness", "satisfaction"), ("verdict", "outcome", "fault")
_VOLUME = (
    *("received", "carried_over", "taken_in", "resolved", "closed_without_result", "in_progress", "remainder"),
    "online_share",
)
_EXPLAINED = {
    "verdict": ("clear_gain", "clear_loss", "not_clear", "too_early", "cannot_tell"),
    "outcome": ("early", "on_time", "late", "overdue", "open", "awaiting", "without_result", "no_due_date", "vanished"),
    "fault": FAULTS,
}


def titles(q: Question) -> Sequence[str]:
    return q.say("definition.title"), q.say("definition.caption")


def measures_defined(q: Question, subject: str, wanted: str) -> Made | None:
    """The measures of one of SUBJECTS that have `wanted` (a `search_key`) in what is said of them; None for none."""
    found = [each for each in catalogue().values() if _subject(each) == subject and _has(each, wanted)]
    return _listed(q, q.say(f"definition.{subject}"), "", [_entry(q, each) for each in found])


def words_defined(q: Question, section: str, wanted: str) -> Made | None:
    """Those of one of WORDS that have `wanted` (a `search_key`) in them or their meaning; None for none."""
    entries = [Entry(q.say(f"{section}.{code}"), q.say(f"{section}.{code}_means")) for code in _EXPLAINED[section]]
    found = [each for each in entries if wanted in search_key(f"{each.word} {each.meaning}")]
    return _listed(q, q.say(f"definition.{section}"), q.say(f"definition.{section}_how"), found)


def _listed(q: Question, title: str, subtitle: str, entries: Sequence[Entry]) -> Made | None:
    return Made(title=title, subtitle=subtitle, body=Table(definition_list(entries, q.theme))) if entries else None


def _subject(definition: Definition) -> str:
    if definition.is_survey:
        return "satisfaction"
    return "volume" if definition.name in _VOLUME else "lateness"


def _has(definition: Definition, wanted: str) -> bool:
    return wanted in search_key(" ".join(str(getattr(definition, field.name)) for field in fields(definition)))


def _entry(q: Question, definition: Definition) -> Entry:
    said = {
        name: str(getattr(definition, f"{name}_{q.language}"))
        for name in ("title", "meaning", "numerator", "denominator", "legal_basis")
    }
    lines = (
        (q.say("definition.numerator" if said["denominator"] else "definition.counted"), said["numerator"]),
        *((q.say(f"definition.{name}"), said[name]) for name in ("denominator", "legal_basis")),
    )
    told = [(name, text) for name, text in lines if text]
    return Entry(said["title"], said["meaning"], told, _finer(q, definition))


def _finer(q: Question, definition: Definition) -> str:
    """How it is read, when it was reviewed, and how to ask for it without a browser; in one line."""
    return " · ".join(
        [
            q.say(f"definition.good_{definition.good}"),
            q.say("definition.minimum", n=q.number(definition.minimum)),
            q.say("definition.reviewed", day=day(q.language, definition.reviewed)),
            f"python -m comparison measure {definition.name}{' --by item' if definition.is_of_items else ''}",
        ]
    )
