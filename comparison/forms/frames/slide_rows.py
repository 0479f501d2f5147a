"""Which rows a slide shows of a figure that has more of them than a room can read."""

from collections.abc import Collection, Mapping, Sequence

from comparison.forms.enlarged import MOST_ROWS


def slide_rows(
    codes: Sequence[str], first: Collection[str], size: Mapping[str, float], most: int = MOST_ROWS
) -> list[str]:
    """At most `most` of `codes`, in their order: those in `first` (what stands out) before the largest by `size`."""
    ranked = sorted(codes, key=lambda code: (code not in first, -size.get(code, 0)))
    kept = set(ranked[:most])
    return [code for code in codes if code in kept]
