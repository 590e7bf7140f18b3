//! Reading who was inspected, when, by whom and under which framework.

use crate::metadata::dates;
use crate::metadata::declared::Declared;
use crate::unit::{Kind, Unit};
use crate::{Authority, Date, Framework, Period};

/// What the first page and the path say of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) authority: Option<Authority>,
    pub(crate) framework: Option<Framework>,
    pub(crate) inspected: Vec<Period>,
    pub(crate) published: Option<Date>,
    pub(crate) lead_inspector: Option<String>,
}

/// How many units from the beginning may belong to the title page.
const TITLE_PAGE: usize = 40;

/// Reads the metadata of a report from its units, from what the file declares of itself, and from its path (relative,
/// with `/`): each where the one before gives none.
pub(crate) fn metadata(units: &[Unit], declared: &Declared<'_>, path: &str) -> Metadata {
    let page = &units[..units.len().min(TITLE_PAGE)];
    let title = title(page);
    let framework = title.as_deref().and_then(Framework::from_title);
    Metadata {
        authority: authority(page, title.as_deref(), declared, path),
        framework: framework.or_else(|| declared.framework()),
        inspected: labelled(
            page,
            &["inspection date", "inspection dates", "dates of inspection", "review date", "dates of review"],
        )
        .map(|text| dates::periods(&text))
        .filter(|periods| !periods.is_empty())
        .unwrap_or_else(|| declared.inspected()),
        published: labelled(
            page,
            &["report published", "published", "publication date", "date of publication"],
        )
        .and_then(|text| dates::first_date(&text))
        .or_else(|| declared.published())
        .or_else(|| date_in_name(path)),
        lead_inspector: labelled(page, &["lead inspector", "reporting inspector"])
            .or_else(|| declared.get(&["lead_inspector", "reporting_inspector"]).map(str::to_owned))
            .map(|text| inspector(&text)),
        title: title.or_else(|| declared.get(&["title"]).map(str::to_owned)),
    }
}

/// What stands behind a label, in its own unit, cell or the next one: `Lead inspector: …`.
fn labelled(units: &[Unit], labels: &[&str]) -> Option<String> {
    let opening = units.iter().enumerate().find_map(|(index, unit)| {
        let rest = behind_label(unit.text(), labels)?;
        if !rest.is_empty() {
            return Some(rest.to_owned());
        }
        units.get(index + 1).map(|next| next.text().to_owned())
    });
    // Layout may have joined the line to the title above it; there only a colon tells a label from a word.
    opening.or_else(|| {
        let short = units.iter().map(Unit::text).filter(|text| text.len() < 400);
        short.flat_map(|text| text.match_indices(' ').map(move |(space, _)| &text[space + 1..])).find_map(
            |text| {
                let (label, rest) = text.split_once(':')?;
                let known = labels.iter().any(|known| known.eq_ignore_ascii_case(label.trim()));
                known.then(|| rest.trim().to_owned()).filter(|rest| !rest.is_empty())
            },
        )
    })
}

/// The rest of a text that opens with a label, without the colon.
fn behind_label<'t>(text: &'t str, labels: &[&str]) -> Option<&'t str> {
    let opens =
        |label: &&&str| text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    let label = labels.iter().filter(opens).max_by_key(|label| label.len())?;
    let rest = text[label.len()..].trim_start_matches(['(', 's', ')']);
    if rest.starts_with(char::is_alphabetic) {
        return None;
    }
    Some(rest.trim_matches(|letter: char| matches!(letter, ':' | '|') || letter.is_whitespace()))
}

/// True if a unit is a line of the title page and no paragraph of the report.
pub(crate) fn is_title_page_line(unit: &Unit) -> bool {
    // Looked at for every unit that may go on with this one, which may be long by then.
    if unit.text().len() >= 200 {
        return false;
    }
    let lower = unit.text().to_lowercase();
    let label = [
        "inspection date",
        "inspection dates",
        "lead inspector",
        "reporting inspector",
        "report published",
        "published:",
        "publication date",
        "age group",
        "dates of inspection",
        "review date",
    ];
    label.iter().any(|label| lower.starts_with(label))
}

/// The title: the line that says what kind of inspection this is, with the lines it goes on in.
fn title(units: &[Unit]) -> Option<String> {
    let start = units.iter().position(|unit| {
        let text = unit.text();
        let opens = [
            "Inspection of ",
            "Re-inspection of ",
            "Reinspection of ",
            "Review of the effectiveness",
            "Joint inspection of ",
            "Focused visit to ",
            "Monitoring visit ",
        ];
        text.len() < 300 && opens.iter().any(|opening| text.starts_with(opening))
    })?;
    let mut title = units[start].text().to_owned();
    let size = |unit: &Unit| unit.look.map(|look| look.size);
    for unit in &units[start + 1..] {
        let lower = unit.text().to_lowercase();
        let joins = lower == "and"
            || lower.starts_with("and review of")
            || lower.starts_with("review of the effectiveness");
        if unit.kind == Kind::Note {
            continue;
        }
        if !joins || size(unit).is_none() != size(&units[start]).is_none() {
            break;
        }
        title.push(' ');
        title.push_str(unit.text());
    }
    // Layout may have joined the dates to the title above them.
    let end = title.find("Inspection date").filter(|end| *end > 0).unwrap_or(title.len());
    Some(title[..end].trim_end().to_owned())
}

impl Framework {
    /// The framework whose reports bear such a title.
    pub fn from_title(title: &str) -> Option<Self> {
        let title = title.to_lowercase().replace('\'', "’");
        let has = |words: &str| title.contains(words);
        let single = has("children in need of help and protection") || has("children looked after");
        if (title.starts_with("re-inspection") || title.starts_with("reinspection")) && single {
            Some(Self::SifReinspection)
        } else if single {
            Some(Self::Sif)
        } else if title.starts_with("inspection of looked after children")
            || has("safeguarding and looked after children")
        {
            Some(Self::LookedAfter2013)
        } else if has("safeguarding children board") {
            Some(Self::LscbReview)
        } else if title.starts_with("inspection of") && has("children’s") && has("services") {
            Some(Self::Ilacs)
        } else {
            None
        }
    }
}

/// Who was inspected: the name in the title, or the line above or below it; the key and number from the path
/// where its folder is `<urn>_<authority>`.
fn authority(units: &[Unit], title: Option<&str>, declared: &Declared<'_>, path: &str) -> Option<Authority> {
    let folder = path.rsplit('/').nth(1).and_then(urn_and_name);
    let in_title = title.and_then(name_in_title).map(str::to_owned);
    let line = || {
        let named = units.iter().take(8).map(Unit::text).find(|text| is_authority_line(text));
        // A title page without such a line names the place alone, in the largest letters.
        named.map(str::to_owned).or_else(|| {
            let at = title.and_then(|title| units.iter().position(|unit| title.starts_with(unit.text())))?;
            let above = at.checked_sub(1).and_then(|index| units.get(index))?;
            let short = above.text().split_whitespace().count() <= 8 && !above.text().ends_with('.');
            short.then(|| above.text().to_owned())
        })
    };
    let name = in_title
        .or_else(|| title.and_then(|_| line()))
        .or_else(|| declared.get(&["authority", "local_authority"]).map(str::to_owned))
        .or_else(|| folder.map(|(_, name)| capitalised(name)))?;
    let key = key(folder.map_or(name.as_str(), |(_, name)| name));
    let mut authority = Authority::new(name, key);
    authority.urn = folder.map(|(urn, _)| urn).or(declared.get(&["urn"])).map(str::to_owned);
    Some(authority)
}

/// `80442_buckinghamshire` as number and name.
fn urn_and_name(folder: &str) -> Option<(&str, &str)> {
    let (urn, name) = folder.split_once('_')?;
    let number = (4..=8).contains(&urn.len()) && urn.bytes().all(|byte| byte.is_ascii_digit());
    (number && !name.trim().is_empty()).then_some((urn, name.trim()))
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

fn is_authority_line(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kinds = ["Council", "Borough", "Authority", "Corporation", "Trust", "Board"];
    let named = words.iter().any(|word| kinds.contains(&word.trim_end_matches(',')));
    let inspected = ["Inspection", "Re-inspection", "Review"].iter().any(|word| text.starts_with(word));
    named && words.len() <= 9 && !text.ends_with('.') && !inspected
}

/// The stable key of a name: lower case, without the words that change with reorganisations.
pub(crate) fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace('’', "'").replace(',', " ").replace('&', " and ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    // `City of London` is a place; `London Borough of Brent` is Brent.
    let start = match words.as_slice() {
        ["the", "royal", "borough", "of", ..] => 4,
        ["london", "borough", "of", ..]
        | ["royal", "borough", "of", ..]
        | ["metropolitan", "borough", "of", ..] => 3,
        ["borough", "of", ..] | ["county", "of", ..] | ["council", "of", ..] => 2,
        _ => 0,
    };
    let kinds = [
        "council",
        "county",
        "borough",
        "city",
        "metropolitan",
        "district",
        "unitary",
        "authority",
        "local",
        "mbc",
        "cc",
        "safeguarding",
        "children",
        "board",
    ];
    let mut words = words[start..].to_vec();
    while words.len() > 1 && words.last().is_some_and(|word| kinds.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// A name from a folder, each word with a capital.
fn capitalised(name: &str) -> String {
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

/// The date at the end of a file's name: `report - 29 january 2018.pdf`, `2018-01-29 report.pdf`.
pub(crate) fn date_in_name(path: &str) -> Option<Date> {
    let name = path.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let iso =
        (0..stem.len()).filter_map(|start| stem.get(start..start + 10)).find_map(|part| part.parse().ok());
    iso.or_else(|| dates::periods(&stem.replace('_', " ")).last().map(|period| period.end))
}

/// The inspector's name and office, without what follows on the line.
fn inspector(text: &str) -> String {
    let end = ["Team inspector", "Inspection date", "Report published", " | "]
        .iter()
        .filter_map(|word| text.find(word))
        .min();
    text[..end.unwrap_or(text.len())].trim().trim_end_matches(['.', ',', ';']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_the_framework_and_the_authority() {
        let title = "Inspection of Westmere Council local authority children’s services";
        assert_eq!(Framework::from_title(title), Some(Framework::Ilacs));
        assert_eq!(name_in_title(title), Some("Westmere Council"));
        assert_eq!(name_in_title("Inspection of local authority children’s services"), None);
        let title = "Re-inspection of services for children in need of help and protection, children looked after and care leavers";
        assert_eq!(Framework::from_title(title), Some(Framework::SifReinspection));
    }

    #[test]
    fn keys_stay_the_same_when_councils_are_renamed() {
        for name in [
            "Westmere",
            "Westmere County Council",
            "Westmere City Council",
            "London Borough of Westmere",
            "The Royal Borough of Westmere",
        ] {
            assert_eq!(key(name), "westmere", "{name}");
        }
        assert_eq!(key("Bournmouth, Christhurst & Poll"), "bournmouth christhurst and poll");
    }

    #[test]
    fn a_name_gives_a_date() {
        let date = |path| date_in_name(path).map(|date| date.to_string());
        assert_eq!(
            date("99001_westmere/services inspection - 29 january 2018.pdf").as_deref(),
            Some("2018-01-29")
        );
        assert_eq!(date("westmere_2018-01-29.txt").as_deref(), Some("2018-01-29"));
        assert_eq!(date("westmere.txt"), None);
    }
}
