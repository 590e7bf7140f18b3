//! Whole articles: the reports that they are about, words that stand elsewhere, consecutive paragraphs, passages without
//! marks, and claims.

use quotable::prelude::*;
use quotable::query::{Field, Query};
use quotable::report::{
    Area, Authority, Date, Grade, Judgement, Paragraph, Period, QuotationKind, Report, ReportKind, Speaker,
};
use quotable::{ArticleCheck, CheckOptions, ClaimKind, EditKind, Index, Verdict, used_paragraphs};

use crate::fixtures::{index_of, report};

/// A report on an authority of these paragraphs, published on a day.
fn on(authority: &str, published: &str, paragraphs: &[&str]) -> Report {
    let key = authority.to_lowercase();
    let mut report = report(&format!("{key} {published}.txt"), paragraphs);
    report.kind = ReportKind::Report;
    let mut named = Authority::new(format!("{authority} Council"), key);
    if authority == "Wexcombe" {
        named.aliases.push("Wexes".to_owned());
    }
    report.authority = Some(named);
    report.published = Some(published.parse().unwrap());
    for (at, paragraph) in report.paragraphs.iter_mut().enumerate() {
        paragraph.number = Some((at + 1).to_string());
    }
    report
}

fn area(label: &str) -> Area {
    Area::from_label(label).unwrap()
}

/// Two reports on Wexcombe, and one on another authority that is later and has some of the words as they are misquoted.
fn index() -> Index {
    let first = on(
        "Wexcombe",
        "2014-08-08",
        &[
            "Managers lose sight of children who move between the harbour and the hill.",
            "Lamps are lit at five.",
        ],
    );
    let mut second = on(
        "Wexcombe",
        "2018-01-29",
        &[
            "Services for families are still not all good enough for the town.",
            "Visits to families are kind, but they are not always of use. Some workers draw maps.",
            "Some children spoke warmly about their workers. One had waited a week for a boat home.",
            "At 31 October 2017, 2,447 children were known to the lamp office.",
            "Boats that carry children to school leave when the tide allows, and teachers wait for them on the quay.",
            "The response to children who go missing is not yet sufficiently lively for all of them.",
        ],
    );
    second.judgements = vec![
        Judgement::new(area("overall"), "Overall", Grade::from_label("inadequate").unwrap(), "inadequate"),
        Judgement::new(area("adoption"), "Adoption performance", Grade::from_label("good").unwrap(), "good"),
    ];
    let start = "2017-11-06".parse::<Date>().unwrap();
    second.inspected = vec![Period { start, end: "2017-11-30".parse().unwrap() }];
    let third = on(
        "Thornley",
        "2019-07-01",
        &[
            "Work with families is still not good enough for anyone.",
            "The plan is sufficiently lively for all.",
        ],
    );
    index_of([first, second, third])
}

fn article(paragraphs: &[&str]) -> Report {
    let mut article = Report::default();
    article.paragraphs.extend(paragraphs.iter().map(|text| Paragraph::new(*text)));
    article
}

fn check(index: &Index, article: &Report) -> ArticleCheck {
    index.check_article(article, &CheckOptions::default()).unwrap()
}

const QUOTED: &str =
    "The report on Wexes council says: “Visits to families are kind, but they are not always of use.”";

#[test]
fn quotations_and_other_names_tell_what_an_article_is_about() {
    let index = index();
    let about = check(&index, &article(&[QUOTED])).about.unwrap();
    assert_eq!(about.report.as_deref(), Some("wexcombe 2018-01-29.txt"), "by an alias, and without a date");
    assert_eq!((about.reports[0].quotations, about.looked_for), (1, 1));
    assert_eq!(
        about.to_string(),
        "Wexcombe Council, published 29 January 2018; the one quotation stands there"
    );

    let mut early = article(&["Wexcombe council was told off today by the report."]);
    early.published = Date::new(2015, 3, 1);
    let about = check(&index, &early).about.unwrap();
    assert_eq!(
        about.report.as_deref(),
        Some("wexcombe 2014-08-08.txt"),
        "the later report is younger than the article"
    );

    let undated = article(&["Wexcombe council was told off by the report."]);
    let about = check(&index, &undated).about.unwrap();
    assert_eq!((about.report, about.reports.len()), (None, 2), "nothing singles one out");
    let dated = article(&["Wexcombe council: the report of 29 January 2018 told it off."]);
    assert_eq!(check(&index, &dated).about.unwrap().report.as_deref(), Some("wexcombe 2018-01-29.txt"));
    let mut by_year = article(&["Wexcombe council was told off in 2014, in a report of its visits."]);
    by_year.published = Date::new(2019, 3, 1);
    assert_eq!(check(&index, &by_year).about.unwrap().report.as_deref(), Some("wexcombe 2014-08-08.txt"));
    // A mention of a longer name is none of the shorter, and a word in small letters is no name.
    assert_eq!(check(&index, &article(&["Nobody is named, wexcombe."])).about, None);
}

#[test]
fn words_of_another_report_stand_elsewhere() {
    let index = index();
    let checked = check(
        &index,
        &article(&[
            QUOTED,
            "Work is “still not good enough”, and the plan is “sufficiently lively”, or “told off”.",
        ]),
    );
    let verdicts: Vec<Verdict> = checked.quotations.iter().map(|checked| checked.check.verdict).collect();
    assert_eq!(verdicts, [Verdict::Exact, Verdict::Elsewhere, Verdict::Exact, Verdict::Absent]);
    let elsewhere = &checked.quotations[1].check;
    assert_eq!(elsewhere.places[0].citation.authority_key.as_deref(), Some("thornley"));
    let here = elsewhere.in_about.as_ref().unwrap();
    assert_eq!(here.verdict, Verdict::Altered);
    assert_eq!((here.edits[0].kind, here.edits[0].source_text.as_str()), (EditKind::Missing, "all"));
    assert!(here.place.as_ref().unwrap().citation.path.starts_with("wexcombe 2018"));
    // Without a guess, the words are exact wherever they stand.
    let options = CheckOptions::default().guess(false);
    let alike =
        index.check_article(&article(&["It is “still not good enough for anyone”."]), &options).unwrap();
    assert_eq!((alike.about, alike.quotations[0].check.verdict), (None, Verdict::Exact));
}

#[test]
fn the_reader_can_name_the_report() {
    let index = index();
    let named = |name: &str| index.about_named(name, None).unwrap().map(|about| about.report);
    let first = Some("wexcombe 2014-08-08.txt".to_owned());
    for name in ["Wexes 2014", "wexcombe council 2014-08", "wexcombe 2014-08-08.txt"] {
        assert_eq!(named(name), Some(first.clone()), "{name}");
    }
    assert_eq!(named("Wexcombe"), Some(None), "all reports on it");
    assert_eq!(named("Wexcombe 2016"), None);
    let early = index.about_named("Wexcombe", Date::new(2016, 1, 1)).unwrap().unwrap();
    assert_eq!(early.report, first);
    let error = index.about_named("Wexcomb", None).unwrap_err();
    assert_eq!(error.nearest(), ["wexcombe"]);

    let about = index.about_named("Wexes 2014", None).unwrap();
    let checked = index.check_article(&article(&[QUOTED]), &CheckOptions::default().about(about)).unwrap();
    assert_eq!(checked.quotations[0].check.verdict, Verdict::Elsewhere);
    // A filter confines the guess.
    let options = CheckOptions::default().filter(Query::filter(Field::Path, "wexcombe 2014*"));
    let confined = index.check_article(&article(&[QUOTED]), &options).unwrap();
    assert_eq!(confined.quotations[0].check.verdict, Verdict::Absent);
    assert_eq!(confined.about.unwrap().report.as_deref(), Some("wexcombe 2014-08-08.txt"));
}

#[test]
fn a_quotation_over_consecutive_paragraphs_is_one_place() {
    let index = index();
    let halves = [
        "The report on Wexcombe says: “Visits to families are kind, but they are not always of use.",
        "“Some children spoke warmly about their workers.”",
    ];
    let checked = check(&index, &article(&halves));
    let found = &checked.quotations[0].check;
    assert_eq!((found.verdict, found.consecutive, found.total), (Verdict::Exact, true, 1), "{found}");
    assert!(found.citation().unwrap().to_string().contains(", paras 2-3"), "{found}");
    assert_eq!(found.places.len(), 2);
    let quoted = |at: usize| &found.text[found.places[at].quoted.clone()];
    assert_eq!(quoted(1), "Some children spoke warmly about their workers");

    // The second half begins in the middle of its paragraph: what is left out may turn the sense.
    let skips = [halves[0], "“One had waited a week for a boat home.”"];
    let found = &check(&index, &article(&skips)).quotations[0].check;
    assert_eq!((found.verdict, found.consecutive), (Verdict::Altered, true), "{found}");
    let missing: Vec<&str> = found.edits.iter().map(|edit| edit.source_text.as_str()).collect();
    assert_eq!(missing, ["Some workers draw maps", "Some children spoke warmly about their workers"]);
    assert!(found.edits.iter().all(|edit| edit.kind == EditKind::Missing), "{found}");

    // In one paragraph of the article the words between are left out in silence.
    let joined = "The report on Wexcombe says: “Visits to families are kind, but they are not always of use. Some children \
                  spoke warmly about their workers.”";
    let found = &check(&index, &article(&[joined])).quotations[0].check;
    assert_eq!(found.verdict, Verdict::Spliced, "{found}");
    // Paragraphs that are not neighbours stay a splice, and changed words a change.
    let apart = [halves[0], "“Boats that carry children to school leave when the tide allows.”"];
    assert_eq!(check(&index, &article(&apart)).quotations[0].check.verdict, Verdict::Spliced);
    let changed = [halves[0], "“Some children spoke coldly about their workers.”"];
    let found = &check(&index, &article(&changed)).quotations[0].check;
    assert_eq!((found.verdict, found.consecutive), (Verdict::Altered, true), "{found}");
    assert!(found.edits.iter().all(|edit| edit.kind != EditKind::Splice), "{found}");
}

#[test]
fn a_negation_before_the_opening_mark_is_not_left_out_in_silence() {
    let index = index();
    for (sentence, verdict) in [
        ("The report on Wexcombe says visits to families are “always of use”.", Verdict::Altered),
        ("The report on Wexcombe says visits to families are not “always of use”.", Verdict::Exact),
    ] {
        let longer = sentence.replace("always of use", "always of use. Some workers draw maps");
        let found = &check(&index, &article(&[&longer])).quotations[0].check;
        assert_eq!(found.verdict, verdict, "{found}");
        assert_eq!(
            found.edits.iter().any(|edit| edit.kind == EditKind::NegationLost),
            verdict == Verdict::Altered
        );
    }
}

#[test]
fn a_quotation_may_begin_inside_a_contraction() {
    // The two words of `isn’t` share their place.
    let index = index_of([on("Quayford", "2019-05-03", &["The harbour isn’t fit for any of the boats."])]);
    let found =
        check(&index, &article(&["The report on Quayford says it is “not fit for any of the boats”."]));
    assert!(found.quotations[0].check.verdict != Verdict::Absent, "{}", found.quotations[0].check);
}

#[test]
fn passages_without_marks_are_found_and_prose_is_not() {
    let index = index();
    let checked = check(
        &index,
        &article(&[
            QUOTED,
            "Nobody likes it. Boats that carry children to school leave when the tide allows, and teachers wait for them on \
             the quay. The council was sorry.",
            "In brief, boats which carry children to school leave when the tide allows, and teachers wait for them on the quay.",
            "The response to children is a scandal, the mayor of Wexcombe said at the town hall.",
        ]),
    );
    let found: Vec<_> = checked
        .passages
        .iter()
        .map(|passage| (passage.quotation.parts[0].paragraph, passage.check.verdict))
        .collect();
    assert_eq!(found, [(1, Verdict::Exact), (2, Verdict::Altered)], "{:#?}", checked.passages);
    let first = &checked.passages[0];
    assert_eq!(first.quotation.kind, QuotationKind::Unmarked);
    assert!(
        first.quotation.text.starts_with("Boats that carry") && first.quotation.text.ends_with("the quay")
    );
    assert_eq!(first.check.places[0].citation.paragraph.as_deref(), Some("5"));
    assert!(checked.passages[1].check.edits.iter().any(|edit| edit.quoted_text == "which"));

    let used = used_paragraphs([("herald.txt", &checked)]);
    let shown: Vec<_> =
        used.iter().map(|used| (used.citation.paragraph.clone().unwrap(), used.uses.len())).collect();
    assert_eq!(shown, [("2".to_owned(), 1), ("5".to_owned(), 2)]);
    assert_eq!(used[1].uses[0].article, "herald.txt");
}

#[test]
fn claims_are_held_to_the_report() {
    let index = index();
    let checked = check(
        &index,
        &article(&[
            QUOTED,
            "Services in Wexcombe were rated inadequate, however adoption was judged to be outstanding.",
            "The mayor wants to be rated good by the spring (paras 2 - 3, para 77).",
            "As of October 31 last year, 2,447 children were known to it, and 96 children had no name.",
            "The report was published on 30 January 2018 after an inspection on 7 November 2017.",
        ]),
    );
    let shown: Vec<_> = checked
        .claims
        .iter()
        .map(|claim| {
            let found = claim.quotation.claim.as_ref().unwrap();
            let area = found.area.as_deref().unwrap_or_default();
            (found.kind, found.value.as_str(), area, claim.check.verdict, claim.check.found.as_deref())
        })
        .collect();
    assert_eq!(
        shown,
        [
            (ClaimKind::Grade, "inadequate", "overall", Verdict::Exact, None),
            (ClaimKind::Grade, "outstanding", "adoption", Verdict::Altered, Some("good")),
            (ClaimKind::Paragraph, "2-3", "", Verdict::Exact, None),
            (ClaimKind::Paragraph, "77", "", Verdict::Absent, None),
            (ClaimKind::Date, "--10-31", "", Verdict::Exact, None),
            (ClaimKind::Number, "2447", "", Verdict::Exact, None),
            (ClaimKind::Number, "96", "", Verdict::Absent, None),
            (ClaimKind::Date, "2018-01-30", "", Verdict::Altered, Some("2018-01-29")),
            (ClaimKind::Date, "2017-11-07", "", Verdict::Exact, None),
        ]
    );
    assert_eq!(checked.claims[5].check.places[0].citation.paragraph.as_deref(), Some("4"));
}

#[test]
fn each_grade_of_a_sentence_goes_to_its_area() {
    let index = index();
    for (sentence, expected) in [
        (
            "It was rated good for adoption and inadequate for care leavers.",
            [("adoption", "good"), ("care-leavers", "inadequate")],
        ),
        (
            "Adoption was judged good and leadership inadequate.",
            [("adoption", "good"), ("leaders", "inadequate")],
        ),
        (
            "It was rated inadequate in leadership and good in adoption.",
            [("leaders", "inadequate"), ("adoption", "good")],
        ),
    ] {
        let checked = check(&index, &article(&[QUOTED, sentence]));
        let claims = checked.claims.iter().filter_map(|claim| claim.quotation.claim.as_ref());
        let claims: Vec<_> =
            claims.map(|claim| (claim.area.as_deref().unwrap(), claim.value.as_str())).collect();
        assert_eq!(claims, expected, "{sentence}");
    }
}

#[test]
fn nobody_is_named_where_the_text_leaves_a_doubt() {
    let person = |name: &str| Speaker::Person { name: Some(name.to_owned()) };
    for (text, expected) in [
        (
            "Responding, Ada Quill, Cabinet Member for Children's Services, said: “We are late.”",
            person("Ada Quill"),
        ),
        (
            "Cllr Tom Vane, the member for families at Wexcombe, who took over from Mrs Moor last year, said: “We are late.”",
            person("Cllr Tom Vane"),
        ),
        (
            "Ida Moor, who took over from the holder before her, Ada Quill, said she was “very glad of it all”.",
            person("Ida Moor"),
        ),
        ("“We are late,” said council leader Tom Vane in a statement.", person("Tom Vane")),
        (
            "Council leader Tom Vane warned that budgets suffer, saying the council “cannot take more cash”.",
            person("Tom Vane"),
        ),
        ("The work was labelled ‘late in every way’ by Ofsted in May.", Speaker::Report),
        ("The town read a report criticising “late and slow work” there.", Speaker::Report),
        ("The report praised staff, and said that “all of them are kind”.", Speaker::Report),
        ("You told the Wexcombe Herald: “We are late.”", Speaker::Unattributed),
        ("A letter to Ada Quill said “all of them are late”.", Speaker::Unattributed),
        ("Wexcombe said it was “sorry for it all”.", Speaker::Person { name: None }),
        ("The work is said to be “late in every way”.", Speaker::Unattributed),
        (
            "A Department for Harbours spokesperson: “We are sending a boat to Wexcombe.”",
            Speaker::Organisation { name: Some("Department for Harbours".to_owned()) },
        ),
        ("The council’s own report said “all of them are late”.", Speaker::Person { name: None }),
    ] {
        let found = quotable::quotations_in(text);
        assert_eq!(found[0].speaker, expected, "{text}");
    }
    let two =
        quotable::quotations_in("Ada Quill said: “We are late.” Tom Vane came in. He said: “We are not.”");
    assert_eq!(two[1].speaker, Speaker::Person { name: None }, "he may be either");
    let two = quotable::quotations_in(
        "The report says “all is late there”. The charity Quay replied. It said: “We know.”",
    );
    assert_eq!(two[1].speaker, Speaker::Unattributed, "it may be the charity");
}

#[test]
fn one_quotation_does_not_outweigh_the_name_of_another_council() {
    // Councils of the register, since only these are known where no report is on them.
    let sentence = "Workers walk the sea wall with the families and count the lamps on their way.";
    let other = "Plans are read aloud to children who ask, and to their carers on the ferry home.";
    let swindon = on("Swindon", "2023-09-11", &[sentence, other]);
    let rochdale = on("Rochdale", "2022-05-01", &["The ferry is late on most days."]);
    let index = index_of([swindon, rochdale]);

    let quoting =
        |council: &str, quoted: &str| check(&index, &article(&[&format!("{council} was told: {quoted}")]));
    let checked = quoting("Rochdale", &format!("the report says “{sentence}”"));
    assert_eq!(checked.about.as_ref().unwrap().authority, "rochdale");
    assert_eq!(checked.quotations[0].check.verdict, Verdict::Elsewhere, "named: Rochdale; words: Swindon's");

    let checked = quoting("Cornwall", &format!("the report says “{sentence}”"));
    let about = checked.about.as_ref().unwrap();
    assert!(about.missing && about.reports.is_empty(), "no report here is on Cornwall");
    assert!(about.to_string().ends_with("on which there is no report here"), "{about}");
    assert_eq!(checked.quotations[0].check.verdict, Verdict::Elsewhere);

    let both = format!("the report says “{sentence}” It adds: “{other}”");
    assert_eq!(
        quoting("Rochdale", &both).about.unwrap().authority,
        "swindon",
        "several quotations outweigh a name"
    );
    let checked = quoting("The council", &format!("the report says “{sentence}”"));
    assert_eq!(checked.quotations[0].check.verdict, Verdict::Exact, "no council is named");
}

#[test]
fn a_report_younger_than_the_article_is_no_source() {
    let sentence = "Workers walk the sea wall with the families and count the lamps on their way.";
    let index = index_of([on("Wexcombe", "2023-09-11", &[sentence])]);
    let mut early = article(&[&format!("A council was told off. The report says: “{sentence}”")]);
    early.published = Date::new(2014, 5, 24);
    let checked = check(&index, &early);
    let judged = &checked.quotations[0].check;
    assert_eq!((judged.verdict, judged.younger, checked.about.is_none()), (Verdict::Elsewhere, true, true));

    early.paragraphs[0] =
        Paragraph::new(format!("Wexcombe Council was told off. The report says: “{sentence}”"));
    let about = check(&index, &early).about.unwrap();
    assert_eq!((about.missing, about.younger), (true, 1));
    assert!(about.to_string().contains("younger than the article"), "{about}");
    // The press sees reports a few days early.
    early.published = Date::new(2023, 9, 6);
    assert_eq!(check(&index, &early).quotations[0].check.verdict, Verdict::Exact);
}

#[test]
fn words_outside_the_reports_chosen_are_said() {
    let index = index();
    let filter = Query::filter(Field::Authority, "thornley");
    let options = CheckOptions::default().filter(filter).guess(false);
    let text = article(&["The report says: “Visits to families are kind, but they are not always of use.”"]);
    let checked = index.check_article(&text, &options).unwrap();
    let judged = &checked.quotations[0].check;
    assert_eq!(judged.verdict, Verdict::Absent);
    assert_eq!(judged.outside.as_ref().unwrap().citation.path, "wexcombe 2018-01-29.txt");
}

#[test]
fn letters_in_brackets_change_nothing() {
    let index = index();
    for quoted in [
        "[V]isits to families are kind, but they are not always of use.",
        "[Visits] to families are kind, but they are not always of use.",
        "[The response] to children who go missing is not yet sufficiently lively for all of them.",
    ] {
        let checked = check(&index, &article(&[&format!("The report on Wexcombe council says: “{quoted}”")]));
        let judged = &checked.quotations[0].check;
        assert!(judged.verdict.is_exact(), "{quoted}: {:?}", judged.edits);
    }
    let other = "[Talks] to families are kind, but they are not always of use.";
    let checked = check(&index, &article(&[&format!("The report on Wexcombe council says: “{other}”")]));
    assert_eq!(checked.quotations[0].check.edits[0].kind, EditKind::Bracket);
}

#[test]
fn the_sentence_of_a_quotation_may_name_another_report() {
    let index = index();
    let quoted = "“Visits to families are kind, but they are not always of use.”";
    let verdict = |text: &str| {
        let checked = check(&index, &article(&[text]));
        (checked.quotations[0].check.verdict, checked.quotations[0].check.addressed.is_some())
    };
    for text in [
        format!("Ofsted’s report of 8 August 2014 on Wexcombe said {quoted}"),
        format!("In its 2014 report on Wexcombe Ofsted said {quoted}"),
    ] {
        assert_eq!(verdict(&text), (Verdict::Elsewhere, true), "{text}");
    }
    for text in [
        format!("Ofsted’s 2018 report on Wexcombe said {quoted}"),
        format!("Wexcombe has improved since the 2014 report, which is past; now the report says {quoted}"),
    ] {
        assert_eq!(verdict(&text), (Verdict::Exact, false), "{text}");
    }
    // Two authorities in one sentence, each with the words of the other.
    let swapped = format!("Inspectors said that in Thornley {quoted}, while Wexcombe was spared.");
    assert_eq!(verdict(&swapped), (Verdict::Elsewhere, true));
}

/// Claims of one sentence about the report of 2018 on Wexcombe, with the verdict and what the report has.
fn claims_of(index: &Index, claim: &str) -> Vec<(ClaimKind, String, Verdict, Option<String>)> {
    let checked = check(index, &article(&[QUOTED, claim]));
    let claims = checked.claims.into_iter();
    claims
        .map(|text| {
            let claim = text.quotation.claim.unwrap();
            (claim.kind, claim.value, text.check.verdict, text.check.found)
        })
        .collect()
}

#[test]
fn claims_about_other_reports_settings_and_pages_are_told_apart() {
    let index = index();
    let grade = |value: &str, verdict, found: Option<&str>| {
        vec![(ClaimKind::Grade, value.to_owned(), verdict, found.map(str::to_owned))]
    };
    let wrong = Some("inadequate");
    for (claim, expected) in [
        // By the name of the authority, by a form of `be`, and in quotation marks.
        ("Wexcombe was rated good.", grade("good", Verdict::Altered, wrong)),
        ("Wexcombe was rated ‘good’ in 2018.", grade("good", Verdict::Altered, wrong)),
        ("Adoption was inadequate.", grade("inadequate", Verdict::Altered, Some("good"))),
        ("The home in Wexcombe was judged outstanding.", Vec::new()),
        ("Planning for adoption was inadequate.", Vec::new()),
        // Grades of the past, of wishes and of neighbours.
        ("At the last inspection Wexcombe was rated good.", Vec::new()),
        ("Three years ago Wexcombe was rated good.", Vec::new()),
        ("Wexcombe narrowly missed outstanding when it was rated.", Vec::new()),
        ("The authority next door was rated outstanding.", Vec::new()),
        ("Adoption was rated up from inadequate to good.", grade("good", Verdict::Exact, None)),
        // Another year is that of another report.
        (
            "Wexcombe was rated inadequate in 2026.",
            grade("inadequate", Verdict::Absent, Some("no report of 2026 is here")),
        ),
    ] {
        assert_eq!(claims_of(&index, claim), expected, "{claim}");
    }
    let date = |text: &str| claims_of(&index, text).pop().map(|(_, _, verdict, _)| verdict);
    assert_eq!(date("The report was published on 29 January 2018."), Some(Verdict::Exact));
    assert_eq!(date("The report was published on 30 January 2018."), Some(Verdict::Altered));
    assert_eq!(date("The inspection report of 29 January 2018 is on Wexcombe."), Some(Verdict::Exact));
    assert_eq!(date("Thornley’s report was published on 3 May 2018."), None, "a report on another council");
    assert_eq!(date("The report was published on 8 August 2014."), Some(Verdict::Exact), "the other report");
    assert_eq!(date("The previous report was published on 3 May 2011."), None, "a report that is not here");

    let number = |text: &str| claims_of(&index, text).pop();
    let paragraph = |value: &str, verdict| Some((ClaimKind::Paragraph, value.to_owned(), verdict, None));
    assert_eq!(number("See para. 3.2 of the report."), paragraph("3.2", Verdict::Absent));
    assert_eq!(number("See paragraph 3 of the report."), paragraph("3", Verdict::Exact));
    let behind = |end: &str| {
        let quoted = format!("{QUOTED} {end}");
        let claims = check(&index, &article(&[&quoted])).claims;
        (claims[0].check.verdict, claims[0].check.found.clone())
    };
    assert_eq!(behind("(para 2)."), (Verdict::Exact, None));
    assert_eq!(behind("(para 5)."), (Verdict::Altered, Some("2".to_owned())), "the words stand in another");
    assert_eq!(behind("(paras 1-4)."), (Verdict::Exact, None));
    // A number leads to the quotation behind it.
    let leading = |number: &str| {
        let text = format!(
            "{QUOTED} In paragraph {number} it says: “Boats that carry children to school leave when the tide allows”."
        );
        let claims = check(&index, &article(&[&text])).claims;
        (claims[0].check.verdict, claims[0].check.found.clone())
    };
    assert_eq!(leading("5"), (Verdict::Exact, None));
    assert_eq!(leading("2"), (Verdict::Altered, Some("5".to_owned())));
    // Each clause has its own year, and another council its own grade.
    let two = claims_of(&index, "In 2014 Wexcombe was rated inadequate; now it is rated good.");
    assert_eq!(
        two.last().map(|(_, value, verdict, _)| (value.as_str(), *verdict)),
        Some(("good", Verdict::Altered))
    );
    let areas = claims_of(&index, "Services for children looked after and adoption were judged inadequate.");
    assert_eq!(areas.len(), 2, "`after` of `looked after` opens no clause");
    assert_eq!(claims_of(&index, "Neighbouring Thornley was rated outstanding overall."), Vec::new());
}
