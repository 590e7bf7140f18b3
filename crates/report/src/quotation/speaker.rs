//! Who is said to speak.
//!
//! The sentence around a quotation is read for a verb of saying. Its subject, the nearest known noun or name
//! before the verb, else behind it, is who speaks. `It`, `they` and `he` stand for whoever spoke last.

use std::ops::Range;

use super::context::{Word, sentence_end, sentence_start, words};
use super::pair::Found;
use super::{Evidence, Piece, Speaker};

const VERBS: [&str; 66] = [
    "said",
    "says",
    "say",
    "saying",
    "stated",
    "states",
    "state",
    "added",
    "adds",
    "add",
    "continued",
    "continues",
    "found",
    "finds",
    "find",
    "wrote",
    "writes",
    "write",
    "told",
    "tells",
    "described",
    "describes",
    "describe",
    "called",
    "calls",
    "call",
    "warned",
    "warns",
    "warn",
    "noted",
    "notes",
    "note",
    "concluded",
    "concludes",
    "conclude",
    "reads",
    "read",
    "explained",
    "explains",
    "admitted",
    "admits",
    "confirmed",
    "confirm",
    "confirms",
    "reported",
    "reports",
    "highlighted",
    "praised",
    "criticised",
    "commented",
    "comments",
    "insisted",
    "identified",
    "concedes",
    "argued",
    "rates",
    "rated",
    "labelled",
    "branded",
    "observed",
    "observes",
    "remarked",
    "according",
    "judged",
    "saw",
    "asked",
];
const REPORT: [&str; 15] = [
    "report",
    "report's",
    "reports",
    "inspectors",
    "inspector",
    "inspectors'",
    "inspection",
    "inspectorate",
    "ofsted",
    "ofsted's",
    "watchdog",
    "findings",
    "review",
    "regulator",
    "verdict",
];
/// What a report makes and others speak of.
const FOUND: [&str; 5] = ["finding", "findings", "conclusion", "judgement", "verdict"];
const PEOPLE: [&str; 43] = [
    "cllr",
    "councillor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "professor",
    "sir",
    "dame",
    "leader",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "director",
    "member",
    "mp",
    "minister",
    "secretary",
    "commissioner",
    "parent",
    "mother",
    "father",
    "mum",
    "dad",
    "carer",
    "teacher",
    "resident",
    "charity",
    "union",
    "organiser",
    "officer",
    "chief",
    "executive",
    "chair",
    "chairman",
    "manager",
    "headteacher",
    "council",
    "department",
    "boss",
    "worker",
    "opposition",
];
const PERSONAL: [&str; 4] = ["he", "she", "i", "we"];
const CARRIED: [&str; 3] = ["it", "they", "its"];

/// A subject of a verb of saying.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    Is(Speaker),
    /// `it`, `they`: whoever spoke last.
    Carried,
    /// `he`, `she`: the person who spoke last.
    Personal,
    /// A verb alone: whoever spoke last, if anyone did.
    Unknown,
}

/// True if a paragraph ends by announcing that someone is quoted.
pub(super) fn announces(text: &str) -> bool {
    let start = sentence_start(text, 0, text.trim_end().len());
    words(text, start..text.len()).iter().rev().take(8).any(|word| is_in(&VERBS, word.text))
}

/// Who speaks each of the quotations, which are in order, and by which words.
pub(super) fn speakers(pieces: &[Piece<'_>], found: &[Found]) -> Vec<(Speaker, Option<Evidence>)> {
    let mut all: Vec<(Speaker, Option<Evidence>)> = Vec::with_capacity(found.len());
    let mut outer_end = (0, 0); // where the last outer quotation ended
    let mut last: Option<(Speaker, usize)> = None;
    for (index, quotation) in found.iter().enumerate() {
        let (Some(first), Some(end)) = (quotation.parts.first(), quotation.parts.last()) else {
            all.push((Speaker::Unattributed, None));
            continue;
        };
        if quotation.depth > 0
            && let Some(outer) = all.last().cloned()
        {
            all.push(outer);
            continue;
        }
        let next =
            found.iter().skip(index + 1).find(|next| next.depth == 0).and_then(|next| next.parts.first());
        let until = next.filter(|next| next.piece == end.piece).map(|next| next.bytes.start);
        let from = if outer_end.0 == first.piece { outer_end.1 } else { 0 };
        let told = told(pieces, first.piece, from..first.bytes.start, (end.piece, end.bytes.end, until));
        outer_end = (end.piece, end.bytes.end);
        let (speaker, evidence) = match told {
            Some((Subject::Is(speaker), evidence)) => (speaker, Some(evidence)),
            Some((Subject::Personal, evidence)) => match &last {
                Some((person @ Speaker::Person { .. }, _)) => (person.clone(), Some(evidence)),
                _ => (Speaker::Person { name: None }, Some(evidence)),
            },
            Some((Subject::Unknown, evidence)) => {
                (last.as_ref().map_or(Speaker::Unattributed, |(last, _)| last.clone()), Some(evidence))
            }
            // Of what an article calls `it` before it has named anyone, the report is its subject.
            Some((Subject::Carried, evidence)) => {
                (last.as_ref().map_or(Speaker::Report, |(last, _)| last.clone()), Some(evidence))
            }
            // Unsaid within a paragraph, it is who spoke before in it; a paragraph that is nothing but a
            // quotation goes on where the one before it ended.
            None => match &last {
                Some((speaker, piece)) if *piece == first.piece => (speaker.clone(), None),
                Some((speaker, piece)) if *piece + 1 == first.piece && stands_alone(pieces, quotation) => {
                    (speaker.clone(), None)
                }
                _ => (Speaker::Unattributed, None),
            },
        };
        if speaker != Speaker::Unattributed {
            last = Some((speaker.clone(), end.piece));
        }
        all.push((speaker, evidence));
    }
    all
}

/// What the sentence around says: behind the quotation, before it, and in the paragraph before.
fn told(
    pieces: &[Piece<'_>],
    piece: usize,
    before: Range<usize>,
    (end_piece, end, until): (usize, usize, Option<usize>),
) -> Option<(Subject, Evidence)> {
    let text = pieces.get(piece)?.text;
    let start = sentence_start(text, before.start, before.end);
    let lead = start..before.end;
    let announced = text[..before.end].trim_end_matches(is_mark).trim_end().ends_with(':');
    let after_text = pieces.get(end_piece)?.text;
    let stops = after_text[..end].ends_with(['.', '!', '?']);
    let after = end..sentence_end(after_text, end, until.unwrap_or(after_text.len()));
    let ahead = || read(pieces, piece, lead.clone(), false);
    let behind = || if stops { None } else { read(pieces, end_piece, after.clone(), true) };
    let told = if announced { ahead().or_else(behind) } else { behind().or_else(ahead) };
    told.or_else(|| {
        // A quotation that opens its paragraph may be announced by the one before.
        let opens = text[..before.end].trim_matches(|letter: char| is_mark(letter) || letter.is_whitespace());
        let above = pieces.get(piece.checked_sub(1)?).filter(|_| opens.is_empty())?.text;
        let start = sentence_start(above, 0, above.trim_end().len());
        let announces = above.trim_end().ends_with(':');
        if announces { read(pieces, piece - 1, start..above.len(), false) } else { None }
    })
}

fn stands_alone(pieces: &[Piece<'_>], quotation: &Found) -> bool {
    let alone = |part: &super::pair::FoundPart| {
        let text = pieces.get(part.piece).map_or("", |piece| piece.text);
        let outside = |text: &str| text.chars().any(char::is_alphanumeric);
        !outside(&text[..part.bytes.start]) && !outside(&text[part.bytes.end..])
    };
    quotation.parts.iter().all(alone)
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»')
}

/// Reads one stretch of text for a verb of saying and its subject.
fn read(
    pieces: &[Piece<'_>],
    piece: usize,
    range: Range<usize>,
    behind: bool,
) -> Option<(Subject, Evidence)> {
    const REACH: usize = 14;
    let holder = pieces.get(piece)?;
    let all = words(holder.text, range);
    // `“…” is, he said, the aim`: he says the aim, and names what is quoted.
    if behind && all.first().is_some_and(|word| is_in(&["is", "was", "are", "were"], word.text)) {
        return None;
    }
    // `She welcomed the finding that “…”`: the words are not hers.
    if let [.., found, that] = all.as_slice()
        && !behind
        && is_in(&FOUND, found.text)
        && is_in(&["that", "of"], that.text)
    {
        return Some((
            Subject::Is(Speaker::Report),
            evidence(holder, found.at..found.at + found.text.len())?,
        ));
    }
    let near: &[Word<'_>] =
        if behind { &all[..all.len().min(REACH)] } else { &all[all.len().saturating_sub(2 * REACH)..] };
    let verbs = near.iter().enumerate().filter(|(_, word)| is_in(&VERBS, word.text)).map(|(index, _)| index);
    // The verb nearest to the quotation that has a subject.
    let verbs: Vec<usize> = if behind { verbs.collect() } else { verbs.rev().collect() };
    let spoken = verbs.iter().find_map(|&verb| {
        let before = (0..verb).rev().find_map(|at| subject(near, at));
        let inverted = !matches!(near[verb].text.to_lowercase().as_str(), "told" | "tells");
        before.or_else(|| (verb + 1..near.len()).filter(|_| inverted).find_map(|at| subject(near, at)))
    });
    // A verb whose subject is not known still says that someone goes on speaking.
    let spoken = spoken.or_else(|| {
        let &verb = verbs.first().filter(|_| !behind)?;
        Some((Subject::Unknown, verb..verb + 1))
            .filter(|_| near.iter().all(|word| !is_in(&REPORT, word.text)))
    });
    // Without a verb, what the report is said to be full of is still its own.
    let spoken = spoken.or_else(|| {
        let named = near.iter().position(|word| is_in(&REPORT, word.text))?;
        Some((Subject::Is(Speaker::Report), named..named + 1))
    });
    let (subject, at) = spoken?;
    let first = near.get(at.start.min(verbs.first().copied().unwrap_or(at.start)))?;
    let last = near.get((at.end - 1).max(verbs.first().copied().unwrap_or(0)))?;
    let bytes = first.at..last.at + last.text.len();
    Some((subject, evidence(holder, bytes)?))
}

fn evidence(holder: &Piece<'_>, bytes: Range<usize>) -> Option<Evidence> {
    let text = holder.text.get(bytes.clone())?.to_owned();
    let bytes = bytes.start + holder.offset..bytes.end + holder.offset;
    Some(Evidence { paragraph: holder.number, bytes, text })
}

/// Who a word names, and the words of the name.
fn subject(words: &[Word<'_>], at: usize) -> Option<(Subject, Range<usize>)> {
    let word = words.get(at)?.text;
    if is_in(&REPORT, word) {
        return Some((Subject::Is(Speaker::Report), at..at + 1));
    }
    if is_in(&CARRIED, word) {
        return Some((Subject::Carried, at..at + 1));
    }
    if is_in(&PERSONAL, word) {
        return Some((Subject::Personal, at..at + 1));
    }
    let capital = |index: usize| {
        words.get(index).is_some_and(|word| {
            word.text.starts_with(char::is_uppercase) && !is_in(&REPORT, word.text) && !is_day(word.text)
        })
    };
    // The first word of a sentence is a capital anyway; a name is more than one word, or stands inside.
    if capital(at) && (at > 0 || capital(at + 1)) {
        let start = (0..at).rev().take_while(|&index| capital(index)).last().unwrap_or(at);
        let end =
            (at + 1..words.len()).take_while(|&index| capital(index)).last().map_or(at + 1, |last| last + 1);
        let named: Vec<&str> = words[start..end].iter().map(|word| word.text).collect();
        let name = Some(named.join(" "));
        return Some((Subject::Is(Speaker::Person { name }), start..end));
    }
    if is_in(&PEOPLE, word) {
        return Some((Subject::Is(Speaker::Person { name: None }), at..at + 1));
    }
    None
}

/// A weekday or month: `published on Monday`.
fn is_day(word: &str) -> bool {
    word.ends_with("day") || crate::MONTHS.contains(&word)
}

fn is_in(list: &[&str], word: &str) -> bool {
    // Longer words are none of these, however long the text.
    word.len() <= 16 && list.contains(&word.to_lowercase().replace('’', "'").as_str())
}
