"""A verdict in words: what was found, how far it may be wrong, and in one sentence why nothing can be told."""

from dataclasses import replace
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from comparison.statistics.effect import effect
from comparison.statistics.estimate import Estimate
from comparison.statistics.verdict import Doubt, Reason, Verdict
from comparison.wording import verdicts
from comparison.wording.texts import html_of
from comparison.wording.verdicts import Subject

NBSP = "\N{NO-BREAK SPACE}"
SUBJECT = Subject("hài lòng", "tỷ lệ hài lòng")
ENGLISH = Subject("satisfaction", "the share of satisfied answers")
SUBJECTS = {"vi": SUBJECT, "en": ENGLISH}
FOUND = Estimate(0.082, 0.09, 0.008, 0.049, 0.115, 0.00476, 1 / 210, 210, 4, 6, 1)
CAUSED = ("do mô hình", "nhờ mô hình", "mô hình làm cho", "because of", "caused", "thanks to", "due to")


def spaced(text):
    return text.replace(NBSP, " ")


def reason(language, why, **changes):
    values: dict[str, Any] = {
        "pilot": "Xã Một", "others": 2, "first": "04/2023", "smallest_p": 1 / 15, "other_models": ["Giúp dân"],
        **changes,
    }  # fmt: skip
    return spaced(verdicts.reason_sentence(language, why, SUBJECTS[language], **values))


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_its_own_word_and_title(verdict):
    others = set(Verdict) - {verdict}
    for language in ("vi", "en"):
        subject = SUBJECTS[language]
        title = verdicts.title(language, "Một cửa", subject, verdict)
        assert title.startswith("Một cửa: ")
        assert subject.short in title
        assert title not in {verdicts.title(language, "Một cửa", subject, other) for other in others}
        word = verdicts.word(language, verdict)
        assert word not in {verdicts.word(language, other) for other in others}
        short = verdicts.short_title(language, subject, verdict)
        assert short == f"{subject.short[0].upper()}{subject.short[1:]}: {word}"
        assert not any(cause in f"{title} {word}".lower() for cause in CAUSED)
    assert verdicts.word("vi", verdict) in {
        "rõ là tốt lên", "rõ là xấu đi", "chưa rõ", "còn sớm", "không kết luận được"
    }  # fmt: skip


def test_without_data_the_short_title_says_so():
    assert verdicts.short_title("vi", SUBJECT, None) == "Hài lòng: không có số liệu"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.049, 0.115, "+4,9 đến +11,5 điểm"),
        (-0.02, 0.0001, "−2,0 đến 0,0 điểm"),
        (-inf, 0.031, "không quá +3,1 điểm"),
        (-0.031, inf, "từ −3,1 điểm trở lên"),
    ],
)
def test_a_range_has_a_number_for_each_end_that_there_is(low, high, shown):
    assert spaced(verdicts.signed_range("vi", low, high)) == shown


def test_a_range_without_ends_has_no_number():
    for language in ("vi", "en"):
        said = verdicts.signed_range(language, -inf, inf)
        assert said
        assert not any(letter.isdigit() or letter == "∞" for letter in said)


def test_the_effect_in_one_sentence():
    said = spaced(html_of(verdicts.effect_sentence("vi", SUBJECT, FOUND, 6, "(02–07/2024)")))
    sizes = ("tăng nhiều hơn <b>8,2 điểm</b>", "4,9", "11,5 điểm")
    for part in ("Sáu tháng", "(02–07/2024)", "tỷ lệ hài lòng", "bốn đơn vị", "sáu đơn vị", *sizes):
        assert part in said
    assert said.count(".") == 1
    english = spaced(verdicts.effect_sentence("en", ENGLISH, FOUND, 6, ""))
    for part in ("Six months", "four units", "six units", "8.2 points", "4.9", "11.5 points"):
        assert part in english
    assert not any(cause in f"{said} {english}".lower() for cause in CAUSED)


def test_an_effect_downwards_is_another_sentence():
    fell = replace(FOUND, value=-0.03, low=-inf, high=0.01, adopters=2)
    said = spaced(verdicts.effect_sentence("vi", SUBJECT, fell, 6, ""))
    assert "3,0 điểm" in said
    assert "không quá +1,0 điểm" in said
    assert "hai đơn vị" in said
    assert "tăng" not in said
    assert "inf" not in said


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (None, "Hài lòng trước và sau khi từng đơn vị bắt đầu"),
        ((4, 0.828, 0.915), "Bốn đơn vị đã làm: hài lòng từ 82,8 % lên 91,5 %"),
        ((1, 0.915, 0.828), "Một đơn vị đã làm: hài lòng từ 91,5 % xuống 82,8 %"),
        ((12, 0.9151, 0.9149), "12 đơn vị đã làm: hài lòng 91,5 % trước, 91,5 % sau"),
    ],
)
def test_the_title_of_a_life_says_how_its_units_moved(found, title):
    assert spaced(verdicts.life_title("vi", SUBJECT, found)) == title


def test_before_and_after_alone():
    x = np.full((4, 24), 80)
    x[:, 13:] = 90
    everywhere = effect(x, np.full((4, 24), 100), [12] * 4)
    said = spaced(html_of(verdicts.before_after_sentence("vi", SUBJECT, everywhere, 6)))
    assert "<b>tăng 10,0 điểm</b>" in said
    assert "trước so với sau" in said
    nothing = effect(x[:, :10], np.full((4, 10), 100), [12] * 4)
    assert verdicts.before_after_sentence("vi", SUBJECT, nothing, 6) == ""


@pytest.mark.parametrize("why", Reason)
def test_every_reason_is_one_sentence_of_its_own(why):
    for language in ("vi", "en"):
        said = reason(language, why)
        assert said not in {reason(language, other) for other in Reason if other is not why}
        assert said[-1] == "."
        assert ". " not in said
        assert "{" not in said
        assert not any(cause in said.lower() for cause in CAUSED)


def test_reasons_name_what_they_rest_on():
    assert "(Xã Một)" in reason("vi", Reason.ONE_PILOT)
    assert "Chỉ còn 2 đơn vị" in reason("vi", Reason.NO_COMPARISON)
    none_left = reason("vi", Reason.NO_COMPARISON, others=0)
    assert "Mọi đơn vị" in none_left
    for said in (none_left, reason("vi", Reason.NO_COMPARISON)):
        assert "không tách được khỏi các thay đổi khác" in said
    assert "có từ 04/2023" in reason("vi", Reason.BEGUN_BEFORE_DATA)
    assert "tỷ lệ hài lòng" in reason("vi", Reason.BEGUN_BEFORE_DATA)
    assert "30" in reason("vi", Reason.TOO_FEW_ANSWERS)
    assert "xác suất tình cờ 0,067" in reason("vi", Reason.TOO_FEW_UNITS)
    two = reason("vi", Reason.OVERLAPPING, other_models=["Giúp dân", "Công sở"])
    assert "“Giúp dân”, “Công sở”" in two


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_is_named(doubt):
    for language in ("vi", "en"):
        said = spaced(verdicts.doubts_sentence(language, [doubt], 0.067))
        others = {spaced(verdicts.doubts_sentence(language, [other], 0.067)) for other in Doubt if other is not doubt}
        assert said not in others
        assert said[-1] == "."
        assert ("0,067" in said or "0.067" in said) == (doubt is Doubt.CHANCE_DOES_AS_WELL)


def test_several_doubts_stand_in_one_sentence():
    said = verdicts.doubts_sentence("vi", list(Doubt), 0.2)
    for doubt in Doubt:
        alone = verdicts.doubts_sentence("vi", [doubt], 0.2)
        assert alone.removeprefix("Chưa rõ vì ").removesuffix(".") in said
        assert alone.startswith("Chưa rõ vì ")
    assert said.count(".") == 1


@pytest.mark.parametrize(("p", "shown"), [(0.00476, "0,005"), (0.0499, "0,050"), (1.0, "1,000"), (0.0001, "< 0,001")])
def test_p_is_never_nothing(p, shown):
    assert verdicts.p_text("vi", p) == shown


@pytest.mark.parametrize(
    ("difference", "vietnamese", "english"),
    [
        (0.087, "tăng 8,7 điểm", "rose by 8.7 points"),
        (-0.007, "giảm 0,7 điểm", "fell by 0.7 points"),
        (0.0004, "không đổi", "did not change"),
        (-0.0004, "không đổi", "did not change"),
    ],
)
def test_a_change_has_a_word_in_place_of_a_sign(difference, vietnamese, english):
    assert spaced(verdicts.moved("vi", difference)) == vietnamese
    assert spaced(verdicts.moved("en", difference)) == english


def test_a_rank_says_of_how_many():
    said = spaced(verdicts.rank_sentence("vi", "Xã Một", 3, 12, -0.021))
    assert "Xã Một" in said
    assert "giảm 2,1 điểm" in said
    assert "3 trong 12" in said


def test_nothing_to_say_is_no_number():
    lone = replace(FOUND, low=nan, high=nan, adopters=1)
    assert not lone.holds_zero
