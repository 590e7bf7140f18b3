"""Articles checked, and quotations cited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import quotable
from conftest import own


def test_an_article_among_the_reports_is_not_its_own_source(tmp_path: Path) -> None:
    corpus = own(tmp_path, a="Plans drift in every team and nobody says so.", article="They said “plans drift in every team”.")
    checked = corpus.check(tmp_path / "article.txt")
    assert [place.citation.path for place in checked[0].check.places] == ["a.txt"]


def test_an_article_that_cannot_be_read(corpus: quotable.Corpus, tmp_path: Path) -> None:
    articles: list[tuple[Any, str]] = [
        (tmp_path / "nowhere.html", "there is no article"),
        (b"%PDF-1.7\nnothing follows", "the article cannot be read (the text given)"),
        (b"", "the file is empty"),
    ]
    for article, words in articles:
        with pytest.raises(quotable.Error) as caught:
            corpus.check(article)
        assert words in str(caught.value) and caught.value.kind == "unreadable"
    with pytest.raises(TypeError):
        wrong: Any = 5
        corpus.check([wrong])
    assert any("no quotation was found" in note for note in corpus.check("Nothing\nis quoted.").notes)


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


def test_a_citation_of_a_part(tmp_path: Path) -> None:
    corpus = own(tmp_path, a="Zoë’s plan drifts. The café is late. Nobody says so.")
    hit = corpus.search("plan")[0]
    assert corpus.cite(hit) == f"“Zoë’s plan drifts. …” {hit.cite}"
    start = hit.text.index("café")
    assert corpus.cite(hit, span=(start, start + 4)) == f"“… The café is late. …” {hit.cite}"
    assert corpus.cite(hit.id, "markdown", span=(start, start + 4)).startswith("> … The **café** is late. …")
    assert corpus.cite(hit.id) == f"“{hit.text}” {hit.cite}"
    form: Any = "latex"
    with pytest.raises(ValueError, match="none of text, markdown"):
        corpus.cite(hit, form)
    with pytest.raises(quotable.Error):
        corpus.cite("nothing")
