use std::time::Duration;

use super::*;
use crate::processor_clock::{ProcessorClock, used};

fn read(html: &str) -> Document {
    Html.read(html.as_bytes(), &Budget::default()).unwrap()
}

fn shown(html: &str) -> Vec<String> {
    let shown = |block: &Block| format!("{:?} {}", block.kind, block.text().replace('\n', "/"));
    read(html).blocks.iter().map(shown).collect()
}

#[test]
fn block_elements_end_blocks() {
    assert_eq!(
        shown(
            "<h1>Inspection of <em>West</em>mere</h1>one<p>two<br>lines<p>three<div>four</div>five<pre>a  b\nc</pre>"
        ),
        [
            "Heading { level: 1 } Inspection of Westmere",
            "Paragraph one",
            "Paragraph two/lines",
            "Paragraph three",
            "Paragraph four",
            "Paragraph five",
            "Paragraph a b/c",
        ]
    );
}

#[test]
fn list_labels_are_those_of_a_browser() {
    assert_eq!(
        shown(
            "<ol start=12><li>a<li value=20><p>b</p><p>more</p><ul><li>c</ul><li>d</ol><ol type=i><li>e</ol><ol reversed><li>f</ol><ul style='list-style: none'><li>g</ul>"
        ),
        [
            "Item { depth: 0 } 12. a",
            "Item { depth: 0 } 20. b",
            "Paragraph more",
            "Item { depth: 1 } • c",
            "Item { depth: 0 } 21. d",
            "Item { depth: 0 } i. e",
            "Paragraph f",
            "Paragraph g",
        ]
    );
}

#[test]
fn layout_tables_have_no_cells() {
    assert_eq!(
        shown(
            "<table><tr><th colspan=2>a<th>b<tr><td rowspan=2>c<td>d<tr><td>e</table><table><tr><td>menu<td><table><tr><td>f<td>g</table>text</table>"
        ),
        [
            "Cell { table: 0, row: 0, column: 0 } a",
            "Cell { table: 0, row: 0, column: 2 } b",
            "Cell { table: 0, row: 1, column: 0 } c",
            "Cell { table: 0, row: 1, column: 1 } d",
            "Cell { table: 0, row: 2, column: 1 } e",
            "Paragraph menu",
            "Cell { table: 2, row: 0, column: 0 } f",
            "Cell { table: 2, row: 0, column: 1 } g",
            "Paragraph text",
        ]
    );
}

#[test]
fn page_furniture_becomes_artifacts() {
    assert_eq!(
        shown(
            "<header><h1>The Mercury</h1></header><div class='cookie-banner'>We use cookies</div>\
             <article><header><h1>Leaders are new</h1></header><p>Body <span hidden>no</span><script>no()</script>here.</p>\
             <blockquote>quoted</blockquote><figure><img alt=x><figcaption>A hall</figcaption></figure>\
             <p><a href='/x'>Read this too</a></p><p><a href='#s'>Down the page</a></p></article><footer>small print</footer>"
        ),
        [
            "Artifact The Mercury",
            "Artifact We use cookies",
            "Heading { level: 1 } Leaders are new",
            "Paragraph Body here.",
            "Quote quoted",
            "Figure A hall",
            "Artifact Read this too",
            "Contents Down the page",
            "Artifact small print",
        ]
    );
}

#[test]
fn main_is_content_and_a_form_around_the_page_is_too() {
    assert_eq!(
        shown("<body>top<div role=main><p>the text of the page</div>bottom"),
        ["Artifact top", "Paragraph the text of the page", "Artifact bottom"]
    );
    assert_eq!(
        shown("<form><p>the text of the page</form>top"),
        ["Paragraph the text of the page", "Paragraph top"]
    );
    assert_eq!(shown("<div class=newsletter>all there is</div>"), ["Paragraph all there is"]);
}

#[test]
fn marks_of_notes_are_superscript() {
    let document = read(
        "<p>the hub<sup><a href='#n'>1</a></sup> is</p><p id=n><sup>1</sup> The Gate.</p><section class=footnotes><ol><li>Another <a class='footnote-backref' href='#r'>↩</a></ol></section>",
    );
    let texts: Vec<String> = document.blocks.iter().map(Block::text).collect();
    assert_eq!(texts, ["the hub1 is", "1 The Gate.", "1 Another"]);
    assert_eq!(document.blocks[0].lines[0].raised, std::iter::once(7..8).collect::<Vec<_>>());
    assert!(document.blocks[1..].iter().all(|block| block.kind == BlockKind::Note));
    assert_eq!(document.blocks[2].lines[0].raised, std::iter::once(0..1).collect::<Vec<_>>());
}

#[test]
fn the_most_deliberate_metadata_wins() {
    let document = read(
        "<title>Leaders are new | The Mercury</title><meta name=author content='A. May'>\
         <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Leaders are new\",\
         \"datePublished\":\"2024-06-03T10:00:00Z\",\"author\":[{\"name\":\"Ann May\"}]}]}</script>\
         <p>Body.</p><time datetime='2020-01-01'>then</time>",
    );
    let wanted = [
        ("title", "Leaders are new"),
        ("author", "Ann May"),
        ("published", "2024-06-03T10:00:00Z"),
        ("type", "NewsArticle"),
    ];
    assert_eq!(document.properties, wanted.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[test]
fn the_declared_encoding_is_used() {
    let page = b"<meta charset=windows-1252><p>children\x92s &amp; &lsquo;so&rsquo;";
    let document = Html.read(page, &Budget::default()).unwrap();
    assert_eq!(document.blocks[0].text(), "children’s & ‘so’");
    assert!(document.warnings.is_empty());
}

#[test]
fn the_head_ends_where_its_content_ends() {
    let text = ["Paragraph The board met."];
    for page in [
        "<html><head><title>T</title><div>The board met.</div></html>",
        "<html><head><title>T</title><p>The board met.",
        "<head><meta name=a content=b><link rel=c><style>p{}</style>The board met.",
        "<head><script>p</script><img src=pixel><p>The board met.",
        "<html><head><title>T</title></head><p>The board met.",
        "<html><head><title>T</title><body><p>The board met.",
        "<body><head><title>T</title><p>The board met.",
    ] {
        assert_eq!(shown(page), text, "{page}");
    }
    let hidden =
        "<head><noscript><p>Turn scripts on.</noscript><template><p>No.</template></head><p>The board met.";
    assert_eq!(shown(hidden), text);
    let titled = read("<head><p>The board met.<title>Minutes</title>");
    assert_eq!(titled.properties, [("title".to_owned(), "Minutes".to_owned())]);
}

#[test]
fn drawings_end_where_browsers_end_them() {
    let text = ["Paragraph The board met."];
    for page in [
        "<svg><title/><path d='M0'/></svg><p>The board met.",
        "<svg><title>A bell</title></svg><p>The board met.",
        "<svg><style/><script/></svg><p>The board met.",
        "<svg class=icon/><p>The board met.",
        "<svg><path><g><p>The board met.",
        "<math><p>The board met.",
        "<svg><foreignObject><div>No.</div></foreignObject></svg><p>The board met.",
        "<?xml version='1.0'?><html><head><title/><script src='x'/></head><body><p>The board met.</p></body></html>",
    ] {
        assert_eq!(shown(page), text, "{page}");
    }
}

#[test]
fn zero_bytes_and_foreign_bytes_cost_a_warning_only() {
    let page = format!("<meta charset=utf-8><!-- \0 --><p>{}</p>", "The board “met”. ".repeat(10).trim());
    let document = read(&page);
    assert_eq!(document.blocks[0].text(), "The board “met”. ".repeat(10).trim());
    assert_eq!(document.warnings[0].code, "zero-bytes");
    let page = "<meta charset=utf-8><p>The caf? said “we met”.".replace('?', "\u{1}");
    let bytes: Vec<u8> = page.bytes().map(|byte| if byte == 1 { 0xE9 } else { byte }).collect();
    let document = Html.read(&bytes, &Budget::default()).unwrap();
    assert_eq!(document.blocks[0].text(), "The café said “we met”.");
    assert_eq!(document.warnings[0].code, "encoding-mixed");
}

#[test]
fn columns_of_text_are_no_table() {
    let paragraphs =
        "<p>The board has met again, and the members of it have read the whole of the letter.</p>".repeat(3);
    let shown =
        shown(&format!("<table><tr><td>Wexley<td>{paragraphs}<tr><td>one<td>two<br><br>three</table>"));
    assert_eq!(
        shown[1],
        "Paragraph The board has met again, and the members of it have read the whole of the letter."
    );
    assert_eq!(shown[shown.len() - 2..], ["Paragraph two", "Paragraph three"]);
}

#[test]
fn deep_nesting_takes_linear_time() {
    let clock = ProcessorClock::start();
    for name in ["div", "blockquote", "b", "ul><li", "table><tr><td", "a", "p", "sup", "svg"] {
        let budget = Budget { time: Duration::from_secs(10), ..Budget::default() }.start();
        let page =
            format!("<p>first</p>{}word{}", format!("<{name}>").repeat(100_000), "</div>".repeat(100_000));
        let document = Html.read(page.as_bytes(), &budget).unwrap();
        assert_eq!(document.blocks[0].text(), "first", "{name}");
        assert!(name == "p" || name == "a" || document.warnings[0].code == "nested-too-deeply", "{name}");
    }
    assert!(used(clock) < Duration::from_secs(20), "{:?}", used(clock));
    let deep = format!("{}<script>var x</script>word", "<div>".repeat(100_000));
    assert_eq!(shown(&deep), ["Paragraph word"]);
}

#[test]
fn the_source_of_a_block_quotation_is_none_of_its_words() {
    let page = |quote: &str| shown(&format!("<blockquote>{quote}</blockquote><p>After</p>"));
    let expected = ["Quote Plans drift.", "Paragraph Ofsted", "Paragraph After"];
    assert_eq!(page("<p>Plans drift.</p><cite>Ofsted</cite>"), expected);
    assert_eq!(page("Plans drift. <cite>Ofsted</cite>"), expected);
    assert_eq!(page("<p>Plans drift.<br><cite><a href=x>Ofsted</a></cite></p>")[0], "Quote Plans drift.");
    assert_eq!(
        page("As <cite>The Plan</cite> says, plans drift.")[0],
        "Quote As The Plan says, plans drift."
    );
}

#[test]
fn a_line_of_ten_megabytes_is_read() {
    let page = format!("<p>{}</p>", "word ".repeat(2 << 20));
    assert_eq!(read(&page).blocks[0].lines[0].text.len(), (2 << 20) * 5 - 1);
    let budget = Budget { output: 1 << 20, ..Budget::default() };
    let error = Html.read(page.as_bytes(), &budget).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget);
}

#[test]
fn entities_do_not_expand() {
    let page = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;&#x110000;&#0;&notit;";
    assert!(read(page).blocks.iter().map(|block| block.text().len()).sum::<usize>() < 200);
}

#[test]
fn a_page_without_text_is_an_error() {
    let error =
        Html.read(b"<html><div id=root></div><script>start()</script>", &Budget::default()).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::NoText);
}

#[test]
fn keeps_the_contract() {
    let page = "<!DOCTYPE html><title>T</title><main><h1>A</h1><ol><li>b<sup>1</sup></ol><table><tr><td>c<td>d</table><blockquote>e</blockquote><p><sup>1</sup> f</main>";
    crate::contract::check(&Html, page.as_bytes());
}
