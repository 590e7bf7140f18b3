//! How many quotations got each verdict.

use std::collections::BTreeMap;
use std::fmt;

use quotable_check::Verdict;

use super::CheckedQuotation;
use crate::completeness::Completeness;
use crate::number::{counted, grouped};

/// What was checked and what was not. `Display` is one line: `12 quotations: 9 exact, 2 altered, 1 absent; …`.
#[derive(Debug, Clone, Default)]
pub struct CheckSummary {
    verdicts: BTreeMap<Verdict, u64>,
    scare_quotes: u64,
    /// Passages without quotation marks, and claims.
    unmarked: u64,
    claims: u64,
    /// Claims that the report contradicts.
    contradicted: u64,
    /// Words at the ends of long quotations that were not checked.
    unchecked_words: u64,
    /// What the reports that were searched lack.
    completeness: Completeness,
    /// Quotations beyond a limit of the caller, which were not checked.
    unchecked_quotations: u64,
}

impl CheckSummary {
    /// Counts a quotation.
    pub fn add(&mut self, checked: &CheckedQuotation<'_>) {
        if checked.is_unmarked() {
            self.unmarked += 1;
        } else if checked.is_claim() {
            self.claims += 1;
            self.contradicted += u64::from(checked.is_contradicted());
        } else if checked.is_scare() {
            self.scare_quotes += 1;
        } else {
            *self.verdicts.entry(checked.check.verdict).or_default() += 1;
        }
        self.unchecked_words += checked.check.unchecked as u64;
        self.completeness = Completeness::from(checked.check);
    }

    /// Sets how many quotations at the end of the article were not checked.
    pub fn set_unchecked_quotations(&mut self, count: u64) {
        self.unchecked_quotations = count;
    }

    /// True if no quotation was counted.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.scare_quotes == 0
    }
}

impl fmt::Display for CheckSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.verdicts.values().sum(), "quotations"))?;
        for (at, (verdict, count)) in self.verdicts.iter().enumerate() {
            let separator = if at == 0 { ": " } else { ", " };
            write!(f, "{separator}{} {verdict}", grouped(*count))?;
        }
        if self.scare_quotes > 0 {
            let scare = counted(self.scare_quotes, "scare quotes");
            write!(f, "; besides {scare} of one to three words, not counted")?;
        }
        if self.unmarked > 0 {
            write!(f, "; {} of the report without quotation marks", counted(self.unmarked, "passages"))?;
        }
        if self.claims > 0 {
            write!(f, "; {} about the report", counted(self.claims, "claims"))?;
            if self.contradicted > 0 {
                write!(f, ", {} contradicted by it", grouped(self.contradicted))?;
            }
        }
        let mut unchecked = Vec::new();
        if self.unchecked_quotations > 0 {
            unchecked.push(format!("the last {}", counted(self.unchecked_quotations, "quotations")));
        }
        if self.unchecked_words > 0 {
            let words = counted(self.unchecked_words, "words");
            unchecked.push(format!("{words} at the ends of long quotations"));
        }
        match unchecked.as_slice() {
            [] => f.write_str("; all were checked whole")?,
            parts => write!(f, "; not checked: {}", parts.join(" and "))?,
        }
        f.write_str("; tables and footnotes of the article are not looked at")?;
        let Completeness { unfinished, unread, .. } = self.completeness;
        if unread > 0 {
            write!(f, "; of the reports, {} could not be read", counted(unread, "files"))?;
        }
        if unfinished {
            f.write_str("; some reports are still to be read")?;
        }
        Ok(())
    }
}
