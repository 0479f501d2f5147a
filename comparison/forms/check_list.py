"""The checks of an effect as a small table: what speaks against it is orange, and says so in a word."""

from collections.abc import Sequence

from comparison.forms.frames.checks import Check
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.scope import Language
from comparison.wording import say
from comparison.wording.texts import Html, attribute, joined, markup, style

_NAME = "checks"


def check_list(rows: Sequence[Check], language: Language, theme: Theme) -> Html:
    """One row a check, with its note below where it has one."""
    columns = ("check", "result", "state")
    head = joined(markup('<th scope="col">{}</th>', say(language, f"check.column_{name}")) for name in columns)
    body = joined(_row(language, row) for row in rows)
    rules = style(_style(tokens(theme)))
    return rules + markup("<table class={}><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", _NAME, head, body)


def _row(language: Language, row: Check) -> Html:
    side = attribute("class", "against" if row.state in ("noted", "failed") else "")
    note = markup("<div class=note>{}</div>", row.note) if row.note else ""
    return markup(
        '<tr><th scope="row">{}</th><td{}>{}{}</td><td{}>{}</td></tr>',
        row.name,
        side,
        row.result,
        note,
        side,
        say(language, f"check.{row.state}"),
    )


def _style(colours: Tokens) -> str:
    return (
        f".{_NAME}{{width:100%;table-layout:fixed;border-collapse:collapse;font-size:14px;line-height:20px;"
        f"color:{colours.ink};font-variant-numeric:tabular-nums}}"
        f".{_NAME} th,.{_NAME} td{{text-align:left;vertical-align:top;padding:5px 10px 5px 0;font-weight:400;"
        f"border-bottom:1px solid {colours.grid}}}"
        f".{_NAME} thead th{{color:{colours.muted};border-bottom:1px solid {colours.ink}}}"
        f".{_NAME} thead th:nth-child(1){{width:36%}}.{_NAME} thead th:nth-child(3){{width:18%}}"
        f".{_NAME} .against{{color:{colours.orange}}}.{_NAME} .note{{color:{colours.muted};font-size:13px}}"
    )
