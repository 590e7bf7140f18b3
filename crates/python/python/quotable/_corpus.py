"""The corpus: a folder of reports and its index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _native, _progress
from ._analysis import Analysis
from ._answers import Codes
from ._comparing import Comparing
from ._engines import Engines
from ._finding import Finding
from ._found import Status, Verification
from ._options import StrPath
from ._surroundings import cache, home, path_of, worker


def open(
    path: StrPath | None = None,
    *,
    index: StrPath | None = None,
    profiles: StrPath | None = None,
    metadata: StrPath | None = None,
    refresh: bool = True,
    progress: _progress.Progress | bool = True,
    threads: int | None = None,
    create: bool = False,
    rebuild: bool = False,
) -> Corpus:
    """Opens a folder of reports, and reads what is new or changed in it.

    Without ``path``, it is the current folder. The index is that of the command: the one named by ``index``, else that of the
    nearest indexed folder at or above ``path``, else a new one in ``path/.quotable``. If ``path`` is in an indexed folder,
    answers are about that part of it. ``index`` alone opens an index whose reports may be on another machine.

    ``profiles`` is a folder of profiles of your own, ``metadata`` a table of metadata (by default ``quotable.csv`` beside the
    reports). With ``refresh=False`` no file is read. ``progress`` shows how far reading is, in a notebook and in a terminal;
    it may be a function of your own, called with the number of files read, of all, and the last path. ``create=True`` opens
    a folder without reports, for texts that are added with :meth:`Corpus.add`. ``rebuild=True`` reads every file again, and
    replaces an index that is damaged or of another version.

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
        "rebuild": rebuild,
        "worker": worker(),
        "cache": cache(),
        "home": home(),
    }
    corpus = Corpus(_native.Corpus(options))
    if refresh or rebuild:
        corpus.refresh(progress=progress, reread=rebuild)
    return corpus


def codebook(file: StrPath | None = None) -> Codes:
    """The queries of a code book, a TOML file: what ``@name`` and ``theme:name`` stand for. Without a file, the built-in one.

    An error names every fault of the file: ``quotable codebook check``.

    >>> [code.title for code in quotable.codebook() if code.name == "unallocated-work"]
    ['Children without a social worker of their own']
    """
    return Codes(_native.codebook(path_of(file)))


class Corpus(Finding, Analysis, Comparing, Engines):
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
        place = self.path if self.path is not None else f"of the index in {self.index}"
        return f"<quotable corpus {place}{within}: {status.reports:,} reports, {status.paragraphs:,} paragraphs>"

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
        ocr: bool | str = False,
        retry: bool = False,
        reread: bool = False,
        wait: float | None = None,
        allow_empty: bool = False,
        follow_links: bool = False,
    ) -> list[str]:
        """Reads what is new or changed, and forgets what is gone. Says what changed, and what could not be read.

        Ctrl-C stops it: what was read is kept, and the next refresh reads the rest.

        ``ocr`` recognises the text of scanned pages, where Tesseract is installed: ``True`` for English, ``"eng+cym"`` for
        other languages. ``retry`` tries the files again that failed before, ``reread`` reads every file again. ``wait`` is
        for how many seconds it waits for another process that writes the index. ``allow_empty`` allows a folder that has
        none of its files any more, ``follow_links`` reads what links lead to.
        """
        shown = _progress.default() if progress is True else None
        call = shown if shown is not None else progress if callable(progress) else None
        try:
            self.notes = self._native.refresh(
                {
                    "progress": call,
                    "ocr": "eng" if ocr is True else ocr or None,
                    "retry": retry,
                    "reread": reread,
                    "wait": wait,
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

    def copy_index(self, to: StrPath) -> None:
        """Copies the index, with all the text, to a new folder, where it answers without the reports: ``index --to``.

        >>> import tempfile
        >>> corpus.copy_index(f"{tempfile.mkdtemp()}/copy")
        """
        self._native.copy_index(path_of(to) or "")

    def verify(self) -> Verification:
        """Checks the whole index for damage, and lists the files that have changed since they were read.

        >>> corpus.verify().flaws
        []
        """
        return Verification(self._native.verify())

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
