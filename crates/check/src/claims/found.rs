//! Claims as they are found in a paragraph, before they are held to a report.

use std::ops::Range;

use crate::claim::Claim;
use crate::days::NamedDay;

/// A claim and its bytes in the paragraph.
pub(super) struct Found {
    pub(super) bytes: Range<usize>,
    pub(super) claim: Claim,
    /// For a day, what is said of it.
    pub(super) named: Option<Named>,
}

/// What is said of a day.
pub(super) enum Named {
    Published(NamedDay),
    Inspected(NamedDay),
    /// That it is of another report on the authority.
    Other(NamedDay),
    /// Nothing: the report may name it.
    Day(NamedDay),
}
