#!/usr/bin/env python3
"""Check the expected answers of the sample corpus against its sources.

    python3 corpus/sources/expect.py           # check queries.toml and expected/quotations.toml; exit 1 on a difference
    python3 corpus/sources/expect.py --write   # update the counts in queries.toml

The counts come from the sources, independently of Quotable, so that they can test it. A word is letters and digits with inner apostrophes; a hyphen or slash is a space; case, accents and
the kind of quotation mark do not matter.
"""
import re
import sys
import tomllib
import unicodedata

sys.dont_write_bytecode = True
from build import CORPUS, HERE, load, plain, target_of

BODY, HEADINGS = {"p", "num", "bullet", "line"}, {"h1", "h2", "h3", "bold"}


def fold(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-", 0x2026: "..."})
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", text).strip()


def words(text):
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", fold(text))


def units():
    """Yield (path, kind, printed number or None, heading above, text) for every unit of every report."""
    for path in sorted(HERE.glob("*.src")):
        meta, blocks = load(path)
        heading = ""
        for kind, value in blocks:
            number = None
            if kind == "num":
                number, value = value
            if kind in HEADINGS and kind != "bold":
                heading = plain(value)
            if kind in BODY | HEADINGS:
                yield str(target_of(meta).relative_to(CORPUS / "reports")), kind, number, heading, plain(value)


def hits(term, tokens):
    """Count the occurrences of `term` in `tokens`; `*` after letters is any ending, and `*` alone is any one word."""
    pattern = [re.compile(re.escape(w).replace(r"\*", r".*") if w != "*" else ".*") for w in
               (words(term) if "*" not in term else fold(term).split())]
    n = len(pattern)
    return sum(all(p.fullmatch(t) for p, t in zip(pattern, tokens[i:i + n])) for i in range(len(tokens) - n + 1))


def count(spec, kinds, everything):
    paragraphs = occurrences = 0
    reports = set()
    for path, kind, _, _, text in everything:
        if kind not in kinds:
            continue
        tokens = words(text)
        every = [hits(t, tokens) for t in spec.get("all", [])]
        some = [hits(t, tokens) for t in spec.get("any", [])]
        if all(every) and (not some or any(some)) and not any(hits(t, tokens) for t in spec.get("none", [])):
            paragraphs += 1
            occurrences += sum(every) + sum(some)
            reports.add(path)
    return {"paragraphs": paragraphs, "occurrences": occurrences, "reports": len(reports)}


def check_queries(everything, write):
    path = CORPUS / "queries.toml"
    text = path.read_text(encoding="utf-8")
    wrong = []
    for q in tomllib.loads(text)["query"]:
        found = count(q["spec"], BODY, everything)
        more = count(q["spec"], HEADINGS, everything)
        want = {**found, "in_headings": more["paragraphs"]}
        if write:
            at = text.index(f'id = "{q["id"]}"')
            end = text.find("[[query]]", at)
            end = len(text) if end < 0 else end
            part = text[at:end]
            for key, value in want.items():
                part = re.sub(rf"^{key} = \d+$", f"{key} = {value}", part, flags=re.M)
            text = text[:at] + part + text[end:]
        else:
            wrong += [f'{q["id"]}: {k} is {v}, not {q[k]}' for k, v in want.items() if q[k] != v]
        first = q.get("first")
        if first and not any(p == first["report"] and n == first["paragraph"] and count(q["spec"], {k}, [(p, k, n, h, t)])["paragraphs"]
                             for p, k, n, h, t in everything if k == "num"):
            wrong.append(f'{q["id"]}: the first paragraph does not match')
    if write:
        path.write_text(text, encoding="utf-8")
    return wrong


def check_quotations(everything):
    wrong = []
    for q in tomllib.loads((CORPUS / "expected/quotations.toml").read_text(encoding="utf-8"))["quotation"]:
        name = f'{q["article"]} “{q["text"][:40]}”'
        article = fold((CORPUS / "articles" / q["article"]).read_text(encoding="utf-8"))
        # An article repeats the opening mark where a quotation goes on in the next paragraph.
        if fold(q["text"]).replace('"', "") not in article.replace('"', ""):
            wrong.append(f"{name}: not in the article")
        for place in q.get("places", []):
            got = [t for p, _, n, h, t in everything
                   if p == place["report"] and (n == place["paragraph"] if "paragraph" in place else h == place.get("section", "")) and fold(place["source"]) in fold(t)]
            if not got:
                wrong.append(f"{name}: source not found in {place}")
            same = lambda f: any(f(q["text"].rstrip(",.")) in f(t) for t in got)
            if q["verdict"] == "exact" and not same(lambda s: s) or q["verdict"] == "exact-after-folding" and (same(lambda s: s) or words(q["text"]) and " ".join(words(q["text"])) not in " ".join(words(" ".join(got)))):
                wrong.append(f"{name}: not {q['verdict']}")
        folded = " ".join(words(q["text"]))
        if q["verdict"] in ("altered", "spliced", "absent") and any(folded in " ".join(words(t)) for *_, t in everything):
            wrong.append(f"{name}: occurs word for word in a report")
    return wrong


if __name__ == "__main__":
    everything = list(units())
    problems = check_queries(everything, "--write" in sys.argv) + check_quotations(everything)
    print("\n".join(problems) or f"{len(everything)} units agree")
    sys.exit(bool(problems))
