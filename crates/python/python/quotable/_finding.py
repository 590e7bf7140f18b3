"""What is in a corpus: paragraphs, occurrences, counts and files."""

from __future__ import annotations

from typing import Literal, overload

from . import _native
from ._answers import Chunks, Counts, Hits, Lines, Paragraphs, Sources
from ._explained import Explanation
from ._found import Chunk, Paragraph, Report
from ._options import Day, Duplicates, Names, Scope, StrPath, given


class Finding:
    """The methods of a corpus that find."""

    _native: _native.Corpus

    @overload
    def search(
        self,
        query: str,
        *,
        unit: None = None,
        limit: int | None = None,
        sort: Literal["relevance", "date", "oldest", "authority"] = "relevance",
        offset: int = 0,
        sample: int | None = None,
        seed: int = 1,
        group: str | None = None,
        each: int | None = None,
        context: int = 0,
        sentences: bool = False,
        include: Names = (),
        no_boilerplate: bool = False,
        scope: Scope | None = None,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Hits: ...
    @overload
    def search(
        self,
        query: str,
        *,
        unit: Literal["theme"],
        limit: int | None = None,
        sort: Literal["relevance", "date", "oldest", "authority"] = "relevance",
        include: Names = (),
        no_boilerplate: bool = False,
        scope: Scope | None = None,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Chunks: ...
    def search(
        self,
        query: str,
        *,
        unit: Literal["theme"] | None = None,
        limit: int | None = None,
        sort: Literal["relevance", "date", "oldest", "authority"] = "relevance",
        offset: int = 0,
        sample: int | None = None,
        seed: int = 1,
        group: str | None = None,
        each: int | None = None,
        context: int = 0,
        sentences: bool = False,
        include: Names = (),
        no_boilerplate: bool = False,
        scope: Scope | None = None,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Hits | Chunks:
        """Finds paragraphs, best first: all of them, unless ``limit`` is given.

        ``sample`` draws so many at random, the same ones for the same ``seed``. ``group`` groups them by a facet, with
        ``limit`` groups of ``each`` paragraphs. ``context`` adds the paragraphs before and after. ``sentences`` makes a row
        of the table of each sentence that matches. ``unit="theme"`` finds whole theme sections.

        >>> hits = corpus.search('"care leavers" unallocated', limit=2)
        >>> len(hits), hits.counts.paragraphs
        (2, 4)
        >>> hits[0].matched
        ['Care leavers', 'unallocated']
        >>> hits.to_pandas()["page"].tolist()  # doctest: +SKIP
        [8, 4]
        """
        answer = self._native.search(given(locals()))
        return Chunks(answer) if unit else Hits(answer)

    def count(
        self,
        query: str,
        *,
        by: Names = (),
        sort: Literal["value", "count", "rate"] = "value",
        include: Names = (),
        no_boilerplate: bool = False,
        scope: Scope | None = None,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Counts:
        """Counts occurrences, paragraphs and reports, beside the totals to compare them with.

        ``by`` gives a row for each value of a facet (``"year"``, ``"authority"``, ``"overall"``, a field of your own), or for
        each combination of two or three.

        >>> corpus.count("caseload*").total.occurrences == sum(row.occurrences for row in corpus.count("caseload*", by="year"))
        True
        """
        return Counts(self._native.count(given(locals())))

    def kwic(
        self,
        query: str,
        *,
        words: int = 8,
        window: int | None = None,
        sort: Literal["date", "oldest", "left", "right", "authority"] = "date",
        limit: int | None = None,
        offset: int = 0,
        sample: int | None = None,
        seed: int = 1,
        include: Names = (),
        no_boilerplate: bool = False,
        scope: Scope | None = None,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Lines:
        """Lists every occurrence with ``words`` words on each side (``window`` is another name for it).

        >>> line = corpus.kwic("unallocated", window=3)[0]
        >>> line.keyword
        'unallocated'
        """
        options = given(locals())
        if window is not None:
            options["words"] = window
        return Lines(self._native.kwic(options))

    def reports(
        self,
        query: str | None = None,
        *,
        problems: bool = False,
        authority: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
    ) -> Sources:
        """Lists the files of the corpus with their metadata, the newest first; those that could not be read too.

        ``query`` restricts them to reports in which something is found, ``problems`` to those with problems.

        >>> corpus.reports(authority="thornmere")[0].published
        '2015-08-21'
        """
        return Sources(self._native.reports(given(locals())))

    def paragraphs(
        self,
        *,
        include: Names = ("tables", "notes"),
        no_boilerplate: bool = False,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
    ) -> Paragraphs:
        """Every paragraph with its citation, in report order, in memory that does not grow with their number.

        >>> paragraphs = corpus.paragraphs()
        >>> paragraphs.to_arrow().num_rows == len(paragraphs)
        True
        """
        return Paragraphs(self._native.paragraphs(given(locals())))

    def explain(
        self,
        query: str,
        *,
        include: Names = (),
        no_boilerplate: bool = False,
        scope: Scope | None = None,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Explanation:
        """Says how a query is read, what each part of it finds, and why it finds nothing: ``search --explain``.

        >>> corpus.explain("unallocted")
        The query as read
          unallocted (word)
        Its words
          unallocted: no word of the corpus; the nearest: unallocated ...
        What it finds
          0 paragraphs (0 occurrences in 0 reports)
          nothing is found by unallocted alone; the nearest: unallocated
        >>> corpus.explain("caseload*").leaves[0].words[0].word
        'caseloads'
        """
        return Explanation(self._native.explain(given(locals())))

    def report(self, name: str) -> Report:
        """A whole report: ``quotable show REPORT``. By its path, a part of it that no other has, or its id.

        >>> corpus.report(corpus.reports()[0].path).paragraphs[0].text != ""
        True
        """
        return Report(self._native.report(name))

    def paragraph(self, id: str, *, context: int = 0) -> Paragraph:
        """A paragraph by its id, with so many before and after it: ``quotable show ID``.

        >>> hit = corpus.search('"care leavers" unallocated')[0]
        >>> len(corpus.paragraph(hit.id, context=2).context.before)
        2
        """
        return Paragraph(self._native.paragraph(id, context))

    def chunk(self, target: str | Paragraph) -> Chunk:
        """Everything under the theme heading that a paragraph is under: ``quotable show ID --unit theme``.

        >>> hit = corpus.search('"care leavers" unallocated')[0]
        >>> corpus.chunk(hit).theme, len(corpus.chunk(hit).paragraphs) > 1
        ('care-leavers', True)
        """
        return Chunk(self._native.chunk(target.id if isinstance(target, Paragraph) else target))

    def cite(
        self,
        target: str | Paragraph,
        form: Literal["text", "markdown", "csl", "ris", "bibtex"] = "text",
        *,
        span: tuple[int, int] | None = None,
    ) -> str:
        """A quotation with its citation, to copy: of a paragraph, or of its id.

        Of a hit, the sentences that match are quoted. ``span`` quotes the sentences around ``text[start:end]`` instead.
        ``"csl"``, ``"ris"`` and ``"bibtex"`` are for reference managers; ``to_csl()`` of an answer cites all of its hits.

        >>> hit = corpus.search('"care leavers" unallocated')[0]
        >>> corpus.cite(hit)
        '“Care leavers receive a good service. Each has a personal adviser, ...” Thornmere Borough Council, ... p. 8'
        >>> corpus.cite(hit, "bibtex").splitlines()[0]
        '@report{thornmereboroughcouncil2015,'
        """
        matches: list[tuple[int, int]] = []
        if isinstance(target, str):
            id = target
            text = self.paragraph(id).text if span is not None else ""
        else:
            id, text = target.id, target.text
            matches = list(target.matches)
        if span is not None:
            start, end, _ = slice(*span).indices(len(text))
            matches = [(len(text[:start].encode()), len(text[:end].encode()))]
        return self._native.cite({"id": id, "form": form, "matches": matches})
