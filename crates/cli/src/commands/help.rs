//! `quotable help`: the help of a command, or a topic.

use std::io::Write as _;

use clap::CommandFactory as _;
use quotable::query::nearest;

use crate::args::{Args, HelpArgs};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::outcome::Outcome;

/// The topics, which are no commands, each with other names for it.
const TOPICS: [(&[&str], &str); 4] = [
    (&["query", "queries", "syntax", "language", "operators"], include_str!("help/query.txt")),
    (
        &["fields", "field", "filters", "filter", "dates", "date", "grades", "authorities", "regions"],
        include_str!("help/fields.txt"),
    ),
    (&["profiles"], include_str!("help/profiles.txt")),
    (
        &["codebook", "codebooks", "code-book", "names", "concepts", "topics"],
        include_str!("help/codebook.txt"),
    ),
];

pub(super) fn run(args: &HelpArgs, console: &mut Console) -> Result<Outcome> {
    let words: Vec<&str> = args.topic.iter().map(String::as_str).collect();
    if let [name] = words.as_slice()
        && let Some((_, text)) = TOPICS.iter().find(|(names, _)| names.contains(name))
    {
        console.out.write_all(text.as_bytes())?;
        return Ok(Outcome::Found);
    }
    let mut program = Args::command().bin_name("quotable");
    program.build();
    let mut command = &mut program;
    for word in &words {
        command = match command.find_subcommand_mut(word) {
            Some(inner) => inner,
            None => return Err(unknown(&words.join(" "))),
        };
    }
    write!(console.out, "{}", command.render_help())?;
    Ok(Outcome::Found)
}

fn unknown(typed: &str) -> Error {
    let program = Args::command();
    let commands =
        program.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name);
    let names: Vec<&str> =
        commands.chain(TOPICS.iter().flat_map(|(names, _)| names.iter().copied())).collect();
    let error = Error::new(format!("there is no help on {typed}"));
    match nearest(typed, names).first() {
        Some(near) => error.cure(format!("did you mean quotable help {near}?")),
        None => error.cure("the topics are query, fields, profiles, codebook, and every command"),
    }
}

#[cfg(test)]
mod tests {
    use super::TOPICS;

    #[test]
    fn topics_fit_a_terminal() {
        for (names, text) in TOPICS {
            let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(longest <= 80, "{}: {longest} columns", names[0]);
        }
    }

    #[test]
    fn every_filter_is_explained() {
        let (_, fields) = TOPICS[1];
        for name in [
            "authority", "region", "theme", "section", "framework", "kind", "urn", "date", "inspected",
            "para", "page", "path", "grade",
        ] {
            assert!(fields.contains(&format!("{name}:")), "{name}");
        }
    }
}
