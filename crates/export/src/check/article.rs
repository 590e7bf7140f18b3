//! A checked article: its texts by whose words they are, the worst first, and how many got each verdict.

use std::fmt;
use std::str::FromStr;

use quotable_check::{ArticleCheck, EditKind, Place, QuotationKind, Speaker, Verdict};
use quotable_report::UnknownName;

use super::{CheckSummary, CheckedQuotation};
use crate::number::grouped;

/// An article and the check of it.
#[derive(Debug, Clone, Copy)]
pub struct CheckedArticle<'c> {
    /// Its name: that of its file, as a rule.
    pub name: &'c str,
    /// The check.
    pub check: &'c ArticleCheck,
}

/// What a text of an article is, and so how it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TextGroup {
    /// Words that the article gives as those of a report, or of nobody: an editor answers for them.
    Report,
    /// Words of a person or a body. No report needs to have them.
    People,
    /// A claim about a report in the article’s own words.
    Claim,
    /// Words of a report without quotation marks.
    Passage,
    /// One to three words in marks, which quote nothing in particular.
    Scare,
}

impl TextGroup {
    /// Every group, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Report, Self::People, Self::Claim, Self::Passage, Self::Scare];

    /// The name used in tables and JSON: `report`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::People => "people",
            Self::Claim => "claim",
            Self::Passage => "passage",
            Self::Scare => "scare",
        }
    }

    /// The heading above the group.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Report => "The report’s words",
            Self::People => "People’s words",
            Self::Claim => "Claims about the report",
            Self::Passage => "Words of the report without quotation marks",
            Self::Scare => "Scare quotes, not counted",
        }
    }
}

impl fmt::Display for TextGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for TextGroup {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

impl CheckedQuotation<'_> {
    /// What the text is.
    pub fn group(&self) -> TextGroup {
        match (self.quotation.kind, &self.quotation.speaker) {
            (QuotationKind::Unmarked, _) => TextGroup::Passage,
            (QuotationKind::Claim, _) => TextGroup::Claim,
            _ if self.is_scare() => TextGroup::Scare,
            (_, Speaker::Person { .. } | Speaker::Organisation { .. }) => TextGroup::People,
            _ => TextGroup::Report,
        }
    }

    /// True for a text that takes one line: scare quotes, and words of people that no report has, as most have not.
    pub fn is_folded(&self) -> bool {
        match self.group() {
            TextGroup::Scare => true,
            TextGroup::People => self.check.verdict == Verdict::Absent,
            _ => false,
        }
    }

    /// Where it stands: the citation of a place, or of all the consecutive paragraphs that it runs over.
    pub fn cited(&self, place: &Place) -> String {
        let whole = if self.check.consecutive { self.check.citation() } else { None };
        whole.as_ref().unwrap_or(&place.citation).to_string()
    }

    /// True if the report’s words are not as the report has them (altered, spliced, elsewhere or absent), or if a claim is
    /// [contradicted](Self::is_contradicted).
    pub fn is_fault(&self) -> bool {
        (self.group() == TextGroup::Report && !self.check.verdict.is_exact() && !self.is_declared())
            || self.is_contradicted()
    }

    /// True for an altered quotation that the writer altered openly, by ellipses and brackets alone.
    pub fn is_declared(&self) -> bool {
        let open =
            |kind: EditKind| kind.is_folded() || matches!(kind, EditKind::Ellipsis | EditKind::Bracket);
        self.check.verdict == Verdict::Altered && self.check.edits.iter().all(|edit| open(edit.kind))
    }

    /// True for a claim about the report where the report says otherwise.
    pub fn is_contradicted(&self) -> bool {
        self.is_claim() && self.check.verdict == Verdict::Altered
    }

    /// How bad the verdict is, the worst first: a change of sense or fact, another change, words of nobody, words of
    /// another report, pieces put together, exact.
    fn severity(&self) -> (u8, bool, Option<EditKind>) {
        let verdict = match self.check.verdict {
            Verdict::Altered => 0,
            Verdict::Absent => 1,
            Verdict::Elsewhere => 2,
            Verdict::Spliced => 3,
            Verdict::ExactAfterFolding => 4,
            Verdict::Exact => 5,
            _ => 6,
        };
        let kinds = || self.check.edits.iter().map(|edit| edit.kind).find(|kind| !kind.is_folded());
        let gravest = if self.check.verdict == Verdict::Altered { kinds() } else { None };
        (verdict, gravest.is_none(), gravest)
    }
}

impl<'c> CheckedArticle<'c> {
    /// Its name without the folders above its file.
    pub fn title(&self) -> &'c str {
        self.name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(self.name)
    }

    /// Quotations, passages and claims with their numbers, in this order.
    pub fn texts(&self) -> impl Iterator<Item = CheckedQuotation<'c>> {
        let numbered = (1..).zip(self.check.all());
        numbered.map(|(number, text)| CheckedQuotation {
            number,
            quotation: &text.quotation,
            check: &text.check,
        })
    }

    /// The texts of a group, the worst first. `only` keeps those with one of the verdicts; all if it is empty.
    pub fn group(&self, group: TextGroup, only: &[Verdict]) -> Vec<CheckedQuotation<'c>> {
        let mut texts: Vec<_> = self
            .texts()
            .filter(|text| text.group() == group && is_wanted(text.check.verdict, only))
            .collect();
        texts.sort_by_cached_key(|text| (text.severity(), text.number));
        texts
    }

    /// How many texts of a group got each verdict, the best first, without those that none got. Quotations that are exact
    /// but for capitals, marks and spacing count as exact.
    pub fn counts(&self, group: TextGroup) -> Vec<(Verdict, u64)> {
        let shown = [Verdict::Exact, Verdict::Altered, Verdict::Spliced, Verdict::Elsewhere, Verdict::Absent];
        let of = |verdict: Verdict| if verdict.is_exact() { Verdict::Exact } else { verdict };
        let count = |verdict| {
            self.texts().filter(|text| text.group() == group && of(text.check.verdict) == verdict).count()
                as u64
        };
        shown.into_iter().map(|verdict| (verdict, count(verdict))).filter(|(_, count)| *count > 0).collect()
    }

    /// The same in words: `12 exact, 1 altered`.
    pub fn counts_in_words(&self, group: TextGroup) -> String {
        let counts = self.counts(group);
        if counts.is_empty() {
            return "none quoted".to_owned();
        }
        let words = counts.iter().map(|(verdict, count)| format!("{} {verdict}", grouped(*count)));
        words.collect::<Vec<_>>().join(", ")
    }

    /// The claims about the report in words: `Claims about the report: 3 borne out, 1 contradicted, 1 not found`. Empty if the
    /// article makes none.
    pub fn claims_in_words(&self) -> String {
        let words = |verdict: Verdict| match verdict {
            Verdict::Exact => "borne out",
            Verdict::Absent => "not found",
            _ => "contradicted",
        };
        let counts = self.counts(TextGroup::Claim).into_iter();
        let counts: Vec<String> =
            counts.map(|(verdict, count)| format!("{} {}", grouped(count), words(verdict))).collect();
        match counts.as_slice() {
            [] => String::new(),
            counts => format!("{}: {}", TextGroup::Claim.heading(), counts.join(", ")),
        }
    }

    /// True if any of the report’s words are not as the report has them, or a claim about it is contradicted.
    pub fn has_fault(&self) -> bool {
        self.texts().any(|text| text.is_fault())
    }

    /// What was checked and what was not.
    pub fn summary(&self) -> CheckSummary {
        let mut summary = CheckSummary::default();
        self.texts().for_each(|text| summary.add(&text));
        summary.set_unchecked_quotations(self.check.total.saturating_sub(self.check.quotations.len() as u64));
        summary
    }
}

/// A text that takes one line: its number, its words, whether reports have them, and the speaker.
pub fn in_one_line(checked: &CheckedQuotation<'_>) -> String {
    let found = match checked.check.verdict {
        Verdict::Absent => "in no report",
        Verdict::Elsewhere => "not in the report that the article is about",
        verdict if verdict.is_exact() => "words of reports",
        verdict => verdict.as_str(),
    };
    let text = &checked.quotation.text;
    format!("{}. “{text}” – {found}{}", checked.number, checked.said_by())
}

/// True if a verdict is among those wanted, or all are. `exact` stands for `exact-after-folding` too.
pub fn is_wanted(verdict: Verdict, only: &[Verdict]) -> bool {
    only.is_empty()
        || only.contains(&verdict)
        || (verdict == Verdict::ExactAfterFolding && only.contains(&Verdict::Exact))
}
