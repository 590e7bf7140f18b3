#!/usr/bin/env python3
"""Measures whole answers as users wait for them: from starting the command to its first byte and to its end.

    benches/answers.py QUOTABLE FOLDER [--word care] [--phrase "care leavers"] [--rounds 7] [--article FILE] [--csv FILE]

QUOTABLE is the command as it is released, FOLDER a folder of reports that it has indexed. Every command checks the folder for
changes first, as users run it. The pages are asked of `quotable serve` on this machine, over connections of their own. Prints a
table: the median of the rounds of both times, and the largest memory of the process (for the pages, of the server at the end).

On real reports this takes a minute. An answer that fails is named, and the exit status is 1.
"""

import argparse
import csv
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request


def commands(word, phrase, folder, article, follow):
    yield "search", ["search", phrase, folder]
    yield "count --by year", ["count", word, "--by", "year", folder]
    yield "kwic --all", ["kwic", word, "--all", folder]
    yield "kwic --all, JSON lines", ["kwic", word, "--all", "--format", "jsonl", folder]
    yield "search --all, JSON lines", ["search", word, "--all", "--format", "jsonl", folder]
    yield "collocates", ["collocates", word, folder]
    yield "ngrams", ["ngrams", folder]
    yield "trend", ["trend", word, folder]
    if article:
        yield "check", ["check", article, folder]
    if follow:
        yield "follow", ["follow", follow, folder]


def run(command):
    """Seconds to the first byte and to the end, and the largest memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    first = None
    while chunk := os.read(process.stdout.fileno(), 1 << 16):
        first = first or time.perf_counter() - began
    _, status, usage = os.wait4(process.pid, 0)
    end = time.perf_counter() - began
    process.stdout.close()
    code = os.waitstatus_to_exitcode(status)
    # 1 says that nothing was found, or that a quotation does not stand: an answer.
    if first is None or code not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    return first, end, usage.ru_maxrss / 1024


def pages(word, phrase):
    quoted = urllib.parse.quote
    yield "page: hits", f"/?q={quoted(phrase)}"
    yield "page: hits of a frequent word", f"/?q={quoted(word)}"
    yield "page: corpus", "/corpus"
    yield "api: hits", f"/api/search?q={quoted(phrase)}"


def ask(address):
    began = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        answer.read(1)
        first = time.perf_counter() - began
        answer.read()
    return first, time.perf_counter() - began


def measure_pages(quotable, folder, word, phrase, rounds):
    server = subprocess.Popen(
        [quotable, "serve", folder, "--port", "0", "--no-open"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        for line in server.stdout:
            if found := re.search(r"http://[\w.:\[\]]+", line):
                break
        else:
            raise RuntimeError("quotable serve did not say where it is")
        for name, path in pages(word, phrase):
            times = [ask(found.group() + path) for _ in range(rounds + 1)][1:]
            status = pathlib.Path(f"/proc/{server.pid}/status")
            peak = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
            yield name, [(*pair, int(peak.group(1)) / 1024 if peak else 0) for pair in times]
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotable")
    parser.add_argument("folder")
    parser.add_argument("--word", default="care")
    parser.add_argument("--phrase", default='"care leavers"')
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--article", help="a press article for check; without it one is made of a sentence of the corpus")
    parser.add_argument("--follow", help="a report, as `follow` takes it")
    parser.add_argument("--csv", type=pathlib.Path, help="write the measurements to this file")
    arguments = parser.parse_args()
    subprocess.run([arguments.quotable, "index", arguments.folder], capture_output=True)
    rows, failed = [], 0

    def add(name, measured):
        first, end, memory = (statistics.median(column) for column in zip(*measured))
        rows.append((name, round(first * 1000, 1), round(end * 1000, 1), round(memory)))
        print(f"| {name} | {first * 1000:.1f} | {end * 1000:.1f} | {memory:.0f} |", flush=True)

    print("| answer | first byte, ms | end, ms | memory, MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        article = arguments.article
        if not article:
            found = subprocess.run(
                [arguments.quotable, "search", arguments.phrase, arguments.folder, "-n", "1", "--format", "jsonl"],
                capture_output=True, text=True,
            ).stdout
            text = re.search(r'"text":"([^"\\]{60,})', found)
            article = f"{temporary}/article.txt"
            sentence = text.group(1).split(". ")[0] if text else "Nothing was found"
            pathlib.Path(article).write_text(f"Inspectors said: “{sentence}.”\n")
        for name, command in commands(arguments.word, arguments.phrase, arguments.folder, article, arguments.follow):
            try:
                add(name, [run([arguments.quotable, *command]) for _ in range(arguments.rounds)])
            except RuntimeError as error:
                failed = 1
                print(f"FAILED: {error}", file=sys.stderr)
    for name, measured in measure_pages(
        arguments.quotable, arguments.folder, arguments.word, arguments.phrase, arguments.rounds
    ):
        add(name, measured)
    if arguments.csv:
        with arguments.csv.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("answer", "first byte ms", "end ms", "memory MB"))
            writer.writerows(rows)
    sys.exit(failed)


if __name__ == "__main__":
    main()
