"""How far a command has got: a bar on a terminal, plain lines elsewhere, nothing for anything shorter than a second."""

import sys
import time
from typing import Never, TextIO

from tqdm import tqdm

_SILENT_FOR_SECONDS = 1.0


class Progress:
    """Counts the steps of one task after another on `stream`, standard error by default."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._bar: tqdm[Never] | None = None

    def begin(self, task: str, steps: int) -> None:
        """Start a task of so many steps, ending the one before."""
        self.end()
        self._task, self._steps, self._done = task, steps, 0
        self._last_line = time.monotonic()
        if self._stream.isatty():
            self._bar = tqdm(
                total=steps, desc=task, file=self._stream, delay=_SILENT_FOR_SECONDS, leave=False,
                bar_format="{desc} {n_fmt}/{total_fmt} |{bar}| {postfix}",
            )  # fmt: skip

    def step(self, name: str) -> None:
        """One step, about to be done."""
        self._done += 1
        if self._bar is not None:
            self._bar.set_postfix_str(name, refresh=False)
            self._bar.update()
        elif time.monotonic() - self._last_line >= _SILENT_FOR_SECONDS:
            self._last_line = time.monotonic()
            self._stream.write(f"{self._task} {self._done}/{self._steps}: {name}\n")
            self._stream.flush()

    def end(self) -> None:
        """The last task is done."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
