"""The corpus: a folder of reports and its index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from . import _native, _progress
from ._analysis import Analysis
from ._answers import FollowUp, SimilarParagraphs, Verdicts
from ._finding import Finding
from ._found import Paragraph, Status
from ._options import Day, Duplicates, Names, StrPath, given
from ._surroundings import cache, home, path_of, worker


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
        "path": path_of(path),
        "index": path_of(index),
        "profiles": path_of(profiles),
        "metadata": path_of(metadata),
        "threads": threads,
        "create": create,
        "worker": worker(),
        "cache": cache(),
        "home": home(),
    }
    corpus = Corpus(_native.Corpus(options))
    if refresh:
        corpus.refresh(progress=progress)
    return corpus


class Corpus(Finding, Analysis):
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
        options = given(locals())
        if isinstance(article, str):
            options["article"], options["name"] = _quoted(article).encode(), name or "the text given"
        elif isinstance(article, bytes):
            options["article"], options["name"] = article, name or "the text given"
        else:
            file = Path(article)
            options["article"], options["name"] = file.read_bytes(), name or str(file)
        return Verdicts(self._native.check(options))

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


def _quoted(text: str) -> str:
    marks = "“”\"«»‘„"
    if any(mark in text for mark in marks) or " '" in text or text.startswith("'") or "\n" in text.strip():
        return text
    return f"“{text.strip()}”"


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
