//! The program that shows a file, and how it is told the page.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program is waited for: one that fails does so at once, and one that shows a file may run for hours.
const PATIENCE: Duration = Duration::from_millis(1500);

/// PDF viewers by a part of the name of their desktop entry, with the option for a page; `=` if the number follows in the same
/// argument. An empty option is a browser, which takes an address that ends in `#page=`.
const PDF_VIEWERS: [(&str, &str, &str); 11] = [
    ("evince", "evince", "--page-index="),
    ("papers", "papers", "--page-index="),
    ("okular", "okular", "--page"),
    ("atril", "atril", "--page-index="),
    ("xreader", "xreader", "--page-index="),
    ("zathura", "zathura", "--page="),
    ("mupdf", "mupdf", ""),
    ("firefox", "firefox", BROWSER),
    ("chromium", "chromium", BROWSER),
    ("google-chrome", "google-chrome", BROWSER),
    ("microsoft-edge", "microsoft-edge", BROWSER),
];

const BROWSER: &str = "#page=";

/// A program with its arguments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Program {
    name: OsString,
    arguments: Vec<OsString>,
    /// True if it is told the page.
    pub(super) shows_page: bool,
}

impl Program {
    /// The program for a file: the viewer of PDF that the system uses if it can be told the page, else that which the system
    /// opens files with. `folders` are those that programs are looked for in.
    pub(super) fn of(file: &Path, page: Option<u32>, folders: &[std::path::PathBuf]) -> Self {
        let is_pdf = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
        if is_pdf && cfg!(all(unix, not(target_os = "macos"))) {
            let entry = pdf_entry().unwrap_or_default();
            if let Some(program) = page.and_then(|page| of_entry(&entry, file, page, folders)) {
                return program;
            }
        }
        let name = if cfg!(windows) {
            // Takes any path as one argument, where `start` belongs to a shell.
            "explorer.exe"
        } else if cfg!(target_os = "macos") {
            "open"
        } else {
            "xdg-open"
        };
        Self { name: name.into(), arguments: vec![file.into()], shows_page: false }
    }

    /// Starts the program.
    ///
    /// # Errors
    /// If there is no such program, or it fails at once.
    pub(super) fn start(&self) -> io::Result<()> {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let name = self.name.to_string_lossy();
        let child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                io::Error::new(error.kind(), format!("this system has no {name}, by which files are opened"))
            }
            _ => error,
        })?;
        match ended(child)? {
            // explorer.exe says 1 where it succeeds.
            Some(status) if !status.success() && !cfg!(windows) => {
                Err(io::Error::other(format!("{name} found no program that shows such files")))
            }
            _ => Ok(()),
        }
    }
}

/// How the program ended; `None` if it still runs.
fn ended(mut child: Child) -> io::Result<Option<ExitStatus>> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(None)
}

/// The desktop entry of the program that shows PDF files; `None` where the system does not say.
fn pdf_entry() -> Option<String> {
    let mut command = Command::new("xdg-mime");
    command.args(["query", "default", "application/pdf"]).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_lowercase())
}

/// The program of a desktop entry, told the page; `None` for one that cannot be told, or that is not in any of the folders.
fn of_entry(entry: &str, file: &Path, page: u32, folders: &[std::path::PathBuf]) -> Option<Program> {
    let (_, name, option) = PDF_VIEWERS.into_iter().find(|(part, ..)| entry.contains(part))?;
    if !folders.iter().any(|folder| folder.join(name).is_file()) {
        return None;
    }
    let mut arguments: Vec<OsString> = Vec::new();
    if option == BROWSER {
        arguments.push(address(file, page)?.into());
    } else {
        match option.strip_suffix('=') {
            Some(_) => arguments.push(format!("{option}{page}").into()),
            None if option.is_empty() => {}
            None => arguments.extend([option.into(), page.to_string().into()]),
        }
        arguments.push(file.into());
        if option.is_empty() {
            arguments.push(page.to_string().into());
        }
    }
    Some(Program { name: name.into(), arguments, shows_page: true })
}

/// The address of a file in a browser, at a page. Everything but letters, digits and a few signs is escaped, by RFC 3986.
fn address(file: &Path, page: u32) -> Option<String> {
    let mut address = "file://".to_owned();
    for byte in file.to_str()?.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(format!("{address}#page={page}"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn viewers_are_told_the_page() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["evince", "okular", "firefox", "mupdf"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let folders = [folder.path().to_owned()];
        let file = Path::new("/reports/a b/50%; rm.pdf");
        let arguments = |entry: &str| {
            let program = of_entry(entry, file, 3, &folders)?;
            Some(program.arguments.into_iter().map(|part| part.into_string().unwrap()).collect::<Vec<_>>())
        };
        let path = "/reports/a b/50%; rm.pdf".to_owned();
        assert_eq!(
            arguments("org.gnome.evince.desktop"),
            Some(vec!["--page-index=3".to_owned(), path.clone()])
        );
        assert_eq!(
            arguments("okular.desktop"),
            Some(vec!["--page".to_owned(), "3".to_owned(), path.clone()])
        );
        assert_eq!(arguments("mupdf.desktop"), Some(vec![path, "3".to_owned()]));
        let address = "file:///reports/a%20b/50%25%3B%20rm.pdf#page=3";
        assert_eq!(arguments("firefox.desktop"), Some(vec![address.to_owned()]));
        assert_eq!(arguments("zathura.desktop"), None, "it is not there");
        assert_eq!(arguments("gimp.desktop"), None, "it cannot be told");
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_is_an_error() {
        let program = |name: &str| Program { name: name.into(), arguments: Vec::new(), shows_page: false };
        assert!(
            program("no-such-program-here").start().unwrap_err().to_string().contains("no-such-program-here")
        );
        assert!(program("false").start().is_err());
        assert!(program("true").start().is_ok());
    }
}
