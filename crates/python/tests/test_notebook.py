"""The notebook of the examples runs, and writes what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT

jupytext = pytest.importorskip("jupytext")
nbclient = pytest.importorskip("nbclient")


def test_from_a_folder_to_a_table_and_a_chart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports, out = tmp_path / "reports", tmp_path / "out"
    shutil.copytree(ROOT / "corpus" / "reports", reports, ignore=shutil.ignore_patterns(".quotable"))
    out.mkdir()
    monkeypatch.setenv("QUOTABLE_REPORTS", str(reports))
    monkeypatch.setenv("QUOTABLE_OUT", str(out))
    notebook = jupytext.read(ROOT / "examples" / "notebook.py")
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = "".join(
        output.get("data", {}).get("text/html", "") for cell in notebook.cells for output in cell.get("outputs", [])
    )
    pictures = [
        picture
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if (picture := output.get("data", {}).get("image/svg+xml"))
    ]
    assert len(pictures) == 1
    # Quotations with marks, tables, and the bar of the first refresh, which is gone in the end.
    assert "<mark>" in shown and "<figcaption>" in shown and "per 10,000 words" in shown
    assert "<progress" not in shown
    assert (out / "trend.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (out / "sources.bib").read_text(encoding="utf-8").count("@report{") > 1
    table = (out / "table.md").read_text(encoding="utf-8")
    assert "| inadequate |" in table and "Query: @unallocated-work" in table
    assert (out / "table.csv").read_text(encoding="utf-8").startswith("overall,occurrences,")
