//! What is known of a report before it is read.

use quotable_report::{Framework, ReportKind};
use serde::{Deserialize, Serialize};

/// What is known of a report before it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hints {
    pub(crate) kind: Option<ReportKind>,
    pub(crate) framework: Option<Framework>,
}
