#!/usr/bin/env python3
"""Compares the words read from PDFs with those of pdftotext.

    benches/word_runs.py [--blocks PROGRAM] [--by-layout] [--kept FOLDER] FOLDER

FOLDER has a folder for each series of reports. For each series the script prints how many words and how many runs of
five words of `pdftotext -raw` are among the words of our blocks, of all kinds and in their order, and then the files
with the lowest share of runs, with examples of runs that are lost.

Words are folded alike on both sides: compatibility forms and case are, soft hyphens and all signs but letters and
digits part words or are left out. Counts are of occurrences, not of distinct words. Lines that we mark as furniture
(running heads and feet, page numbers) are left out on both sides: first of our blocks, then of the same page of
pdftotext, so that a paragraph that goes on over a page break is one text in both. Of untagged files furniture are the
lines that recur on a third of the pages. Notes are compared apart from the other text on both sides: ours follow the
paragraph that mentions them, and those of pdftotext stand at the foot of the page.

Each run that is lost is of one kind, the first of these that fits:

    word      a word of it is nowhere on our page: lost, or parted or joined in another way
    page      it goes over a page break
    line      it stands in one line of pdftotext: words of a line in another order, or with others between them
    order     it goes over lines: the lines stand in another order (cells, columns, notes, labels of figures)

Needs pdftotext (of poppler; on Debian `poppler-utils`): without it the script says so and ends well.
PROGRAM is the example `blocks` of crate `quotable-read`; without it, cargo builds and runs it.
"""

import argparse
import collections
import glob
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata

RUN = 5
KINDS = ("word", "page", "line", "order")
WORD = re.compile(r"[^\W_]+")


def words(text):
    return WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())


def runs(sequence):
    return collections.Counter(tuple(sequence[at : at + RUN]) for at in range(len(sequence) - RUN + 1))


def reference(path, kept):
    """The pages of pdftotext, each a list of the words of a line. `kept` is a folder for its output, or None."""
    copy = kept and kept / (hashlib.sha256(str(path.resolve()).encode()).hexdigest() + ".txt")
    if copy and copy.exists():
        text = copy.read_bytes()
    else:
        done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True)
        if done.returncode:
            return None
        text = done.stdout
        if copy:
            copy.write_bytes(text)
    pages = text.decode("utf-8", "replace").split("\f")
    return [[words(line) for line in page.splitlines() if words(line)] for page in pages]


def blocks_of(paths, program, by_layout):
    command = [program] if program else ["cargo", "run", "--quiet", "-p", "quotable-read", "--example", "blocks", "--"]
    if by_layout:
        command.append("--by-layout")
    done = subprocess.run(command + [str(path) for path in paths], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def part(pages, lines):
    """Parts the pages of pdftotext by lines of our blocks, given by page: the lines left, and those taken out."""
    kept, taken = [], []
    for number, page in enumerate(pages, 1):
        ours = collections.Counter(lines.get(number, []))
        rest = []
        for line in page:
            if ours[tuple(line)] > 0:
                ours[tuple(line)] -= 1
                taken.append((number, line))
            else:
                rest.append(line)
        # What is left of ours are lines that the two cut in different places.
        for line in list(ours.elements()):
            found = spread(rest, line)
            if found:
                taken.append((number, list(line)))
                del rest[found[0] : found[1]]
        kept.append(rest)
    return kept, taken


def spread(lines, words):
    """The range of the two to four lines that together have these words."""
    for first, line in enumerate(lines):
        if tuple(line) != words[: len(line)]:
            continue
        joined = list(line)
        for last in range(first + 1, min(first + 4, len(lines))):
            joined += lines[last]
            if tuple(joined) == words:
                return first, last + 1
    return None


def running(lines):
    """The lines of an untagged file that recur on a third of its pages, but for their numbers: its running heads and feet."""
    pages = collections.defaultdict(set)
    print_of = lambda found: tuple(word for word in found if not word.isdigit())
    for page, found in lines:
        pages[print_of(found)].add(page)
    count = len({page for page, _ in lines})
    recurring = {found for found, on in pages.items() if len(on) > 3 and 3 * len(on) > count}
    return lambda found: print_of(found) in recurring


def compare(record, path, kept):
    pages = reference(path, kept)
    if pages is None or "failure" in record:
        return {"path": path, "failure": record.get("failure", "pdftotext fails"), "theirs": pages is not None}
    lines = [
        (line["page"], tuple(words(line["text"])), block["kind"]) for block in record["blocks"] for line in block["lines"]
    ]
    is_running = (lambda found: False) if record["tagged"] else running([(page, found) for page, found, _ in lines])
    furniture, notes = collections.defaultdict(list), collections.defaultdict(list)
    texts, on_page = {"text": [], "notes": []}, collections.defaultdict(set)
    for page, found, kind in lines:
        if kind == "Artifact" or is_running(found):
            furniture[page].append(found)
            continue
        on_page[page].update(found)
        texts["notes" if kind == "Note" else "text"] += found
        if kind == "Note":
            notes[page].append(found)
    pages, _ = part(pages, furniture)
    pages, their_notes = part(pages, notes)
    theirs = {
        "text": [
            (word, number, at) for number, page in enumerate(pages, 1) for at, line in enumerate(page) for word in line
        ],
        "notes": [(word, number, at) for at, (number, line) in enumerate(their_notes) for word in line],
    }
    result = {"path": path, "tagged": record["tagged"], "words": 0, "runs": 0}
    result["lost"], result["places"] = collections.Counter(), []
    ours_in_all, theirs_in_all = collections.Counter(texts["text"] + texts["notes"]), collections.Counter()
    for name, placed in theirs.items():
        theirs_in_all.update(word for word, *_ in placed)
        result["words"] += len(placed)
        lost_runs(placed, texts[name], on_page, result)
    result["lost words"] = theirs_in_all - ours_in_all
    return result


def lost_runs(theirs, ours, on_page, result):
    """Adds the runs of pdftotext that are not among ours, by kind, and the places where they are."""
    sequence = [word for word, *_ in theirs]
    left, before = runs(ours), None
    total = max(0, len(sequence) - RUN + 1)
    result["runs"] += total
    for at in range(total):
        run = tuple(sequence[at : at + RUN])
        if left[run] > 0:
            left[run] -= 1
            continue
        first, last = theirs[at], theirs[at + RUN - 1]
        if any(word not in on_page[number] for word, number, _ in theirs[at : at + RUN]):
            kind = "word"
        elif first[1] != last[1]:
            kind = "page"
        elif first[2] == last[2]:
            kind = "line"
        else:
            kind = "order"
        result["lost"][kind] += 1
        if before == at - 1:
            result["places"][-1][-1] = " ".join(sequence[max(0, start - 2) : at + RUN + 2])
        else:
            start = at
            result["places"].append([kind, first[1], " ".join(sequence[max(0, start - 2) : at + RUN + 2])])
        before = at


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--blocks", metavar="PROGRAM")
    parser.add_argument("--kept", type=pathlib.Path, metavar="FOLDER", help="keeps the output of pdftotext for later runs")
    parser.add_argument("--by-layout", action="store_true", help="ignore the structure trees of PDFs")
    parser.add_argument("--lost", type=int, default=12, metavar="N", help="places of lost runs to print for each file")
    parser.add_argument("--worst", type=int, default=10, metavar="N", help="files with examples")
    arguments = parser.parse_args()
    if not shutil.which("pdftotext"):
        print("SKIPPED: pdftotext is not installed")
        return
    if arguments.kept:
        arguments.kept.mkdir(parents=True, exist_ok=True)
    series = collections.defaultdict(list)
    # `glob` follows links to folders.
    for path in map(pathlib.Path, sorted(glob.glob(f"{arguments.folder}/**/*.pdf", recursive=True))):
        series[path.relative_to(arguments.folder).parts[0]].append(path)
    everything = []
    print(f"{'series':12} files  words    lost %  distinct  runs shared   word  page  line  order")
    for name, paths in sorted(series.items()):
        found = []
        for first in range(0, len(paths), 64):
            part = paths[first : first + 64]
            records = blocks_of(part, arguments.blocks, arguments.by_layout)
            found += [compare(record, path, arguments.kept) for record, path in zip(records, part)]
        read = [one for one in found if "failure" not in one]
        total_words = sum(one["words"] for one in read) or 1
        total_runs = sum(one["runs"] for one in read) or 1
        lost_words = sum(sum(one["lost words"].values()) for one in read)
        distinct = sum(len(one["lost words"]) for one in read)
        kinds = {kind: sum(one["lost"][kind] for one in read) for kind in KINDS}
        share = 1 - sum(kinds.values()) / total_runs
        print(
            f"{name:12} {len(read):5} {total_words:7} {100 * lost_words / total_words:7.3f} {distinct:8} "
            f"{share:12.5f}  " + " ".join(f"{count:5}" for count in kinds.values())
        )
        for one in found:
            if "failure" in one:
                print(f"  not read: {one['path']}: {one['failure']}" + (" (pdftotext reads it)" if one["theirs"] else ""))
        everything += read
    share_lost = lambda one: one["lost"].total() / max(1, one["runs"])
    for one in sorted(everything, key=share_lost, reverse=True)[: arguments.worst]:
        kinds = ", ".join(f"{kind} {one['lost'][kind]}" for kind in KINDS)
        print(f"\n{1 - share_lost(one):.4f} {one['path']} ({'tagged' if one['tagged'] else 'layout'}): {kinds}")
        if one["lost words"]:
            print("  words lost:", " ".join(f"{word}×{count}" for word, count in one["lost words"].most_common(20)))
        step = max(1, len(one["places"]) // max(1, arguments.lost))
        for kind, page, text in one["places"][::step][: arguments.lost]:
            print(f"  {kind:5} page {page}: {text[:300]}")


if __name__ == "__main__":
    main()
