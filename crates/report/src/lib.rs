//! Understands the blocks of an inspection report: paragraphs, sections, judgements, dates and citations.
//!
//! The crate is pure: it opens no files and knows no index. [`Report::from_document`] takes what a reader found
//! in a file and gives a [`Report`], plain data that can be stored, sent and searched:
//!
//! 1. running heads, feet and page numbers are set aside;
//! 2. lines are joined into paragraphs, over line ends and page breaks, each byte knowing its page;
//! 3. printed numbers, bullets, footnotes and tables are told apart;
//! 4. headings make the outline, with the theme, area and grade that each stands for;
//! 5. the title page gives authority, framework, dates and judgements;
//! 6. paragraphs are cut into sentences.
//!
//! A press article is understood too: its title, byline, date and text, without the menus, adverts and boxes of its
//! page ([`ReportKind::Article`]).
//!
//! Understanding never fails, unless it is given a time. What was not understood is missing, and [`Report::warnings`]
//! says so.
//!
//! ```
//! use std::path::Path;
//! use quotable_read::{Budget, Readers};
//! use quotable_report::{Citation, Report};
//!
//! let text = "Inspection of Westmere local authority children’s services\n\n\
//!             Inspection dates: 3 to 14 June 2024\n\n\
//!             1. Too many children wait for a social worker.\n";
//! let document = Readers::default().read(Path::new("westmere.txt"), text.as_bytes(), &Budget::default())?;
//! let report = Report::from_document(&document, "westmere.txt");
//! let last = report.paragraphs.len() - 1;
//! assert_eq!(report.paragraphs[last].number.as_deref(), Some("1"));
//! let citation = Citation::of(&report, last, 0..3).unwrap();
//! assert!(citation.to_string().starts_with("Westmere, Inspection of children’s services (ILACS)"));
//! # Ok::<(), quotable_read::ReadError>(())
//! ```

mod article;
mod citation;
mod date;
mod furniture;
mod heading;
mod join;
mod judgement;
mod metadata;
mod outline;
mod paragraph;
mod quotation;
mod report;
mod sentence;
pub mod theme;
mod understand;
mod unit;

pub use citation::Citation;
pub use date::{Date, MONTHS, NotADate};
pub use heading::Section;
pub use judgement::{Area, Grade, Judgement, JudgementScope};
pub use metadata::{Authority, Framework, Period};
pub use paragraph::{Pages, Paragraph, Role};
pub use quotable_read::Warning;
pub use quotation::{Evidence, Quotation, QuotationKind, QuotedPart, Speaker, quotations, quotations_in};
pub use report::{Report, ReportKind};
pub use sentence::sentences;
