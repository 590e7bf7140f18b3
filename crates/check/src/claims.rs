//! Claims in the prose of an article, held to the report that it is about: grades for areas, paragraph numbers, days, and
//! numbers of children.

mod find;

use std::ops::Range;

use quotable_index::{Hit, Result, Snapshot, Sort};
use quotable_query::analyse::{fold, words};
use quotable_query::{Field, Query};
use quotable_report::{Date, Judgement, Report};

use self::find::{Found, Named, claims_in};
use crate::about::About;
use crate::article::CheckedText;
use crate::claim::ClaimKind;
use crate::corpus::Corpus;
use crate::options::CheckOptions;
use crate::place::Place;
use crate::quotation::{Quotation, QuotationKind, QuotedPart};
use crate::verdict::{Check, Verdict};

/// The most claims of an article, and the most paragraphs of a report that are read.
const MOST_CLAIMS: usize = 500;
const MOST_PARAGRAPHS: usize = 3_000;

/// The claims of an article about the first of the reports that it is about, in order. None if no report is singled out.
pub(crate) fn claims(
    snapshot: &Snapshot,
    article: &Report,
    quoted: &[CheckedText],
    about: &About,
    options: &CheckOptions,
) -> Result<Vec<CheckedText>> {
    let Some(path) = &about.report else { return Ok(Vec::new()) };
    let Some(report) = snapshot.report(path)? else { return Ok(Vec::new()) };
    let corpus = Corpus::new(snapshot, options);
    let mut holder = Holder { corpus, report: &report, hits: None };
    let longer = quoted.iter().filter(|checked| checked.quotation.kind != QuotationKind::Scare);
    let masks: Vec<&QuotedPart> = longer.flat_map(|checked| &checked.quotation.parts).collect();
    let mut claims = Vec::new();
    for (index, paragraph) in article.paragraphs.iter().enumerate().filter(|(_, found)| found.role.is_body())
    {
        let mask: Vec<Range<usize>> =
            masks.iter().filter(|part| part.paragraph == index).map(|part| part.bytes.clone()).collect();
        for found in claims_in(&paragraph.text, &mask, &report) {
            if claims.len() >= MOST_CLAIMS {
                return Ok(claims);
            }
            let check = holder.hold(&paragraph.text, &found)?;
            let Some(check) = check else { continue };
            let mut quotation = Quotation::new(&paragraph.text[found.bytes.clone()]);
            quotation.kind = QuotationKind::Claim;
            quotation.parts = vec![QuotedPart { paragraph: index, bytes: found.bytes.clone() }];
            quotation.claim = Some(found.claim);
            claims.push(CheckedText { quotation, check });
        }
    }
    Ok(claims)
}

/// Holds claims to one report.
struct Holder<'a> {
    corpus: Corpus<'a>,
    report: &'a Report,
    /// The paragraphs of the report, loaded for the first claim.
    hits: Option<Vec<Hit>>,
}

impl Holder<'_> {
    /// The check of a claim; `None` for a day that is no claim about the report.
    fn hold(&mut self, text: &str, found: &Found) -> Result<Option<Check>> {
        let mut check = Check::blank(&text[found.bytes.clone()]);
        let place = match found.claim.kind {
            ClaimKind::Grade => {
                let area = found.claim.area.as_deref();
                let judged = self.report.judgements.iter().find(|judged| {
                    area == Some(judged.area.as_str())
                        || judged.shared_with.iter().any(|shared| area == Some(shared.as_str()))
                });
                let Some(judged) = judged else { return Ok(Some(check)) };
                let same = judged.grade.as_str() == found.claim.value;
                check.verdict = if same { Verdict::Exact } else { Verdict::Altered };
                check.found = (!same).then(|| judged.grade.as_str().to_owned());
                self.judgement(judged)?
            }
            ClaimKind::Paragraph => {
                let numbers: Vec<&str> = found.claim.value.split('-').collect();
                let mut places = Vec::new();
                for number in &numbers {
                    places.extend(self.numbered(number)?);
                }
                if places.len() == numbers.len() {
                    check.verdict = Verdict::Exact;
                }
                places.into_iter().next()
            }
            ClaimKind::Date => match &found.named {
                Some(Named::Published(day)) => {
                    let published = self.report.published;
                    if let Some(published) = published {
                        check.verdict = if day.is(published) { Verdict::Exact } else { Verdict::Altered };
                        check.found = (!day.is(published)).then(|| published.to_string());
                    }
                    self.holding(|text| day_in(text, published))?
                }
                Some(Named::Inspected(day)) => {
                    let days: Vec<Date> =
                        self.report.inspected.iter().flat_map(|period| [period.start, period.end]).collect();
                    let inside = self.report.inspected.iter().any(|period| {
                        day.date().is_some_and(|date| period.start <= date && date <= period.end)
                            || day.is(period.start)
                            || day.is(period.end)
                    });
                    if !days.is_empty() {
                        check.verdict = if inside { Verdict::Exact } else { Verdict::Altered };
                        let all: Vec<String> = days.iter().map(Date::to_string).collect();
                        check.found = (!inside).then(|| all.join(" to "));
                    }
                    self.holding(|text| day_in(text, days.first().copied()))?
                }
                Some(Named::Day(day)) => {
                    let place = self.holding(|text| {
                        let all = crate::days::named_days(text);
                        let same = |other: &crate::days::NamedDay| {
                            other.month == day.month
                                && other.day == day.day
                                && (day.year.is_none() || other.year.is_none() || other.year == day.year)
                        };
                        all.into_iter().find(same).map(|found| found.bytes)
                    })?;
                    // A day that the report does not name is no claim about it.
                    if place.is_none() {
                        return Ok(None);
                    }
                    check.verdict = Verdict::Exact;
                    place
                }
                None => return Ok(None),
            },
            ClaimKind::Number => {
                let number = found.claim.value.clone();
                let place = self.holding(|text| number_in(text, &number))?;
                if place.is_some() {
                    check.verdict = Verdict::Exact;
                }
                place
            }
        };
        if let Some(place) = place {
            check.places = vec![place];
            (check.total, check.reports) = (1, 1);
        }
        check.similarity = if check.verdict.is_exact() { 1.0 } else { 0.0 };
        Ok(Some(check))
    }

    fn hits(&mut self) -> Result<&[Hit]> {
        if self.hits.is_none() {
            let query = Query::All.and(Query::filter(Field::Path, self.report.path.as_str()));
            self.hits = Some(self.corpus.search(query, MOST_PARAGRAPHS, Sort::Date)?.hits);
        }
        Ok(self.hits.as_deref().unwrap_or_default())
    }

    /// The first paragraph for which `find` gives bytes.
    fn holding(&mut self, find: impl Fn(&str) -> Option<Range<usize>>) -> Result<Option<Place>> {
        let found = self.hits()?.iter().find_map(|hit| find(&hit.text).map(|bytes| (hit.clone(), bytes)));
        match found {
            Some((hit, bytes)) => self.corpus.place(&hit, bytes, 0..0),
            None => Ok(None),
        }
    }

    /// The paragraph with a printed number.
    fn numbered(&mut self, number: &str) -> Result<Option<Place>> {
        let has_number = |hit: &&Hit| {
            hit.citation.paragraph.as_deref().is_some_and(|printed| printed.trim_end_matches('.') == number)
        };
        let found = self.hits()?.iter().find(has_number).cloned();
        match found {
            Some(hit) => {
                let end = hit.text.len();
                self.corpus.place(&hit, 0..end, 0..0)
            }
            None => Ok(None),
        }
    }

    /// Where a grade is printed: the first paragraph with the area as printed and the grade.
    fn judgement(&mut self, judged: &Judgement) -> Result<Option<Place>> {
        let (label, printed) = (fold(&judged.label), fold(&judged.printed));
        let both = self.holding(|text| {
            let folded = fold(text);
            (!printed.is_empty() && folded.contains(&label) && folded.contains(&printed))
                .then_some(0..text.len())
        })?;
        match both {
            Some(place) => Ok(Some(place)),
            None => self
                .holding(|text| (!label.is_empty() && fold(text).contains(&label)).then_some(0..text.len())),
        }
    }
}

/// The bytes at which a text names a day.
fn day_in(text: &str, day: Option<Date>) -> Option<Range<usize>> {
    let day = day?;
    crate::days::named_days(text).into_iter().find(|named| named.date() == Some(day)).map(|named| named.bytes)
}

/// The bytes at which a text has a number of children: the number, and children within the next words or before it.
fn number_in(text: &str, number: &str) -> Option<Range<usize>> {
    let tokens = crate::token::source_tokens(text);
    let at = tokens.iter().position(|token| token.text == number)?;
    let near = &tokens[at.saturating_sub(12)..(at + 12).min(tokens.len())];
    near.iter().any(|token| find::is_child(&token.text)).then(|| tokens[at].bytes.clone())
}

/// The folded words of a text with their bytes.
fn folded_words(text: &str) -> Vec<(String, Range<usize>)> {
    words(text).map(|word| (word.text, word.bytes)).collect()
}
