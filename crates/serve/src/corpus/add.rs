//! Files that a reader puts into the folder of the reports.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::Redirect;
use quotable::read::Readers;

use crate::failure::Failure;
use crate::file_name::file_name;
use crate::site::Site;
use crate::work;

/// A file that was given.
struct Given {
    name: String,
    bytes: Vec<u8>,
}

/// The folder that files can be put into: that of the reports, if it is one and is refreshed.
pub(super) fn folder(site: &Site) -> Option<PathBuf> {
    let corpus = site.corpus.as_deref().filter(|corpus| corpus.is_dir())?;
    site.refresh.is_possible(Some(corpus)).then(|| corpus.to_owned())
}

/// Answers the form that adds files.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, Failure> {
    let unread = || {
        Failure::bad_request(
            "The files did not arrive whole, or have more than 32 MiB together. Copy them into the folder of the reports \
             yourself.",
        )
    };
    let mut form = form.map_err(|_| unread())?;
    let (mut token, mut files) = (String::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| unread())? {
        match field.name() {
            Some("token") => token = field.text().await.map_err(|_| unread())?,
            Some("file") => {
                let name = file_name(field.file_name().unwrap_or_default());
                let bytes = field.bytes().await.map_err(|_| unread())?.to_vec();
                files.extend((!bytes.is_empty()).then_some(Given { name, bytes }));
            }
            _ => {}
        }
    }
    site.guard.check_token(&token)?;
    if files.is_empty() {
        return Err(Failure::bad_request("No file was chosen."));
    }
    work::run(&site, move |site, _| {
        let no_folder = || Failure::forbidden("Files cannot be added here: the reports are only read.");
        let folder = folder(site).ok_or_else(no_folder)?;
        files.iter().try_for_each(check)?;
        files.iter().try_for_each(|file| put(&folder, file))?;
        site.refresh.start(&site.index, site.corpus.as_deref());
        Ok(())
    })
    .await?;
    Ok(Redirect::to("/corpus"))
}

/// Refuses a file that no reader would read.
fn check(file: &Given) -> Result<(), Failure> {
    let head = file.bytes.get(..Readers::HEAD).unwrap_or(&file.bytes);
    if Readers::default().find(Path::new(&file.name), head).is_some() {
        return Ok(());
    }
    Err(Failure::bad_request(format!("{} is of a kind that is not read. Nothing was added.", file.name)))
}

/// Puts a file into the folder, whole or not at all. A file that is there is never changed.
fn put(folder: &Path, file: &Given) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        let reason = if error.kind() == std::io::ErrorKind::AlreadyExists {
            "there is a file with this name; give it another name, or replace it in the folder yourself"
                .to_owned()
        } else {
            error.to_string()
        };
        Failure::new(
            axum::http::StatusCode::CONFLICT,
            "Not added",
            format!("{} was not added: {reason}.", file.name),
        )
    };
    let mut partial = tempfile::Builder::new().prefix(".quotable-").tempfile_in(folder).map_err(failed)?;
    partial.write_all(&file.bytes).map_err(failed)?;
    readable(partial.as_file()).map_err(failed)?;
    partial.persist_noclobber(folder.join(&file.name)).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Gives a new file the rights that files usually have here: temporary ones are for their owner alone.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
