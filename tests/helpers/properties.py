"""How many examples a property is tried on."""

from hypothesis import settings

_USUAL = settings.get_profile("repeatable").max_examples


def examples(number: int) -> settings:
    """So many in `make test`, ten times as many in `make test-long`, which names its own hypothesis profile."""
    of_profile = settings.get_profile(settings.get_current_profile_name())
    return settings(max_examples=number * of_profile.max_examples // _USUAL)
