//! Guesses which report an article is about.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use quotable_index::{Result, Snapshot};
use quotable_query::analyse::fold;
use quotable_query::{Field, Query};
use quotable_report::{Date, ReportKind};

use crate::about::About;
use crate::check::check;
use crate::options::CheckOptions;
use crate::quotation::{Quotation, QuotationKind};

/// Guesses by the authority that the article names most.
pub(crate) fn by_names(snapshot: &Snapshot, article: &str, published: Option<Date>) -> Option<About> {
    let text = format!(" {} ", fold(article));
    let mut best: Option<About> = None;
    // The article is searched once for each authority, not for each of its reports.
    let mut tried = HashSet::new();
    for head in snapshot.report_heads() {
        let Some(authority) = head.authority.filter(|_| head.kind != ReportKind::Article) else {
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
    about.report = published.and_then(|day| report_before(snapshot, &about.authority, day));
    Some(about)
}

/// Guesses by the report in which most of the quotations are found.
pub(crate) fn by_quotations(
    snapshot: &Snapshot,
    article: &str,
    published: Option<Date>,
    quotations: &[Quotation],
) -> Result<Option<About>> {
    const ASKED: usize = 100;
    let Some(mut about) = by_names(snapshot, article, published) else { return Ok(None) };
    let mine = Query::filter(Field::Authority, about.authority.as_str());
    let options = CheckOptions::default().filter(mine).about(Some(about.clone()));
    let mut stand: BTreeMap<String, usize> = BTreeMap::new();
    let quoted = quotations.iter().filter(|quotation| quotation.kind != QuotationKind::Scare);
    for quotation in quoted.take(ASKED) {
        let check = check(snapshot, &options, &quotation.text)?;
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
fn report_before(snapshot: &Snapshot, authority: &str, day: Date) -> Option<String> {
    let days =
        |date: Date| i64::from(date.year()) * 372 + i64::from(date.month()) * 31 + i64::from(date.day());
    let mine = snapshot.report_heads().filter(|head| {
        head.kind != ReportKind::Article && head.authority.is_some_and(|found| found.key == authority)
    });
    mine.filter(|head| head.published.is_some_and(|published| days(published) <= days(day) + 7))
        .max_by_key(|head| head.published)
        .map(|head| head.path.to_owned())
}
