//! Quotations of articles, found and checked.

use std::collections::HashMap;
use std::sync::LazyLock;

use quotable_check::{
    CheckArticles as _, CheckOptions, CheckQuotations as _, Place, Quotation, Verdict, quotations,
    quotations_in,
};
use quotable_index::{Id, Index};
use quotable_report::Report;
use quotable_testkit::corpus::generated_report;

use crate::documents::read;
use crate::searching::SEARCHABLE;

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

/// A small index whose paragraphs are known.
struct Quoted {
    index: Index,
    texts: Vec<String>,
    by_id: HashMap<Id, String>,
}

static QUOTED: LazyLock<Quoted> = LazyLock::new(|| {
    let index = Index::in_memory().expect("an index in memory");
    let mut writer = index.writer().expect("a writer");
    let mut texts = Vec::new();
    for number in 0..6 {
        let mut report = generated_report(2, number);
        report.paragraphs.truncate(20);
        texts.extend(report.paragraphs.iter().map(|paragraph| paragraph.text.clone()));
        writer.put(report).expect("a report is put");
    }
    writer.finish().expect("a commit");
    let search = index.search(&"*:*".parse().expect("a query")).expect("a search");
    let hits = search.every().expect("every paragraph").map(|hit| hit.expect("a hit"));
    let by_id: HashMap<Id, String> = hits.map(|hit| (hit.id, hit.text)).collect();
    assert_eq!(by_id.len(), texts.len());
    Quoted { index, texts, by_id }
});

/// Checks an article against a small index: what is shown of a report stands there, letter by letter.
///
/// After a first NUL byte, the next four bytes choose a run of words of a report, which must be found; the others are the
/// article around it.
pub fn check_article(data: &[u8]) {
    let Quoted { index, texts, .. } = &*QUOTED;
    let article = match data.split_first_chunk::<5>() {
        Some(([0, text, first, words, more], around)) => {
            let quoted = run_of_words(
                &texts[usize::from(*text) % texts.len()],
                *first,
                u16::from(*words) + u16::from(*more),
            );
            let check = index.check(&Quotation::new(quoted)).expect("a check");
            let has_words = quoted.contains(char::is_alphanumeric);
            assert!(!has_words || check.verdict.is_exact(), "{quoted:?} is {}", check.verdict);
            format!("{}\n\nThe report says: “{quoted}”\n", String::from_utf8_lossy(around))
        }
        _ => String::from_utf8_lossy(data).into_owned(),
    };
    let name = if article.trim_start().starts_with('<') { "a.html" } else { "a.txt" };
    let Some(document) = read(name, article.as_bytes()) else { return };
    let article = Report::from_document(&document, name);
    let checked = index.check_article(&article, &CheckOptions::default().quotations(20)).expect("a check");
    for part in checked.all().flat_map(|text| &text.quotation.parts) {
        let paragraph = article.paragraphs.get(part.paragraph).map_or("", |paragraph| &paragraph.text);
        assert!(paragraph.get(part.bytes.clone()).is_some(), "{part:?} cuts a letter");
    }
    for text in checked.all() {
        let check = &text.check;
        let about = check.in_about.iter().filter_map(|about| about.place.as_ref());
        for place in check.places.iter().chain(&check.nearest).chain(&check.outside).chain(about) {
            check_place(place);
        }
        for place in &check.places {
            assert!(
                check.text.get(place.quoted.clone()).is_some(),
                "{place:?} cuts a letter of {:?}",
                check.text
            );
        }
        assert!(check.total >= check.reports && (0.0..=1.0).contains(&check.similarity), "{check:?}");
        let is_absent = check.verdict == Verdict::Absent;
        let is_claim = text.quotation.claim.is_some();
        assert!(is_claim || is_absent == check.places.is_empty(), "{check:?}");
        assert!(!check.to_string().is_empty());
    }
}

/// Some words of a text, as it has them.
fn run_of_words(text: &str, first: u8, words: u16) -> &str {
    let spaces = text.match_indices(' ').map(|(space, _)| space + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(spaces).collect();
    let first = usize::from(first) % starts.len();
    let words = 1 + usize::from(words) % (starts.len() - first);
    let end = starts.get(first + words).copied().unwrap_or(text.len());
    text[starts[first]..end].trim_end()
}

/// A place shows what the report has.
fn check_place(place: &Place) {
    assert_eq!(QUOTED.by_id.get(&place.id), Some(&place.text), "{place:?}");
    assert!(place.text.get(place.bytes.clone()).is_some(), "{place:?} cuts a letter");
    assert!(place.text.get(place.sentences()).is_some(), "{place:?} has sentences that cut a letter");
    let _ = place.around(30);
}
