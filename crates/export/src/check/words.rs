//! A checked quotation in words, and the parts of it to mark: the same for every format that people read.

use std::borrow::Cow;
use std::ops::Range;

use quotable_check::{Check, ClaimKind, Edit, EditKind, Place, QuotationKind, Speaker, Verdict};
use quotable_report::{Date, MONTHS};

use super::CheckedQuotation;
use super::article::TextGroup;
use crate::number::{counted, grouped};

impl<'c> CheckedQuotation<'c> {
    /// True for a passage taken over without quotation marks.
    pub fn is_unmarked(&self) -> bool {
        self.quotation.kind == QuotationKind::Unmarked
    }

    /// True for a claim about a report in the article's own words.
    pub fn is_claim(&self) -> bool {
        self.quotation.kind == QuotationKind::Claim
    }

    /// The verdict with its reservations, and the speaker: `altered, boilerplate (said by the report)`.
    pub fn headline(&self) -> String {
        let check = self.check;
        let mut headline = match check.verdict {
            verdict if self.is_unmarked() => format!("without quotation marks, {verdict}"),
            verdict if self.is_claim() => return self.claim_in_words(verdict),
            verdict if !self.is_scare() => verdict.to_string(),
            Verdict::Absent => "scare quotes, in no report".to_owned(),
            Verdict::Elsewhere => "scare quotes, words of other reports".to_owned(),
            _ => "scare quotes, words of reports".to_owned(),
        };
        if self.is_declared() {
            headline.push_str(" openly, by an ellipsis or brackets");
        }
        if let Some(addressed) = &check.addressed {
            headline.push_str(&format!(", while its sentence names {addressed}"));
        }
        if check.younger {
            headline.push_str(": the report is younger than the article");
        }
        if check.boilerplate {
            headline.push_str(", boilerplate");
        }
        if check.short && !self.is_scare() && check.verdict != Verdict::Absent {
            headline.push_str(", too short to tell which report it is from");
        }
        if !self.quotation.closed {
            headline.push_str(", its closing mark missing");
        }
        if self.group() == TextGroup::People && check.verdict.is_exact() && !check.short {
            headline.push_str(", but these are words of a report");
        }
        if check.outside.is_some() {
            headline.push_str(" from the reports chosen, but in one that they leave out");
        }
        headline.push_str(&self.said_by());
        headline
    }

    /// A claim and what the report says to it: `claimed: inadequate, leaders; the report: requires-improvement`.
    fn claim_in_words(&self, verdict: Verdict) -> String {
        let claim = self.quotation.claim.as_ref();
        let value = claim.map_or(Cow::Borrowed(""), |claim| match claim.kind {
            ClaimKind::Date => day_in_words(&claim.value),
            ClaimKind::Grade => claim.value.replace('-', " ").into(),
            _ => Cow::Borrowed(claim.value.as_str()),
        });
        let kind = claim.map_or("", |claim| claim.kind.as_str());
        let of = claim
            .and_then(|claim| claim.area.as_deref())
            .map(|area| format!(" for {}", area_in_words(area)))
            .unwrap_or_default();
        let year = claim.and_then(|claim| claim.year).map(|year| format!(" in {year}")).unwrap_or_default();
        let found = match (verdict, self.check.found.as_deref()) {
            (Verdict::Absent, Some(found)) => found.to_owned(),
            (_, Some(found)) if !year.is_empty() => {
                format!("the report{year} has {}", found.replace('-', " "))
            }
            (_, Some(found)) => match claim.map(|claim| claim.kind) {
                Some(ClaimKind::Grade) => format!("the report has {}", found.replace('-', " ")),
                Some(ClaimKind::Date) => {
                    let days: Vec<_> = found.split(" to ").map(day_in_words).collect();
                    format!("the report has {}", days.join(" to "))
                }
                Some(ClaimKind::Paragraph) => format!("the words quoted stand in paragraph {found}"),
                Some(ClaimKind::Page) => format!("the words quoted stand on page {found}"),
                _ => format!("the report has {found}"),
            },
            (Verdict::Absent, None) => "not found in the report".to_owned(),
            _ => "found in the report".to_owned(),
        };
        format!("claim, {kind} {value}{of}{year}: {found}")
    }

    /// Who speaks, according to the article, as tables have it; empty where it does not say.
    pub fn speaker(&self) -> &'c str {
        match &self.quotation.speaker {
            Speaker::Report => "the report",
            Speaker::Person { name } => name.as_deref().unwrap_or("a person"),
            Speaker::Organisation { name } => name.as_deref().unwrap_or("an organisation"),
            _ => "",
        }
    }

    /// The same for the line of a quotation: ` (said by Ada Quill)`, ` (said by others than the report)`; empty where the
    /// article does not say.
    pub fn said_by(&self) -> Cow<'static, str> {
        match &self.quotation.speaker {
            Speaker::Person { name: None } | Speaker::Organisation { name: None } => {
                Cow::Borrowed(" (said by others than the report)")
            }
            Speaker::Unattributed => Cow::Borrowed(""),
            _ => format!(" (said by {})", self.speaker()).into(),
        }
    }

    /// Where the words of an absent quotation stand in a report that the check leaves out: `outside, in: …`. Empty if they
    /// stand nowhere.
    pub fn outside_line(&self) -> String {
        self.check
            .outside
            .as_ref()
            .map(|place| format!("outside, in: {}", place.citation))
            .unwrap_or_default()
    }

    /// The places to show, each with its index: all pieces of a splice, else the first place.
    pub fn shown_places(&self) -> impl Iterator<Item = (usize, &'c Place)> {
        let shown = if self.check.verdict == Verdict::Spliced { self.check.places.len() } else { 1 };
        self.check.places.iter().enumerate().take(shown)
    }

    /// How many other places there are, as a note behind the citation; empty if there are none.
    pub fn other_places(&self) -> String {
        let check = self.check;
        if check.verdict == Verdict::Spliced || check.total < 2 {
            return String::new();
        }
        let noun = if check.total == 2 { "place" } else { "places" };
        format!(
            " (and in {} other {noun}, in all in {})",
            grouped(check.total - 1),
            counted(check.reports, "reports")
        )
    }

    /// What was changed, one line for each change; changes of no weight (case, punctuation) share the last line.
    pub fn change_lines(&self) -> Vec<String> {
        if self.check.verdict == Verdict::Absent {
            return Vec::new();
        }
        let mut lines: Vec<String> = self.serious_changes().collect();
        let mut kinds: Vec<EditKind> =
            self.check.edits.iter().map(|edit| edit.kind).filter(|kind| kind.is_folded()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if !kinds.is_empty() {
            let kinds: Vec<_> = kinds.into_iter().map(EditKind::in_words).collect();
            lines.push(format!("of no weight: {}", kinds.join(", ")));
        }
        lines
    }

    /// The changes that are more than case and punctuation, in words.
    pub(super) fn serious_changes(&self) -> impl Iterator<Item = String> {
        self.check.edits.iter().filter(|edit| !edit.kind.is_folded()).map(change_in_words)
    }

    /// The changed parts of the quotation: bytes of its text, in order.
    pub fn changed_in_quotation(&self) -> Vec<Range<usize>> {
        let edits = self.check.edits.iter().filter(|edit| is_marked(self.check, edit));
        in_order(edits.map(|edit| edit.quoted.clone()), self.check.text.len())
    }

    /// The changed parts of the source at a place, by its index: bytes of [`Place::source`], in order.
    pub fn changed_in_source(&self, index: usize, place: &Place) -> Vec<Range<usize>> {
        let edits = self.check.edits.iter().filter(|edit| edit.place == index && is_marked(self.check, edit));
        let start = place.bytes.start;
        let within =
            |bytes: &Range<usize>| bytes.start.saturating_sub(start)..bytes.end.saturating_sub(start);
        in_order(edits.map(|edit| within(&edit.source)), place.source().len())
    }

    /// What became of a quotation that stands elsewhere in what the article is about: `altered there:`.
    pub fn in_about_label(&self) -> String {
        match self.check.in_about.as_ref().map(|here| here.verdict) {
            None => String::new(),
            Some(Verdict::Absent) if self.check.younger => "in no report that was published then".to_owned(),
            Some(verdict) if self.check.younger => format!("{verdict} in an older report:"),
            Some(Verdict::Absent) if self.check.addressed.is_some() => {
                "absent from what its sentence names".to_owned()
            }
            Some(verdict) if self.check.addressed.is_some() => {
                format!("{verdict} in what its sentence names:")
            }
            Some(Verdict::Absent) => "absent from what the article is about".to_owned(),
            Some(verdict) => {
                let edits = self.check.in_about.iter().flat_map(|here| &here.edits);
                let grave: Vec<String> =
                    edits.filter(|edit| edit.kind.is_grave()).map(change_in_words).collect();
                let separator = if grave.is_empty() { "" } else { ", " };
                format!("{verdict} in what the article is about{separator}{}:", grave.join(", "))
            }
        }
    }

    /// True if what the article's own reports have is said before what others have: they have the words, and changed.
    pub fn in_about_leads(&self) -> bool {
        let changed = |here: &quotable_check::InAbout| here.verdict != Verdict::Absent;
        self.check.verdict == Verdict::Elsewhere && self.check.in_about.as_ref().is_some_and(changed)
    }

    /// The sentences of the place in what the article is about, and what was changed there; if that is not known, the part
    /// that is similar.
    pub fn in_about_sentences(&self) -> Option<(&str, Vec<Range<usize>>)> {
        let here = self.check.in_about.as_ref()?;
        let place = here.place.as_ref()?;
        let (sentences, similar) = similar_sentences(place);
        let start = place.sentences().start;
        let edits = here.edits.iter().filter(|edit| !edit.kind.is_folded() && !edit.source.is_empty());
        let changed =
            edits.map(|edit| edit.source.start.saturating_sub(start)..edit.source.end.saturating_sub(start));
        let changed = in_order(changed, sentences.len());
        Some((
            sentences,
            if here.verdict == Verdict::Altered && !changed.is_empty() { changed } else { similar },
        ))
    }

    /// How similar the nearest place is: `nearest, 64 % alike:`.
    pub fn nearest_label(&self) -> String {
        format!("nearest, {:.0} % alike:", self.check.similarity * 100.0)
    }
}

/// The sentences of the most similar place, and the part of them that is similar.
pub fn similar_sentences(place: &Place) -> (&str, Vec<Range<usize>>) {
    let sentences = place.sentences();
    let within = |at: usize| at.saturating_sub(sentences.start);
    let similar = within(place.bytes.start)..within(place.bytes.end);
    let marks = in_order(std::iter::once(similar), sentences.len());
    (place.text.get(sentences).unwrap_or_default(), marks)
}

/// A change in words, with those in capitals that reverse the sense or change a fact.
fn change_in_words(edit: &Edit) -> String {
    let words = edit.to_string();
    let name = match edit.kind {
        EditKind::NegationLost => "NEGATION LOST",
        EditKind::NegationGained => "NEGATION GAINED",
        EditKind::Number => "NUMBER CHANGED",
        EditKind::Name => "NAME CHANGED",
        _ => return words,
    };
    let rest = words.strip_prefix(edit.kind.in_words()).unwrap_or_default();
    format!("{name}{rest}")
}

/// The name of an area of judgement, as people write it.
fn area_in_words(area: &str) -> Cow<'_, str> {
    match area {
        "lscb" => "the Local Safeguarding Children Board".into(),
        "overall" => "overall effectiveness".into(),
        area => area.replace('-', " ").into(),
    }
}

/// The day that a claim names, as people write it: `3 September 2018`; of `--09-03`, which lacks the year (ISO 8601:2000),
/// `3 September`.
fn day_in_words(value: &str) -> Cow<'_, str> {
    if let Ok(day) = value.parse::<Date>() {
        return day.in_words().into();
    }
    let without_year = value.strip_prefix("--").and_then(|rest| rest.split_once('-'));
    let read = without_year.and_then(|(month, day)| {
        let name = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{} {name}", day.parse::<u8>().ok()?))
    });
    read.map_or(Cow::Borrowed(value), Cow::Owned)
}

/// The edits of an absent quotation lead to another sentence, so they are not marked.
fn is_marked(check: &Check, edit: &Edit) -> bool {
    check.verdict != Verdict::Absent && !edit.kind.is_folded()
}

/// The ranges that are not empty and lie within `length`, in order.
fn in_order(ranges: impl Iterator<Item = Range<usize>>, length: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ranges.filter(|range| !range.is_empty() && range.end <= length).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges
}

#[cfg(test)]
mod tests {
    use super::day_in_words;

    #[test]
    fn days_are_written_as_people_write_them() {
        for (value, words) in [
            ("2018-09-03", "3 September 2018"),
            ("--09-03", "3 September"),
            ("--13-03", "--13-03"),
            ("last spring", "last spring"),
        ] {
            assert_eq!(day_in_words(value), words);
        }
    }
}
