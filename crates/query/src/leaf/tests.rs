use proptest::prelude::*;

use super::{Leaf, within_edits};
use crate::query::Query;

fn leaf(query: &str) -> Leaf {
    Leaf::new(&query.parse().unwrap()).unwrap()
}

fn fault(query: Query) -> String {
    Leaf::new(&query).unwrap_err().message().to_owned()
}

#[test]
fn each_kind_of_leaf_matches_its_words() {
    for (query, yes, no) in [
        ("Café", "cafe", "cafes coffee"),
        ("unalloc*", "unalloc unallocated unallocated's", "allocated un"),
        ("organi?e", "organise organize", "organie organisse"),
        ("*care*", "care carer childcare scared", "car"),
        ("?*d", "ad need", "d"),
        ("/unallocat(ed|ion)/", "unallocated unallocation", "unallocate unallocateds"),
        ("/Colou?r/", "color colour", "colours"),
        ("/a|b/", "a b", "ab"),
        ("leave~", "leave leaves leaving leave's", "leaver left leavers"),
        ("child~", "child child's childs", "children"),
        ("possibility~", "possible possibly possibilities", "possess"),
        ("dying~", "die dies dying", "dye"),
        ("unalocated%1", "unallocated unalocated unalocate", "allocated"),
        ("form%1", "from form forms for", "fro farms"),
        ("chidlren%2", "children childrn", "child"),
    ] {
        let leaf = leaf(query);
        for word in yes.split(' ') {
            assert!(leaf.matches(word), "{query} matches {word}");
            assert!(word.starts_with(leaf.literal_prefix()), "{query} {word}");
        }
        for word in no.split(' ') {
            assert!(!leaf.matches(word), "{query} does not match {word}");
        }
    }
}

#[test]
fn literal_prefixes_are_those_of_all_matches() {
    for (query, prefix) in [
        ("care", "care"),
        ("unalloc*", "unalloc"),
        ("*ed", ""),
        ("/unalloc.+/", "unalloc"),
        ("/colou?r/", "colo"),
        ("/ab|c/", ""),
        ("/a{0,}b/", ""),
        ("leaving~", "le"),
    ] {
        assert_eq!(leaf(query).literal_prefix(), prefix, "{query}");
    }
    assert_eq!(leaf("care").exact(), Some("care"));
    assert_eq!(leaf("care*").exact(), None);
}

#[test]
fn patterns_cannot_close_the_group_around_them() {
    assert!(fault(Query::regex("a)|(b")).contains("cannot be read"));
    assert!(fault(Query::regex("(?x)a#")).contains("cannot be read"));
    assert!(fault(Query::regex("(((\\w{0,500}){0,100}){0,100})")).contains("too large"));
    assert!(fault(Query::regex("(".repeat(500) + &")".repeat(500))).contains("cannot be read"));
}

#[test]
fn other_queries_are_refused() {
    assert!(Leaf::new(&Query::word("two words")).is_err());
    assert!(Leaf::new(&Query::Gap).is_err());
    assert!(Leaf::new(&Query::word("")).is_err());
    assert!(Leaf::new(&Query::fuzzy("children", 3)).is_err());
}

/// All words at most one edit from `word`.
fn neighbours(word: &str, letters: &str) -> Vec<String> {
    let word: Vec<char> = word.chars().collect();
    let mut all = vec![word.clone()];
    for at in 0..=word.len() {
        for letter in letters.chars() {
            all.push([&word[..at], &[letter], &word[at..]].concat());
            if at < word.len() {
                all.push([&word[..at], &[letter], &word[at + 1..]].concat());
            }
        }
        if at < word.len() {
            all.push([&word[..at], &word[at + 1..]].concat());
        }
        if at + 1 < word.len() {
            let mut swapped = word.clone();
            swapped.swap(at, at + 1);
            all.push(swapped);
        }
    }
    all.into_iter().map(String::from_iter).collect()
}

proptest! {
    #[test]
    fn one_wrong_letter_makes_a_neighbour(a in "[abc]{0,5}", b in "[abc]{0,5}") {
        let within = |a: &str, b: &str| within_edits(a, a.chars().count(), b, 1);
        prop_assert_eq!(within(&a, &b), neighbours(&a, "abc").contains(&b));
        prop_assert_eq!(within(&a, &b), within(&b, &a));
    }
}
