//! Options that other programs or other commands have, and what does that here.

use clap::Command;
use quotable::query::{Field, nearest};
use quotable::report::Profiles;

use super::words::Words;
use crate::error::Error;
use crate::shell::quoted;

/// Options, and what to use.
const OPTIONS: [(&[&str], &str); 20] = [
    (
        &["-v", "--verbose", "--debug"],
        "--explain shows how a query was understood, and quotable index status what the index holds; quotable --version \
         is the version",
    ),
    (
        &["-q", "--quiet", "--silent"],
        "notes go to standard error and results to standard output: write results with -o FILE",
    ),
    (
        &["-A", "-B", "-C", "--after-context", "--before-context", "--around"],
        "quotable search QUERY --context 2 also shows the two paragraphs before and after each one",
    ),
    (&["-c", "--count"], "quotable count QUERY counts without it"),
    (
        &["-l", "--files-with-matches", "--files"],
        "quotable count QUERY --by report lists the reports, and quotable search QUERY --group report groups by them",
    ),
    (
        &["-f", "--file"],
        "write the query itself, in quotation marks; quotable run FILE counts all queries of a code book",
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

/// Options of other commands, by the commands that they are given to, and what to use there.
const OF_OTHER_COMMANDS: [(&str, &[&str], &str); 9] = [
    ("--group", &["count", "kwic", "trend", "run", "themes"], "to count by something write --by: --by year"),
    (
        "--by",
        &["search"],
        "write --group year for groups of paragraphs, or quotable count QUERY --by year for counts",
    ),
    ("--by", &["kwic"], "quotable count QUERY --by year counts by year; kwic has --sort authority"),
    (
        "--by",
        &["reports", "collocates", "keywords", "words", "ngrams"],
        "quotable count QUERY --by year counts by year",
    ),
    (
        "--sort",
        &["collocates"],
        "the list is in the order of the measure: write --measure g2, or log-dice, mi, t, z",
    ),
    (
        "--sort",
        &["trend", "themes", "run"],
        "the rows are in order of time or of the code book; --format xlsx -o FILE can be sorted",
    ),
    ("--limit", &["count", "trend", "themes", "run", "reports"], "all rows are shown; leave it out"),
    ("-n", &["count", "trend", "themes", "run", "reports"], "all rows are shown; leave it out"),
    ("--page", &["count", "reports", "collocates", "keywords"], "all that is found is shown; leave it out"),
];

/// What to use in place of an option that there is not; `None` if it is not known from elsewhere. `command` is the name of
/// the command, with the command under it.
pub(super) fn explain(option: &str, typed: &[String], words: &Words, program: &Command) -> Option<Error> {
    let command = words.command.as_deref();
    let name = option.split('=').next().unwrap_or(option);
    let of = command.map_or_else(|| "quotable".to_owned(), |command| format!("quotable {command}"));
    let error = || Error::new(format!("{of} has no option {name}"));
    let first = command.and_then(|command| command.split(' ').next()).unwrap_or_default();
    let own = own_command(program, command.unwrap_or_default());
    if ["--top", "--first", "--head", "--rows", "--number", "--results", "--max-results"].contains(&name) {
        let value = value_of(name, typed).filter(|value| value.parse::<usize>().is_ok()).unwrap_or("5");
        return Some(error().cure(if long_options(own).any(|known| known == "limit") {
            format!("write -n {value}")
        } else {
            format!("all rows are shown; leave it out (quotable search and quotable kwic have -n {value})")
        }));
    }
    let of_other =
        OF_OTHER_COMMANDS.iter().find(|(option, commands, _)| *option == name && commands.contains(&first));
    if let Some((_, _, cure)) = of_other {
        return Some(error().cure(cure));
    }
    if let Some((_, cure)) = OPTIONS.iter().find(|(names, _)| names.contains(&name)) {
        return Some(error().cure(cure));
    }
    if name == "--open" {
        return Some(error().cure("quotable search and quotable show open a report at its page with --open"));
    }
    let Some(long) = name.strip_prefix("--") else {
        return Some(error().cure(format!("{of} --help lists the options")));
    };
    if let Some(cure) = as_filter(long, typed, words, own) {
        return Some(error().cure(cure));
    }
    let near = nearest(long, long_options(own));
    if let Some(near) = near.first() {
        return Some(error().cure(format!("did you mean --{near}?")));
    }
    let have: Vec<String> = program
        .get_subcommands()
        .filter(|other| !other.is_hide_set() && long_options(other).any(|known| known == long))
        .map(|other| format!("quotable {}", other.get_name()))
        .take(3)
        .collect();
    if !have.is_empty() {
        return Some(error().cure(format!("leave it out; it is an option of {}", have.join(", "))));
    }
    Some(error().cure(format!("{of} --help lists the options")))
}

/// The filter of a query that an option was meant for, `--region kent`; `None` for a name that is no field or area.
fn as_filter(name: &str, typed: &[String], words: &Words, own: &Command) -> Option<String> {
    let is_area = |name: &str| {
        let mut areas = Profiles::built_in().iter().flat_map(|profile| profile.rules.areas.iter().flatten());
        areas.any(|area| area.name.as_str() == name)
    };
    let field = Field::named(name).filter(|field| Field::ALL.contains(field) || is_area(field.name()))?;
    let value = value_of(&format!("--{name}"), typed).unwrap_or(if is_area(name) { "good" } else { "VALUE" });
    let filter =
        if value.contains(' ') { format!("{field}:\"{value}\"") } else { format!("{field}:{value}") };
    if long_options(own).any(|known| known == "query") {
        return Some(format!("write --query {}", quoted(&filter)));
    }
    if long_options(own).any(|known| known == "in") {
        return Some(format!("write --in {}", quoted(&filter)));
    }
    let query = words.plain.first().map_or(String::new(), |query| format!("{query} "));
    Some(format!("write it in the query: {}", quoted(&format!("{query}{filter}"))))
}

/// The value that was typed after an option: in the next argument, or after `=`.
fn value_of<'t>(name: &str, typed: &'t [String]) -> Option<&'t str> {
    let at = typed.iter().position(|argument| argument.split('=').next() == Some(name))?;
    match typed.get(at)?.split_once('=') {
        Some((_, value)) => Some(value),
        None => typed.get(at + 1).map(String::as_str).filter(|value| !value.starts_with('-')),
    }
}

/// The command of that name, as far as there is one.
fn own_command<'p>(program: &'p Command, name: &str) -> &'p Command {
    let step = |command: &'p Command, name: &str| command.find_subcommand(name);
    name.split(' ').try_fold(program, step).unwrap_or(program)
}

fn long_options(command: &Command) -> impl Iterator<Item = &str> {
    command.get_arguments().filter_map(clap::Arg::get_long)
}
