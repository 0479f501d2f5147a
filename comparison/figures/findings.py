"""What stands out, in sentences under the header of a page: at most three, each with what it rests on and a link."""

from collections.abc import Mapping
from types import MappingProxyType

from comparison.figures.figure import Figure, Made, Table, Words
from comparison.figures.words import method
from comparison.findings import Finding, Page, findings_of
from comparison.forms.findings_list import SaidFinding, findings_list
from comparison.forms.place import Place
from comparison.menu import NAMES
from comparison.question import Question
from comparison.wording.findings import count_word, sentence
from comparison.wording.texts import sentences

MOST = 3
KEY = "o-noi-bat"


def findings_made(
    q: Question, place: Place, page: Page, *, said: str = "", own: Mapping[str, str] = MappingProxyType({})
) -> Made | None:
    """The findings of a page that matter most; of Tổng quan ("") those of all pages.

    said: what the title of the page says already; None where that is all there is. own: the page's own parameters as
    they are, so that no link leads to where one is.
    """
    found = findings_of(q, page)
    others = tuple(each for each in found.findings if each.sentence != said)
    if found.findings and not others:
        return None
    shown = others[:MOST]
    body: Table | Words | None = None
    if not place.is_used:
        body = Words(tuple((each.sentence, each.evidence) for each in shown))
    elif shown:
        body = Table(
            findings_list(
                [
                    SaidFinding(each.sentence, sentences([each.evidence, each.test]), *_link(q, page, each, own))
                    for each in shown
                ],
                q.theme,
            )
        )
    return Made(
        title=_title(q, page, len(shown)),
        subtitle=_note(q, len(others), len(shown), found.looked_at, found.by_chance),
        body=body,
        source=q.say("source.snapshot", snapshot=q.warehouse.id),
        method=method(q, "findings", "findings_order"),
    )


def _link(q: Question, page: Page, each: Finding, own: Mapping[str, str]) -> tuple[str, str]:
    """The way to where it is seen, (address, words); empty where that is what the page shows."""
    if each.page == page and q.scope.with_(**each.changes) == q.scope and each.own.items() <= own.items():
        return "", ""
    kept = q.own if each.page == page else {}
    return q.link(each.page, {**kept, **each.own}, **each.changes), _label(q, each)


def _label(q: Question, each: Finding) -> str:
    name = q.say(f"menu.{NAMES[each.page]}")
    if "fields" in each.changes:
        return q.say("overview.cell_link")
    if "units" in each.changes:
        return q.say("findings_block.see_unit", page=name)
    return q.say("findings_block.see", page=name)


def _title(q: Question, page: Page, shown: int) -> str:
    of = "_models" if page == "mo-hinh" else ""
    if not shown:
        return q.say(f"findings_block.nothing{of}")
    one = "_one" if shown == 1 else ""
    return sentence(q.say(f"findings_block.title{of}{one}", n=count_word(q.language, shown)))


def _note(q: Question, every: int, shown: int, looked_at: int, by_chance: float) -> str:
    """How many comparisons stand behind them, what chance alone would let through, and how many are left out here."""
    said = []
    if every > shown:
        said.append(q.say("findings_block.shown", shown=q.number(shown), all=q.number(every)))
    if looked_at:
        chance = max(round(by_chance, 1), 0.1)
        said.append(q.say("findings_block.looked", n=q.number(looked_at), chance=q.number(chance, 1)))
    elif not every:
        said.append(q.say("findings_block.looked_none"))
    return " ".join(said)


def _of(page: Page) -> Figure:
    # Only Tổng quan's are a slide: the key is what a briefing calls it.
    return Figure(
        f"{KEY}-{page}" if page else KEY,
        page,
        lambda q, place: findings_made(q, place, page) if q.has_data else None,
        is_slide=not page,
    )


OVERVIEW = _of("")
VOLUME = _of("khoi-luong")
LATENESS = _of("tre-han")
SATISFACTION = _of("hai-long")
