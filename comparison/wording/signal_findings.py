"""Titles and sentences of monthly signals."""

from collections.abc import Sequence

from comparison.scope import Language
from comparison.wording.catalogue import say
from comparison.wording.findings import count_word, sentence


def signals_title(
    language: Language, units: int, worse: Sequence[tuple[str, int]], better: Sequence[tuple[str, int]], judged: int
) -> str:
    """ "X. Hiệp Phước xấu đi ở ba thước đo; ba đơn vị khác xấu đi ở một", or that nothing stands out.

    worse, better: (name, in how many measures) of the units with such a signal, in the order of the table. judged: how
    many cells of how many `units` could be judged at all.
    """
    if not judged:
        return say(language, "signal.title_subject")
    if not worse:
        return _without_worse(language, units, better)
    most = max(count for _, count in worse)
    top = [name for name, count in worse if count == most]
    others = [count for _, count in worse if count < most]
    if len(top) > 1:
        n = count_word(language, len(worse))
        return sentence(say(language, "signal.title_worse_units", n=n))
    text = say(language, _key("title_worse", most), unit=top[0], n=count_word(language, most))
    if not others:
        return text
    more = "title_others_in_one" if max(others) == 1 else "title_others"
    return text + say(language, _key(more, len(others)), n=count_word(language, len(others)))


def _without_worse(language: Language, units: int, better: Sequence[tuple[str, int]]) -> str:
    if len(better) == 1:
        name, count = better[0]
        text = say(language, _key("title_better", count), unit=name, n=count_word(language, count))
        return text if units == 1 else say(language, "signal.title_none_worse_but", better=text)
    if better:
        return say(language, "signal.title_none_worse_some_better", n=count_word(language, len(better)))
    return say(language, "signal.title_usual_one" if units == 1 else "signal.title_usual")


def _key(name: str, count: int) -> str:
    return f"signal.{name}_one" if count == 1 else f"signal.{name}"
