"""Quotable finds, counts, cites, checks and follows quotations in a folder of inspection reports.

>>> import quotable
>>> corpus = quotable.open("corpus/reports")
>>> corpus.count('"care leavers" unallocated').total.paragraphs
4

Every answer is a sequence of small objects and a table, which pandas, polars, pyarrow and DuckDB take:

>>> hits = corpus.search('"care leavers" unallocated')
>>> hits[0].citation.authority
'Thornmere Borough Council'
>>> hits.to_arrow().num_rows
4

Names and numbers are those of the command ``quotable`` and of ``FORMATS.md``.
"""

from __future__ import annotations

from ._answers import (
    Answer,
    Chunks,
    Collocates,
    Counts,
    FollowUp,
    Hits,
    Keywords,
    Lines,
    NamedQueries,
    Ngrams,
    Paragraphs,
    SimilarParagraphs,
    Sources,
    Table,
    Themes,
    Trend,
    Verdicts,
)
from ._corpus import Corpus, open
from ._errors import CodeBookError, Error, NoReportsError, QueryError
from ._native import __version__
from ._progress import Progress
from ._analysed import (
    Collocate,
    Keyword,
    NamedQuery,
    Ngram,
    Theme,
    TrendPoint,
)
from ._compared import (
    Check,
    Followed,
    Place,
    Similar,
    Verdict,
)
from ._found import (
    Beside,
    Chunk,
    Citation,
    Context,
    Count,
    FoundCounts,
    Hit,
    HitGroup,
    Line,
    Paragraph,
    Provenance,
    Report,
    Share,
    Source,
    Status,
)
from ._record import Record

__all__ = [
    "Answer",
    "Beside",
    "Check",
    "Chunk",
    "Chunks",
    "Citation",
    "CodeBookError",
    "Collocate",
    "Collocates",
    "Context",
    "Corpus",
    "Count",
    "Counts",
    "Error",
    "FollowUp",
    "Followed",
    "FoundCounts",
    "Hit",
    "HitGroup",
    "Hits",
    "Keyword",
    "Keywords",
    "Line",
    "Lines",
    "NamedQueries",
    "NamedQuery",
    "Ngram",
    "Ngrams",
    "NoReportsError",
    "Paragraph",
    "Paragraphs",
    "Place",
    "Progress",
    "Provenance",
    "QueryError",
    "Record",
    "Report",
    "Share",
    "Similar",
    "SimilarParagraphs",
    "Source",
    "Sources",
    "Status",
    "Table",
    "Theme",
    "Themes",
    "Trend",
    "TrendPoint",
    "Verdict",
    "Verdicts",
    "__version__",
    "open",
]
