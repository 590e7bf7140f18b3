"""The parts of reports and articles that rows have."""

from __future__ import annotations

from typing import Any

from ._record import Record


class Authority(Record):
    """Who was inspected."""

    __slots__ = ()
    _shown = ("name", "key", "urn")
    name: str
    """As printed."""
    key: str
    """The stable key: what ``authority:`` filters by, and ``by="authority"`` counts by."""
    urn: str | None
    aliases: list[str]
    region: str | None


class Judgement(Record):
    """A grade given to an area."""

    __slots__ = ()
    _shown = ("area", "grade", "printed", "page")
    area: str
    label: str
    grade: str
    printed: str
    scope: str
    page: int | None
    scale: str | None
    rank: int | None
    """The place of the grade on its scale: the best is 1."""
    shared_with: list[str]


class SourceWarning(Record):
    """What was not understood of a file, or understood with doubt."""

    __slots__ = ()
    code: str
    message: str
    page: int | None


class Section(Record):
    """A heading of a report. ``parent`` is the place of the section around it in the list of sections."""

    __slots__ = ()
    _shown = ("title", "level", "page", "theme")
    title: str
    level: int
    parent: int | None
    page: int | None
    theme: str | None
    area: str | None
    grade: str | None


class ReportParagraph(Record):
    """A paragraph of a report. ``section`` is the place of its section in the list of sections."""

    __slots__ = ()
    _shown = ("role", "number", "text")
    role: str
    number: str | None
    section: int | None
    text: str
    pages: Any
    sentences: list[Any]
    fields: dict[str, str | int | float]


class Edit(Record):
    """A change to the words of a report. ``quoted`` and ``source`` are bytes of the quotation and of the place."""

    __slots__ = ()
    _shown = ("kind", "quoted_text", "source_text")
    kind: str
    place: int
    quoted: dict[str, int]
    quoted_text: str
    source: dict[str, int]
    source_text: str


class Quotation(Record):
    """The words of an article, with who speaks them."""

    __slots__ = ()
    _shown = ("kind", "text")
    text: str
    parts: list[Any]
    breaks: list[int]
    kind: str
    depth: int
    closed: bool
    negated: bool
    speaker: str
    evidence: dict[str, Any] | None
    claim: dict[str, Any] | None


class AboutReport(Record):
    """A report that an article is about."""

    __slots__ = ()
    _shown = ("path", "published", "quotations")
    path: str
    authority: str
    series: str | None
    published: str | None
    quotations: int


class About(Record):
    """What an article is about."""

    __slots__ = ()
    _parts = {"reports": AboutReport}
    _shown = ("name", "report", "reports")
    authority: str
    name: str
    mentions: int
    report: str | None
    reports: list[AboutReport]
    looked_for: int
    given: bool
    missing: bool
