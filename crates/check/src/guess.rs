//! Guesses which report an article is about.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::{ToSpan as _, civil};
use quotable_index::{Result, Snapshot};
use quotable_query::analyse::fold;
use quotable_query::{Field, Query};
use quotable_report::{Date, ReportKind};

use crate::about::About;
use crate::check::check;
use crate::options::CheckOptions;
use crate::quotation::{Quotation, QuotationKind};

/// How many days before a report is published an article about it may appear: newspapers see reports early.
const EARLY_DAYS: i64 = 7;

/// Bytes of an article that are searched for names, which takes time for every authority of the corpus. No article of the
/// press comes near.
const LONGEST_ARTICLE: usize = 1 << 20;

/// Guesses by the authority that the article names most, and by the date of the article.
pub(crate) fn by_names(snapshot: &Snapshot, article: &str, published: Option<Date>) -> Option<About> {
    let article = &article[..article.floor_char_boundary(LONGEST_ARTICLE)];
    let text = format!(" {} ", fold(article));
    let mut best: Option<About> = None;
    // Authorities already searched for: most have several reports.
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
        // On a tie the longer name wins: each mention of `west mere` is also one of `mere`.
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

/// Guesses by the report that has most of the quotations.
pub(crate) fn by_quotations(
    snapshot: &Snapshot,
    article: &str,
    published: Option<Date>,
    quotations: &[Quotation],
) -> Result<Option<About>> {
    // Bounds the time for an article that is all quotations.
    const MAX_QUOTATIONS: usize = 100;
    let Some(mut about) = by_names(snapshot, article, published) else { return Ok(None) };
    let mine = Query::filter(Field::Authority, about.authority.as_str());
    let options = CheckOptions::default().filter(mine).about(Some(about.clone()));
    let mut quotations_by_report: BTreeMap<String, usize> = BTreeMap::new();
    let quoted = quotations.iter().filter(|quotation| quotation.kind != QuotationKind::Scare);
    for quotation in quoted.take(MAX_QUOTATIONS) {
        let check = check(snapshot, &options, &quotation.text)?;
        let reports = check.places.iter().map(|place| &place.citation.path).collect::<BTreeSet<_>>();
        for report in reports {
            *quotations_by_report.entry(report.clone()).or_default() += 1;
        }
    }
    // On a tie the date decides; picking one of them would be chance.
    let most = quotations_by_report.values().max().copied().unwrap_or(0);
    let mut best =
        quotations_by_report.into_iter().filter(|(_, count)| *count == most).map(|(report, _)| report);
    about.report = match (best.next(), best.next()) {
        (Some(only), None) => Some(only),
        _ => about.report,
    };
    Ok(Some(about))
}

/// The last report of an authority published before `day` or at most [`EARLY_DAYS`] days after it.
fn report_before(snapshot: &Snapshot, authority: &str, day: Date) -> Option<String> {
    // An addition past the end of the calendar stops at its last day.
    let last = calendar_day(day)?.saturating_add(EARLY_DAYS.days());
    let mine = snapshot.report_heads().filter(|head| {
        head.kind != ReportKind::Article && head.authority.is_some_and(|found| found.key == authority)
    });
    mine.filter(|head| {
        head.published
            .is_some_and(|published| calendar_day(published).is_some_and(|published| published <= last))
    })
    .max_by_key(|head| head.published)
    .map(|head| head.path.to_owned())
}

/// The day in a calendar that can add days. Every `Date` is a real day of the years 1 to 9999, so that `None` cannot be.
fn calendar_day(date: Date) -> Option<civil::Date> {
    let (year, month, day) = (date.year().try_into(), date.month().try_into(), date.day().try_into());
    let converted = match (year, month, day) {
        (Ok(year), Ok(month), Ok(day)) => civil::Date::new(year, month, day).ok(),
        _ => None,
    };
    debug_assert!(converted.is_some(), "{date} is not a day of the calendar");
    converted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_added_across_the_end_of_a_month() {
        let day = |text: &str| calendar_day(text.parse().unwrap()).unwrap();
        for (from, to) in [
            ("2018-02-28", "2018-03-07"),
            ("2020-02-28", "2020-03-06"),
            ("2019-12-30", "2020-01-06"),
            ("9999-12-30", "9999-12-31"),
        ] {
            assert_eq!(day(from).saturating_add(EARLY_DAYS.days()), day(to), "{from}");
        }
    }
}
