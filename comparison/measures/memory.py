"""Answers are kept per snapshot, scope and viewer, so that a page run again asks the warehouse nothing."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_forget: list[Callable[[], None]] = []


class Remembered(Generic[_P, _R]):
    """A function with the answers to the last questions; two that ask at once may both work it out."""

    def __init__(self, ask: Callable[_P, _R], most: int) -> None:
        self._ask, self._most = ask, most
        self._kept: OrderedDict[Hashable, _R] = OrderedDict()
        self._lock = Lock()
        update_wrapper(self, ask)

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        key = self._key(*args, **kwargs)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        answer = self._ask(*args, **kwargs)
        self._put(key, answer)
        return answer

    def holds(self, *args: _P.args, **kwargs: _P.kwargs) -> bool:
        """Whether the answer is kept."""
        return self._key(*args, **kwargs) in self._kept

    def keep(self, answer: _R, *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Keep an answer that was found another way."""
        self._put(self._key(*args, **kwargs), answer)

    def forget(self) -> None:
        """Drop every answer."""
        with self._lock:
            self._kept.clear()

    def _key(self, *args: _P.args, **kwargs: _P.kwargs) -> Hashable:
        return args, tuple(sorted(kwargs.items()))

    def _put(self, key: Hashable, answer: _R) -> None:
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def remembered(most: int) -> Callable[[Callable[_P, _R]], Remembered[_P, _R]]:
    """Keep the answers to the last `most` questions. Arguments are hashable; answers are shared and never changed."""

    def wrap(ask: Callable[_P, _R]) -> Remembered[_P, _R]:
        made = Remembered(ask, most)
        _forget.append(made.forget)
        return made

    return wrap


def forget() -> None:
    """Drop every answer, as before measuring how long the questions take."""
    for drop in _forget:
        drop()
