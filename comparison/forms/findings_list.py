"""Findings beside each other as HTML: the sentence, what it rests on, and the way to where it is seen."""

from collections.abc import Sequence
from typing import NamedTuple

from comparison.forms.template import PHONE
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import Html, joined, markup, style


class SaidFinding(NamedTuple):
    """A finding in words; `address` is "" where its page is the one that is shown."""

    sentence: str
    evidence: str
    address: str
    label: str


def findings_list(findings: Sequence[SaidFinding], theme: Theme) -> Html:
    """Up to three findings in a row, below each other in a narrow window."""
    told = joined(
        markup(
            '<div><p class="sentence">{}</p><p class="note">{}</p>{}</div>', each.sentence, each.evidence, _link(each)
        )
        for each in findings
    )
    return markup('{}<div class="ds-findings">{}</div>', style(_style(tokens(theme))), told)


def _link(each: SaidFinding) -> Html:
    return markup('<a href="{}">→\u2002{}</a>', each.address, each.label) if each.address else Html()


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
