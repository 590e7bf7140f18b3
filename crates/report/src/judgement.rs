//! Judgements: what was graded, and the grade.

mod find;

pub(crate) use find::{grade_at_end, graded_label, judgements};

use serde::{Deserialize, Serialize};

/// One judgement: an area of the service and the grade given to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Judgement {
    /// The area, by our stable name.
    pub area: Area,
    /// The area as printed.
    pub label: String,
    /// The grade.
    pub grade: Grade,
    /// The grade as printed.
    pub printed: String,
    /// Whether the grade is given to the area alone.
    pub scope: JudgementScope,
    /// The page, one-based.
    pub page: Option<u32>,
}

impl Judgement {
    /// A judgement of one area alone, its label and grade as printed.
    pub fn new(area: Area, label: impl Into<String>, grade: Grade, printed: impl Into<String>) -> Self {
        Self {
            area,
            label: label.into(),
            grade,
            printed: printed.into(),
            scope: JudgementScope::Own,
            page: None,
        }
    }
}

/// An area of judgement, by a name that stays the same over all frameworks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Area {
    /// Overall effectiveness (2013 to March 2026).
    Overall,
    /// The impact of leaders; leadership, management and governance before 2018.
    Leaders,
    /// Children who need help and protection.
    HelpAndProtection,
    /// Children in care; looked after children before 2018.
    InCare,
    /// Care leavers: a sub-judgement 2013-2017, shared with children in care 2018-2022, its own from 2023.
    CareLeavers,
    /// Adoption performance: a sub-judgement 2013-2017.
    Adoption,
    /// The Local Safeguarding Children Board (2013-2018).
    Lscb,
}

impl Area {
    /// Every area, in the order of a report.
    pub const ALL: [Self; 7] = [
        Self::Overall,
        Self::Leaders,
        Self::HelpAndProtection,
        Self::InCare,
        Self::CareLeavers,
        Self::Adoption,
        Self::Lscb,
    ];

    /// The name used in filters, tables and JSON: `help-and-protection`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Leaders => "leaders",
            Self::HelpAndProtection => "help-and-protection",
            Self::InCare => "in-care",
            Self::CareLeavers => "care-leavers",
            Self::Adoption => "adoption",
            Self::Lscb => "lscb",
        }
    }
}

/// A grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Grade {
    /// Outstanding.
    Outstanding,
    /// Good.
    Good,
    /// Requires improvement, or requires improvement to be good.
    RequiresImprovement,
    /// Adequate: a grade until 2013.
    Adequate,
    /// Inadequate.
    Inadequate,
    /// Said not to have been judged.
    NotJudged,
}

impl Grade {
    /// Every grade, best first.
    pub const ALL: [Self; 6] = [
        Self::Outstanding,
        Self::Good,
        Self::RequiresImprovement,
        Self::Adequate,
        Self::Inadequate,
        Self::NotJudged,
    ];

    /// The name used in filters, tables and JSON: `requires-improvement`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outstanding => "outstanding",
            Self::Good => "good",
            Self::RequiresImprovement => "requires-improvement",
            Self::Adequate => "adequate",
            Self::Inadequate => "inadequate",
            Self::NotJudged => "not-judged",
        }
    }
}

/// To what a grade was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum JudgementScope {
    /// The area alone.
    Own,
    /// The area together with another: children in care *and care leavers*, 2018-2022.
    Shared,
    /// A part of another area: adoption within children looked after, 2013-2017.
    Sub,
}
