//! Quotations whose own sentence names a report other than the one that the article is about: “Ofsted’s 2018 report says …”
//! in an article on that of 2024, “in Liverpool, inspectors found …” in one on Middlesbrough.

use std::collections::BTreeSet;

use quotable_index::{ReportHead, Snapshot};
use quotable_query::analyse::words;
use quotable_report::{Date, Report, ReportKind};

use crate::about::{About, AboutReport};
use crate::days::{is_of_year, is_too_young, named_days};
use crate::mentions::Names;
use crate::quotation::{Quotation, sentence_start};

/// Words near a year that make it that of a report, and how near.
const REPORTS: [&str; 9] =
    ["report", "inspection", "ofsted", "ofsted's", "inspectors", "visit", "judgement", "review", "reports"];
const NEAR: usize = 4;
/// Words of a sentence that looks back at another report without quoting it.
const BACK: [&str; 9] =
    ["after", "since", "following", "compared", "before", "until", "improved", "improvement", "than"];
/// Words before the name of an authority of which nothing is said.
const PASSING: [&str; 6] = ["unlike", "like", "than", "from", "with", "near"];

/// The reports that the words before a quotation name, if that in which it stands is none of them: `None` if they name none,
/// or leave a doubt. `from` is the byte of the paragraph at which they may begin. `article` is the day of the article.
pub(crate) fn addressed(
    snapshot: &Snapshot,
    names: &Names,
    text: &Report,
    quotation: &Quotation,
    from: usize,
    path: &str,
    article: Option<Date>,
) -> Option<About> {
    let part = quotation.parts.first()?;
    let paragraph = &text.paragraphs.get(part.paragraph)?.text;
    let start = sentence_start(paragraph, from.min(part.bytes.start), part.bytes.start);
    let lead = paragraph.get(start..part.bytes.start)?;
    let found_in = snapshot.report_head(path)?;
    let own = &found_in.authority?.key;
    let reports_on = |key: &str| -> Vec<ReportHead<'_>> {
        let of = snapshot.report_heads().filter(|head| {
            head.kind != ReportKind::Article && head.authority.is_some_and(|authority| authority.key == key)
        });
        of.filter(|head| !is_too_young(head, article)).collect()
    };
    let named = names.find(lead);
    let keys: BTreeSet<&str> = named.iter().map(|mention| mention.key.as_str()).collect();
    let passing = named.iter().any(|mention| {
        words(&lead[..mention.bytes.start])
            .last()
            .is_some_and(|before| PASSING.contains(&before.text.as_str()))
    });
    let mut keys = keys.into_iter();
    match (keys.next(), keys.next()) {
        (Some(only), None) if only != own.as_str() && names.has_reports(only) && !passing => {
            return Some(about(names, only, &reports_on(only)));
        }
        (Some(only), None) if only == own.as_str() => {}
        (None, _) => {}
        _ => return None,
    }
    let year = year_of_report(lead)?;
    if is_of_year(&found_in, year) {
        return None;
    }
    let of_year: Vec<ReportHead<'_>> =
        reports_on(own).into_iter().filter(|head| is_of_year(head, year)).collect();
    (!of_year.is_empty()).then(|| about(names, own, &of_year))
}

/// The one year that a text names as that of a report.
fn year_of_report(text: &str) -> Option<u16> {
    let all: Vec<String> = words(text).map(|word| word.text).collect();
    if all.iter().any(|word| BACK.contains(&word.as_str())) {
        return None;
    }
    let mut years: BTreeSet<u16> = named_days(text).into_iter().filter_map(|day| day.year).collect();
    for (at, word) in all.iter().enumerate() {
        let year = word.parse::<u16>().ok().filter(|year| (1990..2100).contains(year));
        let near = all.get(at.saturating_sub(NEAR)..(at + NEAR).min(all.len())).unwrap_or_default();
        let opens = at == 1 && all[0] == "in";
        if let Some(year) = year
            && (opens || near.iter().any(|word| REPORTS.contains(&word.as_str())))
        {
            years.insert(year);
        }
    }
    let mut years = years.into_iter();
    years.next().filter(|_| years.next().is_none())
}

fn about(names: &Names, key: &str, heads: &[ReportHead<'_>]) -> About {
    About {
        authority: key.to_owned(),
        name: names.name(key),
        report: heads.first().filter(|_| heads.len() == 1).map(|head| head.path.to_owned()),
        reports: heads.iter().map(AboutReport::of).collect(),
        missing: heads.is_empty(),
        ..About::default()
    }
}
