//! Checks a whole article.

use quotable_index::{Result, Snapshot};
use quotable_report::Report;

use crate::about::About;
use crate::article::{ArticleCheck, CheckedText};
use crate::check::Checker;
use crate::claims;
use crate::guess::{self, Clues, is_looked_for};
use crate::options::CheckOptions;
use crate::quotation::first_quotations;
use crate::unmarked;

/// Places kept of all quotations of one article. Once there are so many, a further quotation keeps [`FEWER_PLACES`]:
/// [`Check::total`](crate::Check::total) counts all.
const MOST_PLACES: usize = 10_000;
const FEWER_PLACES: usize = 4;

pub(crate) fn check(snapshot: &Snapshot, article: &Report, options: &CheckOptions) -> Result<ArticleCheck> {
    let texts = article.title.iter().chain(article.paragraphs.iter().map(|paragraph| &paragraph.text));
    let text = texts.map(String::as_str).collect::<Vec<_>>().join("\n\n");
    let found = first_quotations(article, options.quotations);
    let clues = Clues { text: &text, published: article.published, quotations: &found.quotations };
    let about = match &options.about {
        Some(about) => Some(about.clone()),
        None if options.guess => guess::by_quotations(snapshot, &clues, options)?,
        None => None,
    };
    let mut options = options.clone();
    options.about.clone_from(&about);
    let mut checker = Checker::new(snapshot, &options);
    let mut quotations = Vec::with_capacity(found.quotations.len());
    let mut places = 0;
    for quotation in found.quotations {
        let mut check = checker.check(&quotation)?;
        if places > MOST_PLACES && !check.consecutive && check.verdict != crate::verdict::Verdict::Spliced {
            let least = check.edits.iter().map(|edit| edit.place + 1).max().unwrap_or(0);
            check.places.truncate(FEWER_PLACES.max(least));
        }
        places += check.places.len();
        quotations.push(CheckedText { quotation, check });
    }
    let passages = match &about {
        Some(about) if options.passages => {
            unmarked::passages(snapshot, article, &quotations, about, &options)?
        }
        _ => Vec::new(),
    };
    let claims = match &about {
        Some(about) if options.claims => claims::claims(snapshot, article, &quotations, about, &options)?,
        _ => Vec::new(),
    };
    let about = about.map(|about| counted(about, &quotations));
    Ok(ArticleCheck { about, quotations, total: found.total, passages, claims })
}

/// What the article is about, with the number of quotations that stand in each report as they were judged.
fn counted(mut about: About, quotations: &[CheckedText]) -> About {
    let looked_for: Vec<&CheckedText> =
        quotations.iter().filter(|checked| is_looked_for(&checked.quotation)).collect();
    about.looked_for = u32::try_from(looked_for.len()).unwrap_or(u32::MAX);
    for report in &mut about.reports {
        let stands = |checked: &&&CheckedText| {
            let check = &checked.check;
            check.verdict.is_exact() && check.places.iter().any(|place| place.citation.path == report.path)
        };
        report.quotations = u32::try_from(looked_for.iter().filter(stands).count()).unwrap_or(u32::MAX);
    }
    about
}
