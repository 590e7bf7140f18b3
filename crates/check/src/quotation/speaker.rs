//! Tells who speaks a quotation.
//!
//! The sentence around a quotation is read for a verb of saying and its subject: the patterns of Elson and McKeown,
//! "Automatic Attribution of Quoted Speech in Literary Narrative" (AAAI 2010), with fixed word lists in place of a parser.
//! A wrong name does harm, and a missing one little: where the subject of the verb is in doubt, nobody is named. A
//! quotation without such words has the speaker of the one before it if both are in one sentence, or if it goes on in a
//! paragraph of its own.

mod carried;

use std::ops::Range;

use super::clause::{Reader, Who};
use super::spans::{Span, SpanPart};
use super::word_lists::{
    ADDRESSED, BE, DENYING, FINDINGS, JUDGING, MODALS, PERCEIVING, REPORT, SAYINGS, TOLD, VERBS, is_in,
    is_negation,
};
use super::words::{Word, is_credit, is_name_line, sentence_end, sentence_start, words};
use super::{Evidence, ParagraphText, Speaker};

/// Words behind a quotation in which its verb of saying is looked for.
const REACH: usize = 16;
/// Words before a quotation that are read.
const REACH_BEFORE: usize = 60;
/// Paragraphs, and bytes of each, between a pronoun and the quotation before, whose speaker it may mean.
const MOST_PARAGRAPHS_BETWEEN: usize = 6;
const MOST_BETWEEN: usize = 4_096;
/// Bytes before a quotation in which the verb of a passive is looked for: `was labelled “…” by`.
const PASSIVE: usize = 120;
/// Words of a sentence that may look back at the quotation before it.
const SHORT_SENTENCE: usize = 8;
/// Bytes around a quotation in a quotation that are read.
const NESTED: usize = 240;
/// Words from the end of a paragraph that may announce the next one as a quotation.
const ANNOUNCEMENT: usize = 8;
/// Words at most before a colon that name a speaker without a verb: `A spokesperson for Marlowe Council:`.
const LONGEST_LABEL: usize = 10;

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

/// The speaker of the quotation before, and where it ended.
#[derive(Debug, Clone)]
struct Last {
    speaker: Speaker,
    paragraph: usize,
    byte: usize,
}

/// The speaker of each span, with the words that tell. `spans` are in order of their first bytes, outer before inner; an
/// inner span has the speaker of the span before it.
pub(super) fn speakers(paragraphs: &[ParagraphText<'_>], spans: &[Span]) -> Vec<(Speaker, Option<Evidence>)> {
    let mut speakers: Vec<(Speaker, Option<Evidence>)> = Vec::with_capacity(spans.len());
    if spans.is_empty() {
        return speakers;
    }
    let reader = Reader::new(paragraphs);
    // Paragraph and byte where the last outer quotation ended: words before belong to it.
    let mut outer_end = (0, 0);
    let mut last: Option<Last> = None;
    let mut outer_span: Option<&Span> = None;
    for (index, span) in spans.iter().enumerate() {
        let (Some(first), Some(end)) = (span.parts.first(), span.parts.last()) else {
            debug_assert!(false, "spans without parts are dropped when they are paired");
            speakers.push((Speaker::Unattributed, None));
            continue;
        };
        if span.depth == 0 {
            outer_span = Some(span);
        }
        if span.depth > 0
            && let Some(outer) = speakers.last().cloned()
        {
            // `“The report is clear. It says ‘…’,” she said`: the inner words are the report's, if the outer ones say so.
            let own = outer_span.and_then(|outer: &Span| {
                let (from, to) = (outer.parts.first()?, outer.parts.last()?);
                let text = paragraphs.get(first.paragraph)?.text;
                // A bound, since quotations may nest in one another by the thousand.
                let near = text.floor_char_boundary(first.bytes.start.saturating_sub(NESTED));
                let from = if from.paragraph == first.paragraph { from.bytes.start.max(near) } else { near };
                let end_text = paragraphs.get(end.paragraph)?.text;
                let far = end_text.floor_char_boundary((end.bytes.end + NESTED).min(end_text.len()));
                let until =
                    if to.paragraph == end.paragraph { to.bytes.end.clamp(end.bytes.end, far) } else { far };
                let until = Some(until);
                let context = Context { reader: &reader, paragraphs, span, first, last: end, from, until };
                context.subject().filter(|(who, _)| *who == Who::Report)
            });
            match own {
                Some((_, evidence)) => speakers.push((Speaker::Report, Some(evidence))),
                None => speakers.push(outer),
            }
            continue;
        }
        let next =
            spans.iter().skip(index + 1).find(|next| next.depth == 0).and_then(|next| next.parts.first());
        let until = next.filter(|next| next.paragraph == end.paragraph).map(|next| next.bytes.start);
        let from = if outer_end.0 == first.paragraph { outer_end.1 } else { 0 };
        let context = Context { reader: &reader, paragraphs, span, first, last: end, from, until };
        outer_end = (end.paragraph, end.bytes.end);
        let (speaker, evidence) = match context.subject() {
            Some((who, evidence)) => (context.resolve(who, last.as_ref()), Some(evidence)),
            None => (context.carried(last.as_ref()), None),
        };
        let (speaker, evidence) = match speaker {
            Speaker::Unattributed => (speaker, None),
            named => (named, evidence),
        };
        if speaker != Speaker::Unattributed {
            last = Some(Last { speaker: speaker.clone(), paragraph: end.paragraph, byte: end.bytes.end });
        }
        speakers.push((speaker, evidence));
    }
    share_in_lists(paragraphs, spans, &mut speakers);
    speakers
}

/// Gives the quotations of a list one speaker, whichever of them has the words that tell: `called it “…”, “…” and “…”`,
/// `labelled “…” and “…” by the report`.
fn share_in_lists(
    paragraphs: &[ParagraphText<'_>],
    spans: &[Span],
    speakers: &mut [(Speaker, Option<Evidence>)],
) {
    let is_list = |left: &Span, right: &Span| {
        let (Some(end), Some(start)) = (left.parts.last(), right.parts.first()) else { return false };
        let text = paragraphs.get(end.paragraph).map_or("", |paragraph| paragraph.text);
        let between = text.get(end.bytes.end..start.bytes.start).unwrap_or_default();
        let joins = |word: &Word<'_>| is_in(&["and", "or", "but"], word.text);
        end.paragraph == start.paragraph
            && (left.depth, right.depth) == (0, 0)
            && !text[..end.bytes.end].ends_with(['.', '!', '?'])
            && !between.contains(['.', '!', '?', ';', ':'])
            && words(text, end.bytes.end..start.bytes.start).iter().all(joins)
    };
    let mut share = |from: usize, to: usize| {
        if speakers[to].1.is_none() && speakers[from].1.is_some() {
            speakers[to] = speakers[from].clone();
        }
    };
    for at in 1..spans.len() {
        if is_list(&spans[at - 1], &spans[at]) {
            share(at - 1, at);
        }
    }
    for at in (1..spans.len()).rev() {
        if is_list(&spans[at - 1], &spans[at]) {
            share(at, at - 1);
        }
    }
}

/// The text around a quotation.
struct Context<'a> {
    reader: &'a Reader,
    paragraphs: &'a [ParagraphText<'a>],
    span: &'a Span,
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
    fn subject(&self) -> Option<(Who, Evidence)> {
        if self.span.block
            && let Some(found) = self.credit()
        {
            return Some(found);
        }
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
        let owned = || {
            let paragraph = self.paragraphs.get(self.first.paragraph)?;
            let all = words(text, lead.clone());
            let (who, found) = self.reader.possessor(text, &all)?;
            let bytes = all.get(found.start)?.at..all.get(found.end.checked_sub(1)?)?.end();
            Some((who, evidence(paragraph, bytes)?))
        };
        if let Some(found) = owned() {
            return Some(found);
        }
        if let Some(found) = self.told(self.first.paragraph, lead.clone()) {
            return Some(found);
        }
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

    /// Who speaks where the sentence opens with what was said to somebody or of him: `Accused of “…”, Ned Vane said he was
    /// sorry`, `Described by Ada Quill as “…”`. The subject behind is not the speaker.
    fn told(&self, paragraph: usize, range: Range<usize>) -> Option<(Who, Evidence)> {
        let paragraph = self.paragraphs.get(paragraph)?;
        let all = words(paragraph.text, range);
        let first = all.first().filter(|first| is_in(&TOLD, first.text))?;
        // `Asked for a comment, Ned Vane said “…”`: the main clause has begun.
        let clause = paragraph.text.get(first.at..self.first.bytes.start)?;
        if clause.contains([',', ':']) {
            return None;
        }
        let by = all.get(1).filter(|by| is_in(&["by"], by.text));
        let named = by.and_then(|_| self.reader.noun_behind(paragraph.text, &all, 2));
        let whether = all.iter().any(|word| is_in(&["whether", "if", "why", "how"], word.text));
        // `Labelled “…” and “…” by Ofsted`: who judges may come behind.
        if named.is_none() && is_in(&JUDGING, first.text) {
            return None;
        }
        let (who, end) = match named {
            Some((who, found)) if !whether => (who, all.get(found.end.checked_sub(1)?)?.end()),
            _ => (Who::Person(None), first.end()),
        };
        Some((who, evidence(paragraph, first.at..end)?))
    }

    /// The speaker that the line below a block quotation names: `— Ada Quill, leader of the council`.
    fn credit(&self) -> Option<(Who, Evidence)> {
        let paragraph = self.paragraphs.get(self.last.paragraph)?;
        let rest = paragraph.text.get(self.last.bytes.end..).filter(|rest| is_credit(rest));
        let (paragraph, start) = match rest {
            Some(_) => (paragraph, self.last.bytes.end),
            None => {
                let next = self.paragraphs.get(self.last.paragraph + 1)?;
                let named = next.bullet && paragraph.set_apart && is_name_line(next.text);
                (Some(next).filter(|next| named || is_credit(next.text))?, 0)
            }
        };
        let all = words(paragraph.text, start..paragraph.text.len());
        let (who, found) = self.reader.noun_behind(paragraph.text, &all, 0)?;
        let bytes = all.get(found.start)?.at..all.get(found.end.checked_sub(1)?)?.end();
        Some((who, evidence(paragraph, bytes)?))
    }

    /// Reads a byte range of a paragraph, on one side of the quotation, for a verb of saying and its subject.
    fn read(&self, paragraph: usize, range: Range<usize>, side: Side) -> Option<(Who, Evidence)> {
        let paragraph = self.paragraphs.get(paragraph)?;
        let all = words(paragraph.text, range.clone());
        let (who, found) = match side {
            Side::Before => {
                let near = &all[all.len().saturating_sub(REACH_BEFORE)..];
                let label = paragraph.text[range].trim_end_matches(is_mark).trim_end().ends_with(':');
                let (who, found) = self.read_before(paragraph.text, near, label)?;
                (who, near.get(found.start)?.at..near.get(found.end - 1)?.end())
            }
            Side::Behind => {
                let near = &all[..all.len().min(REACH)];
                // The words that lead to the next quotation say who speaks that one: `“…,” said Ned Vane, adding: “…”`.
                let leads = self.until == Some(range.end)
                    || paragraph.text[range].trim_end_matches(is_mark).trim_end().ends_with(':');
                let near =
                    if leads { &near[..self.reader.before_last_clause(paragraph.text, near)] } else { near };
                let (who, found) = self.read_behind(paragraph.text, near)?;
                (who, near.get(found.start)?.at..near.get(found.end - 1)?.end())
            }
        };
        Some((who, evidence(paragraph, found)?))
    }

    /// Who speaks according to the words before a quotation, and the indices of the words that say so. `label` says that
    /// they end in a colon.
    fn read_before(&self, text: &str, all: &[Word<'_>], label: bool) -> Option<(Who, Range<usize>)> {
        // `She welcomed the finding that “…”`: the words are the report's, not hers.
        if let [.., finding, that] = all
            && is_in(&FINDINGS, finding.text)
            && is_in(&["that", "of"], that.text)
        {
            return Some((Who::Report, all.len() - 2..all.len() - 1));
        }
        // `As Ada put it:`
        if let [before @ .., put, it] = all
            && is_in(&["put", "puts"], put.text)
            && is_in(&["it"], it.text)
            && !before.is_empty()
        {
            let start = usize::from(is_in(&["as"], before[0].text)).min(before.len() - 1);
            let found = self.reader.noun_before(text, all, start..before.len());
            return Some(found.unwrap_or((Who::Person(None), 0..all.len())));
        }
        // `Ned Vane quoted Ada Quill as saying “…”`
        if let Some(quoted) = all.iter().rposition(|word| is_in(&["quoted", "quotes", "quoting"], word.text))
            && let Some(saying) = (quoted + 1..all.len().saturating_sub(1))
                .find(|&at| is_in(&["as"], all[at].text) && all[at + 1].text.ends_with("ing"))
        {
            let (who, found) = self.reader.noun_behind(text, &all[..saying], quoted + 1)?;
            return Some((who, quoted..found.end));
        }
        // `in the words of Ada Quill, “…”`
        if let Some(of) = all.windows(3).rposition(|three| {
            is_in(&["the"], three[0].text)
                && is_in(&["words"], three[1].text)
                && is_in(&["of"], three[2].text)
        }) {
            let (who, found) = self.reader.noun_behind(text, all, of + 3)?;
            return (found.end == all.len()).then_some((who, of..found.end));
        }
        let mut has_verb = false;
        for verb in (0..all.len()).rev().filter(|&at| is_in(&VERBS, all[at].text)) {
            // `told by Ada Quill`, `was described by inspectors as`: who comes behind `by` speaks.
            if all.get(verb + 1).is_some_and(|next| is_in(&["by"], next.text))
                && let Some((who, found)) = self.reader.noun_behind(text, all, verb + 2)
            {
                return Some((who, verb..found.end));
            }
            let passive = verb > 0 && is_in(&BE, all[verb - 1].text);
            if passive || is_noun(all, verb) {
                continue;
            }
            has_verb = true;
            if is_in(&["according"], all[verb].text) {
                let who = self.reader.noun_behind(text, all, verb + 2)?;
                return Some((who.0, verb..who.1.end));
            }
            // `told the Herald that`, `asked by a parent`: who is addressed does not speak.
            let (who, subject) = match self.reader.inverted(text, all, verb) {
                Some(found) => found,
                None => self.reader.subject_before(text, all, verb)?,
            };
            // `Ada Quill has read the verdict: “…”`
            if matches!(who, Who::Person(_) | Who::HeOrShe) && is_in(&PERCEIVING, all[verb].text) {
                let report = (verb + 1..all.len()).find(|&at| is_in(&REPORT, all[at].text));
                if let Some(at) = report {
                    return Some((Who::Report, at..at + 1));
                }
            }
            // `the report tells how workers saw “…”`: they did not say it.
            if who == Who::MainClause || (who == Who::Person(None) && is_in(&PERCEIVING, all[verb].text)) {
                continue;
            }
            let said = subject.start.min(verb)..subject.end.max(verb + 1);
            let denied = is_in(&DENYING, all[verb].text)
                || all[subject.end.min(verb)..verb]
                    .iter()
                    // `May` is a month.
                    .any(|word| is_negation(word.text) || (is_in(&MODALS, word.text) && word.text != "May"))
                || self.reader.is_unreal(text, all, verb);
            let who = match who {
                // What somebody did not say is nobody's, but not the report's.
                Who::Person(_) | Who::Organisation(_) | Who::HeOrShe if denied => Who::Person(None),
                _ if denied => Who::Unknown,
                who => who,
            };
            return Some((who, said));
        }
        // `MPs heard from Ada Quill that “…”`, `the committee heard that “…”`
        if let Some(heard) = all.iter().rposition(|word| is_in(&["heard", "hears"], word.text)) {
            let next = all.get(heard + 1).map_or("", |next| next.text);
            if is_in(&["from"], next) {
                let (who, found) = self.reader.noun_behind(text, all, heard + 2)?;
                return Some((who, heard..found.end));
            }
            if is_in(&["that", "how"], next) {
                let (who, subject) = self.reader.subject_before(text, all, heard)?;
                let someone = matches!(who, Who::Person(_) | Who::Organisation(_));
                return someone.then_some((Who::Person(None), subject.start..heard + 1));
            }
        }
        if label && !has_verb && all.len() <= LONGEST_LABEL {
            return self.reader.label(text, all);
        }
        // `a report criticising “…”` has no verb of the list, but a noun that rules what follows.
        let last = all.len().checked_sub(2)?;
        let rules = is_in(&REPORT, all[last].text) && all[last + 1].text.ends_with("ing");
        rules.then_some((Who::Report, last..last + 2))
    }

    /// Who speaks according to the words behind a quotation, and the indices of the words that say so.
    fn read_behind(&self, text: &str, all: &[Word<'_>]) -> Option<(Who, Range<usize>)> {
        // `“…” is, he said, the aim`: he talks about the words quoted, which need not be his.
        let first = all.first()?;
        if let Some(found) = self.summed_up(text, all) {
            return Some(found);
        }
        // `“…”, which Ned Vane called “…”`: he talks about them too.
        if is_in(&BE, first.text) || is_in(&["which", "who", "whose", "that"], first.text) {
            return None;
        }
        if is_in(&["by"], first.text) {
            let before = self.paragraphs.get(self.first.paragraph)?.text.get(..self.first.bytes.start)?;
            let near = before.ceil_char_boundary(before.len().saturating_sub(PASSIVE));
            let lead = words(before, near..before.len());
            // Another quotation of a list may stand between: `labelled “…” and “…” by`.
            let judged = lead.iter().rev().take(8).any(|word| is_in(&JUDGING, word.text));
            let (who, found) = self.reader.noun_behind(text, all, 1).filter(|_| judged)?;
            return Some((who, 0..found.end));
        }
        let verb = (0..all.len()).find(|&at| is_in(&VERBS, all[at].text) && !is_noun(all, at))?;
        if is_in(&["according"], all[verb].text) {
            let (who, found) = self.reader.noun_behind(text, all, verb + 2).filter(|_| verb == 0)?;
            return Some((who, verb..found.end));
        }
        if verb > 0 && is_in(&BE, all[verb - 1].text) {
            return None;
        }
        if verb == 0 {
            // `said Ada Quill`; behind `told` comes the listener.
            if is_in(&ADDRESSED, all[verb].text) {
                return None;
            }
            let (who, found) = self.reader.noun_behind(text, all, 1)?;
            return Some((who, 0..found.end));
        }
        let (who, found) = self.reader.subject_of_clause(text, all, verb)?;
        Some((who, found.start..verb + 1))
    }

    /// Who speaks by words behind that name what is quoted: `“…” is how Ada Quill put it`, `“…” was the verdict of Ned Vane`.
    fn summed_up(&self, text: &str, all: &[Word<'_>]) -> Option<(Who, Range<usize>)> {
        let is = |at: usize, list: &[&str]| all.get(at).is_some_and(|word| is_in(list, word.text));
        if !is(0, &BE) {
            return None;
        }
        if is(1, &["how", "what"]) {
            let verb = (3..all.len()).find(|&at| is_in(&VERBS, all[at].text) || is(at, &["put", "puts"]))?;
            let (who, found) = self.reader.noun_before(text, all, 2..verb)?;
            return Some((who, found.start..verb + 1));
        }
        if is(1, &["the"])
            && all.get(2).is_some_and(|noun| is_in(&SAYINGS, noun.text))
            && is(3, &["of", "from"])
        {
            let (who, found) = self.reader.noun_behind(text, all, 4)?;
            return Some((who, 0..found.end));
        }
        None
    }
}

/// True for a word that is a verb elsewhere and a noun here: `the report states`, but `his report`, `a comment`.
fn is_noun(all: &[Word<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| all.get(at));
    let determined = before.is_some_and(|word| {
        is_in(&["a", "an", "the", "this", "that's", "its", "their", "his", "her", "no", "any"], word.text)
    });
    determined && !all[at].text.ends_with("ed")
}

pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»')
}

fn evidence(paragraph: &ParagraphText<'_>, bytes: Range<usize>) -> Option<Evidence> {
    let text = paragraph.text.get(bytes.clone())?.to_owned();
    let bytes = bytes.start + paragraph.offset..bytes.end + paragraph.offset;
    Some(Evidence { paragraph: paragraph.number, bytes, text })
}
