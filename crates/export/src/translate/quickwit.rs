//! The query language of Quickwit.

use super::condition::{
    ColumnName, Condition, ReadQuery, Run, Slot, Token, WordsCondition, WordsTest, plain_words,
};
use super::error::TranslateError;

/// The most phrases that one phrase of the query is written out as.
const MOST_PHRASES: usize = 200;
const CURE: &str = "ask OpenSearch or DuckDB, or write the words out with OR";

/// The text of a query.
pub(super) fn query(read: &ReadQuery<'_>) -> Result<String, TranslateError> {
    match &read.condition {
        Condition::All(parts) if parts.is_empty() => Ok("*".to_owned()),
        Condition::All(parts) => conjunction(read, parts),
        one => condition(read, one),
    }
}

/// Conditions that must all hold, as `+a -b`: the parsers of the family read `a AND NOT b` in different ways.
fn conjunction(read: &ReadQuery<'_>, parts: &[Condition]) -> Result<String, TranslateError> {
    if let [part] = parts
        && !matches!(part, Condition::Not(_))
    {
        return condition(read, part);
    }
    // A query that only excludes finds nothing there.
    let only_excludes = parts.iter().all(|part| matches!(part, Condition::Not(_)));
    let mut clauses: Vec<String> = only_excludes.then(|| "+*".to_owned()).into_iter().collect();
    for part in parts {
        clauses.push(match part {
            Condition::Not(part) => format!("-{}", condition(read, part)?),
            part => format!("+{}", condition(read, part)?),
        });
    }
    Ok(clauses.join(" "))
}

fn condition(read: &ReadQuery<'_>, part: &Condition) -> Result<String, TranslateError> {
    let all = |parts: &[Condition]| {
        parts.iter().map(|part| condition(read, part)).collect::<Result<Vec<String>, TranslateError>>()
    };
    Ok(match part {
        Condition::All(parts) if parts.is_empty() => "*".to_owned(),
        Condition::All(parts) => format!("({})", conjunction(read, parts)?),
        Condition::Any(parts) => format!("({})", all(parts)?.join(" OR ")),
        Condition::Not(part) => format!("(+* -{})", condition(read, part)?),
        Condition::Everything => "*".to_owned(),
        Condition::True(column) => format!("{column}:true"),
        Condition::OneOf(_, values) if values.is_empty() => "(+* -*)".to_owned(),
        Condition::OneOf(ColumnName { name, .. }, values) => match values.as_slice() {
            [value] => format!("{name}:{}", quoted(value)),
            values => {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                format!("{name}:IN [{}]", values.join(" "))
            }
        },
        Condition::IsSet(ColumnName { name, .. }) => format!("{name}:*"),
        Condition::Days(column, from, to) => {
            let end =
                |day: &Option<String>| day.as_ref().map_or("*".to_owned(), |day| format!("{day}T00:00:00Z"));
            format!("{column}:[{} TO {}]", end(from), end(to))
        }
        Condition::Pages(from, to) => {
            let end = |page: &Option<i64>| page.map_or("*".to_owned(), |page| page.to_string());
            format!("pages:[{} TO {}]", end(from), end(to))
        }
        Condition::Inspected(part, ..) => {
            return Err(read.cannot(
                part,
                "days of inspections",
                "write date: for the day of publication, or ask DuckDB",
            ));
        }
        Condition::Below(path) => {
            return Err(TranslateError::Option {
                message: format!("Quickwit cannot look in the folder {path} alone"),
                cure: "name the whole folder of reports, and a filter such as authority: in the query"
                    .to_owned(),
            });
        }
        Condition::Words(words) => self::words(read, words)?,
        Condition::Sentence(part, _) => {
            return Err(read.cannot(
                part,
                "words in one sentence",
                "ask DuckDB or Spark, which have a table of sentences",
            ));
        }
    })
}

/// A text that is compared as a whole, or words side by side.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn words(read: &ReadQuery<'_>, words: &WordsCondition) -> Result<String, TranslateError> {
    let column = words.column;
    match &words.test {
        WordsTest::Run(run) => {
            if let [Slot::OneOf(tokens)] = run.as_slice() {
                let tokens: Vec<String> = tokens.iter().map(|token| term(column, token)).collect();
                return Ok(either(tokens));
            }
            let phrases = written_out(read, words, run)?;
            Ok(either(phrases.iter().map(|phrase| format!("{column}:{}", quoted(phrase))).collect()))
        }
        WordsTest::Near { ordered: true, .. } => Err(read.cannot(
            &words.part,
            "one word and then another",
            "ask OpenSearch or DuckDB, which keep the order",
        )),
        WordsTest::Near { left, right, distance, .. } => {
            let (Some(left), Some(right)) = (single_words(left), single_words(right)) else {
                return Err(read.cannot(&words.part, "a window around phrases or wildcards", CURE));
            };
            // The slop of a phrase counts moves: a word that comes first has one more to go. Both orders have all.
            let slop = distance.saturating_sub(1);
            let mut all = Vec::new();
            for left in &left {
                for right in &right {
                    if left == right {
                        return Err(read.cannot(&words.part, "a word near itself", CURE));
                    }
                    for phrase in [format!("{left} {right}"), format!("{right} {left}")] {
                        let slop = if slop == 0 { String::new() } else { format!("~{slop}") };
                        all.push(format!("{column}:{}{slop}", quoted(&phrase)));
                    }
                }
            }
            Ok(either(all))
        }
    }
}

fn either(mut parts: Vec<String>) -> String {
    match parts.len() {
        1 => parts.remove(0),
        _ => format!("({})", parts.join(" OR ")),
    }
}

/// One word. Within quotation marks, a `*` would be no wildcard.
fn term(column: &str, token: &Token) -> String {
    match token {
        Token::Word(word) => format!("{column}:{}", quoted(word)),
        Token::Pattern(pattern) => format!("{column}:{}", pattern.replace('\'', "\\'")),
    }
}

/// The phrases that a run stands for.
fn written_out(
    read: &ReadQuery<'_>,
    words: &WordsCondition,
    run: &Run,
) -> Result<Vec<String>, TranslateError> {
    if let Some(plain) = plain_words(run) {
        return Ok(vec![plain.join(" ")]);
    }
    let mut phrases = vec![String::new()];
    for slot in run {
        let Slot::OneOf(tokens) = slot else {
            return Err(read.cannot(&words.part, "any one word (*) in a phrase", "ask OpenSearch or DuckDB"));
        };
        let mut longer = Vec::new();
        for phrase in &phrases {
            for token in tokens {
                let Token::Word(word) = token else {
                    return Err(read.cannot(&words.part, "wildcards in a phrase", CURE));
                };
                longer.push(if phrase.is_empty() { word.clone() } else { format!("{phrase} {word}") });
            }
        }
        if longer.len() > MOST_PHRASES {
            return Err(read.cannot(&words.part, "so many phrases at once", "split the query"));
        }
        phrases = longer;
    }
    Ok(phrases)
}

/// The words of runs of one word each.
fn single_words(runs: &[Run]) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for run in runs {
        let [Slot::OneOf(tokens)] = run.as_slice() else { return None };
        for token in tokens {
            let Token::Word(word) = token else { return None };
            all.push(word.clone());
        }
    }
    Some(all)
}
