"""The title of So sánh đơn vị and the lines under it."""

from collections.abc import Sequence
from dataclasses import replace

from comparison.figures.beside import Beside, ShareRow, compared_count
from comparison.figures.compare.asked import PAGE, beside_asked, ignored, why_nothing
from comparison.figures.figure import Figure, Made
from comparison.figures.missing import missing
from comparison.figures.periods import period_caption
from comparison.forms.place import Place
from comparison.question import Question
from comparison.wording import findings


def titles(q: Question) -> Sequence[str]:
    """How many differences are more than chance explains; the periods; how the differences are to be read."""
    beside = beside_asked(q)
    if beside is None:
        return q.say("compare_units.subject_any"), why_nothing(q)
    rows = beside.share_rows()
    return _title(q, beside, rows), period_caption(q), *_captions(q, beside, rows)


def _title(q: Question, beside: Beside, rows: list[ShareRow]) -> str:
    tested, clear = compared_count(rows)
    if not tested:
        return q.say("compare_units.subject", n=findings.count_word(q.language, len(beside.units)))
    key = "title_none" if clear == 0 else "title_one" if clear == 1 else "title"
    values = {"n": q.number(clear)} if clear > 1 else {}
    return q.say(f"compare_units.{key}", of=q.number(tested), base=beside.base_name, **values)


def _captions(q: Question, beside: Beside, rows: list[ShareRow]) -> list[str]:
    """How the differences are to be read, and for departments what part of their work they cover."""
    tested, _ = compared_count(rows)
    told = [q.say("compare_units.how", chance=q.number(tested / 20, 1))] if tested else []
    if not beside.own_fields:
        return told
    names = {field.code: field.short_name for field in q.known.fields}
    for code, name in beside.short:
        if code == beside.base:
            continue
        covered_by = beside.covered(code)
        shared = ", ".join(names[field] for field in beside.shared(code))
        if not shared:
            told.append(q.say("compare_units.nothing_shared", unit=name, base=beside.base_name))
        elif covered_by.n:
            told.append(
                q.say(
                    "compare_units.shared",
                    unit=name,
                    base=beside.base_name,
                    fields=shared,
                    share=q.percent(covered_by.value, 0),
                )
            )
    return told


def _nothing(q: Question, _: Place) -> Made:
    beside = beside_asked(q)
    made = missing(q, title=q.say("compare_units.subject_any"), page=PAGE)
    return replace(made, ignored=ignored(q, beside)) if beside else made


NO_CASES = Figure("so-sanh-khong-co", PAGE, _nothing, is_slide=False)
