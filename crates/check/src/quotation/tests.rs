use std::path::Path;

use quotable_read::{Budget, Readers};

use super::*;

fn texts(text: &str) -> Vec<String> {
    quotations_in(text).into_iter().map(|found| found.text).collect()
}

#[test]
fn marks_of_every_shape_pair() {
    for (text, expected) in [
        ("He wrote \"plans drift\" twice.", vec!["plans drift"]),
        ("He wrote “plans drift” twice.", vec!["plans drift"]),
        ("He wrote ‘plans drift’ twice.", vec!["plans drift"]),
        ("He wrote 'plans drift' twice.", vec!["plans drift"]),
        ("He wrote ''plans drift'' twice.", vec!["plans drift"]),
        ("He wrote «plans drift» twice.", vec!["plans drift"]),
        ("They “open curly and close straight\" here.", vec!["open curly and close straight"]),
        ("The ‘care cliff' is steep.", vec!["care cliff"]),
        ("It said:\"No space before\".", vec!["No space before"]),
        ("(“In brackets”) and “at the end”", vec!["In brackets", "at the end"]),
        ("”Wrong way round“ at both ends.", vec!["Wrong way round"]),
    ] {
        assert_eq!(texts(text), expected, "{text}");
    }
}

#[test]
fn apostrophes_are_not_marks() {
    for (text, expected) in [
        ("The children’s plans aren't in place.", vec![]),
        (
            "‘The managers’ oversight of children’s plans is weak,’ it says.",
            vec!["The managers’ oversight of children’s plans is weak,"],
        ),
        ("Both ‘workers’ and ‘managers’ left.", vec!["workers", "managers"]),
        ("In the '90s the workers' hours were long.", vec![]),
        ("Back in the ’90s, they said ‘wait’.", vec!["wait"]),
        ("A 6\" ruler and 5' of tape.", vec![]),
        ("Tell 'em ‘no’ and rock 'n' roll.", vec!["no"]),
    ] {
        assert_eq!(texts(text), expected, "{text}");
    }
}

#[test]
fn quotations_nest() {
    let found =
        quotations_in("She said: “They call it ‘the list’, and it is long.” Then ‘a \"b c\" d’ came.");
    let seen: Vec<_> = found.iter().map(|found| (found.text.as_str(), found.depth)).collect();
    assert_eq!(
        seen,
        [("They call it ‘the list’, and it is long.", 0), ("the list", 1), ("a \"b c\" d", 0), ("b c", 1),]
    );
}

#[test]
fn a_quotation_continues_where_it_is_opened_again() {
    let text = "It said: \"One is here.\n\n“Two is here.\n\nPicture: the quay\n\n“Three is here.\"\n\nFour.";
    let found = quotations_in(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "One is here. Two is here. Three is here.");
    let parts: Vec<&str> = found[0].parts.iter().map(|part| &text[part.bytes.clone()]).collect();
    assert_eq!(parts, ["One is here.", "Two is here.", "Three is here."]);
    assert_eq!(found[0].parts.iter().map(|part| part.paragraph).collect::<Vec<_>>(), [0, 1, 3]);
}

#[test]
fn an_unclosed_quotation_ends_with_its_paragraph() {
    let found =
        quotations_in("It said: “One is here.\n\nNothing more.\n\nHe said “this: “That is so.” And “on");
    let seen: Vec<_> = found.iter().map(|found| (found.text.as_str(), found.closed)).collect();
    assert_eq!(seen, [("One is here.", false), ("this:", false), ("That is so.", true), ("on", false)]);
}

#[test]
fn an_announced_paragraph_is_a_block_quotation() {
    let found =
        quotations_in("Their report says:\n\n    Children are held in mind by all who work.\n\nNext.");
    assert_eq!(found[0].kind, QuotationKind::Block);
    assert_eq!(found[0].text, "Children are held in mind by all who work.");
    assert_eq!(found[0].speaker, Speaker::Report);
    assert_eq!(texts("The points are as follows:\n\nChildren are held in mind by all who work."), [""; 0]);
}

#[test]
fn speakers_are_told_by_the_words_around() {
    let person = |name: &str| Speaker::Person { name: Some(name.to_owned()) };
    for (text, expected, evidence) in [
        ("The report said: “Plans are late.”", Speaker::Report, "report said"),
        ("‘Plans are late in most cases,’ the report stated.", Speaker::Report, "report stated"),
        ("‘Nobody is glad,’ said Ada Quill, the director.", person("Ada Quill"), "said Ada Quill"),
        (
            "Cllr Ada Quill, who leads, told us: “I am sorry for it.”",
            person("Cllr Ada Quill"),
            "Cllr Ada Quill",
        ),
        (
            "One parent told inspectors that it was ‘there before you ask’.",
            Speaker::Person { name: None },
            "",
        ),
        ("Work was “left in a tray for a week”.", Speaker::Unattributed, ""),
        ("Ada Quill welcomed the finding that “homes are warm and dry”.", Speaker::Report, "finding"),
        ("“Homes are warm and dry” is, Ada Quill said, the aim.", Speaker::Unattributed, ""),
    ] {
        let found = quotations_in(text);
        if !text.contains("who leads") {
            assert_eq!(found[0].speaker, expected, "{text}");
        } else {
            assert!(matches!(found[0].speaker, Speaker::Person { .. }), "{text}");
        }
        let said = found[0].evidence.as_ref().map_or("", |evidence| evidence.text.as_str());
        assert!(said.contains(evidence) || text.contains("who leads"), "{text}: {said}");
    }
}

#[test]
fn the_right_person_is_named_or_none() {
    let person = |name: &str| Speaker::Person { name: Some(name.to_owned()) };
    let someone = || Speaker::Person { name: None };
    for (text, expected) in [
        // The one behind `by` speaks, and the deputy of a clause with `whose`.
        ("Ada Quill was told by Ned Vane: “Plans are late.”", person("Ned Vane")),
        ("Ada Quill, told by Ned Vane “plans are very late”, left.", person("Ned Vane")),
        ("Ada Quill, whose deputy Ned Vane said “plans are very late”, left.", person("Ned Vane")),
        ("Work was described by inspectors as “slow and also dear”.", Speaker::Report),
        ("Ada Quill and Ned Vane said: “Plans are late.”", someone()),
        ("“Plans are late,” said Ada Quill KC.", person("Ada Quill")),
        ("Ada Quill MBE said: “Plans are late.”", person("Ada Quill")),
        ("Mayor of Swindon Ada Quill said: “Plans are late.”", person("Ada Quill")),
        ("An email from Ada Quill says: “Plans are late.”", person("Ada Quill")),
        ("Peers heard from Ada Quill that “plans are very late”.", person("Ada Quill")),
        // A question, a condition and a denial tell of nobody.
        ("Had Ada Quill said “plans are very late”, few would mind.", Speaker::Unattributed),
        ("Ada Quill never said “plans are very late”.", someone()),
        ("Ada Quill denied saying “plans are very late”.", someone()),
        ("The report did not say that “plans are very late”.", Speaker::Unattributed),
        // What was said to somebody or of him is not his.
        ("Accused of “hiding the whole truth”, Ned Vane said he was sorry.", someone()),
        ("Described by Ada Quill as “a safe pair of hands”, Ned Vane promised change.", person("Ada Quill")),
        ("Asked by Ada Quill whether “plans are very late”, Ned Vane said yes.", someone()),
        ("Ned Vane quoted Ada Quill as saying “plans are very late”.", person("Ada Quill")),
        ("The lawyer representing Ada Quill said: “Plans are late.”", someone()),
        ("A group run by Ada Quill said: “Plans are late.”", someone()),
        ("“Plans are late,” said a spokesman for Ada Quill.", Speaker::Organisation { name: None }),
        ("“Plans are very late” is how Ada Quill put it.", person("Ada Quill")),
        ("“Plans are very late” was the verdict of Ned Vane.", person("Ned Vane")),
        ("In the words of Ada Quill, “plans are very late”.", person("Ada Quill")),
        ("Ada Quill pointed out that “plans are very late”.", person("Ada Quill")),
        ("“Plans are late,” conceded Ada Quill.", person("Ada Quill")),
        // Whoever they are, they are not the report.
        ("In a statement seen by the Lamp, Lanternfolk said: “Plans are late.”", someone()),
        ("His wife said: “Plans are late.”", someone()),
        ("Friends of Mr Quill said: “Plans are late.”", someone()),
        ("Ned Vane’s deputy said: “Plans are late.”", someone()),
        ("According to the Leader, “plans are very late”.", someone()),
        ("“Plans are late,” readers said.", someone()),
        ("Ned Vane, says Ada Quill, “should be very late”.", person("Ada Quill")),
        ("Ned Vane says Ada Quill’s line that “plans are very late” is wrong.", person("Ada Quill")),
        ("“Plans are late,” said Ada Quill’s spokesman.", Speaker::Organisation { name: None }),
        ("Ada Quill/Ned Vane: “Plans are late.”", someone()),
        ("“Plans are late,” Ada Quill, the leader, and Ned Vane, her deputy, said.", someone()),
        ("Neither Ada Quill nor Ned Vane said “plans are very late”.", someone()),
        ("When will Ada Quill say “plans are very late”?", someone()),
        ("As Ada put it: “Plans are late.”", someone()),
        ("Former inspector Ned Vane said: “Plans are late.”", person("Ned Vane")),
        ("The report by the council’s own auditors says “plans are very late”.", someone()),
        ("Ofsted chief inspector Sir Ned Vane told peers: “Plans are late.”", person("Sir Ned Vane")),
        ("Ofsted’s Ada Quill said: “Plans are late.”", person("Ada Quill")),
        ("A charity’s report says “plans are very late”.", someone()),
        // Those who wrote it are.
        ("Swindon’s Ofsted report of 21 May 2022 says “plans are very late”.", Speaker::Report),
        ("Swindon’s report says “plans are very late”.", Speaker::Report),
        ("The council’s Ofsted report says “plans are very late”.", Speaker::Report),
        ("They hailed an Ofsted report of May 2022 which said “plans are very late”.", Speaker::Report),
        ("Ofsted’s report on Swindon (21 May 2022) said that children “are very late”.", Speaker::Report),
        (
            "Responding to Ofsted’s finding that “plans are very late”, Ada Quill said little.",
            Speaker::Report,
        ),
        ("Ada Quill has read the verdict: “Plans are late.”", Speaker::Report),
        ("Inspectors led by Ada Quill found: “Plans are late.”", Speaker::Report),
        ("The Care Quality Commission said: “Plans are late.”", Speaker::Report),
        ("CQC inspectors said: “Plans are late.”", Speaker::Report),
        ("A letter from Ofsted says: “Plans are late.”", Speaker::Report),
        ("The document said: “Plans are late.”", Speaker::Unattributed),
    ] {
        let found = quotations_in(text);
        assert_eq!(found[0].speaker, expected, "{text}");
    }
    // A list has one speaker, whichever part has the words that tell.
    for text in [
        "Ofsted called work ‘very slow’, ‘rather late’ and ‘much too dear’.",
        "Labelled ‘very slow’ and ‘rather late’ by Ofsted, it went on.",
    ] {
        assert!(quotations_in(text).iter().all(|found| found.speaker == Speaker::Report), "{text}");
    }
    // What somebody quotes from the report is the report's.
    let found =
        quotations_in("Ada Quill said: “It is clear. Ofsted says: ‘Plans are late for most.’ We agree.”");
    assert_eq!((&found[0].speaker, &found[1].speaker), (&person("Ada Quill"), &Speaker::Report));
}

#[test]
fn a_speaker_is_carried_on_only_while_nobody_else_comes_in() {
    let person = |name: Option<&str>| Speaker::Person { name: name.map(str::to_owned) };
    for (second, expected) in [
        ("“They are lost.”", person(Some("Ada Quill"))),
        ("“They are lost,” snapped Ned Vane.", person(None)),
        ("“They are lost” (Ned Vane).", person(None)),
        ("Ned Vane agreed. “They are lost.”", person(None)),
        ("“They are lost.” That was Ned Vane’s answer.", person(None)),
        ("Inspectors disagreed. “They are lost.”", Speaker::Unattributed),
    ] {
        let found = quotations_in(&format!("“Plans are late,” said Ada Quill. {second}"));
        assert_eq!(found[1].speaker, expected, "{second}");
    }
    let found = quotations_in(
        "It found “very serious gaps”, with a “rather small” number of children “left at risk of harm”.",
    );
    assert!(found.iter().all(|found| found.speaker == Speaker::Report), "children are no other speakers");
    // The words behind a quotation may lead to the next.
    for (behind, second) in [("adding: ", "Ada Quill"), ("while Ned Vane added: ", "Ned Vane")] {
        let found = quotations_in(&format!("“Plans are late,” said Ada Quill, {behind}“They are lost.”"));
        assert_eq!(found[0].speaker, person(Some("Ada Quill")), "{behind}");
        assert_eq!(found[1].speaker, person(Some(second)), "{behind}");
    }
    let found =
        quotations_in("It said “plans are very late”, which Ada Quill called “rather a fair thing to say”.");
    assert_eq!((&found[0].speaker, &found[1].speaker), (&Speaker::Report, &person(Some("Ada Quill"))));
}

#[test]
fn a_pronoun_refers_to_the_speaker_before() {
    let found = quotations_in("The report says “plans are very late”.\n\nIt adds: “Some are lost for good.”");
    assert_eq!(found[1].speaker, Speaker::Report);
    let found = quotations_in("Ms Quill said: “We are late.”\n\nShe added: “Some are lost for good.”");
    assert_eq!(found[1].speaker, found[0].speaker);
}

#[test]
fn one_to_three_words_are_scare_quotes() {
    let found = quotations_in("Work was “inadequate”. They said: “We failed.” It is “slow, late and dear”.");
    let kinds: Vec<_> = found.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [QuotationKind::Scare, QuotationKind::Marked, QuotationKind::Marked]);
}

#[test]
fn unpaired_marks_take_linear_time() {
    let started = std::time::Instant::now();
    for muddle in ["\"", "“", "‘", "'", "’ ", "“a ‘b ", "s’ a", "“a\n\n", "\"a\" ", "x"] {
        let text = muddle.repeat(100_000);
        let found = quotations_in(&text);
        let total: usize = found.iter().map(|found| found.text.len()).sum();
        assert!(total <= 4 * text.len(), "{muddle}");
    }
    assert!(quotations_in("").is_empty());
    assert!(started.elapsed() < std::time::Duration::from_secs(20));
}

proptest::proptest! {
    #[test]
    fn parts_and_evidence_are_slices_of_the_text(text in "([a-z]{1,4}|[“”‘’\"' ,.:\n]|\n\n){0,60}") {
        for found in quotations_in(&text) {
            for part in &found.parts {
                let slice = text.get(part.bytes.clone()).unwrap();
                proptest::prop_assert!(!slice.is_empty() && slice.trim() == slice);
            }
            if let Some(evidence) = &found.evidence {
                proptest::prop_assert_eq!(&text[evidence.bytes.clone()], evidence.text.as_str());
            }
        }
    }
}

/// The report of a file with this name and content.
fn read(name: &str, text: &str) -> Report {
    let document = Readers::default().read(Path::new(name), text.as_bytes(), &Budget::default()).unwrap();
    Report::from_document(&document, name)
}

#[test]
fn blockquotes_of_a_format_are_block_quotations() {
    let words = "The boats of Wexcombe carry ‘warm lamps’ to every quay.";
    let more = "No lamp was found out.";
    let markdown = format!(
        "# Lamps fail\n\nThe report of the inspectors says:\n\n> {words}\n>\n> {more}\n>\n> — page four\n\nOfsted left.\n\n> “All \
         of this stands in marks.”\n"
    );
    let html = format!(
        "<h1>Lamps fail</h1><p>The report of the inspectors says:</p><blockquote><p>{words}</p><p>{more}</p>\
         <p>— page four</p></blockquote><p>Ofsted left.</p>\
         <blockquote><p>“All of this stands in marks.”</p></blockquote>"
    );
    for (name, text) in [("lamps.md", markdown), ("lamps.html", html)] {
        let found = quotations(&read(name, &text));
        let seen: Vec<_> = found.iter().map(|found| (found.text.as_str(), found.kind, found.depth)).collect();
        let expected = [
            (words, QuotationKind::Block, 0),
            ("warm lamps", QuotationKind::Scare, 1),
            (more, QuotationKind::Block, 0),
            ("All of this stands in marks.", QuotationKind::Marked, 0),
        ];
        assert_eq!(seen, expected, "{name}");
        assert_eq!((&found[0].speaker, &found[2].speaker), (&Speaker::Report, &Speaker::Report), "{name}");
    }
}

#[test]
fn block_quotations_side_by_side_are_two() {
    let html = "<h1>Lamps fail</h1><p>The report of the inspectors says:</p><blockquote>No lamp of Wexcombe was lit that \
                night.</blockquote><blockquote>We are sorry for all those lamps. – Ada Quill, leader</blockquote><p>Then more.</p>";
    let found = quotations(&read("lamps.html", html));
    let person = Speaker::Person { name: Some("Ada Quill".to_owned()) };
    let seen: Vec<_> = found.iter().map(|found| (found.text.as_str(), &found.speaker)).collect();
    assert_eq!(
        seen,
        [
            ("No lamp of Wexcombe was lit that night.", &Speaker::Report),
            ("We are sorry for all those lamps.", &person)
        ]
    );
}

#[test]
fn the_words_before_a_quotation_may_deny_it() {
    for (text, negated) in [
        ("Leaders are not “fully aware of it all”.", true),
        ("Leaders aren’t “fully aware of it all”.", true),
        ("There was a lack of “any real work with families”.", true),
        ("Leaders are “fully aware of it all”.", false),
        ("Nobody came. Leaders are “fully aware of it all”.", false),
    ] {
        assert_eq!(quotations_in(text)[0].negated, negated, "{text}");
    }
}

#[test]
fn the_line_below_a_block_quotation_names_its_speaker() {
    for credit in ["> — Ada Quill, leader\n", ">\n> — Ada Quill, leader of the council\n"] {
        let article = read(
            "a.md",
            &format!("Early one day.\n\n> Plans are late, and nobody is glad of it.\n{credit}\nThen more."),
        );
        let found = quotations(&article);
        assert_eq!(found.len(), 1, "{credit}");
        assert_eq!(found[0].text, "Plans are late, and nobody is glad of it.", "{credit}");
        assert_eq!(found[0].speaker, Speaker::Person { name: Some("Ada Quill".to_owned()) }, "{credit}");
    }
    let article = read(
        "a.md",
        "Early one day.\n\n> Plans are late, and nobody is glad of it.\n> — Ofsted\n\nThen more.",
    );
    assert_eq!(quotations(&article)[0].speaker, Speaker::Report);
}

#[test]
fn the_first_quotations_are_those_of_all_and_the_rest_is_counted() {
    // An outer quotation over several paragraphs ends last and begins first.
    let mut text = "The report says:\n\nPlans drift in most of the cases that we saw.\n\n".to_owned();
    text += "She said: “It began like this.\n\n“And it went on, ‘as ever’ and ‘for ever’.”\n\n";
    for number in 0..3_000 {
        text += &format!("He said “word {number}” and ‘that’. ");
        if number % 7 == 0 {
            text += "\n\n";
        }
    }
    let all = quotations_in(&text);
    for most in [0, 1, 2, 3, 5, 200, 4_000, all.len(), all.len() + 1] {
        let first = first_quotations_in(&text, most);
        assert_eq!(first.total, all.len() as u64);
        assert_eq!(first.quotations, all[..most.min(all.len())], "{most}");
    }
}
