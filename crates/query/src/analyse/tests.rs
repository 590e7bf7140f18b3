use proptest::prelude::*;

use super::{MAX_WORD, Step, Word, Words, ascii_letters, ascii_letters_in, each_word, fold, words};

fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| word.text).collect()
}

fn sources(text: &str) -> Vec<&str> {
    words(text).map(|word| &text[word.bytes]).collect()
}

#[test]
fn letters_and_digits_are_found_at_every_byte_of_a_block() {
    for byte in 0..=u8::MAX {
        for at in 0..8 {
            let mut block = *b"aZ09zA5m";
            block[at] = byte;
            let letters = if byte.is_ascii_alphanumeric() { 8 } else { at };
            assert_eq!(ascii_letters_in(block), letters, "{byte} at {at}");
            let long = [b"0123456789abcdef".as_slice(), &block, b"xyz"].concat();
            let whole = if letters == 8 { long.len() } else { 16 + at };
            assert_eq!(ascii_letters(&long), whole, "{byte} at {at}");
            assert_eq!(ascii_letters(&block[..at]), at);
        }
    }
}

#[test]
fn words_are_split_and_folded_by_the_rules() {
    for (text, want) in [
        ("", ""),
        ("Care LEAVERS", "care leavers"),
        (
            "children's children’s children`s childrenʼs children′s",
            "children's children's children's children's children's",
        ),
        ("O’Brien 'tis parents' ''quoted'' rock''roll", "o'brien tis parents quoted rock roll"),
        ("decision-making edge‑of–care and/or snake_case", "decision making edge of care and or snake case"),
        ("1.1 2023/24 3,500 10:30 50%", "1 1 2023 24 3 500 10 30 50"),
        ("café cafe\u{301} naïve Łódź Sørensen Ærø", "cafe cafe naive lodz sorensen aero"),
        ("ﬁnance ｆｕｌｌ ℌ Ⅳ x²", "finance full h iv x2"),
        ("un\u{ad}allo\u{200b}cated \u{feff}wo\u{200d}rd", "unallocated word"),
        ("Straße STRASSE ΣΊΣΥΦΟΣ Σίσυφος İstanbul", "strasse strasse σισυφοσ σισυφοσ istanbul"),
        ("2½ ½ a…b", "2½ ½ a b"),
        ("한국 हिन्दी が", "한국 हिन्दी が"),
        ("a\u{a0}b\u{2003}c\0d“e”", "a b c d e"),
        ("\u{301}lone ´ ` '", "lone"),
    ] {
        assert_eq!(folded(text).join(" "), want, "{text:?}");
    }
}

#[test]
fn byte_ranges_refer_to_the_original_text() {
    assert_eq!(
        sources("‘The un\u{ad}allocated\u{ad} cafe\u{301}’s’ x"),
        ["The", "un\u{ad}allocated", "cafe\u{301}’s", "x"]
    );
    assert_eq!(sources("\u{feff}ﬁnd (½)"), ["ﬁnd", "½"]);
}

#[test]
fn long_words_are_cut_and_keep_their_range() {
    let long = format!("a {} b", "é".repeat(10_000));
    let all: Vec<_> = words(&long).collect();
    assert_eq!(all.len(), 3);
    assert_eq!(all[1].text, "e".repeat(MAX_WORD));
    assert_eq!(all[1].bytes, 2..20_002);
    assert_eq!(folded(&all[1].text), [all[1].text.clone()]);
    let apostrophe = format!("{}'{}", "a".repeat(MAX_WORD - 1), "b".repeat(2000));
    assert_eq!(folded(&apostrophe), ["a".repeat(MAX_WORD - 1)]);
    assert_eq!(folded(&"한".repeat(500)), ["한".repeat(MAX_WORD / 3)]);
}

#[test]
fn folding_any_character_is_idempotent() {
    for c in '\0'..=char::MAX {
        let once = fold(&format!("a{c}b"));
        assert_eq!(fold(&once), once, "{c:?} U+{:04X}", u32::from(c));
        let alone = fold(&c.to_string());
        assert!(folded(&c.to_string()).len() < 2, "{c:?} is more than one word");
        assert_eq!(fold(&alone), alone, "{c:?}");
    }
}

#[test]
fn letters_fold_to_the_same_in_either_case() {
    // Except the iota subscript: it is a mark, and its capital is a letter.
    for c in '\0'..=char::MAX {
        if c != '\u{345}' && c.to_uppercase().to_string().chars().count() == 1 {
            assert_eq!(fold(&c.to_string()), fold(&c.to_uppercase().to_string()), "{c:?}");
        }
    }
}

#[test]
fn patterns_keep_their_wildcards() {
    let mut words = Words::of_pattern("Organi?e un*-* ?");
    let mut all = Vec::new();
    while words.advance() {
        all.push(words.text().to_owned());
    }
    assert_eq!(all, ["organi?e", "un*", "*", "?"]);
}

/// Text of characters that the rules treat specially.
fn tricky() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9]{1,6}",
        "['’‘ʼ`´_/.,:\\-–—\u{ad}\u{200b}\u{feff}\u{301}\u{327}\u{93c}\u{3099} ]{1,2}",
        "[éÅßﬁ½ςΣ한がİŉ…™²Ⅳ\u{94d}अि]",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn byte_ranges_ascend_without_overlap(text in tricky()) {
        let mut end = 0;
        each_word(&text, |word, bytes| {
            assert!(!word.is_empty() && word.len() <= MAX_WORD);
            assert!(end <= bytes.start && bytes.start < bytes.end);
            assert!(text.get(bytes.clone()).is_some());
            end = bytes.end;
        });
        prop_assert!(end <= text.len());
    }

    #[test]
    fn steps_are_the_same_words(text in tricky()) {
        let (mut cursor, mut stepped) = (Words::new(&text), Vec::new());
        let lowercase = text.to_ascii_lowercase();
        loop {
            let word = match cursor.step() {
                Step::End => break,
                Step::Lowercase => &lowercase[cursor.bytes()],
                Step::Folded => cursor.text(),
            };
            stepped.push(Word { text: word.to_owned(), bytes: cursor.bytes() });
        }
        prop_assert_eq!(stepped, words(&text).collect::<Vec<_>>());
    }

    #[test]
    fn folding_text_is_idempotent(text in tricky()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn words_fold_the_same_alone(text in tricky()) {
        for word in words(&text) {
            prop_assert_eq!(folded(&text[word.bytes]), [word.text]);
        }
    }
}
