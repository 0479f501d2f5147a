"""Cells of a table of measures beside each other: a share, its difference to another, a count, each as it is read."""

from collections.abc import Mapping

from comparison.forms.frames.side_by_side import Difference, Good, Standing
from comparison.forms.side_table import Cell
from comparison.forms.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.measures.on_time import ON_TIME
from comparison.measures.plan_lists import target_in
from comparison.question import Question
from comparison.scope import Language
from comparison.wording import interval_decimals, number, percent, points_between, say
from comparison.wording.findings import Share

_MARKS: Mapping[Standing, str] = {"higher": "▲ ", "lower": "▼ ", "unclear": "", "few": "", "not_comparable": ""}


def share_cell(
    language: Language, share: Share, message: str, compared: Difference | None, good: Good = "none"
) -> Cell:
    """A share with n, and below it the difference with its interval and a word. message: x of n in the hover."""
    if share.is_hidden:
        return Cell(say(language, "word.hidden"), is_few=True, title=say(language, "hover.hidden"))
    if share.n == 0:
        return Cell("–", is_few=True, title=say(language, "word.no_data"))
    if share.n < FEWEST_SHOWN:
        return Cell(TOO_FEW, is_few=True)
    text = percent(language, share.value)
    count = number(language, share.n)
    return Cell(
        text,
        count,
        () if compared is None else _difference_lines(language, compared),
        is_few=share.n < FEWEST_COMPARED,
        is_clear=compared is not None and compared.is_clear,
        tone=compared.tone(good) if compared else "",
        title=say(language, message, x=number(language, share.x), n=count, share=text),
    )


def difference_cell(language: Language, found: Difference | None, good: Good) -> Cell:
    """A difference with its interval in words."""
    if found is None:
        return Cell("–", is_few=True)
    size, word = _difference_lines(language, found)
    return Cell(size, lines=(word,), is_few=found.standing == "few", is_clear=found.is_clear, tone=found.tone(good))


def count_cell(text: str | None) -> Cell:
    """A count, a rate or a number of days as it is written; a dash where there is none."""
    return Cell("–", is_few=True) if text is None else Cell(text)


def row_note(q: Question, key: str, kind: str) -> str:
    """What a share is a part of, and the target of its kind and year where there is one."""
    note = q.say(f"compare_units.note_{key.partition('-')[0]}")
    name = {"on_time": ON_TIME[q.scope.on_time], "satisfied": "satisfaction"}.get(key)
    target = target_in(q.warehouse, name, kind, q.scope) if name else None
    return note if target is None else f"{note}; {q.say('compare_units.target', share=q.tick(target))}"


def _difference_lines(language: Language, compared: Difference) -> tuple[str, str]:
    """ "+3,2 điểm (1,1 đến 5,3)" and "▲ rõ là cao hơn"."""
    word = say(language, f"compare_units.{compared.standing}")
    return _difference_text(language, compared), f"{_MARKS[compared.standing]}{word}"


def _difference_text(language: Language, compared: Difference) -> str:
    """ "+3,2 điểm (1,1 đến 5,3)": the difference in points, and its 95 % interval."""
    decimals = interval_decimals(compared.low, compared.high)
    low, high = (number(language, bound * 100, decimals, signed=True) for bound in (compared.low, compared.high))
    size = points_between(language, compared.own, compared.other)
    return say(language, "compare_units.difference", points=size, low=low, high=high)
