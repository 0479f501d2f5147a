"""What stands out, in sentences under the header of a page: at most three, each with what it rests on and a link."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from comparison.charts.tokens import Tokens, tokens
from comparison.findings import Finding, Page, Told, findings_of
from comparison.question import Question
from comparison.widgets.figure.figures import heading
from comparison.widgets.figure.method import method, method_row
from comparison.widgets.figure.phone import PHONE
from comparison.widgets.figure.slide_frame import slide_text
from comparison.widgets.menu import NAMES
from comparison.widgets.words import show_html
from comparison.wording.findings import count_word, sentence
from comparison.wording.texts import Html, joined, markup, sentences, style

MOST = 3
KEY = "o-noi-bat"


def told(v: Question, page: Page) -> Told:
    """What the rules of a page find for this view."""
    return findings_of(v, page)


def show_findings(v: Question, page: Page, *, said: str = "", own: Mapping[str, str] = MappingProxyType({})) -> None:
    """The findings of a page that matter most; of Tổng quan ("") those of all pages.

    said: what the title of the page says already; nothing is drawn where that is all there is. own: the page's own
    parameters as they are, so that no link leads to where one is.
    """
    found = told(v, page)
    others = tuple(each for each in found.findings if each.sentence != said)
    if found.findings and not others:
        return
    found = replace(found, findings=others)
    shown = others[:MOST]
    heading(_title(v, page, len(shown)), _note(v, found, len(shown)))
    if v.slide is not None:
        slide_text(v, [(each.sentence, each.evidence) for each in shown])
    elif shown:
        show_html(v, _html(v, page, shown, own))
    source = v.say("source.snapshot", snapshot=v.warehouse.id)
    # Only Tổng quan's are a slide: the key is what a briefing calls it.
    method_row(v, source, method(v, "findings", "findings_order"), _key(page))


def _key(page: Page) -> str:
    return f"{KEY}-{page}" if page else KEY


def _html(v: Question, page: Page, shown: tuple[Finding, ...], own: Mapping[str, str]) -> Html:
    told = joined(
        markup(
            '<div><p class="sentence">{}</p><p class="note">{}</p>{}</div>',
            each.sentence,
            sentences([each.evidence, each.test]),
            _link(v, page, each, own),
        )
        for each in shown
    )
    return markup('{}<div class="ds-findings">{}</div>', style(_style(tokens(v.theme))), told)


def _link(v: Question, page: Page, each: Finding, own: Mapping[str, str]) -> Html:
    """The way to where it is seen; "" where that is what the page shows."""
    if each.page == page and v.scope.with_(**each.changes) == v.scope and each.own.items() <= own.items():
        return Html()
    kept = v.own if each.page == page else {}
    address = v.link(each.page, {**kept, **each.own}, **each.changes)
    return markup('<a href="{}">→\u2002{}</a>', address, _label(v, each))


def _style(colours: Tokens) -> str:
    return (
        ".ds-findings{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:12px 32px}"
        "@media(max-width:900px){.ds-findings{grid-template-columns:1fr}}"
        ".ds-findings p{margin:0}.ds-findings .sentence{font-weight:600;line-height:1.6}"
        f".ds-findings .note{{font-size:14px;line-height:22px;color:{colours.muted}}}"
        f".ds-findings a{{font-size:14px;line-height:28px;color:{colours.ink};text-decoration:none}}"
        # A finger needs more height than a line has.
        f"@media(max-width:{PHONE}px){{.ds-findings a{{display:inline-block;line-height:22px;padding:6px 0}}}}"
        ".ds-findings a:hover,.ds-findings a:focus-visible{text-decoration:underline}"
    )


def _label(v: Question, each: Finding) -> str:
    name = v.say(f"menu.{NAMES[each.page]}")
    if "fields" in each.changes:
        return v.say("overview.cell_link")
    if "units" in each.changes:
        return v.say("findings_block.see_unit", page=name)
    return v.say("findings_block.see", page=name)


def _title(v: Question, page: Page, shown: int) -> str:
    of = "_models" if page == "mo-hinh" else ""
    if not shown:
        return v.say(f"findings_block.nothing{of}")
    one = "_one" if shown == 1 else ""
    return sentence(v.say(f"findings_block.title{of}{one}", n=count_word(v.language, shown)))


def _note(v: Question, found: Told, shown: int) -> str:
    """How many comparisons stand behind them, what chance alone would let through, and how many are left out here."""
    said = []
    if len(found.findings) > shown:
        said.append(v.say("findings_block.shown", shown=v.number(shown), all=v.number(len(found.findings))))
    if found.looked_at:
        chance = max(round(found.by_chance, 1), 0.1)
        said.append(v.say("findings_block.looked", n=v.number(found.looked_at), chance=v.number(chance, 1)))
    elif not found.findings:
        said.append(v.say("findings_block.looked_none"))
    return " ".join(said)
