//! Checks quotations against an index: whether a report has the words, where, and how they were changed.
//!
//! # Method
//!
//! 1. **Verbatim.** The words of the quotation are searched as a phrase. Where they are found, letters, signs and
//!    punctuation are compared: [`Exact`](Verdict::Exact), or [`ExactAfterFolding`](Verdict::ExactAfterFolding) with the
//!    differences that folding removes. `57%` differs from `57`; a full stop or comma at the end does not count.
//! 2. **Candidates.** Otherwise, paragraphs with the rarest words and some short phrases of the quotation are searched and
//!    ranked, and the best are aligned with it word by word, by the method of Smith and Waterman (1981) with the affine gaps
//!    of Gotoh (1982). An ellipsis replaces any number of words, a bracket up to eight. An ellipsis that removes the `not`
//!    of the words that it keeps is a lost negation.
//! 3. **Pieces.** Words left over at either end are searched elsewhere, first in the same report. If they are found, the
//!    quotation is [`Spliced`](Verdict::Spliced), unless one paragraph has all of it in order with one cut.
//! 4. **Verdict.** Every edit is named, the gravest first: a negation lost or gained, a number, a name. A quotation with a
//!    [similarity](Check::similarity) below [`ALTERED`] is [`Absent`](Verdict::Absent); the most similar place is then shown
//!    as a likeness, not as its source.
//!
//! # Articles
//!
//! [`CheckArticles::check_article`] checks a whole article. It first asks which reports the article is about: quotations of
//! four words or more that stand in few reports vote, and names and days in the text add to that; a report younger than
//! the article is none of them. Each quotation is judged by these reports first. Words that stand in other reports alone
//! are [`Elsewhere`](Verdict::Elsewhere), and [`InAbout`] says what became of them in the right one. Consecutive paragraphs
//! of one report that a quotation runs over are one place. Passages that the article takes over without quotation marks,
//! and claims about grades, paragraphs, days and numbers of children, are found in its prose and held to the same reports.
//! [`used_paragraphs`] turns the answer round: which paragraphs of the reports do articles use?
//!
//! # Similarity
//!
//! The weight of the words that the quotation shares with its source, divided by that weight plus the cost of the changes.
//! The fewer paragraphs have a word, the more it weighs. One long change costs less than several short ones of the same
//! total length. Declared changes (ellipsis, bracket) cost next to nothing.
//!
//! # Limits
//!
//! A quotation of fewer than [`FEWEST`] words is exact or absent. At most [`LONGEST`] words of a quotation are checked;
//! [`Check::unchecked`] counts the others. Words are compared, not meanings: a paraphrase is absent. Negations are recognised
//! by a word or prefix, names by a capital; a meaning reversed by other words counts as an ordinary change.

mod about;
mod addressed;
mod align;
mod aligner;
mod article;
mod check;
mod claim;
mod claims;
mod compare;
mod corpus;
mod dateline;
mod days;
mod edit;
mod forms;
mod guess;
mod handle;
mod mentions;
mod named;
mod options;
mod place;
mod quotation;
mod reopened;
mod reverse;
mod splice;
mod token;
mod unmarked;
mod verbatim;
mod verdict;
mod vocabulary;
mod whole;

pub use about::{About, AboutReport};
pub use article::{ArticleCheck, CheckedText};
pub use claim::{Claim, ClaimKind};
pub use days::EARLY_DAYS;
pub use edit::{Edit, EditKind};
pub use handle::{CheckArticles, CheckQuotations};
pub use options::CheckOptions;
pub use place::Place;
pub use quotation::{
    Evidence, FirstQuotations, Quotation, QuotationKind, QuotedPart, Speaker, first_quotations,
    first_quotations_in, quotations, quotations_in,
};
pub use reverse::{Use, UsedParagraph, used_paragraphs};
pub use verdict::{ALTERED, BOILERPLATE, CUT, Check, FEWEST, InAbout, LONGEST, Verdict};

/// Compiles and runs the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
