//! XML as WordprocessingML uses it: most properties hold their value in the attribute `w:val`.

use super::WHAT;
use crate::budget::Budget;
use crate::error::ReadError;
use crate::xml::{self, Attributes, XmlEvent};

/// The values of properties.
pub(super) trait Property {
    /// The attribute `w:val`, which holds the value of most properties.
    fn value(&self) -> Option<&str>;

    /// The value of a toggle property: on, unless `w:val` turns it off (ECMA-376 part 1, 17.17.4).
    fn is_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off" | "none"))
    }
}

impl Property for Attributes {
    fn value(&self) -> Option<&str> {
        self.get("val")
    }
}

/// Calls `take` for each event of a part, as [`xml::for_each_event`] does.
pub(super) fn for_each_event(
    part: &[u8],
    budget: &Budget,
    take: impl FnMut(XmlEvent<'_>) -> Result<(), ReadError>,
) -> Result<bool, ReadError> {
    xml::for_each_event(part, budget, WHAT, take)
}
