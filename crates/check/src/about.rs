//! The answer to: which report is an article about?

use quotable_index::ReportHead;
use quotable_report::Date;
use serde::{Deserialize, Serialize};

/// What an article is about: an authority, and the reports on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct About {
    /// The key of the authority. Empty if the report names none.
    pub authority: String,
    /// The name of the authority, as the corpus writes it; of a report without one, its title.
    pub name: String,
    /// The number of times that the article names the authority.
    pub mentions: u32,
    /// The path of the report; `None` if neither quotations nor dates single one out.
    pub report: Option<String>,
    /// The reports that quotations are judged by, the likeliest first. The first is [`report`](Self::report), and others
    /// follow it if the article quotes them too. All reports of the authority that are not younger than the article if
    /// `report` is `None`.
    #[serde(default)]
    pub reports: Vec<AboutReport>,
    /// The number of quotations of [`FEWEST`](crate::FEWEST) words or more that were looked for: those that a person or
    /// another body is said to have spoken are not among them.
    #[serde(default)]
    pub looked_for: u32,
    /// True if the reader named it, rather than a guess.
    #[serde(default)]
    pub given: bool,
    /// True if the article names an authority, and no report here can be the one that it is about: there is none on that
    /// authority, or all are [younger](Self::younger) than the article. [`reports`](Self::reports) is empty then, and
    /// whatever is quoted stands [elsewhere](crate::Verdict::Elsewhere) at best.
    #[serde(default)]
    pub missing: bool,
    /// The number of reports on the authority that are no source, being published after the article.
    #[serde(default)]
    pub younger: u32,
}

/// A report that an article is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AboutReport {
    /// The path of the report.
    pub path: String,
    /// The name of the authority, as the corpus writes it; empty if the report names none.
    #[serde(default)]
    pub authority: String,
    /// The kind of inspection in words, where the report tells.
    pub series: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The number of quotations of [`FEWEST`](crate::FEWEST) words or more that stand there.
    pub quotations: u32,
}

impl AboutReport {
    /// A report by its head, before quotations are counted.
    pub(crate) fn of(head: &ReportHead<'_>) -> Self {
        Self {
            path: head.path.to_owned(),
            authority: head.authority.map(|authority| authority.name.clone()).unwrap_or_default(),
            series: head.series.map(str::to_owned),
            published: head.published,
            quotations: 0,
        }
    }
}

impl About {
    /// True if quotations are judged by the report at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.report.as_deref() == Some(path) || self.reports.iter().any(|report| report.path == path)
    }
}

/// One line for the reader: `Marlowe, inspection of children’s services, published 3 May 2019; 6 of 7 quotations stand
/// there`.
impl std::fmt::Display for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)?;
        if self.missing {
            return match self.younger {
                0 => f.write_str(", on which there is no report here"),
                1 => f.write_str("; the one report on it here is younger than the article"),
                all => write!(f, "; all {all} reports on it here are younger than the article"),
            };
        }
        let Some(report) = self.reports.first().filter(|first| self.report.as_ref() == Some(&first.path))
        else {
            return match self.reports.len() {
                0 => Ok(()),
                1 => f.write_str(", its only report"),
                all => write!(f, ", all {all} reports"),
            };
        };
        if let Some(series) = &report.series {
            let mut letters = series.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
            let acronym = series.chars().nth(1).is_some_and(char::is_uppercase);
            if acronym { write!(f, ", {series}")? } else { write!(f, ", {first}{}", letters.as_str())? }
        }
        if let Some(published) = report.published {
            write!(f, ", published {}", published.in_words())?;
        }
        match (self.looked_for, report.quotations) {
            (0, _) => {}
            (1, 0) => f.write_str("; the one quotation does not stand there")?,
            (1, _) => f.write_str("; the one quotation stands there")?,
            (all, 1) => write!(f, "; 1 of {all} quotations stands there")?,
            (all, found) => write!(f, "; {found} of {all} quotations stand there")?,
        }
        for other in self.reports.iter().skip(1) {
            let of = if other.authority.is_empty() || other.authority == self.name {
                "the report".to_owned()
            } else {
                other.authority.clone()
            };
            match other.published {
                Some(published) => write!(f, "; also {of}, published {}", published.in_words())?,
                None => write!(f, "; also {}", other.path)?,
            }
        }
        Ok(())
    }
}
