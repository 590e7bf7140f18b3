//! Arguments that the command does not take: what is wrong with them, and what may have been meant.

mod command_names;
mod foreign_options;
mod words;

use std::path::Path;

use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use self::words::Words;
use crate::args::Args;
use crate::error::Error;
use crate::shell::{quoted, quoted_if_needed};

pub(crate) use self::command_names::index_command;

/// The commands whose first argument is a text that people forget to put in quotation marks.
const TAKE_TEXT: [&str; 4] = ["search", "count", "kwic", "show"];

/// A better message for an error of the argument parser; `None` where its own is good. `typed` are the arguments.
pub(crate) fn explain(error: &clap::Error, typed: &[String]) -> Option<Error> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let words = Words::new(&Args::command(), typed);
    // The parser reads `index verfy FOLDER` in several ways.
    if words.command.as_deref() == Some("index") && words.plain.len() > 1 {
        return Some(unknown_index_command(&words));
    }
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand)?;
            Some(unknown_command(name, typed))
        }
        ErrorKind::UnknownArgument => {
            let argument = context(ContextKind::InvalidArg)?;
            if argument.starts_with('-') {
                return foreign_options::explain(argument, words.command.as_deref());
            }
            words.command.is_some().then(|| one_too_many(argument, &words))
        }
        ErrorKind::MissingRequiredArgument => missing(error, &words),
        _ => None,
    }
}

fn unknown_command(name: &str, typed: &[String]) -> Error {
    let error = Error::new(format!("there is no command {name}"));
    if let Some(cure) = command_names::cure(name) {
        return error.cure(cure);
    }
    let is_only_text = typed.len() == 1 || name.contains(' ');
    if is_only_text && !name.starts_with('-') {
        let query = quoted(name);
        return error.cure(format!("to find these words, write quotable search {query}"));
    }
    error.cure("quotable --help lists the commands")
}

fn unknown_index_command(words: &Words) -> Error {
    let [name, rest @ ..] = words.plain.as_slice() else {
        return Error::new("quotable index takes one folder");
    };
    let joined = words.plain.join(" ");
    if Path::new(&joined).exists() {
        return too_many(rest.last().unwrap_or(name)).cure(format!(
            "put the name of the folder in quotation marks: quotable index {}",
            quoted_if_needed(&joined)
        ));
    }
    let error = Error::new(format!("there is no command quotable index {name}"));
    error.cure(index_command(name).unwrap_or_else(|| command_names::INDEX_COMMANDS.to_owned()))
}

fn too_many(argument: &str) -> Error {
    Error::new(format!("“{argument}” is one argument too many"))
}

/// One argument too many: mostly words that belong together, without quotation marks.
fn one_too_many(argument: &str, words: &Words) -> Error {
    let command = words.command.as_deref().unwrap_or_default();
    let error = too_many(argument);
    let whole_name = || {
        let joined = words.plain.join(" ");
        Path::new(&joined).exists().then_some(joined)
    };
    let takes_text = TAKE_TEXT.contains(&command.split(' ').next().unwrap_or_default());
    let parts: Vec<String> = match words.plain.as_slice() {
        plain @ [_, _, ..] if takes_text => {
            let (text, path) = text_and_path(plain);
            std::iter::once(text).chain(path).collect()
        }
        _ => match whole_name() {
            Some(name) => vec![name],
            None => {
                return error.cure(format!("quotable {command} --help shows what it takes"));
            }
        },
    };
    let parts = parts.iter().chain(&words.options).map(|part| quoted_if_needed(part));
    let line = parts.collect::<Vec<_>>().join(" ");
    error.cure(format!(
        "put words that belong together in one pair of quotation marks: quotable {command} {line}"
    ))
}

/// The words of a query and the path behind them: the longest run of last words that names a file or folder.
fn text_and_path(plain: &[String]) -> (String, Option<String>) {
    let is_path = |at: &usize| plain.get(*at..).is_some_and(|rest| Path::new(&rest.join(" ")).exists());
    match (1..plain.len()).find(is_path) {
        Some(at) => (plain[..at].join(" "), Some(plain[at..].join(" "))),
        None => (plain.join(" "), None),
    }
}

/// An argument that is missing, in words; `None` for those that the parser names well.
fn missing(error: &clap::Error, words: &Words) -> Option<Error> {
    let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg) else { return None };
    let command = words.command.as_deref()?;
    let is_missing = |name: &str| missing.iter().any(|argument| argument.starts_with(name));
    let (what, example) = if is_missing("<QUERY>") {
        ("the query is missing: what to find", quoted("care leavers"))
    } else if is_missing("<ARTICLE>") {
        ("the article is missing: a file, or a text in quotation marks", "article.html".to_owned())
    } else if is_missing("<ID|REPORT>") {
        ("the paragraph or report is missing", "k3v9x2m7qa.12".to_owned())
    } else {
        return None;
    };
    Some(Error::new(what).cure(format!("write it behind the command: quotable {command} {example} reports/")))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    fn said(arguments: &[&str]) -> String {
        let typed: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let error = Args::try_parse_from(std::iter::once("quotable").chain(arguments.iter().copied()));
        explain(&error.unwrap_err(), &typed).map_or_else(String::new, |error| error.to_string())
    }

    #[test]
    fn words_that_belong_together_are_put_in_quotation_marks() {
        // Tests run in the folder of the package, which has a folder `src`.
        for (arguments, cure) in [
            (&["search", "care", "leavers", "src"][..], "quotable search 'care leavers' src"),
            (
                &["kwic", "care", "leavers", "wait", "--words", "3"],
                "quotable kwic 'care leavers wait' --words 3",
            ),
            (&["count", "-n", "care", "leavers", "wait"], ""),
            (&["show", "marlowe", "visit", "2018"], "quotable show 'marlowe visit 2018'"),
        ] {
            let said = said(arguments);
            let cure = if cfg!(windows) { cure.replace('\'', "\"") } else { cure.to_owned() };
            assert!(said.contains(&cure), "{arguments:?}: {said}");
        }
    }

    #[test]
    fn other_names_lead_to_the_command() {
        for (arguments, cure) in [
            (&["find", "care"][..], "did you mean quotable search"),
            (&["grep", "care"], "did you mean quotable search"),
            (&["ls"], "did you mean quotable reports"),
            (&["concordance", "care"], "did you mean quotable kwic"),
            (&["verify"], "quotable index verify"),
            (&["serach", "care"], "did you mean quotable search"),
            (&["care leavers"], "quotable search"),
            (&["index", "verfy", "src"], "did you mean quotable index verify"),
            (&["index", "clear", "src"], "quotable index rebuild"),
            (&["search"], "the query is missing"),
            (&["search", "care", "-v"], "--explain"),
            (&["search", "care", "--csv"], "--format csv"),
            (&["count", "care", "--since", "2018"], "--from"),
        ] {
            let said = said(arguments);
            assert!(said.contains(cure), "{arguments:?}: {said}");
        }
    }
}
