//! An article, checked whole.

use serde::{Deserialize, Serialize};

use crate::about::About;
use crate::quotation::Quotation;
use crate::verdict::Check;

/// Text of an article and the check of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckedText {
    /// The text, where it is, and whose it is.
    pub quotation: Quotation,
    /// The check.
    pub check: Check,
}

/// An article, checked whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ArticleCheck {
    /// What the article is about; `None` if neither names nor quotations tell.
    pub about: Option<About>,
    /// The quotations, in the order in which they begin: those that were checked.
    pub quotations: Vec<CheckedText>,
    /// The number of all quotations, those beyond the limit included.
    pub total: u64,
    /// Passages of the reports that the article is about, taken over without quotation marks, in their order in the
    /// article: of kind [`Unmarked`](crate::QuotationKind::Unmarked).
    pub passages: Vec<CheckedText>,
    /// Claims about those reports, in their order in the article: of kind [`Claim`](crate::QuotationKind::Claim).
    pub claims: Vec<CheckedText>,
}

impl ArticleCheck {
    /// Quotations, passages and claims, in this order.
    pub fn all(&self) -> impl Iterator<Item = &CheckedText> {
        self.quotations.iter().chain(&self.passages).chain(&self.claims)
    }
}
