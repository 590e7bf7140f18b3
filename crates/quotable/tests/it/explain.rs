//! Explanations of queries.

use quotable::explain::{Part, WordCount};
use quotable::{Explanation, Index, SearchOptions};

use crate::fixtures::{index_of, marlowe, report};

fn sample_index() -> Index {
    index_of([
        marlowe(),
        report(
            "b.txt",
            &["Unallocated cases, and cases allocated. Carers care.", "Allocated work, allocation of it."],
        ),
    ])
}

fn explain(query: &str) -> Explanation {
    sample_index().search(&query.parse().unwrap()).unwrap().explain().unwrap()
}

fn counted(words: &[WordCount]) -> Vec<String> {
    words.iter().map(|word| format!("{} {}/{}", word.word, word.occurrences, word.paragraphs)).collect()
}

fn tree(part: &Part) -> String {
    if part.parts.is_empty() {
        return format!("{}:{}", part.operator, part.query);
    }
    let parts: Vec<_> = part.parts.iter().map(tree).collect();
    format!("{}({})", part.operator, parts.join(" "))
}

#[test]
fn the_query_is_shown_as_read() {
    let explained = explain("“Care Leavers” w/5 (unalloc* OR plan~) -kind:article w/s good");
    insta::assert_snapshot!(explained.provenance.query, @r#"("care leavers" w/5 (unalloc* OR plan~)) ((NOT kind:article) w/s good)"#);
    insta::assert_snapshot!(tree(&explained.tree), @"and(w/5(phrase(word:care word:leavers) or(wildcard:unalloc* inflected:plan~)) w/s(and(not(filter:kind:article) word:good)))");
}

#[test]
fn patterns_list_their_words() {
    let explained = explain("alloc* w/r /car.*/ w/r \"zzz *\"");
    assert_eq!(explained.leaves.len(), 3);
    assert_eq!(counted(&explained.leaves[0].words), ["allocated 2/2", "allocation 1/1"]);
    assert_eq!(counted(&explained.leaves[1].words), ["care 4/3", "carers 1/1"]);
    assert_eq!(counted(&explained.leaves[2].words), Vec::<String>::new());
}

#[test]
fn filters_show_their_reach() {
    let explained = explain("care authority:marl* section:progress");
    let reach = |number: usize| {
        let filter = &explained.filters[number];
        (filter.filter.as_str(), filter.values[0].as_str(), filter.reports, filter.paragraphs)
    };
    assert_eq!(reach(0), ("authority:marl*", "80432_marlowe/2018-01-29.txt", 1, 3));
    assert_eq!(reach(1), ("section:progress", "the experiences and progress of care leavers", 1, 3));
}

#[test]
fn empty_parts_are_named_with_similar_words() {
    let empty = |query: &str| {
        let explained = explain(query);
        assert_eq!(explained.counts.paragraphs, 0);
        let parts = explained.empty.into_iter();
        parts.map(|part| format!("{} {:?}", part.query, counted(&part.nearest))).collect::<Vec<_>>()
    };
    assert_eq!(empty("unalocated"), ["unalocated [\"unallocated 2/2\"]"]);
    assert_eq!(empty("care unalocated"), empty("unalocated"));
    assert_eq!(empty("care w/3 (zzz OR \"leavers weer\") -yyy"), ["zzz []", "weer [\"were 2/2\"]"]);
    assert_eq!(empty("carers leavers"), Vec::<String>::new(), "each part finds something");
    assert_eq!(empty("good \"care were\""), ["\"care were\" []"]);
    assert_eq!(empty("care theme:care-leavers zz*"), ["zz* []"]);
}

#[test]
fn empty_filters_are_named_with_similar_values() {
    let empty = |query: &str| {
        let explained = explain(query);
        assert_eq!(explained.counts.paragraphs, 0, "{query}");
        let parts = explained.empty.into_iter();
        parts.map(|part| format!("{} {}", part.query, part.values.join(", "))).collect::<Vec<_>>()
    };
    assert_eq!(
        empty("care section:progres"),
        ["section:progres progress, the experiences and progress of care leavers"]
    );
    assert_eq!(empty("care path:80432_marlow/*"), ["path:80432_marlow/* 80432_marlowe/*"]);
    assert_eq!(empty("care path:c.txt"), ["path:c.txt b.txt"]);
    assert_eq!(empty("care framework:sif"), ["framework:sif ilacs"]);
    assert_eq!(empty("care grade:good"), ["grade:good inadequate"]);
    assert_eq!(empty("care theme:adoption"), ["theme:adoption "]);
    assert_eq!(empty("care date:2031"), ["date:2031 2018-01-29"]);
    let options = SearchOptions::default().within("80432_marlow");
    let explained =
        sample_index().search_with(&"care".parse().unwrap(), &options).unwrap().explain().unwrap();
    assert_eq!(explained.empty[0].query, "path:/80432_marlow");
    assert_eq!(explained.empty[0].values[0], "80432_marlowe/*");
    // A negated filter is not at fault, but its reach is still zero.
    let explained = explain("care -path:80432_marlow/*");
    assert_eq!(
        (explained.filters[0].paragraphs, &explained.filters[0].nearest[..]),
        (0, &["80432_marlowe/*".to_owned()][..])
    );
}

#[test]
fn wide_scopes_are_explained() {
    let options = SearchOptions::default().scope(quotable::query::Scope::Report);
    let index = sample_index();
    let search = index.search_with(&"plans alloc* zzz".parse().unwrap(), &options).unwrap();
    let explained = search.explain().unwrap();
    assert_eq!(explained.empty.len(), 1);
    assert_eq!(explained.leaves.len(), 3);
    assert_eq!(explained.leaves[1].words.len(), 2);
}
