"""pandas, polars, pyarrow and DuckDB read the table of every answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

import quotable

TABLES: dict[str, Callable[[quotable.Corpus], Any]] = {
    "search": lambda c: c.search("care"),
    "search, grouped": lambda c: c.search("care", group="overall", each=2),
    "search, in context": lambda c: c.search("care", context=1, sort="date"),
    "search, nothing": lambda c: c.search("nowhere"),
    "chunks": lambda c: c.search("housing care", unit="theme"),
    "kwic": lambda c: c.kwic("care"),
    "kwic, nothing": lambda c: c.kwic("nowhere"),
    "count": lambda c: c.count("care"),
    "count by year": lambda c: c.count("care", by=["year", "overall"]),
    "reports": lambda c: c.reports(),
    "paragraphs": lambda c: c.paragraphs(),
    "collocates": lambda c: c.collocates("care"),
    "collocates, nothing": lambda c: c.collocates("nowhere"),
    "keywords": lambda c: c.keywords("grade:good", max_p=1),
    "ngrams": lambda c: c.ngrams(),
    "trend": lambda c: c.trend("care", "plan*"),
    "themes": lambda c: c.themes(by="year"),
    "run": lambda c: c.run(by="year"),
    "follow": lambda c: c.follow("harrowmere"),
    "similar": lambda c: c.similar("Care leavers wait too long for a place to live."),
    "compare": lambda c: c.compare("grade:inadequate", "grade:good"),
    "check, reverse": lambda c: c.check("They said “care leavers value their personal advisers”.", reverse=True),
    "check, reverse, nothing": lambda c: c.check("They said “no such words anywhere in it”.", reverse=True),
    "code book": lambda c: quotable.codebook(),
    "check": lambda c: c.check("They said “care leavers value their personal advisers”."),
}


@pytest.fixture(params=list(TABLES))
def answer(request: pytest.FixtureRequest, corpus: quotable.Corpus) -> Any:
    return TABLES[request.param](corpus)


def test_pyarrow(answer: Any) -> None:
    table = pyarrow.table(answer)
    table.validate(full=True)
    assert table.column_names == answer.columns
    assert answer.to_arrow() == table
    # A second time, since a stream can be taken once.
    assert pyarrow.table(answer).num_rows == table.num_rows


def test_polars(answer: Any) -> None:
    frame = polars.DataFrame(answer)
    assert frame.columns == answer.columns
    assert frame.to_dicts() == answer.to_arrow().to_pylist()
    assert answer.to_polars().equals(frame)


def test_duckdb(answer: Any) -> None:
    table = answer.to_arrow()
    reader = pyarrow.RecordBatchReader.from_stream(answer)
    connection = duckdb.connect()
    assert connection.execute("SELECT count(*) FROM reader").fetchall() == [(table.num_rows,)]
    # DuckDB takes the object itself too.
    described = connection.execute("SELECT * FROM answer").description
    assert [column[0] for column in described or []] == answer.columns


def test_pandas(answer: Any) -> None:
    frame = answer.to_pandas()
    assert list(frame.columns) == answer.columns
    table = answer.to_arrow()
    assert len(frame) == table.num_rows
    for name in answer.columns:
        for value, expected in zip(frame[name], table[name].to_pylist(), strict=True):
            if expected is None:
                assert pandas.isna(value), name
            elif hasattr(value, "date"):
                assert value.date() == expected, name
            else:
                assert value == expected, name


def test_types_are_the_same_where_all_cells_are_empty(corpus: quotable.Corpus) -> None:
    for some, none in [
        (corpus.search("care"), corpus.search("nowhere")),
        (corpus.search("care"), corpus.search("care", sort="date")),
        (corpus.kwic("care"), corpus.kwic("nowhere")),
    ]:
        assert pyarrow.table(some).schema == pyarrow.table(none).schema


def test_types_are_what_they_look_like(corpus: quotable.Corpus) -> None:
    schema = corpus.search("care").to_arrow().schema
    kinds = {"text": "string", "page": "int64", "score": "double", "published": "date32[day]", "complete": "bool"}
    assert {name: str(schema.field(name).type) for name in kinds} == kinds
    reports = corpus.reports().to_pandas()
    assert str(reports["published"].dtype).startswith("datetime64")
    # Fields of the corpus's own, from `quotable.csv`.
    assert str(reports["visits"].dtype).lower() == "int64"
    assert str(reports["visited"].dtype).startswith("datetime64")
    counts = corpus.count("care", by="year").to_pandas()
    assert counts["year"].dropna().between(2010, 2030).all()


def test_pandas_is_the_same_without_pyarrow(
    answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(answer, quotable.Paragraphs):
        pytest.skip("SKIPPED: paragraphs come by pyarrow")
    expected = answer.to_pandas()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    pandas.testing.assert_frame_equal(answer.to_pandas(), expected)


def test_paragraphs_come_piece_by_piece(tmp_path: Any) -> None:
    corpus = quotable.open(tmp_path, create=True)
    text = "\n\n".join(f"Paragraph {number} is about pier {number}." for number in range(20_000))
    corpus.add(text=text)
    paragraphs = corpus.paragraphs()
    pieces = list(pyarrow.RecordBatchReader.from_stream(paragraphs))
    assert len(pieces) > 2
    assert sum(piece.num_rows for piece in pieces) == len(paragraphs) == 20_000
    assert sum(1 for _ in paragraphs) == 20_000
    # A stream that nobody reads to its end is released.
    reader = pyarrow.RecordBatchReader.from_stream(paragraphs)
    reader.read_next_batch()
    del reader
