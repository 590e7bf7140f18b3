//! How many quotations got each verdict.

use std::collections::BTreeMap;

use quotable::Verdict;

use super::Checked;
use crate::render::number::{counted, grouped};

/// What was checked and what was not.
#[derive(Debug, Default)]
pub(super) struct Tally {
    verdicts: BTreeMap<Verdict, u64>,
    /// One to three words in marks: listed, and no quotations.
    scare: u64,
    /// Words at the ends of long quotations that were not checked.
    words: u64,
    /// Quotations beyond the most that are checked.
    pub(super) left: u64,
}

impl Tally {
    pub(super) fn add(&mut self, one: &Checked<'_>) {
        if one.is_scare() {
            self.scare += 1;
        } else {
            *self.verdicts.entry(one.check.verdict).or_default() += 1;
        }
        self.words += one.check.unchecked as u64;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.scare == 0
    }

    /// `12 quotations: 9 exact, 2 altered, 1 absent; besides 3 scare quotes of one to three words; all were checked whole`.
    pub(super) fn summary(&self) -> String {
        let parts: Vec<_> =
            self.verdicts.iter().map(|(verdict, count)| format!("{} {verdict}", grouped(*count))).collect();
        let mut not = Vec::new();
        if self.left > 0 {
            not.push(format!("the last {}", counted(self.left, "quotations")));
        }
        if self.words > 0 {
            not.push(format!("{} at the ends of long quotations", counted(self.words, "words")));
        }
        let not = if not.is_empty() {
            "all were checked whole".to_owned()
        } else {
            format!("not checked: {}", not.join(" and "))
        };
        let all = counted(self.verdicts.values().sum(), "quotations");
        let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        let scare = match self.scare {
            0 => String::new(),
            count => {
                format!("; besides {} of one to three words, not counted", counted(count, "scare quotes"))
            }
        };
        format!("{all}{parts}{scare}; {not}; tables and footnotes of the article are not looked at")
    }
}
