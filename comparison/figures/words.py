"""Sentences that many figures say: how they are calculated, and what a place leaves out."""

from comparison.question import Question
from comparison.wording.texts import sentences


def method(q: Question, *names: str) -> str:
    """Sentences of the catalogue's section of methods, one after the other."""
    return sentences(q.say(f"method.{name}") for name in names)


def shown_of(q: Question, shown: int, of: int, which: str) -> str:
    """What a place leaves out, "Hiện 8 đơn vị nhiều hồ sơ trễ nhất trong 14. ": `which` names the message; "" where
    nothing is left out."""
    return f"{q.say(f'briefing.{which}', shown=q.number(shown), n=q.number(of))} " if shown < of else ""
