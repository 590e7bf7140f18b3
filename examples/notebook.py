# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # From a folder of reports to a table and a chart
#
# A question: **do reports speak more of work that is given to nobody, and how sure is that?** The reports are the sample
# corpus, whose authorities are invented. Open this file in Jupyter with [jupytext](https://jupytext.readthedocs.io), or read
# it as it is; the last cells write `table.md`, `table.csv`, `trend.svg` and `sources.bib`.

# %%
import os
from pathlib import Path

import quotable

FOLDER = os.environ.get("QUOTABLE_REPORTS", "../corpus/reports")
OUT = Path(os.environ.get("QUOTABLE_OUT", "."))

# %% [markdown]
# ## What is there
#
# Opening reads what is new. Every file is a row, with what was found on its pages; files that could not be read are rows too.

# %%
corpus = quotable.open(FOLDER)
corpus

# %%
reports = corpus.reports().to_pandas()
reports[["authority", "series", "published", "overall", "paragraphs", "words"]].head(8)

# %% [markdown]
# ## What is said
#
# First read some quotations: what does the word stand for? Each comes with its citation.

# %%
corpus.search("unallocated", limit=5)

# %%
corpus.kwic("unalloc*", words=6, sort="right", limit=12)

# %% [markdown]
# Which words stand near it? logDice says how strong the bond is, G2 how sure.

# %%
corpus.collocates("unalloc*", min_count=2, limit=12)

# %% [markdown]
# One word is not all ways of saying it. The built-in code book has a query for the idea, by its name.

# %%
narrow, wide = corpus.count("unalloc*").total, corpus.count("@unallocated-work").total
print(f"unalloc*: {narrow.occurrences} in {narrow.reports} reports")
print(f"@unallocated-work: {wide.occurrences} in {wide.reports} of {wide.all_reports} reports")
assert wide.reports >= narrow.reports

# %% [markdown]
# ## How much, by year
#
# Counts without totals say little: years have more reports than others. The table has the words of each year, the rate, and
# the exact Poisson interval of 95 %.

# %%
trend = corpus.trend("@unallocated-work", by="year")
by_year = trend.to_pandas()
columns = ["period", "occurrences", "reports", "all_reports", "all_words", "per_10_000_words", "rate_low", "rate_high"]
by_year[columns].round(2)

# %% [markdown]
# Intervals overlap from year to year: this corpus is too small to speak of a trend, and the picture says so.

# %%
trend.svg()

# %% [markdown]
# ## Where it is said
#
# By the grade of the whole report, without paragraphs that many reports share word for word.

# %%
by_grade = corpus.count("@unallocated-work", by="overall", no_boilerplate=True)
by_grade

# %%
grades = by_grade.to_pandas()
# The sum of the rows is the total: nothing is lost, and nothing counted twice.
assert grades["occurrences"].sum() == by_grade.total.occurrences

# %% [markdown]
# ## What a newspaper says of it

# %%
corpus.check("Inspectors wrote that “care leavers value their personal advisers”, and that “every child has waited for years”.")

# %% [markdown]
# ## To publish
#
# The table says where its numbers come from: the query, the corpus and the version, so that others can count again.

# %%
provenance = by_grade.provenance
note = f"Query: {provenance.query}. Corpus {provenance.corpus_hash[:12]}, {provenance.reports} reports. Quotable {provenance.version}."
published = grades[["overall", "occurrences", "reports", "all_reports", "per_10_000_words"]].rename(
    columns={"overall": "grade", "all_reports": "of", "per_10_000_words": "per 10,000 words"}
)
published["grade"] = published["grade"].fillna("not known")
published["per 10,000 words"] = published["per 10,000 words"].round(2)
head = "| " + " | ".join(published.columns) + " |\n" + "|---" * len(published.columns) + "|\n"
rows = "".join("| " + " | ".join(map(str, row)) + " |\n" for row in published.itertuples(index=False))
(OUT / "table.md").write_text(head + rows + f"\n{note}\n", encoding="utf-8")
grades.to_csv(OUT / "table.csv", index=False)
(OUT / "trend.svg").write_text(trend.svg(), encoding="utf-8")
# Every report that is counted, with its paragraphs, for LaTeX; `to_csl()` is for Zotero.
(OUT / "sources.bib").write_text(corpus.search("@unallocated-work").to_bibtex(), encoding="utf-8")
print(head + rows + "\n" + note)
