//! BibLaTeX, by the crate of the same name, which knows what LaTeX needs escaped.

use std::collections::HashSet;
use std::io::{self, Write};

use biblatex::{Chunk, Chunks, Entry, EntryType, Spanned};

use crate::csl::{Issued, Item};
use crate::escape::escape;

/// Writes one entry. `keys` holds those of the entries before it.
pub(super) fn write(out: &mut impl Write, item: &Item, keys: &mut HashSet<String>) -> io::Result<()> {
    let kind = if item.kind == "report" { EntryType::Report } else { EntryType::Misc };
    let mut entry = Entry::new(key(item, keys), kind);
    // In braces, an institution is not taken apart as a person's name, and a title keeps its capitals.
    let mut whole = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            entry.set(name, chunks(Chunk::Verbatim(escape(value).into_owned())));
        }
    };
    let authors: Vec<&str> = item.author.iter().map(|author| author.literal.as_str()).collect();
    whole("author", (!authors.is_empty()).then(|| authors.join(" / ")).as_deref());
    whole("title", Some(&item.title));
    whole("institution", item.publisher.as_deref());
    let mut plain = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            entry.set(name, chunks(Chunk::Normal(escape(value).into_owned())));
        }
    };
    plain("type", item.genre.as_deref());
    plain("location", item.event_place.as_deref());
    plain("number", item.number.as_deref());
    plain("note", item.note.as_deref());
    let date = item.issued.as_ref().and_then(Issued::first);
    plain("date", date.map(|[year, month, day]| format!("{year:04}-{month:02}-{day:02}")).as_deref());
    plain("url", item.url.as_deref());
    writeln!(out, "{}\n", entry.to_biblatex_string())
}

fn chunks(chunk: Chunk) -> Chunks {
    vec![Spanned::detached(chunk)]
}

/// A key to cite by: `northmere2018`, in ASCII, with the id of the report where it would repeat.
fn key(item: &Item, keys: &mut HashSet<String>) -> String {
    let name = item.event_place.as_deref().unwrap_or(&item.title);
    let mut key: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .take(40)
        .collect();
    if let Some([year, ..]) = item.issued.as_ref().and_then(Issued::first) {
        key.push_str(&year.to_string());
    }
    if key.is_empty() || !keys.insert(key.clone()) {
        key = format!("{key}-{}", item.id);
        keys.insert(key.clone());
    }
    key
}
