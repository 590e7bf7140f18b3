//! Reads grades as reports print them, by the scales of a profile.

use quotable_profile::{GradeRules, Profile, ScaleRules};

/// A text split in front of the grade at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TrailingGrade<'t, 'p> {
    /// The text before the grade, white space and punctuation included.
    pub(crate) label: &'t str,
    pub(crate) grade: &'p GradeRules,
    /// The grade as printed.
    pub(crate) printed: &'t str,
}

/// The scales that the judgements of a profile use.
pub(crate) fn scales(profile: &Profile) -> impl Iterator<Item = &ScaleRules> {
    let judgements = || profile.rules.judgements.iter().flatten();
    profile
        .rules
        .scales
        .iter()
        .filter(move |scale| judgements().any(|judgement| judgement.scale == scale.name))
}

/// Parses a printed grade: `Requires improvement to be good`, in any case; `None` if `text` holds anything else.
pub(crate) fn from_printed<'p>(text: &str, scale: &'p ScaleRules) -> Option<&'p GradeRules> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let text = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    // The record of findings of 2013 prints `Inadequate Grade 4`.
    let text = match text.rsplit_once(" Grade ") {
        Some((grade, number)) if number.len() == 1 => grade,
        _ => text,
    };
    let lower = text.to_lowercase();
    let form = scale.printed.iter().find(|(form, _)| *form == lower)?;
    scale.grade(form.1)
}

/// Finds the grade at the end of `text`, before punctuation or a final `because`: `Services are inadequate because:`.
pub(crate) fn trailing_grade<'t, 'p>(text: &'t str, scale: &'p ScaleRules) -> Option<TrailingGrade<'t, 'p>> {
    let text = text.trim_end();
    let text = text.strip_suffix("because:").or_else(|| text.strip_suffix("because")).unwrap_or(text);
    let text = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    // Forms are sorted by length, so the first that fits is the whole of what is printed.
    for (form, grade) in &scale.printed {
        // `get` is `None` where the split would fall inside a longer character.
        let Some(start) = text.len().checked_sub(form.len()) else { continue };
        let Some(printed) = text.get(start..).filter(|end| end.eq_ignore_ascii_case(form)) else { continue };
        let label = &text[..start];
        if label.ends_with(char::is_alphanumeric) {
            continue;
        }
        return Some(TrailingGrade { label, grade: scale.grade(*grade)?, printed });
    }
    None
}

/// The grade whose words occur anywhere in `text`, white space aside: the longest form of any.
pub(crate) fn grade_within<'p>(text: &str, scale: &'p ScaleRules) -> Option<(&'p GradeRules, &'p str)> {
    let lower = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let is_within = |form: &str| {
        lower.match_indices(form).any(|(at, found)| {
            let before = lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let after = lower[at + found.len()..].chars().next().is_some_and(char::is_alphanumeric);
            !before && !after
        })
    };
    let (form, grade) = scale.printed.iter().find(|(form, _)| is_within(form))?;
    Some((scale.grade(*grade)?, form))
}

/// The grade at the end of `text`, by any scale of the profile.
pub(crate) fn any_trailing_grade<'t, 'p>(
    text: &'t str,
    profile: &'p Profile,
) -> Option<TrailingGrade<'t, 'p>> {
    scales(profile).find_map(|scale| trailing_grade(text, scale))
}

/// True for a text that is a grade and nothing else, by any scale of the profile: `Good`, `Grade 4 (Inadequate)`.
pub(crate) fn is_grade(text: &str, profile: &Profile) -> bool {
    let inner = text.split_once('(').filter(|(before, _)| before.starts_with("Grade "));
    let inner = inner.map_or(text, |(_, inner)| inner);
    scales(profile).any(|scale| from_printed(inner, scale).is_some())
}

#[cfg(test)]
mod tests {
    use quotable_profile::Profiles;

    use super::*;

    #[test]
    fn trailing_grade_splits_label_and_grade() {
        let profile = Profiles::built_in().named("ilacs").unwrap();
        let split =
            |text| any_trailing_grade(text, profile).map(|found| (found.label, found.grade.name.as_str()));
        assert_eq!(
            split("Services in Westmere require improvement to be good."),
            Some(("Services in Westmere ", "requires-improvement"))
        );
        assert_eq!(split("Care leavers: Inadequate"), Some(("Care leavers: ", "inadequate")));
        assert_eq!(split("Services are inadequate because:"), Some(("Services are ", "inadequate")));
        assert_eq!(split("a public good."), Some(("a public ", "good")));
        assert_eq!(split("Practice is excellent"), None);
        assert!(is_grade("Grade 4 (Inadequate)", profile) && !is_grade("Goods", profile));
    }

    #[test]
    fn the_longest_words_within_a_text_give_the_grade() {
        let profile = Profiles::built_in().named("ilacs").unwrap();
        let scale = scales(profile).next().unwrap();
        let within = |text| grade_within(text, scale).map(|(grade, _)| grade.name.as_str());
        assert_eq!(
            within("It was found to\nrequire  improvement to be good here"),
            Some("requires-improvement")
        );
        assert_eq!(within("goods are sold"), None);
    }
}
