//! OpenDocument text and e-books: archives that unpack to far more, lists without end, pages that lead outside.

use super::docx::docx_archive as archive;
use super::{nested, repeat};
use crate::file::TestFile;

/// Decompressed size of a bomb at scale 1, in bytes.
const BOMB: usize = 4 << 20;

fn text(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text><text:p>The gate.</text:p>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn styled(styles: &str) -> Vec<u8> {
    let content = "<c><office:body><text:p text:style-name='s0'><text:span text:style-name='s0'>The gate.</text:span></text:p></office:body></c>";
    archive(&[("content.xml", content.as_bytes()), ("styles.xml", format!("<s>{styles}</s>").as_bytes())])
}

/// A book of pages: the items of its manifest and of its spine.
fn book(manifest: &str, spine: &str, pages: &[(&str, &[u8])]) -> Vec<u8> {
    let package = format!("<package><manifest>{manifest}</manifest><spine>{spine}</spine></package>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("META-INF/container.xml", b"<c><rootfile full-path='a.opf'/></c>"),
        ("a.opf", package.as_bytes()),
    ];
    parts.extend_from_slice(pages);
    archive(&parts)
}

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let many = scale * 1_000;
    let style =
        |id: usize, on: usize| format!("<style:style style:name='s{id}' style:parent-style-name='s{on}'/>");
    let entities: String =
        (1..30).map(|at| format!("<!ENTITY l{at} '{}'>", repeat(&format!("&l{};", at - 1), 10))).collect();
    let laughs = format!(
        "<!DOCTYPE d [<!ENTITY l0 'ha'>{entities}]><c><office:body><text:p>The gate. &l29;</text:p></office:body></c>"
    );
    let texts: Vec<(&str, Vec<u8>)> = vec![
        ("bomb", archive(&[("content.xml", &vec![b' '; BOMB * scale])])),
        ("bomb-of-text", text(&format!("<text:p>{}</text:p>", repeat("a ", BOMB * scale / 2)))),
        ("bomb-of-paragraphs", text(&repeat("<text:p>a</text:p>", many * 10))),
        ("billion-laughs", archive(&[("content.xml", laughs.as_bytes())])),
        ("external-entity", archive(&[("content.xml", b"<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><c><office:body><text:p>a&e;b</text:p></office:body></c>")])),
        ("deep-lists", text(&nested("<text:list><text:list-item>", "</text:list-item></text:list>", many, "<text:p>a</text:p>"))),
        ("many-lists", text(&(0..many).map(|at| format!("<text:list text:style-name='L{at}'><text:list-item text:start-value='9223372036854775807'><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>")).collect::<String>())),
        ("deep-boxes", text(&nested("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>", many, "<text:p>a</text:p>"))),
        ("deep-notes", text(&nested("<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body>", "</text:note-body></text:note></text:p>", many / 4, "<text:p>b</text:p>"))),
        ("deep-tables", text(&nested("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>", many / 4, "<text:p>a</text:p>"))),
        ("deep-spans", text(&format!("<text:p>{}</text:p>", nested("<text:span>", "</text:span>", many, "a")))),
        ("columns", text(&format!("<table:table>{}</table:table>", repeat("<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='4294967295'><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>", scale * 20)))),
        ("spaces", text("<text:p>a<text:s text:c='4294967295'/>b</text:p>")),
        ("unclosed", text(&repeat("<text:p><text:span>a", many / 2))),
        ("ends-alone", text("</text:p></text:list></text:note></office:text></office:body>")),
        ("changes", text(&nested("<text:tracked-changes>", "</text:tracked-changes>", many, "<text:p>a</text:p>"))),
        ("styles-in-a-circle", styled(&(0..scale * 10).map(|id| style(id, (id + 1) % (scale * 10))).collect::<String>())),
        ("styles-in-a-row", styled(&(0..many).map(|id| style(id, id + 1)).collect::<String>())),
        ("list-levels", styled("<text:list-style style:name='a'><text:list-level-style-number text:level='18446744073709551615' style:num-format='1'/><text:list-level-style-number text:level='0' style:num-format='1' text:display-levels='99'/></text:list-style>")),
        ("headings", text(&repeat("<text:h text:outline-level='255'>a</text:h><text:h text:outline-level='x'>b</text:h>", many))),
        ("encrypted", archive(&[("META-INF/manifest.xml", b"<manifest:encryption-data/>"), ("content.xml", b"x")])),
        ("no-content", archive(&[("mimetype", b"application/vnd.oasis.opendocument.text")])),
        ("binary", archive(&[("content.xml", &(0..=255).cycle().take(5000).collect::<Vec<u8>>())])),
    ];
    let page = b"<html><body><p>The gate.</p></body></html>";
    let item = "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>";
    let bomb = format!("<p>{}", repeat("a ", BOMB * scale / 2));
    let books: Vec<(&str, Vec<u8>)> = vec![
        ("bomb", book(item, "<itemref idref='a'/>", &[("a.xhtml", bomb.as_bytes())])),
        (
            "same-page",
            book(
                &(0..many)
                    .map(|at| format!("<item id='i{at}' href='a.xhtml' media-type='application/xhtml+xml'/>"))
                    .collect::<String>(),
                &(0..many).map(|at| format!("<itemref idref='i{at}'/>")).collect::<String>(),
                &[("a.xhtml", page)],
            ),
        ),
        (
            "same-bomb",
            book(
                &(0..many)
                    .map(|at| format!("<item id='i{at}' href='a.xhtml' media-type='application/xhtml+xml'/>"))
                    .collect::<String>(),
                &(0..many).map(|at| format!("<itemref idref='i{at}'/>")).collect::<String>(),
                &[("a.xhtml", bomb.as_bytes())],
            ),
        ),
        (
            "outside",
            book(
                "<item id='a' href='../../../../etc/passwd' media-type='application/xhtml+xml'/><item id='b' href='file:///etc/passwd' media-type='application/xhtml+xml'/>",
                "<itemref idref='a'/><itemref idref='b'/>",
                &[],
            ),
        ),
        (
            "itself",
            book(
                "<item id='a' href='a.opf' media-type='application/xhtml+xml'/>",
                "<itemref idref='a'/>",
                &[],
            ),
        ),
        ("missing", book(item, "<itemref idref='a'/>", &[])),
        ("no-spine", book(item, "", &[("a.xhtml", page)])),
        (
            "codes",
            book(
                "<item id='a' href='%%2%zz%ff.xhtml' media-type='application/xhtml+xml'/>",
                "<itemref idref='a'/>",
                &[],
            ),
        ),
        (
            "deep-page",
            book(
                item,
                "<itemref idref='a'/>",
                &[("a.xhtml", nested("<div>", "</div>", many, "a").as_bytes())],
            ),
        ),
        (
            "binary",
            book(
                item,
                "<itemref idref='a'/>",
                &[("a.xhtml", &(0..=255).cycle().take(5000).collect::<Vec<u8>>())],
            ),
        ),
        (
            "deep-package",
            archive(&[
                ("META-INF/container.xml", nested("<a>", "</a>", many, "").as_bytes()),
                ("a.opf", nested("<a>", "</a>", many, "").as_bytes()),
            ]),
        ),
        (
            "protected",
            book(
                item,
                "<itemref idref='a'/>",
                &[("META-INF/encryption.xml", b"<e><CipherReference URI='a.xhtml'/></e>"), ("a.xhtml", page)],
            ),
        ),
    ];
    let texts = texts.into_iter().map(|(name, bytes)| TestFile::new(format!("odt-{name}.odt"), bytes));
    let books = books.into_iter().map(|(name, bytes)| TestFile::new(format!("epub-{name}.epub"), bytes));
    texts.chain(books).collect()
}
