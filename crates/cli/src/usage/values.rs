//! Values that an option does not take, and words of a query that look like options.

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
    as_query(argument, words)
}

/// The error for a query that begins with a minus sign and was read as options.
fn as_query(argument: &str, words: &Words) -> Option<Error> {
    let command = words.command.as_deref().filter(|command| TAKE_QUERY.contains(command))?;
    let word =
        argument.strip_prefix('-').filter(|word| !word.starts_with('-') && word.chars().count() > 1)?;
    let rest = words.plain.iter().map(|part| format!(" {}", quoted_if_needed(part))).collect::<String>();
    let error = Error::new(format!("{argument} looks like options, since it begins with a minus sign"));
    Some(error.cure(format!(
        "if it is the query, write -- before it: quotable {command} -- {}{rest}; without the minus sign, {word} is what is found",
        quoted_if_needed(argument)
    )))
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
    if let Some(error) =
        glued.filter(|_| value.starts_with(char::is_alphabetic)).and_then(|glued| as_query(glued, words))
    {
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
    let said = std::error::Error::source(error)?.to_string();
    Some(Error::new(what).cure(said))
}
