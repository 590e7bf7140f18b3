"""The rows of answers: small objects with the fields of the lines of JSON in ``FORMATS.md``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from . import _native

_LONGEST = 60


class Record:
    """A row of an answer.

    Fields are attributes, and keys too: ``hit.citation.page`` and ``hit["citation"]["page"]`` are the same. A field whose
    name is a word of Python has ``_`` behind it as an attribute: ``line.from_``.
    """

    __slots__ = ("_fields",)
    _fields: dict[str, Any]

    _parts: ClassVar[dict[str, type[Record]]] = {}
    """The types of fields that have fields themselves."""
    _shown: ClassVar[tuple[str, ...]] = ()
    """The fields that ``repr`` shows; all, if none are named."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "_fields":
            raise AttributeError(name)
        key = name if name in self._fields else name.removesuffix("_")
        try:
            return self[key]
        except KeyError:
            raise AttributeError(f"{type(self).__name__} has no field {name!r}") from None

    def __getitem__(self, key: str) -> Any:
        return _wrapped(self._fields[key], self._parts.get(key))

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def keys(self) -> list[str]:
        """The names of the fields."""
        return list(self._fields)

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain dictionaries, lists and values."""
        return self._fields

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._fields == other._fields

    __hash__ = None  # type: ignore[assignment]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._fields]

    def __reduce__(self) -> tuple[type[Record], tuple[dict[str, Any]]]:
        return type(self), (self._fields,)

    def __repr__(self) -> str:
        shown = self._shown or tuple(self._fields)
        fields = (f"{name}={_short(self._fields[name])}" for name in shown if name in self._fields)
        return f"{type(self).__name__}({', '.join(fields)})"


def _wrapped(value: Any, part: type[Record] | None) -> Any:
    if part is None:
        return value
    if isinstance(value, dict):
        return part(value)
    if isinstance(value, (list, tuple)):
        return [_wrapped(one, part) for one in value]
    return value


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _characters(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of bytes of the UTF-8 of a text as pairs of indices of the text."""
    if text.isascii():
        return [(start, end) for start, end in places]
    data = text.encode()
    return [(len(data[:start].decode()), len(data[:end].decode())) for start, end in places]


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
        return _characters(self.text, self.matches)

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
    warnings: list[Any]


class Collocate(Record):
    """A word that stands near what a query finds. The measures are named by their papers in ``FORMATS.md``."""

    __slots__ = ()
    _parts = {"counts": FoundCounts, "provenance": Provenance, "window": Record}
    _shown = ("collocate", "observed", "expected", "log_dice", "log_likelihood", "reports")
    collocate: str
    title: str | None
    observed: int
    frequency: int
    expected: float
    log_dice: float
    log_likelihood: float
    p: float
    p_adjusted: float
    mi: float
    mi3: float
    t_score: float
    z_score: float
    dice: float
    chi_squared: float
    fisher: float
    reports: int
    paragraphs: int
    left: list[int]
    right: list[int]
    examples: list[str]
    window: Any
    counts: FoundCounts
    provenance: Provenance


class Keyword(Record):
    """A word, or a sequence of words, that one part of the corpus has more of than another."""

    __slots__ = ()
    _parts = {"parts": Record, "provenance": Provenance}
    _shown = ("words", "count", "reference_count", "log_ratio", "log_likelihood", "reports")
    words: str
    length: int
    count: int
    reference_count: int
    per_10_000_words: float
    reference_per_10_000_words: float
    boilerplate: int
    log_ratio: float
    percent_difference: float | None
    simple_maths: float
    odds_ratio: float | None
    log_likelihood: float
    log_likelihood_of_table: float
    chi_squared: float
    p: float
    p_adjusted: float
    reports: int
    dp: float
    dp_norm: float
    juilland_d: float
    parts: Any
    provenance: Provenance


class Ngram(Record):
    """A word, or a sequence of words, with its frequency and spread."""

    __slots__ = ()
    _parts = {"provenance": Provenance, "all": Record}
    _shown = ("words", "count", "per_10_000_words", "reports", "dp")
    words: str
    length: int
    count: int
    per_10_000_words: float
    reports: int
    dp: float
    dp_norm: float
    juilland_d: float
    all: Any
    provenance: Provenance


class TrendPoint(Record):
    """How often a query finds something in one period, with intervals of 95 %."""

    __slots__ = ()
    _parts = {"boilerplate": Share, "provenance": Provenance}
    _shown = ("series", "period", "occurrences", "per_10_000_words", "rate_low", "rate_high")
    series: str
    by: str
    period: str | None
    occurrences: int
    paragraphs: int
    reports: int
    boilerplate: Share
    all_reports: int
    all_paragraphs: int
    all_words: int
    per_10_000_words: float | None
    rate_low: float | None
    rate_high: float | None
    share_of_reports: float | None
    share_low: float | None
    share_high: float | None
    restriction: str | None
    provenance: Provenance


class Theme(Record):
    """How much of the corpus a theme covers, and why."""

    __slots__ = ()
    _parts = {"all": Record, "provenance": Provenance}
    _shown = ("theme", "kind", "share", "by_section", "by_words")
    theme: str | None
    kind: str
    title: str
    share: float
    by_section: int | None
    by_words: int | None
    all: Any
    by_year: list[Any]
    by_grade: list[Any]
    provenance: Provenance


class NamedQuery(Record):
    """What a query of the code book finds."""

    __slots__ = ()
    _parts = {"counts": FoundCounts, "provenance": Provenance, "total": Count, "rows": Count}
    _shown = ("name", "kind", "title")
    name: str
    title: str
    kind: str
    counts: FoundCounts
    by_year: list[Any]
    total: Count
    by: list[str]
    rows: list[Count]
    provenance: Provenance


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
        text = _short(self.quotation.text)
        return f"Verdict({self.number}, {self.verdict!r}, {text}, cite={_short(self.cite)})"


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
