//! SQL over the tables of a Parquet export, for DuckDB and Spark.

use super::QueryTarget;
use super::condition::{
    ColumnName, Condition, ReadQuery, Run, Slot, Token, WordsCondition, WordsTest, plain_words,
};
use super::error::TranslateError;

/// A statement that counts what the query finds. A user may put other columns in its place.
pub(super) fn statement(read: &ReadQuery<'_>, target: QueryTarget) -> Result<String, TranslateError> {
    let sql = Sql { is_spark: target == QueryTarget::Spark };
    let parts = match &read.condition {
        Condition::All(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let parts: Vec<String> = parts.iter().map(|part| sql.condition(part)).collect();
    let condition = if parts.is_empty() { "true".to_owned() } else { parts.join("\n  AND ") };
    Ok(format!(
        "SELECT count(*) AS paragraphs, count(DISTINCT report_id) AS reports\nFROM paragraphs\nWHERE {condition}"
    ))
}

struct Sql {
    is_spark: bool,
}

impl Sql {
    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) if parts.is_empty() => "true".to_owned(),
            Condition::All(parts) => self.joined(parts, " AND "),
            Condition::Any(parts) => self.joined(parts, " OR "),
            Condition::Not(part) => format!("NOT {}", self.condition(part)),
            Condition::Everything => "true".to_owned(),
            Condition::True(column) => (*column).to_owned(),
            Condition::OneOf(_, values) if values.is_empty() => "false".to_owned(),
            Condition::OneOf(ColumnName { name, is_list: false }, values) => {
                known(&format!("{name} IN ({})", self.literals(values)))
            }
            Condition::OneOf(ColumnName { name, .. }, values) => {
                let values = self.literals(values);
                if self.is_spark {
                    format!("arrays_overlap({name}, array({values}))")
                } else {
                    format!("list_has_any({name}, [{values}])")
                }
            }
            Condition::IsSet(ColumnName { name, is_list: false }) => format!("({name} IS NOT NULL)"),
            Condition::IsSet(ColumnName { name, .. }) if self.is_spark => format!("(size({name}) > 0)"),
            Condition::IsSet(ColumnName { name, .. }) => format!("(len({name}) > 0)"),
            Condition::Days(column, from, to) => {
                let from = from.as_ref().map(|day| format!("{column} >= DATE '{day}'"));
                let to = to.as_ref().map(|day| format!("{column} <= DATE '{day}'"));
                known(&both(from, to))
            }
            // The pages of a paragraph follow one another.
            Condition::Pages(from, to) => {
                let from = from.map(|page| format!("page_end >= {page}"));
                let to = to.map(|page| format!("page <= {page}"));
                known(&both(from, to))
            }
            Condition::Inspected(_, from, to) => self.inspected(from.as_deref(), to.as_deref()),
            Condition::Below(path) => {
                let starts_with = if self.is_spark { "startswith" } else { "starts_with" };
                let (path, folder) = (self.literal(path), self.literal(&format!("{path}/")));
                format!("(path = {path} OR {starts_with}(path, {folder}))")
            }
            Condition::Words(words) => self.words(words),
            Condition::Sentence(_, part) => {
                format!("id IN (SELECT paragraph_id FROM sentences WHERE {})", self.condition(part))
            }
        }
    }

    fn joined(&self, parts: &[Condition], operator: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
        format!("({})", parts.join(operator))
    }

    /// A period shares a day with the range. Days as ISO 8601 has them compare as texts.
    fn inspected(&self, from: Option<&str>, to: Option<&str>) -> String {
        let (first, last) = if self.is_spark {
            ("substring(x, 1, 10)", "substring(x, 12, 10)")
        } else {
            ("x[1:10]", "x[12:21]")
        };
        let from = from.map(|day| format!("{last} >= '{day}'"));
        let test = both(from, to.map(|day| format!("{first} <= '{day}'")));
        if self.is_spark {
            format!("exists(inspected, x -> {test})")
        } else {
            format!("(len([x FOR x IN inspected IF {test}]) > 0)")
        }
    }

    fn words(&self, words: &WordsCondition) -> String {
        let column = words.column;
        match &words.test {
            WordsTest::Run(run) => match plain_words(run) {
                Some(plain) => {
                    let text = self.literal(&format!(" {} ", plain.join(" ")));
                    format!("contains(' ' || {column} || ' ', {text})")
                }
                None => self.matches(column, &run_pattern(run)),
            },
            WordsTest::Near { left, right, distance, ordered } => {
                let between = match distance.saturating_sub(1) {
                    0 => " ".to_owned(),
                    most => format!("(?: [^ ]+){{0,{most}}} "),
                };
                let (left, right) = (side_pattern(left), side_pattern(right));
                let one = format!("{left}{between}{right}");
                let pattern = if *ordered { one } else { format!("(?:{one}|{right}{between}{left})") };
                self.matches(column, &pattern)
            }
        }
    }

    /// The words of the column hold the pattern between spaces or ends.
    fn matches(&self, column: &str, pattern: &str) -> String {
        let function = if self.is_spark { "regexp_like" } else { "regexp_matches" };
        format!("{function}({column}, {})", self.literal(&format!("(?:^| ){pattern}(?: |$)")))
    }

    fn literals(&self, values: &[String]) -> String {
        values.iter().map(|value| self.literal(value)).collect::<Vec<_>>().join(", ")
    }

    fn literal(&self, text: &str) -> String {
        if self.is_spark {
            // Two quotation marks side by side are two strings joined.
            return format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
        }
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// A comparison with a missing value does not hold, and its NOT does.
fn known(test: &str) -> String {
    format!("coalesce({test}, false)")
}

fn both(from: Option<String>, to: Option<String>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} AND {to}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "true".to_owned(),
    }
}

fn side_pattern(runs: &[Run]) -> String {
    match runs {
        [run] => run_pattern(run),
        runs => format!("(?:{})", runs.iter().map(run_pattern).collect::<Vec<_>>().join("|")),
    }
}

/// Words have letters, digits and apostrophes only, so nothing in them is a sign of regular expressions.
fn run_pattern(run: &Run) -> String {
    let token = |token: &Token| match token {
        Token::Word(word) => word.clone(),
        Token::Pattern(pattern) => pattern.replace('*', "[^ ]*").replace('?', "[^ ]"),
    };
    let slot = |slot: &Slot| match slot {
        Slot::Gap => "[^ ]+".to_owned(),
        Slot::OneOf(tokens) => match tokens.as_slice() {
            [one] => token(one),
            several => format!("(?:{})", several.iter().map(token).collect::<Vec<_>>().join("|")),
        },
    };
    run.iter().map(slot).collect::<Vec<_>>().join(" ")
}
