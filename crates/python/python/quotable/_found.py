"""The rows of what is found: paragraphs, occurrences, counts and files."""

from __future__ import annotations

from typing import Any

from . import _native
from ._parts import Authority, Judgement, ReportParagraph, Section, SourceWarning
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


class Unjudged(Record):
    """Reports of which a filter cannot tell whether they pass."""

    __slots__ = ()
    filter: str
    field: str
    reports: int
    kept: bool


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
    _parts = {"unjudged": Unjudged}
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
    unjudged: list[Unjudged]
    dated_by_inspection: int


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


class Paragraph(Record):
    """A paragraph, with its citation.

    ``matches``, ``occurrences`` and ``sentences`` are pairs of bytes of the UTF-8 of ``text``, as the command writes them;
    ``spans`` and ``matched`` are for Python.
    """

    __slots__ = ()
    _parts = {"citation": Citation, "context": Context}
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
    score: float | None
    """How well it matches; ``None`` where paragraphs are not in order of relevance."""
    context: Context
    """The paragraphs around it; only with ``context=N``."""

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
    _parts = {**Paragraph._parts, "group": HitGroup}
    quotes: list[str]
    """The sentences that match; only with ``sentences=True``."""
    group: HitGroup
    """Its group; only with ``group=FACET``."""


class ChunkParagraph(Record):
    """A paragraph of a theme chunk. ``occurrences`` and ``matches`` are pairs of bytes of the UTF-8 of ``text``."""

    __slots__ = ()
    _shown = ("id", "paragraph", "text")
    id: str
    role: str
    text: str
    paragraph: str | None
    page: int | None
    occurrences: list[tuple[int, int]]
    matches: list[tuple[int, int]]


class Chunk(Record):
    """A theme chunk: all paragraphs under one theme's heading."""

    __slots__ = ()
    _parts = {"citation": Citation, "counts": FoundCounts, "paragraphs": ChunkParagraph}
    _shown = ("id", "theme", "cite")
    id: str
    path: str
    theme: str | None
    counts: FoundCounts
    citation: Citation
    cite: str
    paragraphs: list[ChunkParagraph]
    """All of them, in order: those that do not match too."""

    def _repr_html_(self) -> str:
        marked = _native.marked_html
        texts = (f"<p>{marked(part.text, part.matches)}</p>" for part in self.paragraphs)
        return f"<figure><blockquote>{''.join(texts)}</blockquote><figcaption>{marked(self.cite, [])}</figcaption></figure>"


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
    _parts = {"authority": Authority, "judgements": Judgement, "warnings": SourceWarning}
    _shown = ("id", "path", "title", "published")
    id: str
    path: str
    origin: str
    failure: dict[str, str] | None
    kind: str
    title: str | None
    authority: Authority | None
    framework: str | None
    series: str | None
    inspectorate: str | None
    inspected: list[dict[str, str]]
    published: str | None
    lead_inspector: str | None
    judgements: list[Judgement]
    fields: dict[str, str | int | float]
    pages: int
    paragraphs: int
    words: int
    table_rows: int
    notes: int
    warnings: list[SourceWarning]
    copy_of: str | None


class Report(Record):
    """A whole report: metadata, outline and paragraphs."""

    __slots__ = ()
    _parts = {
        "authority": Authority,
        "judgements": Judgement,
        "sections": Section,
        "paragraphs": ReportParagraph,
        "warnings": SourceWarning,
    }
    _shown = ("path", "title", "published", "pages")
    path: str
    kind: str
    title: str | None
    authority: Authority | None
    framework: str | None
    series: str | None
    inspectorate: str | None
    inspected: list[dict[str, str]]
    published: str | None
    byline: str | None
    lead_inspector: str | None
    judgements: list[Judgement]
    fields: dict[str, str | int | float]
    sections: list[Section]
    paragraphs: list[ReportParagraph]
    pages: int
    page_labels: list[dict[str, Any]]
    ocr_pages: list[int]
    warnings: list[SourceWarning]


    def _repr_html_(self) -> str:
        """What the report is, and its outline."""

        def escaped(text: object) -> str:
            return _native.marked_html(str(text), [])

        periods = "; ".join(f"{period['start']} to {period['end']}" for period in self.inspected)
        facts = {
            "authority": self.authority.name if self.authority else None,
            "inspection": self.series,
            "inspected": periods,
            "published": self.published,
            "file": self.path,
            "pages": self.pages or None,
        }
        rows = "".join(f"<tr><th>{name}</th><td>{escaped(fact)}</td></tr>" for name, fact in facts.items() if fact)
        grades = "".join(f"<tr><td>{escaped(one.label)}</td><td>{escaped(one.printed)}</td></tr>" for one in self.judgements)
        outline = "".join(
            f'<div style="margin-left:{one.level}em">{escaped(one.title)}</div>' for one in self.sections
        )
        return f"<h4>{escaped(self.title or self.path)}</h4>\n<table>{rows}{grades}</table>\n{outline}"


class Flaw(Record):
    """A fault of an index. ``of`` is the file of the index, or the path of the source, at fault."""

    __slots__ = ()
    of: str | None
    message: str


class Verification(Record):
    """What was found where the whole index was checked."""

    __slots__ = ()
    _parts = {"flaws": Flaw}
    _shown = ("files", "sources", "flaws", "changed", "gone")
    files: int
    sources: int
    paragraphs: int
    flaws: list[Flaw]
    """Faults of the index: ``quotable.open(folder, rebuild=True)`` builds it anew."""
    same: int
    changed: list[str]
    gone: list[str]
    unreadable: list[str]


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
