//! The file of a report. Only files of the corpus that the index has on record are opened.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use quotable::{Id, path};

use crate::failure::Failure;
use crate::site::Site;
use crate::work;

/// Answers `/report/{id}/file`: a PDF for the browser's own viewer, any other file to save, since it might be a page with
/// scripts.
pub(crate) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let (path, mut file) = work::run(&site, move |site, _| {
        let missing = || Failure::not_found("There is no such report in the index.");
        let id = id.parse::<Id>().map_err(|_| missing())?.report().to_string();
        let source = site.snapshot().reports()?.into_iter().find(|source| source.id.to_string() == id);
        let path = source.ok_or_else(missing)?.path;
        let file = open(site, &path)?;
        Ok((path, file))
    })
    .await?;
    let body = work::send(&site, move |writer| io::copy(&mut file, writer).map(|_| ())).await?;
    let is_pdf = path.to_ascii_lowercase().ends_with(".pdf");
    let (kind, shown) =
        if is_pdf { ("application/pdf", "inline") } else { ("application/octet-stream", "attachment") };
    let name: String = path.rsplit('/').next().unwrap_or_default().chars().map(plain).collect();
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("{shown}; filename=\"{name}\"")),
        // The viewer of the browser needs its own style.
        (CONTENT_SECURITY_POLICY, "frame-ancestors 'none'".to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// A sign that a header can hold in quotation marks.
fn plain(sign: char) -> char {
    if sign.is_ascii_alphanumeric() || " -._()',".contains(sign) { sign } else { '_' }
}

/// Opens a file of the corpus by its path on record.
///
/// # Errors
/// If there is no such file, or it leads out of the corpus.
pub(super) fn open(site: &Site, name: &str) -> Result<File, Failure> {
    let gone = || Failure::not_found("The file is not there. It may have been moved since it was read.");
    let corpus = site
        .corpus
        .as_ref()
        .ok_or_else(|| Failure::not_found("The files of the reports are not on this machine."))?;
    let corpus = corpus.canonicalize().map_err(|_| gone())?;
    let whole: PathBuf =
        if corpus.is_file() { corpus.clone() } else { corpus.join(path::decode(name).ok_or_else(gone)?) };
    let whole = whole.canonicalize().map_err(|_| gone())?;
    if !whole.starts_with(&corpus) {
        return Err(Failure::forbidden("The file is a link that leads out of the folder of the reports."));
    }
    quotable::read::open_regular(&whole).map_err(|_| gone())
}
