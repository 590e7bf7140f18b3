"""Shows how far a refresh is: a bar in a notebook, a line in a terminal, nothing elsewhere."""

from __future__ import annotations

import html
import sys
from collections.abc import Callable
from typing import Any

Progress = Callable[[int, int, str], object]
"""Called with the number of files read, of all, and the path of the last."""


class NotebookBar:
    """A plain HTML bar, which is gone when all is read."""

    def __init__(self, display: Any, as_html: Any) -> None:
        self._html = as_html
        self._display = display(as_html(""), display_id=True)

    def __call__(self, done: int, total: int, path: str) -> None:
        bar = f'<progress value="{done}" max="{total}"></progress> {done:,} of {total:,} files: {html.escape(path)}'
        self._display.update(self._html(bar))

    def close(self) -> None:
        self._display.update(self._html(""))


class TerminalLine:
    """A line on standard error, written over and over."""

    _width = 78

    def __call__(self, done: int, total: int, path: str) -> None:
        line = f"reading {done:,} of {total:,}: {path}"[: self._width]
        sys.stderr.write(f"\r{''.join(c if c.isprintable() else '?' for c in line):<{self._width}}")
        sys.stderr.flush()

    def close(self) -> None:
        sys.stderr.write("\r" + " " * self._width + "\r")
        sys.stderr.flush()


def default() -> NotebookBar | TerminalLine | None:
    """What suits the place where Python runs."""
    # Only a notebook has loaded IPython by itself, and it need not be installed.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None and hasattr(shell, "kernel"):
        from IPython.display import HTML, display

        return NotebookBar(display, HTML)
    return TerminalLine() if sys.stderr is not None and sys.stderr.isatty() else None
