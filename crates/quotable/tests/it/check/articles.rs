//! The sample articles against the expected verdict on each quotation, recorded by their authors.

use quotable::prelude::*;
use quotable::report::Speaker;
use quotable::{Check, Edit, EditKind, Verdict, quotations_in};

use super::{corpus, sample};

/// The expected result for a quotation.
#[derive(Debug, Default)]
struct Expected {
    article: String,
    text: String,
    verdict: String,
    said_by: String,
    /// The expected edits, in the notation of the file: `number: 36 -> 63`.
    edits: Vec<String>,
    /// The path and printed paragraph number of the first place.
    place: Option<(String, Option<String>)>,
}

/// Reads the subset of TOML in the file. Its strings are valid JSON strings.
fn expected() -> Vec<Expected> {
    let file = std::fs::read_to_string(corpus().join("expected/quotations.toml")).unwrap();
    let string = |text: &str| {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
        values.next().unwrap().unwrap()
    };
    let mut all: Vec<Expected> = Vec::new();
    for line in file.lines() {
        if line == "[[quotation]]" {
            all.push(Expected::default());
        }
        let Some(last) = all.last_mut() else { continue };
        if let Some((name, value)) = line.split_once(" = ") {
            match name {
                "article" => last.article = string(value),
                "text" => last.text = string(value),
                "verdict" => last.verdict = string(value),
                "said_by" => last.said_by = string(value),
                "edits" => last.edits = serde_json::from_str(value).unwrap(),
                "  { report" if last.place.is_none() => {
                    let number = value
                        .split_once("paragraph = ")
                        .map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect());
                    last.place = Some((string(value), number));
                }
                _ => {}
            }
        }
    }
    all
}

/// True if the check has the expected edit.
fn has_edit(check: &Check, expected: &str) -> bool {
    let (kind, change) = expected.split_once(": ").unwrap_or((expected, ""));
    let is_kind = |edit: &Edit| match kind {
        "number" => edit.kind == EditKind::Number,
        "negation lost" => edit.kind == EditKind::NegationLost,
        "ellipsis" => edit.kind == EditKind::Ellipsis,
        // A bracket that changes the meaning is reported as that change.
        "bracket" => {
            edit.kind == EditKind::Bracket || edit.kind.is_grave() && edit.quoted_text.starts_with('[')
        }
        "spliced from two paragraphs" => edit.kind == EditKind::Splice,
        "added" => edit.kind == EditKind::Added,
        _ => edit.kind <= EditKind::Changed,
    };
    let (from, to) = change.split_once(" -> ").unwrap_or((change, ""));
    let (from, to) = (from.replace("none", ""), to.split(',').next().unwrap_or_default());
    let holds = |edit: &Edit| match kind {
        "words exchanged" | "spliced from two paragraphs" => true,
        "added" => edit.quoted_text.contains(change),
        "ellipsis" | "negation lost" => edit.source_text.contains(&from),
        _ => edit.source_text.contains(&from) && edit.quoted_text.contains(to),
    };
    check.edits.iter().any(|edit| is_kind(edit) && holds(edit))
}

#[test]
fn every_quotation_gets_the_expected_verdict() {
    // Ignore quotation marks that reopen a quotation in a new paragraph.
    let plain = |text: &str| text.replace(['“', '”', '"'], "");
    let expected = expected();
    assert!(expected.len() > 60);
    let (mut wrong, mut claimed) = (Vec::new(), 0);
    for one in &expected {
        let article = std::fs::read_to_string(corpus().join("articles").join(&one.article)).unwrap();
        let found = quotations_in(&article);
        let Some(quotation) = found.iter().find(|found| plain(&found.text) == plain(&one.text)) else {
            wrong.push(format!("not found: {}", one.text));
            continue;
        };
        let check = sample().check(quotation).unwrap();
        let reopened = one.text != plain(&one.text) && check.verdict == Verdict::Exact;
        if check.verdict.as_str() != one.verdict && !reopened {
            wrong.push(format!("{} is not {check}: {} ({:.2})", one.verdict, one.text, check.similarity));
        }
        for edit in one.edits.iter().filter(|edit| !has_edit(&check, edit)) {
            wrong.push(format!("not named: {edit}: {check}"));
        }
        // Without a name near the quotation the speaker is unknown; the authors know it from the whole article.
        let said_by = match quotation.speaker {
            Speaker::Report => "report",
            Speaker::Person { .. } => "person",
            _ => "",
        };
        claimed += usize::from(!said_by.is_empty());
        if !said_by.is_empty() && said_by != one.said_by {
            wrong.push(format!("said by {}, not {said_by}: {}", one.said_by, one.text));
        }
        if let (Some((path, number)), Some(place)) = (&one.place, check.places.first()) {
            let right =
                place.citation.path == *path && (number.is_none() || place.citation.paragraph == *number);
            if !right {
                wrong.push(format!("{path} {number:?} is not {}: {}", place.citation, one.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    // A wrong name does more harm than a missing one.
    assert!(claimed >= 48, "the speaker of {claimed} of {} is named", expected.len());
}
