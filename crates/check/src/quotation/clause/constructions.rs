//! Constructions in which it is not the noun before the verb that speaks: inversion, nouns of saying with an owner, labels,
//! and clauses that tell what nobody said.

use std::ops::Range;

use super::super::word_lists::{
    ADDRESSED, CONJUNCTIONS, PREPOSITIONS, REPORT, SAYINGS, UNREAL, VERBS, is_in,
};
use super::super::words::Word;
use super::{Reader, Who, capitals_to, is_capital, is_office, possessive, segments};

impl Reader {
    /// Who speaks where the verb comes first: `Ned Vane, says Ada Quill, “should go”`, `said Ada Quill, adding “…”`.
    pub(in crate::quotation) fn inverted(
        &self,
        text: &str,
        all: &[Word<'_>],
        verb: usize,
    ) -> Option<(Who, Range<usize>)> {
        if is_in(&ADDRESSED, all[verb].text) || all[verb].text.ends_with("ing") {
            return None;
        }
        let segments = segments(text, all, 0..all.len());
        let own = segments.iter().find(|segment| segment.contains(&verb))?;
        // `the report on Marlowe (21 May) said that children`: what is in brackets parts no subject from its verb.
        let before = verb.checked_sub(1).and_then(|before| text.get(all[before].end()..all[verb].at));
        let in_brackets = before.is_some_and(|gap| gap.contains(')'));
        let that = all.get(verb + 1).is_some_and(|next| is_in(&["that"], next.text));
        let opens = own.start == verb && !in_brackets && !that;
        let behind = verb + 1..own.end;
        if !opens || behind.is_empty() {
            return None;
        }
        let (who, found) = self.noun_behind(text, &all[..own.end], verb + 1)?;
        let is_all = (found.end..own.end)
            .all(|at| is_in(&CONJUNCTIONS, all[at].text) || is_in(&["was", "is"], all[at].text));
        let is_person = matches!(who, Who::Person(_) | Who::Organisation(_));
        (is_person && is_all).then_some((who, found))
    }

    /// Whose words a noun of saying directly before a quotation gives: `Ofsted’s view that “…”`, `Ned Vane’s claim: “…”`.
    pub(in crate::quotation) fn possessor(
        &self,
        text: &str,
        all: &[Word<'_>],
    ) -> Option<(Who, Range<usize>)> {
        let mut end = all.len();
        while end > 0 && is_in(&["that", "of", "was", "is", "as", "the"], all[end - 1].text) {
            end -= 1;
        }
        let noun = end.checked_sub(1).filter(|&noun| is_in(&SAYINGS, all[noun].text))?;
        let owner = noun.checked_sub(1)?;
        let bare = possessive(all[owner].text)?;
        if is_in(&REPORT, bare) || is_in(&REPORT, all[owner].text) {
            return Some((Who::Report, owner..noun + 1));
        }
        let run = capitals_to(text, all, 0, owner);
        let mut words: Vec<Word<'_>> = all.get(run.clone())?.to_vec();
        if let Some(last) = words.last_mut() {
            last.text = bare;
        }
        let named = self.name(&words, 0..words.len());
        Some((named.unwrap_or(Who::Person(None)), run.start.min(owner)..noun + 1))
    }

    /// Who speaks by the words before a colon without a verb: `A spokesperson for Marlowe Council:`, `Ada Quill, leader:`. A
    /// name at the end of a longer phrase is none: `It hit Ada Quill like a truck:`.
    pub(in crate::quotation) fn label(&self, text: &str, all: &[Word<'_>]) -> Option<(Who, Range<usize>)> {
        let first = segments(text, all, 0..all.len()).into_iter().next()?;
        let (who, found) = self.noun_before(text, all, first.clone())?;
        let before_is_office = (first.start..found.start).all(|at| {
            let word = all[at].text;
            is_office(word)
                || is_in(&PREPOSITIONS, word)
                || is_in(&["the", "a", "an", "and"], word)
                || is_capital(&all[at])
        });
        // A place alone is a heading, not a speaker.
        let is_place = found.len() == 1 && self.is_place(all, found.clone());
        (before_is_office && found.end == first.end && !is_place).then_some((who, found))
    }

    /// True if the clause of a verb tells of what nobody said, or not the one who is named: `neither Ada Quill nor Ned Vane
    /// said`, `it is not true that Ada Quill said`, `when will Ada Quill say`.
    pub(in crate::quotation) fn is_unreal(&self, text: &str, all: &[Word<'_>], verb: usize) -> bool {
        let segments = segments(text, all, 0..all.len());
        let Some(own) = segments.iter().find(|segment| segment.contains(&verb)) else { return false };
        // `He would not be drawn on what he called “…”`: the clause of the verb begins with `what`.
        let clause =
            (own.start..verb).rfind(|&at| is_in(&["what", "which"], all[at].text)).unwrap_or(own.start);
        (clause..verb)
            .any(|at| is_in(&UNREAL, all[at].text) && (at > own.start || !is_in(&["but"], all[at].text)))
    }

    /// The number of words before the last clause with a verb of saying, which leads to the next quotation.
    pub(in crate::quotation) fn before_last_clause(&self, text: &str, all: &[Word<'_>]) -> usize {
        let Some(verb) = all.iter().rposition(|word| is_in(&VERBS, word.text)) else { return all.len() };
        let segments = segments(text, all, 0..all.len());
        let own = segments.iter().find(|segment| segment.contains(&verb)).map_or(0, |segment| segment.start);
        let joins =
            (own + 1..verb).rfind(|&at| is_in(&["before", "while", "and", "but", "then"], all[at].text));
        joins.unwrap_or(own)
    }
}

/// True if the words behind a name, in commas, say that it is an inspector: `, the lead inspector,`, `, who led the inspection,`,
/// `, for Ofsted,`. Those who were one, and heads of the inspectorate, are not meant.
pub(super) fn is_called_inspector(text: &str, all: &[Word<'_>], end: usize) -> bool {
    let Some(next) = all.get(end) else { return false };
    let gap = end.checked_sub(1).and_then(|last| text.get(all[last].end()..next.at)).unwrap_or_default();
    let behind = segments(text, all, end..(end + 8).min(all.len()));
    let Some(segment) = behind.first().filter(|_| gap.contains([',', '(', '–', '—'])) else {
        return false;
    };
    let has = |wanted: &[&str]| segment.clone().any(|at| is_in(wanted, all[at].text));
    let led = has(&["led", "leads", "leading"]) && has(&["inspection", "team", "visit"]);
    let for_it = is_in(&["for"], all[segment.start].text) && has(&["ofsted", "cqc"]);
    (has(&["inspector"]) || led || for_it) && !has(&["former", "ex", "retired", "then", "chief"])
}
