//! Speakers that other sentences tell: of a pronoun, and of a quotation that goes on from the one before.

use std::ops::Range;

use super::super::clause::Who;
use super::super::spans::{Span, SpanPart};
use super::super::word_lists::{PEOPLE, REPORT, VERBS, is_in, means_people};
use super::super::words::{sentence_end, sentence_start, words};
use super::super::{ParagraphText, Speaker};
use super::{Context, Last, MOST_BETWEEN, MOST_PARAGRAPHS_BETWEEN, SHORT_SENTENCE, is_mark};

impl Context<'_> {
    /// The speaker that a subject means, given the speaker before.
    pub(super) fn resolve(&self, who: Who, last: Option<&Last>) -> Speaker {
        let speaker = last.map(|last| &last.speaker);
        match who {
            Who::Report => Speaker::Report,
            Who::Person(name) => Speaker::Person { name },
            Who::Organisation(name) => Speaker::Organisation { name },
            Who::HeOrShe => match speaker {
                Some(person @ Speaker::Person { .. }) if !self.names_between(last) => person.clone(),
                _ => Speaker::Person { name: None },
            },
            Who::It => match speaker {
                // Until an article has named anyone, its `it` is the report, its subject.
                None | Some(Speaker::Report) if !self.turns_to_others(last) => Speaker::Report,
                Some(body @ Speaker::Organisation { .. }) if !self.names_between(last) => body.clone(),
                _ => Speaker::Unattributed,
            },
            Who::They => match speaker {
                Some(Speaker::Report) if !self.turns_to_others(last) => Speaker::Report,
                _ => Speaker::Unattributed,
            },
            Who::MainClause | Who::Unknown => Speaker::Unattributed,
        }
    }

    /// The speaker of a quotation that nothing in its sentence tells: that of the one before, if both are in one sentence,
    /// or if it goes on in the next sentence or paragraph without a word between.
    pub(super) fn carried(&self, last: Option<&Last>) -> Speaker {
        let Some(last) = last else { return Speaker::Unattributed };
        let bare = |text: &str| !text.contains(char::is_alphanumeric);
        let goes_on = if last.paragraph == self.first.paragraph {
            let text = self.paragraphs.get(last.paragraph).map_or("", |paragraph| paragraph.text);
            // Behind the closing mark, which may end a sentence.
            let rest = text.get(last.byte..self.first.bytes.start).unwrap_or_default();
            let between = rest.trim_start_matches(is_mark);
            let from = self.first.bytes.start - between.len();
            let start = sentence_start(text, from, self.first.bytes.start);
            let closed = text[..last.byte].ends_with(['.', '!', '?']);
            let one_sentence = start == from && !closed;
            // `“A.” “B.”`, `“A,” he said. “B.”`: nobody else comes in between, or behind.
            let opens = bare(text.get(start..self.first.bytes.start).unwrap_or_default());
            let goes_on =
                bare(between) || opens || (one_sentence && !self.reader.names_anyone(text, between));
            let said = sentence_end(text, from, self.first.bytes.start);
            // `the report – which Ned Vane called “…” – says “…”`: the main clause goes on, with a subject before both.
            let main_clause = between.trim_start().starts_with(['–', '—', '-'])
                && words(text, from..self.first.bytes.start)
                    .first()
                    .is_some_and(|word| is_in(&VERBS, word.text));
            if !goes_on || main_clause {
                return Speaker::Unattributed;
            }
            let reports =
                words(text, said..self.first.bytes.start).iter().any(|word| is_in(&REPORT, word.text));
            if self.turns_behind(&last.speaker)
                || self.turns_between(text, said..self.first.bytes.start, &last.speaker)
            {
                // Somebody else speaks, if not the report.
                let person = matches!(last.speaker, Speaker::Person { .. } | Speaker::Organisation { .. });
                return if person && !reports {
                    Speaker::Person { name: None }
                } else {
                    Speaker::Unattributed
                };
            }
            true
        } else {
            last.paragraph + 1 == self.first.paragraph && fills_paragraphs(self.paragraphs, self.span)
        };
        if goes_on { last.speaker.clone() } else { Speaker::Unattributed }
    }

    /// True if the sentences between two quotations bring in somebody else, or the report: `Ned Vane’s view?`, `Inspectors
    /// disagreed.`
    pub(super) fn turns_between(&self, text: &str, range: Range<usize>, last: &Speaker) -> bool {
        let between = words(text, range);
        between
            .iter()
            .any(|word| is_other(word.text, last) || (*last != Speaker::Report && is_in(&REPORT, word.text)))
    }

    /// True if the words behind the quotation may say who speaks it, by a verb or in a way that is not known: `“…,” snapped Ned
    /// Vane.`, `“…” (Ned Vane).`, `“…” That was Ned Vane’s answer.`
    pub(super) fn turns_behind(&self, last: &Speaker) -> bool {
        let text = self.paragraphs.get(self.last.paragraph).map_or("", |paragraph| paragraph.text);
        let end = self.last.bytes.end;
        let until = self.until.unwrap_or(text.len());
        let tail = text.get(end..until).unwrap_or_default().trim_start_matches(is_mark);
        let from = until - tail.len();
        // Behind a full stop, one short sentence may look back.
        let stops = text[..end].ends_with(['.', '!', '?']);
        let first = sentence_end(text, from, until);
        let tail = words(text, from..first);
        let names = tail.iter().any(|word| is_other(word.text, last));
        names && (!stops || tail.len() <= SHORT_SENTENCE)
    }

    /// True if the text since the quotation before names another person than its speaker: `he` may be that one.
    pub(super) fn names_between(&self, last: Option<&Last>) -> bool {
        let Some(last) = last else { return false };
        let name = match &last.speaker {
            Speaker::Person { name } | Speaker::Organisation { name } => name.as_deref(),
            _ => None,
        };
        // Further back, nobody remembers.
        if self.first.paragraph.saturating_sub(last.paragraph) > MOST_PARAGRAPHS_BETWEEN {
            return true;
        }
        (last.paragraph..=self.first.paragraph).any(|index| {
            let text = self.paragraphs.get(index).map_or("", |paragraph| paragraph.text);
            let start = if index == last.paragraph { last.byte } else { 0 };
            let end = if index == self.first.paragraph { self.first.bytes.start } else { text.len() };
            end.saturating_sub(start) > MOST_BETWEEN || self.reader.names_person(text, start..end, name)
        })
    }

    /// True if the sentence before that of the quotation is about a person or a body, and not about the report: `it` may
    /// be that body.
    pub(super) fn turns_to_others(&self, last: Option<&Last>) -> bool {
        let text = self.paragraphs.get(self.first.paragraph).map_or("", |paragraph| paragraph.text);
        let start = sentence_start(text, self.from, self.first.bytes.start);
        let before = &text[self.from.min(start)..start];
        let before = if before.contains(char::is_alphanumeric) {
            before
        } else if self.from > 0 {
            return false;
        } else {
            let index = self.first.paragraph.checked_sub(1);
            let above = index.and_then(|index| self.paragraphs.get(index)).map_or("", |found| found.text);
            let far = above.ceil_char_boundary(above.len().saturating_sub(MOST_BETWEEN));
            let sentence = sentence_start(above, far, above.trim_end().len().max(far));
            // The sentence before is, or ends in, the quotation before, whose words are not the writer's.
            if last.is_some_and(|last| Some(last.paragraph) == index && last.byte > sentence) {
                return false;
            }
            &above[far..]
        };
        let start = sentence_start(before, 0, before.trim_end().len());
        let sentence = words(before, start..before.len());
        let reports = sentence.iter().any(|word| is_in(&REPORT, word.text));
        !reports && sentence.iter().any(|word| is_in(&PEOPLE, word.text))
    }
}

/// True for a word that may be part of a name: it has a capital, and is none of those that open sentences.
fn is_name_like(word: &str) -> bool {
    let plain = [
        "the", "a", "an", "that", "this", "it", "he", "she", "they", "we", "i", "you", "but", "and", "in",
        "on", "at", "so", "then", "there", "as", "for", "his", "her", "their", "its", "our", "these",
        "those", "now", "still", "yet",
    ];
    word.starts_with(char::is_uppercase) && !is_in(&plain, word)
}

/// True for a word that may be somebody other than the speaker before. Children and families are what a report is about.
fn is_other(word: &str, last: &Speaker) -> bool {
    let people = if *last == Speaker::Report { is_in(&PEOPLE, word) } else { means_people(word) };
    people || is_name_like(word)
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
