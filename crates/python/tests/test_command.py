"""Every number is that of the command: both are run."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import quotable
from conftest import Command

Ask = Callable[[quotable.Corpus], Any]

ARTICLE = (
    "Inspectors said that “care leavers value their personal advisers”. The council had “no plan at all for any child”, "
    "and “managers decided in the spring that many care leavers would be left unallocated”, they wrote."
)

# The arguments of the command, and the same call in Python. `search` and `kwic` of the package list all that is found.
SAME: list[tuple[list[str], Ask]] = [
    (["search", "care", "{}", "--all", "--sort", "relevance"], lambda c: c.search("care")),
    (["search", '"care leavers" unallocated', "{}", "-n", "3"], lambda c: c.search('"care leavers" unallocated', limit=3)),
    (["search", "caseload*", "{}", "--all", "--sort", "oldest"], lambda c: c.search("caseload*", sort="oldest")),
    (["search", "plan*", "{}", "--sample", "7", "--seed", "5"], lambda c: c.search("plan*", sample=7, seed=5)),
    (["search", "plan*", "{}", "-n", "4", "--offset", "3"], lambda c: c.search("plan*", limit=4, offset=3)),
    (
        ["search", "care", "{}", "-n", "2", "--group", "overall", "--each", "2"],
        lambda c: c.search("care", limit=2, group="overall", each=2),
    ),
    (
        ["search", "supervision", "{}", "--all", "--sort", "relevance", "--sentences", "--context", "1"],
        lambda c: c.search("supervision", sentences=True, context=1),
    ),
    (["search", "housing care", "{}", "--unit", "theme", "--all"], lambda c: c.search("housing care", unit="theme")),
    (
        ["search", "care", "{}", "--include", "tables,notes", "--no-boilerplate", "--all", "--sort", "date"],
        lambda c: c.search("care", include=["tables", "notes"], no_boilerplate=True, sort="date"),
    ),
    (
        ["search", "staff", "{}", "--authority", "harrowmere", "--from", "2018", "--to", "2022-02", "--all"],
        lambda c: c.search("staff", authority="harrowmere", from_=2018, to="2022-02", sort="date"),
    ),
    (["search", "team:north caseload*", "{}", "--all"], lambda c: c.search("team:north caseload*", sort="date")),
    (["search", "nowhere", "{}"], lambda c: c.search("nowhere")),
    (["kwic", "caseload*", "{}", "--all"], lambda c: c.kwic("caseload*")),
    (
        ["kwic", "caseload*", "{}", "--words", "3", "--sort", "right", "-n", "9"],
        lambda c: c.kwic("caseload*", window=3, sort="right", limit=9),
    ),
    (["kwic", "care", "{}", "--sample", "5", "--seed", "3"], lambda c: c.kwic("care", sample=5, seed=3)),
    (["reports", "{}"], lambda c: c.reports()),
    (["reports", "{}", "--authority", "thornmere"], lambda c: c.reports(authority="thornmere")),
    (["collocates", "care", "{}"], lambda c: c.collocates("care")),
    (
        ["collocates", "care", "{}", "--left", "3", "--right", "0", "--measure", "g2", "--min-count", "1", "--all"],
        lambda c: c.collocates("care", left=3, right=0, measure="g2", min_count=1, limit=None),
    ),
    (["collocates", "care", "{}", "--concepts"], lambda c: c.collocates("care", concepts=True)),
    (
        ["keywords", "{}", "--in", "grade:good", "--max-p", "1", "--min-count", "2"],
        lambda c: c.keywords("grade:good", max_p=1.0, min_count=2),
    ),
    (
        ["keywords", "{}", "--in", "grade:good", "--against", "grade:inadequate", "--words", "1-3", "--max-p", "1"],
        lambda c: c.keywords("grade:good", against="grade:inadequate", words=(1, 3), max_p=1),
    ),
    (
        ["keywords", "{}", "--in", "grade:good", "--both", "--max-p", "1"],
        lambda c: c.keywords("grade:good", both=True, max_p=1),
    ),
    (["words", "{}", "--match", "care*"], lambda c: c.words(match="care*")),
    (["ngrams", "{}", "--words", "2-3", "--min-count", "3"], lambda c: c.ngrams(words=(2, 3), min_count=3)),
    (["trend", "caseload*", "unalloc*", "{}"], lambda c: c.trend("caseload*", "unalloc*")),
    (["trend", "--codes", "{}", "--by", "framework"], lambda c: c.trend(codes=True, by="framework")),
    (["themes", "{}"], lambda c: c.themes()),
    (["themes", "{}", "--by", "year"], lambda c: c.themes(by="year")),
    (["run", "{}"], lambda c: c.run()),
    (["run", "{}", "--by", "year"], lambda c: c.run(by="year")),
    (["follow", "harrowmere", "{}"], lambda c: c.follow("harrowmere")),
    (["similar", "Care leavers wait too long for a place to live.", "{}"], lambda c: c.similar("Care leavers wait too long for a place to live.")),
    (["check", ARTICLE, "{}"], lambda c: c.check(ARTICLE)),
    (["check", ARTICLE, "{}", "--only", "altered,absent"], lambda c: c.check(ARTICLE, only=["altered", "absent"])),
    (["check", ARTICLE, "{}", "--about", "none"], lambda c: c.check(ARTICLE, about="none")),
    (["check", ARTICLE, "{}", "--reverse"], lambda c: c.check(ARTICLE, reverse=True)),
    (["compare", "grade:inadequate", "grade:good", "{}"], lambda c: c.compare("grade:inadequate", "grade:good")),
    (
        ["compare", "21 august 2015", "authority:harrowmere", "{}", "-n", "4"],
        lambda c: c.compare(c.reports(authority="thornmere")[0], "authority:harrowmere", limit=4),
    ),
    (["reports", "{}", "--problems"], lambda c: c.reports(problems=True)),
    (["similar", "Care leavers wait too long for a place to live.", "{}", "-n", "2"], lambda c: c.similar("Care leavers wait too long for a place to live.", limit=2)),
    (["kwic", "care", "{}", "--sort", "authority", "-n", "5", "--offset", "2"], lambda c: c.kwic("care", sort="authority", limit=5, offset=2)),
    (["words", "{}", "--in", "authority:thornmere", "--sort", "reports", "--no-boilerplate"], lambda c: c.words("authority:thornmere", sort="reports", no_boilerplate=True)),
    (["trend", "care", "{}", "--by", "quarter", "--authority", "harrowmere"], lambda c: c.trend("care", by="quarter", authority="harrowmere")),
    (["search", "care", "{}", "--all", "--duplicates", "keep", "--scope", "sentence"], lambda c: c.search("care", duplicates="keep", scope="sentence", sort="date")),
]
NAMES = [" ".join(arguments[:3]) + f" {at}" for at, (arguments, _) in enumerate(SAME)]


def plain(value: Any) -> Any:
    """Pairs as lists, as JSON has them."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize(("arguments", "ask"), SAME, ids=NAMES)
def test_records_are_the_lines_of_json(command: Command, corpus: quotable.Corpus, arguments: list[str], ask: Ask) -> None:
    lines = command.lines(*arguments)
    records = plain(ask(corpus).to_dicts())
    assert len(records) == len(lines)
    for record, line in zip(records, lines, strict=True):
        assert record == line
        assert list(record) == list(line), "the fields have the same order"


@pytest.mark.parametrize(("arguments", "ask"), SAME, ids=NAMES)
def test_markdown_is_that_of_the_command(command: Command, corpus: quotable.Corpus, arguments: list[str], ask: Ask) -> None:
    assert ask(corpus).to_markdown() == command.run(*arguments, "--format", "markdown")


@pytest.mark.parametrize("form", ["csl", "ris", "bibtex"])
def test_bibliographies(command: Command, corpus: quotable.Corpus, form: str) -> None:
    hits = corpus.search("care", limit=9)
    answers: list[tuple[list[str], Any]] = [
        (["search", "care", "{}", "-n", "9"], hits),
        (["check", ARTICLE, "{}"], corpus.check(ARTICLE)),
    ]
    for arguments, answer in answers:
        assert getattr(answer, f"to_{form}")() == command.run(*arguments, "--cite", form)
    shown = corpus.paragraph(hits[0].id)
    cited: Any = corpus.cite
    assert cited(shown, form) == cited(shown.id, form) == command.run("show", shown.id, "{}", "--cite", form).rstrip("\r\n")


def test_a_hit_is_cited_as_the_answer_cites_it(command: Command, corpus: quotable.Corpus) -> None:
    for hit in corpus.search('"care leavers" unallocated'):
        [one] = [found for found in corpus.search('"care leavers" unallocated', sentences=True) if found.id == hit.id]
        assert corpus.cite(hit).endswith(hit.cite) and one.quotes[0].strip() in corpus.cite(hit)
        markdown = corpus.cite(hit, "markdown")
        assert markdown in command.run("search", '"care leavers" unallocated', "{}", "--sentences", "--format", "markdown")


@pytest.mark.parametrize(
    "query", ["caseload*", '"care leavers" unallocated', "unallocted", "care authority:thornmere", "@unallocated-work", "/unalloc/"]
)
def test_explanations(command: Command, corpus: quotable.Corpus, query: str) -> None:
    # Long lines are broken by the command.
    explained, noted = ("".join(command.messages("search", query, "{}", *more).split()) for more in (["--explain"], []))
    explanation = corpus.explain(query)
    for heading, lines in explanation._sections():
        for line in lines:
            assert "".join(line.split()) in (noted if line in explanation.notes else explained), line
    assert explanation.counts == corpus.search(query).counts


@pytest.mark.parametrize("engine", ["duckdb", "spark", "quickwit", "opensearch"])
def test_translations(command: Command, corpus: quotable.Corpus, engine: Any) -> None:
    for query in ["care", '"care leavers" -housing authority:thornmere']:
        assert f"{corpus.translate(query, engine)}\n" == command.run("translate", query, "{}", "--to", engine)


def test_exports(command: Command, corpus: quotable.Corpus, tmp_path: Path) -> None:
    out = tmp_path / "theirs"
    command.run("export", "{}", "--to", "jsonl", "--out", str(out))
    done = corpus.export("jsonl", tmp_path / "ours")
    names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.jsonl"))
    assert names
    for name in names:
        assert (tmp_path / "ours" / name).read_bytes() == (out / name).read_bytes()
    assert done.counts.paragraphs == len(corpus.paragraphs(include=["tables", "notes"])) and done.changed > 0
    assert corpus.export("jsonl", tmp_path / "ours").written == 0
    assert "new or changed" in repr(done)


def test_a_check_of_several_articles(command: Command, corpus: quotable.Corpus, tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.html"
    first.write_text(ARTICLE, encoding="utf-8")
    second.write_text("<p>They said “care leavers value their personal advisers”.</p>", encoding="utf-8")
    files = [str(first), str(second)]
    checked = corpus.check([first, second])
    assert plain(checked.to_dicts()) == command.lines("check", *files, "{}")
    assert checked.about is None and checked.has_fault and len(checked.summary.splitlines()) == 2
    assert checked.to_html() == command.run("check", *files, "{}", "--format", "html")
    assert checked.to_markdown() == command.run("check", *files, "{}", "--format", "markdown")
    assert len({verdict.article for verdict in checked}) == 2 and "second.html" in repr(checked)
    used = corpus.check([first, second], reverse=True)
    assert plain(used.to_dicts()) == command.lines("check", *files, "{}", "--reverse")
    assert {use.article for paragraph in used for use in paragraph.uses} == set(files)


def test_pages(command: Command, corpus: quotable.Corpus) -> None:
    assert corpus.follow("harrowmere").to_html() == command.run("follow", "harrowmere", "{}", "--format", "html")


def test_the_code_book_is_that_of_the_command(command: Command) -> None:
    book = quotable.codebook()
    listed = command.run("codebook", "list")
    assert all(f"@{code.name} " in listed for code in book)
    assert f"{len(book)} names" in listed
    for code in book[:5]:
        shown = "".join(command.run("codebook", "show", code.name).split())
        assert all("".join(words.split()) in shown for words in (code.title, code.query, code.read_as))


def test_a_verification(command: Command, corpus: quotable.Corpus) -> None:
    [line] = command.lines("index", "verify", "{}")
    assert plain(corpus.verify().to_dict()) == line


def cell(value: Any, written: str) -> str:
    """A value as CSV writes it."""
    if value is None:
        # Of the years of a count, those that are not known.
        return written if written == "undated" else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        # Either the same number, or the same one rounded to the digits that are written.
        digits = len(written.partition(".")[2])
        return written if float(written) == value or abs(float(written) - value) <= 0.5001 * 10**-digits else repr(value)
    return str(value)


@pytest.mark.parametrize(("arguments", "ask"), SAME, ids=NAMES)
def test_tables_are_those_of_csv(command: Command, corpus: quotable.Corpus, arguments: list[str], ask: Ask) -> None:
    head, rows = command.rows(*arguments)
    answer = ask(corpus)
    table = answer.to_arrow()
    assert table.column_names == head == answer.columns
    assert table.num_rows == len(rows)
    for row, written in zip(table.to_pylist(), rows, strict=True):
        assert [cell(value, text) for value, text in zip(row.values(), written, strict=True)] == written


@pytest.mark.parametrize("by", [(), "year", ["authority", "year"], "overall", "team", "visits", "report"])
def test_counts(command: Command, corpus: quotable.Corpus, by: Any) -> None:
    facets = [by] if isinstance(by, str) else list(by)
    option = ["--by", ",".join(facets)] if facets else []
    arguments = ["count", "caseload*", "{}", "--no-boilerplate", *option]
    [line] = command.lines(*arguments)
    counts = corpus.count("caseload*", by=by, no_boilerplate=True)
    rows = line.pop("rows")
    assert plain(counts._source.head()) == {**line, "rows": []}
    assert plain(counts.to_dicts()) == (rows if facets else [line["total"]])
    head, written = command.rows(*arguments)
    table = counts.to_arrow()
    assert table.column_names == head
    for row, texts in zip(table.to_pylist(), written, strict=True):
        assert [cell(value, text) for value, text in zip(row.values(), texts, strict=True)] == texts


def test_paragraphs_are_every_paragraph(command: Command, corpus: quotable.Corpus) -> None:
    lines = command.lines("search", "path:*", "{}", "--all", "--include", "tables,notes")
    paragraphs = corpus.paragraphs()
    assert len(paragraphs) == len(lines)
    assert [plain(paragraph.to_dict()) for paragraph in paragraphs] == lines
    assert paragraphs.to_arrow()["id"].to_pylist() == [line["id"] for line in lines]


def test_a_report_and_a_paragraph_are_those_of_show(command: Command, corpus: quotable.Corpus) -> None:
    hit = corpus.search("unallocated")[0]
    [line] = command.lines("show", hit.path, "{}")
    assert plain(corpus.report(hit.path).to_dict()) == line
    [line] = command.lines("show", hit.id, "{}", "--context", "0")
    line.pop("context", None)
    assert plain(corpus.paragraph(hit.id).to_dict()) == line
    [line] = command.lines("show", hit.id, "{}", "--context", "2")
    assert plain(corpus.paragraph(hit.id, context=2).to_dict()) == line
    [line] = command.lines("show", hit.id, "{}", "--unit", "theme")
    assert plain(corpus.chunk(hit.id).to_dict()) == line
    # By a part of the path, as the command takes it.
    part = Path(hit.path).stem
    assert corpus.report(part) == corpus.report(hit.path)


def test_status_is_that_of_the_command(command: Command, corpus: quotable.Corpus) -> None:
    [line] = command.lines("index", "status", "{}")
    status = {name: value for name, value in corpus.status.to_dict().items() if name not in ("skipped", "copies")}
    assert status == line


def test_a_part_of_the_corpus(command: Command, reports: Path) -> None:
    part = next(folder.name for folder in sorted(reports.iterdir()) if "harrowmere" in folder.name)
    corpus = quotable.open(reports / part)
    assert corpus.within == part
    [line] = command.lines("count", "care", f"{{}}/{part}")
    assert plain(corpus.count("care")._source.head()["total"]) == line["total"]
    assert {source.path.split("/")[0] for source in corpus.reports()} == {part}
