//! What one inspection asked for, followed into the next.

mod page;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Html;
use quotable::Id;
use quotable::follow::{FollowUp, follow};
use serde::Deserialize;

use crate::failure::Failure;
use crate::inspections::{Inspection, inspected};
use crate::layout::{self, Section};
use crate::limits::Limits;
use crate::site::Site;
use crate::work;

/// The longest that following may take: the first time, it learns from the whole corpus.
const TIME: Duration = Duration::from_secs(120);

/// The two reports; empty for the list of all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FollowForm {
    earlier: String,
    later: String,
}

/// A report followed into a later one.
struct FollowedPair {
    name: String,
    earlier: Inspection,
    later: Inspection,
    answer: FollowUp,
}

/// Answers `/follow`.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    form: Result<Query<FollowForm>, QueryRejection>,
) -> Result<Html<String>, Failure> {
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request("The link is not one of this page’s."));
    };
    if form.earlier.is_empty() {
        let all = work::run(&site, |site, _| Ok(inspected(&site.snapshot()))).await?;
        return Ok(layout::page("Follow", Section::Analyse, &page::list(&all)));
    }
    let pair = work::run_for(&site, TIME, move |site, limits| followed(site, &form, limits)).await?;
    let title = format!("{}: what was asked for", pair.name);
    Ok(layout::page(&title, Section::Analyse, &page::followed(&pair)))
}

fn followed(site: &Site, form: &FollowForm, limits: &Limits) -> Result<FollowedPair, Failure> {
    let missing = || Failure::not_found("There are no such two reports on one authority in the index.");
    let id = |text: &str| text.parse::<Id>().map(|id| id.report()).map_err(|_| missing());
    let (earlier, later) = (id(&form.earlier)?, id(&form.later)?);
    let snapshot = site.snapshot();
    let mut all = inspected(&snapshot).into_iter();
    let found = all.find_map(|of| {
        let find = |id: &Id| of.inspections.iter().find(|one| one.id == *id).cloned();
        Some((of.name.clone(), find(&earlier)?, find(&later)?))
    });
    let (name, earlier, later) = found.ok_or_else(missing)?;
    // What is learnt is kept for all, so that no filter and no deadline of one request bounds it.
    let options =
        quotable::SearchOptions::default().codebook(site.book.clone()).cancel(limits.cancel.clone());
    let answer = site.model.with(&snapshot, &site.book, &options, |model, concepts| {
        follow(&snapshot, model, concepts, (&earlier.path, &later.path), None, &options)
    })?;
    Ok(FollowedPair { name, earlier, later, answer })
}
