"""Where the index is, how it is opened and brought up to date, and what the package needs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import quotable
from conftest import own


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


def test_workers_do_not_get_the_secrets_of_the_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    script = f"import os; open({str(seen)!r}, 'w').write(' '.join(os.environ))"
    monkeypatch.setattr("quotable._corpus.worker", lambda: [sys.executable, "-I", "-S", "-c", script])
    monkeypatch.setenv("API_TOKEN", "secret")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("Plans drift.", encoding="utf-8")
    with contextlib.suppress(quotable.Error):
        quotable.open(reports)
    assert "API_TOKEN" not in seen.read_text().split()


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


def test_an_index_without_its_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, index, copied = tmp_path / "reports", tmp_path / "index", tmp_path / "copy"
    folder.mkdir()
    (folder / "a.txt").write_text("Plans drift.", encoding="utf-8")
    quotable.open(folder, index=index).copy_index(copied)
    # An index that knows where its reports are reads what is new.
    (folder / "b.txt").write_text("Plans are late.", encoding="utf-8")
    assert quotable.open(index=index).count("plans").total.paragraphs == 2
    folder.rename(tmp_path / "away")
    for place, paragraphs in [(index, 2), (copied, 1)]:
        corpus = quotable.open(index=place)
        assert corpus.path is None and corpus.count("plans").total.paragraphs == paragraphs
        assert "of the index in" in repr(corpus) and "not on this machine" in corpus.notes[0]
    with pytest.raises(quotable.Error) as caught:
        quotable.open(index=tmp_path / "nowhere")
    assert "there is no index in" in str(caught.value)
    # Without either, the current folder.
    monkeypatch.chdir(tmp_path / "away")
    assert quotable.open().count("plans").total.paragraphs == 2


def test_an_index_that_is_damaged_is_built_anew(tmp_path: Path) -> None:
    own(tmp_path, a="Plans drift.")
    for file in (tmp_path / ".quotable").rglob("*"):
        if file.is_file() and file.suffix == ".json":
            file.write_bytes(b"{")
    with pytest.raises(quotable.Error) as caught:
        quotable.open(tmp_path)
    assert caught.value.kind == "damaged" and "rebuild=True" in str(caught.value)
    corpus = quotable.open(tmp_path, rebuild=True)
    assert corpus.count("plans").total.paragraphs == 1
    assert any("a new index was built" in note for note in corpus.notes)
    assert corpus.verify().flaws == []
    # A sound index is read again.
    assert quotable.open(tmp_path, rebuild=True).count("plans").total.paragraphs == 1


def test_options_of_a_refresh(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    corpus = own(tmp_path, a="Plans drift.")
    assert any("not read: broken.pdf" in note for note in corpus.notes)
    assert not any("broken.pdf" in note for note in corpus.refresh())
    assert any("broken.pdf" in note for note in corpus.refresh(reread=True, wait=0.5))
    assert corpus.refresh(retry=True) == corpus.notes
    with pytest.raises(ValueError):
        corpus.refresh(wait=-1)
    with pytest.raises(quotable.Error) as caught:
        corpus.refresh(ocr="no-such-language")
    assert "Tesseract" in str(caught.value) or "tesseract" in str(caught.value)


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


def test_the_package_needs_nothing_else() -> None:
    code = "import sys, quotable; print(sorted({m.split('.')[0] for m in sys.modules} & {'pandas', 'pyarrow', 'numpy', 'IPython', 'polars'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=os.path.expanduser("~"))
    assert done.stdout.strip() == "[]"
