"""Opening, errors, Ctrl-C, threads, sources of one's own, and what a notebook shows."""

from __future__ import annotations

import _thread
import copy
import datetime
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import quotable


def own(tmp_path: Path, **texts: str) -> quotable.Corpus:
    """A corpus of texts by the names of their files."""
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return quotable.open(tmp_path)


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
        (lambda c: c.search("@no-such-name"), quotable.QueryError, "no-such-name"),
        (lambda c: c.run("nowhere.toml"), quotable.Error, "nowhere.toml"),
    ],
)
def test_wrong_options_are_named(corpus: quotable.Corpus, ask: Any, error: Any, words: str) -> None:
    with pytest.raises(error) as caught:
        ask(corpus)
    assert words in str(caught.value)


def test_a_code_book_that_is_wrong_shows_the_place(corpus: quotable.Corpus, tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text("[concepts.drift]\ntitle = 3\n", encoding="utf-8")
    with pytest.raises(quotable.CodeBookError) as caught:
        corpus.run(book)
    assert "book.toml" in str(caught.value)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(quotable.Error) as caught:
        quotable.open(tmp_path / "nowhere")
    assert "there is no file or folder" in str(caught.value)
    with pytest.raises(quotable.Error) as caught:
        quotable.open(tmp_path)
    assert "there are no reports" in str(caught.value)
    assert not (tmp_path / ".quotable").exists(), "nothing is left in a folder of other files"


def test_opening_reads_what_is_new(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    (tmp_path / "a.txt").write_text("Plans drift.", encoding="utf-8")
    corpus = quotable.open(tmp_path)
    assert any("1" in note for note in corpus.notes)
    (tmp_path / "b.txt").write_text("Plans are late.", encoding="utf-8")
    assert corpus.count("plans").total.paragraphs == 1
    corpus.refresh(progress=lambda done, total, path: seen.append((done, total, path)))
    assert corpus.count("plans").total.paragraphs == 2
    assert all(done <= total for done, total, _ in seen)
    other = quotable.open(tmp_path, refresh=False)
    assert other.status == corpus.status
    assert repr(corpus).endswith("2 reports, 2 paragraphs>")


def test_files_are_read_in_a_process_of_their_own(reports: Path) -> None:
    corpus = quotable.open(reports)
    broken = [source for source in corpus.reports() if source.failure]
    assert [source.path for source in broken] == ["broken.pdf"]
    assert any("could not be read" in note for note in corpus.search("care").notes)


def test_an_index_elsewhere(tmp_path: Path) -> None:
    folder, index = tmp_path / "reports", tmp_path / "index"
    folder.mkdir()
    (folder / "a.txt").write_text("Plans drift.", encoding="utf-8")
    corpus = quotable.open(folder, index=index)
    assert corpus.index == str(index) and not (folder / ".quotable").exists()
    assert corpus.count("plans").total.occurrences == 1
    with pytest.raises(quotable.Error) as caught:
        (tmp_path / "other").mkdir()
        quotable.open(tmp_path / "other", index=index)
    assert "belongs to" in str(caught.value)


def test_ctrl_c_stops_a_search(tmp_path: Path) -> None:
    corpus = quotable.open(tmp_path, create=True)
    words = [f"word{number % 997} other{number % 1009} third{number % 1013}" for number in range(100_000)]
    corpus.add(text="\n\n".join(" ".join(words[at : at + 60]) for at in range(0, len(words), 60)))
    begin = time.monotonic()
    whole = corpus.ngrams(words=(1, 6), min_count=1, function_words=True)
    lasted = time.monotonic() - begin
    assert len(whole) == 50
    # A busy machine may be late with either; a search that runs to its end takes as long every time.
    quickest = lasted
    for _ in range(10):
        timer = threading.Timer(lasted / 10, _thread.interrupt_main)
        begin = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            timer.start()
            corpus.ngrams(words=(1, 6), min_count=1, function_words=True)
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
        hit.nothing
    line = corpus.kwic("care")[0]
    assert line.from_ == line["from"] >= 1


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
    assert len(repr(corpus.kwic("care")).splitlines()) <= 53
    assert repr(corpus.paragraphs()).endswith("paragraphs>")
    assert repr(corpus.check("“plans drift”")[0]).startswith("Verdict(1, ")


def test_charts(corpus: quotable.Corpus) -> None:
    for answer in [corpus.trend("care"), corpus.collocates("care"), corpus.kwic("care"), corpus.themes(by="year")]:
        assert (answer.svg() or "").startswith("<svg")
    assert corpus.themes().svg() is None


def test_checks(corpus: quotable.Corpus, tmp_path: Path) -> None:
    page = "<html><body><p>Inspectors said “care leavers value their personal advisers”.</p></body></html>"
    file = tmp_path / "article.html"
    file.write_text(page, encoding="utf-8")
    articles: dict[str, Any] = {"text": page, "file": file, "bytes": page.encode()}
    verdicts = {how: corpus.check(article) for how, article in articles.items()}
    assert {checked[0].verdict for checked in verdicts.values()} == {"exact-after-folding"}
    assert verdicts["file"][0].article == str(file)
    # A text without marks is a quotation.
    assert corpus.check("care leavers value their personal advisers")[0].check.places
    wrong = corpus.check("“No child in this county has ever waited for a plan at all”")
    assert wrong.has_fault and wrong[0].verdict == "absent"
    assert wrong.to_html().startswith("<!doctype html>") or wrong.to_html().startswith("<!DOCTYPE html>")
    assert "1 quotation" in wrong.summary


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


def test_the_package_needs_nothing_else() -> None:
    code = "import sys, quotable; print(sorted({m.split('.')[0] for m in sys.modules} & {'pandas', 'pyarrow', 'numpy', 'IPython', 'polars'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=os.path.expanduser("~"))
    assert done.stdout.strip() == "[]"


def test_progress_in_a_notebook_is_plain_html() -> None:
    from quotable._progress import NotebookBar, TerminalLine

    shown: list[str] = []

    class Display:
        def update(self, page: str) -> None:
            shown.append(page)

    bar = NotebookBar(lambda page, display_id: Display(), str)
    bar(3, 10, "<b>.pdf")
    bar.close()
    assert shown == ['<progress value="3" max="10"></progress> 3 of 10 files: &lt;b&gt;.pdf', ""]
    TerminalLine()(1, 2, "a\x1b.pdf")
