//! Answers as JSON: the records of `FORMATS.md`, several in one object.

use quotable::{Facet, Id, Line};
use quotable_export::check::{CheckedArticle, CheckedQuotationRecord};
use quotable_export::completeness::Completeness;
use quotable_export::concordance::OccurrenceRecord;
use quotable_export::count::CountTableRecord;
use quotable_export::counts::CountsRecord;
use quotable_export::hit::{HitInContext, HitOptions, HitRecord};
use quotable_export::jsonl::{SCHEMA, Versioned};
use quotable_export::provenance::ProvenanceRecord;
use quotable_export::report::ReportRecord;
use quotable_export::source::SourceRecord;
use quotable_export::status::StatusRecord;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::check::{Input, checked};
use crate::failure::Failure;
use crate::limits::Limits;
use crate::search::{AROUND, SearchForm, options, query_of};
use crate::site::Site;

/// Hits and lines of one answer, unless a limit is given, and at most.
const USUAL: usize = 20;
const MOST: usize = 1_000;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    authority: String,
    year: String,
    theme: String,
    grade: String,
    series: String,
    sort: String,
    tables: String,
    notes: String,
    boilerplate: String,
    after: String,
    /// Lines passed over.
    from: u64,
    limit: Option<usize>,
    /// Facets, parted by commas.
    by: String,
    /// Paragraphs around one that is shown.
    context: u32,
}

impl Asked {
    /// The same as the form of the search page has it.
    fn form(&self) -> SearchForm {
        let asked = self.clone();
        SearchForm {
            q: asked.q,
            authority: asked.authority,
            year: asked.year,
            theme: asked.theme,
            grade: asked.grade,
            series: asked.series,
            sort: asked.sort,
            tables: asked.tables,
            notes: asked.notes,
            boilerplate: asked.boilerplate,
            ..SearchForm::default()
        }
    }

    fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL).min(MOST)
    }
}

fn value(record: impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(record).map_err(|_| Failure::unexpected())
}

fn prepared(site: &Site, asked: &Asked, limits: &Limits) -> Result<quotable::Search, Failure> {
    let form = asked.form();
    let (query, _) = query_of(&form)?;
    let search = site.snapshot().search_with(&query, &options(site, &form, limits))?;
    search.require_reports()?;
    Ok(search)
}

pub(super) fn search(site: &Site, asked: &Asked, limits: &Limits) -> Result<Value, Failure> {
    let search = prepared(site, asked, limits)?;
    let found = match asked.after.as_str() {
        "" => search.top(asked.limit())?,
        cursor => search.top_after(asked.limit(), &cursor.to_owned().into())?,
    };
    let provenance = search.provenance();
    let is_ranked = search.options().sort == quotable::Sort::Relevance;
    let options = HitOptions::default().complete(&provenance).ranked(is_ranked);
    let hits = found.hits.iter().map(|hit| value(HitRecord::new(&HitInContext::new(hit), &options)));
    let hits = hits.collect::<Result<Vec<_>, _>>()?;
    let next =
        found.hits.last().filter(|_| found.hits.len() == asked.limit()).map(|hit| hit.cursor.to_string());
    Ok(json!({
        "schema": SCHEMA,
        "counts": value(CountsRecord::new(&found.counts))?,
        "hits": hits,
        "next": next,
        "provenance": value(ProvenanceRecord::new(&provenance))?,
    }))
}

pub(super) fn count(site: &Site, asked: &Asked, limits: &Limits) -> Result<Value, Failure> {
    let by = if asked.by.is_empty() { "year" } else { &asked.by };
    let facets = by.split(',').map(str::parse::<Facet>).collect::<Result<Vec<_>, _>>()?;
    let search = prepared(site, asked, limits)?;
    let table = search.count_by(&facets)?;
    value(Versioned::of(CountTableRecord::new(&table), &table.provenance))
}

pub(super) fn kwic(site: &Site, asked: &Asked, limits: &Limits) -> Result<Value, Failure> {
    let search = prepared(site, asked, limits)?;
    let lines = search.concordance(AROUND, AROUND)?;
    let counts = lines.counts();
    let from = usize::try_from(asked.from).unwrap_or(usize::MAX);
    let shown = lines.skip(from).take(asked.limit()).collect::<quotable::Result<Vec<Line>>>()?;
    let next = asked.from + shown.len() as u64;
    let lines = shown.iter().map(|line| value(OccurrenceRecord::new(line))).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "schema": SCHEMA,
        "counts": value(CountsRecord::new(&counts))?,
        "lines": lines,
        "next": (next < counts.occurrences).then_some(next),
        "provenance": value(ProvenanceRecord::new(&search.provenance()))?,
    }))
}

/// A paragraph with those around it, or a whole report, by its id.
pub(super) fn show(site: &Site, id: &str, asked: &Asked) -> Result<Value, Failure> {
    let missing = || Failure::not_found("There is no such paragraph or report in the index.");
    let id = id.parse::<Id>().map_err(|_| missing())?;
    let snapshot = site.snapshot();
    let status = snapshot.status();
    if id.ordinal().is_none() {
        let report = snapshot.report(&id.to_string())?.ok_or_else(missing)?;
        return value(Versioned::of(ReportRecord::new(&report), &status));
    }
    let hit = snapshot.paragraph(&id.to_string())?.ok_or_else(missing)?;
    let around = snapshot.around(&id, asked.context.min(1_000))?;
    let options = HitOptions::default().context(asked.context > 0).complete(&status).ranked(false);
    value(Versioned::of(HitRecord::new(&HitInContext::among(&hit, &around), &options), &status))
}

pub(super) fn reports(site: &Site) -> Result<Value, Failure> {
    let snapshot = site.snapshot();
    let sources = snapshot.reports()?;
    let reports =
        sources.iter().map(|source| value(SourceRecord::new(source))).collect::<Result<Vec<_>, _>>()?;
    value(Versioned::of(json!({ "reports": reports }), &snapshot.status()))
}

pub(super) fn status(site: &Site) -> Result<Value, Failure> {
    let status = site.snapshot().status();
    value(Versioned::of(StatusRecord::new(&status), &status))
}

/// Each quotation of an article, as a line of `check` has it.
pub(super) fn check(site: &Site, text: String, limits: &Limits) -> Result<Value, Failure> {
    let checked = checked(site, Input::Text(text), limits)?;
    let article = CheckedArticle { name: &checked.name, check: &checked.check };
    let texts = article.texts().map(|text| {
        let record = CheckedQuotationRecord::new(&text).about(checked.check.about.as_ref());
        value(Versioned::of(record.article(article.name), text.check))
    });
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    let about = checked.check.about.as_ref().map(ToString::to_string);
    let complete = Completeness::from(&site.snapshot().status()).is_complete();
    Ok(
        json!({ "schema": SCHEMA, "complete": complete, "about": about, "total": checked.check.total, "texts": texts }),
    )
}
