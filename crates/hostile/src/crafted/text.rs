//! Text without end, without letters, or in no encoding.

use super::times;
use crate::Hostile;

pub(super) fn files(scale: usize) -> Vec<Hostile> {
    let many = scale * 1_000;
    let utf16 = |units: &[u16]| -> Vec<u8> { units.iter().flat_map(|unit| unit.to_le_bytes()).collect() };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("one-long-line", times("word ", many * 10).into()),
        ("one-long-word", times("w", many * 50).into()),
        ("columns", format!("{}\n{}", times("a\t", many), times("b\t", many)).into()),
        ("columns-of-spaces", format!("{}\n{}", times("a    ", many), times("b    ", many)).into()),
        (
            "staircase",
            (0..scale * 40).map(|at| format!("{}a    b\n", " ".repeat(at))).collect::<String>().into(),
        ),
        ("page-breaks", times("a\u{c}", many).into()),
        ("blank-lines", format!("a{}b", times("\n", many * 10)).into()),
        ("returns", times("a\r", many).into()),
        ("numbered", times("1. A.\n\n", many).into()),
        ("deeply-numbered", format!("{} A.\n", times("1.", many)).into()),
        ("headings", times("Recommendations\n\n", many).into()),
        ("judgements", times("Overall effectiveness: inadequate\n\n", many).into()),
        ("dates", format!("Inspection dates: {}\n\n1. A.", times("31 February 99999 to ", many)).into()),
        ("opening-marks", times("“a ", many).into()),
        ("closing-marks", times("a” ", many).into()),
        ("alternating-marks", times("‘“a", many).into()),
        ("straight-marks", times("\"", many).into()),
        ("apostrophes", times("'a' ", many).into()),
        ("reopened-marks", times("“A paragraph.\n\n", many).into()),
        ("dots", times(".", many * 10).into()),
        ("sentences", times("A. ", many * 5).into()),
        ("letters-and-marks", format!("1. a{}", times("\u{301}", many * 10)).into()),
        ("unseen", format!("1. A{}b", times("\u{200b}\u{2060}\u{feff}\u{ad}", many)).into()),
        ("directions", times("\u{202e}a\u{2067}b", many).into()),
        ("ligatures", times("ﷺﬃ", many).into()),
        ("bullets", times("• ", many).into()),
        (
            "nested-bullets",
            (0..scale * 40).map(|at| format!("{}• a\n", "  ".repeat(at))).collect::<String>().into(),
        ),
        ("hyphens", times("a-\n", many).into()),
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
    cases.into_iter().map(|(name, bytes)| Hostile::new(format!("text-{name}.txt"), bytes)).collect()
}
