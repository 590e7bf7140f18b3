//! Requests that are not answered: what is wrong and what to do, as a page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use quotable::{Error, ErrorKind};

use crate::layout::{Section, page};
use crate::text::text;

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    pub(crate) title: &'static str,
    /// What is wrong, and the cure. May have several lines, with signs under a place of the first.
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, title: &'static str, message: impl Into<String>) -> Self {
        Self { status, title, message: message.into() }
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found", message)
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "This cannot be answered", message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "Not allowed", message)
    }

    pub(crate) fn busy() -> Self {
        let message =
            "Too many questions are being answered at once. Wait a moment, then load the page again.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Busy", message)
    }

    pub(crate) fn too_long() -> Self {
        let message = "The answer takes too long. Ask for less: a narrower query, or a shorter article.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Too long", message)
    }

    pub(crate) fn unexpected() -> Self {
        let message = "This page failed unexpectedly. Run quotable index verify to see whether the index is damaged; if it is \
                       sound, please report this as a bug.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", message)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match error.kind() {
            ErrorKind::Query
            | ErrorKind::UnknownValue
            | ErrorKind::Unsupported
            | ErrorKind::CodeBook
            | ErrorKind::NoReports
            | ErrorKind::OverLimit
            | ErrorKind::Invalid => StatusCode::BAD_REQUEST,
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::Deadline | ErrorKind::Cancelled => StatusCode::SERVICE_UNAVAILABLE,
            ErrorKind::Locked | ErrorKind::ReadOnly => StatusCode::CONFLICT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, "This cannot be answered", error.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = html! {
            h1 { (self.title) }
            (message(&self.message))
            p { a href="/" { "Back to the search" } }
        };
        (self.status, page(self.title, Section::None, &body)).into_response()
    }
}

/// A message as its lines; one that marks a place in a query keeps its spaces.
pub(crate) fn message(message: &str) -> maud::Markup {
    html! {
        @if message.lines().nth(1).is_some_and(|line| line.trim_start().starts_with('^')) {
            pre.message { (text(message)) }
        } @else {
            @for line in message.lines() { p.message { (text(line)) } }
        }
    }
}
