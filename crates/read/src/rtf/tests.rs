use super::*;

fn read(text: &str) -> Document {
    Rtf.read(text.as_bytes(), &Budget::default()).unwrap()
}

fn shown(text: &str) -> Vec<(BlockKind, String)> {
    read(text).blocks.iter().map(|block| (block.kind, block.text().replace('\n', "/"))).collect()
}

fn texts(text: &str) -> Vec<String> {
    shown(text).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn letters_come_from_code_pages_fonts_and_unicode() {
    assert_eq!(
        texts(
            r"{\rtf1\ansi\ansicpg1252 The council\'92s \'93plan\'94 \u8212\'97 \lquote slow\rquote\~now \{a\} \u8220\ldblquote b\u8221?.\par}"
        ),
        ["The council’s “plan” — ‘slow’\u{a0}now {a} “b”."]
    );
    assert_eq!(texts(r"{\rtf1\mac caf\'8e}"), ["café"]);
    assert_eq!(
        texts(
            r"{\rtf1\ansi\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B{\*\falt C};}}\'e4\'e0 {\f0 caf\'e9}\plain \'e4\'e0}"
        ),
        ["да caféда"]
    );
    assert_eq!(texts(r"{\rtf1\uc2\u233\'c3\'a9t{\uc0\u233}\u-10179??\u-8704?? end}"), ["été😀 end"]);
}

#[test]
fn what_is_no_text_is_left_out() {
    let text = r"{\rtf1\ansi{\fonttbl{\f0 Times;}}{\colortbl;\red0;}{\*\generator Word;}{\info{\title Plans}{\author Jo}{\creatim\yr2018}}
{\header Running head\par}\pard Plans {\field{\*\fldinst HYPERLINK {x}}{\fldrslt drift}}{\v hidden}{\deleted gone}{\*\bkmkstart a}.{\pict 00ff}{\bin3 }}x}{\*\atnid JM}{\annotation no}
{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv b}}{\shptxt In a box.\par}}}{\upr{old}{\*\ud{new}}}\par}";
    let document = read(text);
    assert_eq!(texts(text), ["In a box.", "Plans drift.new", "Running head"]);
    assert_eq!(document.blocks[2].kind, BlockKind::Artifact);
    assert_eq!(
        document.properties,
        [("title", "Plans"), ("author", "Jo")].map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
}

#[test]
fn headings_items_cells_and_notes_are_told() {
    let text = r"{\rtf1\ansi{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s5 Quote;}{\*\cs9 x;}}
{\pard\s1 Leaders\par}\pard They are new{\super\chftn}{\footnote\pard {\super\chftn} Since May.}.\par
{\listtext\pard\f3 \'b7\tab}\ilvl1 First\par\pard{\pntext 2.\tab}Second\par
\trowd\cellx1\cellx2\pard\intbl One\cell Two\par more\cell\row\trowd\intbl\cell Four\cell\row\pard\s5 Slow.\par
\pard\outlinelevel1 Homes\line of all\par}";
    let cell = |row, column| BlockKind::Cell { table: 0, row, column };
    let expected = [
        (BlockKind::Heading { level: 1 }, "Leaders"),
        (BlockKind::Paragraph, "They are new1."),
        (BlockKind::Note, "1 Since May."),
        (BlockKind::Item { depth: 1 }, "• First"),
        (BlockKind::Item { depth: 0 }, "2. Second"),
        (cell(0, 0), "One"),
        (cell(0, 1), "Two"),
        (cell(0, 1), "more"),
        (cell(1, 1), "Four"),
        (BlockKind::Quote, "Slow."),
        (BlockKind::Heading { level: 2 }, "Homes/of all"),
    ];
    // The sign of a bullet depends on its font, which is not there.
    let text = text.replace(r"\f3 \'b7", r"\f3 \u8226?");
    assert_eq!(shown(&text), expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn broken_and_empty_files_say_so() {
    let kind = |text: &[u8]| Rtf.read(text, &Budget::default()).unwrap_err().kind();
    assert_eq!(kind(b"{\\rtf1 {\\pict 00}}"), ReadErrorKind::NoText);
    assert_eq!(kind(b"Plans drift."), ReadErrorKind::Mislabelled);
    assert_eq!(kind(format!("{{\\rtf1 {}a", "{".repeat(100_000)).as_bytes()), ReadErrorKind::OverBudget);
    assert_eq!(read(r"{\rtf1 Plans {drift").warnings[0].code, "damaged");
    assert_eq!(texts(r"{\rtf1 Plans}}} drift"), ["Plans drift"]);
    let budget = Budget { output: 1000, ..Budget::default() };
    let many = format!("{{\\rtf1 {}}}", "a\\par ".repeat(100));
    assert_eq!(Rtf.read(many.as_bytes(), &budget).unwrap_err().kind(), ReadErrorKind::OverBudget);
}

#[test]
fn keeps_the_contract() {
    crate::contract::check(
        &Rtf,
        br"{\rtf1\ansi{\stylesheet{\s1 heading 1;}}{\s1 A\par}\intbl b\cell c\cell\row\pard d{\footnote e}\u8220?f\'e9\par{\header g}}",
    );
}
