//! Web pages that nest, span and refer without end.

use super::{nested, times};
use crate::Hostile;

pub(super) fn files(scale: usize) -> Vec<Hostile> {
    let many = scale * 1_000;
    let page = |body: String| {
        format!("<!doctype html><html><body><p>The gate.</p>{body}</body></html>").into_bytes()
    };
    let ld = |text: String| format!("<script type=\"application/ld+json\">{text}</script><p>The gate.</p>");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("divisions", page(nested("<div>", "</div>", many, "a"))),
        ("unclosed", page(times("<div><b><p>", many))),
        ("unopened", page(times("</div></b></p></table>", many))),
        ("tables", page(nested("<table><tr><td>", "</td></tr></table>", many, "a"))),
        ("tables-unclosed", page(times("<table><tr><td>a", many))),
        ("lists", page(nested("<ul><li>", "</li></ul>", many, "a"))),
        ("quotes", page(nested("<blockquote><q>", "</q></blockquote>", many, "a"))),
        ("bold", page(nested("<b><i><sup>", "</sup></i></b>", many, "a"))),
        ("misnested", page(times("<b><p><i></b></p></i>a", many))),
        ("columns", page(format!("<table><tr>{}</tr></table>", times("<td>a", many)))),
        (
            "spans",
            page(format!(
                "<table>{}</table>",
                times("<tr><td colspan=4294967295 rowspan=4294967295>a</td>", many)
            )),
        ),
        (
            "wide-spans",
            page(format!(
                "<table>{}</table>",
                times("<tr><td colspan=1000 rowspan=65534>a</td><td>b", scale * 20)
            )),
        ),
        (
            "columns-of-columns",
            page(format!("<table><colgroup span=999999999>{}</table>", times("<tr><td>a", scale))),
        ),
        (
            "attributes",
            page(format!("<p {}>a</p>", (0..many).map(|at| format!("a{at}=b ")).collect::<String>())),
        ),
        ("same-attributes", page(format!("<p {}>a</p>", times("a=b ", many)))),
        ("long-attribute", page(format!("<p class=\"{}\">a</p>", times("c ", many)))),
        ("long-tag", page(format!("<{}>a", times("t", many)))),
        ("references", page(times("&#xD800;&#x110000;&#99999999999999;&#0;&#x80;&notanentity;&amp", many))),
        ("open-comment", page(format!("<!--{}", times("a -- ", many)))),
        ("comments", page(times("<!-->a<!--->b<!-- --!>", many))),
        ("open-script", page(format!("<script>{}", times("a<", many)))),
        ("scripts", page(times("<script><!--<script></script>", many))),
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
        ("cdata", page(times("<svg><![CDATA[a]]></svg>", many))),
        ("plaintext", page(format!("<plaintext>{}", times("</p>", many)))),
        ("selects", page(times("<select><option>a<select>", many))),
        ("frames", page(times("<frameset><noframes><iframe srcdoc='<p>a'>", many))),
        ("headings", page(times("<h1>a<h2>b", many))),
        ("definitions", page(times("<dl><dt>a<dd>b", many))),
        ("breaks", page(times("<br>", many * 10))),
        ("json-deep", page(ld(times("[{\"a\":", many)))),
        ("json-wide", page(ld(format!("[{}1]", times("1,", many))))),
        (
            "json-strange",
            page(ld("{\"@type\":\"Article\",\"datePublished\":\"9999-99-99\",\"headline\":[[]]}".to_owned())),
        ),
        ("titles", page(times("<title>a</title><meta name=date content=2018-99-99>", many))),
        (
            "charset-loop",
            b"<meta charset=utf-16><meta charset=utf-7><p>+ADw-script+AD4- \xFF\xFE the gate.".to_vec(),
        ),
        ("charset-replacement", b"<meta charset=iso-2022-kr><p>The gate.\x1B$)C\x0E".to_vec()),
        ("utf16", "\u{feff}<p>The gate.".encode_utf16().chain([0xD800]).flat_map(u16::to_be_bytes).collect()),
        ("zeros", page(times("\0<\0p\0>a\0", many))),
        ("half-a-tag", page("<p>The gate.<p class=\"".to_owned())),
        ("anchors", page(times("<a href=javascript:alert(1)>a", many))),
        ("hidden", page(nested("<p hidden>", "</p>", many, "a"))),
    ];
    cases.into_iter().map(|(name, bytes)| Hostile::new(format!("html-{name}.html"), bytes)).collect()
}
