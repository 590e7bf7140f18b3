//! Finds claims in a paragraph of an article.

use std::ops::Range;

use quotable_report::{Report, sentences};

use super::folded_words;
use super::found::{Found, Named};
use super::numbers::printed_numbers;
use crate::claim::{Claim, ClaimKind};
use crate::days::{NamedDay, named_days};
use crate::token::{TokenKind, source_tokens};

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
    "rated", "rates", "rate", "rating", "ratings", "ranked", "ranks", "judged", "judges", "judgement",
    "judgements", "judgment", "graded", "grade", "grades", "branded", "labelled", "deemed", "declared",
    "classed", "awarded",
];
/// Words behind which a grade is wished for, past or denied.
const OTHERWISE: [&str; 36] = [
    "after", "before", "since", "vowed", "vows", "restore", "aim", "aims", "aiming", "hope", "hopes",
    "hoping", "want", "wants", "target", "previous", "previously", "earlier", "formerly", "if", "would",
    "could", "should", "until", "not", "never", "nor", "promised", "pledged", "ambition", "become",
    "becoming", "towards", "escape", "will", "must",
];
/// Two words that say the same together: `at the last inspection`, `three years ago`.
const OTHERWISE_TOGETHER: [[&str; 2]; 17] = [
    ["last", "inspection"],
    ["last", "inspected"],
    ["last", "time"],
    ["last", "full"],
    ["last", "visit"],
    ["years", "ago"],
    ["year", "ago"],
    ["months", "ago"],
    ["had", "been"],
    ["next", "door"],
    ["narrowly", "missed"],
    ["missed", "out"],
    ["might", "yet"],
    ["may", "yet"],
    ["might", "be"],
    ["first", "inspection"],
    ["neighbouring", "authority"],
];
/// Words that lead from an old grade to a new one: `improved from requires improvement to good`.
const FROM: [&str; 1] = ["from"];
/// Those of them that a year of another report makes good: `previously rated good in 2014`.
const PAST: [&str; 4] = ["previous", "previously", "earlier", "formerly"];
/// What a grade without an area is given to.
const WHOLE: [&str; 7] = ["services", "service", "it", "council", "authority", "department", "provision"];
/// Places that are inspected by themselves: a grade of one is none of the council's.
const SETTINGS: [&str; 20] = [
    "sixth", "early", "home", "homes", "school", "schools", "nursery", "nurseries", "academy", "college",
    "hospital", "prison", "childminder", "childminders", "agency", "agencies", "centre", "centres",
    "pre-school", "preschool",
];
/// Verbs by which a grade is said of its subject.
const BE: [&str; 8] = ["is", "are", "was", "were", "remains", "remain", "remained", "stayed"];
/// Words between such a verb and the grade.
const ADVERBS: [&str; 9] = ["still", "also", "again", "now", "all", "both", "overall", "only", "found"];
/// Grades that are no everyday words: they need no verb of rating.
const PLAIN_GRADES: [&str; 3] = ["inadequate", "outstanding", "requires-improvement"];
/// Words by which a day is that of another report.
const ANOTHER: [&str; 10] = [
    "previous", "previously", "earlier", "former", "last", "first", "next", "another", "second", "monitoring",
];
/// Words between a grade and the area that it is given to.
const PREPOSITIONS: [&str; 5] = ["for", "in", "on", "over", "at"];
/// Words that separate the claims of one sentence.
const CLAUSES: [&str; 12] = [
    "but", "while", "whilst", "however", "although", "though", "whereas", "despite", "meanwhile", "after",
    "before", "since",
];

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

/// The claims of a paragraph, in order. What is in `masks` is quoted: only numbers of paragraphs and pages are read there.
/// `is_other` tells of a clause, by its bytes, that it is about another authority.
pub(super) fn claims_in(
    text: &str,
    masks: &[Range<usize>],
    report: &Report,
    is_other: &dyn Fn(&Range<usize>) -> bool,
) -> Vec<Found> {
    let is_masked =
        |bytes: &Range<usize>| masks.iter().any(|mask| mask.start < bytes.end && bytes.start < mask.end);
    let mut found = printed_numbers(text);
    for sentence in sentences(text) {
        found.extend(grades(text, &sentence, report, is_masked, is_other));
        found.extend(numbers(text, &sentence).into_iter().filter(|found| !is_masked(&found.bytes)));
        if !is_other(&sentence) {
            found.extend(days(text, &sentence).into_iter().filter(|found| !is_masked(&found.bytes)));
        }
    }
    found.sort_by_key(|found| (found.bytes.start, found.bytes.end));
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

/// True for the second word of `looked after`, which opens no clause.
fn is_looked_after(all: &[(String, Range<usize>)], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| all.get(before));
    all.get(at).is_some_and(|(word, _)| word == "after")
        && before.is_some_and(|(word, _)| matches!(word.as_str(), "looked" | "look" | "looking"))
}

/// True if a sentence says a grade of one of the subjects by a form of `be`, and nothing else: `leadership was inadequate`,
/// `services for care leavers are still inadequate.`
fn is_said_of(all: &[(String, Range<usize>)], grade: &Mention, subjects: &[&Mention]) -> bool {
    if !PLAIN_GRADES.contains(&grade.name.as_str()) {
        return false;
    }
    let word = |at: usize| all.get(at).map_or("", |(word, _)| word.as_str());
    let mut at = grade.words.start;
    while at > 0 && ADVERBS.contains(&word(at - 1)) {
        at -= 1;
    }
    if at == 0 || !BE.contains(&word(at - 1)) {
        return false;
    }
    let verb = at - 1;
    let ends = all.get(grade.words.end).is_none_or(|(next, _)| {
        PREPOSITIONS.contains(&next.as_str()) || matches!(next.as_str(), "and" | "when" | "overall" | "again")
    });
    let subject = subjects.iter().find(|subject| subject.words.end == verb);
    let whole = verb.checked_sub(1).is_some_and(|noun| WHOLE.contains(&word(noun)));
    // `services for care leavers` are what is graded; `planning for care leavers` is not.
    let governed = subject.is_some_and(|subject| {
        let start = subject.words.start;
        let behind = start > 0 && PREPOSITIONS.contains(&word(start - 1));
        !behind || (start > 1 && matches!(word(start - 2), "services" | "service" | "provision"))
    });
    ends && (governed || whole)
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
    is_other: &dyn Fn(&Range<usize>) -> bool,
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
    let authority = report.authority.as_ref();
    let names: Vec<_> = authority
        .into_iter()
        .flat_map(|authority| [&authority.key, &authority.name])
        .map(|name| phrase("", name))
        .collect();
    let own = mentions(&all, &names);
    let subjects: Vec<&Mention> = areas.iter().chain(&own).collect();
    let said = grades.iter().any(|grade| is_said_of(&all, grade, &subjects));
    if !(explicit || rating(&all) || said) {
        return Vec::new();
    }
    let years: Vec<u16> = report
        .published
        .iter()
        .copied()
        .chain(report.inspected.iter().flat_map(|period| [period.start, period.end]))
        .map(quotable_report::Date::year)
        .collect();
    // A report on a school is about that setting; one on a council is not.
    let own_name = authority.map_or("", |authority| authority.name.as_str());
    let own_names = folded_words(&format!("{own_name} {}", report.title.as_deref().unwrap_or_default()));
    let is_own_setting = |word: &str| own_names.iter().any(|(own, _)| own == word);
    // Clauses, as ranges of words.
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for at in 0..=all.len() {
        let splits = all.get(at).is_none_or(|(word, bytes)| {
            let before = at.checked_sub(1).and_then(|before| text.get(all[before].1.end..bytes.start));
            let gap = before.unwrap_or_default();
            let looked_after = is_looked_after(&all, at);
            (CLAUSES.contains(&word.as_str()) && !looked_after)
                || gap.contains(';')
                || (gap.contains(',') && matches!(word.as_str(), "now" | "this"))
        });
        if splits && at > start {
            clauses.push(start..at);
            start = at;
        }
    }
    let mut found = Vec::new();
    for clause in clauses {
        let inside = |mention: &&Mention| clause.contains(&mention.words.start);
        // `from requires improvement to good`: the first is the old one.
        let is_old = |grade: &&Mention| {
            let before = grade.words.start.checked_sub(1).and_then(|before| all.get(before));
            before.is_some_and(|(word, _)| FROM.contains(&word.as_str()))
        };
        let clause_grades: Vec<&Mention> =
            grades.iter().filter(inside).filter(|grade| !is_old(grade)).collect();
        let clause_areas: Vec<&Mention> = areas.iter().filter(inside).collect();
        let words = &all[clause.clone()];
        let year_of = |(word, _): &(String, Range<usize>)| {
            word.parse::<u16>().ok().filter(|year| (1990..2100).contains(year) && !years.contains(year))
        };
        let other_years: Vec<u16> = words.iter().filter_map(year_of).collect();
        let otherwise = clause.clone().any(|at| {
            let (word, _) = &all[at];
            OTHERWISE.contains(&word.as_str())
                && !is_looked_after(&all, at)
                && (other_years.is_empty() || !PAST.contains(&word.as_str()))
        });
        let together = OTHERWISE_TOGETHER.iter().any(|two| {
            words.windows(2).any(|pair| pair.iter().zip(two).all(|((word, _), other)| word == other))
        });
        // Of another setting, or of several years.
        let setting =
            words.iter().any(|(word, _)| SETTINGS.contains(&word.as_str()) && !is_own_setting(word));
        let bytes = all[clause.start].1.start..all[clause.end - 1].1.end;
        let is_past = together && other_years.is_empty();
        if clause_grades.is_empty()
            || otherwise
            || is_past
            || other_years.len() > 1
            || setting
            || is_other(&bytes)
        {
            continue;
        }
        let year = other_years.first().copied();
        let mut claim = |grade: &Mention, area: &str, from: &Mention| {
            let ends = [&grade.words, &from.words];
            let first = ends.iter().map(|words| words.start).min().unwrap_or(0);
            let last = ends.iter().map(|words| words.end).max().unwrap_or(1);
            let bytes = all[first].1.start..all[last - 1].1.end;
            let known = found
                .iter()
                .any(|known: &Found| known.claim.area.as_deref() == Some(area) && known.claim.year == year);
            if !known && !is_masked(&all[grade.words.start].1) {
                let (kind, value) = (ClaimKind::Grade, grade.name.clone());
                let claim = Claim { kind, value, area: Some(area.to_owned()), year };
                found.push(Found { bytes, claim, named: None });
            }
        };
        match (clause_grades.as_slice(), clause_areas.as_slice()) {
            ([grade], []) => {
                let whole = words.iter().any(|(word, _)| WHOLE.contains(&word.as_str()))
                    || own.iter().any(|own| clause.contains(&own.words.start));
                if whole && (rating(words) || said) {
                    claim(grade, "overall", grade);
                }
            }
            ([grade], areas) if rating(words) || explicit => {
                for area in areas {
                    claim(grade, &area.name, area);
                }
            }
            (several, areas) if !(rating(words) || explicit) => {
                for grade in several.iter().filter(|grade| is_said_of(&all, grade, &subjects)) {
                    if let Some(area) = areas.iter().rfind(|area| area.words.end < grade.words.start) {
                        claim(grade, &area.name, area);
                    }
                }
            }
            (several, areas) => {
                // `good for adoption and inadequate for care leavers`: areas behind a grade that a preposition leads to.
                // `adoption good and care leavers inadequate`: the grade behind an area, with no other area between.
                let led_to = several.iter().find_map(|grade| {
                    let (next, _) = all.get(grade.words.end)?;
                    // `inadequate on 25 May` leads to no area.
                    let near = grade.words.end + 1..grade.words.end + 1 + REACH;
                    let leads = areas.iter().any(|area| near.contains(&area.words.start));
                    (leads && PREPOSITIONS.contains(&next.as_str())).then_some(grade.words.start)
                });
                for (at, area) in areas.iter().enumerate() {
                    let before = several.iter().rev().find(|grade| grade.words.end <= area.words.start);
                    if let (Some(first), Some(grade)) = (led_to, before)
                        && first <= grade.words.start
                    {
                        claim(grade, &area.name, area);
                        continue;
                    }
                    // Areas of a list share the grade behind it: `help and protection, adoption and leadership “inadequate”`.
                    let Some(grade) = several.iter().find(|grade| grade.words.start > area.words.start)
                    else {
                        continue;
                    };
                    let between = areas[at + 1..].iter().filter(|next| next.words.start < grade.words.start);
                    let named: usize = between.map(|next| next.words.len()).sum();
                    if grade.words.start - area.words.end <= named + MOST_JOINING {
                        claim(grade, &area.name, area);
                    }
                }
            }
        }
    }
    found
}

/// Words between the areas of a list and their grade, besides the areas.
const MOST_JOINING: usize = 8;
/// Words from a number to the children that it counts, and from a grade to its area.
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
            let claim = Claim { kind: ClaimKind::Number, value: token.text.clone(), area: None, year: None };
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
        // The day of another report is none of this one.
        let another = has(&ANOTHER, &day);
        let named = if another {
            Named::Other(day.clone())
        } else if on_report && has(&["published", "issued", "released"], &day) {
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
        let claim = Claim { kind: ClaimKind::Date, value, area: None, year: None };
        Found { bytes, claim, named: Some(named) }
    })
    .collect()
}
