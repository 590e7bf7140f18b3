//! What words with capitals name: a person, a body, a place, or nobody for certain.

use std::ops::Range;

use quotable_report::profile::Profiles;

use super::super::word_lists::{
    BODIES, HONORIFICS, OFFICES, PEOPLE, PERSONAL, POSTNOMINALS, QUESTIONS, REPORT, is_in,
};
use super::super::words::{Word, words};
use super::{Reader, Who, capitals, is_former, is_office, possessive};

impl Reader {
    /// Whether words name a person in full other than `known`.
    pub(in crate::quotation) fn names_person(
        &self,
        text: &str,
        range: Range<usize>,
        known: Option<&str>,
    ) -> bool {
        let all = words(text, range);
        let surname = |name: &str| name.rsplit(' ').next().map(str::to_owned);
        let mut at = 0;
        while at < all.len() {
            let run = capitals(text, &all, at);
            if let Some(Who::Person(Some(name))) = self.name(&all, run.clone())
                && known.and_then(surname) != surname(&name)
            {
                return true;
            }
            at = run.end.max(at + 1);
        }
        false
    }

    /// Whether words name anyone who may speak.
    pub(in crate::quotation) fn names_anyone(&self, text: &str, between: &str) -> bool {
        let start = between.as_ptr() as usize - text.as_ptr() as usize;
        let range = start..start + between.len();
        self.names_person(text, range.clone(), None)
            || words(text, range).iter().any(|word| is_in(&PEOPLE, word.text) || is_in(&PERSONAL, word.text))
    }

    /// The body that a spokesperson speaks for: the longest name among the words.
    pub(in crate::quotation) fn body_of(
        &self,
        text: &str,
        all: &[Word<'_>],
        range: Range<usize>,
    ) -> Option<String> {
        let mut best: Option<Range<usize>> = None;
        let mut at = range.start;
        while at < range.end {
            let mut run = capitals(text, all, at);
            run.end = run.end.min(range.end);
            // `Department for Education` is one name.
            while run.end + 1 < range.end
                && !run.is_empty()
                && is_in(&["for", "of", "and"], all[run.end].text)
            {
                let next = capitals(text, all, run.end + 1);
                if next.is_empty() {
                    break;
                }
                run.end = next.end.min(range.end);
            }
            if best.as_ref().is_none_or(|best| run.len() > best.len()) && !run.is_empty() {
                best = Some(run.clone());
            }
            at = run.end.max(at + 1);
        }
        let named: Vec<&str> = all.get(best?)?.iter().map(|word| word.text).collect();
        let mut named: Vec<&str> =
            named.into_iter().skip_while(|word| is_in(&["a", "an", "the"], word)).collect();
        // `Marlowe Council's spokesman` speaks for a body, `Ada Quill's spokesman` for a person.
        if let Some(last) = named.last_mut()
            && let Some(bare) = possessive(last)
        {
            if !is_in(&BODIES, bare) {
                return None;
            }
            *last = bare;
        }
        (!named.is_empty()).then(|| named.join(" ")).filter(|named| {
            // A person has spokespeople too.
            let last = named.rsplit(' ').next().unwrap_or_default();
            !self.surnames.contains(last) || is_in(&BODIES, last)
        })
    }

    /// True for a possessive of those who are inspected: `Marlowe’s report`, `the council’s Ofsted report` is about them, and not
    /// by them.
    pub(in crate::quotation) fn is_inspected(&self, all: &[Word<'_>], at: usize) -> bool {
        let Some(bare) = possessive(all[at].text) else { return false };
        if is_in(
            &["council", "authority", "borough", "county", "city", "town", "service", "department"],
            bare,
        ) {
            // The council may have written a report of its own.
            return all
                .get(at + 1..)
                .unwrap_or_default()
                .iter()
                .take(3)
                .any(|next| is_in(&["ofsted", "inspection", "inspectors"], next.text));
        }
        let registers = || Profiles::built_in().registers();
        (0..3).filter_map(|words| at.checked_sub(words)).any(|start| {
            let mut name: Vec<&str> = all[start..at].iter().map(|word| word.text).collect();
            name.push(bare);
            let name = name.join(" ");
            name.starts_with(char::is_uppercase) && registers().any(|register| register.find(&name).is_some())
        })
    }

    /// True for the name of an authority of a register.
    pub(in crate::quotation) fn is_place(&self, all: &[Word<'_>], range: Range<usize>) -> bool {
        let words: Vec<&str> = all.get(range).unwrap_or_default().iter().map(|word| word.text).collect();
        let joined = words.join(" ");
        Profiles::built_in().registers().any(|register| register.find(&joined).is_some())
    }

    /// What a run of words with capitals names: a person, a body, or nobody for certain.
    pub(in crate::quotation) fn name(&self, all: &[Word<'_>], run: Range<usize>) -> Option<Who> {
        let named = all.get(run.clone()).filter(|run| !run.is_empty())?;
        let mut whole: Vec<&str> = named.iter().map(|word| word.text).collect();
        while whole.len() > 2 && whole.last().is_some_and(|last| is_in(&POSTNOMINALS, last)) {
            whole.pop();
        }
        if let [first, second, ..] = whole.as_slice()
            && is_in(&QUESTIONS, first)
            && second.starts_with(char::is_uppercase)
        {
            whole.remove(0);
        }
        let before = run.start.checked_sub(1).map_or("", |before| all[before].text);
        if whole.iter().any(|word| is_in(&REPORT, word)) && (is_former(before) || is_former(whole[0])) {
            return Some(Who::Person(None));
        }
        // The head of the inspectorate, and those who speak for it by name, are no report: `Chief Inspector Sir Ned Vane`,
        // `Ofsted’s Ada Quill`. The police has chief inspectors too.
        let chief =
            whole.windows(2).position(|two| is_in(&["chief"], two[0]) && is_in(&["inspector"], two[1]));
        let owned = whole.first().is_some_and(|first| possessive(first).is_some() && is_in(&REPORT, first));
        let person = match (chief, owned) {
            (Some(at), _) => whole.get(at + 2..),
            (None, true) => whole.get(1..),
            _ => None,
        };
        if let Some(person) = person.filter(|person| {
            person.len() > 1
                && !person.iter().any(|word| is_in(&REPORT, word) || is_office(word) || is_in(&BODIES, word))
        }) {
            return Some(Who::Person(Some(person.join(" "))));
        }
        if whole.iter().any(|word| is_in(&REPORT, word)) {
            let inspector = whole.iter().any(|word| is_in(&["inspector"], word));
            let all = whole.iter().all(|word| is_in(&REPORT, word) || is_in(&OFFICES, word));
            return (inspector || all).then_some(Who::Report);
        }
        let is_body = whole.iter().any(|word| is_in(&BODIES, word))
            && !whole.iter().any(|word| is_in(&HONORIFICS, word))
            && whole.last().is_some_and(|last| is_in(&BODIES, last));
        let joined = whole.join(" ");
        let mut inspectorates =
            Profiles::built_in().iter().filter_map(|profile| profile.inspectorate.as_deref());
        if inspectorates.any(|name| name.eq_ignore_ascii_case(&joined)) {
            return Some(Who::Report);
        }
        if is_body || Profiles::built_in().registers().any(|register| register.find(&joined).is_some()) {
            // One word may be half a name: `Council`, `Marlowe`.
            return (whole.len() > 1).then_some(Who::Organisation(Some(joined)));
        }
        // Offices in capitals before a name are none of it: `Cabinet Member Ada Quill`, `Marlowe East MP Ada Quill`.
        let offices = whole.iter().rposition(|word| is_office(word)).map_or(0, |at| at + 1);
        let name = &whole[offices..];
        let own: Vec<&&str> = name.iter().filter(|word| !is_in(&HONORIFICS, word)).collect();
        let last = own.last()?;
        let honoured = name.len() > own.len();
        if self.inspectors.contains(**last) {
            return Some(Who::Report);
        }
        let known = own.len() > 1 || honoured || self.surnames.contains(**last);
        // An office behind, a word that the article has as an ordinary one, a possessive: no name of a person.
        let doubtful = own.iter().any(|word| {
            is_office(word)
                || is_in(&BODIES, word)
                || is_in(&PEOPLE, word)
                || word.contains("'s")
                || word.contains("’s")
        }) || self.plain.contains(&last.to_lowercase())
            || last.chars().filter(|letter| letter.is_uppercase()).count() == last.chars().count()
            || own.len() > 4;
        (known && !doubtful).then(|| Who::Person(Some(name.join(" "))))
    }
}
