//! The result of a check, and the thresholds that decide it.

use std::fmt;
use std::str::FromStr;

use quotable_report::{Citation, UnknownName};
use serde::{Deserialize, Serialize};

use crate::edit::Edit;
use crate::place::Place;

/// The least similarity of an altered quotation: below it, a quotation is absent.
///
/// Measured by replacing random words of 2,400 sentences of eight published reports by words of four letters or more, and
/// checking them against 209 reports. Judged altered, of 300 to 400 sentences each: with one word replaced 99.5 %, one in
/// ten 99.7 %, one in five 83 %, one in four 33 %, 30 in a hundred 6 %, 35 in a hundred 0.7 %, two in five none. Invented
/// sentences about the same subjects reached a similarity of 0.48 at most.
pub const ALTERED: f64 = 0.70;
/// The same threshold for a quotation whose only change is one run of words left out without an ellipsis, with at least
/// [`FEWEST`] words kept on each side.
///
/// Measured on 200 sentences of 209 published reports for each length of cut, with five words or more kept on each side:
/// all 600 sentences with 3 to 6, 7 to 15 and 16 to 30 words cut are altered. Of 600 invented sentences (two in five words
/// replaced; words in another order; four words each from five sentences) one is altered, which kept most of its order.
/// Under [`ALTERED`] and a single gap cost, 30 of the longest cuts were absent.
pub const CUT: f64 = 0.50;
/// The fewest words of a quotation that can be altered: a shorter one is exact or absent.
pub const FEWEST: usize = 4;
/// The most words of a quotation that are checked.
pub const LONGEST: usize = 2_000;
/// The least number of reports with the same words that makes them boilerplate.
pub const BOILERPLATE: u64 = 5;

/// The result of checking a quotation.
///
/// The documented record, which only grows, is `export::check::CheckRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Check {
    /// The verdict.
    pub verdict: Verdict,
    /// The text that was checked.
    pub text: String,
    /// The places that have the words of the source, the likeliest first. For [`Verdict::Spliced`], the places of the
    /// pieces, in the order of the quotation. Empty for [`Verdict::Absent`].
    pub places: Vec<Place>,
    /// True if `places` are consecutive paragraphs of one report that the quotation runs over: they count as one place.
    #[serde(default)]
    pub consecutive: bool,
    /// The number of all places; `places` may hold only the first. Each piece of a splice counts once.
    pub total: u64,
    /// The number of reports with at least one of the places.
    pub reports: u64,
    /// The differences from the source, the gravest first. They refer to `places`, or to `nearest` if the quotation is
    /// absent.
    pub edits: Vec<Edit>,
    /// The similarity of the quotation to its source or to `nearest`, from 0 to 1 (every word found).
    pub similarity: f64,
    /// The most similar place, for an absent quotation; `None` if nothing is similar.
    pub nearest: Option<Place>,
    /// True if [`BOILERPLATE`] or more reports have the words, so that they say little about any one.
    pub boilerplate: bool,
    /// True if the quotation has fewer than [`FEWEST`] words, too few to identify a source.
    pub short: bool,
    /// The number of words beyond [`LONGEST`], which were not checked.
    pub unchecked: usize,
    /// False if files of the corpus were still to be read, or could not be read: an absent quotation may be in one of
    /// them.
    #[serde(default)]
    pub complete: bool,
    /// The number of files in the part checked (the whole corpus, or
    /// [`CheckOptions::within`](crate::CheckOptions::within)) that could not be read.
    #[serde(default)]
    pub unread: u64,
    /// True if files of the corpus were still to be read.
    #[serde(default)]
    pub unfinished: bool,
    /// What became of the quotation in the reports that the article is about, if its places are in other reports: always
    /// for [`Verdict::Elsewhere`]. `None` if it stands there, or if nothing is known of what the article is about.
    #[serde(default)]
    pub in_about: Option<InAbout>,
    /// For an absent quotation, where its words stand in a report that the filter or folder of the check leaves out.
    #[serde(default)]
    pub outside: Option<Place>,
    /// The reports that the sentence of the quotation names, in words, if those are others than the one where it stands: the
    /// verdict is by them. `None` for all other quotations.
    #[serde(default)]
    pub addressed: Option<String>,
    /// True if the words stand only in reports that are published after the article, which cannot be its source: the
    /// verdict is [`Elsewhere`](Verdict::Elsewhere).
    #[serde(default)]
    pub younger: bool,
    /// For a [claim](crate::Quotation::claim), what the report has in its place: `requires-improvement`.
    #[serde(default)]
    pub found: Option<String>,
}

/// A quotation that stands in other reports, in the reports that the article is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InAbout {
    /// Altered, spliced or absent.
    pub verdict: Verdict,
    /// The place of the altered words, or the most similar one; `None` if nothing is similar.
    pub place: Option<Place>,
    /// The differences from `place`, the gravest first.
    pub edits: Vec<Edit>,
    /// The similarity to `place`, from 0 to 1.
    pub similarity: f64,
}

impl Check {
    /// A check of `text` that has found nothing yet.
    pub(crate) fn blank(text: &str) -> Self {
        Self {
            verdict: Verdict::Absent,
            text: text.to_owned(),
            places: Vec::new(),
            consecutive: false,
            total: 0,
            reports: 0,
            edits: Vec::new(),
            similarity: 0.0,
            nearest: None,
            boilerplate: false,
            short: false,
            unchecked: 0,
            complete: true,
            unread: 0,
            unfinished: false,
            in_about: None,
            outside: None,
            addressed: None,
            younger: false,
            found: None,
        }
    }

    /// Where the quotation stands: the first place; of a quotation over several paragraphs, all of them (`paras 44-45`).
    /// `None` if it is absent.
    pub fn citation(&self) -> Option<Citation> {
        let mut citation = self.places.first()?.citation.clone();
        if self.consecutive
            && let Some(last) = self.places.last().map(|place| &place.citation)
        {
            citation.page_end = last.page_end.or(last.page).or(citation.page_end);
            if let (Some(first), Some(last)) = (&mut citation.paragraph, &last.paragraph)
                && first != last
            {
                first.push('-');
                first.push_str(last);
            }
        }
        Some(citation)
    }
}

/// Whether the corpus has the words of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// Found letter by letter.
    Exact,
    /// Found, but for case, shapes of marks, dashes, punctuation or spacing.
    ExactAfterFolding,
    /// Found with changes; every change is named.
    Altered,
    /// Pieced together from several paragraphs.
    Spliced,
    /// Found letter by letter or after folding, but not in the reports that the article is about: there it is altered or
    /// absent, as [`Check::in_about`] says.
    Elsewhere,
    /// Not found.
    Absent,
}

impl Verdict {
    /// Every verdict, the best first.
    pub const ALL: [Self; 6] =
        [Self::Exact, Self::ExactAfterFolding, Self::Altered, Self::Spliced, Self::Elsewhere, Self::Absent];

    /// The name used in tables and JSON: `exact-after-folding`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ExactAfterFolding => "exact-after-folding",
            Self::Altered => "altered",
            Self::Spliced => "spliced",
            Self::Elsewhere => "elsewhere",
            Self::Absent => "absent",
        }
    }

    /// True if every word was found as quoted.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exact | Self::ExactAfterFolding)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Verdict {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// The verdict, then citations and edits, each on a line of its own.
impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.verdict)?;
        let shown = if self.verdict == Verdict::Spliced { self.places.len() } else { 1 };
        for (at, place) in self.places.iter().take(shown).enumerate() {
            match self.citation().filter(|_| at == 0) {
                Some(citation) => write!(f, "\n  {citation}")?,
                None => write!(f, "\n  {}", place.citation)?,
            }
        }
        let others = self.total.saturating_sub(shown as u64);
        if others > 0 {
            write!(f, "\n  and {others} more, in {} reports", self.reports)?;
        }
        if self.boilerplate {
            write!(f, " (boilerplate)")?;
        }
        if let Some(here) = &self.in_about {
            write!(f, "\n  {} in what the article is about", here.verdict)?;
            if let Some(place) = &here.place {
                write!(
                    f,
                    ": {}\n  “{}”",
                    place.citation,
                    place.text.get(place.sentences()).unwrap_or_default()
                )?;
            }
        }
        if let Some(nearest) = &self.nearest {
            let percent = (self.similarity * 100.0).round();
            write!(f, "\n  nearest ({percent} % alike): {}", nearest.citation)?;
            write!(f, "\n  “{}”", nearest.text.get(nearest.sentences()).unwrap_or_default())?;
        }
        if self.verdict != Verdict::Absent {
            for edit in &self.edits {
                write!(f, "\n  - {edit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_parsed_by_their_names() {
        for verdict in Verdict::ALL {
            assert_eq!(verdict.to_string().parse(), Ok(verdict));
        }
        assert_eq!("Exact after folding".parse(), Ok(Verdict::ExactAfterFolding));
        assert!("true".parse::<Verdict>().is_err());
    }
}
