"""A corpus for the engines of others."""

from __future__ import annotations

from typing import Literal

from . import _native
from ._options import Names, StrPath, given
from ._record import Record
from ._surroundings import path_of


class ExportCounts(Record):
    """What an export holds."""

    __slots__ = ()
    reports: int
    paragraphs: int
    searched: int
    words: int
    copies: int
    unread: int


class Export(Record):
    """What an export did."""

    __slots__ = ()
    _parts = {"counts": ExportCounts}
    out: str
    """The folder."""
    to: str
    run: int
    """How many exports into this folder there were."""
    changed: int
    """Reports that are new or have changed since the last export."""
    written: int
    removed: int
    """Reports that are gone since the last export."""
    taken_over: int
    """Reports that an interrupted export had written."""
    bytes: int
    """The size of the files that were written."""
    counts: ExportCounts

    def __repr__(self) -> str:
        holds = f"{self.counts.reports:,} reports, {self.counts.paragraphs:,} paragraphs"
        return (
            f"<export for {self.to} in {self.out}: {holds}; {self.changed:,} new or changed, {self.removed:,} gone, "
            f"{self.bytes / 1e6:.1f} MB written>"
        )


class Translation(Record):
    """A query in the language of an engine. ``str(translation)`` is its text alone."""

    __slots__ = ()
    text: str
    notes: list[str]
    """What filters were resolved to, and how the query was read."""

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return "\n".join([self.text, *self.notes])


class Engines:
    """The methods of a corpus that serve the engines of others."""

    _native: _native.Corpus

    def export(
        self,
        to: Literal["parquet", "jsonl", "quickwit", "opensearch", "elasticsearch"],
        out: StrPath,
        *,
        codebook: StrPath | None = None,
    ) -> Export:
        """Writes all paragraphs with their citations into the folder ``out``; a second time, what has changed.

        ``"parquet"`` writes five tables for DuckDB, polars, pandas and Spark. ``ENGINES.md`` says what each engine gets.

        >>> import tempfile
        >>> done = corpus.export("jsonl", tempfile.mkdtemp())
        >>> done.counts.paragraphs == len(corpus.paragraphs())
        True
        """
        options = {"engine": to, "out": path_of(out), "codebook": path_of(codebook)}
        return Export(self._native.export(options))

    def translate(
        self,
        query: str,
        to: Literal["duckdb", "spark", "quickwit", "opensearch", "elasticsearch"],
        *,
        include: Names = (),
        no_boilerplate: bool = False,
        scope: Literal["sentence", "paragraph"] | None = None,
        codebook: StrPath | None = None,
    ) -> Translation:
        """Writes a query in the language of an engine that an export was loaded into.

        What the engine cannot ask is an error that says so.

        >>> print(corpus.translate('"care leavers" unallocated', "quickwit"))
        +searched:true +words:"care leavers" +words:"unallocated"
        """
        options = given(locals())
        options["engine"] = options.pop("to")
        text, notes = self._native.translate(options)
        return Translation({"text": text, "notes": notes})
