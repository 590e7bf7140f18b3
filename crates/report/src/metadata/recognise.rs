//! Chooses the profile of a document: the most specific of those that recognise it.

use std::cmp::Ordering;
use std::sync::Arc;

use quotable_profile::{Profile, Profiles};
use quotable_read::{Document, Warning};

use crate::element::Element;
use crate::metadata::declared::Declared;
use crate::metadata::lines::lines;
use crate::metadata::title::title;

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
    let joined: Vec<&str> = elements.iter().map(Element::text).collect();
    let mut found: Vec<&Arc<Profile>> = Vec::new();
    for profile in profiles.iter() {
        let Some(rules) = &profile.recognise else { continue };
        let printed = title(elements, profile);
        let title = printed.as_deref().or_else(|| declared.get(&["title"]));
        let first = lines.iter().filter(|line| line.page <= rules.pages).map(|line| line.text);
        if rules.matches(first.chain(joined.iter().copied()), title) {
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
