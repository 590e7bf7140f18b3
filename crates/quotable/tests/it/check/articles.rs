//! The articles of the sample corpus against what their writers say of each quotation.

use quotable::{Verdict, quotations_in};

use super::{corpus, sample};

/// What is expected of a quotation.
#[derive(Debug, Default)]
struct Expected {
    article: String,
    text: String,
    verdict: String,
    /// The path of the first place, and its printed number.
    place: Option<(String, Option<String>)>,
}

/// Reads the few forms of TOML that the file uses: its strings are those of JSON.
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

#[test]
fn every_quotation_is_found_and_judged() {
    // Marks that open a paragraph again are no part of what is quoted.
    let plain = |text: &str| text.replace(['“', '”', '"'], "");
    let expected = expected();
    assert!(expected.len() > 60);
    let mut wrong = Vec::new();
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
        if let (Some((path, number)), Some(place)) = (&one.place, check.places.first()) {
            let right =
                place.citation.path == *path && (number.is_none() || place.citation.paragraph == *number);
            if !right {
                wrong.push(format!("{path} {number:?} is not {}: {}", place.citation, one.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
