"""Holds the counts of engines to those of Quotable.

    engines.py QUOTABLE CORPUS [--engines duckdb,spark,tantivy,lucene,quickwit,opensearch] [--queries 100] [--change | --loaded] [--work DIR]

QUOTABLE is the command, CORPUS a folder of reports. The corpus is exported, and every query is asked of Quotable and,
translated, of each engine. A count is compared for each value of year, authority and grade, and for all three together.
With --change, a copy of the corpus is exported, changed, and exported again before the queries are asked. With --loaded, nothing
is exported: nodes are asked what they hold of an earlier run with the same --work, such as after a restart.

duckdb, spark and tantivy (the library that Quickwit searches with) are packages of PyPI; Spark needs Java. lucene (the library
that OpenSearch searches with) needs a JDK and Debian's liblucene8-java, or its jars in the folder LUCENE_JARS. quickwit and
opensearch ask a live node where QUICKWIT_URL or OPENSEARCH_URL is set. What is not there is SKIPPED, which is said. The exit
status is 1 if a count differs.
"""

import argparse
import collections
import datetime
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

FACETS = ("year", "authority", "grade")
COLUMNS = ("year", "authority_key", "grade")
INDEX = "quotable-paragraphs"
# Seconds that a node is waited for.
PATIENCE = 900


class Refused(Exception):
    """The engine cannot ask a query."""


class Skipped(Exception):
    """The engine is not there."""


class Quotable:
    """The command, on one corpus."""

    def __init__(self, command, corpus):
        self.command, self.corpus = command, str(corpus)

    def run(self, *arguments):
        ran = subprocess.run([self.command, *arguments], capture_output=True, text=True)
        if ran.returncode == 2:
            raise Refused(ran.stderr.strip())
        return ran.stdout

    def lines(self, *arguments):
        command, *rest = arguments
        return [json.loads(line) for line in self.run(command, "--no-refresh", "--format", "jsonl", *rest).splitlines()]

    def count(self, query):
        (table,) = self.lines("count", "--by", ",".join(FACETS), "--", query, self.corpus)
        cells = collections.Counter()
        for row in table["rows"]:
            if row["paragraphs"]:
                cells[tuple(None if value is None else str(value) for value in row["values"])] += row["paragraphs"]
        assert sum(cells.values()) == table["total"]["paragraphs"]
        return cells

    def translate(self, query, target):
        return self.run("translate", "--no-refresh", "--to", target, "--", query, self.corpus).rstrip("\n")

    def export(self, target, folder):
        began = time.monotonic()
        self.run("export", self.corpus, "--no-refresh", "--to", target, "--out", str(folder))
        manifest = json.loads((folder / "manifest.json").read_text())
        return manifest, time.monotonic() - began


def generated_queries(quotable, wanted, seed=7):
    """Queries of every kind, from the words, phrases and facts of the corpus."""
    chance = random.Random(seed)
    words = [row["words"] for row in quotable.lines("words", "-n", "600", quotable.corpus)]
    words = [word for word in words if word.isascii() and "'" not in word and word.isalpha() and len(word) > 3]
    pairs = [row["words"] for row in quotable.lines("ngrams", "--words", "2", "-n", "300", quotable.corpus)]
    triples = [row["words"] for row in quotable.lines("ngrams", "--words", "3", "-n", "200", quotable.corpus)]
    sources = quotable.lines("reports", quotable.corpus)
    sources = [source for source in sources if source["failure"] is None]
    authorities = sorted({source["authority"]["key"] for source in sources if source["authority"]})
    years = sorted({source["published"][:4] for source in sources if source["published"]})
    judged = sorted({(one["area"], one["grade"]) for source in sources for one in source["judgements"]})
    grades = sorted({row["values"][0] for row in quotable.lines("count", "--by", "grade", "--", "*:*", quotable.corpus)[0]["rows"]}
                    - {None})
    themes = sorted({row["values"][0] for row in quotable.lines("count", "--by", "theme", "--", "*:*", quotable.corpus)[0]["rows"]}
                    - {None})
    sections = [row["values"][0] for row in quotable.lines("count", "--by", "section", "--", "*:*", quotable.corpus)[0]["rows"]]
    sections = [section for section in sections if section and section.replace(" ", "").isalpha()][:20]
    word = lambda: chance.choice(words)
    prefix = lambda: word()[: chance.choice([4, 5])] + "*"

    def wildcard():
        one = word()
        at = chance.randrange(1, len(one) - 1)
        return chance.choice(["*" + one[2:], one[:at] + "?" + one[at + 1:], one[:2] + "*" + one[-2:]])

    def gap():
        parts = chance.choice(triples).split()
        return f'"{parts[0]} * {parts[-1]}"'

    def either():
        first, second = chance.choice(pairs).split()
        return f'"({first} OR {word()}) {second}"'

    def dates():
        if not years:
            return "date:none"
        return chance.choice([
            f"date:{chance.choice(years)}", f"date:{years[0]}-06..", f"date:..{chance.choice(years)}-02",
            f"date:{years[len(years) // 2]}-03-01..{years[-1]}",
        ])

    kinds = [
        word, word, word,
        lambda: f'"{chance.choice(pairs)}"', lambda: f'"{chance.choice(triples)}"',
        lambda: f"{word()} {word()}", lambda: f"{word()} OR {word()}", lambda: f"{word()} -{word()}",
        lambda: f"({word()} OR {word()}) {word()} -{word()}", lambda: f"-{word()} -{word()}",
        prefix, prefix, wildcard, gap, either,
        lambda: f"{word()} w/{chance.randint(1, 9)} {word()}",
        lambda: f"{word()} pre/{chance.randint(1, 9)} {word()}",
        lambda: f'"{chance.choice(pairs)}" w/{chance.randint(2, 9)} ({word()} OR {word()})',
        lambda: f"{prefix()} w/{chance.randint(2, 5)} {word()}",
        lambda: f"{word()} w/s {word()}",
        lambda: f"w/s({word()} ({word()} OR {prefix()}) -{word()})",
        lambda: f"{word()} {dates()}", lambda: f"{word()} -{dates()}",
        lambda: f'{word()} theme:{chance.choice(themes)}' if themes else word(),
        lambda: f"{word()} (page:2..4 OR page:7)",
        lambda: f"{word()} date:none OR authority:none {word()}",
        lambda: f"{word()} -kind:article inspected:{chance.choice(years)}" if years else "inspected:none",
    ]
    if authorities:
        quoted = lambda: '"' + chance.choice(authorities) + '"'
        kinds += [lambda: f"{word()} authority:{quoted()}", lambda: f"{word()} -authority:{quoted()}"]
    if grades:
        kinds += [lambda: f"{word()} grade:{chance.choice(grades)}", lambda: f"{word()} -grade:{chance.choice(grades)}"]
    if judged:
        kinds += [lambda: "{} {}:{}".format(word(), *chance.choice(judged)), lambda: f"{word()} {judged[0][0]}:none"]
    if sections:
        kinds += [lambda: f'{word()} section:"{chance.choice(sections)}"', lambda: f"section:{chance.choice(sections).split()[0][:4]}*"]
    queries = []
    while len(queries) < wanted:
        query = kinds[len(queries) % len(kinds)]()
        if query not in queries:
            queries.append(query)
    return queries


def cells_of(rows):
    cells = collections.Counter()
    for *values, count in rows:
        cells[tuple(None if value is None else str(value) for value in values)] += count
    return cells


class DuckDb:
    target, format = "duckdb", "parquet"

    def open(self, folder):
        try:
            import duckdb
        except ImportError:
            raise Skipped("the package duckdb is not installed") from None
        self.database = duckdb.connect()
        for table in ("paragraphs", "sentences"):
            self.database.execute(f"CREATE VIEW {table} AS FROM read_parquet('{folder}/{table}/*.parquet')")

    def cells(self, text):
        condition = text.split("WHERE ", 1)[1]
        columns = ", ".join(COLUMNS)
        sql = f"SELECT {columns}, count(*) FROM paragraphs WHERE {condition} GROUP BY ALL"
        return cells_of(self.database.execute(sql).fetchall())


class Spark:
    target, format = "spark", "parquet"

    def open(self, folder):
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise Skipped("the package pyspark is not installed") from None
        if not shutil.which("java") and "JAVA_HOME" not in os.environ:
            raise Skipped("java is not installed, which Spark runs on")
        # Two workers; local-cluster[2,1,1024] makes each a process of its own.
        master = os.environ.get("SPARK_MASTER", "local[2]")
        builder = SparkSession.builder.master(master).appName("quotable").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.shuffle.partitions", "4").config("spark.driver.bindAddress", "127.0.0.1")
        self.session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        for table in ("paragraphs", "sentences"):
            self.session.read.parquet(f"{folder}/{table}").createOrReplaceTempView(table)

    def cells(self, text):
        condition = text.split("WHERE ", 1)[1]
        columns = ", ".join(COLUMNS)
        sql = f"SELECT {columns}, count(*) FROM paragraphs WHERE {condition} GROUP BY {columns}"
        return cells_of(tuple(row) for row in self.session.sql(sql).collect())

    def close(self):
        self.session.stop()


def documents(folder, manifest):
    """The documents of all runs, and before each run what must be forgotten: pairs of table and file."""
    for run in range(1, manifest["run"] + 1):
        for table in ("deletes", "documents"):
            for file in manifest["files"]:
                if file["run"] == run and file["table"] == table:
                    yield table, folder / file["path"]


class Tantivy:
    """The library that Quickwit searches with: the same documents, tokenizers and query language."""

    target, format = "quickwit", "quickwit"

    def open(self, folder):
        try:
            import tantivy
        except ImportError:
            raise Skipped("the package tantivy is not installed") from None
        manifest = json.loads((folder / "manifest.json").read_text())
        builder = tantivy.SchemaBuilder()
        kinds, name = {}, None
        for line in (folder / "index.yaml").read_text().splitlines():
            key, _, value = line.strip().lstrip("- ").partition(": ")
            if key == "name":
                name = value
                kinds[name] = {}
            elif name and line.startswith("      "):
                kinds[name][key] = value
        for name, kind in kinds.items():
            holds = kind["type"].removeprefix("array<").rstrip(">")
            if holds == "text" and kind.get("indexed") == "false":
                continue
            if holds == "text":
                tokenizer = kind["tokenizer"]
                index = "position" if kind.get("record") == "position" else "basic"
                fast = tokenizer == "raw"
                builder.add_text_field(name, stored=name == "id", tokenizer_name=tokenizer, index_option=index, fast=fast)
            elif holds == "i64":
                builder.add_integer_field(name, indexed=True, fast=True)
            elif holds == "bool":
                builder.add_boolean_field(name, indexed=True, fast=True)
            elif holds == "datetime":
                builder.add_date_field(name, indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        indexed = {name for name, kind in kinds.items() if kind.get("indexed") != "false"}
        dates = {name for name, kind in kinds.items() if kind["type"] == "datetime"}
        writer = self.index.writer(200_000_000)
        facts = {}
        for table, file in documents(folder, manifest):
            for line in file.open():
                record = json.loads(line)
                if table == "deletes":
                    gone = record["query"].split("[")[1].split("]")[0].split()
                    for report in gone:
                        writer.delete_documents_by_term("report_id", report)
                    facts = {id: cell for id, cell in facts.items() if id.split(".")[0] not in gone}
                    writer.commit()
                    continue
                facts[record["id"]] = tuple(None if record.get(name) is None else str(record[name]) for name in COLUMNS)
                kept = {name: value for name, value in record.items() if name in indexed}
                for name in dates & kept.keys():
                    kept[name] = datetime.datetime.fromisoformat(kept[name].replace("Z", "+00:00"))
                writer.add_document(tantivy.Document.from_dict(kept, self.schema))
        writer.commit()
        self.index.reload()
        self.facts = facts
        self.searcher = self.index.searcher()
        assert self.searcher.num_docs == len(facts) == manifest["counts"]["paragraphs"]

    def cells(self, text):
        query = self.index.parse_query(text, ["words"])
        found = self.searcher.search(query, limit=max(1, self.searcher.num_docs)).hits
        return collections.Counter(self.facts[self.searcher.doc(address)["id"][0]] for _, address in found)


class Lucene:
    """The library that OpenSearch searches with: the same bulk requests, mapping and query DSL, by `lucene/Translated.java`."""

    target, format = "opensearch", "opensearch"

    def open(self, folder):
        here = pathlib.Path(__file__).resolve().parent / "lucene"
        jars = pathlib.Path(os.environ.get("LUCENE_JARS", "/usr/share/java"))
        patterns = ("lucene-core-[0-9]*.jar", "lucene-queries-[0-9]*.jar", "lucene-anal*-common-[0-9]*.jar")
        found = [sorted(jars.glob(pattern)) for pattern in patterns]
        modules = subprocess.run(["java", "--list-modules"], capture_output=True, text=True).stdout if shutil.which("java") else ""
        if "jdk.compiler@" not in modules or not all(found):
            raise Skipped(f"a JDK, or Lucene in {jars} (liblucene8-java of Debian), is not installed")
        manifest = json.loads((folder / "manifest.json").read_text())
        path = ":".join(str(jars[-1]) for jars in found)
        command = ["java", "-Xmx2g", "-cp", path, str(here / "Translated.java"), str(folder / "index.json")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _, file in documents(folder, manifest):
            self.process.stdin.write(f"bulk {file}\n")
        every = self.cells(json.dumps({"query": {"match_all": {}}}))
        assert sum(every.values()) == manifest["counts"]["paragraphs"]

    def cells(self, text):
        self.process.stdin.write("query " + json.dumps(json.loads(text)) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise Refused("Lucene says\n" + answer["error"] + "\n")
        cells = collections.Counter()
        for values, count in answer.items():
            cells[tuple(value.strip() or None for value in values.split("\t"))] += count
        return cells

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Node:
    """A live node, over HTTP."""

    loaded = False

    def ask(self, method, path, body=None, kind="application/json"):
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method, headers={"Content-Type": kind})
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                    text = answer.read()
                return json.loads(text) if text.strip() else None
            except urllib.error.HTTPError as error:
                # A node that has too much to do takes nothing of the request.
                if error.code not in (429, 503) or time.monotonic() > until:
                    raise
                time.sleep(1)

    def forget(self, path):
        try:
            self.ask("DELETE", path)
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise

    def wait_for(self, paragraphs, query="*"):
        """Taken is not yet searchable, and told to forget is not yet forgotten."""
        until = time.monotonic() + PATIENCE
        while True:
            found = self.total(query)
            if found == paragraphs:
                return
            if time.monotonic() > until:
                raise AssertionError(f"the node finds {found} paragraphs of {query}, and {paragraphs} were sent")
            time.sleep(1)


class Quickwit(Node):
    target, format = "quickwit", "quickwit"

    def open(self, folder):
        self.url = os.environ.get("QUICKWIT_URL", "").rstrip("/")
        if not self.url:
            raise Skipped("QUICKWIT_URL is not set: no live node was asked")
        manifest = json.loads((folder / "manifest.json").read_text())
        if not self.loaded:
            self.load(folder, manifest)
        self.wait_for(manifest["counts"]["paragraphs"])

    def load(self, folder, manifest):
        self.forget(f"/api/v1/indexes/{INDEX}")
        # Deletes are carried out in splits of that age alone, and an hour is too long for a test.
        settings = (folder / "index.yaml").read_text()
        assert "maturation_period: 1h" in settings
        settings = settings.replace("maturation_period: 1h", f"maturation_period: {os.environ.get('QUICKWIT_MATURATION', '5s')}")
        self.ask("POST", "/api/v1/indexes", settings.encode(), "application/yaml")
        taken = collections.Counter()
        for table, file in documents(folder, manifest):
            run = int(file.parent.name.removeprefix("run-"))
            if table == "documents":
                lines = file.read_bytes()
                answer = self.ask("POST", f"/api/v1/{INDEX}/ingest?commit=force", lines, "application/x-ndjson")
                assert not answer.get("num_rejected_docs"), answer
                taken[run] += lines.count(b"\n")
                continue
            # What is not searchable yet would not be deleted.
            self.wait_for(taken[run - 1], f"run:{run - 1}")
            for line in file.open():
                self.ask("POST", f"/api/v1/{INDEX}/delete-tasks", line.encode())

    def total(self, query):
        return self.ask("POST", f"/api/v1/{INDEX}/search", {"query": query, "max_hits": 0})["num_hits"]

    def cells(self, text):
        return nested(lambda by: self.ask("POST", f"/api/v1/{INDEX}/search", {"query": text, "max_hits": 0, "aggs": by})["aggregations"])


class OpenSearch(Node):
    target, format = "opensearch", "opensearch"

    def open(self, folder):
        self.url = os.environ.get("OPENSEARCH_URL", "").rstrip("/")
        if not self.url:
            raise Skipped("OPENSEARCH_URL is not set: no live node was asked")
        manifest = json.loads((folder / "manifest.json").read_text())
        if not self.loaded:
            self.load(folder, manifest)
        self.wait_for(manifest["counts"]["paragraphs"])

    def load(self, folder, manifest):
        self.forget(f"/{INDEX}")
        self.ask("PUT", f"/{INDEX}", (folder / "index.json").read_bytes())
        for _, file in documents(folder, manifest):
            answer = self.ask("POST", f"/{INDEX}/_bulk", file.read_bytes(), "application/x-ndjson")
            failed = [item for item in answer["items"] if next(iter(item.values()))["status"] >= 400]
            assert not [item for item in failed if "index" in item], failed[:3]
        self.ask("POST", f"/{INDEX}/_refresh")

    def total(self, query):
        return self.ask("POST", f"/{INDEX}/_search?q={query}", {"size": 0, "track_total_hits": True})["hits"]["total"]["value"]

    def cells(self, text):
        body = json.loads(text) | {"size": 0}
        return nested(lambda by: self.ask("POST", f"/{INDEX}/_search", body | {"aggs": by})["aggregations"])


def nested(ask):
    """Counts by all three columns, by aggregations of aggregations. A missing value is one of its own."""
    missing = {"year": -1, "authority_key": "\u0000", "grade": "\u0000"}
    by = None
    for name in reversed(COLUMNS):
        level = {"terms": {"field": name, "size": 10_000, "missing": missing[name]}}
        if by:
            level["aggs"] = by
        by = {"by": level}
    cells = collections.Counter()

    def walk(level, values):
        if len(values) == len(COLUMNS):
            cells[tuple(values)] += level["doc_count"]
            return
        for bucket in level["by"]["buckets"]:
            key = bucket["key"]
            plain = None if key in (-1, -1.0, "\u0000") else str(int(key) if isinstance(key, float) else key)
            walk(bucket, [*values, plain])

    walk(ask(by), [])
    return cells


ENGINES = {"duckdb": DuckDb, "spark": Spark, "tantivy": Tantivy, "lucene": Lucene, "quickwit": Quickwit, "opensearch": OpenSearch}


def sums(cells):
    """The total, and sums by each facet and by all: name, value, count."""
    table = collections.Counter()
    for values, count in cells.items():
        table["total", None] += count
        for facet, value in zip(FACETS, values):
            table[facet, value] += count
        table["all", values] += count
    return table


def expected_counts(quotable, wanted):
    """Queries and what Quotable counts. Those that it refuses, such as a filter that no report passes, are left out."""
    expected = []
    for query in generated_queries(quotable, 2 * wanted):
        if len(expected) == wanted:
            break
        try:
            expected.append((query, sums(quotable.count(query))))
        except Refused:
            continue
    return expected


def change(corpus):
    """Takes a report away, changes one and puts one in that was not there."""
    files = sorted(path for path in corpus.rglob("*") if path.is_file() and ".quotable" not in path.parts)
    files = [path for path in files if path.suffix in (".pdf", ".md", ".txt", ".html", ".docx")]
    files[0].unlink()
    shutil.copy(files[1], files[2])
    note = files[-1].parent / "new visit.txt"
    note.write_text("A visit to Nowhere\n\nCaseloads are high, and children wait. The plans are good.\n\nStaff stay.\n")
    return [files[0], files[2], note]


def check(name, engine, quotable, expected, folder):
    """Asks an engine every query. Returns whether all counts are equal."""
    began = time.monotonic()
    try:
        engine.open(folder)
    except Skipped as reason:
        print(f"SKIPPED: {name}: {reason}")
        return True
    opened = time.monotonic() - began
    asked, refused, cells, differ, slowest = 0, [], 0, [], 0.0
    for query, ours in expected:
        try:
            text = quotable.translate(query, engine.target)
        except Refused as error:
            refused.append((query, str(error).splitlines()[-2].strip()))
            continue
        began = time.monotonic()
        try:
            theirs = sums(engine.cells(text))
        except Refused as error:
            refused.append((query, str(error).splitlines()[1]))
            continue
        slowest = max(slowest, time.monotonic() - began)
        asked += 1
        cells += len(ours | theirs)
        wrong = [(cell, ours[cell], theirs[cell]) for cell in ours | theirs if ours[cell] != theirs[cell]]
        if wrong:
            differ.append((query, text, wrong))
    for query, text, wrong in differ:
        print(f"DIFFERS: {name}: {query}\n  {text}")
        for cell, ours, theirs in wrong[:3]:
            print(f"  {cell}: Quotable {ours}, {name} {theirs}")
    print(
        f"{name}: {asked - len(differ)} of {asked} queries equal, {cells} counts compared; "
        f"{len(refused)} refused; loaded in {opened:.1f} s, slowest query {slowest:.2f} s"
    )
    reasons = collections.Counter(reason for _, reason in refused)
    for reason, count in reasons.most_common():
        print(f"  refused {count}: {reason}")
    if hasattr(engine, "close"):
        engine.close()
    return not differ


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotable")
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--queries", type=int, default=100)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--change", action="store_true")
    how.add_argument("--loaded", action="store_true")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("target/engines"))
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    corpus = arguments.corpus.resolve()
    Node.loaded = arguments.loaded
    if arguments.loaded:
        corpus = work / "corpus" if (work / "corpus").exists() else corpus
    else:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
    if arguments.change:
        shutil.copytree(corpus, work / "corpus", symlinks=True)
        corpus = work / "corpus"
    quotable = Quotable(arguments.quotable, corpus)
    quotable.run("count", "--", "*:*", str(corpus))
    names = [name for name in arguments.engines.split(",") if name]
    formats = set() if arguments.loaded else {ENGINES[name].format for name in names}
    for round in ("first", "changed") if arguments.change else ("first",):
        if round == "changed":
            print("changed:", ", ".join(str(path.relative_to(corpus)) for path in change(corpus)))
            quotable.run("count", "--", "*:*", str(corpus))
        for format in sorted(formats):
            manifest, seconds = quotable.export(format, work / format)
            size = sum(file["bytes"] for file in manifest["files"]) / 1e6
            counts = manifest["counts"]
            print(f"{round} export to {format}: {counts['reports']} reports, {counts['paragraphs']} paragraphs, "
                  f"{size:.1f} MB, {seconds:.1f} s, run {manifest['run']}")
    expected = expected_counts(quotable, arguments.queries)
    found = sum(1 for _, cells in expected if cells)
    print(f"{len(expected)} queries, {found} of them find something")
    results = [check(name, ENGINES[name](), quotable, expected, work / ENGINES[name].format) for name in names]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
