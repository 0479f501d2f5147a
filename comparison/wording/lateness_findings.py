"""Titles of how late units are beside others and beside their own expectation, and of what makes up lateness."""

from collections.abc import Callable, Sequence

from comparison.scope import Language
from comparison.wording.catalogue import say
from comparison.wording.findings import Share, count_word, is_half_a_finding, sentence
from comparison.wording.numbers import percent

# What fits over a figure on one line; longer names give way to their number.
_LONGEST = 65


def funnel_title(language: Language, worse: Sequence[str], better: Sequence[str]) -> str:
    """ "X. Hiệp Phước trễ hơn hẳn nơi khác; P. Đông Hòa trễ ít hơn hẳn", or that no unit is beyond the limits."""
    if not worse and not better:
        return say(language, "funnel.none")

    def words(names_worse: bool, names_better: bool) -> str:
        parts = []
        if worse:
            parts.append(say(language, "funnel.worse", units=_units(language, worse, names_worse)))
        if better:
            parts.append(say(language, "funnel.better", units=_units(language, better, names_better)))
        return "; ".join(parts)

    return _longest_that_fits(words)


def adjusted_title(language: Language, explained: Sequence[str], more: Sequence[str], less: Sequence[str]) -> str:
    """ "X. Long Điền trễ do cơ cấu hồ sơ; X. Hiệp Phước thì không".

    explained: units late more than most whose fields explain it; more, less: units late more and less than expected.
    """
    if explained and more:
        key = "adjusted.explained_not_one" if len(more) == 1 else "adjusted.explained_not"
        return _longest_that_fits(
            lambda names_explained, names_more: say(
                language, key, because=_because(language, explained, names_explained),
                more=_units(language, more, names_more),
            )
        )  # fmt: skip
    if explained:
        return _fitting(lambda named: say(language, "adjusted.explained", because=_because(language, explained, named)))
    found = [(key, units) for key, units in (("more", more), ("less", less)) if units]
    if not found:
        return say(language, "adjusted.none")
    key, units = found[0]
    return _fitting(_says(language, f"adjusted.{key}", units))


def half_procedures_title(language: Language, late: Share, half: int, pairs: int) -> str:
    """ "52 % số hồ sơ trễ nằm ở năm thủ tục, …"; the subject where that says nothing.

    half: the fewest pairs of a unit and a procedure that make half of the late cases, out of `pairs`; late: what of all
    late cases they have.
    """
    if not is_half_a_finding(late.n, half, pairs):
        return say(language, "half.subject")
    share = percent(language, late.value, 0)
    if half == 1:
        return say(language, "half.title_one", share=share)
    return sentence(say(language, "half.title", n=count_word(language, half), share=share))


def definitions_title(language: Language, shares: Sequence[Share]) -> str:
    """ "Cùng một kỳ, đúng hạn từ 96,9 % đến 98,0 % tùy cách tính"."""
    values = [share.value for share in shares if share.is_enough]
    if len(values) < 2:
        return say(language, "three.subject")
    low, high = percent(language, min(values)), percent(language, max(values))
    if low == high:
        return say(language, "three.same", share=low)
    return say(language, "three.title", low=low, high=high)


def departments_title(language: Language, worse: Sequence[str], better: Sequence[str]) -> str:
    """Which departments are surely later than they were themselves, else which are less late, else the subject."""
    for key, units in (("title_up", worse), ("title_down", better)):
        if units:
            return _fitting(_says(language, f"departments.{key}", units))
    return say(language, "departments.title")


def shared_title(language: Language, units: Sequence[str]) -> str:
    """Which departments are surely later than others in a field that they share, or that none is."""
    if not units:
        return say(language, "departments.shared_title")
    return _fitting(_says(language, "departments.shared_title_some", units))


def _because(language: Language, units: Sequence[str], named: bool) -> str:
    """ "X. Long Điền trễ do cơ cấu hồ sơ"; English asks how many they are."""
    key = "adjusted.because_one" if len(units) == 1 else "adjusted.because"
    return say(language, key, units=_units(language, units, named))


def _says(language: Language, key: str, units: Sequence[str]) -> Callable[[bool], str]:
    """The message about units, with their names or their number."""
    return lambda named: say(language, key, units=_units(language, units, named))


def _units(language: Language, units: Sequence[str], named: bool) -> str:
    """Two names at most, or how many units there are."""
    if named and len(units) <= 2:
        return say(language, "word.and", first=units[0], last=units[1]) if len(units) == 2 else units[0]
    key = "funnel.units_one" if len(units) == 1 else "funnel.units"
    return say(language, key, n=count_word(language, len(units)))


def _longest_that_fits(words: Callable[[bool, bool], str]) -> str:
    """The title with both lists of units by name, else with the first by name, else with their numbers."""
    titles = [words(*named) for named in ((True, True), (True, False), (False, False))]
    return sentence(next((title for title in titles if len(title) <= _LONGEST), titles[-1]))


def _fitting(words: Callable[[bool], str]) -> str:
    """The title with names if that fits on a line, else with numbers of units."""
    title = words(True)
    return sentence(title if len(title) <= _LONGEST else words(False))
