//! What report an article is about.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use quotable_query::analyse::fold;
use quotable_query::{Field, Query};
use quotable_report::{Date, Quotation, QuotationKind, ReportKind};
use serde::{Deserialize, Serialize};

use crate::check::CheckOptions;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// What report an article is about, guessed from its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct About {
    /// The key of the authority that the article names most.
    pub authority: String,
    /// The name as the corpus has it.
    pub name: String,
    /// How often the article names it.
    pub mentions: u32,
    /// The path of the report, where what is quoted or the article's date tells which of the authority's it is.
    pub report: Option<String>,
}

impl Snapshot {
    /// Guesses what report an article is about: that of the authority it names most, published last before the
    /// article or within the week behind. `published` is the day of the article, if it is known. `None` if no
    /// authority of the corpus is named.
    pub fn about(&self, article: &str, published: Option<Date>) -> Option<About> {
        let text = format!(" {} ", fold(article));
        let mut best: Option<About> = None;
        // The article is searched once for each authority, not for each of its reports.
        let mut tried = HashSet::new();
        for entry in self.table().entries() {
            let Some(authority) = entry.authority.as_ref().filter(|_| entry.kind != ReportKind::Article)
            else {
                continue;
            };
            if !tried.insert((&authority.key, &authority.name)) {
                continue;
            }
            let key = fold(&authority.key);
            let named = |name: &str| text.matches(name).count();
            let mentions = named(&format!(" {key} ")) + named(&format!(" {key}'s "));
            let mentions = u32::try_from(mentions).unwrap_or(u32::MAX);
            // Of equals the longer name is the one that is meant: it holds the shorter.
            let rank = |about: &About| (about.mentions, about.authority.len());
            if mentions > 0 && best.as_ref().is_none_or(|best| (mentions, key.len()) > rank(best)) {
                let name = authority.name.clone();
                best = Some(About { authority: authority.key.clone(), name, mentions, report: None });
            }
        }
        let mut about = best?;
        about.report = published.and_then(|day| self.report_before(&about.authority, day));
        Some(about)
    }

    /// The same, but the report is rather that of the authority in which most of the quotations stand, if one is:
    /// what an article quotes says more than when it was written. Scare quotes have no say, and no more than the
    /// first 100 quotations.
    ///
    /// # Errors
    /// Those of [`Index::check_with`](crate::Index::check_with).
    pub fn about_quoting(
        &self,
        article: &str,
        published: Option<Date>,
        quotations: &[Quotation],
    ) -> Result<Option<About>> {
        const ASKED: usize = 100;
        let Some(mut about) = self.about(article, published) else { return Ok(None) };
        let mine = Query::filter(Field::Authority, about.authority.as_str());
        let options = CheckOptions::default().filter(mine).about(Some(about.clone()));
        let mut stand: BTreeMap<String, usize> = BTreeMap::new();
        let quoted = quotations.iter().filter(|quotation| quotation.kind != QuotationKind::Scare);
        for quotation in quoted.take(ASKED) {
            let check = self.check_with(quotation, &options)?;
            let reports = check.places.iter().map(|place| &place.citation.path).collect::<BTreeSet<_>>();
            for report in reports {
                *stand.entry(report.clone()).or_default() += 1;
            }
        }
        // Of equals the one that the date tells, else none: it would be chance.
        let most = stand.values().max().copied().unwrap_or(0);
        let mut best = stand.into_iter().filter(|(_, count)| *count == most).map(|(report, _)| report);
        about.report = match (best.next(), best.next()) {
            (Some(only), None) => Some(only),
            _ => about.report,
        };
        Ok(Some(about))
    }

    /// The last report of an authority published up to a week behind a day: papers see reports early.
    fn report_before(&self, authority: &str, day: Date) -> Option<String> {
        let days =
            |date: Date| i64::from(date.year()) * 372 + i64::from(date.month()) * 31 + i64::from(date.day());
        let mine = self.table().entries().iter().filter(|entry| {
            entry.kind != ReportKind::Article
                && entry.authority.as_ref().is_some_and(|found| found.key == authority)
        });
        mine.filter(|entry| entry.published.is_some_and(|published| days(published) <= days(day) + 7))
            .max_by_key(|entry| entry.published)
            .map(|entry| entry.path.clone())
    }
}
