//! What is known of a report before it is read.

use quotable_read::RecognisedPage;
use quotable_report::{Framework, ReportKind};
use serde::{Deserialize, Serialize};

/// What is known of a report before it is read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hints {
    pub(crate) kind: Option<ReportKind>,
    pub(crate) framework: Option<Framework>,
    /// The text of pages that hold none of their own.
    pub(crate) recognised: Option<Recognised>,
}

/// What was recognised on the pages of a file that are pictures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recognised {
    /// The number of all pages of the file.
    pub(crate) pages: u32,
    pub(crate) text: Vec<RecognisedPage>,
}
