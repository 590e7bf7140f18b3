"""Counts of many words or queries of a corpus at once."""

from __future__ import annotations

from typing import Literal

from . import _native
from ._answers import Collocates, Keywords, NamedQueries, Ngrams, Themes, Trend
from ._options import Day, Duplicates, Names, Scope, StrPath, given


class Analysis:
    """The methods of a corpus that analyse."""

    _native: _native.Corpus

    def collocates(
        self,
        query: str,
        *,
        window: int = 5,
        left: int | None = None,
        right: int | None = None,
        within: Literal["sentence", "paragraph"] = "paragraph",
        measure: Names = (),
        min_count: int = 3,
        min_reports: int = 1,
        min_score: float | None = None,
        function_words: bool = False,
        concepts: bool = False,
        limit: int | None = 50,
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
    ) -> Collocates:
        """Lists the words that stand near what a query finds more often than chance puts them there.

        ``limit=None`` lists all. ``concepts`` lists the concepts of the code book instead of words.

        >>> corpus.collocates("caseloads")[0].observed >= 3
        True
        """
        return Collocates(self._native.collocates(given(locals(), all=limit is None)))

    def keywords(
        self,
        query: str,
        *,
        against: str | None = None,
        words: int | tuple[int, int] = 1,
        min_count: int | None = None,
        min_reports: int | None = None,
        min_log_ratio: float = 0.0,
        max_p: float | None = None,
        max_dp: float | None = None,
        sort: str | None = None,
        function_words: bool = False,
        with_boilerplate: bool = False,
        both: bool = False,
        limit: int | None = 50,
        include: Names = (),
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Keywords:
        """Lists the words that the paragraphs of a query have more of than those of ``against``, or than all others.

        ``words=(1, 4)`` lists sequences of one to four words too. ``both=True`` lists the words that the others have more of as
        well. ``limit=None`` lists all.

        >>> good = corpus.keywords("grade:good", against="grade:requires-improvement", min_count=2, max_p=1)
        >>> all(keyword.log_ratio >= 0 for keyword in good)
        True
        """
        return Keywords(self._native.keywords(given(locals(), all=limit is None)))

    def words(
        self,
        query: str | None = None,
        *,
        match: str | None = None,
        min_count: int | None = None,
        min_reports: int = 1,
        sort: Literal["count", "reports", "dp", "words"] = "count",
        function_words: bool = False,
        limit: int | None = 50,
        include: Names = (),
        no_boilerplate: bool = False,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Ngrams:
        """Lists the words of the reports, or of the paragraphs of a query, with how often and how evenly they occur.

        ``match`` is a pattern: ``*`` is any letters, ``?`` is one. ``limit=None`` lists all.

        >>> corpus.words(match="unalloc*")[0].words
        'unallocated'
        """
        return Ngrams(self._native.ngrams({**given(locals(), all=limit is None), "words": 1}))

    def ngrams(
        self,
        query: str | None = None,
        *,
        words: int | tuple[int, int] = (2, 4),
        match: str | None = None,
        min_count: int | None = None,
        min_reports: int = 1,
        sort: Literal["count", "reports", "dp", "words"] = "count",
        function_words: bool = False,
        limit: int | None = 50,
        include: Names = (),
        no_boilerplate: bool = False,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        query_words: int | None = None,
        query_steps: int | None = None,
    ) -> Ngrams:
        """Lists the sequences of words that occur most, of ``words`` words: a number, or the least and the most.

        >>> corpus.ngrams(words=2)[0].length
        2
        """
        return Ngrams(self._native.ngrams(given(locals(), all=limit is None)))

    def trend(
        self,
        *queries: str,
        by: Literal["year", "quarter", "month", "framework"] = "year",
        codes: bool = False,
        share: bool = False,
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
    ) -> Trend:
        """Counts queries period by period, as rates with intervals of 95 %.

        ``codes`` counts every query of the code book too. ``svg()`` of the answer draws it; ``share`` draws the share of
        reports instead of rates.

        >>> {point.series for point in corpus.trend("caseload*", "unalloc*")} == {"caseload*", "unalloc*"}
        True
        """
        options = given(locals())
        return Trend(self._native.trend({**options, "queries": list(queries)}))

    def themes(
        self,
        *,
        by: Literal["year", "grade"] | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
    ) -> Themes:
        """How much of the corpus each theme covers, by sections and by words.

        >>> corpus.themes()[-1].kind
        'all'
        """
        return Themes(self._native.themes(given(locals())))

    def run(
        self,
        codebook: StrPath | None = None,
        *,
        by: Names = (),
        duplicates: Duplicates = "once",
    ) -> NamedQueries:
        """Counts every query of a code book: of a TOML file, or of the built-in one.

        >>> [query.name for query in corpus.run() if query.name == "unallocated-work"]
        ['unallocated-work']
        """
        return NamedQueries(self._native.run(given(locals())))
