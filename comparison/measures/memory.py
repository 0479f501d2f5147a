"""Answers are kept per snapshot, scope and viewer, so that a page run again asks the warehouse nothing."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_forget: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Keep the answers to the last `most` questions. Arguments are hashable; answers are shared and never changed."""

    def wrap(ask: Callable[_P, _R]) -> Callable[_P, _R]:
        kept = lru_cache(maxsize=most)(ask)
        _forget.append(kept.cache_clear)
        return kept  # type: ignore[return-value] # lru_cache keeps the parameters but not their types

    return wrap


def forget() -> None:
    """Drop every answer, as before measuring how long the questions take."""
    for drop in _forget:
        drop()
