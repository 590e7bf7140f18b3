//! Judgements: an area and the grade given to it.

pub(crate) mod find;

use std::fmt;
use std::str::FromStr;

use quotable_profile::{Area, Grade, Scale};
use serde::{Deserialize, Serialize};

use crate::unknown_name::UnknownName;

/// One judgement: an area of the service and the grade given to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Judgement {
    /// The area, by its stable name.
    pub area: Area,
    /// The area as printed.
    pub label: String,
    /// The grade.
    pub grade: Grade,
    /// The grade as printed.
    pub printed: String,
    /// Whether the grade belongs to the area alone.
    pub scope: JudgementScope,
    /// The page, one-based.
    pub page: Option<u32>,
    /// The scale of the grade.
    pub scale: Option<Scale>,
    /// The place of the grade on its scale, 1 for the best; `None` for a grade without a place (`not-judged`).
    pub rank: Option<u16>,
    /// The areas that share the grade: [`JudgementScope::Shared`].
    pub shared_with: Vec<Area>,
}

impl Judgement {
    /// A judgement of one area alone; `label` and `printed` are the area and the grade as printed.
    pub fn new(area: Area, label: impl Into<String>, grade: Grade, printed: impl Into<String>) -> Self {
        Self {
            area,
            label: label.into(),
            grade,
            printed: printed.into(),
            scope: JudgementScope::Own,
            page: None,
            scale: None,
            rank: None,
            shared_with: Vec::new(),
        }
    }
}

/// The scope of a grade: one area, several, or part of one.
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

impl JudgementScope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Own, Self::Shared, Self::Sub];

    /// The name used in JSON: `own`, `shared`, `sub`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "shared",
            Self::Sub => "sub",
        }
    }
}

impl fmt::Display for JudgementScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for JudgementScope {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_parsed_by_their_names() {
        for scope in JudgementScope::ALL {
            assert_eq!(scope.to_string().parse(), Ok(scope));
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{scope}\""));
        }
        assert!("all".parse::<JudgementScope>().is_err());
    }
}
