//! The fuzz targets: each runs one input and panics if an invariant does not hold.
//!
//! A function here is one target. The programs in `fuzz_targets` only call it, so that an input can be run from a
//! debugger or a test too.

mod documents;

use std::panic;
use std::sync::LazyLock;

use quotable::prelude::*;
use quotable::query::{Limits, Matcher, Query, Text, parse};
use quotable::report::{Report, quotations, quotations_in};
use quotable::{CodeBook, Index, SearchOptions};
use quotable_testkit::corpus::GeneratedReports;
use quotable_testkit::fuzz::docx_of_parts;

use crate::documents::{check_report, read};

/// Parses a query, prints it, and parses it again.
pub fn query_parser(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let query = match text.parse::<Query>() {
        Ok(query) => query,
        Err(error) => {
            assert!(error.query().get(error.span()).is_some(), "the span {:?} cuts a letter", error.span());
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    // A query prints with more parentheses than were typed, so it may exceed the limits of length and depth.
    let mut limits = Limits::default();
    (limits.bytes, limits.depth) = (usize::MAX, 256);
    let printed = query.to_string();
    match parse(&printed, &limits) {
        Ok(again) => assert_eq!(again.to_string(), printed, "the printed query parses to another"),
        Err(error) => assert!(error.message().contains("deep"), "the printed query does not parse: {error}"),
    }
}

/// Matches the query on the first line with the text on the others.
pub fn query_matcher(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (query, text) = input.split_once('\n').unwrap_or((&input, ""));
    let Ok(query) = query.parse::<Query>() else { return };
    let Ok(matcher) = Matcher::new(&query) else { return };
    let found = matcher.find(&Text::new(text));
    for occurrence in &found.occurrences {
        assert!(text.get(occurrence.bytes.clone()).is_some(), "{occurrence:?} cuts a letter");
    }
    assert!(found.matched || found.occurrences.is_empty(), "occurrences without a match");
}

/// An index of generated reports, and the texts of their paragraphs.
struct Searchable {
    index: Index,
    texts: Vec<Text>,
}

static SEARCHABLE: LazyLock<Searchable> = LazyLock::new(|| {
    let index = Index::in_memory().expect("an index in memory");
    let mut writer = index.writer().expect("a writer");
    let mut texts = Vec::new();
    for report in GeneratedReports::new(1, 300) {
        let paragraphs = report.paragraphs.iter();
        texts.extend(paragraphs.map(|paragraph| Text::with_sentences(&paragraph.text, &paragraph.sentences)));
        writer.put(report).expect("a report is put");
    }
    writer.finish().expect("a commit");
    Searchable { index, texts }
});

/// Searches an index. The counts must be those of the matcher, wherever the words alone decide.
pub fn search(data: &[u8]) {
    let Ok(query) = String::from_utf8_lossy(data).parse::<Query>() else { return };
    let Searchable { index, texts } = &*SEARCHABLE;
    let Ok(search) = index.search_with(&query, &SearchOptions::default()) else { return };
    let (Ok(counts), Ok(hits)) = (search.count(), search.top(5)) else { return };
    assert!(counts.paragraphs >= hits.hits.len() as u64, "{counts:?}");
    for hit in &hits.hits {
        assert!(hit.matches.iter().all(|range| hit.text.get(range.clone()).is_some()), "{hit:?}");
    }
    let _ = search.explain();
    let Ok(matcher) = Matcher::new(&query) else { return };
    if matcher.conditions().is_empty() {
        let found = texts.iter().map(|text| matcher.find(text)).filter(|found| found.matched);
        let (mut paragraphs, mut occurrences) = (0, 0);
        for found in found {
            paragraphs += 1;
            occurrences += found.occurrences.len() as u64;
        }
        assert_eq!((counts.paragraphs, counts.occurrences), (paragraphs, occurrences), "{query}");
    }
}

/// Reads a text file.
pub fn read_text(data: &[u8]) {
    read("a.txt", data);
}

/// Reads a Markdown file.
pub fn read_markdown(data: &[u8]) {
    read("a.md", data);
}

/// Reads an HTML file.
pub fn read_html(data: &[u8]) {
    read("a.html", data);
}

/// Reads a DOCX file. After a first NUL byte the input is the parts of one: document, styles and numbering, each
/// separated by a NUL byte. Random edits of a compressed archive rarely reach the XML.
pub fn read_docx(data: &[u8]) {
    match data.split_first() {
        Some((0, parts)) => {
            let mut parts = parts.splitn(3, |byte| *byte == 0);
            let mut part = || parts.next().unwrap_or_default();
            read("a.docx", &docx_of_parts(part(), part(), part()));
        }
        _ => {
            read("a.docx", data);
        }
    }
}

/// Reads a PDF file.
pub fn read_pdf(data: &[u8]) {
    read("a.pdf", data);
}

/// Reads an e-mail.
pub fn read_mail(data: &[u8]) {
    read("a.eml", data);
}

/// Reads a web page saved as one file.
pub fn read_web_archive(data: &[u8]) {
    read("a.mhtml", data);
}

/// Reads an OpenDocument file.
pub fn read_odt(data: &[u8]) {
    read("a.odt", data);
}

/// Reads an e-book.
pub fn read_epub(data: &[u8]) {
    read("a.epub", data);
}

/// Reads a rich-text file.
pub fn read_rtf(data: &[u8]) {
    read("a.rtf", data);
}

/// Lets panics inside hayro unwind to the reader, which catches them and reports a damaged file. libFuzzer would abort.
pub fn allow_panics_of_hayro() {
    let abort = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_hayro = info.location().is_some_and(|location| location.file().contains("/hayro"));
        if !is_hayro {
            abort(info);
        }
    }));
}

/// Understands a text or Markdown file as a report.
pub fn understand_report(data: &[u8]) {
    for name in ["a.txt", "a.md"] {
        if let Some(document) = read(name, data) {
            check_report(&Report::from_document(&document, name));
        }
    }
}

/// Finds the quotations of an article, in its text and in the article as read.
pub fn article_quotations(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for part in quotations_in(&text).iter().flat_map(|quotation| &quotation.parts) {
        assert!(part.paragraph > 0 || text.get(part.bytes.clone()).is_some(), "{part:?} cuts a letter");
    }
    let Some(document) = read("a.txt", data) else { return };
    let article = Report::from_document(&document, "a.txt");
    for part in quotations(&article).iter().flat_map(|quotation| &quotation.parts) {
        let paragraph = article.paragraphs.get(part.paragraph).map(|paragraph| paragraph.text.as_str());
        assert!(paragraph.is_some_and(|text| text.get(part.bytes.clone()).is_some()), "{part:?}");
    }
    for quotation in quotations(&article).iter().take(5) {
        let check = SEARCHABLE.index.check(quotation);
        assert!(check.is_ok(), "{check:?}");
    }
}

/// Parses a code book and labels some texts by it.
pub fn code_book(data: &[u8]) {
    match CodeBook::parse("book.toml", &String::from_utf8_lossy(data)) {
        Ok(book) => {
            for text in ["", "A", "Too many care leavers were left without a plan.", "wait wait home"] {
                let _ = book.labels(text);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
