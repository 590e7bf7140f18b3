//! Finds claims in a paragraph of an article.

use std::ops::Range;

use quotable_report::{Report, sentences};

use super::folded_words;
use crate::claim::{Claim, ClaimKind};
use crate::days::{NamedDay, named_days};
use crate::token::{TokenKind, source_tokens};

/// A claim and its bytes in the paragraph.
pub(super) struct Found {
    pub(super) bytes: Range<usize>,
    pub(super) claim: Claim,
    /// For a day, what is said of it.
    pub(super) named: Option<Named>,
}

/// What is said of a day.
pub(super) enum Named {
    Published(NamedDay),
    Inspected(NamedDay),
    /// Nothing: the report may name it.
    Day(NamedDay),
}

/// Grades by their stable names, as prose has them. Those that a report gives under other names are added.
const GRADES: [(&str, &str); 8] = [
    ("requires-improvement", "requires improvement"),
    ("requires-improvement", "require improvement"),
    ("requires-improvement", "requiring improvement"),
    ("requires-improvement", "required improvement"),
    ("inadequate", "inadequate"),
    ("outstanding", "outstanding"),
    ("adequate", "adequate"),
    ("good", "good"),
];
/// Areas by their stable names, as prose has them. The names that a report prints are added.
const AREAS: [(&str, &str); 17] = [
    ("overall", "overall"),
    ("leaders", "leadership"),
    ("leaders", "impact of leaders"),
    ("leaders", "management and governance"),
    ("help-and-protection", "help and protection"),
    ("help-and-protection", "help or protection"),
    ("in-care", "looked after"),
    ("in-care", "children in care"),
    ("in-care", "achieving permanence"),
    ("care-leavers", "care leavers"),
    ("care-leavers", "leaving care"),
    ("care-leavers", "care experienced"),
    ("adoption", "adoption"),
    ("lscb", "safeguarding children board"),
    ("lscb", "safeguarding board"),
    ("lscb", "lscb"),
    ("overall", "overall effectiveness"),
];
/// Words by which a sentence says that a grade is given.
const RATING: [&str; 21] = [
    "rated",
    "rates",
    "rate",
    "rating",
    "ratings",
    "ranked",
    "ranks",
    "judged",
    "judges",
    "judgement",
    "judgements",
    "judgment",
    "graded",
    "grade",
    "grades",
    "branded",
    "labelled",
    "deemed",
    "declared",
    "classed",
    "awarded",
];
/// Words behind which a grade is wished for, past or denied.
const OTHERWISE: [&str; 33] = [
    "vowed",
    "vows",
    "restore",
    "aim",
    "aims",
    "aiming",
    "hope",
    "hopes",
    "hoping",
    "want",
    "wants",
    "target",
    "previous",
    "previously",
    "earlier",
    "formerly",
    "if",
    "would",
    "could",
    "should",
    "until",
    "not",
    "never",
    "nor",
    "promised",
    "pledged",
    "ambition",
    "become",
    "becoming",
    "towards",
    "escape",
    "will",
    "must",
];
/// What a grade without an area is given to.
const WHOLE: [&str; 9] =
    ["services", "service", "it", "council", "authority", "department", "provision", "home", "school"];
/// Words between a grade and the area that it is given to.
const PREPOSITIONS: [&str; 5] = ["for", "in", "on", "over", "at"];
/// Words that separate the claims of one sentence.
const CLAUSES: [&str; 9] =
    ["but", "while", "whilst", "however", "although", "though", "whereas", "despite", "meanwhile"];

/// True for a word for children, as numbers of them are claimed.
pub(super) fn is_child(word: &str) -> bool {
    matches!(
        word,
        "child"
            | "children"
            | "children's"
            | "leavers"
            | "pupils"
            | "babies"
            | "infants"
            | "teenagers"
            | "youngsters"
            | "young"
    )
}

/// The claims of a paragraph, in order. What is in `masks` is quoted: only numbers of paragraphs are read there.
pub(super) fn claims_in(text: &str, masks: &[Range<usize>], report: &Report) -> Vec<Found> {
    let is_masked =
        |bytes: &Range<usize>| masks.iter().any(|mask| mask.start < bytes.end && bytes.start < mask.end);
    let mut found = paragraph_numbers(text);
    for sentence in sentences(text) {
        found.extend(grades(text, &sentence, report, is_masked));
        found.extend(numbers(text, &sentence).into_iter().filter(|found| !is_masked(&found.bytes)));
        found.extend(days(text, &sentence).into_iter().filter(|found| !is_masked(&found.bytes)));
    }
    found.sort_by_key(|found| (found.bytes.start, found.bytes.end));
    found
}

/// `(para 14)`, `paras 45 - 55`, `paragraph 1 of the report`.
fn paragraph_numbers(text: &str) -> Vec<Found> {
    let all = folded_words(text);
    let mut found = Vec::new();
    for (at, (word, bytes)) in all.iter().enumerate() {
        if !matches!(word.as_str(), "para" | "paras" | "paragraph" | "paragraphs") {
            continue;
        }
        let number = |at: usize| {
            let (word, bytes) = all.get(at)?;
            (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())).then_some((word, bytes))
        };
        let Some((first, mut last_bytes)) = number(at + 1) else { continue };
        let mut value = first.clone();
        let (next, to) = match all.get(at + 2).map(|(word, _)| word.as_str()) {
            Some("to" | "and") => (number(at + 3), true),
            _ => (number(at + 2), false),
        };
        if let Some((second, bytes)) = next {
            let gap = text.get(last_bytes.end..bytes.start).unwrap_or_default();
            if to
                || gap.trim().chars().all(|letter| matches!(letter, '-' | '–' | '—'))
                    && !gap.trim().is_empty()
            {
                value = format!("{first}-{second}");
                last_bytes = bytes;
            }
        }
        let claim = Claim { kind: ClaimKind::Paragraph, value, area: None };
        found.push(Found { bytes: bytes.start..last_bytes.end, claim, named: None });
    }
    found
}

/// A phrase in the words of a sentence: its stable name and the indices of its words.
struct Mention {
    name: String,
    words: Range<usize>,
}

/// Where phrases stand among words; of those that overlap the longest.
fn mentions(all: &[(String, Range<usize>)], phrases: &[(String, Vec<String>)]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let here = |phrase: &&(String, Vec<String>)| {
            let there = all.get(at..at + phrase.1.len());
            !phrase.1.is_empty()
                && there.is_some_and(|there| there.iter().zip(&phrase.1).all(|((word, _), own)| word == own))
        };
        match phrases.iter().filter(here).max_by_key(|(_, words)| words.len()) {
            Some((name, words)) => {
                found.push(Mention { name: name.clone(), words: at..at + words.len() });
                at += words.len();
            }
            None => at += 1,
        }
    }
    found
}

fn phrase(name: &str, text: &str) -> (String, Vec<String>) {
    (name.to_owned(), folded_words(text).into_iter().map(|(word, _)| word).collect())
}

/// Grades that a sentence claims for areas.
fn grades(
    text: &str,
    sentence: &Range<usize>,
    report: &Report,
    is_masked: impl Fn(&Range<usize>) -> bool,
) -> Vec<Found> {
    let Some(inside) = text.get(sentence.clone()) else { return Vec::new() };
    let all: Vec<(String, Range<usize>)> = folded_words(inside)
        .into_iter()
        .map(|(word, bytes)| (word, bytes.start + sentence.start..bytes.end + sentence.start))
        .collect();
    let mut grades: Vec<_> = GRADES.iter().map(|(name, text)| phrase(name, text)).collect();
    let mut areas: Vec<_> = AREAS.iter().map(|(name, text)| phrase(name, text)).collect();
    for judged in &report.judgements {
        grades.push(phrase(judged.grade.as_str(), &judged.grade.as_str().replace('-', " ")));
        areas.push(phrase(judged.area.as_str(), &judged.label));
        areas.push(phrase(judged.area.as_str(), &judged.area.as_str().replace('-', " ")));
    }
    let grades = mentions(&all, &grades);
    if grades.is_empty() || report.judgements.is_empty() {
        return Vec::new();
    }
    let areas = mentions(&all, &areas);
    let rating = |words: &[(String, Range<usize>)]| {
        let to_be = words.windows(3).any(|three| {
            let word =
                |at: usize| three.get(at).map_or("", |(word, _): &(String, Range<usize>)| word.as_str());
            (word(0), word(1), word(2)) == ("found", "to", "be")
        });
        to_be || words.iter().any(|(word, _)| RATING.contains(&word.as_str()))
    };
    let required = grades.iter().any(|grade| grade.name == "requires-improvement");
    let explicit = required && !areas.is_empty();
    if !(explicit || rating(&all)) {
        return Vec::new();
    }
    let years: Vec<u16> = report
        .published
        .iter()
        .copied()
        .chain(report.inspected.iter().flat_map(|period| [period.start, period.end]))
        .map(quotable_report::Date::year)
        .collect();
    // Clauses, as ranges of words.
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for at in 0..=all.len() {
        let splits = all.get(at).is_none_or(|(word, _)| CLAUSES.contains(&word.as_str()));
        if splits && at > start {
            clauses.push(start..at);
            start = at;
        }
    }
    let mut found = Vec::new();
    for clause in clauses {
        let inside = |mention: &&Mention| clause.contains(&mention.words.start);
        let clause_grades: Vec<&Mention> = grades.iter().filter(inside).collect();
        let clause_areas: Vec<&Mention> = areas.iter().filter(inside).collect();
        let words = &all[clause.clone()];
        let otherwise = words.iter().any(|(word, _)| {
            OTHERWISE.contains(&word.as_str())
                || word
                    .parse::<u16>()
                    .is_ok_and(|year| (1990..2100).contains(&year) && !years.contains(&year))
        });
        if clause_grades.is_empty() || otherwise {
            continue;
        }
        let mut claim = |grade: &Mention, area: &str, from: &Mention| {
            let ends = [&grade.words, &from.words];
            let first = ends.iter().map(|words| words.start).min().unwrap_or(0);
            let last = ends.iter().map(|words| words.end).max().unwrap_or(1);
            let bytes = all[first].1.start..all[last - 1].1.end;
            let known = found.iter().any(|known: &Found| known.claim.area.as_deref() == Some(area));
            if !known && !is_masked(&all[grade.words.start].1) {
                let claim =
                    Claim { kind: ClaimKind::Grade, value: grade.name.clone(), area: Some(area.to_owned()) };
                found.push(Found { bytes, claim, named: None });
            }
        };
        match (clause_grades.as_slice(), clause_areas.as_slice()) {
            ([grade], []) => {
                let whole = words.iter().any(|(word, _)| WHOLE.contains(&word.as_str()));
                if whole && rating(words) {
                    claim(grade, "overall", grade);
                }
            }
            ([grade], areas) => {
                for area in areas {
                    claim(grade, &area.name, area);
                }
            }
            (several, areas) => {
                // `good for adoption and inadequate for care leavers`: areas behind a grade that a preposition leads to.
                // `adoption good and care leavers inadequate`: the grade behind an area, with no other area between.
                let led_to = several.iter().find_map(|grade| {
                    let (next, _) = all.get(grade.words.end)?;
                    PREPOSITIONS.contains(&next.as_str()).then_some(grade.words.start)
                });
                for (at, area) in areas.iter().enumerate() {
                    let before = several.iter().rev().find(|grade| grade.words.end <= area.words.start);
                    if let (Some(first), Some(grade)) = (led_to, before)
                        && first <= grade.words.start
                    {
                        claim(grade, &area.name, area);
                        continue;
                    }
                    let next = areas.get(at + 1).map_or(usize::MAX, |next| next.words.start);
                    let behind: Vec<&&Mention> = several
                        .iter()
                        .filter(|grade| grade.words.start > area.words.start && grade.words.start < next)
                        .collect();
                    if let [grade] = behind.as_slice() {
                        claim(grade, &area.name, area);
                    }
                }
            }
        }
    }
    found
}

/// Words from a number to the children that it counts.
const REACH: usize = 4;

/// Numbers of children in a sentence: `2,447 children`, `14 care leavers`.
fn numbers(text: &str, sentence: &Range<usize>) -> Vec<Found> {
    let Some(inside) = text.get(sentence.clone()) else { return Vec::new() };
    let tokens = source_tokens(inside);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let digits = token.kind == TokenKind::Number && token.text.bytes().all(|byte| byte.is_ascii_digit());
        let printed = inside.get(token.bytes.clone()).unwrap_or_default();
        // `one child`, `two young people`: too common to be a claim.
        if !digits
            || printed.len() > 9
            || (token.text.len() < 2 && !printed.starts_with(|letter: char| letter.is_ascii_digit()))
        {
            continue;
        }
        let behind = &tokens[at + 1..(at + 1 + REACH).min(tokens.len())];
        let token_end = token.bytes.end;
        let year =
            printed.len() == 4 && token.text.parse::<u16>().is_ok_and(|year| (1900..2200).contains(&year));
        let stop = behind.iter().position(|token| {
            let gap = inside.get(token_end..token.bytes.start).unwrap_or_default();
            token.kind == TokenKind::Number || token.opens_sentence || gap.contains([',', ';', ':', '('])
        });
        let child = behind.iter().take(stop.unwrap_or(REACH)).position(|token| is_child(&token.text));
        // `aged 14`, `under 16 years`.
        let aged = at > 0 && matches!(tokens[at - 1].text.as_str(), "aged" | "under" | "over" | "age");
        let years = behind.first().is_some_and(|next| {
            matches!(
                next.text.as_str(),
                "year" | "years" | "month" | "months" | "day" | "days" | "week" | "weeks"
            )
        });
        if let Some(child) = child.filter(|_| !aged && !years && !year) {
            let bytes = token.bytes.start + sentence.start..behind[child].bytes.end + sentence.start;
            let claim = Claim { kind: ClaimKind::Number, value: token.text.clone(), area: None };
            found.push(Found { bytes, claim, named: None });
        }
    }
    found
}

/// Days that a sentence names, and what it says of them.
fn days(text: &str, sentence: &Range<usize>) -> Vec<Found> {
    let Some(inside) = text.get(sentence.clone()) else { return Vec::new() };
    let all = folded_words(inside);
    let has = |cues: &[&str], day: &NamedDay| {
        // The cue is within the words before: `the report, published on`.
        let at = all.partition_point(|(_, bytes)| bytes.start < day.bytes.start);
        all[at.saturating_sub(6)..at].iter().any(|(word, _)| cues.contains(&word.as_str()))
    };
    let on_report = all
        .iter()
        .any(|(word, _)| matches!(word.as_str(), "report" | "inspection" | "ofsted" | "inspectors"));
    let days = named_days(inside).into_iter().filter(|day| day.day.is_some());
    days.map(|day| {
        let named = if on_report && has(&["published", "issued", "released"], &day) {
            Named::Published(day.clone())
        } else if has(&["inspected", "inspection", "inspections", "visited"], &day) && day.year.is_some() {
            Named::Inspected(day.clone())
        } else {
            Named::Day(day.clone())
        };
        let value = match (day.year, day.day) {
            (Some(year), Some(number)) => format!("{year:04}-{:02}-{number:02}", day.month),
            (None, Some(number)) => format!("--{:02}-{number:02}", day.month),
            _ => inside[day.bytes.clone()].to_owned(),
        };
        let bytes = day.bytes.start + sentence.start..day.bytes.end + sentence.start;
        let claim = Claim { kind: ClaimKind::Date, value, area: None };
        Found { bytes, claim, named: Some(named) }
    })
    .collect()
}
