//! Invented pages, one for each way in which sites build their articles.

use std::fmt::Write as _;
use std::time::Duration;

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::Document;
use crate::html::Html;
use crate::processor_clock::{ProcessorClock, used};
use crate::reader::Reader;

const ARTICLE: [&str; 4] = [
    "Inspectors who came to Wexley in March said that leaders “see what is happening on every team”, and that children do not wait for help.",
    "Dana Orrell, who runs children’s services, told the Wexley Courier that the letter was “a tribute to the people who knock on doors”.",
    "Not everything is well. The letter says that plans for care leavers “lack dates and names”, and that some visits were late last winter.",
    "The council will answer within seventy days, and the inspectors are expected back in Wexley before the end of next year.",
];

fn read(page: &str) -> Document {
    Html.read(page.as_bytes(), &Budget::default()).unwrap()
}

fn content(document: &Document) -> Vec<String> {
    document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact).map(Block::text).collect()
}

fn paragraphs(class: &str) -> String {
    ARTICLE.iter().fold(String::new(), |mut html, text| {
        let _ = write!(html, "<p{class}>{text}</p>");
        html
    })
}

/// Every paragraph of the article is content, once and in order, and none of `absent` is.
fn holds_article(page: &str, absent: &[&str]) {
    let shown = content(&read(page));
    let found: Vec<&String> = shown.iter().filter(|text| ARTICLE.contains(&text.as_str())).collect();
    assert_eq!(found, ARTICLE, "{page}\n{shown:#?}");
    for absent in absent {
        assert!(!shown.iter().any(|text| text.contains(absent)), "{absent}: {shown:#?}");
    }
}

#[test]
fn the_container_of_an_article_may_be_named_like_a_box() {
    let classes = [
        "right-sidebar",
        "l-sidebar-fixed",
        "content-with-sidebar-wrp",
        "contentSidebar_main__x1",
        "article-body paywall-google",
        "piano-paywall",
        "subscriber-only",
        "subscription-content",
        "ad_body",
        "ads-enabled-page",
        "teaser_blog_text",
        "share",
        "social-share-wrap",
        "read-more-wrap",
        "readMore",
        "article-body pagination-first",
        "pagination",
        "promo-story",
        "sponsored",
        "newsletter",
        "related-content-wrapper",
        "trending-story",
        "comments-open",
        "cookie-consent-given",
        "navigation-page",
        "masthead",
        "footer-wrap",
        "gallery",
        "popup-content",
    ];
    for class in classes {
        for (open, close) in [
            (format!("<div class='{class}'>"), "</div>"),
            (format!("<section class='{class}'><div><div>"), "</div></div></section>"),
            (format!("<div id=page class='{class}'><h1>Praise for Wexley</h1><article>"), "</article></div>"),
            (format!("<table><tr><td class='{class}'>"), "</table>"),
        ] {
            let notice = "<p>This website uses cookies to improve your visit.</p>";
            let text = paragraphs("");
            holds_article(&format!("<body>{notice}{open}{text}{close}</body>"), &[]);
            holds_article(
                &format!(
                    "<body>{notice}<h1>Praise for Wexley</h1>{open}{text}{close}<p>All rights reserved.</p></body>"
                ),
                &[],
            );
        }
    }
}

#[test]
fn the_paragraphs_of_an_article_may_be_named_like_a_box() {
    for class in
        ["paywall", "subscriber-text", "teaser", "sidebar", "share", "ad", "promo", "related", "comments"]
    {
        let text = paragraphs(&format!(" class={class}"));
        holds_article(&format!("<p>This website uses cookies.</p><h1>Praise for Wexley</h1>{text}"), &[]);
    }
    // The second half only, as behind a paywall.
    let [one, two, three, four] = ARTICLE;
    holds_article(
        &format!(
            "<article><p>{one}</p><p>{two}</p><div class=paywall><p>{three}</p><p>{four}</p></div></article>"
        ),
        &[],
    );
    holds_article(
        &format!(
            "<h1>Praise</h1><p>{one}</p><p>{two}</p><p class=paywall>{three}</p><p class=paywall>{four}</p>"
        ),
        &[],
    );
}

#[test]
fn what_is_around_an_article_is_left_out() {
    let menu = "<ul class=top><li><a href=/1>News</a><li><a href=/2>Sport and leisure</a><li><a href=/3>What is on this week</a></ul>";
    let trending = "<div>Trending:<ul><li><a href=/a>Bridge over the Lode to close for repairs</a><li><a href=/b>Market to move in May</a>\
                    <li><a href=/c>Ten walks for a wet Sunday</a><li><a href=/d>Swimmers back in the lido</a></ul></div>";
    let between = "<div><h3>Most read</h3><ol><li><a href=/e>Bus fares to rise in Wexley</a><li><a href=/f>School wins garden prize</a></ol></div>";
    let banner = "<div class=cookie-banner><p>We and our partners use cookies to store and read data. You can change your mind, at any time.</p></div>";
    let letter = "<div class=newsletter-signup><p>Sign up for our morning email, with the news of the day from Wexley.</p></div>";
    let comments = "<section id=comments><h2>Comments</h2><div class=comment><p>I lived there for years, and nobody ever came to our door.</p></div>\
                    <div class=comment><p>Well done to all of the staff, they have earned it, every one of them.</p></div></section>";
    let related = "<div class=related-stories><h2>More on this</h2><div><a href=/g>Lido opens again</a><p>Swimmers came back on Monday, after two years of works.</p></div></div>";
    let foot = "<footer><p>Published by the Wexley Courier, a member of the press council.</p></footer>";
    let absent = [
        "Sport and leisure", "Bridge over", "Bus fares", "partners", "morning email", "nobody ever came",
        "Swimmers came", "press council",
    ];
    let [one, two, three, four] = ARTICLE;
    for (open, close) in [
        ("<article>", "</article>"),
        ("<div class=story-body>", "</div>"),
        ("<div itemprop=articleBody>", "</div>"),
        ("<div>", "</div>"),
        ("<main><div class=col-8>", "</div></main>"),
    ] {
        let page = format!(
            "<body>{menu}{trending}{banner}<h1>Praise for Wexley</h1>{open}<p>{one}</p>{between}<p>{two}</p>{letter}<p>{three}</p><p>{four}</p>{close}\
             {related}{comments}{foot}</body>"
        );
        holds_article(&page, &absent);
        assert!(content(&read(&page)).contains(&"Praise for Wexley".to_owned()), "{open}");
    }
}

#[test]
fn lines_with_breaks_are_paragraphs() {
    let text = ARTICLE.join("<br><br>");
    holds_article(&format!("<div><h1>Praise</h1><div>{text}</div></div><p>Contact us.</p>"), &[]);
    holds_article(&format!("<div>{}</div>", ARTICLE.join("<br>\n  <br />\n")), &[]);
    // One break keeps the lines of an address together.
    assert_eq!(content(&read("<p>Wexley Hall<br>Lode Street")), ["Wexley Hall\nLode Street"]);
}

#[test]
fn an_article_in_a_table_of_the_layout_is_found() {
    let menu = "<td><a href=/1>News</a><br><a href=/2>Sport</a><br><a href=/3>Letters to the editor</a></td>";
    let page = format!(
        "<table><tr>{menu}<td><table><tr><td><h1>Praise</h1>{}</td></tr></table></td></tr></table>",
        paragraphs("")
    );
    holds_article(&page, &["Letters to"]);
}

#[test]
fn all_entries_of_a_live_page_are_content() {
    let entries = (0..6).fold(String::new(), |mut html, entry| {
        let _ = write!(
            html,
            "<div class=entry><time>1{entry}:30</time><h3>Report number {entry}</h3><p>The board has met, and member {entry} said that “nothing was hidden” from them.</p></div>"
        );
        html
    });
    let shown = content(&read(&format!("<h1>As it happened</h1><div class=live>{entries}</div>")));
    for entry in 0..6 {
        assert!(shown.iter().any(|text| text.contains(&format!("member {entry} said"))), "{shown:#?}");
    }
    let articles =
        (0..3).map(|_| format!("<article><h2>Praise</h2>{}</article>", paragraphs(""))).collect::<String>();
    let shown = content(&read(&format!("<div class=articles>{articles}</div>")));
    assert_eq!(shown.iter().filter(|text| ARTICLE.contains(&text.as_str())).count(), 12);
}

#[test]
fn a_page_for_phones_is_read() {
    let page = format!(
        "<html amp><body><amp-sidebar id=side><ul><li><a href=/1>News</a><li><a href=/2>Sport</a></ul></amp-sidebar>\
         <article class=amp-article><header><h1>Praise</h1></header><amp-img src=x></amp-img><div class=amp-article-content>{}</div>\
         <amp-social-share type=x></amp-social-share></article></body></html>",
        paragraphs("")
    );
    holds_article(&page, &["Sport"]);
}

#[test]
fn a_report_is_kept_whole() {
    let rows = "<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Help and protection</td><td>Good</td></tr><tr><td>Overall</td><td>Good</td></tr></table>";
    let report = format!(
        "<h1>Inspection of Wexley</h1><p>Lead inspector: A. May</p>{rows}<h2>Summary</h2>{}<h2>What needs to improve</h2><ul><li>Plans for care leavers</li>\
         <li>Visits to children placed far from home</li></ul><h2>Annex</h2><p>Ofsted</p><p>Lode Street</p>",
        paragraphs("")
    );
    let wanted = [
        "Inspection of Wexley",
        "Lead inspector: A. May",
        "Overall",
        "Summary",
        "What needs to improve",
        "• Plans for care leavers",
        "Annex",
        "Lode Street",
    ];
    for (open, close) in [
        ("<main>", "</main>"),
        ("<body>", "</body>"),
        ("<div class=govspeak>", "</div>"),
        ("<div id=sidebar-page>", "</div>"),
    ] {
        let shown = content(&read(&format!("{open}{report}{close}")));
        for wanted in wanted {
            assert!(shown.iter().any(|text| text == wanted), "{open} {wanted}: {shown:#?}");
        }
    }
}

#[test]
fn doubt_is_said() {
    let named = format!("<div class=comments>{}</div>", paragraphs(""));
    let document = read(&named);
    assert_eq!(
        document.warnings.iter().map(|warning| warning.code.as_str()).collect::<Vec<_>>(),
        ["page-parts-doubted"]
    );
    assert!(read(&format!("<article>{}</article>", paragraphs(""))).warnings.is_empty());
}

#[test]
fn the_text_of_a_page_that_a_script_fills_is_in_its_data() {
    let body = ARTICLE.join("\\n\\n").replace('"', "\\\"");
    let data = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Praise\",\"articleBody\":\"{body}\"}}</script>"
    );
    let document =
        read(&format!("<html><body>{data}<div id=root><p>Loading the page.</p></div></body></html>"));
    let shown = content(&document);
    assert!(ARTICLE.iter().all(|text| shown.iter().any(|shown| shown == text)), "{shown:#?}");
    assert_eq!(document.warnings[0].code, "text-from-data");
    // Where the page shows its text, that is the one.
    holds_article(&format!("<html><body>{data}<div>{}</div></body></html>", paragraphs("")), &[]);
}

#[test]
fn headings_and_short_lines_behind_the_last_sentence_are_no_part_of_an_article() {
    let page = |kind: &str, tail: &str| {
        let text: String = ARTICLE.iter().map(|text| format!("<p>{text}</p>")).collect();
        let page = format!(
            "<html><head><meta property='og:type' content='{kind}'></head><body><main><h1>Wexley</h1>{text}{tail}</main></body></html>"
        );
        let document = Html.read(page.as_bytes(), &Budget::default()).unwrap();
        let shown = document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact);
        shown.map(Block::text).skip(1 + ARTICLE.len()).collect::<Vec<_>>()
    };
    let boxes = "<p>Last changed on Friday</p><h3>You may like these</h3><p>Views: 112</p>";
    assert!(page("article", boxes).is_empty());
    assert_eq!(page("website", boxes).len(), 3);
    // A list, a sentence and a quotation end an article too, with what is above them.
    for end in ["<p>It rained.</p>", "<ul><li>Grade: good</li></ul>", "<p>“Not for us”, she said</p>"] {
        assert_eq!(
            page("article", &format!("<h2>What is next</h2><p>Views: 112</p>{end}")).len(),
            3,
            "{end}"
        );
    }
}

#[test]
fn selecting_takes_linear_time() {
    let clock = ProcessorClock::start();
    let budget = || Budget { time: Duration::from_secs(20), ..Budget::default() }.start();
    for page in [
        "<div class=sidebar><p>A sentence, that is one.</p>".repeat(12_000),
        "<div><div class=paywall><h1>A title of the page</h1><p>A sentence, that is one.</p></div>".repeat(12_000),
        "<article class=entry-content><p>A sentence, that is <a href=/x>one</a> of many, many more.</p></article>".repeat(12_000),
        format!("{}{}", "<div>".repeat(500), "<br><br>A sentence, that is one.".repeat(12_000)),
        format!("{}{}", "<div class=story-body>".repeat(500), "</div><div>one, two. <p>Three, four and five.".repeat(12_000)),
        format!("{}<p>A sentence, that is one.", "<svg><desc>x<div>Another, that is hidden.</div></svg>".repeat(12_000)),
    ] {
        let document = Html.read(page.as_bytes(), &budget()).unwrap();
        assert!(document.blocks.iter().any(|block| block.kind != BlockKind::Artifact));
    }
    assert!(used(clock) < Duration::from_secs(60), "{:?}", used(clock));
}
