//! Signs and operators of other query languages, and what to write here.

use std::ops::Range;

use crate::chars::{is_double_quote, is_space};
use crate::error::Fault;
use crate::query::Field;
use crate::value;

/// The signs by which other languages compare a field with a value, the longer ones first.
const COMPARISONS: [&str; 13] = ["!==", "===", "!=", "<>", ">=", "=>", "<=", "=<", "==", "≥", "≤", "=", ">"];
/// The names of windows that carry their distance: `adj3`, `n/3`.
const WINDOWS: [&str; 9] = ["near", "within", "adj", "adjacent", "onear", "prox", "around", "n", "pre"];

/// A fault in a part of a text, by its bytes.
type FaultAt = (Range<usize>, Fault);

/// The fault in a run of characters without space. `rest` is what follows it; `after_part` if a part precedes it. The bytes
/// are those of the run, or go on into `rest`.
pub(super) fn in_chunk(chunk: &str, rest: &str, after_part: bool) -> Option<FaultAt> {
    let whole = |fault: Fault| (0..chunk.len(), fault);
    comparison(chunk, rest)
        .or_else(|| number_compared(chunk).map(whole))
        .or_else(|| brackets(chunk, rest).map(whole))
        .or_else(|| pattern(chunk).map(whole))
        .or_else(|| window_in_brackets(chunk, rest))
        .or_else(|| operator(chunk, rest).filter(|_| after_part).map(whole))
}

/// A field and a value with a sign of comparison between them: `overall=good`, `date>2018`.
fn comparison(chunk: &str, rest: &str) -> Option<FaultAt> {
    let end = chunk.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))?;
    let (name, tail) = chunk.split_at(end);
    let sign = comparison_sign(tail)?;
    let value = match &tail[sign.len()..] {
        "" => first_value(rest)?,
        value => value,
    };
    let fault = compared(name, sign, value)?;
    Some((end..end + sign.len(), fault))
}

fn comparison_sign(text: &str) -> Option<&'static str> {
    COMPARISONS.into_iter().chain(["<"]).find(|sign| text.starts_with(sign))
}

/// The word or the text in quotation marks that `rest` begins with.
pub(super) fn first_value(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(is_space);
    let inside = rest.strip_prefix(is_double_quote);
    let value = match inside {
        Some(inside) => &inside[..inside.find(is_double_quote)?],
        None => rest.split(|c| is_space(c) || c == ')').next()?,
    };
    Some(value).filter(|value| value.starts_with(char::is_alphanumeric))
}

/// The fault of a comparison whose sign stands between spaces: `overall = good`. `before` is the text before the sign, and
/// `rest` begins with it.
pub(super) fn spaced_comparison(before: &str, rest: &str) -> Option<Fault> {
    let sign = comparison_sign(rest)?;
    let name = before.trim_end_matches(is_space).rsplit(|c| is_space(c) || c == '(').next()?;
    compared(name, sign, first_value(&rest[sign.len()..])?)
}

/// The fault of `name`, a sign of comparison and a value.
fn compared(name: &str, sign: &str, value: &str) -> Option<Fault> {
    let field = Field::named(name)?;
    let known = Field::ALL.contains(&field);
    let field = if known { field } else { Field::by_other_name(name).unwrap_or(field) };
    let is_equal = sign.chars().all(|c| c == '=');
    let excludes = sign.starts_with('!') || sign == "<>";
    let quoted = if value.contains(is_space) { format!("\"{value}\"") } else { value.to_owned() };
    let ascii = sign.replace('≥', ">=").replace('≤', "<=");
    let meant = match &field {
        _ if excludes => format!("-{field}:{quoted}"),
        Field::Date | Field::Inspected if !is_equal => {
            format!(
                "{field}:{}",
                value::meant_date(&format!("{ascii}{value}")).unwrap_or("2018..".to_owned())
            )
        }
        Field::Date | Field::Inspected => {
            format!("{field}:{}", value::meant_date(value).unwrap_or_else(|| value.to_owned()))
        }
        _ if is_equal => format!("{field}:{quoted}"),
        _ => {
            let number: u64 = value.parse().ok()?;
            match ascii.as_str() {
                ">" => format!("{field}:{}..", number.saturating_add(1)),
                "<" => format!("{field}:..{}", number.saturating_sub(1)),
                ascii if ascii.contains('>') => format!("{field}:{number}.."),
                _ => format!("{field}:..{number}"),
            }
        }
    };
    Some(Fault::new(
        format!("{sign} does not compare a field with a value"),
        format!("for a filter write {meant}; if text was meant, put it in quotation marks"),
    ))
}

/// A number after a sign of comparison: `>50%`.
fn number_compared(chunk: &str) -> Option<Fault> {
    let number = chunk.trim_start_matches(['<', '>', '=', '≥', '≤']);
    let sign = &chunk[..chunk.len() - number.len()];
    let is_number =
        number.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_ascii_digit());
    if sign.is_empty() || sign == "=" || !is_number {
        return None;
    }
    let number = number.trim_end_matches([',', '.', ';']);
    Some(Fault::new(
        "numbers in the text cannot be compared",
        format!(
            "write the number as it is printed: {number}; *% finds every percentage, and £* every amount"
        ),
    ))
}

/// Square brackets: a range of Lucene, or a choice of letters as in a regular expression or a shell.
fn brackets(chunk: &str, rest: &str) -> Option<Fault> {
    let open = chunk.find('[')?;
    let (before, inside) = (&chunk[..open], &chunk[open + 1..]);
    let mut words = rest.split(is_space).filter(|word| !word.is_empty());
    if before.is_empty() && words.next() == Some("TO") {
        let last = words.next().unwrap_or_default().trim_end_matches([']', '}']);
        return Some(Fault::new(
            "words in square brackets are no range",
            format!(
                "write the words that are meant, {inside} OR {last}, or a wildcard as in care*; days have ranges: date:2018..2019"
            ),
        ));
    }
    let (letters, after) = inside.split_once(']')?;
    let is_pattern = before.ends_with(char::is_alphabetic)
        && (1..=8).contains(&letters.chars().count())
        && letters.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '^'));
    if !is_pattern {
        return None;
    }
    let regex =
        format!("{before}[{letters}]{}", after.replace(".*", "*").replace('*', ".*").replace('?', "."));
    Some(Fault::new(
        "square brackets do not stand for one of several letters",
        format!(
            "write ? for any one letter, as in {before}?{after}, or a regular expression between slashes: /{regex}/"
        ),
    ))
}

/// The `.*` of regular expressions after a word.
fn pattern(chunk: &str) -> Option<Fault> {
    let at = [".*", ".+"].into_iter().filter_map(|sign| chunk.find(sign)).min()?;
    let (before, sign) = (&chunk[..at], &chunk[at..at + 2]);
    if !before.ends_with(char::is_alphabetic) || !before.chars().all(char::is_alphanumeric) {
        return None;
    }
    let wildcard = chunk.replace(".*", "*").replace(".+", "*");
    Some(Fault::new(
        format!("{sign} is a sign of regular expressions"),
        format!(
            "write {wildcard}, where * is any letters or none, or put the expression between slashes: /{chunk}/"
        ),
    ))
}

/// `.*` after a word of a phrase, where the `*` is one more word.
pub(super) fn pattern_in_phrase(inside: &str) -> Option<String> {
    let chunk = inside.split(is_space).find(|chunk| {
        let word = chunk.split(".*").next().filter(|word| word.len() < chunk.len());
        word.is_some_and(|word| word.ends_with(char::is_alphabetic))
    })?;
    Some(format!(
        "the * of “{chunk}” is read as one more word; for any letters after the word write {}",
        chunk.replace(".*", "*")
    ))
}

/// `AROUND(3)`, of search engines on the web.
fn window_in_brackets(chunk: &str, rest: &str) -> Option<FaultAt> {
    let name = WINDOWS.into_iter().find(|name| chunk.eq_ignore_ascii_case(name))?;
    let (distance, _) = rest.strip_prefix('(')?.split_once(')')?;
    let words: u32 = distance.trim_matches(is_space).parse().ok()?;
    let end = chunk.len() + distance.len() + 2;
    Some((0..end, window(&format!("{chunk}({distance})"), name, words)))
}

fn operator(chunk: &str, rest: &str) -> Option<Fault> {
    let next = rest.split(is_space).find(|word| !word.is_empty()).unwrap_or_default();
    let not = |name: &str| {
        Fault::new(
            format!("{name} is not an operator"),
            format!(
                "write NOT: care NOT leavers; if the word was meant, \"{}\" in quotation marks",
                name.to_lowercase()
            ),
        )
    };
    match chunk {
        "EXCEPT" | "ANDNOT" | "BUTNOT" | "AND-NOT" | "BUT-NOT" => return Some(not(chunk)),
        "BUT" if next == "NOT" || next.starts_with("NOT(") => return Some(not("BUT NOT")),
        "XOR" => {
            return Some(Fault::new(
                "XOR is not an operator",
                "write (a NOT b) OR (b NOT a); if the word was meant, \"xor\" in quotation marks",
            ));
        }
        _ => {}
    }
    if next.is_empty() {
        return None;
    }
    let digits = chunk.len() - chunk.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (name, distance) = chunk.split_at(chunk.len() - digits);
    let distance: u32 = distance.parse().ok()?;
    let (name, slash) = match name.strip_suffix('/') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let known = WINDOWS.into_iter().find(|known| name.eq_ignore_ascii_case(known))?;
    // `n3` may be a word; `pre/3` is an operator.
    let is_window = if slash { known != "pre" } else { known != "n" };
    is_window.then(|| window(chunk, known, distance))
}

/// The fault of a window `typed` in another language.
fn window(typed: &str, name: &str, words: u32) -> Fault {
    let meant = if matches!(name, "onear" | "pre") { format!("pre/{words}") } else { format!("w/{words}") };
    Fault::new(
        format!("{typed} is not an operator"),
        format!(
            "write care {meant} leavers for within {words} words; if the word was meant, \"{}\" in quotation marks",
            typed.to_lowercase()
        ),
    )
}

/// What to say of a word that may be a window without its slash: `w3`.
pub(super) fn window_without_slash(chunk: &str) -> Option<String> {
    let distance = chunk.strip_prefix(['w', 'W', 'n', 'N'])?;
    let is_distance = (1..=2).contains(&distance.len()) && distance.bytes().all(|byte| byte.is_ascii_digit());
    is_distance.then(|| {
        format!("“{chunk}” is searched as a word; for words near each other write care w/{distance} leavers")
    })
}

/// The window that a slash begins: `/3`, `/s`.
pub(super) fn window_after_slash(rest: &str) -> Option<Fault> {
    let unit = rest.strip_prefix('/')?.split(is_space).next()?;
    let is_window = matches!(unit, "s" | "p" | "S" | "P") || unit.parse::<u16>().is_ok();
    is_window.then(|| {
        let cure = format!("write w/{unit}: care w/{unit} leavers");
        Fault::new(format!("/{unit} is not an operator"), cure)
    })
}

/// A percentage in words, and the query that finds it in figures too.
pub(super) fn per_cent_in_words(text: &str) -> Option<String> {
    let is_mark = |c: char| is_double_quote(c) || "'‘’().,;:".contains(c);
    let words: Vec<&str> =
        text.split(is_space).map(|word| word.trim_matches(is_mark)).filter(|word| !word.is_empty()).collect();
    let is = |word: Option<&&str>, name: &str| word.is_some_and(|word| word.eq_ignore_ascii_case(name));
    let at = words.iter().enumerate().position(|(at, number)| {
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        is_number
            && (is(words.get(at + 1), "percent")
                || is(words.get(at + 1), "per") && is(words.get(at + 2), "cent"))
    })?;
    let number = words.get(at)?;
    Some(format!(
        "percentages are printed in figures too: {number}%~ finds {number}%, {number} per cent and {number} percent"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cure(chunk: &str, rest: &str) -> String {
        in_chunk(chunk, rest, true).map_or_else(String::new, |(_, fault)| fault.cure)
    }

    #[test]
    fn what_other_languages_write_leads_to_what_is_written_here() {
        for (chunk, rest, meant) in [
            ("safe=good", "", "write safe:good;"),
            ("safe=", "\"requires improvement\" x", "write safe:\"requires improvement\";"),
            ("safe!=good", "", "write -safe:good;"),
            ("kind<>article", "", "write -kind:article;"),
            ("date>2018", "", "write date:2019..;"),
            ("date<=2018-03", "", "write date:..2018-03;"),
            ("year=2018", "", "write date:2018;"),
            ("page>", " 3", "write page:4..;"),
            ("page≥3", "", "write page:3..;"),
            (">50%", "", "50%; *% finds"),
            ("≥£5", "", "£5; *%"),
            ("[boats", " TO crew]", "boats OR crew"),
            ("moo[rd]*", "", "moo?*, or a regular expression between slashes: /moo[rd].*/"),
            ("boat.*", "", "write boat*,"),
            ("un.*ed", "", "write un*ed,"),
            ("AROUND", "(4) crew", "care w/4 leavers"),
            ("adj3", " crew", "care w/3 leavers"),
            ("NEAR4", " crew", "care w/4 leavers"),
            ("n/2", " crew", "care w/2 leavers"),
            ("pre2", " crew", "care pre/2 leavers"),
            ("EXCEPT", " crew", "write NOT"),
            ("BUT", " NOT crew", "write NOT"),
            ("XOR", " crew", "(a NOT b)"),
        ] {
            assert!(cure(chunk, rest).contains(meant), "{chunk}{rest}: {}", cure(chunk, rest));
        }
        for (chunk, rest) in [
            ("boats", " crew"),
            ("w/3", " crew"),
            ("pre/3", " crew"),
            ("n3", " crew"),
            ("2.*", ""),
            ("[sic]", ""),
            ("[t]he", ""),
            ("a/b", " c"),
            ("BUT", " crew"),
            ("except", " crew"),
            ("16/17", ""),
            ("adj3", ""),
        ] {
            assert_eq!(cure(chunk, rest), "", "{chunk}{rest}");
        }
        assert_eq!(window_after_slash("/3 crew").unwrap().cure, "write w/3: care w/3 leavers");
        assert!(window_after_slash("/un.*/ crew").is_none());
    }
}
