//! Finds the authority inspected.

use quotable_profile::{Register, Rules, authority_key};

use crate::authority::Authority;
use crate::metadata::rule::Printed;

/// The authority inspected, its name and number by the rules of a profile. Its key is that of the register where the
/// register knows number, folder or name. Else a folder named `<urn>_<authority>` gives the key rather than the printed
/// name: printed names change over the years, folders do not.
pub(super) fn authority(
    printed: &Printed<'_>,
    rules: &Rules,
    register: Option<&Register>,
) -> Option<Authority> {
    let folder = printed.path.rsplit('/').nth(1).and_then(urn_and_name);
    let name = printed.text(rules.authority.as_ref())?;
    // Names of folders are written in small letters.
    let name = match folder {
        Some((_, folder)) if folder == name => capitalise(&name),
        _ => name,
    };
    let urn = printed.text(rules.id.as_ref());
    let known = register.and_then(|register| {
        let by_number = urn.as_deref().and_then(|urn| register.find(urn));
        by_number.or_else(|| register.find(folder?.1)).or_else(|| register.find(&name))
    });
    let key = || {
        let name = folder.map_or(name.as_str(), |(_, name)| name);
        // Without a register the authority may be anything, and `Board` a part of its name.
        if rules.register.is_some() { authority_key(name) } else { name.to_lowercase() }
    };
    let mut authority = Authority::new(name.clone(), known.map_or_else(key, |known| known.key.clone()));
    authority.urn = urn;
    if let Some(known) = known {
        let names = std::iter::once(&known.name).chain(&known.aliases).chain(&known.numbers);
        authority.aliases = names.filter(|alias| **alias != authority.name).cloned().collect();
    }
    authority.region = known.and_then(|known| known.region.clone());
    Some(authority)
}

/// Splits `80442_buckinghamshire` into number and name.
fn urn_and_name(folder: &str) -> Option<(&str, &str)> {
    let (urn, name) = folder.split_once('_')?;
    let is_urn = (4..=8).contains(&urn.len()) && urn.bytes().all(|byte| byte.is_ascii_digit());
    (is_urn && !name.trim().is_empty()).then_some((urn, name.trim()))
}

/// The name of a folder with capitals: `westmere and hartle` becomes `Westmere and Hartle`.
fn capitalise(name: &str) -> String {
    let small = ["and", "of", "the", "upon", "on", "in"];
    let words = name.split(' ').enumerate().map(|(index, word)| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index == 0 || !small.contains(&word) => {
                first.to_uppercase().chain(letters).collect()
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use quotable_profile::Profiles;

    use super::*;
    use crate::metadata::declared::Declared;

    fn find(title: Option<&str>, path: &str) -> Option<Authority> {
        let document = quotable_read::Document::new("text");
        let declared = Declared::of(&document);
        let printed = Printed { elements: &[], lines: &[], title, declared, path };
        authority(&printed, &Profiles::built_in().named("ilacs").unwrap().rules, None)
    }

    #[test]
    fn a_title_may_name_the_authority() {
        let title = "Inspection of Westmere Council local authority children’s services";
        assert_eq!(find(Some(title), "a.pdf").unwrap().name, "Westmere Council");
        assert_eq!(find(Some("Inspection of local authority children’s services"), "a.pdf"), None);
    }

    #[test]
    fn a_folder_may_name_the_authority() {
        let found = find(None, "80442_westmere and hartle/report.pdf").unwrap();
        assert_eq!(found.name, "Westmere and Hartle");
        assert_eq!((found.key.as_str(), found.urn.as_deref()), ("westmere and hartle", Some("80442")));
        assert_eq!(find(None, "2018_/report.pdf"), None);
    }
}
