"""Which slide of which briefing the address asks for, and the addresses of its neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from comparison.frame.address import arrived_with, draw_all, last_seen, remember
from comparison.measures import known
from comparison.scope import Known, default_scope, wanted_snapshot
from comparison.scope.periods import last_full
from warehouse.briefings import Briefing, BriefingError, BriefingMissing, Slide, find_briefing
from warehouse.snapshots import SnapshotMissing, SnapshotTooOld, current, open_snapshot, snapshots
from warehouse.state import StateDamaged

BRIEFING, SLIDE = "briefing", "slide"
# Where the last slide was left by a link, for the way back to it.
_LEFT = "slide-left"
# What was looked at before the meeting, and is again after it.
_BEFORE = "before-slides"
# The address of a slide that was filtered carries its whole scope; this parameter is always among it.
_OF_A_SCOPE = "from"


@dataclass(frozen=True)
class SlideAsked:
    """A slide and the parameters of its scope. `number` counts from 1; `is_filtered`: the address asks another scope
    than the briefing does."""

    briefing: Briefing
    number: int
    parameters: Mapping[str, str]
    is_filtered: bool

    @property
    def address(self) -> dict[str, str]:
        """The parameters that name this slide as the briefing has it, with its snapshot."""
        return _address(self, self.number)

    @property
    def slide(self) -> Slide:
        return self.briefing.slides[self.number - 1]

    @property
    def count(self) -> int:
        return len(self.briefing.slides)


def slide_asked() -> SlideAsked | None:
    """The slide that the address names; None where it names none, or a briefing that cannot be shown."""
    address = st.query_params.to_dict()
    try:
        briefing = find_briefing(address.get(BRIEFING, ""))
    except (BriefingMissing, BriefingError):
        return None
    if not briefing.slides:
        return None
    asked = address.get(SLIDE, "")
    number = min(max(int(asked) if asked.isdecimal() else 1, 1), len(briefing.slides))
    is_filtered = _OF_A_SCOPE in address
    own = address if is_filtered else {**_composed(briefing, number, address), **_kept(address)}
    return SlideAsked(briefing, number, {**own, BRIEFING: briefing.name, SLIDE: str(number)}, is_filtered)


def first_slide(briefing: Briefing) -> dict[str, str]:
    """The address at which a briefing starts: its snapshot stands in it, so that a load meanwhile changes nothing."""
    language = arrived_with().get("lang", "")
    kept = {"snapshot": briefing.snapshot or current().id, **({"lang": language} if language else {})}
    return {BRIEFING: briefing.name, SLIDE: "1", **kept}


def turn(by: int | None = None, *, to: int | None = None) -> None:
    """Show another slide as the briefing has it; called by widgets. Counts from the address, not from what is drawn:
    a second press may come before the first is."""
    asked = slide_asked()
    if asked is None:
        return
    wanted = asked.number + by if by is not None else to or asked.count
    number = min(max(wanted, 1), asked.count)
    if number != asked.number or asked.is_filtered:
        st.query_params.from_dict(_address(asked, number))


def as_composed() -> None:
    """The same slide without what was filtered since."""
    asked = slide_asked()
    if asked is not None:
        st.query_params.from_dict(_address(asked, asked.number))
        draw_all()


def leave() -> None:
    """Back to the list of briefings; called by widgets."""
    forget_slide()
    language = arrived_with().get("lang", "")
    before = st.session_state.pop(_BEFORE, last_seen())
    remember(before)
    seen = {name: value for name, value in before.items() if name != "lang"}
    st.query_params.from_dict({**seen, **({"lang": language} if language else {})})


def remember_slide(asked: SlideAsked) -> None:
    """The slide that a link from it leads back to, and what was looked at before the first."""
    st.session_state.setdefault(_BEFORE, dict(last_seen()))
    st.session_state[_LEFT] = (asked.number, asked.briefing.title, st.query_params.to_dict())


def forget_slide() -> None:
    """Nothing leads back any more, as once the meeting is over."""
    st.session_state.pop(_LEFT, None)


def slide_left() -> tuple[int, str, dict[str, str]] | None:
    """(number, title of the briefing, address) of the slide that was left by a link, None where none was."""
    found: tuple[int, str, dict[str, str]] | None = st.session_state.get(_LEFT)
    return found


def _address(asked: SlideAsked, number: int) -> dict[str, str]:
    return {BRIEFING: asked.briefing.name, SLIDE: str(number), **_kept(asked.parameters)}


def _kept(parameters: Mapping[str, str]) -> dict[str, str]:
    """What goes with a presenter from slide to slide."""
    return {name: parameters[name] for name in ("snapshot", "lang") if parameters.get(name)}


def _composed(briefing: Briefing, number: int, address: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a slide as its file has them, its dates written out."""
    slide = briefing.slides[number - 1]
    pinned = address.get("snapshot") or briefing.snapshot or ""
    found = dict(slide.link)
    try:
        there = [snapshot.id for snapshot in snapshots()]
        newest = current().id
        shown = known(open_snapshot(wanted_snapshot({"snapshot": pinned}, there, newest)))
    except (SnapshotMissing, SnapshotTooOld, StateDamaged):
        # Whoever opens the view says so.
        return found | ({"snapshot": pinned} if pinned else {})
    if slide.period and shown.roots:
        found |= _dates(slide, shown)
    return found | {"snapshot": pinned or newest}


def _dates(slide: Slide, shown: Known) -> dict[str, str]:
    root = slide.link.get("root", "")
    cut_off = shown.root_of[root if root in shown.root_of else default_scope(shown).root].cut_off
    period = last_full("month" if slide.period == "last_month" else "quarter", cut_off)
    return {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat()}
