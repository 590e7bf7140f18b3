//! Plain text: very long, without letters, or in no valid encoding.

use super::repeat;
use crate::file::TestFile;

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let many = scale * 1_000;
    let utf16 = |units: &[u16]| -> Vec<u8> { units.iter().flat_map(|unit| unit.to_le_bytes()).collect() };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("one-long-line", repeat("word ", many * 10).into()),
        ("one-long-word", repeat("w", many * 50).into()),
        ("columns", format!("{}\n{}", repeat("a\t", many), repeat("b\t", many)).into()),
        ("columns-of-spaces", format!("{}\n{}", repeat("a    ", many), repeat("b    ", many)).into()),
        (
            "staircase",
            (0..scale * 40).map(|at| format!("{}a    b\n", " ".repeat(at))).collect::<String>().into(),
        ),
        ("page-breaks", repeat("a\u{c}", many).into()),
        ("blank-lines", format!("a{}b", repeat("\n", many * 10)).into()),
        ("returns", repeat("a\r", many).into()),
        ("numbered", repeat("1. A.\n\n", many).into()),
        ("deeply-numbered", format!("{} A.\n", repeat("1.", many)).into()),
        ("headings", repeat("Recommendations\n\n", many).into()),
        ("judgements", repeat("Overall effectiveness: inadequate\n\n", many).into()),
        ("dates", format!("Inspection dates: {}\n\n1. A.", repeat("31 February 99999 to ", many)).into()),
        ("opening-marks", repeat("“a ", many).into()),
        ("closing-marks", repeat("a” ", many).into()),
        ("alternating-marks", repeat("‘“a", many).into()),
        ("straight-marks", repeat("\"", many).into()),
        ("apostrophes", repeat("'a' ", many).into()),
        ("reopened-marks", repeat("“A paragraph.\n\n", many).into()),
        ("dots", repeat(".", many * 10).into()),
        ("sentences", repeat("A. ", many * 5).into()),
        ("letters-and-marks", format!("1. a{}", repeat("\u{301}", many * 10)).into()),
        ("invisible", format!("1. A{}b", repeat("\u{200b}\u{2060}\u{feff}\u{ad}", many)).into()),
        ("bidi-controls", repeat("\u{202e}a\u{2067}b", many).into()),
        ("ligatures", repeat("ﷺﬃ", many).into()),
        ("bullets", repeat("• ", many).into()),
        (
            "nested-bullets",
            (0..scale * 40).map(|at| format!("{}• a\n", "  ".repeat(at))).collect::<String>().into(),
        ),
        ("hyphens", repeat("a-\n", many).into()),
        ("no-utf8", b"1. The gate \xC3\x28 \xE2\x82 \xF0\x90\x28 \xFF was locked.\n".repeat(scale)),
        ("overlong", b"1. The gate \xC0\xAF\xE0\x80\xAF\xED\xA0\x80\xED\xB0\x80 was locked.\n".to_vec()),
        ("lone-surrogates", utf16(&[0xFEFF, 0x31, 0x2E, 0x20, 0xD800, 0x41, 0xDC00, 0xD800])),
        ("odd-utf16", [utf16(&[0xFEFF, 0x41, 0x42]), vec![0x43]].concat()),
        ("utf32", b"\xFF\xFE\x00\x00A\x00\x00\x00".to_vec()),
        ("mark-alone", b"\xEF\xBB\xBF".to_vec()),
        ("one-zero", b"1. The gate\0 was locked.\n".to_vec()),
        ("controls", (1..32).cycle().take(many).collect()),
        ("every-byte", (0..=255).cycle().skip(1).take(many).collect()),
        ("footers", (0..many).map(|page| format!("Page {page} of 9\n\u{c}")).collect::<String>().into()),
    ];
    cases.into_iter().map(|(name, bytes)| TestFile::new(format!("text-{name}.txt"), bytes)).collect()
}
