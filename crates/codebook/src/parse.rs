//! Parses the TOML of a code book and reports errors at their positions.

use std::collections::BTreeSet;
use std::ops::Range;

use quotable_query::{Query, QueryError, nearest, spanned_parts};
use quotable_report::Profiles;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::code::{Code, CodeKind};
use crate::fault::{Fault, suggestion};

/// A parsed entry whose names are not yet resolved, with its positions in the file.
pub(super) struct Draft {
    pub(super) code: Code,
    /// The bytes of the name in the file.
    pub(super) name: Range<usize>,
    pub(super) query: QueryText,
}

/// The text of a query with its position in the file.
pub(super) struct QueryText {
    /// The bytes of the TOML value, with its quotation marks.
    pub(super) value: Range<usize>,
    /// The first byte of the text in the file; `None` if the value has escapes, so that positions in the text are not
    /// positions in the file.
    verbatim: Option<usize>,
    text: String,
}

impl QueryText {
    /// The fault for an error of the query: at the exact bytes, or at the whole value if it has escapes. `at` is the `@name`
    /// at fault, or empty if the span of the error refers to the text.
    pub(super) fn fault(&self, error: &QueryError, at: &str) -> Fault {
        let place = if at.is_empty() { Some(error.span()) } else { find_name(&self.text, at) };
        let span = self.verbatim.zip(place);
        let span = span.map(|(from, place)| from + place.start..from + place.end);
        Fault::new(span.unwrap_or_else(|| self.value.clone()), error.message(), error.cure())
    }
}

/// The bytes of the first use of `@name` in a query, ignoring it inside quotation marks and longer names.
fn find_name(text: &str, name: &str) -> Option<Range<usize>> {
    let name = Query::named(name.strip_prefix('@')?);
    let parts = spanned_parts(text).ok()?;
    parts.into_iter().find(|(part, _)| *part == name).map(|(_, span)| span)
}

/// A TOML value with its position.
type Value<'v, 'i> = &'v Spanned<DeValue<'i>>;

/// The keys of an entry.
const KEYS: [&str; 6] = ["name", "title", "description", "kind", "sections", "query"];

/// What a file holds, as far as it could be parsed.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) title: Option<String>,
    /// The entries; names in their queries are not yet resolved.
    pub(super) drafts: Vec<Draft>,
    /// The names of all entries, of those with faults too.
    pub(super) names: BTreeSet<String>,
}

/// Parses the title and the entries of a book, and adds what is wrong with them to `faults`.
pub(super) fn book(text: &str, faults: &mut Vec<Fault>) -> Parsed {
    let mut parsed = Parsed::default();
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let cure =
                "check the TOML syntax: write texts in quotation marks, and [[query]] before each query";
            faults.push(Fault::new(error.span().unwrap_or_default(), error.message(), cure));
            return parsed;
        }
    };
    for (key, value) in table.get_ref() {
        match key.get_ref().as_ref() {
            "title" => match string("title", value) {
                Ok(title) => parsed.title = Some(title.to_owned()),
                Err(fault) => faults.push(fault),
            },
            "query" => entries(text, value, &mut parsed, faults),
            other => faults.push(unknown_key(key.span(), other, &["title", "query"])),
        }
    }
    // A table iterates in order of its keys, not of the file.
    parsed.drafts.sort_by_key(|draft| draft.name.start);
    parsed
}

/// The concepts of a book whose query, as text, is `wanted`, without the other entries. Their names are not resolved, and what is
/// wrong with them is left out.
pub(super) fn concepts(text: &str, wanted: impl Fn(&str) -> bool) -> Vec<Code> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let entries = table.get_ref().get("query").and_then(|value| value.get_ref().as_array());
    entries
        .into_iter()
        .flat_map(|entries| entries.iter())
        .filter_map(|entry| Some((entry.get_ref().as_table()?, entry.span())))
        .filter(|(table, _)| {
            let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
            text("kind") != Some("topic") && text("query").is_some_and(&wanted)
        })
        .filter_map(|(table, span)| draft(text, table, span).ok())
        .map(|draft| draft.code)
        .collect()
}

/// Parses the entries.
fn entries(text: &str, value: Value<'_, '_>, parsed: &mut Parsed, faults: &mut Vec<Fault>) {
    let cure = "begin each query with a line [[query]]";
    let Some(queries) = value.get_ref().as_array() else {
        return faults.push(wrong_type("query", "a list of tables", value, cure));
    };
    for query in queries.iter() {
        let Some(table) = query.get_ref().as_table() else {
            faults.push(wrong_type("query", "a list of tables", query, cure));
            continue;
        };
        parsed.names.extend(table.get("name").and_then(|name| name.get_ref().as_str()).map(str::to_owned));
        match draft(text, table, query.span()) {
            Ok(draft) => parsed.drafts.push(draft),
            Err(fault) => faults.push(fault),
        }
    }
}

/// The fault for a key that is not in `known`.
fn unknown_key(span: Range<usize>, key: &str, known: &[&str]) -> Fault {
    let near = suggestion(&nearest(key, known.iter().copied()));
    Fault::new(span, format!("unknown key {key}"), format!("use one of {}{near}", known.join(", ")))
}

/// The fault for a value of another type than `wanted`.
fn wrong_type(key: &str, wanted: &str, value: Value<'_, '_>, cure: &str) -> Fault {
    let message = format!("{key} is of type {}, not {wanted}", value.get_ref().type_str());
    Fault::new(value.span(), message, cure)
}

/// The text of a value.
fn string<'v>(key: &str, value: Value<'v, '_>) -> Result<&'v str, Fault> {
    let text = value.get_ref().as_str();
    text.ok_or_else(|| wrong_type(key, "a text", value, &format!("write it in quotation marks: {key} = '…'")))
}

/// Parses one entry.
fn draft(source: &str, table: &DeTable<'_>, span: Range<usize>) -> Result<Draft, Fault> {
    for key in table.keys() {
        if !KEYS.contains(&key.get_ref().as_ref()) {
            return Err(unknown_key(key.span(), key.get_ref(), &KEYS));
        }
    }
    let needed = |key: &str, cure: &str| {
        table.get(key).ok_or_else(|| Fault::new(span.clone(), format!("a query has no {key}"), cure))
    };
    let optional = |key: &str| table.get(key).map(|value| string(key, value)).transpose();
    let name_value = needed("name", "give it one: name = 'care-leavers'")?;
    let name = kebab(string("name", name_value)?, name_value)?;
    let query_value = needed("query", "give it one: query = '\"care leavers\"'")?;
    let written = query_text(source, string("query", query_value)?, query_value.span());
    let query: Query = written.text.parse().map_err(|error| written.fault(&error, ""))?;
    let kind =
        match table.get("kind").map(|value| string("kind", value).map(|kind| (kind, value))).transpose()? {
            None | Some(("concept", _)) => CodeKind::Concept,
            Some(("topic", _)) => CodeKind::Topic,
            Some((other, value)) => {
                let message = format!("unknown kind of query: {other}");
                return Err(Fault::new(value.span(), message, "write 'topic' or 'concept'"));
            }
        };
    let sections = table.get("sections").map(sections).transpose()?.unwrap_or_default();
    if let (CodeKind::Concept, Some(value)) = (kind, table.get("sections")) {
        return Err(Fault::new(value.span(), "a concept has no sections", "make it a topic: kind = 'topic'"));
    }
    let title = optional("title")?.unwrap_or(name).to_owned();
    let description = optional("description")?.map(str::to_owned);
    let resolved = query.clone();
    let code = Code { name: name.to_owned(), title, description, kind, sections, query, resolved };
    Ok(Draft { code, name: name_value.span(), query: written })
}

/// The text of a query at the bytes `value` of the file.
fn query_text(source: &str, text: &str, value: Range<usize>) -> QueryText {
    let verbatim = source.get(value.clone()).and_then(|raw| raw.find(text)).map(|at| value.start + at);
    QueryText { value, verbatim, text: text.to_owned() }
}

/// Checks that a name is in lower-case letters and digits, joined by hyphens.
fn kebab<'v>(name: &'v str, value: Value<'_, '_>) -> Result<&'v str, Fault> {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let good = |part: &str| !part.is_empty() && part.bytes().all(letter);
    if name.split('-').all(good) {
        return Ok(name);
    }
    let cure = "use lower-case letters and digits, in parts joined by hyphens: care-leavers";
    Err(Fault::new(value.span(), format!("“{name}” is not a valid name"), cure))
}

/// Parses a list of themes of sections.
fn sections(value: Value<'_, '_>) -> Result<Vec<String>, Fault> {
    let cure = "write a list of themes of sections: sections = ['care-leavers']";
    let all = value.get_ref().as_array().ok_or_else(|| wrong_type("sections", "a list", value, cure))?;
    let known: Vec<&str> = Profiles::built_in().themes().collect();
    let one = |value: Value<'_, '_>| {
        let name = value.get_ref().as_str().ok_or_else(|| wrong_type("a section", "a text", value, cure))?;
        let near = nearest(name, known.iter().copied());
        // A profile of the user's own may have other themes; one that is nearly a known one is a slip.
        if known.contains(&name) || (near.is_empty() && kebab(name, value).is_ok()) {
            return Ok(name.to_owned());
        }
        let cure = match near.as_slice() {
            [] => "write the name of a theme in small letters, with hyphens between words: care-leavers"
                .to_owned(),
            near => format!("did you mean {}", near.join(" or ")),
        };
        Err(Fault::new(value.span(), format!("unknown theme of a section: {name}"), cure))
    };
    all.iter().map(one).collect()
}
