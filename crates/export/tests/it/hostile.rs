//! Text of a document is inert in every format: no markup, no formula, no escape sequence.

use quotable_export::hit::{HitInContext, HitOptions, HitWriter};
use quotable_export::{Excerpt, Format, Formulas, html};
use quotable_index::{Hit, Index};
use quotable_report::{Paragraph, Report};

const EVIL: &str = "=1+1 <script>alert(1)</script> **bold** \u{1b}]0;title\u{7} \u{202e}txt heron \"q\"";

fn hit() -> Hit {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let mut report = Report::new("<b>.txt");
    report.paragraphs.push(Paragraph::new(EVIL));
    writer.put(report).unwrap();
    writer.finish().unwrap();
    index.search(&"heron".parse().unwrap()).unwrap().top(1).unwrap().hits.remove(0)
}

fn written(format: Format) -> String {
    let mut out = Vec::new();
    let mut writer = HitWriter::new(&mut out, format, HitOptions::default()).unwrap();
    writer.hit(&HitInContext::new(&hit())).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    text
}

#[test]
fn csv() {
    assert!(written(Format::Csv(Formulas::Guarded)).contains("\"'=1+1"));
    assert!(written(Format::Csv(Formulas::Raw)).contains("\"=1+1"));
}

#[test]
fn jsonl_reads_back_the_same() {
    let record: serde_json::Value = serde_json::from_str(&written(Format::Jsonl)).unwrap();
    assert_eq!(record["text"], EVIL);
    assert_eq!(record["selector"]["exact"], "heron");
}

#[test]
fn markdown() {
    let text = written(Format::Markdown);
    assert!(text.starts_with("> \\=1+1 &lt;script>") && text.contains("**heron**"), "{text}");
    assert!(text.contains("\\*\\*bold\\*\\*"), "{text}");
}

#[test]
fn html_figures() {
    let hit = hit();
    let mut out = Vec::new();
    html::write_hit(&mut out, &hit, &Excerpt::of(&hit)).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains("<script>") && !text.contains('\u{1b}') && !text.contains("<b>"), "{text}");
    assert!(text.contains("<mark>heron</mark>") && text.contains("&lt;b&gt;.txt"), "{text}");
}
