"""How many examples a property is tried on."""

from hypothesis import settings

_USUAL = 100


def examples(number: int) -> settings:
    """So many in `make test`, ten times as many in `make test-long`, which names its own hypothesis profile."""
    return settings(max_examples=number * settings.default.max_examples // _USUAL)
