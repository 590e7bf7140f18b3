//! Shows what each rule of a profile reads in a document, for those who write profiles.

use std::collections::BTreeMap;

use quotable_profile::{FieldKind, Profile, Profiles, Rule};
use quotable_read::Document;

use crate::element::Element;
use crate::field_value::FieldValue;
use crate::metadata::declared::Declared;
use crate::metadata::facts::{FactKind, read_value};
use crate::metadata::lines::lines;
use crate::metadata::recognise::{joined, printed_title};
use crate::metadata::rule::Printed;
use crate::report::Report;
use crate::understand::{Understand, elements_of};

/// What a profile reads in one document.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Trace {
    /// Patterns of `[recognise]` that match no line, or that match though they must not. Empty if the profile recognises
    /// the document.
    pub unrecognised: Vec<String>,
    /// The profile that reads the document: another one, if it is more specific.
    pub read_by: Option<String>,
    /// What each rule finds, fact by fact.
    pub rules: Vec<RuleTrace>,
    /// The report as the profile reads it, recognised or not.
    pub report: Report,
}

/// What one rule finds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleTrace {
    /// The fact: `authority.name`, `dates.published`, `fields.vessel`.
    pub fact: String,
    /// The rule in words: `label Inspection dates?`.
    pub rule: String,
    /// The value; `None` if the rule finds none.
    pub value: Option<String>,
    /// True if the fact of the report comes from this rule: the first of a fact that finds a value.
    pub used: bool,
}

/// Reads a document by one profile, and shows what each of its rules finds. `path` is relative to the corpus.
#[must_use]
pub fn trace(document: &Document, path: &str, profile: &Profile, profiles: &Profiles) -> Trace {
    let elements = elements_of(document, profile);
    let title = printed_title(document, &elements, profile);
    let lines = lines(document);
    let printed = Printed {
        elements: &elements,
        lines: &lines,
        title: title.as_deref(),
        declared: Declared::of(document),
        path,
    };
    let rules = &profile.rules;
    let standard = [
        ("authority.name", FactKind::Text, &rules.authority),
        ("authority.id", FactKind::Text, &rules.id),
        ("dates.inspected", FactKind::Periods, &rules.inspected),
        ("dates.published", FactKind::Date, &rules.published),
        ("people.lead", FactKind::Text, &rules.lead),
    ];
    let standard =
        standard.into_iter().filter_map(|(fact, kind, rules)| Some((fact.to_owned(), kind, rules.as_ref()?)));
    let mut facts: Vec<(String, FactKind, &Vec<Rule>)> = standard.collect();
    let mut kinds: BTreeMap<String, FieldKind> = BTreeMap::new();
    for field in &rules.fields {
        let kind = if field.kind == FieldKind::Date { FactKind::Date } else { FactKind::Text };
        facts.push((format!("fields.{}", field.name), kind, &field.rules));
        kinds.insert(format!("fields.{}", field.name), field.kind);
    }
    let mut used: BTreeMap<String, bool> = BTreeMap::new();
    let mut traces = Vec::new();
    for (fact, kind, rules) in facts {
        for rule in rules {
            let is_value = |value: &String| {
                kinds.get(&fact).is_none_or(|kind| FieldValue::parse(value, *kind).is_some())
            };
            let value = read_value(&printed, rule, kind).filter(is_value);
            let first = value.is_some() && !used.insert(fact.clone(), true).unwrap_or(false);
            traces.push(RuleTrace { fact: fact.clone(), rule: rule.to_string(), value, used: first });
        }
    }
    let understand = Understand::new(profiles);
    let read_by = understand.document(document, path).ok().and_then(|report| report.framework);
    let report = understand.framework(Some(&profile.name)).document(document, path).unwrap_or_default();
    Trace {
        unrecognised: unrecognised(
            profile,
            &lines.iter().map(|line| (line.page, line.text)).collect::<Vec<_>>(),
            &elements,
            title.as_deref(),
        ),
        read_by: read_by.map(|name| name.to_string()),
        rules: traces,
        report,
    }
}

/// The patterns of `[recognise]` that are not satisfied.
fn unrecognised(
    profile: &Profile,
    lines: &[(u32, &str)],
    elements: &[Element],
    title: Option<&str>,
) -> Vec<String> {
    let Some(rules) = &profile.recognise else { return vec!["the profile has no [recognise]".to_owned()] };
    let texts: Vec<&str> = lines
        .iter()
        .filter(|(page, _)| *page <= rules.pages)
        .map(|(_, text)| *text)
        .chain(joined(elements, elements.iter().filter_map(Element::page).min(), rules.pages))
        .collect();
    let in_lines = |pattern: &quotable_profile::Pattern| texts.iter().any(|line| pattern.is_in(line));
    let in_title = |pattern: &quotable_profile::Pattern| title.is_some_and(|title| pattern.is_in(title));
    let mut faults = Vec::new();
    faults.extend(
        rules.all.iter().filter(|pattern| !in_lines(pattern)).map(|pattern| format!("all: {pattern}")),
    );
    if !rules.any.is_empty() && !rules.any.iter().any(in_lines) {
        faults.push("any: none of the patterns matches".to_owned());
    }
    faults.extend(
        rules.none.iter().filter(|pattern| in_lines(pattern)).map(|pattern| format!("none: {pattern}")),
    );
    faults.extend(
        rules.title.iter().filter(|pattern| !in_title(pattern)).map(|pattern| format!("title: {pattern}")),
    );
    faults.extend(
        rules
            .not_title
            .iter()
            .filter(|pattern| in_title(pattern))
            .map(|pattern| format!("not-title: {pattern}")),
    );
    faults
}
