"""The few lines of a text that hold something, found without splitting it."""

from collections.abc import Iterator


def lines_holding(text: bytes, *signs: bytes) -> Iterator[tuple[int, int, int]]:
    """(number, start, end) of each line in which one of these single bytes stands; lines end with "\\n" and count from
    0."""
    places = {sign: text.find(sign) for sign in signs}
    number = counted = 0
    while there := [place for place in places.values() if place >= 0]:
        at = min(there)
        start, end = text.rfind(b"\n", counted, at) + 1 or counted, text.find(b"\n", at)
        end = len(text) if end < 0 else end
        number += text.count(b"\n", counted, start)
        yield number, start, end
        counted = start
        # Only a sign that was passed is looked for again: one that is far away is found once.
        places |= {sign: text.find(sign, end) for sign, place in places.items() if 0 <= place < end}
