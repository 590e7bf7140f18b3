//! Finds the authority inspected.

use crate::authority::{Authority, stable_key};
use crate::element::Element;
use crate::metadata::declared::Declared;

/// The elements from the front in which a line with the authority's name is looked for.
const FIRST_ELEMENTS: usize = 8;

/// The authority inspected. Its name comes from the title, else from a line near it, else from what the file declares,
/// else from its folder. A folder named `<urn>_<authority>` also gives the number, and the key rather than the printed
/// name: printed names change over the years, folders do not.
pub(super) fn authority(
    title_page: &[Element],
    title: Option<&str>,
    declared: &Declared<'_>,
    path: &str,
) -> Option<Authority> {
    let folder = path.rsplit('/').nth(1).and_then(urn_and_name);
    let name = title
        .and_then(|title| {
            name_in_title(title).map(str::to_owned).or_else(|| name_near_title(title_page, title))
        })
        .or_else(|| declared.get(&["authority", "local_authority"]).map(str::to_owned))
        .or_else(|| folder.map(|(_, name)| capitalise(name)))?;
    let key = stable_key(folder.map_or(name.as_str(), |(_, name)| name));
    let mut authority = Authority::new(name, key);
    authority.urn = folder.map(|(urn, _)| urn).or(declared.get(&["urn"])).map(str::to_owned);
    Some(authority)
}

/// Splits `80442_buckinghamshire` into number and name.
fn urn_and_name(folder: &str) -> Option<(&str, &str)> {
    let (urn, name) = folder.split_once('_')?;
    let is_urn = (4..=8).contains(&urn.len()) && urn.bytes().all(|byte| byte.is_ascii_digit());
    (is_urn && !name.trim().is_empty()).then_some((urn, name.trim()))
}

/// The authority that a title names: `Inspection of Westmere local authority children’s services`.
fn name_in_title(title: &str) -> Option<&str> {
    let rest = title.strip_prefix("Inspection of ")?;
    let end = [
        " local authority children",
        " children’s services",
        " children's services",
        " children’s social care",
    ]
    .iter()
    .filter_map(|words| rest.find(words))
    .min()?;
    let name = rest[..end].trim();
    let lower = name.to_lowercase();
    let general = ["local authority", "children", "services for", "safeguarding"];
    (!name.is_empty() && !general.iter().any(|word| lower.starts_with(word))).then_some(name)
}

/// The first line of the title page that is worded like an authority's name, else the short line above the title:
/// some title pages print the name of the place alone there.
fn name_near_title(title_page: &[Element], title: &str) -> Option<String> {
    let named =
        title_page.iter().take(FIRST_ELEMENTS).map(Element::text).find(|text| is_authority_line(text));
    named.map(str::to_owned).or_else(|| {
        let at = title_page.iter().position(|element| title.starts_with(element.text()))?;
        let above = title_page.get(at.checked_sub(1)?)?;
        let short = above.text().split_whitespace().count() <= 8 && !above.text().ends_with('.');
        short.then(|| above.text().to_owned())
    })
}

fn is_authority_line(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kinds = ["Council", "Borough", "Authority", "Corporation", "Trust", "Board"];
    let named = words.iter().any(|word| kinds.contains(&word.trim_end_matches(',')));
    let title = ["Inspection", "Re-inspection", "Review"].iter().any(|word| text.starts_with(word));
    named && words.len() <= 9 && !text.ends_with('.') && !title
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
    use super::*;

    #[test]
    fn a_title_may_name_the_authority() {
        let title = "Inspection of Westmere Council local authority children’s services";
        assert_eq!(name_in_title(title), Some("Westmere Council"));
        assert_eq!(name_in_title("Inspection of local authority children’s services"), None);
    }

    #[test]
    fn a_folder_may_name_the_authority() {
        let none = quotable_read::Document::new("text");
        let found =
            authority(&[], None, &Declared::of(&none), "80442_westmere and hartle/report.pdf").unwrap();
        assert_eq!(found.name, "Westmere and Hartle");
        assert_eq!((found.key.as_str(), found.urn.as_deref()), ("westmere and hartle", Some("80442")));
        assert_eq!(authority(&[], None, &Declared::of(&none), "2018_/report.pdf"), None);
    }
}
