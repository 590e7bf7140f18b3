//! Concordances, context of hits, and citations in exchange formats.

use quotable::csl::{Cite, Item};
use quotable::{Line, LineSort, sort_lines};

use crate::fixtures::{index_of, marlowe, report};

fn lines(texts: &[&str], query: &str, before: u32, after: u32) -> Vec<Line> {
    let index = index_of([report("a.txt", texts)]);
    let search = index.search(&query.parse().unwrap()).unwrap();
    search.concordance(before, after).unwrap().map(Result::unwrap).collect()
}

fn shown(lines: &[Line]) -> String {
    let line = |line: &Line| {
        format!("{}.{}-{} [{}|{}|{}]", line.docname, line.from, line.to, line.pre, line.keyword, line.post)
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_occurrence_gives_a_line() {
    let texts = ["“Care” for care-leavers; the care of all.", "No – nothing but care!"];
    insta::assert_snapshot!(shown(&lines(&texts, "care", 2, 1)), @r"
    a.txt.1-1 [“|Care|” for]
    a.txt.3-3 [“Care” for |care|-leavers]
    a.txt.6-6 [leavers; the |care| of]
    a.txt.4-4 [nothing but |care|!]
    ");
    insta::assert_snapshot!(shown(&lines(&texts, "\"care leavers\" w/3 care", 0, 0)), @r"
    a.txt.1-4 [|Care” for care-leavers|]
    a.txt.3-6 [|care-leavers; the care|]
    ");
}

#[test]
fn a_line_is_a_slice_of_its_paragraph() {
    let texts = ["Ünallocated (or “not yet” allocated) cases – 12 – were seen.", "Care."];
    for query in ["unallocated", "allocated", "cases", "care", "\"12 were\"", "seen"] {
        for (before, after) in [(0, 0), (1, 0), (0, 3), (2, 2), (90, 90), (u32::MAX, u32::MAX)] {
            for line in lines(&texts, query, before, after) {
                let whole = format!("{}{}{}", line.pre, line.keyword, line.post);
                assert!(texts.iter().any(|text| text.contains(&whole)), "{whole}");
                assert!(before < 90 || texts.contains(&whole.as_str()), "{whole}");
            }
        }
    }
}

#[test]
fn lines_sort_by_context() {
    let texts = ["The good care ends.", "A bad care begins.", "One good Care begins. ", "care"];
    let sorted = |sort| {
        let mut all = lines(&texts, "care", 5, 5);
        sort_lines(&mut all, sort);
        all.iter().map(|line| line.id.ordinal().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(sorted(LineSort::Left), [4, 2, 3, 1]);
    assert_eq!(sorted(LineSort::Right), [4, 2, 3, 1]);
    assert_eq!(sorted(LineSort::Date), [1, 2, 3, 4]);
    assert_eq!(sorted(LineSort::Authority), [1, 2, 3, 4]);
}

#[test]
fn a_line_cites_its_own_page() {
    let index = index_of([marlowe()]);
    let search = index.search(&"care".parse().unwrap()).unwrap();
    let pages = search.concordance(1, 1).unwrap().map(|line| line.unwrap().citation.page.unwrap());
    assert_eq!(pages.collect::<Vec<_>>(), [3, 3, 4]);
}

#[test]
fn a_paragraph_is_returned_with_its_neighbours() {
    let index = index_of([marlowe()]);
    let snapshot = index.snapshot();
    let hit = index.search(&"plans".parse().unwrap()).unwrap().top(1).unwrap().hits.remove(0);
    let around = |n| {
        let hits = snapshot.around(&hit.id, n).unwrap();
        hits.iter().map(|hit| hit.id.ordinal().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(around(0), [3]);
    assert_eq!(around(1), [2, 3, 4]);
    assert_eq!(around(u32::MAX), [1, 2, 3, 4, 5]);
    assert_eq!(snapshot.around(&hit.id.paragraph(6), 2).unwrap(), []);
    assert!(snapshot.around(&hit.id.report(), 1).is_err());
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn a_hit_exports_as_csl_and_w3c_selector() {
    let index = index_of([marlowe()]);
    let hit = index.search(&"unallocated".parse().unwrap()).unwrap().top(1).unwrap().hits.remove(0);
    insta::assert_snapshot!(json(&Item::of(&hit.citation)), @r#"{"id":"xvhtzfprx3","type":"report","title":"Marlowe County Council","issued":{"date-parts":[[2018,1,29]]},"genre":"Inspection of children’s services (ILACS)","event-place":"Marlowe County Council"}"#);
    insta::assert_snapshot!(json(&Cite::of(&hit.citation)), @r#"{"id":"xvhtzfprx3","locator":"2","label":"paragraph"}"#);
    insta::assert_snapshot!(json(&hit.selector(hit.matches[0].clone())), @r#"{"type":"TextQuoteSelector","exact":"unallocated","prefix":"Too many care leavers were ","suffix":". Staff in the service care abou"}"#);
    let whole = hit.selector(0..usize::MAX);
    assert!(json(&whole).contains(&hit.text));
}
