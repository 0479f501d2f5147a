"""Every case taken in is accounted for, in all of the root and in the part that is asked for."""

from collections.abc import Mapping

from comparison.figures.figure import Figure, Made, Words
from comparison.figures.overview.titles import PAGE
from comparison.figures.part_shown import part_shown
from comparison.figures.words import method
from comparison.forms.frames.shares import source_text, total_of
from comparison.forms.place import Place
from comparison.question import Question
from comparison.scope import Language, Scope
from comparison.wording import findings, number, say

_COUNTED = (
    *("taken_in", "carried_over", "resolved", "early", "on_time"),
    *("late_resolved", "closed_without_result", "in_progress", "remainder"),
)
# In the order of the sentence; whoever submitted how else is said only where there is any.
_CHANNELS = ("online", "in_person", "post", "unknown")
_ALWAYS = ("online", "in_person")


def _made(q: Question, _: Place) -> Made | None:
    if not q.has_data:
        return None
    whole = q.scope.with_(kind=None, units=(), fields=(), procedures=(), channels=())
    counts, sentence = _accounted(q, whole)
    title = findings.reconciled_title(q.language, counts["taken_in"], counts["remainder"])
    if q.scope != whole:
        title = f"{q.root.name}: {findings.lowered(title)}"
    note = q.say("overview.reconciliation_note")
    if not counts["taken_in"]:
        return Made(title=title, subtitle=note)
    lines = [q.say("overview.reconciled_whole", root=q.root.name, sentence=sentence)]
    if q.scope != whole:
        _counts, part = _accounted(q, q.scope)
        lines.append(q.say("overview.reconciled_part", units=part_shown(q), sentence=part))
    return Made(
        title=title,
        subtitle=note,
        body=Words(tuple(("", line) for line in lines), is_spaced=True),
        source=source_text(q.language, q.warehouse.id, q.scope.period, counts["taken_in"]),
        method=method(q, "reconciliation"),
        measures=_COUNTED,
    )


def _accounted(q: Question, scope: Scope) -> tuple[dict[str, int], str]:
    by_channel = dict(q.measure("received", ("channel",), scope).select("channel", "numerator").iter_rows())
    counts = {name: total_of(q.measure(name, scope=scope)) for name in _COUNTED}
    return counts, reconciliation(q.language, counts, by_channel)


def reconciliation(language: Language, counts: Mapping[str, int], by_channel: Mapping[str, int]) -> str:
    """The sentence in which every case taken in is accounted for.

    counts: taken_in, carried_over, resolved, early, on_time, late_resolved, closed_without_result, in_progress,
    remainder. by_channel: cases received by channel.
    """

    def part(key: str, count: int) -> str:
        return say(language, f"reconciliation.{key}", n=number(language, count))

    received = [
        part(channel, by_channel.get(channel, 0))
        for channel in _CHANNELS
        if channel in _ALWAYS or by_channel.get(channel, 0)
    ]
    received.append(part("carried_over", counts["carried_over"]))
    judged = [part(name, counts[name]) for name in ("early", "on_time", "late_resolved")]
    unjudged = counts["resolved"] - counts["early"] - counts["on_time"] - counts["late_resolved"]
    if unjudged:
        judged.append(part("unjudged", unjudged))
    ends = [f"{part('resolved', counts['resolved'])} ({', '.join(judged)})"]
    ends += [part(name, counts[name]) for name in ("closed_without_result", "in_progress", "remainder")]
    return f"{part('taken_in', counts['taken_in'])} = {' + '.join(received)} = {' + '.join(ends)}"


RECONCILIATION = Figure("doi-chieu", PAGE, _made, is_slide=False)
