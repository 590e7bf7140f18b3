//! Commands by the names that other programs give them.

use quotable::query::nearest;

/// Names that people try, and what does that here.
const OTHER_NAMES: [(&[&str], &str); 17] = [
    (&["find", "grep", "query", "lookup", "look", "quote", "quotes"], "did you mean quotable search?"),
    (&["list", "ls", "dir", "files", "documents", "report"], "did you mean quotable reports?"),
    (&["concordance", "concord", "context", "keyword"], "did you mean quotable kwic?"),
    (
        &["verify", "validate", "factcheck"],
        "quotable check ARTICLE checks quotations; quotable index verify checks the index",
    ),
    (&["status", "info", "stat"], "did you mean quotable index status?"),
    (&["stats", "statistics", "frequency", "freq", "counts", "total"], "did you mean quotable count?"),
    (&["update", "refresh", "reindex", "sync", "init", "add", "build"], "did you mean quotable index?"),
    (&["rebuild"], "did you mean quotable index rebuild?"),
    (&["open"], "quotable show ID --open opens the report at the page"),
    (&["view", "read", "cat", "get", "print"], "did you mean quotable show?"),
    (&["topics", "theme", "subjects"], "did you mean quotable themes?"),
    (&["queries", "concepts", "names", "codes"], "did you mean quotable codebook list?"),
    (&["profiles", "inspectorates"], "did you mean quotable profile list?"),
    (&["version"], "write quotable --version"),
    (&["manual", "docs"], "write quotable man, or quotable help"),
    (
        &["csv", "excel", "xlsx", "json"],
        "every command exports with --format csv, xlsx or jsonl and -o FILE: quotable search QUERY --format xlsx -o hits.xlsx",
    ),
    (&["cite", "bibliography", "bib"], "write quotable search QUERY --cite csl"),
];

/// What the commands under `quotable index` are.
pub(super) const INDEX_COMMANDS: &str =
    "quotable index FOLDER brings the index up to date; the commands under it are status, verify and rebuild";

const COMMANDS: [&str; 15] = [
    "search", "count", "kwic", "show", "check", "reports", "themes", "run", "export", "translate",
    "codebook", "index", "profile", "completions", "help",
];

/// What to write in place of a command that there is not; `None` if nothing is like it.
pub(super) fn cure(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let same = OTHER_NAMES.iter().find(|(names, _)| names.contains(&lower.as_str()));
    if let Some((_, cure)) = same {
        return Some((*cure).to_owned());
    }
    let all = COMMANDS.into_iter().chain(OTHER_NAMES.iter().flat_map(|(names, _)| names.iter().copied()));
    let near = nearest(&lower, all).into_iter().next()?;
    match OTHER_NAMES.iter().find(|(names, _)| names.contains(&near.as_str())) {
        Some((_, cure)) => Some((*cure).to_owned()),
        None => Some(format!("did you mean quotable {near}?")),
    }
}

/// What to write in place of a command under `quotable codebook` or `quotable profile` that there is not.
pub(super) fn inner_command(of: &str, name: &str, all: &[&str]) -> String {
    let meant = match name.to_lowercase().as_str() {
        "ls" | "dir" | "all" | "names" => Some("list"),
        "view" | "cat" | "print" | "get" | "open" | "read" | "see" => Some("show"),
        "add" | "create" | "begin" | "init" | "make" | "draft" => Some("new"),
        "verify" | "validate" | "lint" | "try" => Some(if of == "profile" { "test" } else { "check" }),
        _ => None,
    };
    let meant = meant.map(str::to_owned).or_else(|| nearest(name, all.iter().copied()).into_iter().next());
    match meant {
        Some(meant) => format!("did you mean quotable {of} {meant}?"),
        None => format!("the commands under quotable {of} are {}", all.join(", ")),
    }
}

/// What to write in place of a command under `quotable index` that there is not; `None` if nothing is like it.
pub(crate) fn index_command(name: &str) -> Option<String> {
    let other = match name.to_lowercase().as_str() {
        "clear" | "clean" | "delete" | "remove" | "drop" | "reset" | "purge" => Some(
            "quotable index rebuild builds the index anew; to do without one, delete the folder .quotable; \
             quotable index verify checks it",
        ),
        "check" | "validate" | "test" => Some("did you mean quotable index verify?"),
        "info" | "stats" | "show" | "list" => Some("did you mean quotable index status?"),
        "help" => Some("did you mean quotable help index?"),
        "update" | "refresh" | "add" | "build" | "create" | "new" => {
            Some("did you mean quotable index FOLDER?")
        }
        "reindex" | "repair" | "redo" => Some("did you mean quotable index rebuild?"),
        _ => None,
    };
    other.map(str::to_owned).or_else(|| {
        let near = nearest(name, ["status", "verify", "rebuild"]).into_iter().next()?;
        Some(format!("did you mean quotable index {near}?"))
    })
}
