"""Charts in a window narrower than their words: they keep the width these need, and are moved by a finger."""

from typing import Any

from comparison.forms.template import PHONE
from comparison.forms.tokens import Tokens
from comparison.wording.texts import Html, markup, style

# px: what stands beside a chart on a phone, and at most.
_BESIDE, _MOST_BESIDE = 32, 160
# px: the narrowest chart, the narrowest plot beside long names, and the widest window in which a chart is moved.
_CHART, _PLOT, _WIDEST = 560, 300, 900
# px of a margin: with names at its right and no more than ticks at its left, a chart of lines is met at its right end.
_NAMES, _TICKS = 100, 60
_HINT = "ds-swipe"


def charts_style(colours: Tokens, hint: str) -> str:
    """CSS of every chart on a page; `hint`, a CSS string, stands above a chart that is wider than its place."""
    chart = "[class*=st-key-chart-]"
    return (
        f".{_HINT}{{display:none;margin:8px 0 0;font-size:13px;line-height:20px;color:{colours.muted}}}"
        f".{_HINT}::before{{content:{hint}}}"
        f"@media(max-width:{PHONE}px){{{chart}{{overflow-x:auto}}{chart}>div{{min-width:{_CHART}px}}}}"
        f"@media(max-width:{_CHART + _BESIDE - 1}px){{.{_HINT}{{display:block}}}}"
    )


def chart_hint(key: str, fig: dict[str, Any], narrowest: int = 0) -> Html:
    """HTML above a chart: where the hint stands, and CSS of a chart that needs more than others (`narrowest` px, or
    long names beside a plot), or whose names stand at the right."""
    margin = fig["layout"]["margin"]
    # Twice the name: the rule of all charts may come later.
    own, hint = f".st-key-chart-{key}" * 2, f"{_HINT}-{key}"
    least = max(narrowest, margin["l"] + margin["r"] + _PLOT)
    rules = ""
    if least > _CHART:
        moved, hinted = (min(least + beside, _WIDEST) for beside in (_MOST_BESIDE, _BESIDE - 1))
        rules += (
            f"@media(max-width:{moved}px){{{own}{{overflow-x:auto}}{own}>div{{min-width:{least}px}}}}"
            f"@media(max-width:{hinted}px){{.{_HINT}.{hint}{{display:block}}}}"
        )
    if margin["r"] >= _NAMES and margin["l"] <= _TICKS:
        # A box that runs from right to left is met at its right end; no script is needed for that.
        rules += f"@media(max-width:{PHONE}px){{{own}{{direction:rtl}}{own}>div{{direction:ltr}}}}"
    # It says nothing: to be moved by a finger is of no use to who does not see it.
    return markup('{}<p class="{} {}" aria-hidden="true"></p>', style(rules) if rules else "", _HINT, hint)
