#!/usr/bin/env python3
"""Compares the statistics of quotable with NLTK and scipy, on a real collection.

    python3 -m venv venv && venv/bin/pip install nltk scipy conc
    venv/bin/python benches/reference_stats.py target/debug/quotable FOLDER [--index INDEX]

Runs collocates, keywords, words and trend with --format csv, computes every measure again from the counts that the rows
print, and reports the greatest relative difference of each. Exits with 1 if one is above 1e-9, and with 0 and a note where
NLTK or scipy are missing; conc, which brings spaCy and polars, is optional: its keyness is given our counts. Counts themselves are compared with other commands: frequencies with count, and dispersion
is computed from count --by report. On 211 reports (1.7 million words; NLTK 3.10, scipy 1.17, conc 0.1) the greatest
difference of some 1,600 rows is 4e-10, of Fisher's test, whose sum scipy cuts earlier; of all others it is at most 1e-10.
"""

import argparse
import csv
import io
import math
import subprocess
import sys

try:
    from nltk.metrics.association import BigramAssocMeasures as Nltk
    from scipy import stats
except ImportError as error:
    print(f"skipped: {error}; pip install nltk scipy")
    sys.exit(0)

try:
    import polars
    from conc import keyness as conc_keyness
except ImportError as error:
    conc_keyness = None
    print(f"without conc: {error}")

LIMIT = 1e-9


class Differences:
    """The greatest relative difference of each measure, with the row that has it."""

    def __init__(self):
        self.greatest = {}

    def add(self, measure, found, expected, row):
        found = float(found)
        if found == expected:
            difference = 0.0
        elif max(abs(found), abs(expected)) < 1e-290:
            difference = 0.0  # at the end of what doubles hold
        else:
            # Differences of G2 and t cancel near nought: there, digits of the terms count.
            difference = abs(found - expected) / max(abs(found), abs(expected))
        known = self.greatest.setdefault(measure, (-1.0, 0, "", 0.0, 0.0))
        if difference > known[0]:
            self.greatest[measure] = (difference, known[1] + 1, row, found, expected)
        else:
            self.greatest[measure] = (known[0], known[1] + 1, *known[2:])

    def report(self):
        bad = False
        print(f"{'measure':<36}{'values':>8}  {'greatest':>10}  row")
        for measure, (difference, number, row, found, expected) in sorted(self.greatest.items()):
            mark = ""
            if difference > LIMIT:
                bad, mark = True, f"  DIFFERS: {found!r} is not {expected!r}"
            print(f"{measure:<36}{number:>8}  {difference:>10.1e}  {row}{mark}")
        return bad


def run(options, arguments):
    command = [options.quotable, *arguments, options.folder, "--format", "csv", "--raw"]
    if options.index:
        command += ["--index", options.index, "--no-refresh"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 2:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def log_likelihood(a, b, c, d):
    table = [[a, b], [c, d]]
    if min(a + b, c + d, a + c, b + d) == 0:
        return 0.0
    return stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic


def collocates(options, differences, query, extra):
    for row in run(options, ["collocates", query, "--all", *extra]):
        o, near = int(row["observed"]), int(row["window_words"])
        f, total, node = int(row["frequency"]), int(row["words"]), int(row["occurrences"])
        marginals = (o, (near, f), total)
        table = [[o, near - o], [f - o, total - near - f + o]]
        expected = near * f / total
        label = f"{query}: {row['collocate']}"
        add = lambda name, value: differences.add(f"collocates {name}", row[name], value, label)
        add("expected", expected)
        g2 = Nltk.likelihood_ratio(*marginals)
        add("log_likelihood", g2)
        add("p", stats.chi2.sf(float(row["log_likelihood"]), 1))
        add("mi", Nltk.pmi(*marginals))
        add("mi3", math.log2(o**3 / expected))
        add("t_score", Nltk.student_t(*marginals))
        add("z_score", (o - expected) / math.sqrt(expected))
        add("dice", Nltk.dice(*marginals))
        add("chi_squared", stats.chi2_contingency(table, correction=False).statistic)
        add("fisher", stats.hypergeom.sf(o - 1, total, f, near))
        add("log_dice", 14 + math.log2(2 * o / (node + f)))
        positions = sum(int(row[name] or 0) for name in row if name[0] in "LR" and name[1:].isdigit())
        if max(int(row["window_left"]), int(row["window_right"])) <= 10:
            add_positions = differences.add
            add_positions("collocates positions add up", positions, o, label)


def keywords(options, differences, arguments):
    for row in run(options, ["keywords", *arguments, "--all"]):
        a, b = int(row["count"]), int(row["reference_count"])
        here, there = int(row["target_words"]), int(row["reference_words"])
        table = (a, b, here - a, there - b)
        label = row["words"]
        add = lambda name, value: differences.add(f"keywords {name}", row[name], value, label)
        both = here + there
        term = lambda count, size: count * math.log(count * both / (size * (a + b))) if count else 0.0
        add("per_10_000_words", a / here * 1e4)
        add("log_likelihood", 2 * (term(a, here) + term(b, there)))
        g2 = log_likelihood(*table)
        add("log_likelihood_of_table", g2)
        add("p", stats.chi2.sf(float(row["log_likelihood_of_table"]), 1))
        add("chi_squared", stats.chi2_contingency([table[:2], table[2:]], correction=False).statistic)
        add("log_ratio", math.log2((a / here) / ((b or 0.5) / there)))
        add("simple_maths", (a / here * 1e6 + 1) / (b / there * 1e6 + 1))
        if b:
            add("percent_difference", (a / here - b / there) / (b / there) * 100)
            add("odds_ratio", stats.contingency.odds_ratio([table[:2], table[2:]], kind="sample").statistic)


class Counted:
    """The counts of one part in place of a corpus of conc, which would cut words by rules of its own."""

    name = "counts"

    def __init__(self, counts, words):
        self.counts, self.words = counts, words

    def get_token_count_text(self, exclude_punctuation=True):
        return self.words, "words", "words"


class Frequencies:
    """In place of conc's Frequency: the table that it makes of a corpus."""

    def __init__(self, counted):
        self.counted = counted

    def frequencies(self, normalize_by, **_):
        found = [(word, count) for word, count in self.counted.counts.items() if count]
        table = polars.DataFrame(
            {
                "rank": range(1, len(found) + 1),
                "token": [word for word, _ in found],
                "frequency": [count for _, count in found],
                "document_frequency": [1] * len(found),
                "normalized_frequency": [count * normalize_by / self.counted.words for _, count in found],
            }
        )
        return type("Table", (), {"to_frame": lambda _: table})()


def keywords_by_conc(options, differences, arguments):
    """conc's own keyness of the counts that the rows print."""
    rows = {row["words"]: row for row in run(options, ["keywords", *arguments, "--all"])}
    some = next(iter(rows.values()))
    part = lambda count, words: Counted({word: int(row[count]) for word, row in rows.items()}, int(some[words]))
    conc_keyness.Frequency = Frequencies
    keyness = conc_keyness.Keyness(part("count", "target_words"), part("reference_count", "reference_words"))
    found = keyness.keywords(page_size=0, handle_common_typographic_differences=False).df
    for token, log_ratio, g2 in found.select("token", "log_ratio", "log_likelihood").iter_rows():
        row = rows[token]
        differences.add("keywords log_ratio (conc)", row["log_ratio"], log_ratio, token)
        differences.add("keywords log_likelihood (conc)", row["log_likelihood"], g2, token)


def dispersion(options, differences, words):
    rows = {row["words"]: row for row in run(options, ["words", "--all", "--function-words"])}
    for word in words:
        row = rows[word]
        parts = [
            (int(part["occurrences"]), int(part["all_words"])) for part in run(options, ["count", word, "--by", "report"])
        ]
        parts = [(count, size) for count, size in parts if size > 0]
        total, found = sum(size for _, size in parts), sum(count for count, _ in parts)
        add = lambda name, value: differences.add(f"words {name}", row[name], value, word)
        add("count", found)
        add("reports", sum(count > 0 for count, _ in parts))
        dp = sum(abs(count / found - size / total) for count, size in parts) / 2
        add("dp", dp)
        add("dp_norm", dp / (1 - min(size for _, size in parts) / total))
        rates = [count / size for count, size in parts]
        mean = sum(rates) / len(rates)
        deviation = math.sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates))
        add("juilland_d", 1 - deviation / mean / math.sqrt(len(rates) - 1))


def trend(options, differences, queries):
    for row in run(options, ["trend", *queries]):
        count, words = int(row["occurrences"]), int(row["all_words"])
        reports, all_reports = int(row["reports"]), int(row["all_reports"])
        label = f"{row['series']} {row['period']}"
        add = lambda name, value: differences.add(f"trend {name}", row[name], value, label)
        add("per_10_000_words", count / words * 1e4)
        add("rate_low", stats.chi2.ppf(0.025, 2 * count) / 2 / words * 1e4 if count else 0.0)
        add("rate_high", stats.chi2.isf(0.025, 2 * count + 2) / 2 / words * 1e4)
        share = stats.binomtest(reports, all_reports).proportion_ci(0.95, method="wilson")
        add("share_of_reports", reports / all_reports)
        add("share_low", share.low)
        add("share_high", share.high)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotable", help="the binary")
    parser.add_argument("folder", help="the folder of reports")
    parser.add_argument("--index", help="an index that is up to date")
    parser.add_argument("--query", default="care", help="a frequent word of the collection")
    parser.add_argument("--target", default="grade:inadequate", help="the target of keywords")
    options = parser.parse_args()
    differences = Differences()
    collocates(options, differences, options.query, ["--function-words"])
    collocates(options, differences, options.query, ["--left", "3", "--right", "1", "--within", "sentence"])
    keywords(options, differences, ["--in", options.target, "--words", "1-3"])
    if conc_keyness:
        keywords_by_conc(options, differences, ["--in", options.target])
    dispersion(options, differences, [options.query, "the", "children", "good", "staff"])
    trend(options, differences, [options.query, "plan*", '"social worker*"'])
    sys.exit(1 if differences.report() else 0)


if __name__ == "__main__":
    main()
