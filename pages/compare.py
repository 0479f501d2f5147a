"""So sánh đơn vị: two to six units of one kind, side by side on everything."""

from comparison.figures.periods import period_caption
from comparison.widgets import Question, header, missing, view
from comparison.widgets.compare.choice import beside_asked, choose_beside, why_nothing
from comparison.widgets.compare.mix import side_mix
from comparison.widgets.compare.months import side_months
from comparison.widgets.compare.table import side_by_side
from comparison.widgets.unit.beside import Beside, ShareRow, compared_count
from comparison.wording import findings


def title(v: Question, beside: Beside, rows: list[ShareRow]) -> str:
    tested, clear = compared_count(rows)
    if not tested:
        return v.say("compare_units.subject", n=findings.count_word(v.language, len(beside.units)))
    key = "title_none" if clear == 0 else "title_one" if clear == 1 else "title"
    values = {"n": v.number(clear)} if clear > 1 else {}
    return v.say(f"compare_units.{key}", of=v.number(tested), base=beside.base_name, **values)


def captions(v: Question, beside: Beside, rows: list[ShareRow]) -> list[str]:
    """How the differences are to be read, and for departments what part of their work they cover."""
    tested, _ = compared_count(rows)
    told = [v.say("compare_units.how", chance=v.number(tested / 20, 1))] if tested else []
    if not beside.own_fields:
        return told
    names = {field.code: field.short_name for field in v.known.fields}
    for code, name in beside.short:
        if code == beside.base:
            continue
        covered_by = beside.covered(code)
        shared = ", ".join(names[field] for field in beside.shared(code))
        if not shared:
            told.append(v.say("compare_units.nothing_shared", unit=name, base=beside.base_name))
        elif covered_by.n:
            told.append(
                v.say("compare_units.shared", unit=name, base=beside.base_name, fields=shared,
                      share=v.percent(covered_by.value, 0))
            )  # fmt: skip
    return told


def show(v: Question) -> None:
    beside = beside_asked(v)
    if beside is None:
        header(v.say("compare_units.subject_any"), why_nothing(v))
        choose_beside(v, None)
        return
    rows = beside.share_rows()
    header(title(v, beside, rows), period_caption(v), *captions(v, beside, rows))
    choose_beside(v, beside)
    if not v.has_data:
        missing(v, title=v.say("compare_units.subject_any"), page="so-sanh")
        return
    side_by_side(v, beside, rows)
    side_months(v, beside)
    side_mix(v, beside)


show(view())
