"""Measures the Python package beside the command on a folder of reports: time, memory, and the overhead of a call.

    python benches/python.py REPORTS [QUERY]

QUERY should find 10,000 paragraphs or more. Needs pandas and pyarrow; QUOTABLE names the command, which is of the same build.
Times are the best of several runs, so that other programs count little; each pair is measured in turns.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas
import pyarrow

import quotable

ROOT = Path(__file__).resolve().parents[1]
COMMAND = os.environ.get("QUOTABLE", str(ROOT / "target" / "debug" / "quotable"))
HITS = 10_000


def best(runs: int, *works: Callable[[], object]) -> list[float]:
    """The best time of each work, in seconds, run in turns."""
    times = [float("inf")] * len(works)
    for _ in range(runs):
        for at, work in enumerate(works):
            begin = time.perf_counter()
            work()
            times[at] = min(times[at], time.perf_counter() - begin)
    return times


def command(*arguments: str) -> str:
    done = subprocess.run([COMMAND, *arguments], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def memory(what: str) -> float:
    """The memory of this process, in MB: `VmRSS` is that of now, `VmHWM` the most it had."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(what))) / 1e3


def streamed(reports: str) -> None:
    """Run in a process of its own: reads every paragraph piece by piece, and prints rows, bytes and memory."""
    corpus = quotable.open(reports, refresh=False)
    before, rows, size = memory("VmRSS"), 0, 0
    for piece in pyarrow.RecordBatchReader.from_stream(corpus.paragraphs()):
        rows += piece.num_rows
        size += piece.nbytes
    print(rows, size / 1e6, before, memory("VmHWM"))


def main(reports: str, query: str) -> None:
    corpus = quotable.open(reports, refresh=False)
    print(f"{corpus}, query {query}")
    print("| what | package | command | ratio |\n|---|---|---|---|")

    def row(what: str, package: float, beside: float) -> None:
        print(f"| {what} | {package * 1e3:,.1f} ms | {beside * 1e3:,.1f} ms | {beside / package:,.1f} |")

    place = [reports, "--no-refresh"]
    limit = ["-n", str(HITS)]

    def by_json() -> pandas.DataFrame:
        return pandas.read_json(io.StringIO(command("search", query, *place, *limit, "--format", "jsonl")), lines=True)

    hits = corpus.search(query, limit=HITS)
    assert len(hits) == len(by_json()), "the same hits"
    frame, json = best(5, lambda: corpus.search(query, limit=HITS).to_pandas(), by_json)
    row(f"{len(hits):,} hits to a DataFrame, beside JSON lines and pandas.read_json", frame, json)
    search, to_pandas, to_arrow = best(
        5, lambda: corpus.search(query, limit=HITS), lambda: hits.to_pandas(), lambda: hits.to_arrow()
    )
    print(f"| of these: search; to pandas; to Arrow | {search * 1e3:,.1f}; {to_pandas * 1e3:,.1f}; {to_arrow * 1e3:,.1f} ms | | |")

    words = [word.words for word in corpus.words(limit=1_000)]
    begin = time.perf_counter()
    for word in words:
        corpus.count(word)
    counted = time.perf_counter() - begin
    begin = time.perf_counter()
    for word in words[:50]:
        command("count", word, *place, "--format", "jsonl")
    ran = (time.perf_counter() - begin) * len(words) / 50
    row(f"{len(words):,} counts (the command: 50, times {len(words) / 50:.0f})", counted, ran)

    (call,) = best(2_000, lambda: corpus.count("zzzznowhere"))
    (status,) = best(2_000, lambda: corpus.path)
    print(f"| a call: the least that `count` takes; of it, crossing into Rust | {call * 1e6:.0f} µs; {status * 1e6:.1f} µs | | |")

    done = subprocess.run([sys.executable, __file__, "--stream", reports], capture_output=True, text=True, check=True)
    rows, size, before, most = map(float, done.stdout.split())
    print(f"| `paragraphs()`, {rows:,.0f} rows, {size:,.0f} MB of columns: memory, before and at most | {before:,.0f}; {most:,.0f} MB | | |")


if __name__ == "__main__":
    if sys.argv[1] == "--stream":
        streamed(sys.argv[2])
    else:
        main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "the")
