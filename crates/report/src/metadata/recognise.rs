//! Chooses the profile of a document: the most specific of those that recognise it.

use std::cmp::Ordering;
use std::sync::Arc;

use quotable_profile::{Profile, Profiles};
use quotable_read::{Document, Warning};

use crate::element::Element;
use crate::metadata::declared::Declared;
use crate::metadata::lines::lines;
use crate::metadata::title::title;

/// Elements that may be on the first pages of a format without pages.
const FRONT: usize = 60;

/// The joined texts of the first pages; of a format without pages, of its front.
pub(crate) fn joined(
    elements: &[Element],
    first_page: Option<u32>,
    pages: u32,
) -> impl Iterator<Item = &str> + Clone {
    let is_early = move |element: &&Element| match (element.page(), first_page) {
        (Some(page), Some(first)) => page - first < pages,
        _ => true,
    };
    elements.iter().take(FRONT).filter(is_early).map(Element::text)
}

/// The title of a document by the rules of a profile, else as the file declares it.
pub(crate) fn printed_title(document: &Document, elements: &[Element], profile: &Profile) -> Option<String> {
    title(elements, profile).or_else(|| Declared::of(document).get(&["title"]).map(str::to_owned))
}

/// The profile of a document; the general one, if none recognises it. Where two recognise it equally, the first by name
/// is taken, and the warning says so. `elements` are those of the front.
pub(crate) fn recognise<'p>(
    document: &Document,
    elements: &[Element],
    profiles: &'p Profiles,
) -> (&'p Arc<Profile>, Option<Warning>) {
    let declared = Declared::of(document);
    // A file that says what it is, is believed.
    if let Some(name) = declared.get(&["framework", "profile"])
        && let Some(name) = name.parse::<quotable_profile::Framework>().ok()
        && let Some(profile) = profiles.named(name.as_str())
    {
        return (profile, None);
    }
    let lines = lines(document);
    let first_page = elements.iter().filter_map(Element::page).min();
    let mut found: Vec<&Arc<Profile>> = Vec::new();
    for profile in profiles.iter() {
        let Some(rules) = &profile.recognise else { continue };
        let printed = printed_title(document, elements, profile);
        let title = printed.as_deref();
        let first = lines.iter().filter(|line| line.page <= rules.pages).map(|line| line.text);
        if rules.matches(first.chain(joined(elements, first_page, rules.pages)), title) {
            found.push(profile);
        }
    }
    let specificity = |profile: &Profile| profile.recognise.as_ref().map_or(0, |rules| rules.specificity());
    found.sort_by(|a, b| match specificity(b).cmp(&specificity(a)) {
        Ordering::Equal => a.name.cmp(&b.name),
        other => other,
    });
    match found.as_slice() {
        [] => (profiles.general(), None),
        [first, second, ..] if specificity(first) == specificity(second) => {
            let message = format!(
                "two profiles recognise this report: {} ({}) and {} ({}); it was read by the first. Make one of them \
                 ask for more lines of its own under [recognise]",
                first.name, first.file, second.name, second.file
            );
            (first, Some(Warning::new("two-profiles", message)))
        }
        [first, ..] => (first, None),
    }
}
