"""The rows of comparisons: articles checked, inspections followed, paragraphs alike."""

from __future__ import annotations

from typing import Any

from . import _native
from ._found import Citation
from ._parts import About, Edit, Quotation
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


class Compared(Record):
    """A row of a comparison: a size, a topic or concept, a word, or a passage that both sides have word for word."""

    __slots__ = ()
    kind: str
    name: str | None
    title: str | None
    left: int | None
    right: int | None
    left_rate: float | None
    right_rate: float | None
    log_ratio: float | None
    log_likelihood: float | None
    text: str | None
    left_citation: str | None
    right_citation: str | None

    def __repr__(self) -> str:
        shown = (f"{name}={short(value)}" for name, value in self._fields.items() if value is not None)
        return f"Compared({', '.join(shown)})"


class Use(Record):
    """A use of a paragraph by an article. ``bytes`` is the part that is used, in the UTF-8 of the paragraph."""

    __slots__ = ()
    _parts = {"quotation": Quotation}
    _shown = ("article", "verdict")
    article: str
    quotation: Quotation
    verdict: str
    bytes: dict[str, int]


class UsedParagraph(Record):
    """A paragraph of a report that articles use."""

    __slots__ = ()
    _parts = {"citation": Citation, "uses": Use}
    _shown = ("id", "text", "cite", "uses")
    id: str
    citation: Citation
    role: str
    text: str
    uses: list[Use]
    cite: str

    def _repr_html_(self) -> str:
        marks = sorted((use.bytes["start"], use.bytes["end"]) for use in self.uses)
        text, cite = _native.marked_html(self.text, marks), _native.marked_html(self.cite, [])
        return f"<figure><blockquote>{text}</blockquote><figcaption>{cite}</figcaption></figure>"


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


class InAbout(Record):
    """What became of a quotation in the reports that the article is about, if it stands in others."""

    __slots__ = ()
    _parts = {"place": Place, "edits": Edit}
    _shown = ("verdict", "similarity")
    verdict: str
    place: Place | None
    edits: list[Edit]
    similarity: float


class Check(Record):
    """What became of a quotation."""

    __slots__ = ()
    _parts = {"places": Place, "nearest": Place, "outside": Place, "edits": Edit, "in_about": InAbout}
    _shown = ("verdict", "similarity", "total")
    verdict: str
    text: str
    places: list[Place]
    consecutive: bool
    total: int
    reports: int
    edits: list[Edit]
    """What was changed, the most serious first."""
    similarity: float
    nearest: Place | None
    boilerplate: bool
    short: bool
    unchecked: int
    complete: bool
    unread: int
    unfinished: bool
    in_about: InAbout | None
    outside: Place | None
    """Where an absent quotation stands in a report that the filters leave out."""
    addressed: str | None
    younger: bool
    found: str | None


class Verdict(Record):
    """A quotation, a passage or a claim of an article, and the verdict on it."""

    __slots__ = ()
    _parts = {"quotation": Quotation, "check": Check, "about": About}
    number: int
    quotation: Quotation
    check: Check
    cite: str | None
    about: About | None
    article: str
    group: str

    @property
    def verdict(self) -> str:
        """``check.verdict``: ``exact``, ``exact-after-folding``, ``altered``, ``spliced``, ``elsewhere`` or ``absent``."""
        return self.check.verdict

    def __repr__(self) -> str:
        text = short(self.quotation.text)
        return f"Verdict({self.number}, {self.verdict!r}, {text}, cite={short(self.cite)})"
