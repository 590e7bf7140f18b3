"""The examples of the documentation."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import shutil
from pathlib import Path

import pytest

import quotable
from conftest import ROOT

MODULES = ["quotable", *(f"quotable.{found.name}" for found in pkgutil.iter_modules(quotable.__path__) if found.name != "_native")]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What every example has, in a folder with the sample corpus."""
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus", folder, ignore=shutil.ignore_patterns(".quotable"))
    monkeypatch.chdir(tmp_path)
    return {"quotable": quotable, "corpus": quotable.open("corpus/reports")}


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str, globs: dict[str, object]) -> None:
    module = importlib.import_module(name)
    tests = doctest.DocTestFinder().find(module, extraglobs=globs)
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for test in tests:
        runner.run(test)
    assert runner.summarize().failed == 0


def test_every_method_has_an_example() -> None:
    without = {"refresh", "reload", "add_many", "remove"}
    public = [name for name in dir(quotable.Corpus) if name[0] != "_"]
    methods = {name: getattr(quotable.Corpus, name) for name in public if callable(getattr(quotable.Corpus, name))}
    assert {name for name, method in methods.items() if ">>>" not in (method.__doc__ or "")} == without


def test_readme(globs: dict[str, object]) -> None:
    path = ROOT / "crates" / "python" / "README.md"
    results = doctest.testfile(str(path), module_relative=False, globs=globs, optionflags=FLAGS, encoding="utf-8")
    assert results.attempted > 5 and results.failed == 0
