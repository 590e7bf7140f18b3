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
    Chart,
    Chunks,
    Codes,
    Collocates,
    Comparison,
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
    UsedParagraphs,
    Verdicts,
)
from ._corpus import Corpus, codebook, open
from ._engines import Export, ExportCounts, Translation
from ._errors import CodeBookError, Error, NoReportsError, QueryError
from ._explained import EmptyPart, Explanation, FilterReach, LeafWords, QueryPart, WordCount
from ._native import __version__
from ._progress import Progress
from ._analysed import (
    Code,
    Collocate,
    Example,
    Extent,
    Keyword,
    KeywordParts,
    NamedQuery,
    Ngram,
    Theme,
    TrendPoint,
    Window,
)
from ._compared import (
    Check,
    Compared,
    Followed,
    InAbout,
    Place,
    Similar,
    Use,
    UsedParagraph,
    Verdict,
)
from ._found import (
    Beside,
    Chunk,
    ChunkParagraph,
    Citation,
    Context,
    Count,
    Flaw,
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
    Unjudged,
    Verification,
)
from ._parts import (
    About,
    AboutReport,
    Authority,
    Edit,
    Judgement,
    Quotation,
    ReportParagraph,
    Section,
    SourceWarning,
)
from ._record import Record

__all__ = [
    "About",
    "AboutReport",
    "Answer",
    "Authority",
    "Beside",
    "Chart",
    "Check",
    "Chunk",
    "ChunkParagraph",
    "Chunks",
    "Citation",
    "Code",
    "CodeBookError",
    "Codes",
    "Collocate",
    "Collocates",
    "Compared",
    "Comparison",
    "Context",
    "Corpus",
    "Count",
    "Counts",
    "Edit",
    "EmptyPart",
    "Error",
    "Example",
    "Explanation",
    "Export",
    "ExportCounts",
    "Extent",
    "FilterReach",
    "Flaw",
    "FollowUp",
    "Followed",
    "FoundCounts",
    "Hit",
    "HitGroup",
    "Hits",
    "InAbout",
    "Judgement",
    "Keyword",
    "KeywordParts",
    "Keywords",
    "LeafWords",
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
    "QueryPart",
    "Quotation",
    "Record",
    "Report",
    "ReportParagraph",
    "Section",
    "Share",
    "Similar",
    "SimilarParagraphs",
    "Source",
    "SourceWarning",
    "Sources",
    "Status",
    "Table",
    "Theme",
    "Themes",
    "Translation",
    "Trend",
    "TrendPoint",
    "Unjudged",
    "Use",
    "UsedParagraph",
    "UsedParagraphs",
    "Verdict",
    "Verdicts",
    "Verification",
    "Window",
    "WordCount",
    "__version__",
    "codebook",
    "open",
]
