//! Numbers of paragraphs and pages that an article claims: where they stand in it, and whether a quotation stands there.

use quotable_query::analyse::words;
use quotable_report::Citation;

use super::folded_words;
use super::found::Found;
use crate::article::CheckedText;
use crate::claim::{Claim, ClaimKind};
use crate::place::Place;
use crate::quotation::QuotationKind;
use crate::verdict::{Check, Verdict};

/// Words before the number of a paragraph or of a page.
const PARAGRAPHS: [&str; 6] = ["para", "paras", "paragraph", "paragraphs", "section", "sections"];
const PAGES: [&str; 4] = ["page", "pages", "p", "pp"];

/// `(para 14)`, `paras 45 - 55`, `paragraph 3.2 of the report`, `on page 5`.
pub(super) fn printed_numbers(text: &str) -> Vec<Found> {
    let all = folded_words(text);
    let mut found = Vec::new();
    let is_digits = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    // A number and what follows it behind a stop: `3.2`. Its words are counted.
    let number = |at: usize| {
        let (word, bytes) = all.get(at).filter(|(word, _)| is_digits(word))?;
        let (mut value, mut bytes, mut next) = (word.clone(), bytes.clone(), at + 1);
        while let Some((more, behind)) = all.get(next).filter(|(word, _)| is_digits(word))
            && text.get(bytes.end..behind.start) == Some(".")
        {
            value.push('.');
            value.push_str(more);
            bytes.end = behind.end;
            next += 1;
        }
        Some((value, bytes, next))
    };
    for (at, (word, bytes)) in all.iter().enumerate() {
        let kind = match word.as_str() {
            word if PARAGRAPHS.contains(&word) => ClaimKind::Paragraph,
            word if PAGES.contains(&word) => ClaimKind::Page,
            _ => continue,
        };
        let Some((first, first_bytes, next)) = number(at + 1) else { continue };
        // `section 31` of an act has no stop; sections of a report have one.
        let is_act = word.starts_with("section") && !first.contains('.');
        let gap = text.get(bytes.end..first_bytes.start).unwrap_or_default();
        if is_act || gap.len() > 3 || gap.contains([',', ';', ':', '(', ')']) {
            continue;
        }
        let (mut value, mut end) = (first.clone(), first_bytes.end);
        let (second, joined) = match all.get(next).map(|(word, _)| word.as_str()) {
            Some("to" | "and") => (number(next + 1), true),
            _ => (number(next), false),
        };
        if let Some((second, second_bytes, _)) = second {
            let gap = text.get(end..second_bytes.start).unwrap_or_default().trim();
            let dash = !gap.is_empty() && gap.chars().all(|letter| matches!(letter, '-' | '–' | '—'));
            if joined || dash {
                value = format!("{first}-{second}");
                end = second_bytes.end;
            }
        }
        let claim = Claim { kind, value, area: None, year: None };
        found.push(Found { bytes: bytes.start..end, claim, named: None });
    }
    found
}

/// The quotation whose place a number of a paragraph or page gives: that which it leads to (`paragraph 9 says: “…”`), or which it
/// directly follows (`“…” (para 14)`, `“…”, on page 5`). A number in brackets looks back.
pub(super) fn quoted_beside<'q>(
    quoted: &'q [CheckedText],
    paragraph: usize,
    text: &str,
    found: &Found,
) -> Option<&'q CheckedText> {
    if !matches!(found.claim.kind, ClaimKind::Paragraph | ClaimKind::Page) {
        return None;
    }
    let longer = || quoted.iter().filter(|checked| checked.quotation.kind != QuotationKind::Scare);
    let bracketed = text.get(..found.bytes.start).unwrap_or_default().trim_end().ends_with(['(', '[']);
    let behind = longer().find(|checked| {
        let first = checked.quotation.parts.first().filter(|first| first.paragraph == paragraph);
        let between = first.and_then(|first| text.get(found.bytes.end..first.bytes.start));
        between.is_some_and(|between| {
            let mut named = words(between);
            let others = named
                .any(|word| PARAGRAPHS.contains(&word.text.as_str()) || PAGES.contains(&word.text.as_str()));
            words(between).count() <= WORDS_TO && !between.contains(['.', '!', '?', ')', ';']) && !others
        })
    });
    if behind.is_some() && !bracketed {
        return behind;
    }
    longer().collect::<Vec<_>>().into_iter().rev().find(|checked| {
        let last = checked.quotation.parts.last().filter(|last| last.paragraph == paragraph);
        let between = last.and_then(|last| text.get(last.bytes.end..found.bytes.start));
        between.is_some_and(|between| {
            let opens = between.contains(['“', '‘']);
            words(between).count() <= WORDS_BETWEEN && !opens
        })
    })
}

/// Words from a number to the quotation that it leads to.
const WORDS_TO: usize = 16;
/// Words between a quotation and the number of its paragraph or page.
const WORDS_BETWEEN: usize = 3;

/// Holds the number of a paragraph or page to the place of the quotation that it follows.
pub(super) fn hold_number(check: &mut Check, claim: &Claim, place: &Place) {
    let citation = &place.citation;
    let claimed = claim.value.split('-');
    let (is_so, actual) = match claim.kind {
        ClaimKind::Page => (
            claimed.into_iter().any(|page| is_on_page(citation, page)),
            citation.page_label.clone().or(citation.page.map(|page| page.to_string())),
        ),
        _ => {
            let number = citation.paragraph.as_deref().map(|number| number.trim_end_matches('.'));
            (is_numbered(number, &claim.value), number.map(str::to_owned))
        }
    };
    // A paragraph without a number is none to hold a number to.
    if is_so {
        check.verdict = Verdict::Exact;
    } else if actual.is_some() {
        (check.verdict, check.found) = (Verdict::Altered, actual);
    }
}

/// True if a printed number is the one that is claimed, or lies between the two of a range.
fn is_numbered(number: Option<&str>, claimed: &str) -> bool {
    let Some(number) = number else { return false };
    match claimed.split_once('-') {
        None => number == claimed,
        Some((first, last)) => {
            let value = |text: &str| text.parse::<u32>().ok();
            match (value(first), value(number), value(last)) {
                (Some(first), Some(number), Some(last)) => first <= number && number <= last,
                _ => number == first || number == last,
            }
        }
    }
}

/// True if a page, by its number or its printed label, is one that a citation names.
pub(super) fn is_on_page(citation: &Citation, page: &str) -> bool {
    let (first, last) = (citation.page, citation.page_end.or(citation.page));
    let numbered = page
        .parse::<u32>()
        .is_ok_and(|page| first.is_some_and(|first| first <= page) && last.is_some_and(|last| page <= last));
    let labels = [&citation.page_label, &citation.page_label_end];
    numbered || labels.into_iter().flatten().any(|label| label == page)
}
