//! Queries in the languages of engines, and what they cannot ask. That the counts are equal is tested by `benches/engines.py`
//! in the engines themselves.

use quotable_codebook::CodeBook;
use quotable_export::translate::{QueryTarget, TranslateError, Translation, translate};
use quotable_index::{Boilerplate, SearchOptions};
use quotable_query::Scope;

use crate::corpus;

fn options() -> SearchOptions {
    SearchOptions::default().codebook(CodeBook::builtin())
}

fn with(query: &str, target: QueryTarget, options: &SearchOptions) -> Result<Translation, TranslateError> {
    let search = corpus::index().search_with(&query.parse().unwrap(), options).unwrap();
    translate(&search, target)
}

/// The condition alone, without what every query has.
fn condition(query: &str, target: QueryTarget) -> String {
    let text = with(query, target, &options()).unwrap().text;
    match target {
        QueryTarget::OpenSearch => {
            let body: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(body["track_total_hits"], true);
            let parts = body["query"]["bool"]["filter"].as_array().unwrap();
            assert_eq!(parts[0].to_string(), r#"{"term":{"searched":true}}"#);
            parts[1..].iter().map(ToString::to_string).collect::<Vec<_>>().join(" AND ")
        }
        QueryTarget::Quickwit => {
            let rest = text.strip_prefix("+searched:true ").unwrap_or(&text);
            // The sign of one clause alone says nothing.
            let one = !rest.contains(" +") && !rest.contains(" -");
            rest.strip_prefix('+').filter(|_| one).unwrap_or(rest).to_owned()
        }
        _ => {
            let (_, condition) = text.split_once("WHERE searched").unwrap();
            condition.trim_start_matches("\n  AND ").replace("\n  ", " ")
        }
    }
}

fn refused(query: &str, target: QueryTarget) -> String {
    with(query, target, &options()).unwrap_err().to_string()
}

#[test]
fn words_phrases_and_operators() {
    use QueryTarget::{DuckDb, OpenSearch, Quickwit, Spark};
    for (query, target, expected) in [
        ("care", DuckDb, "contains(' ' || words || ' ', ' care ')"),
        ("children’s", DuckDb, "contains(' ' || words || ' ', ' children''s ')"),
        ("children’s", Spark, r"contains(' ' || words || ' ', ' children\'s ')"),
        ("\"care leavers\"", Quickwit, "words:\"care leavers\""),
        ("\"care leavers\"", OpenSearch, r#"{"match_phrase":{"words":{"query":"care leavers"}}}"#),
        ("high -low", Quickwit, "+words:\"high\" -words:\"low\""),
        (
            "high -low",
            DuckDb,
            "contains(' ' || words || ' ', ' high ') AND NOT contains(' ' || words || ' ', ' low ')",
        ),
        ("-low", Quickwit, "-words:\"low\""),
        ("a OR -b", Quickwit, "+(words:\"a\" OR (+* -words:\"b\"))"),
        ("unalloc*", Quickwit, "words:unalloc*"),
        ("*alloc?ted", Quickwit, "words:*alloc?ted"),
        ("unalloc*", OpenSearch, r#"{"prefix":{"words":{"value":"unalloc"}}}"#),
        ("*alloc?ted", OpenSearch, r#"{"wildcard":{"words":{"value":"*alloc?ted"}}}"#),
        ("unalloc?ted*", DuckDb, "regexp_matches(words, '(?:^| )unalloc[^ ]ted[^ ]*(?: |$)')"),
        ("unalloc*", Spark, "regexp_like(words, '(?:^| )unalloc[^ ]*(?: |$)')"),
        ("\"not * allocated\"", DuckDb, "regexp_matches(words, '(?:^| )not [^ ]+ allocated(?: |$)')"),
        ("\"(care OR school) leavers\"", Quickwit, "(words:\"care leavers\" OR words:\"school leavers\")"),
        ("*:*", Quickwit, "searched:true"),
    ] {
        assert_eq!(condition(query, target), expected, "{query}");
    }
    let span = condition("\"not * allocated\"", OpenSearch);
    assert!(span.contains(r#"{"span_gap":{"words":1}}"#) && span.contains("\"in_order\":true"), "{span}");
}

#[test]
fn windows_are_intervals_that_share_no_word() {
    use QueryTarget::{DuckDb, OpenSearch, Quickwit};
    assert_eq!(
        condition("high pre/3 turnover", OpenSearch),
        r#"{"intervals":{"words":{"all_of":{"intervals":[{"match":{"query":"high"}},{"match":{"query":"turnover"}}],"max_gaps":2,"ordered":true}}}}"#
    );
    let either = condition("high w/1 \"staff turnover\"", OpenSearch);
    assert_eq!(either.matches("\"all_of\"").count(), 2, "{either}");
    assert!(either.starts_with(r#"{"intervals":{"words":{"any_of""#), "{either}");
    assert_eq!(
        condition("high w/3 turnover", DuckDb),
        "regexp_matches(words, '(?:^| )(?:high(?: [^ ]+){0,2} turnover|turnover(?: [^ ]+){0,2} high)(?: |$)')"
    );
    assert_eq!(
        condition("high w/3 turnover", Quickwit),
        "(words:\"high turnover\"~2 OR words:\"turnover high\"~2)"
    );
}

#[test]
fn filters_are_resolved_to_what_the_columns_hold() {
    use QueryTarget::{DuckDb, OpenSearch, Quickwit};
    for (query, target, expected) in [
        ("authority:\"Marlowe County Council\"", DuckDb, "coalesce(authority_key IN ('marlowe'), false)"),
        ("authority:marl*", Quickwit, "authority_key:\"marlowe\""),
        ("-authority:900", OpenSearch, r#"{"bool":{"must_not":[{"terms":{"authority_key":["marlowe"]}}]}}"#),
        ("overall:good", DuckDb, "list_has_any(judgements, ['overall:good'])"),
        ("overall:none", Quickwit, "-areas:\"overall\""),
        ("date:2018-02..", DuckDb, "coalesce(dated >= DATE '2018-02-01', false)"),
        ("date:..2018-02", OpenSearch, r#"{"range":{"dated":{"lte":"2018-02-28"}}}"#),
        ("date:none", Quickwit, "-dated:*"),
        (
            "inspected:2018",
            OpenSearch,
            r#"{"range":{"inspected":{"gte":"2018-01-01","lte":"2018-12-31","relation":"intersects"}}}"#,
        ),
        ("page:3..5", Quickwit, "pages:[3 TO 5]"),
        ("page:4", DuckDb, "coalesce(page_end >= 4 AND page <= 4, false)"),
        ("para:12", Quickwit, "paragraph:\"12\""),
        ("theme:care-leavers", DuckDb, "list_has_any(themes, ['care-leavers'])"),
        ("section:\"care leav*\"", DuckDb, "regexp_matches(section_words, '(?:^| )care leav[^ ]*(?: |$)')"),
        ("grade:good kind:report", Quickwit, "+grade:\"good\" +kind:\"report\""),
        ("path:900*", Quickwit, "path:\"900_marlowe/inspection.pdf\""),
    ] {
        assert_eq!(condition(query, target), expected, "{query}");
    }
    let notes = with("authority:marl*", DuckDb, &options()).unwrap().notes;
    assert_eq!(notes, ["authority:marl* was read as marlowe, by the reports that there are now"]);
    // Without a code book, themes are those of headings.
    let plain = with("theme:care-leavers", Quickwit, &SearchOptions::default()).unwrap().text;
    assert_eq!(plain, "+searched:true +theme:\"care-leavers\"");
}

#[test]
fn options_are_part_of_the_query() {
    let quickwit = |options: SearchOptions| with("care", QueryTarget::Quickwit, &options).unwrap().text;
    assert_eq!(quickwit(options().tables(true).notes(true)), "words:\"care\"");
    assert_eq!(quickwit(options().tables(true)), "-role:\"note\" +words:\"care\"");
    assert_eq!(
        quickwit(options().boilerplate(Boilerplate::Exclude)),
        "+searched:true -boilerplate:* +words:\"care\""
    );
    let below = with("care", QueryTarget::DuckDb, &options().within("900_marlowe")).unwrap().text;
    assert!(below.contains("(path = '900_marlowe' OR starts_with(path, '900_marlowe/'))"), "{below}");
    let keep = options().duplicates(quotable_index::Duplicates::Keep);
    assert!(with("care", QueryTarget::DuckDb, &keep).unwrap_err().to_string().contains("copies"));
}

#[test]
fn a_sentence_is_asked_of_the_table_of_sentences() {
    let sentence = condition("w/s(caseloads high -staff)", QueryTarget::DuckDb);
    assert_eq!(
        sentence,
        "id IN (SELECT paragraph_id FROM sentences WHERE (contains(' ' || words || ' ', ' caseloads ') AND contains(' ' || \
         words || ' ', ' high ') AND NOT contains(' ' || words || ' ', ' staff ')))"
    );
    // A filter holds for the paragraph, also where all is kept to a sentence.
    let scoped =
        with("care kind:report", QueryTarget::DuckDb, &options().scope(Scope::Sentence)).unwrap().text;
    assert!(scoped.contains("kind IN ('report')") && scoped.contains("FROM sentences WHERE"), "{scoped}");
    assert!(refused("a w/s b", QueryTarget::OpenSearch).contains("words in one sentence"));
    assert!(refused("a w/r b", QueryTarget::DuckDb).contains("words in one report"));
}

#[test]
fn what_an_engine_cannot_ask_is_an_error_with_its_place_and_a_cure() {
    use QueryTarget::{DuckDb, OpenSearch, Quickwit};
    for (query, target, expected) in [
        ("care pre/2 leavers", Quickwit, "one word and then another"),
        ("\"care leav*\"", Quickwit, "wildcards in a phrase"),
        ("\"care * for\"", Quickwit, "any one word (*) in a phrase"),
        ("care w/3 care", Quickwit, "a word near itself"),
        ("inspected:2018", Quickwit, "days of inspections"),
        ("\"* leavers\"", OpenSearch, "at the end of a phrase"),
        ("(a w/2 b) w/3 c", DuckDb, "windows of windows"),
        ("a w/3 (b OR \"c d\")", OpenSearch, "different lengths"),
        ("a not w/3 b", DuckDb, "without others near them"),
        ("wait~", DuckDb, "the inflections of a word"),
        ("wiat%1", OpenSearch, "wrong letters"),
        ("/unalloc.+/", DuckDb, "regular expressions"),
        ("£5", DuckDb, "the signs of a number"),
        ("=IT", OpenSearch, "as they are printed"),
    ] {
        let said = refused(query, target);
        assert!(said.contains(expected) && said.contains("help: ") && said.contains('^'), "{query}: {said}");
    }
    // The words that are meant are named.
    assert!(refused("wait~", DuckDb).contains("write the words out: (wait)"), "{}", refused("wait~", DuckDb));
}
