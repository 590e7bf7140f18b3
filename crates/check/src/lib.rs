//! Checks quotations against the index: whether they stand there, where, and how they were changed.
//!
//! # How
//!
//! 1. **As it stands.** The words of the quotation are looked for side by side. Where they stand, letters, signs
//!    and punctuation are compared: [`Exact`](Verdict::Exact), or [`ExactAfterFolding`](Verdict::ExactAfterFolding)
//!    with what folding took away. `57%` is not `57`, and a full stop or comma at the end is no difference.
//! 2. **Candidates.** Otherwise paragraphs with the rarest words and windows of words of the quotation are looked
//!    for, ranked, and the best of them aligned with it word by word: the method is that of Smith and
//!    Waterman (1981) with the affine gaps of Gotoh (1982). An ellipsis stands for any stretch of the paragraph,
//!    a bracket for up to eight words. An ellipsis that swallows the `not` of what it leaves is a negation lost.
//! 3. **Pieces.** What is left over at either end is looked for elsewhere, first in the same report. If it stands
//!    there, the quotation is [`Spliced`](Verdict::Spliced); unless one paragraph has it all in order but for one cut.
//! 4. **Verdict.** Every edit is named, the gravest first: a negation lost or gained, a number, a name. A quotation
//!    whose [similarity](Check::similarity) is below [`ALTERED`] is [`Absent`](Verdict::Absent), and what comes
//!    nearest is shown: it is a likeness and no source.
//!
//! # Similarity
//!
//! The worth of the words that the two share, divided by that worth and the cost of the changes. A word is worth
//! the more the fewer paragraphs it stands in; a long change costs less than many short ones of the same length.
//! What is declared (ellipsis, bracket) costs next to nothing.
//!
//! # Limits
//!
//! Fewer than [`FEWEST`] words are only ever exact or absent. No more than [`LONGEST`] words of a quotation are
//! checked ([`Check::unchecked`] says how many were not). Words are compared, not their sense: a paraphrase is
//! absent. A negation is known by its word or prefix, a name by its capital: what turns the sense round by other
//! words is an ordinary change.

mod about;
mod align;
mod aligner;
mod check;
mod compare;
mod corpus;
mod edit;
mod guess;
mod handle;
mod likeness;
mod options;
mod place;
mod quotation;
mod splice;
mod token;
mod verdict;
mod worth;

pub use about::About;
pub use edit::{Edit, EditKind};
pub use handle::CheckQuotations;
pub use options::CheckOptions;
pub use place::Place;
pub use quotation::{Evidence, Quotation, QuotationKind, QuotedPart, Speaker, quotations, quotations_in};
pub use verdict::{ALTERED, BOILERPLATE, CUT, Check, FEWEST, LONGEST, Verdict};
