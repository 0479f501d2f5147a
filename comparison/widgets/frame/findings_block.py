"""What stands out, under the header of a page."""

from collections.abc import Mapping
from types import MappingProxyType

from comparison.charts.place import PAGE
from comparison.figures.findings import KEY, findings_made
from comparison.findings import Page
from comparison.question import Question
from comparison.widgets.frame.show import show


def show_findings(v: Question, page: Page, *, said: str = "", own: Mapping[str, str] = MappingProxyType({})) -> None:
    """The findings of a page, as `findings_made` has them."""
    made = findings_made(v, PAGE, page, said=said, own=own)
    if made is not None:
        show(v, f"{KEY}-{page}" if page else KEY, made)
