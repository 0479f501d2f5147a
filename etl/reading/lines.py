"""The lines of a text as bytes, found without splitting it: most are never looked at one by one."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Lines:
    """The lines of a text in UTF-8 that end with "\\n"; they count from 0."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._bytes = np.frombuffer(text, np.uint8)
        self._ends = np.append(np.flatnonzero(self._bytes == ord("\n")), len(text))

    def holding(self, *characters: int) -> Numbers:
        """The numbers of the lines in which one of these bytes stands."""
        places = np.concatenate([np.flatnonzero(self._bytes == character) for character in characters])
        return np.unique(np.searchsorted(self._ends, places))

    def count(self, character: int) -> Numbers:
        """How often this byte stands in each line."""
        return np.diff(np.searchsorted(np.flatnonzero(self._bytes == character), self._ends), prepend=0)

    def span(self, number: int) -> tuple[int, int]:
        """Where a line begins, and where it ends."""
        return (int(self._ends[number - 1]) + 1 if number else 0), int(self._ends[number])

    def text(self, number: int) -> str:
        """A line without its end."""
        return self._text[slice(*self.span(number))].decode()
