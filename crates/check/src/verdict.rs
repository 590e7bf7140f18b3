//! What became of a quotation, and the thresholds that decide it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::edit::Edit;
use crate::place::Place;

/// Below this similarity a quotation is absent.
///
/// Measured on seeded changes to 2,400 sentences of eight published reports, words of four letters and more put in
/// at chance, checked against 209 reports. Altered by this measure were, of 300 to 400 each: with one word changed
/// 99.5 %, one in ten 99.7 %, one in five 83 %, one in four 33 %, three in ten 6 %, 35 in a hundred 0.7 %, two in
/// five none. Sentences made up about the same subjects reached 0.48 at most.
pub const ALTERED: f64 = 0.70;
/// Below this similarity a quotation is absent whose only change is that words were left out in one place, without an
/// ellipsis: every word stands there in order, [`FEWEST`] and more on either side.
///
/// Measured on 200 sentences of 209 published reports for each length of cut, five words and more kept on either side:
/// with 3 to 6 words cut, 7 to 15 and 16 to 30, all 600 are altered; of 600 sentences made up of the words of reports (two
/// in five replaced, put in another order, pieced together of four words each of five sentences) one is, which kept most
/// of its order. Held to [`ALTERED`], with every gap at one price, 30 of the longest cuts were absent.
pub const CUT: f64 = 0.50;
/// A quotation of fewer words is exact or absent, never altered.
pub const FEWEST: usize = 4;
/// How many words of a quotation are checked at most.
pub const LONGEST: usize = 2_000;
/// What stands in so many reports is boilerplate.
pub const BOILERPLATE: u64 = 5;

/// What became of a quotation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Check {
    /// The verdict.
    pub verdict: Verdict,
    /// The text that was checked.
    pub text: String,
    /// Where it stands, the likeliest first: the same words each time. For [`Verdict::Spliced`] its pieces, in the
    /// order of the quotation. None if it is absent.
    pub places: Vec<Place>,
    /// How many places there are in all, of which `places` may be the first; the pieces of a splice count once each.
    pub total: u64,
    /// In how many reports they stand.
    pub reports: u64,
    /// What was changed, the gravest first. The sources are those of `places`, or of `nearest` if it is absent.
    pub edits: Vec<Edit>,
    /// How similar the quotation is to its source, or to the nearest: from 0 to 1, which is every word.
    pub similarity: f64,
    /// What comes nearest to an absent quotation, if anything does.
    pub nearest: Option<Place>,
    /// True if it stands in so many reports ([`BOILERPLATE`]) that it says little of any one.
    pub boilerplate: bool,
    /// True if it is too short to say of what it is a quotation: fewer than [`FEWEST`] words.
    pub short: bool,
    /// How many words at the end were not checked, because there are more than [`LONGEST`].
    pub unchecked: usize,
}

/// Whether a quotation stands in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// It stands there, letter by letter.
    Exact,
    /// It stands there but for case, shapes of marks, dashes, punctuation or spacing.
    ExactAfterFolding,
    /// It stands there changed, and every change is named.
    Altered,
    /// Its pieces stand in several paragraphs.
    Spliced,
    /// It does not stand there.
    Absent,
}

impl Verdict {
    /// The name used in tables and JSON: `exact-after-folding`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ExactAfterFolding => "exact-after-folding",
            Self::Altered => "altered",
            Self::Spliced => "spliced",
            Self::Absent => "absent",
        }
    }

    /// True if every word stands there as it is quoted.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exact | Self::ExactAfterFolding)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The verdict, where it stands, and every edit on a line of its own.
impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.verdict)?;
        let shown = if self.verdict == Verdict::Spliced { self.places.len() } else { 1 };
        for place in self.places.iter().take(shown) {
            write!(f, "\n  {}", place.citation)?;
        }
        let others = self.total.saturating_sub(shown as u64);
        if others > 0 {
            write!(f, "\n  and {others} more, in {} reports", self.reports)?;
        }
        if self.boilerplate {
            write!(f, " (boilerplate)")?;
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
