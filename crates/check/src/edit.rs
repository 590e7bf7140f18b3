//! Differences between a quotation and its source.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use quotable_report::UnknownName;
use serde::{Deserialize, Serialize};

/// One difference between a quotation and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Edit {
    /// The kind of difference.
    pub kind: EditKind,
    /// The source: an index into [`Check::places`](crate::Check::places).
    pub place: usize,
    /// The changed part of the quotation: bytes of its text; empty if the quotation lacks something.
    pub quoted: Range<usize>,
    /// The text of that part.
    pub quoted_text: String,
    /// The changed part of the source: bytes of the place's text; empty if the quotation adds something.
    pub source: Range<usize>,
    /// The text of that part.
    pub source_text: String,
}

/// The kinds of [`Edit`], the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EditKind {
    /// The quotation lacks a `not`, `no`, `without` or `un-` of the source.
    NegationLost,
    /// The quotation has a negation that the source lacks.
    NegationGained,
    /// A number was changed, left out or added.
    Number,
    /// A name was changed: a word with a capital inside a sentence, or part of the name of an authority.
    Name,
    /// The words from here on come from another place.
    Splice,
    /// Words were replaced by others.
    Changed,
    /// The quotation has words that the source lacks.
    Added,
    /// Words of the source were left out without an ellipsis.
    Missing,
    /// Another form of the same word: `visit`, `visited`.
    Inflection,
    /// A word that the corpus lacks, one or two letters from the word of the source.
    Misspelling,
    /// The same word in American or British spelling: `organize`.
    Spelling,
    /// The same number in another form: `%`, `per cent`; `11`, `eleven`.
    NumberForm,
    /// `isn't` for `is not`, `&` for `and`.
    Contraction,
    /// Square brackets replace words of the source or insert words.
    Bracket,
    /// An ellipsis replaces words of the source.
    Ellipsis,
    /// The first letter of the quotation differs in case.
    CaseAtStart,
    /// Letters elsewhere differ in case.
    Case,
    /// Quotation marks or apostrophes of another shape.
    Marks,
    /// Hyphens and dashes, or words written together or apart.
    Dash,
    /// Other punctuation.
    Punctuation,
    /// Spaces and line ends.
    Spacing,
    /// Letters of another shape that fold to the same: ligatures, diacritics, full width.
    Letters,
}

impl EditKind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 22] = [
        Self::NegationLost,
        Self::NegationGained,
        Self::Number,
        Self::Name,
        Self::Splice,
        Self::Changed,
        Self::Added,
        Self::Missing,
        Self::Inflection,
        Self::Misspelling,
        Self::Spelling,
        Self::NumberForm,
        Self::Contraction,
        Self::Bracket,
        Self::Ellipsis,
        Self::CaseAtStart,
        Self::Case,
        Self::Marks,
        Self::Dash,
        Self::Punctuation,
        Self::Spacing,
        Self::Letters,
    ];

    /// True if the words are equal after folding: only case, shapes of marks, dashes, punctuation or spacing differ.
    pub fn is_folded(self) -> bool {
        self >= Self::CaseAtStart
    }

    /// True for edits that change the meaning: negations, numbers and names. They are sorted first.
    pub fn is_grave(self) -> bool {
        self <= Self::Name
    }

    /// The name used in tables and JSON: `negation-lost`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NegationLost => "negation-lost",
            Self::NegationGained => "negation-gained",
            Self::Number => "number",
            Self::Name => "name",
            Self::Splice => "splice",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Missing => "missing",
            Self::Inflection => "inflection",
            Self::Misspelling => "misspelling",
            Self::Spelling => "spelling",
            Self::NumberForm => "number-form",
            Self::Contraction => "contraction",
            Self::Bracket => "bracket",
            Self::Ellipsis => "ellipsis",
            Self::CaseAtStart => "case-at-start",
            Self::Case => "case",
            Self::Marks => "marks",
            Self::Dash => "dash",
            Self::Punctuation => "punctuation",
            Self::Spacing => "spacing",
            Self::Letters => "letters",
        }
    }

    /// A short description for people: `a negation was lost`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NegationLost => "a negation was lost",
            Self::NegationGained => "a negation was gained",
            Self::Number => "a number was changed",
            Self::Name => "a name was changed",
            Self::Splice => "joined to what stands elsewhere",
            Self::Changed => "words were changed",
            Self::Added => "words were added",
            Self::Missing => "words are missing",
            Self::Inflection => "another form of the word",
            Self::Misspelling => "misspelt",
            Self::Spelling => "spelt otherwise",
            Self::NumberForm => "the number written otherwise",
            Self::Contraction => "contracted or written out",
            Self::Bracket => "put in brackets",
            Self::Ellipsis => "left out, with an ellipsis",
            Self::CaseAtStart => "first letter",
            Self::Case => "capitals",
            Self::Marks => "shape of marks",
            Self::Dash => "hyphen or dash",
            Self::Punctuation => "punctuation",
            Self::Spacing => "spacing",
            Self::Letters => "shape of letters",
        }
    }
}

impl fmt::Display for EditKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for EditKind {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind.in_words())?;
        match (self.source_text.as_str(), self.quoted_text.as_str()) {
            ("", "") => Ok(()),
            (source, "") => write!(f, ": “{source}”"),
            ("", quoted) => write!(f, ": “{quoted}”"),
            (source, quoted) => write!(f, ": “{source}” → “{quoted}”"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_parsed_by_their_names() {
        for kind in EditKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert!(EditKind::ALL.is_sorted() && "typo".parse::<EditKind>().is_err());
    }
}
