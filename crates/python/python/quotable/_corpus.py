"""The corpus: a folder of reports and its index."""

from __future__ import annotations

import datetime
import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, Union, overload

from . import _native, _progress
from ._answers import (
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
    Themes,
    Trend,
    Verdicts,
)
from ._records import Paragraph, Report, Status

StrPath = Union[str, "os.PathLike[str]"]
Day = Union[str, int, datetime.date]
"""A year, a month or a day: ``2018``, ``"2018-06"``, ``"2018-06-19"``, ``datetime.date(2018, 6, 19)``."""
Names = Union[str, Iterable[str]]
"""One name, or several."""
Scope = Literal["sentence", "paragraph", "theme", "report"]
Duplicates = Literal["once", "keep"]


def open(
    path: StrPath = ".",
    *,
    index: StrPath | None = None,
    profiles: StrPath | None = None,
    metadata: StrPath | None = None,
    refresh: bool = True,
    progress: _progress.Progress | bool = True,
    threads: int | None = None,
    create: bool = False,
) -> Corpus:
    """Opens a folder of reports, and reads what is new or changed in it.

    The index is that of the command: the one named by ``index``, else that of the nearest indexed folder at or above
    ``path``, else a new one in ``path/.quotable``. If ``path`` is in an indexed folder, answers are about that part of it.

    ``profiles`` is a folder of profiles of your own, ``metadata`` a table of metadata (by default ``quotable.csv`` beside the
    reports). With ``refresh=False`` no file is read. ``progress`` shows how far reading is, in a notebook and in a terminal;
    it may be a function of your own, called with the number of files read, of all, and the last path. ``create=True`` opens
    a folder without reports, for texts that are added with :meth:`Corpus.add`.

    >>> corpus = quotable.open("corpus/reports")
    >>> len(corpus.reports())
    19
    """
    options = {
        "path": _path(path),
        "index": _path(index),
        "profiles": _path(profiles),
        "metadata": _path(metadata),
        "threads": threads,
        "create": create,
        "worker": _worker(),
        "cache": _cache(),
        "home": _home(),
    }
    corpus = Corpus(_native.Corpus(options))
    if refresh:
        corpus.refresh(progress=progress)
    return corpus


class Corpus:
    """A folder of reports and its index. Threads may share it. Made by :func:`open`.

    Methods are named as the commands of ``quotable``, and take their options by keyword:

    ``include``
        Also search ``"tables"`` or ``"notes"`` (footnotes), or both.
    ``no_boilerplate``
        Leave out paragraphs that are the same, word for word, in five or more reports.
    ``scope``
        How close together the search words must be: in the same ``"sentence"``, ``"paragraph"``, ``"theme"`` section or
        ``"report"``.
    ``authority``, ``theme``, ``from_``, ``to``
        Only reports on this authority, paragraphs on this theme, reports published in or after, and in or before, a year,
        month or day.
    ``codebook``
        A TOML file that ``@names`` and themes are taken from, instead of the built-in code book.
    ``duplicates``
        Count reports that are there several times ``"once"``, or ``"keep"`` every file.
    ``query_words``, ``query_steps``
        What a query may cost: see ``quotable search --help``.
    """

    def __init__(self, native: _native.Corpus) -> None:
        self._native = native
        self.notes: list[str] = []
        """What the last refresh changed, and which files could not be read."""

    def __repr__(self) -> str:
        status = self.status
        within = f", only {self.within}" if self.within else ""
        return f"<quotable corpus {self.path}{within}: {status.reports:,} reports, {status.paragraphs:,} paragraphs>"

    @property
    def path(self) -> str | None:
        """The folder of the reports; ``None`` where only the index is known."""
        return self._native.path()

    @property
    def index(self) -> str:
        """The folder of the index."""
        return self._native.index()

    @property
    def within(self) -> str | None:
        """The part of the corpus that answers are about; ``None`` for the whole."""
        return self._native.within()

    @property
    def status(self) -> Status:
        """The state of the index: ``quotable index status``."""
        return Status(self._native.status())

    def refresh(
        self,
        *,
        progress: _progress.Progress | bool = True,
        reread: bool = False,
        allow_empty: bool = False,
        follow_links: bool = False,
    ) -> list[str]:
        """Reads what is new or changed, and forgets what is gone. Says what changed, and what could not be read.

        Ctrl-C stops it: what was read is kept, and the next refresh reads the rest.
        """
        shown = _progress.default() if progress is True else None
        call = shown if shown is not None else progress if callable(progress) else None
        try:
            self.notes = self._native.refresh(
                {
                    "progress": call,
                    "reread": reread,
                    "allow_empty": allow_empty,
                    "follow_links": follow_links,
                }
            )
        finally:
            if shown is not None:
                shown.close()
        return self.notes

    def reload(self) -> bool:
        """Loads what another process has written to the index; true if there was anything new."""
        return self._native.reload()

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
        answer = self._native.search(_given(locals()))
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
        return Counts(self._native.count(_given(locals())))

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
        options = _given(locals())
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
        return Sources(self._native.reports(_given(locals())))

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
        return Paragraphs(self._native.paragraphs(_given(locals())))

    def report(self, name: str) -> Report:
        """A whole report, by its path or id: ``quotable show REPORT``.

        >>> corpus.report(corpus.reports()[0].path).paragraphs[0].text != ""
        True
        """
        return Report(self._native.report(name))

    def paragraph(self, id: str) -> Paragraph:
        """A paragraph by its id: ``quotable show ID``."""
        return Paragraph(self._native.paragraph(id))

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
        return Collocates(self._native.collocates(_given(locals(), all=limit is None)))

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

        ``words=(1, 4)`` lists sequences of one to four words too. ``limit=None`` lists all.

        >>> good = corpus.keywords("grade:good", against="grade:requires-improvement", min_count=2, max_p=1)
        >>> all(keyword.log_ratio >= 0 for keyword in good)
        True
        """
        return Keywords(self._native.keywords(_given(locals(), all=limit is None)))

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
        return Ngrams(self._native.ngrams({**_given(locals(), all=limit is None), "words": 1}))

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
        return Ngrams(self._native.ngrams(_given(locals(), all=limit is None)))

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
        options = _given(locals())
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
        return Themes(self._native.themes(_given(locals())))

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
        return NamedQueries(self._native.run(_given(locals())))

    def check(
        self,
        article: str | bytes | os.PathLike[str],
        *,
        about: str | None = None,
        only: Names = (),
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        name: str | None = None,
    ) -> Verdicts:
        """Checks every quotation in an article: which report says so, where, and what was changed.

        The article is its text, or the HTML of its page; a ``pathlib.Path`` or the bytes of a file may be of any format that
        reports come in. A text without any quotation mark is a quotation itself. ``about`` names the report that the article
        is about (``"Marlowe 2018"``, or its path), instead of the one that its quotations, names and dates point to;
        ``"none"`` treats all reports alike. ``only`` lists these verdicts alone.

        >>> verdicts = corpus.check("Inspectors said that “care leavers value their personal advisers”.")
        >>> verdicts[0].verdict, verdicts[0].check.places[0].citation.authority
        ('exact-after-folding', 'Wyreham City Council')
        """
        given = _given(locals())
        if isinstance(article, str):
            given["article"], given["name"] = _quoted(article).encode(), name or "the text given"
        elif isinstance(article, bytes):
            given["article"], given["name"] = article, name or "the text given"
        else:
            file = Path(article)
            given["article"], given["name"] = file.read_bytes(), name or str(file)
        return Verdicts(self._native.check(given))

    def follow(self, target: str) -> FollowUp:
        """Follows what inspections asked for into the next: of an authority, or of one report by its path.

        >>> follow = corpus.follow("harrowmere")  # doctest: +SKIP
        """
        return FollowUp(self._native.follow({"target": target}))

    def similar(self, target: str | Paragraph, *, limit: int = 10) -> SimilarParagraphs:
        """Finds paragraphs like another, or like a text: near copies, and those alike in content.

        >>> similar = corpus.similar(corpus.search("unallocated")[0])
        >>> {one.kind for one in similar} <= {"copy", "alike"}
        True
        """
        if isinstance(target, Paragraph):
            target = target.id
        return SimilarParagraphs(self._native.similar({"target": target, "limit": limit}))

    def add(
        self,
        text: str | None = None,
        *,
        path: str | None = None,
        content: bytes | None = None,
        metadata: Mapping[str, object] | None = None,
    ) -> str:
        """Adds a source of your own, or replaces the one with the same path. Returns the id of its report.

        ``text`` is read as a file of plain text is, ``content`` as a file of the format that ``path`` ends with. ``path`` is
        the name that citations and ``reports()`` show; without one, it is made of the text. The keys of ``metadata`` are those
        of the columns of ``quotable.csv``: ``title``, ``authority``, ``urn``, ``published``, ``inspected``,
        ``lead_inspector``, ``framework``, ``kind``, ``inspectorate``, ``byline``; every other one is a field, which can be
        filtered (``vessel:tug``), counted (``by="vessel"``) and is a column of ``reports()``. Many are added faster with
        :meth:`add_many`. A refresh leaves them alone.

        >>> import tempfile
        >>> own = quotable.open(tempfile.mkdtemp(), create=True)
        >>> id = own.add(text="The pier leans.", metadata={"published": "2024-06-03", "vessel": "tug"})
        >>> own.search("pier vessel:tug")[0].citation.published
        '2024-06-03'
        >>> own.count("pier", by="vessel")[0].values
        ['tug']
        """
        return self.add_many([{"text": text, "path": path, "content": content, "metadata": metadata}])[0]

    def add_many(self, sources: Iterable[Mapping[str, Any]]) -> list[str]:
        """Adds sources: each with the arguments of :meth:`add` as keys. All are there afterwards, or none."""
        return self._native.add([_source(**source) for source in sources])

    def remove(self, *paths: str) -> int:
        """Removes sources by their paths; says how many were there. A refresh reads files again."""
        return self._native.remove(list(paths))


def _source(
    text: str | None = None,
    path: str | None = None,
    content: bytes | None = None,
    metadata: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    if (text is None) == (content is None):
        raise TypeError("add: give either text or content")
    if content is None:
        content = str(text).encode()
        if path is None:
            path = f"added/{hashlib.sha256(content).hexdigest()[:16]}.txt"
        elif os.path.splitext(path)[1].lower() not in (".txt", ".text"):
            # The end of the path tells the format.
            path += ".txt"
    if path is None:
        raise TypeError("add: content needs a path, whose end tells the format")
    return {"path": path, "content": content, "metadata": dict(metadata or {})}


def _given(names: dict[str, Any], *, all: bool = False) -> dict[str, Any]:
    """The options of a call, from its local names."""
    given = {name: _plain(value) for name, value in names.items() if name != "self" and value is not None}
    return {**given, "all": True} if all else given


def _plain(value: Any) -> Any:
    if isinstance(value, (str, bytes, int, float, bool)):
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    # Any iterable of names, but not a pair of numbers.
    if isinstance(value, Iterable) and not isinstance(value, tuple):
        return list(value)
    return list(value) if isinstance(value, tuple) and all(isinstance(one, str) for one in value) else value


def _quoted(text: str) -> str:
    marks = "“”\"«»‘„"
    if any(mark in text for mark in marks) or " '" in text or text.startswith("'") or "\n" in text.strip():
        return text
    return f"“{text.strip()}”"


def _path(path: StrPath | None) -> str | None:
    return None if path is None else os.path.expanduser(os.fspath(path))


def _home() -> str | None:
    home = os.path.expanduser("~")
    return os.path.realpath(home) if os.path.isabs(home) else None


def _cache() -> str | None:
    """Where the command keeps an index whose corpus cannot be written."""
    named, home = os.environ.get("XDG_CACHE_HOME", ""), _home()
    if os.path.isabs(named):
        return os.path.join(named, "quotable")
    return os.path.join(home, ".cache", "quotable") if home else None


_READ = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("_native", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.read_worker()
"""


def _worker() -> list[str] | None:
    """The command that reads files in a process of its own, so that none can crash this one; ``None`` where Python is part of
    another program, which cannot be started so."""
    name = os.path.basename(sys.executable or "").lower()
    if not name.startswith(("python", "pypy")) or _native.__file__ is None:
        return None
    # Isolated and without site packages: it starts fast, and imports nothing from the folder of the reports.
    return [sys.executable, "-I", "-S", "-c", _READ, _native.__file__]
