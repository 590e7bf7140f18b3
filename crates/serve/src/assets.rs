//! Style and script, which are part of the program.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::failure::Failure;

/// The files, with their types.
const FILES: [(&str, &str, &str); 3] = [
    ("style.css", "text/css; charset=utf-8", include_str!("assets/style.css")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
    ("page.js", "text/javascript; charset=utf-8", include_str!("assets/page.js")),
];

pub(crate) async fn show(Path(name): Path<String>) -> Response {
    let Some((_, kind, text)) = FILES.iter().find(|(file, _, _)| *file == name) else {
        return Failure::not_found("There is no such file.").into_response();
    };
    // They change with the program alone, which every page names in its links.
    ([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "max-age=86400")], *text).into_response()
}
