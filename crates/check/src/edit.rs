//! What was changed.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One difference between a quotation and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Edit {
    /// What kind of difference it is.
    pub kind: EditKind,
    /// The place of the source: an index into [`Check::places`](crate::Check::places).
    pub place: usize,
    /// Where it stands in the quotation: bytes of its text; empty where something is missing.
    pub quoted: Range<usize>,
    /// What the quotation has there.
    pub quoted_text: String,
    /// Where it stands in the source: bytes of the place's text; empty where something was added.
    pub source: Range<usize>,
    /// What the source has there.
    pub source_text: String,
}

/// The kinds of [`Edit`], the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EditKind {
    /// A `not`, `no`, `without` or `un-` of the source is not in the quotation.
    NegationLost,
    /// The quotation has one that the source has not.
    NegationGained,
    /// A number is another, or one is missing or added.
    Number,
    /// A name is another: a word with a capital inside a sentence, or the name of an authority.
    Name,
    /// What follows stands in another place.
    Splice,
    /// Other words stand there.
    Changed,
    /// Words of the quotation are not in the source.
    Added,
    /// Words of the source are missing without an ellipsis.
    Missing,
    /// Another form of the same word: `visit`, `visited`.
    Inflection,
    /// A word that the corpus does not know, a few letters from the one of the source.
    Misspelling,
    /// The same word as others spell it: `organize`.
    Spelling,
    /// The same number written otherwise: `%`, `per cent`; `11`, `eleven`.
    NumberForm,
    /// `isn't` for `is not`, `&` for `and`.
    Contraction,
    /// Words in square brackets stand for words of the source, or for none.
    Bracket,
    /// An ellipsis stands for words of the source.
    Ellipsis,
    /// The first letter is a capital, or is none.
    CaseAtStart,
    /// Capitals elsewhere.
    Case,
    /// Quotation marks or apostrophes of another shape.
    Marks,
    /// Hyphens and dashes, or words written together or apart.
    Dash,
    /// Other punctuation.
    Punctuation,
    /// Spaces and line ends.
    Spacing,
    /// Letters that read the same: ligatures, diacritics, full width.
    Letters,
}

impl EditKind {
    /// True if the words are the same all the same: only what folding takes away differs.
    pub fn is_folded(self) -> bool {
        self >= Self::CaseAtStart
    }

    /// True for what turns the sense round: negations, numbers and names. Such edits come first.
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

    /// What happened, in words.
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
