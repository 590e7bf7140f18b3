//! Blocks to a report, its themes and its citations. Pure: no files, no index.
mod citation;
mod date;
mod heading;
mod judgement;
mod metadata;
mod paragraph;
mod report;

pub use citation::Citation;
pub use date::{Date, MONTHS, NotADate};
pub use heading::Section;
pub use judgement::{Area, Grade, Judgement, JudgementScope};
pub use metadata::{Authority, Framework, Period};
pub use paragraph::{Pages, Paragraph, Role};
pub use quotable_read::Warning;
pub use report::{Report, ReportKind};
