"""Which days the figures of Khối lượng are of, whether there are cases on them, and what is shown where there are
none."""

from comparison.figures.figure import Made
from comparison.figures.missing import missing
from comparison.figures.volume.titles import PAGE
from comparison.forms.frames.months import covered, months_shown
from comparison.forms.frames.shares import total_of
from comparison.forms.place import Place
from comparison.question import Question
from comparison.scope import Period, Scope


def months_asked(q: Question) -> Scope:
    """The scope over the months that a figure by month shows."""
    return q.scope.with_(period=months_shown(q.scope.period, covered(q.root)), compare="none")


def has_months(q: Question) -> bool:
    """Whether anything was received or resolved in those months."""
    return _has_work(q, months_asked(q))


def has_work(q: Question) -> bool:
    """Whether anything was received or resolved in the period."""
    return _has_work(q, q.scope)


def _has_work(q: Question, scope: Scope) -> bool:
    return any(total_of(q.measure(name, scope=scope)) for name in ("received", "resolved"))


def received_in_all(q: Question) -> int:
    """The cases received in the period."""
    return total_of(q.measure("received"))


def days_with_data(q: Question) -> Period | None:
    """The part of the period that data reach; None where there is none."""
    return q.scope.period.within(covered(q.root))


def none_received(q: Question, place: Place, subject: str) -> Made | None:
    """The empty figure of a page, `subject` the message that names it; of a slide its frame says that it is empty."""
    return missing(q, title=q.say(subject), page=PAGE) if place.is_used else None
