//! Claims in the prose of an article, held to the report that it is about: grades for areas, paragraph numbers, days, and
//! numbers of children.

mod find;
mod found;
mod numbers;

use std::ops::Range;

use quotable_index::{Hit, ReportHead, Result, Snapshot, Sort};
use quotable_query::analyse::{fold, words};
use quotable_query::{Field, Query};
use quotable_report::{Date, Judgement, Report, ReportKind};

use self::find::claims_in;
use self::found::{Found, Named};
use self::numbers::{hold_number, is_on_page, quoted_beside};
use crate::about::About;
use crate::article::CheckedText;
use crate::claim::ClaimKind;
use crate::corpus::Corpus;
use crate::days::{is_of_year, is_within};
use crate::mentions::Names;
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
    names: &Names,
    article: &Report,
    quoted: &[CheckedText],
    about: &About,
    options: &CheckOptions,
) -> Result<Vec<CheckedText>> {
    let Some(path) = &about.report else { return Ok(Vec::new()) };
    let Some(report) = snapshot.report(path)? else { return Ok(Vec::new()) };
    let corpus = Corpus::new(snapshot, options);
    let mut holder = Holder { snapshot, corpus, path, report: &report, hits: None };
    let longer = quoted.iter().filter(|checked| checked.quotation.kind != QuotationKind::Scare);
    let masks: Vec<&QuotedPart> = longer.flat_map(|checked| &checked.quotation.parts).collect();
    let own = report.authority.as_ref().map(|authority| authority.key.as_str());
    let mut claims = Vec::new();
    for (index, paragraph) in article.paragraphs.iter().enumerate().filter(|(_, found)| found.role.is_body())
    {
        let mask: Vec<Range<usize>> =
            masks.iter().filter(|part| part.paragraph == index).map(|part| part.bytes.clone()).collect();
        let named = names.find(&paragraph.text);
        // What is said of another authority is no claim about this report.
        let is_other = |bytes: &Range<usize>| {
            let mut inside = named.iter().filter(|mention| bytes.contains(&mention.bytes.start)).peekable();
            inside.peek().is_some() && inside.all(|mention| Some(mention.key.as_str()) != own)
        };
        for found in claims_in(&paragraph.text, &mask, &report, &is_other) {
            if claims.len() >= MOST_CLAIMS {
                return Ok(claims);
            }
            let quoted = quoted_beside(quoted, index, &paragraph.text, &found);
            let check = holder.hold(&paragraph.text, &found, quoted)?;
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
    snapshot: &'a Snapshot,
    corpus: Corpus<'a>,
    /// The path of the report.
    path: &'a str,
    report: &'a Report,
    /// The paragraphs of the report, loaded for the first claim.
    hits: Option<Vec<Hit>>,
}

impl<'a> Holder<'a> {
    /// The check of a claim; `None` for a day that is no claim about the report.
    /// `quoted` is the quotation that it directly follows.
    fn hold(&mut self, text: &str, found: &Found, quoted: Option<&CheckedText>) -> Result<Option<Check>> {
        let mut check = Check::blank(&text[found.bytes.clone()]);
        let place = match found.claim.kind {
            ClaimKind::Grade => {
                let area = found.claim.area.as_deref();
                if let Some(year) = found.claim.year {
                    return self.grade_of_year(check, found, year).map(Some);
                }
                let Some(judged) = judged(self.report, area) else { return Ok(Some(check)) };
                let same = judged.grade.as_str() == found.claim.value;
                check.verdict = if same { Verdict::Exact } else { Verdict::Altered };
                check.found = (!same).then(|| judged.grade.as_str().to_owned());
                self.judgement(judged)?
            }
            ClaimKind::Paragraph | ClaimKind::Page
                if quoted.is_some_and(|quoted| self.stands_here(quoted)) =>
            {
                // A number behind a quotation says where that stands.
                let place = quoted.and_then(|quoted| quoted.check.places.first());
                if let Some(place) = place {
                    hold_number(&mut check, &found.claim, place);
                }
                place.cloned()
            }
            ClaimKind::Page => {
                let mut places = Vec::new();
                for page in found.claim.value.split('-') {
                    places.extend(self.on_page(page)?);
                }
                if places.len() == found.claim.value.split('-').count() {
                    check.verdict = Verdict::Exact;
                }
                places.into_iter().next()
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
                Some(Named::Other(day)) => {
                    if !self.other_report(|head| {
                        head.published.is_some_and(|date| day.is(date)) || is_within(head.inspected, day)
                    }) {
                        return Ok(None);
                    }
                    check.verdict = Verdict::Exact;
                    None
                }
                Some(Named::Published(day))
                    if self.other_report(|head| head.published.is_some_and(|date| day.is(date))) =>
                {
                    check.verdict = Verdict::Exact;
                    None
                }
                Some(Named::Inspected(day)) if self.other_report(|head| is_within(head.inspected, day)) => {
                    check.verdict = Verdict::Exact;
                    None
                }
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
                    // `the inspection report of 5 March` has the day of its publication.
                    let inside = is_within(&self.report.inspected, day)
                        || self.report.published.is_some_and(|published| day.is(published));
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

    /// True if a quotation stands in the report.
    fn stands_here(&self, quoted: &CheckedText) -> bool {
        quoted.check.verdict != Verdict::Elsewhere
            && quoted.check.places.first().is_some_and(|place| place.citation.path == self.path)
    }

    /// True if another report on the authority is as `is` says.
    fn other_report(&self, is: impl Fn(&ReportHead<'_>) -> bool) -> bool {
        self.others().any(|head| is(&head))
    }

    /// The other reports on the authority.
    fn others(&self) -> impl Iterator<Item = ReportHead<'a>> {
        let (path, key) = (self.path, self.report.authority.as_ref().map(|authority| authority.key.as_str()));
        self.snapshot.report_heads().filter(move |head| {
            head.path != path
                && head.kind != ReportKind::Article
                && key.is_some()
                && head.authority.map(|authority| authority.key.as_str()) == key
        })
    }

    /// The check of a grade claimed of a year, held to the report on the authority of that year.
    fn grade_of_year(&self, mut check: Check, found: &Found, year: u16) -> Result<Check> {
        let reports: Vec<ReportHead<'_>> = self.others().filter(|head| is_of_year(head, year)).collect();
        if reports.is_empty() {
            check.found = Some(format!("no report of {year} is here"));
            return Ok(check);
        }
        let mut grades: Vec<String> = Vec::new();
        for head in reports {
            let Some(report) = self.snapshot.report(head.path)? else { continue };
            if let Some(judged) = judged(&report, found.claim.area.as_deref()) {
                grades.push(judged.grade.as_str().to_owned());
            }
        }
        if grades.contains(&found.claim.value) {
            (check.verdict, check.similarity) = (Verdict::Exact, 1.0);
        } else if !grades.is_empty() {
            grades.dedup();
            (check.verdict, check.found) = (Verdict::Altered, Some(grades.join(" and ")));
        }
        Ok(check)
    }

    /// A paragraph on a page, by its number or its printed label.
    fn on_page(&mut self, page: &str) -> Result<Option<Place>> {
        let found = self.hits()?.iter().find(|hit| is_on_page(&hit.citation, page)).cloned();
        match found {
            Some(hit) => self.corpus.place(&hit, 0..0, 0..0),
            None => Ok(None),
        }
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

/// The judgement of a report for an area.
fn judged<'r>(report: &'r Report, area: Option<&str>) -> Option<&'r Judgement> {
    report.judgements.iter().find(|judged| {
        area == Some(judged.area.as_str())
            || judged.shared_with.iter().any(|shared| area == Some(shared.as_str()))
    })
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
