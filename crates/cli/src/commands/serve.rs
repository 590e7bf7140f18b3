//! `quotable serve`.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use quotable::Index;
use quotable_export::escape::escape;
use quotable_serve::{Server, Settings};

use crate::args::{LimitArgs, ServeArgs};
use crate::console::Console;
#[cfg(feature = "pdf")]
use crate::environment;
use crate::error::{Error, Result};
use crate::location::Location;
use crate::open_corpus::{self, OpenCorpus};
use crate::outcome::Outcome;

pub(super) fn run(args: &ServeArgs, console: &mut Console) -> Result<Outcome> {
    let location =
        Location::find(&args.location, args.refresh.scan.index_here, &console.environment)?.of_whole_corpus();
    let is_read_only =
        args.refresh.no_refresh || (location.read_only.is_some() && Index::exists(&location.index));
    let corpus = if is_read_only {
        open_corpus::open_read_only(location, console)?
    } else {
        open_corpus::open_or_create(location, &args.refresh.scan, &LimitArgs::default(), console)?
    };
    let server = Server::bind(settings(args, &corpus, is_read_only, console)?)
        .map_err(|error| cannot_listen(args, &error))?;
    let link = server.link();
    writeln!(console.out, "{link}")?;
    console.out.flush()?;
    console.note("nothing leaves this machine; Ctrl-C ends the page");
    // The page runs until it is stopped.
    console.write_notes();
    if !args.no_open && args.listen.is_loopback() {
        open_browser(&link);
    }
    server.run()?;
    Ok(Outcome::Found)
}

fn settings(
    args: &ServeArgs,
    corpus: &OpenCorpus,
    is_read_only: bool,
    console: &Console,
) -> Result<Settings> {
    let listen = SocketAddr::new(args.listen, args.port);
    let settings = Settings::new(corpus.index.clone())
        .corpus(corpus.location.corpus.clone())
        .within(corpus.within().map(str::to_owned))
        .listen(listen)
        .password(password(args, console)?)
        .reader(open_corpus::worker(&LimitArgs::default()))
        .refresh((!is_read_only).then(|| corpus.options_of_refresh(&args.refresh.scan)));
    #[cfg(feature = "pdf")]
    let settings = settings.drawer(drawer());
    Ok(settings)
}

/// The command line of a process that draws a page, which is this same program.
#[cfg(feature = "pdf")]
fn drawer() -> Option<quotable_serve::DrawCommand> {
    let program = std::env::current_exe().ok()?;
    let command = quotable_serve::DrawCommand::new(program, ["draw-worker"]);
    Some(command.environment(environment::of_workers()))
}

/// The password of the file; a new one where other machines can ask and no file is named.
fn password(args: &ServeArgs, console: &Console) -> Result<Option<String>> {
    if let Some(file) = &args.password_file {
        return Ok(Some(password_in(file)?));
    }
    if args.listen.is_loopback() {
        return Ok(None);
    }
    let password = quotable_serve::new_password();
    console.note(format!("other machines reach this page; its password, for any user name, is {password}"));
    console.note("the password and the reports are sent unencrypted: use it in a network that you trust");
    Ok(Some(password))
}

fn password_in(file: &Path) -> Result<String> {
    let shown = escape(&file.to_string_lossy()).into_owned();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Error::new(format!("the password cannot be read from {shown}: {error}")))?;
    match text.lines().next().map(str::trim).filter(|password| !password.is_empty()) {
        Some(password) => Ok(password.to_owned()),
        None => {
            Err(Error::new(format!("there is no password in {shown}")).cure("write it on the first line"))
        }
    }
}

fn cannot_listen(args: &ServeArgs, error: &std::io::Error) -> Error {
    let address = SocketAddr::new(args.listen, args.port);
    let failed = Error::new(format!("the page cannot be served at {address}: {error}"));
    failed.cure("give another --port, or leave it out")
}

/// Opens the link in the user's browser, where there is one: the link is printed anyway.
fn open_browser(link: &str) {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
        if !has_screen {
            return;
        }
        "xdg-open"
    };
    let _ = Command::new(program)
        .arg(link)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
