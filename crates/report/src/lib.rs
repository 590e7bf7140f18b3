//! Understands the blocks of an inspection report: paragraphs, sections, judgements, dates and citations.
//!
//! The crate is pure: it opens no files and knows no index. [`Report::from_document`] takes the blocks that
//! `quotable-read` found in a file and returns a [`Report`], plain data that can be stored, sent and searched:
//!
//! 1. running heads, feet and page numbers are removed;
//! 2. lines are joined into paragraphs, over line ends and page breaks, and every byte keeps its page;
//! 3. printed numbers, bullets, footnotes and tables are told apart;
//! 4. headings make the outline, each with its theme, area of judgement and grade;
//! 5. the title page gives authority, framework, dates and judgements;
//! 6. paragraphs are split into sentences.
//!
//! Press articles are understood too: title, byline, date and text, without the menus, adverts and boxes of the page
//! ([`ReportKind::Article`]).
//!
//! Understanding never fails, except by a time limit. Missing metadata is listed in [`Report::warnings`].
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
mod authority;
mod citation;
mod date;
mod draft;
mod element;
mod field_value;
mod furniture;
mod grade;
mod join;
mod judgement;
mod metadata;
mod outline;
mod pages;
mod paragraph;
mod printed_date;
mod report;
mod section;
mod sentence;
mod trace;
mod understand;
mod unknown_name;

pub use authority::Authority;
pub use citation::{Citation, CitedFacts, OVERALL_AREA, URL_FIELD, url_of};
pub use date::{Date, MONTHS, NotADate, Period};
pub use draft::draft;
pub use field_value::FieldValue;
pub use judgement::{Judgement, JudgementScope};
pub use pages::Pages;
pub use paragraph::{Paragraph, Role};
pub use quotable_profile as profile;
pub use quotable_profile::{
    Area, FieldName, Framework, Grade, NotAName, Profile, ProfileError, Profiles, Scale,
};
pub use quotable_read::{LabelRange, LabelStyle, PageLabels, Warning};
pub use report::{Report, ReportKind};
pub use section::Section;
pub use sentence::sentences;
pub use trace::{RuleTrace, Trace, trace};
pub use understand::Understand;
pub use unknown_name::UnknownName;

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
