//! An inspectorate as data: how to recognise a series of reports, and where its facts are printed.
//!
//! A [`Profile`] is a TOML file. It says by which lines a report of the series is recognised, where authority, dates,
//! inspectors and judgements are printed, which grades there are and how they rank, how paragraphs are numbered, and what
//! sections are about. [`Profiles`] is the set that an index reads reports by: those that come with this crate, and a
//! user's own from a folder. A [`Register`] lists authorities with all their names, so that one authority has one key.
//!
//! The crate holds data and parses it; `quotable-report` applies it. [`PROFILES.md`](mod@format) describes the files.
//!
//! ```
//! use quotable_profile::Profiles;
//!
//! let toml = r#"
//!     name = "harbour"
//!     title = "Harbour inspection"
//!     [recognise]
//!     all = ['^Inspection of the harbour of ']
//!     [authority]
//!     name = [{ pattern = '^Inspection of the harbour of (?P<v>.+)$' }]
//! "#;
//! let (profiles, errors) = Profiles::built_in().with([("harbour.toml".into(), toml.into())]);
//! assert!(errors.is_empty());
//! assert_eq!(profiles.named("harbour").unwrap().title.as_deref(), Some("Harbour inspection"));
//! ```

mod built_in;
mod error;
mod file;
mod name;
mod parse;
mod pattern;
mod profile;
mod profiles;
mod register;
mod rule;

pub use error::ProfileError;
pub use name::{Area, FieldName, Framework, Grade, LONGEST_NAME, NotAName, Scale};
pub use pattern::Pattern;
pub use profile::{Profile, Recognise, Rules};
pub use profiles::{GENERAL, ProfileTexts, Profiles};
pub use register::{Register, Registered, authority_key, name_forms};
pub use rule::{
    AreaRules, DateOrder, Fact, FieldKind, FieldRules, GradeRules, JudgementForm, JudgementRules, Place,
    Rule, ScaleRules, SectionRules, TitleRules,
};

#[doc = include_str!("../PROFILES.md")]
pub mod format {}

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
