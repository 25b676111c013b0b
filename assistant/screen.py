"""Where a command prints: results on stdout, everything else on stderr."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tqdm import tqdm


class Screen:
    """The terminal, or whatever stdout and stderr lead to. How far the work is shows on a terminal only."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def print(self, text: str) -> None:
        """A line of the result."""
        if self._bar is not None:
            self._bar.clear()
        print(text)

    def warn(self, text: str) -> None:
        """A line for the person who waits."""
        if self._bar is not None:
            self._bar.clear()
        print(text, file=sys.stderr)

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """How many `unit` are done, of how many when that is known."""
        if self._bar is None and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit=f" {unit}", file=sys.stderr)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def check(self) -> None:
        """Raises KeyboardInterrupt when nobody waits for the work any more."""

    def close(self) -> None:
        """Ends the display of progress."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
