//! The day of an article that its format does not tell: that of its dateline.

use quotable_query::analyse::words;
use quotable_report::{Date, Report};

use crate::days::{NamedDay, named_days};

/// Paragraphs at the head of an article that may hold its dateline, and the words of one that is nothing else.
const HEAD: usize = 4;
const LONGEST_LINE: usize = 12;
/// Bytes before the day in a paragraph that begins with a dateline: `ROMFORD, 5 March 2019 –`.
const BEFORE: usize = 40;
/// Words that make a day that of a report.
const REPORTS: [&str; 12] = [
    "report", "reports", "inspection", "inspections", "inspected", "inspector", "inspectors", "ofsted",
    "visit", "visited", "review", "cqc",
];

/// The day of an article: as its format tells, or else that of a line of its own (`Updated 05/03/2019 10:44`) or of a
/// dateline (`ROMFORD, 5 March 2019 – …`) among its first paragraphs. A month without a day stands for its last day.
pub(crate) fn day_of_article(article: &Report) -> Option<Date> {
    // The first line of a plain text may be taken for its title.
    let title = article.title.as_deref().filter(|title| {
        let first = words(title).next().map(|word| word.text).unwrap_or_default();
        matches!(first.as_str(), "updated" | "published" | "posted" | "first" | "last" | "date")
    });
    let head = article.paragraphs.iter().take(HEAD).map(|paragraph| paragraph.text.as_str());
    article.published.or_else(|| title.into_iter().chain(head).find_map(dateline))
}

fn dateline(text: &str) -> Option<Date> {
    let named = named_days(text).into_iter().find(|day| day.year.is_some())?;
    let all: Vec<_> = words(text).collect();
    let before = text.get(..named.bytes.start)?;
    let sentence = text.trim_end().ends_with(['.', '!', '?']);
    let line = !sentence
        && all.len() <= LONGEST_LINE
        && !all.iter().any(|word| REPORTS.contains(&word.text.as_str()));
    let capital = |word: &str| word.starts_with(|first: char| first.is_uppercase() || !first.is_alphabetic());
    let behind = text.get(named.bytes.end..)?.trim_start();
    let opens = before.len() <= BEFORE
        && !before.contains(['.', '!', '?'])
        && before.split_whitespace().all(capital)
        && behind.starts_with([':', '-', '–', '—', '.', '(', '|'])
        && !words(before).any(|word| REPORTS.contains(&word.text.as_str()));
    (line || opens).then(|| whole(&named)).flatten()
}

/// The day itself, or the last of its month.
fn whole(named: &NamedDay) -> Option<Date> {
    let year = named.year?;
    match named.day {
        Some(day) => Date::new(year, named.month, day),
        None => (28..=31).rev().find_map(|day| Date::new(year, named.month, day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_told_from_a_day_in_prose() {
        for (text, expected) in [
            ("WYREHAM, 5 Mar 2019: The council has failed its children.", Some("2019-03-05")),
            ("Wyreham, March 5, 2019 - The council has failed its children.", Some("2019-03-05")),
            ("Updated 05/03/2019 10:44", Some("2019-03-05")),
            ("First published: 2019-03-05", Some("2019-03-05")),
            ("By Ada Quill | March 2019", Some("2019-03-31")),
            ("The report was published on 5 March 2019.", None),
            (
                "In March 2019 the council had failed the children of the town, as it did again in May of that year.",
                None,
            ),
            ("Inspectors came on 5 March 2019 - and left.", None),
            ("Its predecessor, Old Wyreham Council, was judged inadequate in March 2019.", None),
        ] {
            assert_eq!(dateline(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }
}
