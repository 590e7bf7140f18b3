"""The rows of what is found: paragraphs, occurrences, counts and files."""

from __future__ import annotations

from typing import Any

from . import _native
from ._record import Record, characters


class Citation(Record):
    """Where a quotation stands."""

    __slots__ = ()
    path: str
    authority: str | None
    urn: str | None
    authority_key: str | None
    region: str | None
    title: str | None
    framework: str | None
    series: str | None
    inspected: dict[str, str] | None
    published: str | None
    dated: str | None
    headings: list[str]
    grade: str | None
    paragraph: str | None
    page: int | None
    page_end: int | None
    page_label: str | None
    page_label_end: str | None
    overall: str | None
    inspectorate: str | None
    url: str | None
    ocr: bool


class Share(Record):
    """A part of what was found."""

    __slots__ = ()
    occurrences: int
    paragraphs: int


class FoundCounts(Record):
    """How much was found."""

    __slots__ = ()
    _parts = {"boilerplate": Share}
    occurrences: int
    paragraphs: int
    reports: int
    boilerplate: Share
    exact: bool


class Provenance(Record):
    """What makes a number repeatable."""

    __slots__ = ()
    version: str
    analyser: str
    corpus_hash: str
    reports: int
    complete: bool
    query: str
    read_as: str | None
    codebook: str | None
    within: str | None
    scope: str
    tables: bool
    notes: bool
    boilerplate: str
    unread: int
    unfinished: bool
    skipped: int
    copies: int
    duplicates: str
    unjudged: list[dict[str, Any]]
    dated_by_inspection: int


class Paragraph(Record):
    """A paragraph, with its citation.

    ``matches``, ``occurrences`` and ``sentences`` are pairs of bytes of the UTF-8 of ``text``, as the command writes them;
    ``spans`` and ``matched`` are for Python.
    """

    __slots__ = ()
    _parts = {"citation": Citation}
    _shown = ("id", "text", "cite")
    id: str
    path: str
    role: str
    theme: str | None
    text: str
    citation: Citation
    cite: str
    boilerplate: int | None
    words: int
    occurrences: list[tuple[int, int]]
    matches: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    selector: dict[str, str]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """``matches`` as indices of ``text``: ``text[start:end]`` is what matched."""
        return characters(self.text, self.matches)

    @property
    def matched(self) -> list[str]:
        """The words that matched."""
        return [self.text[start:end] for start, end in self.spans]

    def _repr_html_(self) -> str:
        text, cite = _native.marked_html(self.text, self.matches), _native.marked_html(self.cite, [])
        return f"<figure><blockquote>{text}</blockquote><figcaption>{cite}</figcaption></figure>"


class Beside(Record):
    """A paragraph beside a hit."""

    __slots__ = ()
    id: str
    role: str
    text: str
    paragraph: str | None
    page: int | None


class Context(Record):
    """The paragraphs around a hit."""

    __slots__ = ()
    _parts = {"before": Beside, "after": Beside}
    before: list[Beside]
    after: list[Beside]


class HitGroup(Record):
    """The group of a hit."""

    __slots__ = ()
    _parts = {"counts": FoundCounts}
    by: str
    value: str | None
    counts: FoundCounts


class Hit(Paragraph):
    """A paragraph found."""

    __slots__ = ()
    _parts = {"citation": Citation, "context": Context, "group": HitGroup}
    score: float | None
    quotes: list[str]
    """The sentences that match; only with ``sentences=True``."""
    context: Context
    """The paragraphs around it; only with ``context=N``."""
    group: HitGroup
    """Its group; only with ``group=FACET``."""


class Chunk(Record):
    """A theme chunk: all paragraphs under one theme's heading."""

    __slots__ = ()
    _parts = {"citation": Citation, "counts": FoundCounts, "paragraphs": Record}
    _shown = ("id", "theme", "cite")
    id: str
    path: str
    theme: str | None
    counts: FoundCounts
    citation: Citation
    cite: str
    paragraphs: list[Any]


class Line(Record):
    """An occurrence, with the words around it. ``pre``, ``keyword`` and ``post`` follow one another without a break."""

    __slots__ = ()
    _parts = {"citation": Citation}
    _shown = ("pre", "keyword", "post", "docname")
    docname: str
    from_: int
    to: int
    pre: str
    keyword: str
    post: str
    pattern: str
    id: str
    citation: Citation
    boilerplate: int | None
    theme: str | None


class Count(Record):
    """What was found of one value, beside all there is of it."""

    __slots__ = ()
    _parts = {"boilerplate": Share}
    values: list[str | None]
    occurrences: int
    paragraphs: int
    reports: int
    boilerplate: Share
    all_reports: int
    all_paragraphs: int
    all_words: int
    per_10_000_words: float | None


class Source(Record):
    """A file of the corpus, with its metadata. ``fields`` has those that are no standard ones."""

    __slots__ = ()
    _parts = {"judgements": Record, "warnings": Record}
    _shown = ("id", "path", "title", "published")
    id: str
    path: str
    origin: str
    failure: dict[str, str] | None
    kind: str
    title: str | None
    authority: dict[str, Any] | None
    framework: str | None
    series: str | None
    inspectorate: str | None
    inspected: list[dict[str, str]]
    published: str | None
    lead_inspector: str | None
    judgements: list[Any]
    fields: dict[str, str | int | float]
    pages: int
    paragraphs: int
    words: int
    table_rows: int
    notes: int
    warnings: list[Any]
    copy_of: str | None


class Report(Record):
    """A whole report: metadata, outline and paragraphs."""

    __slots__ = ()
    _parts = {"judgements": Record, "sections": Record, "paragraphs": Record, "warnings": Record}
    _shown = ("path", "title", "published", "pages")
    path: str
    kind: str
    title: str | None
    authority: dict[str, Any] | None
    framework: str | None
    series: str | None
    inspectorate: str | None
    inspected: list[dict[str, str]]
    published: str | None
    byline: str | None
    lead_inspector: str | None
    judgements: list[Any]
    fields: dict[str, str | int | float]
    sections: list[Any]
    paragraphs: list[Any]
    pages: int
    page_labels: list[dict[str, Any]]
    ocr_pages: list[int]
    warnings: list[Any]


class Status(Record):
    """The state of the index."""

    __slots__ = ()
    format: int
    generation: int
    committed: int | None
    complete: bool
    corpus_hash: str
    reports: int
    failed: int
    paragraphs: int
    words: int
    unfinished: bool
    shared: bool
    skipped: int
    copies: int
