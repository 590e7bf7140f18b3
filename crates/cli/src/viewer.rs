//! Opens a report in the program that the system shows such files with, at the page of a quotation.
//!
//! A program is started with its arguments one by one, never through a shell, and a path is that of a file of the corpus:
//! no text of a document becomes part of a command.

mod program;

use std::path::{Path, PathBuf};

use quotable::path;

use self::program::Program;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::location::Location;

/// Opens the report at a path of the corpus, at a page.
///
/// # Errors
/// If the file is not on this machine, or there is no program to show it with.
pub(crate) fn open(location: &Location, source: &str, page: Option<u32>, console: &Console) -> Result<()> {
    let file = file_of(location, source)?;
    let place = page.map(|page| format!(", page {page}")).unwrap_or_default();
    let where_it_is = format!("{}{place}", file.display());
    if !console.environment.has_screen {
        return Err(Error::new("there is no screen to open a window on")
            .cure(format!("open it yourself: {where_it_is}")));
    }
    let program = Program::of(&file, page, &console.environment.programs);
    let shows_page = program.shows_page || page.is_none_or(|page| page == 1);
    match program.start() {
        Ok(()) if shows_page => console.note_last(format!("opened {where_it_is}")),
        Ok(()) => console.note_last(format!("opened {}; go to page {}", file.display(), page.unwrap_or(1))),
        Err(error) => {
            let what = format!("the report could not be opened: {error}");
            return Err(Error::new(what).cure(format!("open it yourself: {where_it_is}")));
        }
    }
    Ok(())
}

/// The file of a report, which lies in the folder of the corpus.
fn file_of(location: &Location, source: &str) -> Result<PathBuf> {
    let missing = |what: &str| Error::new(format!("{source} cannot be opened: {what}"));
    let Some(corpus) = &location.corpus else {
        return Err(missing("the reports of this index are not on this machine"));
    };
    let relative =
        path::decode(source).ok_or_else(|| missing("it was put in by a program, and is no file"))?;
    // A corpus of one file is that file.
    let folder = if corpus.is_file() { corpus.parent().unwrap_or(Path::new(".")) } else { corpus };
    let canonical = |path: &Path| {
        path.canonicalize()
            .map_err(|_| missing("the file is gone").cure("run quotable index to bring the index up to date"))
    };
    let (file, folder) = (canonical(&folder.join(relative))?, canonical(folder)?);
    if !file.starts_with(&folder) {
        return Err(missing("it is a link that leads out of the folder of the reports"));
    }
    Ok(file)
}
