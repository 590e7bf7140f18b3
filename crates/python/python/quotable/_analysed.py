"""The rows of analysis: words by measures, trends, themes and code books."""

from __future__ import annotations

from typing import Any

from ._found import Citation, Count, FoundCounts, Provenance, Share
from ._record import Record


class Extent(Record):
    """How much text there is."""

    __slots__ = ()
    paragraphs: int
    words: int
    reports: int


class Window(Record):
    """The words around occurrences in which collocates are looked for, and how many there are."""

    __slots__ = ()
    left: int
    right: int
    within: str
    window_words: int
    words: int
    tested: int


class KeywordParts(Record):
    """The two parts of the corpus whose words are compared."""

    __slots__ = ()
    _parts = {"target": Extent, "reference": Extent, "boilerplate": Extent}
    target: Extent
    reference: Extent
    boilerplate: Extent
    in_both: int
    """Paragraphs that both queries find, and that count for neither."""
    against: str | None
    tested: int


class Example(Record):
    """An occurrence with the words around it, and where it stands."""

    __slots__ = ()
    _parts = {"citation": Citation}
    id: str
    pre: str
    keyword: str
    post: str
    citation: Citation


class Collocate(Record):
    """A word that stands near what a query finds. The measures are named by their papers in ``FORMATS.md``."""

    __slots__ = ()
    _parts = {"counts": FoundCounts, "example": Example, "provenance": Provenance, "window": Window}
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
    example: Example | None
    window: Window
    counts: FoundCounts
    provenance: Provenance


class Keyword(Record):
    """A word, or a sequence of words, that one part of the corpus has more of than another."""

    __slots__ = ()
    _parts = {"example": Example, "parts": KeywordParts, "provenance": Provenance}
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
    more_in: str
    """``target``, or ``reference`` for a word that the reference has more of, with ``both=True``."""
    examples: list[str]
    example: Example | None
    parts: KeywordParts
    provenance: Provenance


class Ngram(Record):
    """A word, or a sequence of words, with its frequency and spread."""

    __slots__ = ()
    _parts = {"provenance": Provenance, "all": Extent}
    _shown = ("words", "count", "per_10_000_words", "reports", "dp")
    words: str
    length: int
    count: int
    per_10_000_words: float
    reports: int
    dp: float
    dp_norm: float
    juilland_d: float
    all: Extent
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
    _parts = {"all": Extent, "provenance": Provenance}
    _shown = ("theme", "kind", "share", "by_section", "by_words")
    theme: str | None
    kind: str
    title: str
    share: float
    by_section: int | None
    by_words: int | None
    all: Extent
    by_year: list[tuple[int | None, dict[str, int]]]
    by_grade: list[tuple[str | None, dict[str, int]]]
    provenance: Provenance


class Code(Record):
    """A query of a code book."""

    __slots__ = ()
    _shown = ("name", "kind", "title", "query")
    name: str
    title: str
    kind: str
    description: str | None
    sections: list[str]
    """The headings that make a paragraph count as this topic."""
    query: str
    read_as: str
    """The query with all names resolved."""


class NamedQuery(Record):
    """What a query of the code book finds."""

    __slots__ = ()
    _parts = {"counts": FoundCounts, "provenance": Provenance, "total": Count, "rows": Count}
    _shown = ("name", "kind", "title")
    name: str
    title: str
    kind: str
    counts: FoundCounts
    by_year: list[tuple[int | None, dict[str, Any]]]
    total: Count
    by: list[str]
    rows: list[Count]
    provenance: Provenance
