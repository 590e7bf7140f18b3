"""Articles and reports compared."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Literal, Union, overload

from . import _native
from ._answers import Comparison, FollowUp, SimilarParagraphs, UsedParagraphs, Verdicts
from ._found import Paragraph, Report, Source
from ._options import Day, Duplicates, Names, StrPath, given

Article = Union[str, bytes, "os.PathLike[str]"]
"""An article: its text, the HTML of its page, the bytes of a file, or a ``pathlib.Path``."""


class Comparing:
    """The methods of a corpus that compare."""

    _native: _native.Corpus

    @overload
    def check(
        self,
        article: Article | Iterable[Article],
        *,
        reverse: Literal[False] = False,
        about: str | None = None,
        only: Names = (),
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        name: str | None = None,
    ) -> Verdicts: ...
    @overload
    def check(
        self,
        article: Article | Iterable[Article],
        *,
        reverse: Literal[True],
        about: str | None = None,
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        name: str | None = None,
    ) -> UsedParagraphs: ...
    def check(
        self,
        article: Article | Iterable[Article],
        *,
        reverse: bool = False,
        about: str | None = None,
        only: Names = (),
        authority: str | None = None,
        theme: str | None = None,
        from_: Day | None = None,
        to: Day | None = None,
        codebook: StrPath | None = None,
        duplicates: Duplicates = "once",
        name: str | None = None,
    ) -> Verdicts | UsedParagraphs:
        """Checks every quotation in an article, or in several: which report says so, where, and what was changed.

        An article is its text, or the HTML of its page; a ``pathlib.Path`` or the bytes of a file may be of any format that
        reports come in. A text without any quotation mark is a quotation itself. ``about`` names the report that the article
        is about (``"Marlowe 2018"``, or its path), instead of the one that its quotations, names and dates point to;
        ``"none"`` treats all reports alike. ``only`` lists these verdicts alone. ``name`` is what an article that is no file
        is called.

        ``reverse=True`` is the other way round: each paragraph of the reports that the articles use.

        >>> verdicts = corpus.check("Inspectors said that “care leavers value their personal advisers”.")
        >>> verdicts[0].verdict, verdicts[0].check.places[0].citation.authority
        ('exact-after-folding', 'Wyreham City Council')
        >>> used = corpus.check("“Care leavers value their personal advisers”, they said.", reverse=True)
        >>> used[0].citation.authority, used[0].uses[0].verdict
        ('Wyreham City Council', 'exact')
        """
        options = given(locals())
        if isinstance(article, (str, bytes, os.PathLike)):
            options["articles"] = [_article(article, name)]
        else:
            options["articles"] = [_article(one, name) for one in article]
        answer = self._native.check(options)
        return UsedParagraphs(answer) if reverse else Verdicts(answer)

    def follow(self, target: str | Report | Source) -> FollowUp:
        """Follows what inspections asked for into the next: of an authority, or of one report.

        An authority is named by any of its names or its number; a report by its path, or a part of it that no other has.

        >>> follow = corpus.follow("harrowmere")
        >>> follow[0].kind
        'request'
        """
        return FollowUp(self._native.follow({"target": _target(target)}))

    def similar(self, target: str | Paragraph, *, limit: int = 10) -> SimilarParagraphs:
        """Finds paragraphs like another, or like a text: near copies, and those alike in content.

        A paragraph is given itself, or by its id.

        >>> similar = corpus.similar(corpus.search("unallocated")[0])
        >>> {one.kind for one in similar} <= {"copy", "alike"}
        True
        """
        words = target.id if isinstance(target, Paragraph) else target
        return SimilarParagraphs(self._native.similar({"target": words, "limit": limit}))

    def compare(
        self, left: str | Report | Source, right: str | Report | Source, *, limit: int = 15
    ) -> Comparison:
        """Compares two reports, or what two queries find: sizes, themes, words, and passages that both have.

        A report is named by its path, or a part of it that no other has. ``limit`` is the most words of either side.

        >>> comparison = corpus.compare("grade:inadequate", "grade:good")
        >>> {row.kind for row in comparison} >= {"size", "topic"}
        True
        """
        options = {"left": _target(left), "right": _target(right), "limit": limit}
        return Comparison(self._native.compare(options))


def _target(target: str | Report | Source) -> str:
    return target.path if isinstance(target, (Report, Source)) else target


def _article(article: Any, name: str | None) -> dict[str, Any]:
    if isinstance(article, str):
        return {"name": name or "the text given", "content": _quoted(article).encode(), "file": None}
    if isinstance(article, bytes):
        return {"name": name or "the text given", "content": article, "file": None}
    if isinstance(article, os.PathLike):
        file = os.path.expanduser(os.fspath(article))
        return {"name": name or file, "content": None, "file": file}
    raise TypeError(f"article: give a text, bytes or a path, not {type(article).__name__}")


def _quoted(text: str) -> str:
    marks = "“”\"«»‘„"
    if any(mark in text for mark in marks) or " '" in text or text.startswith("'") or "\n" in text.strip():
        return text
    return f"“{text.strip()}”"
