"""Options by keyword: their types, and those of one call."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from typing import Any, Literal, Union

StrPath = Union[str, "os.PathLike[str]"]
Day = Union[str, int, datetime.date]
"""A year, a month or a day: ``2018``, ``"2018-06"``, ``"2018-06-19"``, ``datetime.date(2018, 6, 19)``."""
Names = Union[str, Iterable[str]]
"""One name, or several."""
Scope = Literal["sentence", "paragraph", "theme", "report"]
Duplicates = Literal["once", "keep"]


def given(names: dict[str, Any], *, all: bool = False) -> dict[str, Any]:
    """The options of a call, from its local names."""
    given = {name: _plain(value) for name, value in names.items() if name != "self" and value is not None}
    if "codebook" in given:
        given["codebook"] = os.path.expanduser(given["codebook"])
    return {**given, "all": True} if all else given


def _plain(value: Any) -> Any:
    if isinstance(value, (str, bytes, int, float, bool)):
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    # Any iterable of names, but not a pair of numbers.
    if isinstance(value, Iterable) and not isinstance(value, tuple):
        return list(value)
    return list(value) if isinstance(value, tuple) and all(isinstance(one, str) for one in value) else value
