//! Tells who speaks a quotation.
//!
//! The sentence around a quotation is read for a verb of saying and its subject, the nearest known noun, name or pronoun
//! before the verb, else behind it: the patterns of Elson and McKeown, "Automatic Attribution of Quoted Speech in Literary
//! Narrative" (AAAI 2010), with fixed word lists in place of a parser. A quotation without such words is attributed to the
//! speaker before it if they share a paragraph, or if it fills the next one.

use std::ops::Range;

use super::spans::{Span, SpanPart};
use super::word_lists::{FINDINGS, IMPERSONAL, PEOPLE, PERSONAL, REPORT, VERBS, is_in};
use super::words::{Word, sentence_end, sentence_start, words};
use super::{Evidence, ParagraphText, Speaker};
use quotable_report::MONTHS;

/// Words behind a quotation in which its verb of saying is looked for; before it, twice as many.
const REACH: usize = 14;
/// Words from the end of a paragraph that may announce the next one as a quotation.
const ANNOUNCEMENT: usize = 8;

/// The subject of a verb of saying.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    Named(Speaker),
    /// `it`, `they`: whoever spoke last.
    Impersonal,
    /// `he`, `she`: the person who spoke last.
    Personal,
    /// None that is known: whoever spoke last, if anyone did.
    Unknown,
}

/// The side of a quotation on which words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// True if the last sentence of `text` announces a quotation.
pub(super) fn announces(text: &str) -> bool {
    let start = sentence_start(text, 0, text.trim_end().len());
    words(text, start..text.len()).iter().rev().take(ANNOUNCEMENT).any(|word| is_in(&VERBS, word.text))
}

/// The speaker of each span, with the words that tell. `spans` are in order of their first bytes, outer before inner; an
/// inner span has the speaker of the span before it.
pub(super) fn speakers(paragraphs: &[ParagraphText<'_>], spans: &[Span]) -> Vec<(Speaker, Option<Evidence>)> {
    let mut speakers: Vec<(Speaker, Option<Evidence>)> = Vec::with_capacity(spans.len());
    // Paragraph and byte where the last outer quotation ended: words before belong to it.
    let mut outer_end = (0, 0);
    // The speaker before, and the paragraph in which that quotation ended.
    let mut last: Option<(Speaker, usize)> = None;
    for (index, span) in spans.iter().enumerate() {
        let (Some(first), Some(end)) = (span.parts.first(), span.parts.last()) else {
            debug_assert!(false, "spans without parts are dropped when they are paired");
            speakers.push((Speaker::Unattributed, None));
            continue;
        };
        if span.depth > 0
            && let Some(outer) = speakers.last().cloned()
        {
            speakers.push(outer);
            continue;
        }
        let next =
            spans.iter().skip(index + 1).find(|next| next.depth == 0).and_then(|next| next.parts.first());
        let until = next.filter(|next| next.paragraph == end.paragraph).map(|next| next.bytes.start);
        let from = if outer_end.0 == first.paragraph { outer_end.1 } else { 0 };
        let context = Context { paragraphs, first, last: end, from, until };
        outer_end = (end.paragraph, end.bytes.end);
        let (speaker, evidence) = match context.subject() {
            Some((subject, evidence)) => (resolve(subject, last.as_ref()), Some(evidence)),
            None => {
                let continues = |paragraph: usize| {
                    paragraph == first.paragraph
                        || (paragraph + 1 == first.paragraph && fills_paragraphs(paragraphs, span))
                };
                let speaker = last.as_ref().filter(|(_, paragraph)| continues(*paragraph));
                (speaker.map_or(Speaker::Unattributed, |(speaker, _)| speaker.clone()), None)
            }
        };
        if speaker != Speaker::Unattributed {
            last = Some((speaker.clone(), end.paragraph));
        }
        speakers.push((speaker, evidence));
    }
    speakers
}

/// The speaker that a subject refers to, given the speaker before.
fn resolve(subject: Subject, last: Option<&(Speaker, usize)>) -> Speaker {
    let last = last.map(|(speaker, _)| speaker.clone());
    match subject {
        Subject::Named(speaker) => speaker,
        Subject::Personal => match last {
            Some(person @ Speaker::Person { .. }) => person,
            _ => Speaker::Person { name: None },
        },
        // Until an article has named anyone, its `it` is the report, its subject.
        Subject::Impersonal => last.unwrap_or(Speaker::Report),
        Subject::Unknown => last.unwrap_or(Speaker::Unattributed),
    }
}

/// The text around a quotation.
struct Context<'a> {
    paragraphs: &'a [ParagraphText<'a>],
    /// The first part of the quotation.
    first: &'a SpanPart,
    /// Its last part.
    last: &'a SpanPart,
    /// Where the text before it may be read from: a byte of its first paragraph.
    from: usize,
    /// Where the next quotation begins, if it does in the same paragraph: a byte of its last paragraph.
    until: Option<usize>,
}

impl Context<'_> {
    /// Who the words around the quotation say speaks, with those words: of its sentence behind and before it, or of the
    /// end of the paragraph before. Behind comes first, unless a colon announces the quotation.
    fn subject(&self) -> Option<(Subject, Evidence)> {
        let (start, end) = (self.first.bytes.start, self.last.bytes.end);
        let text = self.paragraphs.get(self.first.paragraph)?.text;
        let lead = sentence_start(text, self.from, start)..start;
        let announced = text[..start].trim_end_matches(is_mark).trim_end().ends_with(':');
        let end_text = self.paragraphs.get(self.last.paragraph)?.text;
        // Behind a full stop another sentence begins.
        let stops = end_text[..end].ends_with(['.', '!', '?']);
        let tail = end..sentence_end(end_text, end, self.until.unwrap_or(end_text.len()));
        let before = || self.read(self.first.paragraph, lead.clone(), Side::Before);
        let behind = || if stops { None } else { self.read(self.last.paragraph, tail.clone(), Side::Behind) };
        let found = if announced { before().or_else(behind) } else { behind().or_else(before) };
        found.or_else(|| {
            let opens_paragraph = text[..start]
                .trim_matches(|letter: char| is_mark(letter) || letter.is_whitespace())
                .is_empty();
            let index = self.first.paragraph.checked_sub(1).filter(|_| opens_paragraph)?;
            let above = self.paragraphs.get(index)?.text;
            let start = sentence_start(above, 0, above.trim_end().len());
            let announced = above.trim_end().ends_with(':');
            if announced { self.read(index, start..above.len(), Side::Before) } else { None }
        })
    }

    /// Reads a byte range of a paragraph, on one side of the quotation, for a verb of saying and its subject.
    fn read(&self, paragraph: usize, range: Range<usize>, side: Side) -> Option<(Subject, Evidence)> {
        let paragraph = self.paragraphs.get(paragraph)?;
        let all = words(paragraph.text, range);
        let behind = side == Side::Behind;
        // `“…” is, he said, the aim`: he talks about the words quoted, which need not be his.
        if behind && all.first().is_some_and(|word| is_in(&["is", "was", "are", "were"], word.text)) {
            return None;
        }
        // `She welcomed the finding that “…”`: the words are the report's, not hers.
        if let [.., finding, that] = all.as_slice()
            && !behind
            && is_in(&FINDINGS, finding.text)
            && is_in(&["that", "of"], that.text)
        {
            let evidence = evidence(paragraph, finding.at..finding.end())?;
            return Some((Subject::Named(Speaker::Report), evidence));
        }
        let near: &[Word<'_>] =
            if behind { &all[..all.len().min(REACH)] } else { &all[all.len().saturating_sub(2 * REACH)..] };
        let mut verbs: Vec<usize> =
            (0..near.len()).filter(|&index| is_in(&VERBS, near[index].text)).collect();
        if !behind {
            // Nearest to the quotation first.
            verbs.reverse();
        }
        let of_verb = verbs.iter().find_map(|&verb| {
            let before = (0..verb).rev().find_map(|at| subject_at(near, at));
            // `said Ada Quill`; behind `told` comes the listener.
            let inverted = !is_in(&["told", "tells"], near[verb].text);
            before.or_else(|| (verb + 1..near.len()).filter(|_| inverted).find_map(|at| subject_at(near, at)))
        });
        let names_report = near.iter().position(|word| is_in(&REPORT, word.text));
        let found = of_verb.or_else(|| match (names_report, verbs.first()) {
            // Without a verb, what the report is full of is still its own.
            (Some(at), _) => Some((Subject::Named(Speaker::Report), at..at + 1)),
            // A verb with an unknown subject still says that somebody goes on speaking.
            (None, Some(&verb)) if !behind => Some((Subject::Unknown, verb..verb + 1)),
            _ => None,
        });
        let (subject, at) = found?;
        // The evidence runs from the subject to the first verb, or from the verb to the subject.
        let verb = verbs.first().copied();
        let first = near.get(verb.map_or(at.start, |verb| verb.min(at.start)))?;
        let last = near.get(verb.map_or(at.end - 1, |verb| verb.max(at.end - 1)))?;
        Some((subject, evidence(paragraph, first.at..last.end())?))
    }
}

/// True if nothing but the quotation is in its paragraphs.
fn fills_paragraphs(paragraphs: &[ParagraphText<'_>], span: &Span) -> bool {
    let fills = |part: &SpanPart| {
        let text = paragraphs.get(part.paragraph).map_or("", |paragraph| paragraph.text);
        let has_words = |text: &str| text.chars().any(char::is_alphanumeric);
        !has_words(&text[..part.bytes.start]) && !has_words(&text[part.bytes.end..])
    };
    span.parts.iter().all(fills)
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»')
}

fn evidence(paragraph: &ParagraphText<'_>, bytes: Range<usize>) -> Option<Evidence> {
    let text = paragraph.text.get(bytes.clone())?.to_owned();
    let bytes = bytes.start + paragraph.offset..bytes.end + paragraph.offset;
    Some(Evidence { paragraph: paragraph.number, bytes, text })
}

/// The subject that the word at index `at` is or belongs to, and the indices of its words.
fn subject_at(words: &[Word<'_>], at: usize) -> Option<(Subject, Range<usize>)> {
    let word = words.get(at)?.text;
    if is_in(&REPORT, word) {
        return Some((Subject::Named(Speaker::Report), at..at + 1));
    }
    if is_in(&IMPERSONAL, word) {
        return Some((Subject::Impersonal, at..at + 1));
    }
    if is_in(&PERSONAL, word) {
        return Some((Subject::Personal, at..at + 1));
    }
    let capital = |index: usize| {
        words.get(index).is_some_and(|word| {
            word.text.starts_with(char::is_uppercase) && !is_in(&REPORT, word.text) && !is_day(word.text)
        })
    };
    // The first word of a sentence is a capital anyway: there only a second one makes a name.
    if capital(at) && (at > 0 || capital(at + 1)) {
        let start = (0..at).rev().take_while(|&index| capital(index)).last().unwrap_or(at);
        let end =
            (at + 1..words.len()).take_while(|&index| capital(index)).last().map_or(at + 1, |last| last + 1);
        let named: Vec<&str> = words[start..end].iter().map(|word| word.text).collect();
        let name = Some(named.join(" "));
        return Some((Subject::Named(Speaker::Person { name }), start..end));
    }
    if is_in(&PEOPLE, word) {
        return Some((Subject::Named(Speaker::Person { name: None }), at..at + 1));
    }
    None
}

/// True for a weekday or month, capitals that name nobody: `published on Monday`.
fn is_day(word: &str) -> bool {
    word.ends_with("day") || MONTHS.contains(&word)
}
