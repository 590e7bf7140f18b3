use super::{parse, read};
use crate::check::Limits;
use crate::query::Query;

/// The tree in one line.
fn tree(query: &Query) -> String {
    let list = |name: &str, parts: &[Query]| {
        let parts: Vec<_> = parts.iter().map(tree).collect();
        format!("{name}({})", parts.join(", "))
    };
    match query {
        Query::Word(word) => word.clone(),
        Query::Wildcard(pattern) => format!("wild {pattern}"),
        Query::Regex(pattern) => format!("regex {pattern}"),
        Query::Inflected(word) => format!("forms {word}"),
        Query::Fuzzy { word, distance } => format!("fuzzy{distance} {word}"),
        Query::Number(number) => format!("number {number}"),
        Query::NumberForms(number) => format!("forms {number}"),
        Query::Exact(text) => format!("exact {text}"),
        Query::Gap => "_".to_owned(),
        Query::Phrase(parts) => list("phrase", parts),
        Query::And(parts) => list("and", parts),
        Query::Or(parts) => list("or", parts),
        Query::Not(part) => format!("not({})", tree(part)),
        Query::Near { left, right, distance, ordered } => {
            format!("{}{distance}({}, {})", if *ordered { "before" } else { "near" }, tree(left), tree(right))
        }
        Query::NotNear { left, right, distance } => format!("far{distance}({}, {})", tree(left), tree(right)),
        Query::NotBeside { left, right, distance, side } => {
            format!("far{distance}{side:?}({}, {})", tree(left), tree(right))
        }
        Query::Within { scope, query } => format!("{scope:?}[{}]", tree(query)),
        Query::Named(name) => format!("@{name}"),
        Query::Filter(filter) => format!("{:?}={:?}", filter.field, filter.value),
        Query::All => "all".to_owned(),
    }
}

/// Every form of the language with its tree.
const GOOD: &[(&str, &str)] = &[
    ("unallocated", "unallocated"),
    ("Café", "cafe"),
    ("care leavers", "and(care, leavers)"),
    (r#""care leavers""#, "phrase(care, leavers)"),
    ("“care leavers”", "phrase(care, leavers)"),
    (r#"“care leavers""#, "phrase(care, leavers)"),
    ("'care leavers'", "phrase(care, leavers)"),
    ("‘children’s views’", "phrase(children's, views)"),
    ("children's", "children's"),
    ("children’s homes", "and(children's, homes)"),
    ("decision-making", "phrase(decision, making)"),
    ("10:30", "number 10:30"),
    ("1.1", "number 1.1"),
    ("2023/24", "number 2023/24"),
    ("unalloc*", "wild unalloc*"),
    ("organi?e", "wild organi?e"),
    (r#""car* leavers""#, "phrase(wild car*, leavers)"),
    (r#""not * allocated""#, "phrase(not, _, allocated)"),
    ("leave~", "forms leave"),
    ("unalocated%1", "fuzzy1 unalocated"),
    ("/unallocat(ed|ion)/", "regex unallocat(ed|ion)"),
    (r#""/unallocat(ed|ion)/ cases""#, "phrase(regex unallocat(ed|ion), cases)"),
    (r#""(care OR case) leaver~""#, "phrase(or(care, case), forms leaver)"),
    (
        r#""the council (Example) said and/or 50% of it""#,
        "phrase(the, council, example, said, and, or, number 50%, of, it)",
    ),
    ("a OR b c", "or(a, and(b, c))"),
    ("a AND b AND NOT c", "and(a, b, not(c))"),
    ("a -b", "and(a, not(b))"),
    ("-a", "not(a)"),
    ("NOT (a OR b)", "not(or(a, b))"),
    ("(a OR b) AND (c OR d)", "and(or(a, b), or(c, d))"),
    ("and or not", "and(and, or, not)"),
    ("a w/5 b", "near5(a, b)"),
    (r#"a pre/3 "b c""#, "before3(a, phrase(b, c))"),
    ("a W/5 b w/2 c", "near2(near5(a, b), c)"),
    (r#"(a OR "b c") w/5 d*"#, "near5(or(a, phrase(b, c)), wild d*)"),
    ("a not w/5 b", "far5(a, b)"),
    ("a NOT w/5 b", "far5(a, b)"),
    ("a w/s b", "Sentence[and(a, b)]"),
    ("a w/s b w/s c", "Sentence[and(a, b, c)]"),
    ("a w/s b w/p c", "Paragraph[and(Sentence[and(a, b)], c)]"),
    (r#"a w/r "b c" d"#, "and(Report[and(a, phrase(b, c))], d)"),
    ("a w/s NOT b", "Sentence[and(a, not(b))]"),
    ("a w/s -b", "Sentence[and(a, not(b))]"),
    ("a w/s (b -c)", "Sentence[and(a, b, not(c))]"),
    ("w/s(a b -c)", "Sentence[and(a, b, not(c))]"),
    ("NOT w/s(a b)", "not(Sentence[and(a, b)])"),
    ("a w/5 b w/s c", "Sentence[and(near5(a, b), c)]"),
    ("x a w/5 b", "and(x, near5(a, b))"),
    ("NOT a w/5 b", "not(near5(a, b))"),
    ("@unallocated-work", "@unallocated-work"),
    (r#""x y" -@name"#, "and(phrase(x, y), not(@name))"),
    ("authority:bucks*", r#"Authority=Text("bucks*")"#),
    ("theme:care-leavers", r#"Theme=Text("care-leavers")"#),
    (r#"section:"leadership and more""#, r#"Section=Text("leadership and more")"#),
    ("section:‘leadership’", r#"Section=Text("leadership")"#),
    ("framework:ilacs kind:report", r#"and(Framework=Text("ilacs"), Kind=Text("report"))"#),
    ("date:2014..2018", r#"Date=Range(Some("2014"), Some("2018"))"#),
    ("date:2014-03..", r#"Date=Range(Some("2014-03"), None)"#),
    ("date:..2018-02-03", r#"Date=Range(None, Some("2018-02-03"))"#),
    ("inspected:2017-11", r#"Inspected=Text("2017-11")"#),
    ("para:4", r#"Para=Text("4")"#),
    ("para:4..9", r#"Para=Range(Some("4"), Some("9"))"#),
    ("page:3", r#"Page=Text("3")"#),
    ("path:80442*/x.pdf", r#"Path=Text("80442*/x.pdf")"#),
    ("help-and-protection:good", r#"Named("help-and-protection")=Text("good")"#),
    ("Care_Leavers:inadequate", r#"Named("care-leavers")=Text("inadequate")"#),
    ("well-led:good", r#"Named("well-led")=Text("good")"#),
    ("crew:5..10", r#"Named("crew")=Range(Some("5"), Some("10"))"#),
    ("para:S5..S9", r#"Para=Range(Some("S5"), Some("S9"))"#),
    ("*:*", "all"),
    ("o'brien", "o'brien"),
    ("parents' views", "and(parents, views)"),
    ("(a)", "a"),
    ("NOT(a)", "not(a)"),
    ("self-*", "phrase(self, _)"),
    ("£3,500", "number £3,500"),
    ("97% of £1.2m", "and(number 97%, of, number £1.2m)"),
    ("\"at 5.2, or £5m.\"", "phrase(at, number 5.2, or, number £5m)"),
    ("A1.2.3", "phrase(a1, 2, 3)"),
    ("1, 2", "and(1, 2)"),
    ("1000~", "forms 1000"),
    ("12~", "forms 12"),
    ("\"over £1,000~ each\"", "phrase(over, forms £1,000, each)"),
    ("=Prevent", "exact Prevent"),
    ("=\"Prevent  duty\"", "exact Prevent duty"),
    ("-=IT", "not(exact IT)"),
    ("\"the =Prevent duty\"", "phrase(the, exact Prevent, duty)"),
    ("\"2 = 1 + 1\"", "phrase(2, 1, 1)"),
    ("a not pre/5 b", "far5Before(a, b)"),
    ("a NOT post/5 b", "far5After(a, b)"),
    ("\"What needs to improve?\"", "phrase(what, needs, to, improve)"),
    ("\"what needs to improve?\"", "phrase(what, needs, to, improve)"),
    ("\"Is it safe\\?\"", "phrase(is, it, safe)"),
    ("safe\\?", "safe"),
    ("\"social worker?\"", "phrase(social, wild worker?)"),
    ("\"Most leavers* of 2018 were * seen.\"", "phrase(most, leavers, of, 2018, were, seen)"),
    ("\"The council said “good” work was done.\"", "phrase(the, council, said, good, work, was, done)"),
    ("\"They said \"good\" things\"", "phrase(they, said, good, things)"),
    ("\"a\" \"b\"", "and(a, b)"),
    ("section:\"What needs to improve?\" x", r#"and(Section=Text("What needs to improve"), x)"#),
    ("section:improve\\?", r#"Section=Text("improve")"#),
    ("a £ b", "and(a, b)"),
    ("a & b", "and(a, b)"),
    ("\"see https://a.example/p?id=1* now\"", "phrase(see, https, a, example, p, id, 1, now)"),
    ("www.a.example/p?id=1", "phrase(www, a, example, p, id, 1)"),
    ("£*m", "number £*m"),
    ("£", "number £*"),
    (" %", "number *%"),
    ("\"£* grant\"", "phrase(number £*, grant)"),
    ("*%", "number *%"),
    ("\"Most leavers had £* (a grant).\"", "phrase(most, leavers, had, a, grant)"),
    ("W:www.a.example/x", "phrase(w, www, a, example, x)"),
    ("aged 16–17", "and(aged, number 16-17)"),
    ("\\-a \\(b\\)", "and(a, b)"),
    ("10a:x", "phrase(10a, x)"),
];

/// Queries that are refused. The snapshot has the errors.
const BAD: &[&str] = &[
    "'parents' views'",
    "child(ren)",
    r#""care leavers"#,
    "(a",
    "a)",
    r#""""#,
    r#""-""#,
    "AND",
    "a OR",
    "OR a",
    "a AND OR b",
    "a w/5 NOT b",
    "a w/5 -b",
    "-a w/5 b",
    "(a b) w/5 c",
    "kind:report w/5 c",
    "a w/0 b",
    "a w/ 5 b",
    "w/5",
    "a w/99999999999 b",
    "pre/s",
    "NEAR/5",
    "a NEAR b",
    "a near/5 b",
    "a WITHIN b",
    "a not w/s b",
    "a not pre/s b",
    "/a",
    "/un*ed/",
    "/*ed/",
    "/café/",
    "/a b/",
    "/a-b/",
    r"/\d+(,\d{3})+/",
    r"/5\.2/",
    "/a@b/",
    r"/a\sb/",
    "/[,;]/",
    "/'s/",
    "/a{300}/",
    "=",
    "= a",
    "=a*",
    "=\"—\"",
    "\"=a-b OR c\"*",
    "•",
    "…",
    "year(2018)",
    "council: x",
    "/un(/",
    "*",
    "**",
    "a * b",
    r#""*""#,
    r#""** a""#,
    "? a",
    "leave~2",
    r#""care leavers"~2"#,
    r#""care leavers"*"#,
    "unalocated%3",
    "unalocated%",
    "of%2",
    "un*%1",
    "un*~",
    "*%~",
    "!a",
    "+a",
    "a|b",
    "a || b",
    "a && b",
    "care^2",
    "a - b",
    "--a",
    "– a",
    "-",
    "~",
    "note: care",
    "date:14",
    "date:2014-13",
    "date:2018..2014",
    "date:2014*",
    "urn:1..2",
    "crew:..",
    "theme:(a OR b)",
    "theme:",
    r#"theme:"""#,
    "page:x",
    "@",
    "@a:b",
    "()",
    "( a OR () )",
    "'tis",
    "café ~",
    "care leavers\"",
    "kind:report leavers\"",
    "date:2018-2019",
    "date:>=2018",
    "date:\"June 2018\"",
    "date:2018...2019",
    "date:2018…2019",
    "date:1 June 2018",
    "x date:June 2018 to 3 July 2019",
    "date:[2018 TO 2019]",
    "page:[3 TO *]",
    "page:3-5",
    "para:12-14",
    "para:3 – 5",
    "date:2018 - 2019",
    "boats 2018..2019",
    "boats 4..9",
    "safe=good",
    "boats safe != good",
    "boats safe = good",
    "date>2018",
    ">50%",
    "boat.*",
    "moo[rd]*",
    "[boats TO crew]",
    "boats authority : orrery",
    "boats date :2018",
    "boats safe: good",
    "boats /3 crew",
    "boats n/3 crew",
    "boats ADJ3 crew",
    "boats AROUND(3) crew",
    "boats EXCEPT crew",
    "boats BUT NOT crew",
    "boats XOR crew",
    "Section 20(4)",
    "leaver(s) x",
    "£1.2m~",
];

#[test]
fn queries_are_parsed() {
    for (query, want) in GOOD {
        match query.parse::<Query>() {
            Ok(parsed) => assert_eq!(tree(&parsed), *want, "{query}"),
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn every_error_has_a_caret_and_a_cure() {
    let errors: Vec<String> =
        BAD.iter().map(|query| query.parse::<Query>().expect_err(query).to_string()).collect();
    insta::assert_snapshot!(errors.join("\n\n"));
}

#[test]
fn limits_are_enforced() {
    let long = "a ".repeat(10_000);
    assert!(long.parse::<Query>().unwrap_err().message().contains("20000 bytes"));
    let error = format!("a{}", "é".repeat(10_000)).parse::<Query>().unwrap_err();
    assert_eq!(error.query().get(error.span()), Some(""), "spans end at character boundaries");
    for deep in [
        format!("{}a{}", "(".repeat(100), ")".repeat(100)),
        format!("{}a", "NOT ".repeat(1000)),
        format!("{}a", "-(".repeat(3000)),
        format!("a{}", " w/5 a".repeat(1000)),
        format!("a{}", " w/s a w/p a".repeat(1000)),
        format!("{}a{}", "w/s(".repeat(65), ")".repeat(65)),
    ] {
        assert!(deep.parse::<Query>().unwrap_err().message().contains("deep"), "{deep}");
    }
    assert!("/a/ ".repeat(65).parse::<Query>().unwrap_err().message().contains("64 regular expressions"));
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let nested = |deep: usize| parse(&format!("{}a{}", "(".repeat(deep), ")".repeat(deep)), &limits);
    assert!(nested(256).is_ok() && nested(257).is_err());
    let wide = format!("a{}", " OR a b".repeat(1000));
    assert!(wide.parse::<Query>().is_ok());
}

#[test]
fn queries_print_with_clarifying_brackets() {
    for (query, printed) in [
        ("a b OR c -d", "(a b) OR (c NOT d)"),
        ("x a w/5 b", "x (a w/5 b)"),
        ("w/s(a (b OR c))", "a w/s (b OR c)"),
        ("w/r(a) b", "(w/r(a)) b"),
        ("\"not\" w/s b", "\"not\" w/s b"),
        ("\"not (A OR not)\"", "\"not (a OR not)\""),
        ("section:‘Part “two”’", "section:'Part “two”'"),
        ("authority:St-Example", "authority:St-Example"),
    ] {
        assert_eq!(query.parse::<Query>().unwrap().to_string(), printed);
    }
}

#[test]
fn a_query_with_operators_is_no_text_even_if_it_cannot_be_read() {
    for (typed, message, at) in [
        ("\"harbour pilots AND (boats OR mooring)", "this quotation mark is not closed", 0),
        ("harbour AND pilots OR (boats NOT mooring", "this bracket is not closed", 22),
        ("\"harbour pilots\" AND boats OR \"mooring crew", "this quotation mark is not closed", 30),
        ("harbour AND pilots AND boats) OR mooring", "no opening bracket", 28),
        ("harbour AND pilots AND = boats OR crew", "nothing follows =", 23),
        ("harbour pilots near boats NEAR/5 mooring crew", "NEAR/ is not an operator", 26),
        ("the harbour EXCEPT pilots of (the boats here", "EXCEPT is not an operator", 12),
        ("harbour pilots\" AND boats OR mooring here", "closes a phrase that none opens", 14),
        ("\"harbour pilots AND \"boats and mooring\" OR crew", "one of the quotation marks", 0),
    ] {
        let error = read(typed, &Limits::default()).unwrap_err();
        assert!(error.message().contains(message), "{typed}: {error}");
        assert_eq!(error.span().start, at, "{typed}: {error}");
    }
    for typed in [
        "It was NOT good (for the children.",
        "HARBOUR AND PILOTS WHO ARE (NOT SAFE",
        "staff of (the harbour and pilots here",
    ] {
        let notes = read(typed, &Limits::default()).unwrap().notes;
        assert!(notes.iter().any(|note| note.contains("read as")), "{typed}: {notes:?}");
    }
}

#[test]
fn half_of_a_range_is_refused_where_it_was_typed() {
    for (typed, meant) in [
        ("date:2018 to 2019", "write date:2018..2019"),
        ("boats date:2018 .. 2019", "write date:2018..2019"),
        ("date:2018 ..2019 boats", "write date:2018..2019"),
        ("inspected:2018-03 until 2019", "write inspected:2018-03..2019"),
        ("(page:3 to 5)", "write page:3..5"),
        ("crew:5 to 10", "write crew:5..10"),
        ("date:2018 June boats", "write date:2018-06"),
        ("boats adj3 crew", "write care w/3 leavers"),
    ] {
        let error = read(typed, &Limits::default()).unwrap_err();
        assert!(error.cure().starts_with(meant), "{typed}: {error}");
        // A query that a program wrote or printed stands as it is.
        let parsed = typed.parse::<Query>().unwrap();
        assert_eq!(parsed.to_string().parse::<Query>().unwrap(), parsed, "{typed}");
    }
    for (typed, note) in [
        ("date:2018 and 2019", "for the range write date:2018..2019"),
        ("date:2018 OR 2019", "(date:2018 OR date:2019)"),
        ("date:2018.. 2019", "for the range write date:2018..2019"),
        ("boats 2018..", "for reports from then on write date:2018.."),
        ("boats ..2018-06", "write date:..2018-06"),
        ("boats!", "for any ending write boats*"),
        ("boats w3 crew", "write care w/3 leavers"),
        ("boats safe : good", "write safe:good without space"),
        ("\"boat.* crew\"", "write boat*"),
        ("\"boats AND crew\"", "AND in quotation marks is a word"),
        ("50 percent of boats", "50%~ finds 50%"),
        ("\"50 per cent of boats\"", "50%~ finds 50%"),
    ] {
        let notes = read(typed, &Limits::default()).unwrap_or_else(|error| panic!("{error}")).notes;
        assert!(notes.iter().any(|line| line.contains(note)), "{typed}: {notes:?}");
    }
    for typed in [
        "date:2018 boats to sea",
        "date:2018 5 boats",
        "page:3 to sea",
        "kind:report to 5",
        "boats! Ahoy, all of them!",
    ] {
        let notes = read(typed, &Limits::default()).unwrap_or_else(|error| panic!("{error}")).notes;
        assert_eq!(notes, [""; 0], "{typed}");
    }
}

#[test]
fn a_pasted_sentence_gets_one_note_on_its_words() {
    let typed = "the pilots and the crew had not seen the harbour or the boats for a year";
    let notes = read(typed, &Limits::default()).unwrap().notes;
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("put it in double quotation marks"), "{notes:?}");
    let few = read("pilots and crew or boats", &Limits::default()).unwrap().notes;
    assert_eq!(few.len(), 2, "{few:?}");
}

#[test]
fn text_is_read_as_text_and_said() {
    for (typed, query, note) in [
        ("What does it say about leavers?", "what does it say about leavers", "a question, read as text"),
        ("CHILDREN WHO ARE NOT SAFE", "children who are \"not\" safe", "NOT is read as a word"),
        ("Most parent(s) were seen – all of them.", "most parent s were seen all of them", "read as text"),
        ("It was NOT good for the children.", "it was \"not\" good for the children", "read as text"),
        ("staff, parent(s) and carer(s) at home", "staff parent s and carer at home", "read as text"),
        ("\"Is it safe?\"", "\"is it safe\"", "question mark"),
        (
            "\"Are parents & carers seen often?\"",
            "\"are parents carers seen often\"",
            "left out of the query: &",
        ),
        ("\"social worker?\"", "\"social worker?\"", "any one letter"),
        ("care £ leavers", "care leavers", "left out of the query: £"),
        ("SEND NOT EHC", "send NOT ehc", "NOT is read as an operator"),
        ("Immediately:", "immediately", "read as text"),
        ("Among them:", "among them", "read as text"),
        ("Age group: All", "age group all", "read as text"),
        ("£", "£*", "any number"),
        ("\"What do parents say?\"", "\"what do parents say\"", "question mark"),
        ("R&D", "\"r d\"", "left out of the query: &"),
        ("needs to improve?", "needs to improve", "read as a question mark"),
        ("children in care?", "children in care", "in brackets, as in (care?)"),
        ("what needs to improve ?", "what needs to improve", "a question, read as text"),
        ("leavers wait ?", "leavers wait", "the ? is read as punctuation"),
        ("Is it safe? Yes, it is.", "is it safe yes", "read as text"),
        ("needs to (improve?)", "needs to improve?", "the ? of “improve?” is read as any one letter"),
        ("care leaver?", "care leaver?", "the ? of “leaver?” is read as any one letter"),
        ("\"children in care?\"", "\"children in care\"", "question mark"),
        ("care or leavers", "care or leavers", "“or” is searched as a word; for either"),
        ("care And leavers", "care and leavers", "“And” is searched as a word; leave it out"),
        ("not care", "\"not\" care", "“not” is searched as a word; to exclude"),
        ("a AND b OR c", "(a b) OR c", "read as (a b) OR c (AND, and"),
        ("a b OR c", "(a b) OR c", "for another order write brackets"),
        ("neglect/abuse", "\"neglect abuse\"", "for either write neglect OR abuse"),
        ("care within 5 words of leavers", "care within 5 words of leavers", "write care w/5 leavers"),
        ("97 %", "97%", ""),
        ("over £ 5 each", "over £5 each", ""),
        ("* %", "*%", ""),
        ("\\£1", "£1", ""),
        ("3\\%", "3%", ""),
        ("5\\.2", "5.2", ""),
        ("\"a \\£1 fee\"", "\"a £1 fee\"", ""),
        ("\\#5", "5", "left out of the query: #"),
        ("16/17", "16/17", "16/17 is also found with another sign between its digits"),
    ] {
        let reading = read(typed, &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(reading.query.to_string(), query, "{typed}");
        let said = |note: &str| reading.notes.iter().any(|line| line.contains(note));
        assert!(
            if note.is_empty() { reading.notes.is_empty() } else { said(note) },
            "{typed}: {:?}",
            reading.notes
        );
    }
    for typed in [
        "care leavers",
        "(a b) OR c",
        "a (b OR c)",
        "\"care or leavers\"",
        "a not w/5 b",
        "leaver?",
        "\"care leavers\" -agency",
        "£1.2 97%",
        "SEND OR EHC",
        "\"care, leavers.\"",
        "organi?e",
    ] {
        assert_eq!(read(typed, &Limits::default()).unwrap().notes, [""; 0], "{typed}");
    }
    for typed in [
        "child(ren)",
        "a && b",
        "care w/5 leavers of child(ren) and others here",
        "note: care",
        "Theme: care",
    ] {
        assert!(read(typed, &Limits::default()).is_err(), "{typed}");
    }
}
