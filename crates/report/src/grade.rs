//! Grades, and reading them as reports print them.

use serde::{Deserialize, Serialize};

/// The grade an inspectorate gives to an area of judgement.
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
    /// The report says that the area was not judged.
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

    /// Parses a printed grade: `Requires improvement to be good`, in any case; `None` if `text` holds anything else.
    pub fn from_printed(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        let text = text.trim_matches(|letter: char| !letter.is_alphanumeric());
        // The record of findings of 2013 prints `Inadequate Grade 4`.
        let text = match text.rsplit_once(" Grade ") {
            Some((grade, number)) if number.len() == 1 => grade,
            _ => text,
        };
        PRINTED_FORMS.iter().find(|(printed, _)| text.eq_ignore_ascii_case(printed)).map(|&(_, grade)| grade)
    }
}

/// The printed forms of each grade. A form that ends in another one comes before it, so that the first match is the
/// longest.
const PRINTED_FORMS: [(&str, Grade); 10] = [
    ("requires improvement to be good", Grade::RequiresImprovement),
    ("require improvement to be good", Grade::RequiresImprovement),
    ("requires improvement", Grade::RequiresImprovement),
    ("require improvement", Grade::RequiresImprovement),
    ("not judged", Grade::NotJudged),
    ("not graded", Grade::NotJudged),
    ("inadequate", Grade::Inadequate),
    ("adequate", Grade::Adequate),
    ("outstanding", Grade::Outstanding),
    ("good", Grade::Good),
];

/// A text split in front of the grade at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TrailingGrade<'t> {
    /// The text before the grade, white space and punctuation included.
    pub(crate) label: &'t str,
    pub(crate) grade: Grade,
    /// The grade as printed.
    pub(crate) printed: &'t str,
}

/// Finds the grade at the end of `text`, before punctuation or a final `because`: `Services are inadequate because:`.
pub(crate) fn trailing_grade(text: &str) -> Option<TrailingGrade<'_>> {
    let text = text.trim_end();
    let text = text.strip_suffix("because:").or_else(|| text.strip_suffix("because")).unwrap_or(text);
    let text = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    for (form, grade) in PRINTED_FORMS {
        // Forms are ASCII, so only an ASCII ending of the same length in bytes can match; `get` is `None` where the
        // split would fall inside a longer character.
        let Some(start) = text.len().checked_sub(form.len()) else { continue };
        let Some(printed) = text.get(start..).filter(|end| end.eq_ignore_ascii_case(form)) else { continue };
        let label = &text[..start];
        if label.ends_with(char::is_alphanumeric) {
            continue;
        }
        return Some(TrailingGrade { label, grade, printed });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_grade_splits_label_and_grade() {
        let split = |text| trailing_grade(text).map(|found| (found.label, found.grade));
        assert_eq!(
            split("Services in Westmere require improvement to be good."),
            Some(("Services in Westmere ", Grade::RequiresImprovement))
        );
        assert_eq!(split("Care leavers: Inadequate"), Some(("Care leavers: ", Grade::Inadequate)));
        assert_eq!(split("Services are inadequate because:"), Some(("Services are ", Grade::Inadequate)));
        assert_eq!(split("a public good."), Some(("a public ", Grade::Good)));
        assert_eq!(split("Practice is excellent"), None);
    }
}
