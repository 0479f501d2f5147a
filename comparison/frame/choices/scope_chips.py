"""What narrows the view beside period and units: a chip each, and a click lets go of it."""

from collections.abc import Sequence

import streamlit as st

from comparison import wording
from comparison.frame import elements
from comparison.frame.address import go
from comparison.question import Question
from comparison.scope import default_scope

# So many names stand on a chip; more are counted.
_MOST_NAMED = 2


def chips(v: Question) -> None:
    """A row of chips; nothing where nothing beside period and units narrows the view."""
    found = _found(v)
    if not found:
        return
    usual = default_scope(v.known, v.scope.root)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="scope-chips"):
        for name, text in found.items():
            elements.button(
                text, key=f"chip-{name}", icon=":material/close:", icon_position="right",
                help=v.say("filter.let_go"), on_click=lambda name=name: go(**{name: getattr(usual, name)}),
            )  # fmt: skip


def _found(v: Question) -> dict[str, str]:
    """Attribute of the scope -> what it says, for those that are not as usual."""
    scope, known = v.scope, v.known
    usual = default_scope(known, scope.root)
    names = {
        "fields": {field.code: field.short_name for field in known.fields},
        "procedures": {procedure.code: procedure.name for procedure in known.procedures},
        "channels": {code: v.say(f"channel.{code}") for code in known.channels},
    }
    found = {
        name: _text(v, name, [named[code] for code in getattr(scope, name)])
        for name, named in names.items()
        if getattr(scope, name)
    }
    if scope.instrument != usual.instrument:
        titles = {each.code: wording.instrument_title(v.language, each) for each in known.instruments}
        found["instrument"] = titles[scope.instrument] if scope.instrument else ""
    if scope.on_time != usual.on_time:
        found["on_time"] = v.say(f"on_time.{scope.on_time}")
    return {name: text for name, text in found.items() if text}


def _text(v: Question, name: str, chosen: Sequence[str]) -> str:
    if len(chosen) > _MOST_NAMED:
        return v.say(f"filter.{name}_chosen", n=v.number(len(chosen)))
    return ", ".join(chosen)
