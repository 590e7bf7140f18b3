"""Answers: sequences of small objects, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload

from . import _native
from ._analysed import (
    Code,
    Collocate,
    Keyword,
    NamedQuery,
    Ngram,
    Theme,
    TrendPoint,
)
from ._compared import (
    Compared,
    Followed,
    Similar,
    UsedParagraph,
    Verdict,
)
from ._found import (
    Chunk,
    Count,
    FoundCounts,
    Hit,
    Line,
    Paragraph,
    Provenance,
    Share,
    Source,
)
from ._parts import About
from ._record import Record

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

R = TypeVar("R", bound=Record)

_SHOWN_TEXTS = 10
"""Paragraphs that ``repr`` shows."""
_SHOWN_ROWS = 50
"""Rows of a table that ``repr`` shows."""


class Table:
    """What every answer is besides: a table, by the Arrow C stream interface.

    ``pyarrow.table(answer)``, ``polars.DataFrame(answer)`` and DuckDB take it without copying. The columns are those of the
    command's CSV, which ``FORMATS.md`` lists. Days are days, whole numbers are whole, and numbers have all their digits.
    """

    _source: Any

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        names: list[str] = self._source.columns()
        return names

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._source.stream()

    def to_arrow(self) -> pyarrow.Table:
        """The table of pyarrow, without copying."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """The table of polars, without copying."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The table of pandas. Faster with pyarrow, and the same without it.

        Whole numbers of which some are missing are ``Int64``, days are ``datetime64``.
        """
        raise NotImplementedError


def _frame(native: _native.Answer, table: Table) -> pandas.DataFrame:
    try:
        import pyarrow
    except ImportError:
        return _frame_of_lists(native.lists())
    return _frame_of_arrow(pyarrow.table(table))


def _frame_of_arrow(table: pyarrow.Table) -> pandas.DataFrame:
    import pandas
    import pyarrow

    gaps = {name for name, column in zip(table.column_names, table.columns) if column.null_count}
    whole = [field.name for field in table.schema if field.type == pyarrow.int64() and field.name in gaps]
    nullable = table.select(whole).to_pandas(types_mapper={pyarrow.int64(): pandas.Int64Dtype()}.get)
    rest = table.drop_columns(whole).to_pandas(date_as_object=False)
    frame: pandas.DataFrame = pandas.concat([rest, nullable], axis=1)[table.column_names]
    return frame


def _frame_of_lists(lists: dict[str, tuple[str, list[Any]]]) -> pandas.DataFrame:
    """The same without pyarrow, which takes several times as long."""
    import pandas

    # From version 3 on, pandas has a type of texts.
    text = "str" if int(pandas.__version__.split(".")[0]) >= 3 else object

    def column(kind: str, values: list[Any]) -> Any:
        if kind == "day":
            days = pandas.to_datetime(pandas.Series(values, dtype=object), format="%Y-%m-%d")
            return days.astype("datetime64[ms]")
        if kind == "int":
            return pandas.Series(values, dtype="Int64" if None in values else "int64")
        types: dict[str, Any] = {"text": text, "float": "float64", "bool": "bool"}
        return pandas.Series(values, dtype=types[kind])

    columns = {name: column(kind, values) for name, (kind, values) in lists.items()}
    frame: pandas.DataFrame = pandas.DataFrame(columns, copy=False)
    return frame


class Answer(Table, Generic[R]):
    """An answer: a sequence of rows, each an object with the fields of the command's JSON, and a table."""

    # Not a subclass of `collections.abc.Sequence`: polars would take the rows one by one, and not the table.

    _row: ClassVar[type[Record]] = Record
    _most: ClassVar[int] = _SHOWN_ROWS
    _source: _native.Answer

    def __init__(self, native: _native.Answer) -> None:
        self._source = native
        self._head: dict[str, Any] | None = None

    def _of_head(self, name: str) -> Any:
        if self._head is None:
            self._head = self._source.head()
        return self._head[name]

    @property
    def notes(self) -> list[str]:
        """What to know of the answer: how the query was read, and which files it lacks."""
        return self._source.notes()

    def __len__(self) -> int:
        return len(self._source)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> list[R]: ...
    def __getitem__(self, at: int | slice) -> R | list[R]:
        if isinstance(at, slice):
            return [self._at(one) for one in range(*at.indices(len(self)))]
        one = at + len(self) if at < 0 else at
        if not 0 <= one < len(self):
            raise IndexError(f"there are {len(self)} rows, and none at {at}")
        return self._at(one)

    def __iter__(self) -> Iterator[R]:
        return (self._at(at) for at in range(len(self)))

    def __reversed__(self) -> Iterator[R]:
        return (self._at(at) for at in reversed(range(len(self))))

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    def _at(self, at: int) -> R:
        row: Any = self._row(self._source.record(at))
        return row  # type: ignore[no-any-return]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries: the command's lines of JSON."""
        return [self._source.record(at) for at in range(len(self))]

    def to_pandas(self) -> pandas.DataFrame:
        return _frame(self._source, self)

    to_pandas.__doc__ = Table.to_pandas.__doc__

    def to_markdown(self) -> str:
        """The answer as Markdown, to paste: what the command writes with ``--format markdown``."""
        return self._source.markdown()

    def __repr__(self) -> str:
        return "\n".join([self._source.text(self._most), *self.notes])

    def _repr_html_(self) -> str:
        notes = (f"<p><small>{_native.marked_html(note, [])}</small></p>\n" for note in self.notes)
        return self._source.html(self._most) + "".join(notes)


class _WithBibliography:
    _source: _native.Answer

    def to_csl(self) -> str:
        """The reports that are cited, as CSL-JSON for Zotero and pandoc: each once, with its places in the note."""
        return self._source.bibliography("csl") or ""

    def to_ris(self) -> str:
        """The same as RIS, for EndNote and Mendeley."""
        return self._source.bibliography("ris") or ""

    def to_bibtex(self) -> str:
        """The same as BibLaTeX, for LaTeX and JabRef."""
        return self._source.bibliography("bibtex") or ""


class Chart(str):
    """A chart: the text of an SVG picture, which a notebook shows as a picture."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


class _WithChart:
    _source: _native.Answer

    def svg(self) -> Chart | None:
        """The chart that the command draws with ``--svg``; ``None`` where there is none.

        It is text, to be written into a file, and a picture in a notebook.
        """
        drawn = self._source.svg()
        return None if drawn is None else Chart(drawn)


class Hits(Answer[Hit], _WithBibliography):
    """Paragraphs found, in their order."""

    _row = Hit
    _most = _SHOWN_TEXTS

    @property
    def counts(self) -> FoundCounts:
        """How much the query finds in all, whatever is listed here."""
        return FoundCounts(self._of_head("counts"))

    @property
    def provenance(self) -> Provenance:
        """What makes the answer repeatable."""
        return Provenance(self._of_head("provenance"))


class Chunks(Answer[Chunk]):
    """Theme chunks found, in their order. The table has a row for each of their paragraphs."""

    _row = Chunk
    _most = _SHOWN_TEXTS

    @property
    def counts(self) -> FoundCounts:
        """How much the query finds in all."""
        return FoundCounts(self._of_head("counts"))

    @property
    def all(self) -> int:
        """How many chunks there are, also of those that are not listed."""
        found: int = self._of_head("all")
        return found


class Lines(Answer[Line], _WithChart):
    """Occurrences with the words around them. ``svg()`` draws where in each report they are."""

    _row = Line

    @property
    def counts(self) -> FoundCounts:
        """How much the query finds in all, whatever is listed here."""
        return FoundCounts(self._of_head("counts"))

    @property
    def provenance(self) -> Provenance:
        """What makes the answer repeatable."""
        return Provenance(self._of_head("provenance"))


class Counts(Answer[Count]):
    """Counts: a row for each value of ``by``, or one for the whole."""

    _row = Count

    @property
    def by(self) -> list[str]:
        """The facets."""
        facets: list[str] = self._of_head("by")
        return facets

    @property
    def total(self) -> Count:
        """What was found in all."""
        return Count(self._of_head("total"))

    @property
    def boilerplate(self) -> Share:
        """What of the whole is boilerplate, or was left out as such."""
        return Share(self._of_head("boilerplate"))

    @property
    def restriction(self) -> str | None:
        """The part of the query that restricts the corpus; ``None`` if it is the whole."""
        restriction: str | None = self._of_head("restriction")
        return restriction

    @property
    def provenance(self) -> Provenance:
        """What makes the counts repeatable."""
        return Provenance(self._of_head("provenance"))


class Sources(Answer[Source]):
    """The files of a corpus, with their metadata."""

    _row = Source


class Collocates(Answer[Collocate], _WithChart):
    """What stands near the occurrences of a query more often than chance puts it there, the strongest first."""

    _row = Collocate

    @property
    def found(self) -> int:
        """How many there are, also of those that are not listed."""
        found: int = self._of_head("found")
        return found

    @property
    def counts(self) -> FoundCounts:
        """What the query finds."""
        return FoundCounts(self._of_head("counts"))

    @property
    def provenance(self) -> Provenance:
        """What makes the numbers repeatable."""
        return Provenance(self._of_head("provenance"))


class Keywords(Answer[Keyword], _WithChart):
    """The words that one part of a corpus has more of than another."""

    _row = Keyword

    @property
    def found(self) -> int:
        """How many there are, also of those that are not listed."""
        found: int = self._of_head("found")
        return found

    @property
    def provenance(self) -> Provenance:
        """What makes the numbers repeatable."""
        return Provenance(self._of_head("provenance"))


class Ngrams(Answer[Ngram], _WithChart):
    """Words, or sequences of words, with how often and how evenly they occur."""

    _row = Ngram

    @property
    def found(self) -> int:
        """How many there are, also of those that are not listed."""
        found: int = self._of_head("found")
        return found

    @property
    def provenance(self) -> Provenance:
        """What makes the numbers repeatable."""
        return Provenance(self._of_head("provenance"))


class Trend(Answer[TrendPoint], _WithChart):
    """How often queries find something, period by period."""

    _row = TrendPoint


class Themes(Answer[Theme], _WithChart):
    """How much of the corpus each theme covers. The table has a row for each theme and year or grade."""

    _row = Theme


class NamedQueries(Answer[NamedQuery]):
    """What each query of a code book finds. The table has a row for each query and value of ``by``."""

    _row = NamedQuery


class FollowUp(Answer[Followed]):
    """What inspections asked for, followed into the next ones: candidates, for a reader to judge."""

    _row = Followed

    def to_html(self) -> str:
        """The page that ``follow --format html`` writes: it stands alone, to open, print or send."""
        return self._source.page() or ""

    @property
    def pairs(self) -> list[list[str]]:
        """The paths of the reports: each with the next."""
        pairs: list[list[str]] = self._of_head("pairs")
        return pairs


class SimilarParagraphs(Answer[Similar]):
    """Paragraphs like another: near copies first, then those alike in content."""

    _row = Similar
    _most = _SHOWN_TEXTS


class Comparison(Answer[Compared]):
    """Two reports, or what two queries find, side by side: sizes, themes and concepts, words, passages."""

    _row = Compared


class UsedParagraphs(Answer[UsedParagraph]):
    """The paragraphs of reports that articles use, each with its uses. The table has a row for each use."""

    _row = UsedParagraph
    _most = _SHOWN_TEXTS


class Codes(Answer[Code]):
    """The queries of a code book, in its order."""

    _row = Code


class Verdicts(Answer[Verdict], _WithBibliography):
    """The verdicts on the quotations of an article, in its order, then on passages without marks, then on claims.

    Those on several articles come one article after another; ``article`` of each says of which.
    """

    _row = Verdict

    @property
    def about(self) -> About | None:
        """What the article is about; ``None`` if that is not known. Of several articles, each verdict has its own."""
        about: dict[str, Any] | None = self._of_head("about")
        return None if about is None else About(about)

    @property
    def has_fault(self) -> bool:
        """True if words of the report are altered, spliced, elsewhere or absent: when ``check --strict`` exits with 1."""
        fault: bool = self._of_head("has_fault")
        return fault

    @property
    def summary(self) -> str:
        """How many quotations got each verdict, in words; a line for each article."""
        words: str = self._of_head("summary")
        return words

    def to_html(self) -> str:
        """The page that ``check --format html`` writes: it stands alone, to open, print or send."""
        return self._source.page() or ""


class Paragraphs(Table):
    """Every paragraph of a corpus, in report order: to iterate over, or as a table.

    It is read piece by piece, so it may be larger than memory: ``pyarrow.RecordBatchReader.from_stream(paragraphs)``.
    """

    _source: _native.Paragraphs

    def __init__(self, native: _native.Paragraphs) -> None:
        self._source = native

    def __len__(self) -> int:
        return len(self._source)

    def __iter__(self) -> Iterator[Paragraph]:
        return (Paragraph(fields) for fields in self._source.records())

    def to_pandas(self) -> pandas.DataFrame:
        """The table of pandas, by pyarrow."""
        return _frame_of_arrow(self.to_arrow())

    def __repr__(self) -> str:
        return f"<{len(self):,} paragraphs>"
