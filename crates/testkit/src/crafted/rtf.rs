//! Rich text: deep groups, wild numbers, tables without rows.

use super::{nested, repeat};
use crate::file::TestFile;

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let many = scale * 1_000;
    let file = |body: &str| format!("{{\\rtf1\\ansi The gate.\\par {body}}}").into_bytes();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("groups", file(&nested("{", "}", many * 10, "a"))),
        ("unclosed", file(&repeat("{\\b a", many * 10))),
        ("unopened", file(&repeat("}a", many * 10))),
        ("paragraphs", file(&repeat("a\\par ", many * 10))),
        ("empty-paragraphs", file(&repeat("\\par", many * 10))),
        ("notes", file(&repeat("\\chftn{\\footnote a}", many))),
        ("notes-in-notes", file(&nested("{\\footnote \\chftn ", "}", many, "a"))),
        ("headers", file(&nested("{\\header a", "\\par}", many, "a"))),
        ("cells", file(&format!("\\intbl {}", repeat("a\\cell ", many * 10)))),
        ("rows", file(&format!("\\intbl {}", repeat("\\row ", many * 10)))),
        ("tables", file(&repeat("\\pard\\intbl a\\cell\\row\\pard b\\par ", many))),
        (
            "fonts",
            file(&format!(
                "{{\\fonttbl{}}}a",
                (0..many * 20).map(|at| format!("{{\\f{at}\\fcharset128 A;}}")).collect::<String>()
            )),
        ),
        (
            "styles",
            file(&format!(
                "{{\\stylesheet{}}}a",
                (0..many * 20).map(|at| format!("{{\\s{at} heading {at};}}")).collect::<String>()
            )),
        ),
        ("long-style", file(&format!("{{\\stylesheet{{\\s1 {};}}}}\\s1 a\\par", repeat("a", many * 100)))),
        (
            "numbers",
            file(
                "\\s99999999999999999999\\outlinelevel-2147483648\\ilvl300\\uc2147483647\\u8220 a\\uc-1\\u-99999999 b\\fcharset-1\\f-1 c\\par",
            ),
        ),
        ("binary-length", file("{\\bin2147483647 a}b\\bin-5 c")),
        ("surrogates", file(&repeat("\\u-10179?\\u-10179?\\u-8704?\\u-8704?", many))),
        ("skipped", file(&repeat("\\uc16\\u65 ", many))),
        ("hexadecimal", file(&repeat("\\'zz\\'8\\'", many))),
        (
            "double-byte",
            file(&format!("{{\\fonttbl{{\\f1\\fcharset128 A;}}}}\\f1 {}", repeat("\\'83", many))),
        ),
        ("labels", file(&repeat("{\\listtext aaaaaaaaaaaaaaaa}", many))),
        ("stars", file(&repeat("{\\*\\*\\nosuch a}\\*", many))),
        ("pictures", file(&format!("{{\\pict {}}}", repeat("00ff", many * 100)))),
        ("objects", file(&nested("{\\object{\\result ", "}}", many / 4, "a"))),
        ("words", file(&format!("\\{}", repeat("word", many)))),
        ("code-pages", file("\\ansicpg0\\ansicpg65001\\'e2\\'80\\'9c\\ansicpg1200 a")),
        ("zeros", file(&repeat("\0a\\\0par", many))),
        ("half", b"{\\rtf1 The gate.\\par a\\".to_vec()),
        ("properties", file(&format!("{{\\info{}}}", repeat("{\\title a}", many)))),
        ("unicode", file("\\u8238?\\u27? The gate.\\par")),
    ];
    cases.into_iter().map(|(name, bytes)| TestFile::new(format!("rtf-{name}.rtf"), bytes)).collect()
}
