//! Arguments that the command does not take: what is wrong with them, and what may have been meant.

mod command_names;
mod foreign_options;
mod values;
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
const TAKE_TEXT: [&str; 5] = ["search", "count", "kwic", "collocates", "show"];

/// The error for a word that begins with `-` and the letter of an option of every command, `-organisation` or `-history`: the
/// parser would write the results into a file `rganisation`, or print help.
pub(crate) fn glued(typed: &[String]) -> Option<Error> {
    let end = typed.iter().position(|argument| argument == "--").unwrap_or(typed.len());
    let argument = typed.get(..end)?.iter().find(|argument| {
        let mut letters = argument.chars();
        let begins = letters.next() == Some('-') && matches!(letters.next(), Some('o' | 'h'));
        begins && letters.next().is_some_and(|third| third != '=')
    })?;
    let words = Words::new(&Args::command(), typed);
    if argument == "-help" && words.command.is_none() {
        return None;
    }
    Some(values::glued(argument, typed, &words))
}

/// A better message for an error of the argument parser; `None` where its own is good. `typed` are the arguments.
pub(crate) fn explain(error: &clap::Error, typed: &[String]) -> Option<Error> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let program = Args::command();
    let words = Words::new(&program, typed);
    // The parser reads `index verfy FOLDER` in several ways.
    if words.command.as_deref() == Some("index") && words.plain.len() > 1 {
        return Some(unknown_index_command(&words));
    }
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand)?;
            let inner = words.command.as_deref().and_then(|of| Some((of, program.find_subcommand(of)?)));
            if let Some((of, command)) = inner {
                let all: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
                let error = Error::new(format!("there is no command quotable {of} {name}"));
                return Some(error.cure(command_names::inner_command(of, name, &all)));
            }
            Some(unknown_command(name, typed))
        }
        ErrorKind::UnknownArgument => {
            let argument = context(ContextKind::InvalidArg)?;
            if let Some(error) = values::of_minus(argument, typed, &words) {
                return Some(error);
            }
            if argument.starts_with('-') {
                return foreign_options::explain(argument, typed, &words, &program);
            }
            words.command.is_some().then(|| one_too_many(argument, &words))
        }
        ErrorKind::ArgumentConflict => {
            let name = |option: &str| option.split(' ').next().unwrap_or(option).to_owned();
            let other = match error.get(ContextKind::PriorArg)? {
                ContextValue::String(other) => name(other),
                ContextValue::Strings(others) => name(others.first()?),
                _ => return None,
            };
            let one = name(context(ContextKind::InvalidArg)?);
            let error = if one == other {
                return Some(Error::new(format!("{one} is given twice")).cure("give it once"));
            } else {
                Error::new(format!("{one} and {other} cannot be used together"))
            };
            Some(error.cure("leave one of them out"))
        }
        ErrorKind::MissingRequiredArgument => missing(error, &words),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => None,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (option, value) = (context(ContextKind::InvalidArg)?, context(ContextKind::InvalidValue)?);
            values::explain(error, option, value, typed, &words)
        }
        _ => {
            // The first line says what is wrong, the rest how to use the command.
            let message = error.to_string();
            let first = message.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let of = words.command.as_deref().map_or_else(String::new, |command| format!(" {command}"));
            Some(Error::new(first).cure(format!("quotable{of} --help shows how it is written")))
        }
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
    // `--by year, region`.
    let lists = words.options.windows(2).find(|pair| pair[1].ends_with(',') && pair[0].starts_with("--"));
    if let Some([option, value]) = lists {
        return error.cure(format!("write a list without blanks: {option} {value}{argument}"));
    }
    // `my reports` may be a folder.
    let is_folder = Path::new(&words.plain.join(" ")).exists();
    if let Some(cure) = as_option(command, words).filter(|_| !is_folder) {
        return error.cure(cure);
    }
    let takes_text = TAKE_TEXT.contains(&command.split(' ').next().unwrap_or_default());
    let parts: Vec<String> = match words.plain.as_slice() {
        plain @ [_, _, ..] if takes_text => {
            let (text, paths) = texts_and_paths(plain);
            if let [_, _, ..] = paths.as_slice() {
                let what = Error::new(format!(
                    "quotable {command} takes one file or folder, and here are {}",
                    paths.len()
                ));
                return what.cure(
                    "name the folder that has them all; path:NAME in the query narrows it to some of them",
                );
            }
            if text.is_empty() {
                return error.cure(format!("quotable {command} --help shows what it takes"));
            }
            let text = text.join(" ");
            // Windows' cmd.exe hands single quotation marks on.
            let unquoted = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
            if let Some(unquoted) = unquoted.filter(|text| !text.contains(['\'', '"'])) {
                let paths =
                    paths.iter().map(|path| format!(" {}", quoted_if_needed(path))).collect::<String>();
                return error.cure(format!(
                    "this shell (cmd.exe) does not take single quotation marks; use double ones: quotable {command} \"{unquoted}\"{paths}; \
                     for the words side by side \"'{unquoted}'\""
                ));
            }
            std::iter::once(text).chain(paths).collect()
        }
        plain => {
            let joined = plain.join(" ");
            if !Path::new(&joined).exists() {
                return error.cure(format!("quotable {command} --help shows what it takes"));
            }
            vec![joined]
        }
    };
    let parts = parts.iter().chain(&words.options).map(|part| quoted_if_needed(part));
    let line = parts.collect::<Vec<_>>().join(" ");
    error.cure(format!(
        "put words that belong together in one pair of quotation marks: quotable {command} {line}"
    ))
}

/// What to write for a query or an authority that is given to a command which takes only the folder; `None` for others.
fn as_option(command: &str, words: &Words) -> Option<String> {
    let option = match command {
        "words" | "ngrams" | "keywords" => "--in",
        "reports" => "--authority",
        _ => return None,
    };
    let (value, paths) = words.plain.split_first()?;
    if Path::new(value).exists() || words.options.iter().any(|typed| typed == option) {
        return None;
    }
    let rest = paths.iter().chain(&words.options).map(|part| format!(" {}", quoted_if_needed(part)));
    let more = if command == "reports" { ", or --query QUERY for what the reports say" } else { "" };
    Some(format!(
        "quotable {command} takes the folder alone; write quotable {command} {option} {}{}{more}",
        quoted_if_needed(value),
        rest.collect::<String>()
    ))
}

/// The words of a query, and the files and folders among them: the longest runs of words that name one.
fn texts_and_paths(plain: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut text, mut paths) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(word) = plain.get(at) {
        let names = |end: &usize| {
            let joined = plain.get(at..*end).unwrap_or_default().join(" ");
            // A word of the query may be the name of a folder, too.
            Path::new(&joined).exists() && (at > 0 || looks_like_path(&joined) || plain.len() == *end)
        };
        match (at + 1..=plain.len()).rev().find(names) {
            Some(end) => {
                paths.push(plain[at..end].join(" "));
                at = end;
            }
            None if looks_like_path(word) => {
                paths.push(word.clone());
                at += 1;
            }
            None => {
                text.push(word.clone());
                at += 1;
            }
        }
    }
    (text, paths)
}

/// True for what is no word of a query: `reports/2018`, `scan.pdf`.
fn looks_like_path(word: &str) -> bool {
    let extension = Path::new(word).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_file = ["pdf", "docx", "doc", "odt", "rtf", "html", "htm", "txt", "md", "eml"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known));
    !word.contains([' ', ':', '"'])
        && (is_file
            || word.ends_with(['/', '\\'])
            || word.starts_with("./")
            || word.starts_with("../")
            || word.starts_with('~'))
}

/// The name of an argument without the brackets of usage: `REPORT|QUERY` of `<REPORT|QUERY>...`.
pub(super) fn plain_name(argument: &str) -> String {
    argument.trim_end_matches('.').replace(['<', '>', '[', ']'], "").replace('|', " or ")
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
        let names: Vec<String> = missing.iter().map(|name| plain_name(name)).collect();
        let error = Error::new(format!("quotable {command} needs {}", names.join(" and ")));
        return Some(error.cure(format!("quotable {command} --help shows how it is written")));
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
            (&["search", "care", "src", "leavers"], "quotable search 'care leavers' src"),
            (&["search", "src/", "care", "leavers"], "quotable search 'care leavers' src/"),
            (&["search", "care", "a.pdf", "b.pdf"], "name the folder that has them all"),
            (&["count", "care", "src", "--by", "year,", "region"], "--by year,region"),
        ] {
            let said = said(arguments);
            let cure = if cfg!(windows) { cure.replace('\'', "\"") } else { cure.to_owned() };
            assert!(said.contains(&cure), "{arguments:?}: {said}");
        }
    }

    #[test]
    fn words_that_begin_with_a_minus_sign_are_no_options() {
        let glued = |arguments: &[&str]| {
            let typed: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
            super::glued(&typed).map_or_else(String::new, |error| error.to_string())
        };
        for (arguments, cure) in [
            (&["count", "-overcrowding", "src"][..], "quotable count -- -overcrowding src"),
            (&["search", "-organisation", "care"], "quotable search -- -organisation care"),
            (&["count", "-housing"], "quotable count -- -housing"),
            (&["count", "care", "-history", "src"], "quotable count 'care -history' src"),
            (&["search", "care", "-ohits.csv"], "with a space: -o hits.csv"),
            (&["reports", "-oreports.csv"], "with a space: -o reports.csv"),
            (&["reports", "-hello"], "quotable reports --help"),
            (&["trend", "-hope"], "quotable trend -- -hope"),
        ] {
            let said = glued(arguments);
            let cure = if cfg!(windows) { cure.replace('\'', "\"") } else { cure.to_owned() };
            assert!(said.contains(&cure), "{arguments:?}: {said}");
        }
        for arguments in [
            &["count", "care", "-o", "a.csv"][..],
            &["count", "care", "-o=a.csv"],
            &["count", "-h"],
            &["search", "care", "-n5"],
            &["count", "--", "-housing"],
            &["count", "care", "--output", "a.csv"],
            &["-help"],
        ] {
            assert_eq!(glued(arguments), "", "{arguments:?}");
        }
    }

    #[test]
    fn single_quotation_marks_that_cmd_exe_hands_on_are_told() {
        let said = said(&["search", "'care", "leavers'", "src"]);
        assert!(said.contains("quotable search \"care leavers\" src"), "{said}");
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
            (&["codebook", "shw"], "did you mean quotable codebook show"),
            (&["codebook", "lst"], "did you mean quotable codebook list"),
            (&["codebook", "view", "x"], "did you mean quotable codebook show"),
            (&["profile", "lst"], "did you mean quotable profile list"),
            (&["codebook", "frobnicate"], "are list, show, new, check"),
            (&["codebook", "show", "x", "--no-refresh"], "leave it out; it is an option of"),
            (&["count", "care", "--group", "year"], "--by year"),
            (&["collocates", "care", "--sort", "count"], "--measure"),
            (&["count", "care", "--fromat", "csv"], "did you mean --format"),
            (&["search", "care", "--group", "year", "--page", "2"], "leave one of them out"),
            (&["search", "care", "--sample", "3", "--seed", "x"], "any whole number"),
            (&["search", "care", "--sample", "0"], "a sample of none"),
            (&["search", "care", "-n", "-3"], "-n takes a number of 0 or more"),
            (&["count", "-neglect"], "quotable count -- -neglect"),
            (&["search", "-neglect", "src"], "quotable search -- -neglect src"),
            (&["count", "-5%"], "quotable count -- -5%"),
            (&["count", "-5"], "quotable count -- -5"),
            (&["search", "care", "-C", "2"], "--context 2"),
            (&["search", "care", "-A", "2"], "--context 2"),
            (&["count", "care", "-c"], "counts without it"),
            (&["count", "care", "-l"], "--by report"),
            (&["search", "-f", "q.txt"], "quotable run FILE"),
            (&["search", "care", "-z"], "quotable search --help lists the options"),
            (&["count", "care", "--authority"], "--authority needs NAME after it"),
            (&["search", "care", "--limit"], "--limit needs N after it"),
            (&["search", "care", "--format"], "it takes text, jsonl"),
            (&["check", ""], "ARTICLE is empty"),
            (&["serve", "--port", "abc"], "write a whole number in digits"),
            (&["serve", "--port", "99999"], "a number from 0 to 65535"),
            (&["count", "care", "--query-words", "0"], "1 or more"),
            (&["follow"], "quotable follow needs AUTHORITY or REPORT"),
            (&["profile", "test", "a.toml"], "quotable profile test needs FOLDER"),
            (&["count", "care", "--top", "5"], "all rows are shown"),
            (&["search", "care", "--top", "5"], "write -n 5"),
            (&["count", "care", "--overall", "good"], "write it in the query: 'care overall:good'"),
            (&["search", "care", "--grade", "good"], "'care grade:good'"),
            (&["kwic", "care", "--framework=ilacs"], "'care framework:ilacs'"),
            (&["reports", "--region", "south west"], "--query 'region:\"south west\"'"),
            (&["words", "case*", "src"], "quotable words --in 'case*' src"),
            (&["reports", "kent", "src"], "quotable reports --authority kent src"),
            (&["themes", "--by", "region"], "quotable count 'theme:care-leavers' --by region"),
            (&["count", "care", "--format", "parquet"], "text, jsonl, csv, xlsx, markdown"),
            (&["count", "care", "--format", "html"], "quotable check"),
        ] {
            let said = said(arguments);
            assert!(said.contains(cure), "{arguments:?}: {said}");
        }
    }
}
