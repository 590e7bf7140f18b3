//! Options that other programs have, and what does that here.

use crate::error::Error;

/// Options, and what to use.
const OPTIONS: [(&[&str], &str); 16] = [
    (
        &["-v", "--verbose", "--debug"],
        "--explain shows how a query was understood, and quotable index status what the index holds; quotable --version \
         is the version",
    ),
    (
        &["-q", "--quiet", "--silent"],
        "notes go to standard error and results to standard output: write results with -o FILE",
    ),
    (&["--csv"], "write --format csv"),
    (&["--xlsx", "--excel"], "write --format xlsx -o results.xlsx"),
    (&["--jsonl"], "write --format jsonl, or --json"),
    (&["--markdown", "--md"], "write --format markdown"),
    (&["--html"], "write --format markdown, or quotable check ARTICLE --format html for a page"),
    (&["--since", "--after", "--start", "--start-date"], "write --from 2018, or date:2018.. in the query"),
    (&["--until", "--before", "--end", "--end-date"], "write --to 2020, or date:..2020 in the query"),
    (
        &["--year", "--date"],
        "write --from 2018 --to 2018, or date:2018 in the query; quotable count --by year counts by year",
    ),
    (&["--council", "--place", "--provider", "--la"], "write --authority NAME"),
    (&["--topic", "--subject"], "write --theme NAME"),
    (
        &["-i", "--ignore-case", "--case-insensitive", "--case-sensitive"],
        "capitals do not matter in a query; =Prevent finds the word with the capitals as typed",
    ),
    (&["-r", "-R", "--recursive"], "all folders inside PATH are read; leave it out"),
    (
        &["--regex", "-E", "-e", "-P"],
        "write a regular expression between slashes in the query: '/care(rs)?/'",
    ),
    (
        &["--exact", "--phrase", "-w", "--word"],
        "put the words in quotation marks in the query: '\"care leavers\"'",
    ),
];

/// What to use in place of an option that there is not; `None` if it is not known from elsewhere.
pub(super) fn explain(option: &str, command: Option<&str>) -> Option<Error> {
    let name = option.split('=').next().unwrap_or(option);
    let of = command.map_or_else(|| "quotable".to_owned(), |command| format!("quotable {command}"));
    let error = || Error::new(format!("{of} has no option {name}"));
    match OPTIONS.iter().find(|(names, _)| names.contains(&name)) {
        Some((_, cure)) => Some(error().cure(cure)),
        None if name == "--open" => {
            Some(error().cure("quotable search and quotable show open a report at its page with --open"))
        }
        None => None,
    }
}
