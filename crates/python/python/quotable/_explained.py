"""How a query was read, and what each part of it finds."""

from __future__ import annotations



from . import _native
from ._found import FoundCounts, Provenance
from ._record import Record

_SHOWN_WORDS = 10


class WordCount(Record):
    """A word of the corpus, with its counts in the text that was searched."""

    __slots__ = ()
    word: str
    occurrences: int
    paragraphs: int


class QueryPart(Record):
    """A part of a query, with its operator (``and``, ``or``, ``phrase``, ``w/5``) or its kind (``word``, ``wildcard``)."""

    __slots__ = ()
    _shown = ("query", "operator")
    query: str
    operator: str
    scope: str
    parts: list[QueryPart]


class LeafWords(Record):
    """The words that a part of a query matches; if there are none, the nearest."""

    __slots__ = ()
    _parts = {"words": WordCount, "nearest": WordCount}
    query: str
    words: list[WordCount]
    nearest: list[WordCount]


class FilterReach(Record):
    """What a filter passes by itself; if that is nothing, the nearest values."""

    __slots__ = ()
    filter: str
    values: list[str]
    reports: int
    paragraphs: int
    nearest: list[str]


class EmptyPart(Record):
    """A part of a query that finds nothing by itself."""

    __slots__ = ()
    _parts = {"nearest": WordCount}
    query: str
    nearest: list[WordCount]
    values: list[str]


class Explanation(Record):
    """How a query was read, and what each part of it finds: what ``quotable search --explain`` shows."""

    __slots__ = ()
    _parts = {
        "tree": QueryPart,
        "leaves": LeafWords,
        "filters": FilterReach,
        "counts": FoundCounts,
        "empty": EmptyPart,
        "provenance": Provenance,
    }
    tree: QueryPart
    leaves: list[LeafWords]
    filters: list[FilterReach]
    counts: FoundCounts
    empty: list[EmptyPart]
    """Of a query that finds nothing: its smallest parts that find nothing by themselves."""
    notes: list[str]
    """How the query was read, and why it finds nothing, in words."""
    provenance: Provenance

    def _sections(self) -> list[tuple[str, list[str]]]:
        counts = self.counts
        found = (
            f"{_counted(counts.paragraphs, 'paragraph')} "
            f"({_counted(counts.occurrences, 'occurrence')} in {_counted(counts.reports, 'report')})"
        )
        return [
            ("The query as read", _tree(self.tree, 0)),
            ("Its words", [_words(leaf) for leaf in self.leaves]),
            ("Its filters", [_reach(reach) for reach in self.filters]),
            ("What it finds", [found, *self.notes]),
        ]

    def __repr__(self) -> str:
        lines = []
        for heading, body in self._sections():
            lines += [heading, *(f"  {line}" for line in body)] if body else []
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        def escaped(text: str) -> str:
            return _native.marked_html(text, [])

        page = ""
        for heading, body in self._sections():
            if body:
                page += f"<h4>{heading}</h4>\n<pre>{escaped(chr(10).join(body))}</pre>\n"
        return page


QueryPart._parts = {"parts": QueryPart}


def _tree(part: QueryPart, depth: int) -> list[str]:
    indent = "  " * depth
    if not part.parts or part.operator == "name":
        line = f"{indent}{part.query} ({part.operator})"
    else:
        line = f"{indent}{part.operator}"
    return [line, *(inner for one in part.parts for inner in _tree(one, depth + 1))]


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _with_counts(words: list[WordCount]) -> str:
    named = [f"{word.word} {word.occurrences:,}" for word in words[:_SHOWN_WORDS]]
    more = len(words) - _SHOWN_WORDS
    return ", ".join([*named, f"and {more:,} more"] if more > 0 else named)


def _words(leaf: LeafWords) -> str:
    words = leaf.words
    if not words:
        nearest = f"; the nearest: {_with_counts(leaf.nearest)}" if leaf.nearest else ""
        return f"{leaf.query}: no word of the corpus{nearest}"
    if len(words) == 1 and words[0].word == leaf.query:
        return (
            f"{leaf.query}: {_counted(words[0].occurrences, 'occurrence')} "
            f"in {_counted(words[0].paragraphs, 'paragraph')}"
        )
    return f"{leaf.query}: {_counted(len(words), 'word')}: {_with_counts(words)}"


def _reach(reach: FilterReach) -> str:
    nearest = f"; the nearest: {', '.join(reach.nearest)}" if reach.nearest else ""
    paragraphs, reports = _counted(reach.paragraphs, "paragraph"), _counted(reach.reports, "report")
    return f"{reach.filter}: {paragraphs} of {reports}{nearest}"


