//! Values that an option does not take, and words of a query that look like options.

use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use quotable::query::nearest;

use super::words::Words;
use crate::error::Error;
use crate::shell::{quoted, quoted_if_needed};

/// The commands whose first argument is a query.
const TAKE_QUERY: [&str; 5] = ["search", "count", "kwic", "collocates", "trend"];

/// The error for an argument that begins with a minus sign and is no option: a word to exclude, or a negative number. `bad`
/// is what the parser stumbled on.
pub(super) fn of_minus(bad: &str, typed: &[String], words: &Words) -> Option<Error> {
    let is_number = |text: &str| {
        text.strip_prefix('-').is_some_and(|digits| {
            !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        })
    };
    // The parser names the first letter alone: `-n` of `-neglect`.
    let at = typed.iter().position(|argument| argument.starts_with('-') && argument.starts_with(bad))?;
    let (before, argument) = (at.checked_sub(1).and_then(|at| typed.get(at)), typed.get(at)?);
    if let Some(option) = before.filter(|option| option.starts_with('-') && is_number(argument)) {
        let error = Error::new(format!("{option} takes a number of 0 or more, and {argument} is none"));
        return Some(error.cure(format!(
            "write it without the minus sign: {option} {}",
            argument.trim_start_matches('-')
        )));
    }
    as_query(argument, typed, words)
}

/// The error for a word that begins with `-o` or `-h` and is no option.
pub(super) fn glued(argument: &str, typed: &[String], words: &Words) -> Error {
    let file = argument.strip_prefix("-o").filter(|file| Path::new(file).extension().is_some());
    if let Some(file) = file {
        let error = Error::new(format!("the file after -o is not read from {argument}"));
        return error.cure(format!("write it with a space: -o {}", quoted_if_needed(file)));
    }
    as_query(argument, typed, words).unwrap_or_else(|| {
        let of = words.command.as_deref().map_or_else(String::new, |command| format!(" {command}"));
        Error::new(format!("quotable{of} has no option {argument}")).cure(format!(
            "quotable{of} --help lists the options; a file for the results is named by -o FILE"
        ))
    })
}

/// The error for a query that begins with a minus sign and was read as options.
fn as_query(argument: &str, typed: &[String], words: &Words) -> Option<Error> {
    let command = words.command.as_deref().filter(|command| TAKE_QUERY.contains(command))?;
    let word = argument.strip_prefix('-').filter(|word| !word.starts_with('-') && is_word_or_number(word))?;
    let place = |wanted: &str| typed.iter().position(|typed| typed == wanted);
    // A word to exclude behind the query, which a shell has cut.
    if let Some((query, paths)) = words.plain.split_first()
        && place(query) < place(argument)
    {
        let paths = paths.iter().map(|part| format!(" {}", quoted_if_needed(part))).collect::<String>();
        let error = Error::new(format!("{argument} looks like options, since it begins with a minus sign"));
        return Some(error.cure(format!(
            "to exclude the word put it into the query: quotable {command} {}{paths}",
            quoted(&format!("{query} {argument}"))
        )));
    }
    let rest = words.plain.iter().map(|part| format!(" {}", quoted_if_needed(part))).collect::<String>();
    let error = Error::new(format!("{argument} looks like options, since it begins with a minus sign"));
    Some(error.cure(format!(
        "if it is the query, write -- before it: quotable {command} -- {}{rest}; without the minus sign, {word} is what is found",
        quoted_if_needed(argument)
    )))
}

/// One letter is more likely an option than a word.
fn is_word_or_number(word: &str) -> bool {
    word.chars().count() > 1 || word.starts_with(|c: char| c.is_ascii_digit())
}

/// A better message for a value that an option does not take; `None` where that of the parser is good.
pub(super) fn explain(
    error: &clap::Error,
    option: &str,
    value: &str,
    typed: &[String],
    words: &Words,
) -> Option<Error> {
    let name = option.split(' ').next().unwrap_or(option);
    // `-neglect` is read as `-n eglect`.
    let glued = typed.iter().find(|argument| {
        argument.starts_with('-') && !argument.starts_with("--") && argument.get(2..) == Some(value)
    });
    if let Some(error) = glued
        .filter(|_| value.starts_with(char::is_alphabetic))
        .and_then(|glued| as_query(glued, typed, words))
    {
        return Some(error);
    }
    if let Some(error) = empty(error, option, value, words) {
        return Some(error);
    }
    let what = format!("{name} does not take “{value}”");
    if name == "--by" && words.command.as_deref() == Some("themes") {
        let query = quoted("theme:care-leavers");
        let error = Error::new(format!("themes are split by year or grade, not by “{value}”"));
        return Some(error.cure(format!("count one theme by it: quotable count {query} --by {value}")));
    }
    if let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue)
        && !valid.is_empty()
    {
        let all = valid.join(", ");
        let html = name == "--format" && matches!(value, "html" | "htm" | "page");
        let near = nearest(&value.to_lowercase(), valid.iter().map(String::as_str)).into_iter().next();
        let cure = match near {
            _ if html => format!(
                "quotable check and quotable follow write pages for a browser; the formats here are {all}"
            ),
            Some(near) => format!("did you mean {near}? It takes {all}"),
            None => format!("it takes {all}"),
        };
        return Some(Error::new(what).cure(cure));
    }
    // What the parser of the value said.
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    Some(Error::new(what).cure(in_words(&said, value)))
}

/// The error for an option without its value, or an argument that is empty.
fn empty(error: &clap::Error, option: &str, value: &str, words: &Words) -> Option<Error> {
    if !value.is_empty() || std::error::Error::source(error).is_some() {
        return None;
    }
    let valid = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(valid)) if !valid.is_empty() => format!("it takes {}", valid.join(", ")),
        _ => {
            let command = words.command.as_deref().map_or_else(String::new, |command| format!(" {command}"));
            format!("quotable{command} --help shows what it takes")
        }
    };
    Some(match option.split_once(' ') {
        Some((name, takes)) => {
            Error::new(format!("{name} needs {} after it", super::plain_name(takes))).cure(valid)
        }
        None => Error::new(format!("{} is empty", super::plain_name(option))).cure(valid),
    })
}

/// What the standard parsers of numbers say, in words.
fn in_words(said: &str, value: &str) -> String {
    match said {
        "" => "leave it out, or see --help".to_owned(),
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "write a whole number in digits, such as 10".to_owned()
        }
        "invalid float literal" | "cannot parse float from empty string" => {
            "write a number in digits, such as 0.5".to_owned()
        }
        "number too large to fit in target type" => "this number is too large".to_owned(),
        said if said.starts_with("invalid IP address") => "write an address such as 127.0.0.1".to_owned(),
        said => {
            let range = said.strip_prefix(value).and_then(|said| said.strip_prefix(" is not in "));
            match range.and_then(|range| range.split_once("..")) {
                // An end of the type is no end that anybody meant.
                Some((from, to)) if to.is_empty() || to.len() > 15 => {
                    format!("write a number of {from} or more")
                }
                Some((from, to)) => format!("write a number from {from} to {}", to.trim_start_matches('=')),
                None => said.to_owned(),
            }
        }
    }
}
