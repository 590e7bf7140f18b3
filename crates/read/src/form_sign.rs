//! How the boxes of forms are written in text, whatever the format of the file.

/// The sign of a box that is ticked: U+2612, as word processors print it.
pub(crate) const TICKED: &str = "☒";

/// The sign of a box that is not ticked.
pub(crate) const UNTICKED: &str = "☐";
