"""The snapshots published: not of one snapshot, so never kept with what a question made of it."""

from comparison.figures.data.asked import snapshot_source, whole_root, with_headings
from comparison.figures.words import method
from comparison.frame.source_row import listing
from comparison.measures.lists import snapshots_there
from comparison.question import Question


def snapshot_list(v: Question) -> None:
    """Every snapshot with its day, and whether it is the newest or kept for a fixed link."""
    there = snapshots_there()
    listing(
        v.asking(whole_root(v)),
        title=v.say("data_page.snapshots", n=v.number(there.height)),
        subtitle=v.say("data_page.snapshots_how"),
        table=with_headings(v, there, "snapshot", "published_on", "is_current", "is_kept"),
        source=snapshot_source(v),
        key="ban-so-lieu",
        method=method(v, "data_snapshots"),
    )
