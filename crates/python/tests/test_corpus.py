"""Errors, notes, Ctrl-C, threads, sources of one's own, and what a notebook shows."""

from __future__ import annotations

import _thread
import copy
import datetime
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quotable
from conftest import own


def test_a_wrong_query_has_a_caret(corpus: quotable.Corpus) -> None:
    with pytest.raises(quotable.QueryError) as caught:
        corpus.search('authority:westmere care" OR (')
    lines = str(caught.value).splitlines()
    assert any("authority:westmere" in line for line in lines)
    assert any(line.strip() == "^" or line.strip().startswith("^") for line in lines), lines
    assert caught.value.kind == "query"
    assert isinstance(caught.value, ValueError)


def test_an_unknown_value_offers_the_nearest(corpus: quotable.Corpus) -> None:
    with pytest.raises(quotable.QueryError) as caught:
        corpus.count("care authority:thornmer")
    assert caught.value.kind == "unknown-value"
    assert any("hornmere" in name for name in caught.value.nearest), caught.value.nearest
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.kind, again.nearest) == (str(caught.value), "unknown-value", caught.value.nearest)


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda c: c.search("care", sort="colour"), ValueError, "sort"),
        (lambda c: c.search("care", scope="line"), ValueError, "scope"),
        (lambda c: c.search("care", include="charts"), ValueError, "none of tables, notes"),
        (lambda c: c.search("care", from_="last year"), ValueError, "write a year"),
        (lambda c: c.search("care", limit="ten"), TypeError, "limit"),
        (lambda c: c.search("care", limit=-1), (TypeError, OverflowError), "limit"),
        (lambda c: c.search(5), TypeError, "query"),
        (lambda c: c.search("care", colour="red"), TypeError, "colour"),
        (lambda c: c.count("care", by="no-such-field"), ValueError, "no-such-field"),
        (lambda c: c.trend(), ValueError, "give a query"),
        (lambda c: c.report("nowhere.pdf"), quotable.Error, "no report is called"),
        (lambda c: c.paragraph("nothing"), quotable.Error, "not the id of a paragraph"),
        (lambda c: c.follow("nowhere"), quotable.Error, "no authority and no single report"),
        (lambda c: c.similar("word"), quotable.Error, "too short"),
        (lambda c: c.check("“plans drift”", about="nowhere"), quotable.QueryError, "nowhere"),
        (lambda c: c.search("care no-such-area:good"), quotable.QueryError, "no-such-area"),
        (lambda c: c.search("care visits:99.."), quotable.QueryError, "see reports()"),
        (lambda c: c.search("@no-such-name"), quotable.QueryError, "no-such-name"),
        (lambda c: c.run("nowhere.toml"), quotable.Error, "nowhere.toml"),
    ],
)
def test_wrong_options_are_named(corpus: quotable.Corpus, ask: Any, error: Any, words: str) -> None:
    with pytest.raises(error) as caught:
        ask(corpus)
    assert words in str(caught.value)


def test_what_is_not_found_is_explained(corpus: quotable.Corpus) -> None:
    answers: list[Any] = [corpus.search("unallocted"), corpus.count("unallocted"), corpus.kwic("unallocted")]
    for answer in answers:
        notes: list[str] = answer.notes
        assert any(note.startswith("nothing found in ") for note in notes), notes
        assert any("the nearest: unallocated" in note for note in notes), notes
        assert "the nearest: unallocated" in repr(answer) and "the nearest: unallocated" in answer._repr_html_()
    assert any("not together" in note for note in corpus.search('"care leavers" quorum').notes) or corpus.explain(
        '"care leavers" quorum'
    ).empty
    explanation = corpus.explain("unallocted team:north")
    assert [part.query for part in explanation.empty] == ["unallocted"]
    assert explanation.empty[0].nearest[0].word == "unallocated"
    assert explanation.tree.operator == "and" and len(explanation.tree.parts) == 2
    assert explanation.filters[0].paragraphs > 0
    assert "<pre>" in explanation._repr_html_() and "unallocted (word)" in repr(explanation)


def test_what_may_have_been_meant_is_said(corpus: quotable.Corpus) -> None:
    assert any("not a phrase" in note for note in corpus.search("care leavers").notes)
    assert any("more in tables" in note for note in corpus.search("grade").notes + corpus.search("overall").notes)
    # In the same words as without the search: notes do not change an answer.
    assert corpus.search("care leavers").to_dicts() == corpus.search("care leavers").to_dicts()


def test_a_name_that_several_reports_have(corpus: quotable.Corpus) -> None:
    with pytest.raises(quotable.Error) as caught:
        corpus.report("harrowmere")
    assert "give more of it" in str(caught.value) and caught.value.kind == "not-found"


def test_exports_stay_out_of_the_reports(corpus: quotable.Corpus, reports: Path) -> None:
    with pytest.raises(ValueError) as caught:
        corpus.export("jsonl", reports / "export")
    assert "inside the folder of reports" in str(caught.value)
    engine: Any = "excel"
    with pytest.raises(ValueError, match="excel"):
        corpus.export(engine, "x")
    with pytest.raises(ValueError):
        corpus.translate("high pre/3 turnover", "quickwit")


def test_a_code_book_with_several_faults_names_them_all(tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    wrong = '[[query]]\nname = "drift"\nquery = "care AND ("\n\n[[query]]\nname = "late"\nquery = "late OR ("\n'
    book.write_text(wrong, encoding="utf-8")
    with pytest.raises(quotable.CodeBookError) as caught:
        quotable.codebook(book)
    text = str(caught.value)
    assert "2 faults" in text and "line 3" in text and "line 7" in text
    book.write_text('[[query]]\nname = "drift"\nquery = "drift*"\n', encoding="utf-8")
    assert [code.name for code in quotable.codebook(book)] == ["drift"]
    with pytest.raises(quotable.Error):
        quotable.codebook(tmp_path / "nowhere.toml")


def test_a_code_book_that_is_wrong_shows_the_place(corpus: quotable.Corpus, tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text("[concepts.drift]\ntitle = 3\n", encoding="utf-8")
    with pytest.raises(quotable.CodeBookError) as caught:
        corpus.run(book)
    assert "book.toml" in str(caught.value)


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Has Ctrl-C heeded: a shell that starts the tests in the background has them ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_stops_a_search(tmp_path: Path) -> None:
    corpus = quotable.open(tmp_path, create=True)
    words = [f"word{number % 997} other{number % 1009} third{number % 1013}" for number in range(100_000)]
    corpus.add(text="\n\n".join(" ".join(words[at : at + 60]) for at in range(0, len(words), 60)))
    lasted = float("inf")
    for _ in range(2):
        begin = time.monotonic()
        whole = corpus.ngrams(words=(1, 6), min_count=1, function_words=True)
        lasted = min(lasted, time.monotonic() - begin)
    assert len(whole) == 50
    # A busy machine may be late with either; a search that runs to its end takes as long every time.
    quickest = lasted
    for _ in range(10):
        timer = threading.Timer(lasted / 10, _thread.interrupt_main)
        begin = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            timer.start()
            corpus.ngrams(words=(1, 6), min_count=1, function_words=True)
            # A search that ended before the timer is no sign of anything.
            timer.join()
            time.sleep(1)
        quickest = min(quickest, time.monotonic() - begin)
        if quickest < lasted * 0.7:
            break
    assert quickest < lasted * 0.7
    # The corpus still answers.
    assert corpus.count("word1").total.occurrences > 0


def test_other_threads_run_meanwhile(tmp_path: Path) -> None:
    corpus = quotable.open(tmp_path, create=True)
    corpus.add(text="\n\n".join(f"plan {number} is late and plan {number + 1} is not" for number in range(20_000)))
    steps, done = 0, threading.Event()

    def work() -> None:
        corpus.ngrams(words=(1, 6), min_count=1, function_words=True)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        steps += 1
        time.sleep(0.001)
    thread.join()
    assert steps > 5


def test_threads_may_share_a_corpus(corpus: quotable.Corpus) -> None:
    expected = corpus.count("care", by="year").to_dicts()
    results: list[Any] = []

    def work() -> None:
        for _ in range(5):
            results.append(corpus.count("care", by="year").to_dicts())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 20


def test_answers_are_sequences(corpus: quotable.Corpus) -> None:
    hits = corpus.search("care")
    assert len(hits) == hits.counts.paragraphs == len(list(hits))
    assert hits[-1] == hits[len(hits) - 1] and hits[1:3] == [hits[1], hits[2]]
    with pytest.raises(IndexError):
        hits[len(hits)]
    assert hits[0] in hits
    hit = hits[0]
    assert hit["citation"]["path"] == hit.citation.path == hit.path
    assert {"text", "citation"} <= set(dir(hit)) and "text" in hit
    assert dict(hit) .keys() == hit.to_dict().keys()
    assert pickle.loads(pickle.dumps(hit)) == copy.deepcopy(hit) == hit
    with pytest.raises(AttributeError):
        # Type checkers find it too: an unused `ignore` is an error.
        hit.nothing  # type: ignore[attr-defined]
    line = corpus.kwic("care")[0]
    assert line.from_ == line["from"] >= 1


def fields(record: quotable.Record) -> None:
    """The annotations of a record are its fields, and so are those of its parts."""
    named = {name.removesuffix("_") for one in type(record).__mro__ for name in one.__dict__.get("__annotations__", {})}
    named -= {"fields", "parts", "shown"} - set(record)
    # What only some calls ask for.
    missing = {name for name in named if not name.startswith("_")} - set(record)
    assert missing <= {"context", "group", "quotes", "score"}, (type(record).__name__, missing)
    assert set(record) <= named | {"fields", "parts"}, (type(record).__name__, set(record) - named)
    for name in record:
        value = record[name]
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, quotable.Record):
                assert type(part) is not quotable.Record, name
                fields(part)


def test_every_field_is_annotated(corpus: quotable.Corpus) -> None:
    article = "Inspectors of Thornmere said that “care leavers value their personal advisers”, and “no plan at all for any child”."
    hits = corpus.search("care", context=1, sentences=True, group="year")
    answers: list[Any] = [
        hits,
        corpus.search("care authority:thornmere date:2010.."),
        corpus.search("housing care", unit="theme"),
        corpus.count("care", by="year"),
        corpus.kwic("care"),
        corpus.reports(),
        corpus.collocates("care"),
        corpus.keywords("grade:good", max_p=1),
        corpus.words(),
        corpus.trend("care"),
        corpus.themes(),
        corpus.run(by="year"),
        corpus.follow("harrowmere"),
        corpus.similar("Care leavers wait too long for a place to live."),
        corpus.compare("grade:inadequate", "grade:good"),
        corpus.check(article),
        corpus.check("They said that “care leavers value their personal advisers”.", reverse=True),
        quotable.codebook(),
    ]
    for answer in answers:
        rows = list(answer[:60])
        assert rows
        for row in rows:
            fields(row)
        for name in ("counts", "provenance", "total", "boilerplate", "about"):
            head = getattr(answer, name, None)
            if head is not None:
                fields(head)
    for record in [corpus.report(hits[0].path), corpus.paragraph(hits[0].id), corpus.status, corpus.verify()]:
        fields(record)
    fields(corpus.explain("care unallocted authority:thornmere"))


def test_bytes_are_also_characters(tmp_path: Path) -> None:
    corpus = own(tmp_path, a="“Für Zoë’s plan” the café’s plan is late – plan.")
    hit = corpus.search("plan")[0]
    assert hit.matched == ["plan", "plan", "plan"]
    assert [hit.text.encode()[start:end].decode() for start, end in hit.matches] == hit.matched


def test_a_notebook_shows_no_markup_of_a_document(tmp_path: Path) -> None:
    corpus = own(tmp_path, a="The plan <script>alert(1)</script> & the <b>plan</b> drifts.")
    answers: list[Any] = [corpus.search("plan"), corpus.kwic("plan"), corpus.reports()]
    for answer in [*answers, corpus.check("“The plan <script>”")]:
        page = answer._repr_html_()
        assert "<script" not in page and "<b>" not in page
    hit = corpus.search("plan")[0]
    assert "<mark>plan</mark> &lt;script&gt;" in hit._repr_html_()


def test_what_people_see(corpus: quotable.Corpus) -> None:
    hits = corpus.search('"care leavers" unallocated')
    text = repr(hits)
    assert "«Care leavers»" in text and hits[0].cite.split(",")[0] in text
    assert "4 paragraphs (9 occurrences in 4 reports)" in text
    assert "<mark>" in hits._repr_html_() and "<figcaption>" in hits._repr_html_()
    assert repr(hits[0]).startswith("Hit(id=")
    counts = corpus.count("care", by="year")
    assert "per 10,000 words" in repr(counts) and "<table>" in counts._repr_html_()
    assert "query: care" in repr(counts)
    assert len(repr(corpus.kwic("care")).splitlines()) <= 56
    assert repr(corpus.paragraphs()).endswith("paragraphs>")
    assert repr(corpus.check("“plans drift”")[0]).startswith("Verdict(1, ")
    problems = corpus.reports(problems=True)
    assert "not read: broken.pdf" in repr(problems) and "<li>not read: broken.pdf" in problems._repr_html_()
    report = corpus.report(hits[0].path)
    assert report.title is not None and report.title.split(":")[0] in report._repr_html_() and "Thornmere" in report._repr_html_()
    assert "<figcaption>" in corpus.chunk(hits[0])._repr_html_()
    # A line of plain text cannot be broken.
    for answer in [corpus.follow("harrowmere"), corpus.check("“No child in this county has ever waited for a plan at all”")]:
        assert max(len(line) for line in repr(answer).splitlines()) < 260


def test_charts(corpus: quotable.Corpus) -> None:
    for answer in [corpus.trend("care"), corpus.collocates("care"), corpus.kwic("care"), corpus.themes(by="year")]:
        chart = answer.svg()
        assert chart is not None and chart.startswith("<svg") and chart._repr_svg_() == chart
    assert corpus.themes().svg() is None


def test_sources_of_ones_own(tmp_path: Path) -> None:
    corpus = own(tmp_path, a="Plans drift.")
    day = datetime.date(2024, 6, 3)
    first = corpus.add(text="The pier leans.", path="piers/west", metadata={"published": day, "Vessel": "tug", "crew": 12})
    corpus.add_many(
        [
            {"text": "The pier is sound.", "path": "piers/east.txt", "metadata": {"vessel": "launch", "authority": "Westmere"}},
            {"content": b"# Pier\n\nThe pier sank.", "path": "piers/north.md"},
        ]
    )
    assert corpus.count("pier").total.reports == 3
    assert corpus.search("pier vessel:tug")[0].citation.published == "2024-06-03"
    assert corpus.search("authority:westmere")[0].path == "piers/east.txt"
    assert [row.values for row in corpus.count("pier", by="vessel")] == [["launch"], ["tug"], [None]]
    assert corpus.count("pier crew:10..").total.reports == 1
    table = corpus.reports().to_pandas().set_index("path")
    assert table.loc["piers/west.txt", "crew"] == 12 and table.loc["piers/west.txt", "id"] == first
    # A refresh leaves them alone; one with the same path takes the place of the other.
    corpus.refresh()
    corpus.add(text="The pier is gone.", path="piers/west.txt")
    assert corpus.count("pier").total.reports == 3 and corpus.count("leans").total.reports == 0
    assert corpus.remove("piers/west.txt", "piers/none.txt") == 1
    assert corpus.count("pier").total.reports == 2
    assert corpus.count("plans").total.reports == 1
    faults: list[tuple[dict[str, Any], str]] = [
        ({"metadata": {"published": "3 June"}}, "2024-06-03"),
        ({"metadata": {"year": "2024"}}, "year"),
        ({"metadata": {"region": "north"}}, "region"),
        ({"content": b"x"}, "either text or content"),
    ]
    for wrong, words in faults:
        with pytest.raises((ValueError, TypeError)) as caught:
            corpus.add(text="The pier.", **wrong)
        assert words in str(caught.value)
