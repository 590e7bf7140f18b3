//! Reads the metadata of a report by the rules of its profile.

use std::collections::BTreeMap;

use quotable_profile::{FieldKind, FieldName, Profile, Profiles};
use quotable_read::Document;

use crate::authority::Authority;
use crate::date::{Date, Period};
use crate::element::Element;
use crate::field_value::FieldValue;
use crate::metadata::authority::authority;
use crate::metadata::declared::Declared;
use crate::metadata::lines::lines;
use crate::metadata::rule::Printed;
use crate::metadata::title::title;

/// The metadata of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) authority: Option<Authority>,
    pub(crate) inspected: Vec<Period>,
    pub(crate) published: Option<Date>,
    pub(crate) lead_inspector: Option<String>,
    pub(crate) fields: BTreeMap<FieldName, FieldValue>,
}

/// Bytes; longer text is no line of the title page.
const LONGEST_LINE: usize = 200;

/// Reads the metadata of a report. `path` is relative to the corpus, with `/`.
pub(crate) fn metadata(
    document: &Document,
    elements: &[Element],
    path: &str,
    profile: &Profile,
    profiles: &Profiles,
) -> Metadata {
    let title = title(elements, profile);
    let declared = Declared::of(document);
    let lines = lines(document);
    let printed = Printed { elements, lines: &lines, title: title.as_deref(), declared, path };
    let rules = &profile.rules;
    let register = rules.register.as_deref().and_then(|name| profiles.register(name));
    let fields = rules.fields.iter().filter_map(|field| {
        let value = match field.kind {
            FieldKind::Date => FieldValue::Date(printed.date(Some(&field.rules))?),
            kind => FieldValue::parse(&printed.text(Some(&field.rules))?, kind)?,
        };
        Some((field.name.clone(), value))
    });
    // Front matter is never dropped unsaid. The head of a page holds much that is not about its text.
    let others = || declared.others().filter(|_| document.format != "html");
    let others = others().filter_map(|(key, value)| Some((key.parse().ok()?, FieldValue::guess(value)?)));
    let fields = others.chain(fields.collect::<Vec<_>>());
    Metadata {
        authority: authority(&printed, rules, register.map(|register| &**register)),
        inspected: printed.periods(rules.inspected.as_ref()),
        published: printed.date(rules.published.as_ref()),
        lead_inspector: printed
            .text(rules.lead.as_ref())
            .map(|name| name.trim_end_matches(['.', ',', ';']).to_owned())
            .filter(|name| !name.is_empty()),
        fields: fields.collect(),
        title: title.or_else(|| declared.get(&["title"]).map(str::to_owned)),
    }
}

/// True for a labelled line of the title page, which is no paragraph and no heading.
pub(crate) fn is_title_page_line(element: &Element, profile: &Profile) -> bool {
    // Asked of a growing paragraph for every part that joins it: without the bound, long paragraphs would take time
    // with the square of their length.
    let text = element.text();
    text.len() < LONGEST_LINE
        && profile.rules.sections.label_lines.iter().flatten().any(|pattern| pattern.is_in(text))
}
