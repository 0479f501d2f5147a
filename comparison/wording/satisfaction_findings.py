"""Titles of what people say of the service, and of a derived index, which is called one."""

from collections.abc import Sequence

from comparison.scope import Language
from comparison.wording.catalogue import say
from comparison.wording.findings import Change, Share, changed_share_title, count_word, sentence, span_title
from comparison.wording.numbers import percent, percent_range

# What fits over a figure on one line; a longer name gives way to the number of what it names.
_LONGEST = 65


def satisfied_title(language: Language, satisfied: Share, change: Change | None, *, is_derived: bool) -> str:
    """ "86,3 % người trả lời hài lòng, tăng 2,1 điểm"; `change` None where two periods must not be compared."""
    title = changed_share_title(language, "satisfied", satisfied, change)
    return _labelled(language, title, is_derived=is_derived and satisfied.is_enough)


def groups_title(
    language: Language, subject: str, values: Sequence[float], least: Sequence[tuple[str, Share]], *, is_derived: bool
) -> str:
    """ "X. Bình Thạnh Hạ kém hài lòng hơn hẳn nơi khác: 60,0 %", else the span of the shares that can be compared.

    subject: "units_satisfied", "fields_satisfied", "channels_satisfied", "months_satisfied" or "rounds_satisfied".
    least: the groups surely lower than the others; of several only their number is told.
    """
    if not least:
        title = span_title(language, subject, list(values))
    elif len(least) > 1:
        title = sentence(say(language, f"finding.{subject}_least_many", n=count_word(language, len(least))))
    else:
        name, share = least[0]
        title = say(language, f"finding.{subject}_least", name=name, share=percent(language, share.value))
    return _labelled(language, title, is_derived=is_derived)


def items_title(language: Language, values: Sequence[float], lagging: tuple[str, Share] | None) -> str:
    """ "Thời gian giải quyết kém hơn các câu khác: 61,2 %", else "Ba câu hỏi riêng: 72,0–72,8 % hài lòng".

    values: the shares that can be compared, without that of the overall item.
    """
    if lagging is None:
        if len(values) < 2:
            return say(language, "finding.items_satisfied_subject")
        span, n = percent_range(language, min(values), max(values)), count_word(language, len(values))
        return sentence(say(language, "finding.items_satisfied_span", n=n, range=span))
    item, share = lagging
    text = percent(language, share.value)
    named = say(language, "finding.item_lags", item=item, share=text)
    return named if len(named) <= _LONGEST else say(language, "finding.item_lags_unnamed", share=text)


def item_cells_title(language: Language, cells: Sequence[tuple[str, str, Share]]) -> str:
    """ "X. Tân Lộc Trung kém nơi khác về “Thủ tục dễ hiểu”: 48,0 %", or how many cells (unit, item, share) are so."""
    if not cells:
        return say(language, "finding.item_cells_none")
    if len(cells) > 1:
        return sentence(say(language, "finding.item_cells", n=count_word(language, len(cells))))
    unit, item, share = cells[0]
    text = percent(language, share.value)
    named = say(language, "finding.item_cell", unit=unit, item=item, share=text)
    return named if len(named) <= _LONGEST else say(language, "finding.item_cell_unnamed", unit=unit, share=text)


def _labelled(language: Language, title: str, *, is_derived: bool) -> str:
    """The title, said to be of a derived index where it is."""
    return say(language, "word.derived", title=title) if is_derived else title
