//! Every request passes the guard, and every answer binds the browser.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::site::Site;
use crate::stream::within;

/// What a page of ours may load: our own style, script and images, and nothing else from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How long a client may take to send the body of a request.
const TIME: Duration = Duration::from_secs(120);

/// Refuses what may not ask, and gives every answer the headers that bind the browser.
pub(crate) async fn check(State(site): State<Arc<Site>>, request: Request<Body>, next: Next) -> Response {
    let mut response = match site.guard.refusal(&request) {
        Some(refusal) => refusal,
        None => next.run(request.map(|body| within(body, TIME))).await,
    };
    let headers = response.headers_mut();
    let always = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Other sites learn nothing; our own forms keep their origin.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let unless_set = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")];
    for (name, value) in unless_set {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
