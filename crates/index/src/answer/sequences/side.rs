//! The two sides from which two parts can be compared.

use super::gram::{Part, Thresholds};
use super::parts::Parts;
use super::spread::Sizes;

/// One of two parts as the target, with the other as the reference.
pub(crate) struct Side {
    /// True if the reference of the parts is the target here.
    is_turned: bool,
    /// The amounts of text, as seen from this side.
    pub(crate) sizes: Sizes,
    /// What the target of this side must have of a sequence.
    pub(super) thresholds: Thresholds,
}

impl Side {
    /// The target as it is.
    pub(crate) fn of_target(parts: &Parts, thresholds: impl FnOnce(&Sizes) -> Thresholds) -> Self {
        Self::new(parts, false, thresholds)
    }

    /// The reference as the target. Boilerplate that is counted apart then counts nowhere.
    pub(crate) fn of_reference(parts: &Parts, thresholds: impl FnOnce(&Sizes) -> Thresholds) -> Self {
        Self::new(parts, true, thresholds)
    }

    fn new(parts: &Parts, is_turned: bool, thresholds: impl FnOnce(&Sizes) -> Thresholds) -> Self {
        let sizes = Sizes::of(parts, |part| seen(part, is_turned));
        let thresholds = thresholds(&sizes);
        Self { is_turned, sizes, thresholds }
    }

    /// What a paragraph counts for here.
    #[inline]
    pub(super) fn part(&self, part: Part) -> Part {
        seen(part, self.is_turned)
    }
}

/// What a part is if the reference is the target.
#[inline]
fn seen(part: Part, is_turned: bool) -> Part {
    match part {
        _ if !is_turned => part,
        Part::Target => Part::Reference,
        Part::Reference => Part::Target,
        Part::TargetBoilerplate | Part::Neither => Part::Neither,
    }
}
