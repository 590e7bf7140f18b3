//! Subjects of clauses: who is named by the words before or behind a verb of saying.

mod constructions;
mod names;

use std::collections::HashSet;
use std::ops::Range;

use quotable_report::MONTHS;

use super::ParagraphText;
use super::word_lists::{
    AUXILIARIES, BODIES, CONJUNCTIONS, DOCUMENTS, HONORIFICS, IMPERSONAL, OFFICES, PEOPLE, PERSONAL, PLURAL,
    PREPOSITIONS, QUESTIONS, REPORT, SPOKESPEOPLE, is_in, is_negation, means_people,
};
use super::words::{Word, words};

/// Whom a subject means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    Report,
    /// A person, by name; `None` for `a parent`.
    Person(Option<String>),
    /// A body other than the inspectorate.
    Organisation(Option<String>),
    HeOrShe,
    It,
    They,
    /// The subject of the clause that a participle belongs to.
    MainClause,
    /// Somebody who is not known: nobody is named.
    Unknown,
}

/// Reads clauses of one article.
pub(super) struct Reader {
    /// The words of the article in lower case, as they stand there: none of them is a surname.
    plain: HashSet<String>,
    /// The last words of the names in full: `Quill` of `Ada Quill`.
    surnames: HashSet<String>,
    /// Those of inspectors, who speak for the report: `inspector Ada Quill`.
    inspectors: HashSet<String>,
}

/// Bytes of an article that are read for its vocabulary.
const MOST_READ: usize = 1 << 18;

impl Reader {
    pub(super) fn new(paragraphs: &[ParagraphText<'_>]) -> Self {
        let mut reader = Self { plain: HashSet::new(), surnames: HashSet::new(), inspectors: HashSet::new() };
        let mut read = 0;
        let texts = || paragraphs.iter().map(|paragraph| paragraph.text);
        for text in texts() {
            read += text.len();
            if read > MOST_READ {
                break;
            }
            for word in words(text, 0..text.len()) {
                if word.text.starts_with(char::is_lowercase) && !reader.plain.contains(word.text) {
                    reader.plain.insert(word.text.to_owned());
                }
            }
        }
        let mut read = 0;
        let (mut surnames, mut inspectors) = (HashSet::new(), HashSet::new());
        for text in texts() {
            read += text.len();
            if read > MOST_READ {
                break;
            }
            let all = words(text, 0..text.len());
            let mut at = 0;
            while at < all.len() {
                let run = capitals(text, &all, at);
                if let Some(Who::Person(Some(name))) = reader.name(&all, run.clone())
                    && let Some(last) = name.rsplit(' ').next()
                {
                    surnames.insert(last.to_owned());
                    let before = run.start.checked_sub(1).map(|before| &all[before]);
                    let former = run
                        .start
                        .checked_sub(2)
                        .is_some_and(|at| is_former(all[at].text) || is_in(&["chief"], all[at].text));
                    if (before.is_some_and(|word| is_in(&["inspector"], word.text)) && !former)
                        || constructions::is_called_inspector(text, &all, run.end)
                    {
                        inspectors.insert(last.to_owned());
                    }
                } else if let Some(at) = run.clone().find(|&at| {
                    let chief = at > run.start && is_in(&["chief"], all[at - 1].text);
                    is_in(&["inspector"], all[at].text) && !chief
                }) && let Some(last) = run.clone().next_back().filter(|&last| last >= at + 2)
                {
                    // `Inspector Ada Quill`, in capitals.
                    inspectors.insert(all[last].text.to_owned());
                }
                at = run.end.max(at + 1);
            }
        }
        reader.surnames = surnames;
        reader.inspectors = inspectors;
        reader
    }

    /// The subject of the verb at `verb`, in words before a quotation; `None` if nothing tells.
    pub(super) fn subject_before(
        &self,
        text: &str,
        all: &[Word<'_>],
        verb: usize,
    ) -> Option<(Who, Range<usize>)> {
        let segments = segments(text, all, 0..all.len());
        let own = segments.iter().position(|segment| segment.contains(&verb))?;
        let mut clause = segments[own].start..verb;
        if all.get(clause.start).is_some_and(|word| clause.len() > 1 && is_in(&QUESTIONS, word.text)) {
            return Some((Who::Unknown, clause));
        }
        trim_auxiliaries(all, &mut clause);
        while clause.start < clause.end && is_in(&CONJUNCTIONS, all[clause.start].text) {
            clause.start += 1;
        }
        let participle = all[verb].text.ends_with("ing");
        if participle {
            // `a report saying`: the noun directly before; else whoever acts in the main clause.
            let near =
                clause.end.checked_sub(1).filter(|&at| at >= clause.start && is_in(&REPORT, all[at].text));
            return Some(near.map_or((Who::MainClause, verb..verb + 1), |at| (Who::Report, at..at + 1)));
        }
        let relative = |word: &Word<'_>| is_in(&["who", "whose", "which", "that"], word.text);
        let first = clause.clone().next().map(|at| &all[at]);
        match first {
            None => self.subject_of_segments(text, all, &segments[..own]),
            Some(word) if relative(word) && clause.len() == 1 => {
                let before = clause.start.checked_sub(1)?;
                // `an Ofsted report of November 2022 which said`
                let attributes = |at: usize| {
                    let word = &all[at];
                    is_in(&PREPOSITIONS, word.text)
                        || is_capital(word)
                        || MONTHS.contains(&word.text)
                        || word.text.starts_with(|first: char| first.is_ascii_digit())
                        || is_in(&["and", "the", "last"], word.text)
                };
                let head = (0..=before).rev().find(|&at| is_in(&REPORT, all[at].text) || !attributes(at));
                if let Some(report) = head.filter(|&head| is_in(&REPORT, all[head].text)) {
                    return Some((Who::Report, report..report + 1));
                }
                self.subject_of_segments(text, all, &segments[..own])
            }
            Some(word) if is_in(&["who"], word.text) => self.subject_of_segments(text, all, &segments[..own]),
            // `Ada Quill, whose deputy Ned Vane said`
            Some(word) if is_in(&["whose"], word.text) => {
                let inner = clause.start + 1..clause.end;
                Some(self.noun_before(text, all, inner.clone()).unwrap_or((Who::Unknown, inner)))
            }
            Some(_) => Some(self.noun_before(text, all, clause.clone()).unwrap_or((Who::Unknown, clause))),
        }
    }

    /// The subject of a verb behind a quotation: the words up to it, or those before an apposition (`Ada Quill, who
    /// leads the council, said`).
    pub(super) fn subject_of_clause(
        &self,
        text: &str,
        all: &[Word<'_>],
        verb: usize,
    ) -> Option<(Who, Range<usize>)> {
        let segments = segments(text, all, 0..verb);
        let mut clause = segments.first()?.clone();
        trim_auxiliaries(all, &mut clause);
        if is_in(&PREPOSITIONS, all.get(clause.start)?.text) || is_in(&CONJUNCTIONS, all[clause.start].text) {
            return None;
        }
        match segments.len() {
            1 => self.noun_before(text, all, clause),
            _ => {
                let pair = self.names_another(text, all, segments.iter().skip(1));
                let named = self.name_segment(text, all, clause)?;
                Some(if pair { (Who::Person(None), named.1) } else { named })
            }
        }
    }

    /// The subject of a clause that goes on behind commas: `Ada Quill, leader of the council, said`, `the report praised
    /// staff, and said`.
    fn subject_of_segments(
        &self,
        text: &str,
        all: &[Word<'_>],
        segments: &[Range<usize>],
    ) -> Option<(Who, Range<usize>)> {
        let own = || segments.iter().filter(|segment| !opens_relative(all, segment));
        // `Ada Quill, the leader, and Ned Vane, her deputy, said`: neither alone.
        let names: Vec<_> =
            own().filter_map(|segment| self.name_segment(text, all, segment.clone())).collect();
        if names.len() > 1 && self.names_another(text, all, own().skip(1)) {
            return Some((Who::Person(None), names[0].1.clone()));
        }
        let named = names.into_iter().next();
        named.or_else(|| {
            segments.iter().rev().find_map(|segment| {
                let mut start = segment.start;
                while start < segment.end
                    && (is_in(&CONJUNCTIONS, all[start].text)
                        || is_in(&["the", "this", "a", "its"], all[start].text))
                {
                    start += 1;
                }
                let word = all.get(start).filter(|_| start < segment.end)?;
                if is_in(&REPORT, word.text) {
                    Some((Who::Report, start..start + 1))
                } else {
                    pronoun(word, start)
                }
            })
        })
    }

    /// True if one of the segments is `and` with a name behind it: `…, and Ned Vane, her deputy`.
    fn names_another<'s>(
        &self,
        text: &str,
        all: &[Word<'_>],
        mut segments: impl Iterator<Item = &'s Range<usize>>,
    ) -> bool {
        segments.any(|segment| {
            is_in(&["and"], all[segment.start].text)
                && self.name_segment(text, all, segment.start + 1..segment.end).is_some()
        })
    }

    /// The person of a segment that is a name, with or without offices before it: `Council leader Ada Quill`.
    fn name_segment(
        &self,
        text: &str,
        all: &[Word<'_>],
        segment: Range<usize>,
    ) -> Option<(Who, Range<usize>)> {
        let last = segment.end.checked_sub(1).filter(|&last| last >= segment.start)?;
        let run = capitals_to(text, all, segment.start, last);
        let found = self.name(all, run.clone())?;
        let offices = (segment.start..run.start).all(|at| {
            let word = all[at].text;
            is_in(&OFFICES, word)
                || is_in(&PEOPLE, word)
                || is_in(&CONJUNCTIONS, word)
                || is_in(
                    &["of", "for", "the", "a", "its", "local", "former", "new", "then", "council's"],
                    word,
                )
        });
        (offices && matches!(found, Who::Person(_))).then_some((found, run))
    }

    /// Whom the words of a range mean, read as the subject of a verb behind them; `None` if they name nobody for certain.
    pub(super) fn noun_before(
        &self,
        text: &str,
        all: &[Word<'_>],
        range: Range<usize>,
    ) -> Option<(Who, Range<usize>)> {
        let last = range.end.checked_sub(1).filter(|&last| last >= range.start)?;
        if let Some(found) = pronoun(&all[last], last) {
            return Some(found);
        }
        let named = self.named_before(text, all, range.clone());
        if named.is_some() {
            return named;
        }
        // Whoever it is, it is not the report: `readers`, `his wife`, a body whose name is not known for certain.
        let preposition = (range.start + 1..range.end).find(|&at| is_in(&PREPOSITIONS, all[at].text));
        let head = preposition.unwrap_or(range.end).checked_sub(1).filter(|&at| at >= range.start)?;
        let names_report = range.clone().any(|at| is_in(&REPORT, all[at].text));
        let noun = all[head].text;
        let capital =
            is_capital(&all[head]) && !self.plain.contains(&noun.to_lowercase()) && !is_in(&DOCUMENTS, noun);
        let other = !names_report && (means_people(noun) || capital || is_in(&BODIES, noun));
        other.then_some((Who::Person(None), head..head + 1))
    }

    /// The same, for those whom a name or a known noun means.
    fn named_before(&self, text: &str, all: &[Word<'_>], range: Range<usize>) -> Option<(Who, Range<usize>)> {
        let last = range.end.checked_sub(1).filter(|&last| last >= range.start)?;
        // The head is what stands before the first preposition: `a parent of two`, `the report by a charity`.
        let preposition = (range.start + 1..range.end).find(|&at| is_in(&PREPOSITIONS, all[at].text));
        let head = range.start..preposition.unwrap_or(range.end);
        let begins_with_preposition = is_in(&PREPOSITIONS, all[range.start].text);
        let run = capitals_to(text, all, range.start, last);
        let free = run.start == range.start || !is_in(&PREPOSITIONS, all[run.start - 1].text);
        let spokesperson = (range.start..range.end).any(|at| is_in(&SPOKESPEOPLE, all[at].text));
        if !run.is_empty()
            && free
            && preposition.is_none_or(|at| run.start > at + 1 || run.contains(&at))
            && !spokesperson
        {
            // `Ada Quill and Ned Vane said`, `Ada Quill/Ned Vane`: neither alone.
            let pair = run.start >= range.start + 2
                && is_in(&["and", "not"], all[run.start - 1].text)
                && (is_capital(&all[run.start - 2])
                    || means_people(all[run.start - 2].text)
                    || is_in(&["and"], all[run.start - 2].text));
            let joined = run.start > range.start && {
                let gap = text.get(all[run.start - 1].end()..all[run.start].at).unwrap_or_default();
                gap.contains(['&', '/'])
            };
            // `The lawyer representing Ada Quill said`
            let ruled = run.start > range.start && {
                let before = &all[run.start - 1];
                let gap = text.get(before.end()..all[run.start].at).unwrap_or_default();
                before.text.ends_with("ing")
                    && before.text.starts_with(char::is_lowercase)
                    && run.start > range.start + 1
                    && gap.trim().is_empty()
                    && !is_office(before.text)
            };
            let pair = pair || joined || ruled;
            if pair && matches!(self.name(all, run.clone()), Some(Who::Person(_))) {
                return Some((Who::Person(None), range));
            }
            return self.name(all, run.clone()).map(|who| (who, run));
        }
        if let Some(at) = preposition.filter(|&at| !run.is_empty() && run.start == at + 1) {
            let head = at.checked_sub(1).map_or("", |at| all[at].text);
            // `Mayor of Marlowe Ada Quill`: the place ends where a name of a register does.
            if is_in(&["of", "for"], all[at].text) && is_office(head) && !is_in(&REPORT, head) {
                let place = (run.start + 1..run.end).rev().find(|&end| self.is_place(all, run.start..end));
                let name = place.and_then(|end| Some((self.name(all, end..run.end)?, end..run.end)));
                return Some(name.unwrap_or((Who::Person(None), at - 1..at)));
            }
            // `A Facebook group run by Ada Quill said`: a participle rules the name, which is not the subject.
            let participle =
                at.checked_sub(1).filter(|&before| before > range.start).map_or("", |at| all[at].text);
            let made =
                participle.ends_with("ed") || is_in(&["run", "led", "set", "founded", "owned"], participle);
            let wrote = is_in(&["written", "signed", "published", "issued", "posted", "penned"], participle);
            let inspectors = (range.start..at).any(|at| is_in(&REPORT, all[at].text));
            if is_in(&["by"], all[at].text) && made && !wrote && !inspectors {
                return Some((Who::Person(None), range.start..at));
            }
            // `An email from Ada Quill says`, `a report by a charity`.
            if (range.start..at).any(|at| is_in(&["inspectors", "inspector", "inspectorate"], all[at].text)) {
                return Some((Who::Report, range.start..at));
            }
            if is_in(&["from", "by"], all[at].text)
                && let Some(found) = self.noun_behind(text, &all[..range.end], at + 1)
            {
                return Some(found);
            }
        }
        if begins_with_preposition {
            let word = all[last].text;
            return is_in(&REPORT, word).then_some((Who::Report, last..last + 1));
        }
        let at = head.end.checked_sub(1).filter(|&at| at >= head.start)?;
        if spokesperson {
            return Some((Who::Organisation(self.body_of(text, all, range.clone())), range));
        }
        let word = all[at].text;
        if is_in(&REPORT, word) {
            let others = head.clone().any(|at| {
                let word = all[at].text.to_lowercase().replace('’', "'");
                let own =
                    ["today's", "ofsted's", "inspectors'", "inspectorate's", "watchdog's", "regulator's"];
                word.ends_with("'s") && !own.contains(&word.as_str()) && !self.is_inspected(all, at)
                    || is_in(&["internal", "independent", "case", "committee", "newspaper", "bbc"], &word)
            });
            // `The report by the council's own auditors`.
            if let Some(by) = preposition.filter(|&by| is_in(&["by", "from"], all[by].text))
                && !is_in(&["inspectors", "inspector", "team"], word)
                && let Some(found) = self.noun_behind(text, &all[..range.end], by + 1)
            {
                return Some(found);
            }
            let former = head.clone().any(|at| is_former(all[at].text));
            let who = if others || former { Who::Person(None) } else { Who::Report };
            return Some((who, at..at + 1));
        }
        let run = capitals_to(text, all, head.start, at);
        if !run.is_empty() && is_in(&BODIES, word) && preposition.is_some() {
            // `the Department for Harbours`
            return Some((Who::Organisation(self.body_of(text, all, range.clone())), range));
        }
        if !run.is_empty() {
            return self.name(all, run.clone()).map(|who| (who, run));
        }
        if is_in(&PEOPLE, word) {
            return Some((Who::Person(None), at..at + 1));
        }
        // `leading the report to state`: the noun directly before the verb.
        (is_in(&REPORT, all[last].text) && preposition.is_none()).then_some((Who::Report, last..last + 1))
    }

    /// Whom the words from `start` on mean, behind a verb or `by`: up to the next comma.
    pub(super) fn noun_behind(
        &self,
        text: &str,
        all: &[Word<'_>],
        start: usize,
    ) -> Option<(Who, Range<usize>)> {
        let segment = segments(text, all, start..all.len()).into_iter().next()?;
        if let Some(found) = pronoun(all.get(segment.start)?, segment.start) {
            return Some(found);
        }
        let preposition = segment.clone().find(|&at| is_in(&PREPOSITIONS, all[at].text));
        if segment.clone().any(|at| is_in(&SPOKESPEOPLE, all[at].text)) {
            return Some((Who::Organisation(self.body_of(text, all, segment.clone())), segment));
        }
        let head = segment.start..preposition.unwrap_or(segment.end);
        for at in head.clone() {
            if is_in(&REPORT, all[at].text) {
                let others =
                    (head.start..at).any(|at| all[at].text.ends_with("'s") || all[at].text.ends_with("’s"));
                return (!others).then_some((Who::Report, segment.start..at + 1));
            }
            let mut run = capitals(text, all, at);
            run.end = run.end.min(head.end.max(at));
            if !run.is_empty() {
                let other = run.clone().all(|at| means_people(all[at].text) || is_office(all[at].text));
                let someone = other.then_some(Who::Person(None));
                return self.name(all, run.clone()).or(someone).map(|who| (who, run));
            }
            let ends = at + 1 == head.end || !all[at + 1].text.starts_with(char::is_uppercase);
            let office = all.get(at + 1).is_some_and(|next| at + 1 < head.end && is_in(&PEOPLE, next.text));
            if means_people(all[at].text) && ends && !office {
                // `council leader Ada Quill` goes on with the name.
                return Some((Who::Person(None), at..at + 1));
            }
        }
        None
    }
}

/// True for a word that makes an office a past one: `former`, `ex-inspector`.
fn is_former(word: &str) -> bool {
    is_in(&["former", "ex", "retired"], word.split('-').next().unwrap_or(word))
}

/// True for the name of an office: `Cabinet`, `Member`, `Leader`.
fn is_office(word: &str) -> bool {
    // `mother-of-two` is known by its first part.
    let word = word.split('-').next().unwrap_or(word);
    is_in(&OFFICES, word) || (is_in(&PEOPLE, word) && !is_in(&HONORIFICS, word))
}

/// A word without the ending of a possessive; `None` if it has none.
fn possessive(word: &str) -> Option<&str> {
    let ends = ["'s", "’s", "s'", "s’"];
    let end = ends.iter().find(|end| word.len() > end.len() && word.ends_with(**end))?;
    let keep = if end.starts_with('s') { word.len() - end.len() + 1 } else { word.len() - end.len() };
    word.get(..keep)
}

/// True for a segment that opens with a relative pronoun: it is about what stands before it.
fn opens_relative(all: &[Word<'_>], segment: &Range<usize>) -> bool {
    all.get(segment.start).is_some_and(|word| is_in(&["which", "whose", "who"], word.text))
}

/// A pronoun and its place.
fn pronoun(word: &Word<'_>, at: usize) -> Option<(Who, Range<usize>)> {
    let who = if is_in(&["he", "she"], word.text) {
        Who::HeOrShe
    } else if is_in(&PERSONAL, word.text) {
        Who::Unknown
    } else if is_in(&PLURAL, word.text) {
        Who::They
    } else if is_in(&IMPERSONAL, word.text) {
        Who::It
    } else {
        return None;
    };
    Some((who, at..at + 1))
}

/// True for a word with a capital that may be part of a name: no weekday or month.
fn is_capital(word: &Word<'_>) -> bool {
    let day = word.text.ends_with("day") || MONTHS.contains(&word.text);
    word.text.starts_with(char::is_uppercase)
        && !day
        && !is_in(&CONJUNCTIONS, word.text)
        && !is_in(&["the", "a", "an", "i", "it", "he", "she", "they", "we", "you"], word.text)
}

/// True if nothing but white space, a hyphen or the full stop of an initial or `Mr.` is between two words.
fn adjoins(text: &str, all: &[Word<'_>], at: usize) -> bool {
    let (Some(one), Some(two)) = (all.get(at), all.get(at + 1)) else { return false };
    let gap = text.get(one.end()..two.at).unwrap_or(",");
    let short = one.text.len() <= 2 || is_in(&HONORIFICS, one.text);
    gap.trim().is_empty() || (gap.trim() == "." && short)
}

/// The run of words with capitals that begins at `start`; empty if that word has none.
fn capitals(text: &str, all: &[Word<'_>], start: usize) -> Range<usize> {
    let mut end = start;
    while all.get(end).is_some_and(is_capital) {
        end += 1;
        if !adjoins(text, all, end - 1) {
            break;
        }
    }
    start..end
}

/// The run of words with capitals that ends with the word at `last`, not before `from`; empty if that word has none.
fn capitals_to(text: &str, all: &[Word<'_>], from: usize, last: usize) -> Range<usize> {
    let mut start = last + 1;
    while start > from && is_capital(&all[start - 1]) && (start == last + 1 || adjoins(text, all, start - 1))
    {
        start -= 1;
    }
    start..last + 1
}

/// Drops words at the end of a range that stand between a subject and its verb: `has also`, `to`, `later`.
fn trim_auxiliaries(all: &[Word<'_>], range: &mut Range<usize>) {
    while range.end > range.start {
        let word = all[range.end - 1].text;
        let adverb = word.len() > 4 && word.ends_with("ly") && word.starts_with(char::is_lowercase);
        if !adverb && !is_in(&AUXILIARIES, word) && !is_negation(word) {
            break;
        }
        range.end -= 1;
    }
}

/// The parts of a range of words between commas, dashes, brackets and colons.
fn segments(text: &str, all: &[Word<'_>], range: Range<usize>) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        let next = all.get(at + 1).filter(|_| at + 1 < range.end);
        let splits = next.is_none_or(|next| {
            let gap = text.get(all[at].end()..next.at).unwrap_or_default();
            gap.contains([',', ';', ':', '(', ')', '–', '—', '•', '“', '”', '"']) || gap.contains(" - ")
        });
        if splits {
            segments.push(start..at + 1);
            start = at + 1;
        }
    }
    segments
}
