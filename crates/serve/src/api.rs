//! The same answers for programs, in the terms of `FORMATS.md`. `/api/openapi.json` describes them.

mod answers;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use self::answers::Asked;
use crate::analyse::{AnalyseForm, Kind, records};
use crate::check::TIME;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::site::Site;
use crate::work;

/// The description of all this (OpenAPI 3.1).
const DESCRIPTION: &str = include_str!("api/openapi.json");

/// Every route of the API.
pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/api/search", get(search))
        .route("/api/count", get(count))
        .route("/api/kwic", get(kwic))
        .route("/api/trend", get(async |state, form| analysis(state, form, Kind::Trend).await))
        .route("/api/keywords", get(async |state, form| analysis(state, form, Kind::Keywords).await))
        .route("/api/collocates", get(async |state, form| analysis(state, form, Kind::Collocates).await))
        .route("/api/show/{id}", get(show))
        .route("/api/check", post(check))
        .route("/api/reports", get(reports))
        .route("/api/status", get(status))
        .route("/api/refresh", get(refresh))
        .route("/api/openapi.json", get(async || json_text(DESCRIPTION.to_owned())))
        .route(
            "/api/{*rest}",
            get(async || Fault(Failure::not_found("There is no such answer; /api/openapi.json lists them."))),
        )
}

/// Why there is no answer, for a program.
struct Fault(Failure);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let body = json!({ "schema": quotable_export::jsonl::SCHEMA, "error": self.0.message });
        (self.0.status, json_text(body.to_string())).into_response()
    }
}

fn json_text(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

type Form = Result<Query<Asked>, QueryRejection>;

async fn answer(
    site: Arc<Site>,
    form: Form,
    make: impl FnOnce(&Site, &Asked, &Limits) -> Result<Value, Failure> + Send + 'static,
) -> Result<Response, Fault> {
    let Query(asked) = form.map_err(|error| Fault(Failure::bad_request(error.body_text())))?;
    let value = work::run(&site, move |site, limits| make(site, &asked, limits)).await.map_err(Fault)?;
    Ok(json_text(value.to_string()))
}

async fn search(State(site): State<Arc<Site>>, form: Form) -> Result<Response, Fault> {
    answer(site, form, answers::search).await
}

async fn count(State(site): State<Arc<Site>>, form: Form) -> Result<Response, Fault> {
    answer(site, form, answers::count).await
}

async fn kwic(State(site): State<Arc<Site>>, form: Form) -> Result<Response, Fault> {
    answer(site, form, answers::kwic).await
}

async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, form: Form) -> Result<Response, Fault> {
    answer(site, form, move |site, asked, _| answers::show(site, &id, asked)).await
}

/// The records of an analysis, each with its provenance.
async fn analysis(
    State(site): State<Arc<Site>>,
    form: Result<Query<AnalyseForm>, QueryRejection>,
    kind: Kind,
) -> Result<Response, Fault> {
    let Query(form) = form.map_err(|error| Fault(Failure::bad_request(error.body_text())))?;
    let records = work::run(&site, move |site, limits| records(site, kind, &form, limits)).await;
    let value = json!({ "schema": quotable_export::jsonl::SCHEMA, "records": records.map_err(Fault)? });
    Ok(json_text(value.to_string()))
}

async fn reports(State(site): State<Arc<Site>>, form: Form) -> Result<Response, Fault> {
    answer(site, form, |site, _, _| answers::reports(site)).await
}

async fn status(State(site): State<Arc<Site>>, form: Form) -> Result<Response, Fault> {
    answer(site, form, |site, _, _| answers::status(site)).await
}

/// How far a refresh is: what the page of the reports follows.
async fn refresh(State(site): State<Arc<Site>>) -> Response {
    let state = site.refresh.state();
    let running = state.running.clone().unwrap_or_default();
    let (last, error) = match state.last {
        Some(Ok(done)) => (Some(done), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    let value = json!({
        "schema": quotable_export::jsonl::SCHEMA,
        "running": state.running.is_some(),
        "done": running.done,
        "total": running.total,
        "failed": running.failed,
        "last": last,
        "error": error,
    });
    json_text(value.to_string())
}

async fn check(
    State(site): State<Arc<Site>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Fault> {
    let body = body.map_err(|error| Fault(Failure::bad_request(error.body_text())))?;
    let text = String::from_utf8(body.to_vec());
    let text = text.map_err(|_| Fault(Failure::bad_request("The article must be text in UTF-8.")))?;
    let _turn = work::turn(&site.check_permits).await.map_err(Fault)?;
    let text = work::run_for(&site, TIME, move |site, limits| {
        answers::check(site, text, limits).map(|value| value.to_string())
    });
    Ok(json_text(text.await.map_err(Fault)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_and_no_other() {
        let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
        let described: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
        let source = include_str!("api.rs");
        let routes = source.split(".route(").skip(1).filter_map(|route| route.split('"').nth(1));
        let mut routes: Vec<&str> =
            routes.filter(|path| path.starts_with("/api/") && !path.contains('*')).collect();
        routes.sort_unstable();
        let mut described: Vec<&str> = described.into_iter().map(String::as_str).collect();
        described.sort_unstable();
        assert_eq!(routes, described);
    }
}
