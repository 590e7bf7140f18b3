//! Themes of sections, read from their headings.

use crate::area::Area;

/// The stable names of all themes, as [`of_heading`] returns them.
pub const NAMES: [&str; 6] = [
    "leadership-and-governance",
    "help-and-protection",
    "children-in-care",
    "care-leavers",
    "adoption",
    "lscb",
];

/// The stable name of a heading's theme, in the wording of any framework; `None` for a heading without a theme
/// (`Recommendations`).
pub fn of_heading(title: &str) -> Option<&'static str> {
    let lower = title.to_lowercase();
    // Sections with these headings cover several areas, or none.
    let general = [
        "what needs to improve",
        "inspection of ",
        "re-inspection of ",
        "information about",
        "what the inspection judg",
        "review of the effectiveness",
        "local leadership",
        "summary",
    ];
    // Statistics about the area, not findings.
    let background = ["in this area", "in the area", "in this local authority"];
    if general.iter().any(|words| lower.starts_with(words))
        || background.iter().any(|words| lower.ends_with(words))
    {
        return None;
    }
    Some(match Area::from_label(title)? {
        Area::Overall => return None,
        Area::Leaders => "leadership-and-governance",
        Area::HelpAndProtection => "help-and-protection",
        Area::InCare => "children-in-care",
        Area::CareLeavers => "care-leavers",
        Area::Adoption => "adoption",
        Area::Lscb => "lscb",
    })
}

#[cfg(test)]
mod tests {
    use super::of_heading;

    #[test]
    fn headings_of_all_frameworks_map_to_one_theme() {
        assert_eq!(of_heading("The experiences and progress of care leavers: good"), Some("care-leavers"));
        assert_eq!(
            of_heading("Leadership, management and governance are inadequate"),
            Some("leadership-and-governance")
        );
        assert_eq!(of_heading("What needs to improve?"), None);
        assert_eq!(of_heading("Executive summary"), None);
        assert_eq!(of_heading("Children looked after in this area"), None);
    }
}
