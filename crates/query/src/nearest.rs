//! Names to offer for a mistyped one.

use strsim::osa_distance;

/// The most names that are offered.
const OFFERED: usize = 3;
/// The fewest letters of a name that is looked for inside another: shorter ones are inside of too much.
const INSIDE: usize = 3;

/// The names nearest to `typed`, best first: at most three, and none for a text that has nothing to do with any.
///
/// A name is near if the letters to add, remove, change or swap with a neighbour (the optimal string alignment distance)
/// are fewer than half of those of the longer of the two, and always if there is only one; or if one of the two contains
/// the other and both have at least three letters, which counts as one change. Of names equally near, the one whose length
/// differs less comes first, then alphabetical order decides. Case does not matter, and `*` and `?` in `typed` are
/// ignored.
///
/// ```
/// use quotable_query::nearest;
///
/// let names = ["care-leavers", "in-care", "leaders", "date"];
/// assert_eq!(nearest("leadres", names), ["leaders"]);
/// assert_eq!(nearest("care", names), ["in-care", "care-leavers"]);
/// assert!(nearest("xyzzy", names).is_empty());
/// ```
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let typed = typed.to_lowercase().replace(['*', '?'], "");
    let length = typed.chars().count();
    let mut near: Vec<(usize, usize, &str)> = Vec::new();
    for name in names {
        let lower = name.to_lowercase();
        let name_length = lower.chars().count();
        let difference = length.abs_diff(name_length);
        let most = (length.max(name_length).saturating_sub(1) / 2).max(1);
        let distance = if lower == typed {
            0
        } else if length.min(name_length) >= INSIDE && (lower.contains(&typed) || typed.contains(&lower)) {
            1
        } else if difference > most {
            continue; // each letter of the difference is a change
        } else {
            osa_distance(&typed, &lower)
        };
        if distance <= most {
            near.push((distance, difference, name));
        }
    }
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(OFFERED).map(|(.., name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;
    use crate::query::Field;

    #[test]
    fn near_names_are_offered_best_first() {
        let grades = ["good", "inadequate", "adequate"];
        assert_eq!(nearest("inadequit", grades), ["inadequate", "adequate"]);
        assert_eq!(nearest("Goood", grades), ["good"]);
        assert_eq!(nearest("godo", grades), ["good"], "a swap is one change");
        assert!(nearest("zzz", grades).is_empty());
        assert!(nearest("", grades).is_empty());
        assert_eq!(nearest("good*", grades), ["good"]);
    }

    #[test]
    fn mistyped_fields_find_their_neighbours() {
        let all = Field::ALL;
        let fields: Vec<&str> = all.iter().map(Field::name).chain(["help-and-protection"]).collect();
        let nearest = |text: &str| nearest(text, fields.iter().copied());
        assert_eq!(nearest("authorty"), ["authority"]);
        assert_eq!(nearest("help"), ["help-and-protection"]);
        assert_eq!(nearest("dates"), ["date"]);
        assert!(nearest("xyzzy").is_empty());
    }

    #[test]
    fn half_of_the_letters_are_too_many() {
        assert!(nearest("note", ["date"]).is_empty());
        assert_eq!(nearest("ilax", ["ilacs", "sif"]), ["ilacs"], "two of five letters");
        assert!(nearest("ilax", ["iconic"]).is_empty());
        assert_eq!(nearest("dt", ["de"]), ["de"], "one letter is never too many");
    }

    #[test]
    fn short_names_are_not_looked_for_inside_others() {
        assert!(nearest("leadership", ["a", "of"]).is_empty());
        assert_eq!(nearest("leadership", ["leader", "ship"]), ["leader", "ship"]);
    }

    #[test]
    fn names_are_given_as_written_and_once() {
        assert_eq!(nearest("marlow", ["Marlowe", "Marlowe"]), ["Marlowe"]);
    }
}
