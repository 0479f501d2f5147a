"""The ticks of a counted axis."""

from comparison.scope import Language
from comparison.wording import number


def count_text(language: Language, value: float) -> str:
    """A tick of a counted axis; nothing between whole numbers."""
    return number(language, value) if float(value).is_integer() else ""
