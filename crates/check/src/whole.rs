//! Checks a whole article.

use quotable_index::{Result, Snapshot};
use quotable_report::Report;

use crate::about::About;
use crate::addressed::addressed;
use crate::article::{ArticleCheck, CheckedText};
use crate::check::Checker;
use crate::claims;
use crate::dateline::day_of_article;
use crate::guess::{self, Clues, is_looked_for};
use crate::mentions::Names;
use crate::options::CheckOptions;
use crate::quotation::{Quotation, first_quotations};
use crate::unmarked;
use crate::verdict::{Check, Verdict};

/// Places kept of all quotations of one article. Once there are so many, a further quotation keeps [`FEWER_PLACES`]:
/// [`Check::total`](crate::Check::total) counts all.
const MOST_PLACES: usize = 10_000;
const FEWER_PLACES: usize = 4;

pub(crate) fn check(snapshot: &Snapshot, article: &Report, options: &CheckOptions) -> Result<ArticleCheck> {
    let texts = article.title.iter().chain(article.paragraphs.iter().map(|paragraph| &paragraph.text));
    let text = texts.map(String::as_str).collect::<Vec<_>>().join("\n\n");
    let found = first_quotations(article, options.quotations);
    let published = options.published.or_else(|| day_of_article(article));
    let names = Names::of(snapshot);
    let clues = Clues { text: &text, published, quotations: &found.quotations };
    let about = match &options.about {
        Some(about) => Some(about.clone()),
        None if options.guess => guess::by_quotations(snapshot, &names, &clues, options)?,
        None => None,
    };
    let mut options = options.clone();
    options.published = published;
    options.about.clone_from(&about);
    let mut checks = check_each(snapshot, &found.quotations, &options)?;
    if options.guess {
        judge_by_their_sentences(snapshot, &names, article, &found.quotations, &mut checks, &options)?;
    }
    let mut quotations = Vec::with_capacity(found.quotations.len());
    let mut places = 0;
    for (quotation, mut check) in found.quotations.into_iter().zip(checks) {
        if places > MOST_PLACES && !check.consecutive && check.verdict != Verdict::Spliced {
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
        Some(about) if options.claims => {
            claims::claims(snapshot, &names, article, &quotations, about, &options)?
        }
        _ => Vec::new(),
    };
    let about = about.map(|about| counted(about, &quotations));
    Ok(ArticleCheck { about, quotations, total: found.total, passages, claims })
}

/// Judges quotations anew whose own sentences name a report other than the one that they stand in.
fn judge_by_their_sentences(
    snapshot: &Snapshot,
    names: &Names,
    article: &Report,
    quotations: &[Quotation],
    checks: &mut [Check],
    options: &CheckOptions,
) -> Result<()> {
    for (at, quotation) in quotations.iter().enumerate() {
        let Some(check) = checks.get_mut(at) else { continue };
        let Some(place) = check.places.first().filter(|_| check.verdict.is_exact()) else { continue };
        if !is_looked_for(quotation) || quotation.depth > 0 {
            continue;
        }
        let paragraph = quotation.parts.first().map(|part| part.paragraph);
        let before = quotations[..at].iter().rev().find(|before| before.depth == 0);
        let before =
            before.and_then(|before| before.parts.last()).filter(|last| Some(last.paragraph) == paragraph);
        let from = before.map_or(0, |last| last.bytes.end);
        let path = &place.citation.path;
        let named = addressed(snapshot, names, article, quotation, from, path, options.published);
        let Some(about) = named else { continue };
        let words = about.to_string();
        let options = CheckOptions { about: Some(about), ..options.clone() };
        let judged = Checker::new(snapshot, &options).check(quotation)?;
        if judged.verdict.is_exact() || judged.verdict == Verdict::Elsewhere {
            *check = Check { addressed: Some(words), ..judged };
        }
    }
    Ok(())
}

/// Threads that check the quotations of one article, and how many quotations each is given at least.
const MOST_THREADS: usize = 4;
const FEWEST_A_THREAD: usize = 4;

/// Checks quotations on several threads: thread `n` of `t` takes every `t`-th from the `n`-th on. What a checker keeps from
/// one quotation to the next changes no verdict, so neither does their number.
fn check_each(snapshot: &Snapshot, quotations: &[Quotation], options: &CheckOptions) -> Result<Vec<Check>> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(MOST_THREADS).min(quotations.len() / FEWEST_A_THREAD).max(1);
    let share = |first: usize| -> Result<Vec<Check>> {
        let mut checker = Checker::new(snapshot, options);
        quotations.iter().skip(first).step_by(threads).map(|quotation| checker.check(quotation)).collect()
    };
    let shares: Vec<Result<Vec<Check>>> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|first| scope.spawn(move || share(first))).collect();
        let own = share(0);
        let joined = others.into_iter().map(|other| match other.join() {
            Ok(checks) => checks,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        std::iter::once(own).chain(joined).collect()
    });
    let mut shares: Vec<_> =
        shares.into_iter().collect::<Result<Vec<_>>>()?.into_iter().map(Vec::into_iter).collect();
    Ok((0..quotations.len()).filter_map(|at| shares[at % threads].next()).collect())
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
