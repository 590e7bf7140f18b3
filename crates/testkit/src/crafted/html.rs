//! HTML: deep nesting, huge spans, malformed markup.

use super::{nested, repeat};
use crate::file::TestFile;

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let many = scale * 1_000;
    let page = |body: String| {
        format!("<!doctype html><html><body><p>The gate.</p>{body}</body></html>").into_bytes()
    };
    let ld = |text: String| format!("<script type=\"application/ld+json\">{text}</script><p>The gate.</p>");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("divisions", page(nested("<div>", "</div>", many, "a"))),
        ("unclosed", page(repeat("<div><b><p>", many))),
        ("unopened", page(repeat("</div></b></p></table>", many))),
        ("tables", page(nested("<table><tr><td>", "</td></tr></table>", many, "a"))),
        ("tables-unclosed", page(repeat("<table><tr><td>a", many))),
        ("lists", page(nested("<ul><li>", "</li></ul>", many, "a"))),
        ("quotes", page(nested("<blockquote><q>", "</q></blockquote>", many, "a"))),
        ("bold", page(nested("<b><i><sup>", "</sup></i></b>", many, "a"))),
        ("misnested", page(repeat("<b><p><i></b></p></i>a", many))),
        ("columns", page(format!("<table><tr>{}</tr></table>", repeat("<td>a", many)))),
        (
            "spans",
            page(format!(
                "<table>{}</table>",
                repeat("<tr><td colspan=4294967295 rowspan=4294967295>a</td>", many)
            )),
        ),
        (
            "wide-spans",
            page(format!(
                "<table>{}</table>",
                repeat("<tr><td colspan=1000 rowspan=65534>a</td><td>b", scale * 20)
            )),
        ),
        (
            "columns-of-columns",
            page(format!("<table><colgroup span=999999999>{}</table>", repeat("<tr><td>a", scale))),
        ),
        (
            "attributes",
            page(format!("<p {}>a</p>", (0..many).map(|at| format!("a{at}=b ")).collect::<String>())),
        ),
        ("same-attributes", page(format!("<p {}>a</p>", repeat("a=b ", many)))),
        ("long-attribute", page(format!("<p class=\"{}\">a</p>", repeat("c ", many)))),
        ("long-tag", page(format!("<{}>a", repeat("t", many)))),
        ("references", page(repeat("&#xD800;&#x110000;&#99999999999999;&#0;&#x80;&notanentity;&amp", many))),
        ("open-comment", page(format!("<!--{}", repeat("a -- ", many)))),
        ("comments", page(repeat("<!-->a<!--->b<!-- --!>", many))),
        ("open-script", page(format!("<script>{}", repeat("a<", many)))),
        ("scripts", page(repeat("<script><!--<script></script>", many))),
        ("templates", page(nested("<template>", "</template>", many, "<p>a"))),
        (
            "foreign",
            page(nested(
                "<svg><foreignObject><math><mtext>",
                "</mtext></math></foreignObject></svg>",
                many,
                "a",
            )),
        ),
        ("cdata", page(repeat("<svg><![CDATA[a]]></svg>", many))),
        ("plaintext", page(format!("<plaintext>{}", repeat("</p>", many)))),
        ("selects", page(repeat("<select><option>a<select>", many))),
        ("frames", page(repeat("<frameset><noframes><iframe srcdoc='<p>a'>", many))),
        ("headings", page(repeat("<h1>a<h2>b", many))),
        ("definitions", page(repeat("<dl><dt>a<dd>b", many))),
        ("breaks", page(repeat("<br>", many * 10))),
        ("json-deep", page(ld(repeat("[{\"a\":", many)))),
        ("json-wide", page(ld(format!("[{}1]", repeat("1,", many))))),
        (
            "json-strange",
            page(ld("{\"@type\":\"Article\",\"datePublished\":\"9999-99-99\",\"headline\":[[]]}".to_owned())),
        ),
        ("titles", page(repeat("<title>a</title><meta name=date content=2018-99-99>", many))),
        (
            "charset-loop",
            b"<meta charset=utf-16><meta charset=utf-7><p>+ADw-script+AD4- \xFF\xFE the gate.".to_vec(),
        ),
        ("charset-replacement", b"<meta charset=iso-2022-kr><p>The gate.\x1B$)C\x0E".to_vec()),
        ("utf16", "\u{feff}<p>The gate.".encode_utf16().chain([0xD800]).flat_map(u16::to_be_bytes).collect()),
        ("zeros", page(repeat("\0<\0p\0>a\0", many))),
        ("half-a-tag", page("<p>The gate.<p class=\"".to_owned())),
        ("anchors", page(repeat("<a href=javascript:alert(1)>a", many))),
        ("hidden", page(nested("<p hidden>", "</p>", many, "a"))),
    ];
    cases.into_iter().map(|(name, bytes)| TestFile::new(format!("html-{name}.html"), bytes)).collect()
}
