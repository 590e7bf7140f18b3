//! A temporary folder with a corpus, a home and a cache, in which the command is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub(crate) struct Sandbox {
    folder: TempDir,
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Sandbox {
    /// An empty corpus.
    pub(crate) fn new() -> Self {
        let sandbox = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir_all(sandbox.corpus()).unwrap();
        fs::create_dir_all(sandbox.home()).unwrap();
        sandbox
    }

    /// A corpus of three visits to two places.
    pub(crate) fn with_reports() -> Self {
        let sandbox = Self::new();
        sandbox.put("fenwick/visit 2019.txt", FENWICK);
        sandbox.put(
            "fenwick/visit 2021.txt",
            "Second visit to Fenwick\n\n1. Caseloads in Fenwick have fallen. Leaders know each child.\n",
        );
        sandbox.put("orrery/visit.txt", ORRERY);
        sandbox
    }

    pub(crate) fn corpus(&self) -> PathBuf {
        self.path("corpus")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.path("home")
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.path("cache")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        // The temporary folder may be a symbolic link, and the command prints the real path.
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// Puts a file in the corpus.
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.corpus().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// The command, run in the corpus folder with an empty environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_in(&self.corpus(), arguments)
    }

    pub(crate) fn command_in(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quotable"));
        command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::null());
        command.env("HOME", self.home()).env("XDG_CACHE_HOME", self.cache());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.ended(self.command(arguments))
    }

    /// Runs the command in a folder of the sandbox.
    pub(crate) fn run_in(&self, folder: &Path, arguments: &[&str]) -> Ran {
        self.ended(self.command_in(folder, arguments))
    }

    /// Runs a command to its end. In its output, the path of the sandbox is replaced and times are left out, so that
    /// snapshots are the same everywhere.
    pub(crate) fn ended(&self, mut command: Command) -> Ran {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let plain = |bytes: Vec<u8>| self.plain(&String::from_utf8(bytes).unwrap());
        let ran = Ran { code: status.code().unwrap(), out: plain(stdout), err: plain(stderr) };
        // The message of a caught panic.
        assert!(!ran.err.contains("quotable failed unexpectedly"), "{}", ran.err);
        ran
    }

    fn plain(&self, text: &str) -> String {
        let text = text.replace(&*self.path("").to_string_lossy(), "SANDBOX/");
        let line = |line: &str| match (line.rfind(" ("), line.ends_with(" s)")) {
            (Some(at), true) => line[..at].to_owned(),
            _ => line.to_owned(),
        };
        let mut lines: Vec<_> = text.lines().map(line).collect();
        lines.push(String::new());
        lines.join("\n").trim_start_matches('\n').to_owned()
    }
}

const FENWICK: &str = "\
Visit to Fenwick

1. Too many care leavers in Fenwick wait for a home. The council has bought two boats, and calls them flats.

2. Social workers’ caseloads are too high. In March, 41 cases were unallocated.

3. Managers meet on Thursdays. Their minutes are short.
";

const ORRERY: &str = "\
Visit to Orrery

1. In Orrery, care leavers speak well of their advisers. Care plans are kept.

2. No case was unallocated.
";
