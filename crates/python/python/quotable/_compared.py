"""The rows of comparisons: articles checked, inspections followed, paragraphs alike."""

from __future__ import annotations

from typing import Any

from . import _native
from ._found import Citation
from ._record import Record, short


class Followed(Record):
    """A candidate for what became of a request, with the request; then the other kinds. See ``FORMATS.md``."""

    __slots__ = ()
    _shown = ("kind", "group", "request_text", "outcome", "text")
    kind: str
    group: str | None
    verdict: str | None
    request: int | None
    request_text: str | None
    request_section: str | None
    request_paragraph: str | None
    request_page: int | None
    request_citation: str | None
    rank: int | None
    outcome: str | None
    relevance: float | None
    coverage: float | None
    text: str | None
    section: str | None
    paragraph: str | None
    page: int | None
    citation: str | None
    id: str | None
    name: str | None
    earlier: str | None
    later: str | None
    earlier_path: str
    later_path: str


class Similar(Record):
    """A paragraph like another: a near copy, or one alike in content."""

    __slots__ = ()
    _shown = ("kind", "resemblance", "text", "citation")
    kind: str
    rank: int
    resemblance: float
    containment: float
    boilerplate: int | None
    text: str
    matches: list[tuple[int, int]]
    section: str | None
    paragraph: str | None
    page: int | None
    citation: str
    id: str
    path: str

    def _repr_html_(self) -> str:
        text, cite = _native.marked_html(self.text, self.matches), _native.marked_html(self.citation, [])
        return f"<figure><blockquote>{text}</blockquote><figcaption>{cite}</figcaption></figure>"


class Place(Record):
    """A place where a quotation stands."""

    __slots__ = ()
    _parts = {"citation": Citation}
    _shown = ("id", "text")
    id: str
    citation: Citation
    role: str
    text: str
    bytes: dict[str, int]
    quoted: dict[str, int]


class Check(Record):
    """What became of a quotation."""

    __slots__ = ()
    _parts = {"places": Place, "nearest": Place, "edits": Record, "in_about": Record}
    _shown = ("verdict", "similarity", "total")
    verdict: str
    text: str
    places: list[Place]
    consecutive: bool
    total: int
    reports: int
    edits: list[Any]
    similarity: float
    nearest: Place | None
    boilerplate: bool
    short: bool
    unchecked: int
    complete: bool
    unread: int
    unfinished: bool
    in_about: Any
    found: str | None


class Verdict(Record):
    """A quotation, a passage or a claim of an article, and the verdict on it."""

    __slots__ = ()
    _parts = {"quotation": Record, "check": Check, "about": Record}
    number: int
    quotation: Any
    check: Check
    cite: str | None
    about: Any
    article: str
    group: str

    @property
    def verdict(self) -> str:
        """``check.verdict``: ``exact``, ``exact-after-folding``, ``altered``, ``spliced``, ``elsewhere`` or ``absent``."""
        return self.check.verdict

    def __repr__(self) -> str:
        text = short(self.quotation.text)
        return f"Verdict({self.number}, {self.verdict!r}, {text}, cite={short(self.cite)})"
