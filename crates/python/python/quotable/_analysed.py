"""The rows of analysis: words by measures, trends, themes and code books."""

from __future__ import annotations

from typing import Any

from ._found import Count, FoundCounts, Provenance, Share
from ._record import Record


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
