//! The state of an index, for people.

use std::io;

use quotable::{NetworkFileSystem, Status};
use quotable_export::number::{counted, grouped};

use crate::location::Location;
use crate::render::page::Page;

/// Writes where the index is and what it holds.
pub(crate) fn write(
    page: &mut Page<'_>,
    location: &Location,
    status: &Status,
    network: Option<NetworkFileSystem>,
) -> io::Result<()> {
    page.field("index", &location.index.to_string_lossy())?;
    let corpus = location.corpus.as_ref();
    let corpus = corpus.map_or("not on this machine".into(), |corpus| corpus.to_string_lossy());
    page.field("of", &corpus)?;
    let committed = status.committed.map_or_else(|| "never".to_owned(), |moment| moment.to_string());
    page.field("written", &committed)?;
    let unread = format!("{} could not be read", counted(status.failed, "files"));
    let complete = match (status.unfinished, status.failed) {
        (false, 0) => "yes".to_owned(),
        (true, 0) => "no: some files are still to be read".to_owned(),
        (false, _) => format!("no: {unread}; see quotable reports --problems"),
        (true, _) => format!("no: {unread}, and some are still to be read"),
    };
    page.field("complete", &complete)?;
    let mut files =
        format!("{}, {} not read", counted(status.reports, "reports"), counted(status.failed, "files"));
    if status.skipped > 0 {
        files.push_str(&format!(", {} passed over", counted(status.skipped, "files")));
    }
    if status.copies > 0 {
        let copies = if status.copies == 1 { "copy" } else { "copies" };
        files.push_str(&format!(", {} {copies} left out", grouped(status.copies)));
    }
    page.field("holds", &files)?;
    let text = format!("{}, {}", counted(status.paragraphs, "paragraphs"), counted(status.words, "words"));
    page.field("", &text)?;
    if status.shared {
        page.field("access", "shared: everyone who may enter the folder of the reports can read it")?;
    }
    if let Some(network) = network {
        page.field(
            "place",
            &format!("on another machine ({network}): let one machine at a time write to it"),
        )?;
    }
    page.field("corpus hash", &status.corpus_hash)?;
    page.field("format", &status.format.to_string())
}
