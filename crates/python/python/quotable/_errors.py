"""What can go wrong, in words for people."""

from __future__ import annotations


class Error(Exception):
    """An error of Quotable. Its text says what is wrong and what to do about it.

    Wrong options are a ``ValueError`` or ``TypeError``; Ctrl-C is a ``KeyboardInterrupt``, as always.
    """

    kind: str
    """The stable name of the kind of error: ``not-found``, ``locked``, ``damaged``, ``query``."""
    path: str | None
    """The file or folder at fault."""
    nearest: list[str]
    """Values that exist, nearest first, where one was named that does not."""

    def __init__(
        self, message: str, kind: str = "error", path: str | None = None, nearest: list[str] | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.path = path
        self.nearest = nearest or []

    def __reduce__(self) -> tuple[type[Error], tuple[str, str, str | None, list[str]]]:
        return type(self), (str(self), self.kind, self.path, self.nearest)


class QueryError(Error, ValueError):
    """A query that cannot be read or answered. Its text repeats the query, with a caret below the part at fault.

    >>> import quotable
    >>> corpus = quotable.open("corpus/reports")
    >>> corpus.count('"care leavers')
    Traceback (most recent call last):
        ...
    quotable.QueryError: ...
    """


class CodeBookError(Error, ValueError):
    """A code book that cannot be used. Its text shows the place in the file."""


class NoReportsError(Error):
    """There is no report to look in. Its text says what became of the files that are there."""


# Shown as `quotable.QueryError`.
for _class in (Error, QueryError, CodeBookError, NoReportsError):
    _class.__module__ = "quotable"
