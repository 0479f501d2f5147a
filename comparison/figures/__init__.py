"""Every figure of the product, each an object in a file of its page's folder: `figures/<page>/<figure>.py`.

What can be shown, presented, put into a briefing or linked to is what stands here; there is no second list."""

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from comparison.figures.figure import Figure


def _figures() -> Iterator[Figure]:
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for value in vars(import_module(module.name)).values():
            yield from (each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Figure))


@cache
def figures() -> Mapping[str, Figure]:
    """All figures by key."""
    found: dict[str, Figure] = {}
    for figure in _figures():
        if found.setdefault(figure.key, figure) != figure:
            raise ValueError(f"two figures with the key {figure.key}")
    return MappingProxyType(found)


@cache
def slide_figures() -> Mapping[str, Figure]:
    """Those that a briefing can hold."""
    return MappingProxyType({key: figure for key, figure in figures().items() if figure.is_slide})
