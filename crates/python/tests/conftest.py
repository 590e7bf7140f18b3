"""The sample corpus, opened by the package and asked by the command."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import quotable

ROOT = Path(__file__).resolve().parents[3]
# What each line of JSON has besides its record.
ENVELOPE = {"schema", "incomplete", "unread", "skipped", "copies"}


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample reports, with a table of metadata."""
    folder = tmp_path_factory.mktemp("corpus") / "reports"
    shutil.copytree(ROOT / "corpus" / "reports", folder, ignore=shutil.ignore_patterns(".quotable"))
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    rows = [f'"{path}",{at % 3},{"north" if at % 2 else "south"},2024-01-0{at % 9 + 1}' for at, path in enumerate(files)]
    (folder / "quotable.csv").write_text("path,visits,team,visited\n" + "\n".join(rows) + "\n", encoding="utf-8")
    # A file that cannot be read, so that answers are incomplete.
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    return folder


@pytest.fixture(scope="session")
def corpus(reports: Path) -> quotable.Corpus:
    return quotable.open(reports)


class Command:
    """The command `quotable`, run in the folder of the reports."""

    def __init__(self, reports: Path) -> None:
        target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        self.program = os.environ.get("QUOTABLE", str(target / "debug" / "quotable"))
        self.reports = reports

    def run(self, *arguments: str) -> str:
        return self._done(*arguments).stdout.decode()

    def messages(self, *arguments: str) -> str:
        """What is said beside the answer."""
        return self._done(*arguments).stderr.decode()

    def _done(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        # The place is written `{}`.
        done = subprocess.run(
            [self.program, *(argument.replace("{}", str(self.reports)) for argument in arguments)],
            capture_output=True,
            check=False,
            cwd=self.reports.parent,
        )
        assert done.returncode in (0, 1), done.stderr.decode()
        return done

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        """Lines of JSON, without what is said of the whole answer."""
        lines = [json.loads(line) for line in self.run(*arguments, "--format", "jsonl").splitlines()]
        return [{name: value for name, value in line.items() if name not in ENVELOPE} for line in lines]

    def rows(self, *arguments: str) -> tuple[list[str], list[list[str]]]:
        """The head and the rows of CSV."""
        text = self.run(*arguments, "--format", "csv", "--raw")
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        return head, rows


@pytest.fixture(scope="session")
def command(reports: Path, corpus: quotable.Corpus) -> Command:
    # The corpus has brought the index up to date.
    return Command(reports)


def own(tmp_path: Path, **texts: str) -> quotable.Corpus:
    """A corpus of texts by the names of their files."""
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return quotable.open(tmp_path)
