"""Six blues for counts, from few to many: orange is kept for what gives concern, and much work does not."""

from comparison.forms.tokens import Tokens, mixed

STEPS = 6
_PALEST, _STRONGEST = 0.12, 1.0
# Ink on a stronger blue falls under a contrast of 4.5.
_STRONGEST_UNDER_TEXT = 0.48


def count_ramp(tokens: Tokens, *, with_text: bool) -> tuple[str, ...]:
    """The colours of the six steps of a theme, paler where text stands on them."""
    strongest = _STRONGEST_UNDER_TEXT if with_text else _STRONGEST
    parts = [_PALEST + (strongest - _PALEST) * step / (STEPS - 1) for step in range(STEPS)]
    return tuple(mixed(tokens.bg, tokens.blue, part) for part in parts)
