//! What is read from where text stands, whatever the order in which it was drawn. One test for each way of drawing that
//! producers have, with its variants.

use crate::drawn::{Drawing, WIDTH, whole};

const LINE: &str = "Herons stand at the weir of the mill";

#[test]
fn words_without_printed_spaces_are_parted_by_their_gaps() {
    for gap in [0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.25, 0.3, 0.6] {
        for line in [LINE, "Three herons", "A boat and an otter came by the weir at noon"] {
            let mut drawing = Drawing::new();
            drawing.text(70.0, 740.0, "Herons-by-the-river");
            for (x, word) in drawing.words(70.0, line, gap) {
                drawing.text(x, 700.0, word);
            }
            assert_eq!(drawing.texts(), ["Herons-by-the-river", line], "{gap}");
        }
    }
}

#[test]
fn letters_that_are_spaced_out_make_words() {
    for spacing in [0.1, 0.2, 0.3, 0.5] {
        let spaced = |text: &str| {
            let mut drawing = Drawing::new();
            drawing.size(20.0).operators(&format!("{} Tc", spacing * 20.0)).text(70.0, 700.0, text);
            drawing.size(10.0).operators("0 Tc").text(70.0, 600.0, LINE);
            drawing.texts()
        };
        assert_eq!(spaced("HERONS OF THE WEIR"), ["HERONS OF THE WEIR", LINE], "{spacing}");
        assert_eq!(spaced("SUMMARY"), ["SUMMARY", LINE], "{spacing}");
        // Without printed spaces.
        let mut drawing = Drawing::new();
        let mut x = 70.0;
        for letter in "THE HERONS OF THE WEIR".chars() {
            if letter == ' ' {
                x += 0.3 * 20.0;
            } else {
                drawing.size(20.0).text(x, 700.0, &letter.to_string());
                x += (WIDTH + spacing) * 20.0;
            }
        }
        drawing.size(10.0).text(70.0, 600.0, "Herons.");
        assert_eq!(drawing.texts(), ["THE HERONS OF THE WEIR", "Herons."], "{spacing}");
    }
}

#[test]
fn words_are_read_from_left_to_right_in_whatever_order_they_are_drawn() {
    let words = |order: &dyn Fn(usize) -> usize, gap: f32| {
        let mut drawing = Drawing::new();
        let mut words = drawing.words(70.0, LINE, gap).into_iter().enumerate().collect::<Vec<_>>();
        words.sort_by_key(|(at, _)| order(*at));
        for (_, (x, word)) in words {
            drawing.text(x, 700.0, word);
        }
        drawing.text(70.0, 687.0, "and look at the water.");
        drawing.texts().join(" ")
    };
    let whole = format!("{LINE} and look at the water.");
    for gap in [0.25, 0.5] {
        assert_eq!(words(&|at| 100 - at, gap), whole, "backwards");
        assert_eq!(words(&|at| (at % 2) * 100 + at, gap), whole, "every second word first");
        assert_eq!(words(&|at| (at * 5) % 8, gap), whole, "in any order");
    }
}

#[test]
fn a_title_that_is_drawn_last_is_read_first() {
    let mut drawing = Drawing::new();
    drawing.lines(
        60.0,
        640.0,
        13.0,
        &["Herons stand at the weir in the spring and wait for the small", "fish."],
    );
    drawing.lines(60.0, 600.0, 13.0, &["Otters came back in the autumn."]);
    drawing.size(20.0).text(60.0, 700.0, "A short account of herons");
    let texts = drawing.texts();
    assert_eq!(texts[0], "A short account of herons");
    assert_eq!(texts[2], "Otters came back in the autumn.");
}

#[test]
fn text_outside_the_crop_box_is_not_read() {
    for (x, y) in [(60.0, 20.0), (60.0, 830.0), (5.0, 400.0), (575.0, 400.0)] {
        let mut drawing = Drawing::new();
        drawing.entries("/CropBox [40 40 555 802]").text(60.0, 700.0, LINE);
        drawing.text(60.0, 45.0, "Page 7 of the account").size(6.0).text(x, y, "cut");
        assert_eq!(drawing.texts(), [LINE, "Page 7 of the account"], "{x} {y}");
    }
}

/// `אבג` and so on for `abc`.
fn hebrew() -> Drawing {
    let mut drawing = Drawing::new();
    drawing.letters_from('א');
    drawing
}

fn in_hebrew(text: &str) -> String {
    let letter = |letter: char| match letter {
        'a'..='z' => char::from_u32(0x5D0 + u32::from(letter) - 0x61).unwrap(),
        other => other,
    };
    text.chars().map(letter).collect()
}

#[test]
fn letters_of_arabic_are_read_as_they_are_typed() {
    // Waw, lam with alef in one sign, and yeh, each in the form of a letter alone; drawn from left to right.
    let mut drawing = Drawing::new();
    drawing.letters_from('\u{FEED}').text(100.0, 700.0, "aoe aoe");
    assert_eq!(drawing.texts(), ["يلاو يلاو"]);
}

#[test]
fn a_line_of_hebrew_is_read_from_the_right() {
    let line = "the wardens saw all of it in the spring";
    let mirrored = |text: &str| text.chars().rev().collect::<String>();
    // As it stands, from left to right.
    let mut drawing = hebrew();
    drawing.text(100.0, 700.0, &mirrored(line));
    assert_eq!(drawing.texts(), [in_hebrew(line)]);
    // In the order of reading, each letter placed.
    let mut drawing = hebrew();
    for (at, letter) in line.chars().enumerate() {
        drawing.text(400.0 - at as f32 * WIDTH * 10.0, 700.0, &letter.to_string());
    }
    assert_eq!(drawing.texts(), [in_hebrew(line)]);
    // Word after word, from the right and without spaces.
    let mut drawing = hebrew();
    let mut right = 400.0;
    for word in line.split(' ') {
        right -= word.len() as f32 * WIDTH * 10.0;
        drawing.text(right, 700.0, &mirrored(word));
        right -= 0.25 * 10.0;
    }
    assert_eq!(drawing.texts(), [in_hebrew(line)]);
}

#[test]
fn a_paragraph_of_hebrew_ends_at_the_left() {
    let mut drawing = hebrew();
    for (at, line) in
        ["herons stand at the weir in", "spring and see.", "otters came back to the mill"].iter().enumerate()
    {
        let line: String = line.chars().rev().collect();
        drawing.text(400.0 - line.len() as f32 * WIDTH * 10.0, 700.0 - 13.0 * at as f32, &line);
    }
    assert_eq!(
        drawing.texts(),
        [in_hebrew("herons stand at the weir in spring and see."), in_hebrew("otters came back to the mill")]
    );
}

#[test]
fn numbers_in_a_line_of_hebrew_keep_their_order() {
    let mut drawing = hebrew();
    drawing.text(100.0, 700.0, ".(tsirf eht) 2024 ni snoreh 12.5");
    assert_eq!(drawing.texts(), [in_hebrew("12.5 herons in 2024 (the frist).")]);
}

#[test]
fn blanks_in_running_text_part_no_line() {
    let mut drawing = Drawing::new();
    drawing.text(60.0, 700.0, "The wardens wrote of a great event for house").text(
        342.0,
        700.0,
        "when an officer was",
    );
    drawing.text(60.0, 687.0, "seen at the door of the mill").text(
        254.0,
        687.0,
        "and said so to the board of",
    );
    drawing.text(60.0, 674.0, "in the spring.");
    drawing.text(60.0, 630.0, "They read it again.");
    assert_eq!(
        drawing.texts(),
        [
            "The wardens wrote of a great event for house when an officer was seen at the door of the mill and said so to \
             the board of in the spring.",
            "They read it again.",
        ]
    );
    // One blank, between whole lines.
    let mut drawing = Drawing::new();
    drawing.text(60.0, 700.0, "The wardens wrote of a great event for house and all that was in it at");
    drawing.text(60.0, 687.0, "the time that").text(
        190.0,
        687.0,
        "came and went as was told to the board by",
    );
    drawing.text(60.0, 674.0, "them all in the spring of that year, and nobody has said anything of it.");
    assert_eq!(drawing.texts().len(), 1, "{:?}", drawing.texts());
}

#[test]
fn a_sideways_label_parts_no_paragraph() {
    let mut drawing = Drawing::new();
    drawing.text(80.0, 700.0, "Herons stand at the weir in the spring and wait for the small fish");
    drawing.turned([0.0, 1.0, -1.0, 0.0], 50.0, 600.0, "Section four of the account");
    drawing.text(80.0, 687.0, "that come up from the sea.");
    assert_eq!(
        drawing.texts(),
        [
            "Herons stand at the weir in the spring and wait for the small fish that come up from the sea.",
            "Section four of the account",
        ]
    );
}

#[test]
fn turned_pages_are_read_in_lines() {
    let lines =
        ["Herons stand at the weir in the spring and wait for the", "small fish that come up from the sea."];
    for (turn, matrix, place) in [
        (90, [0.0, 1.0, -1.0, 0.0], [(200.0, 100.0), (213.0, 100.0)]),
        (180, [-1.0, 0.0, 0.0, -1.0], [(500.0, 200.0), (500.0, 213.0)]),
        (270, [0.0, -1.0, 1.0, 0.0], [(200.0, 700.0), (187.0, 700.0)]),
        (0, [0.0, 1.0, -1.0, 0.0], [(200.0, 100.0), (213.0, 100.0)]),
        (0, [0.0, -1.0, 1.0, 0.0], [(200.0, 700.0), (187.0, 700.0)]),
    ] {
        let mut drawing = Drawing::new();
        drawing.entries(&format!("/Rotate {turn}"));
        for ((x, y), line) in place.into_iter().zip(lines) {
            drawing.turned(matrix, x, y, line);
        }
        assert_eq!(drawing.texts(), [whole(&lines)], "{turn} {matrix:?}");
    }
}

#[test]
fn a_watermark_parts_no_paragraph() {
    for matrix in [[0.7, 0.7, -0.7, 0.7], [0.87, 0.5, -0.5, 0.87], [1.0, 0.0, 0.0, 1.0]] {
        for first in [true, false] {
            let mut drawing = Drawing::new();
            let mark = |drawing: &mut Drawing| {
                drawing.size(70.0).turned(matrix, 100.0, 660.0, "DRAFT").size(10.0);
            };
            if first {
                mark(&mut drawing);
            }
            drawing.text(60.0, 700.0, "Herons stand at the weir in the spring and wait for the small");
            if !first {
                mark(&mut drawing);
            }
            drawing.lines(
                60.0,
                687.0,
                13.0,
                &["fish that come up from the sea with the tide, as they do each", "year."],
            );
            assert_eq!(
                drawing.texts(),
                [
                    "Herons stand at the weir in the spring and wait for the small fish that come up from the sea with the \
                     tide, as they do each year."
                ],
                "{matrix:?} {first}"
            );
        }
    }
}

#[test]
fn a_drop_cap_opens_its_word() {
    for reach in [2_u8, 3] {
        let size = f32::from(reach) * 13.0;
        let left = 60.0 + size * WIDTH + 2.0;
        let lines = [
            "erons stand at the weir in the spring and wait for",
            "the small fish that come up from the sea with the",
            "tide, as they have done for many years, and nobody in all the",
            "village has ever seen them go away.",
        ];
        let text = |drawing: &mut Drawing| {
            for (at, line) in lines.iter().enumerate() {
                let x = if at < usize::from(reach) { left } else { 60.0 };
                drawing.size(10.0).text(x, 700.0 - 13.0 * at as f32, line);
            }
        };
        for cap_first in [true, false] {
            let mut drawing = Drawing::new();
            if !cap_first {
                text(&mut drawing);
            }
            drawing.size(size).text(60.0, 700.0 - 13.0 * f32::from(reach - 1), "H");
            if cap_first {
                text(&mut drawing);
            }
            assert_eq!(drawing.texts(), [format!("H{}", whole(&lines))], "{reach} lines, first: {cap_first}");
        }
    }
}

#[test]
fn a_large_initial_stands_on_its_line() {
    let mut drawing = Drawing::new();
    drawing.size(24.0).text(60.0, 700.0, "H").size(10.0).text(
        72.5,
        700.0,
        "erons stand at the weir in the spring and wait",
    );
    drawing.text(60.0, 687.0, "for the small fish.");
    assert_eq!(drawing.texts(), ["Herons stand at the weir in the spring and wait for the small fish."]);
    // A word of one letter, with the space that is printed behind it.
    let mut drawing = Drawing::new();
    drawing.size(26.0).text(60.0, 687.0, "A").size(10.0).text(
        73.0,
        700.0,
        " heron stands at the weir in the spring and",
    );
    drawing.text(75.0, 687.0, "waits for the small fish.");
    assert_eq!(drawing.texts(), ["A heron stands at the weir in the spring and waits for the small fish."]);
}

#[test]
fn bold_type_and_shadows_are_read_once() {
    let line = "Herons of the weir and all";
    let by_letter = |drawing: &mut Drawing| {
        for (at, letter) in line.chars().enumerate() {
            let x = 70.0 + at as f32 * WIDTH * 10.0;
            drawing.text(x, 700.0, &letter.to_string()).text(x + 0.3, 700.0, &letter.to_string());
        }
    };
    let by_word = |drawing: &mut Drawing| {
        for (x, word) in drawing.words(70.0, line, 0.5) {
            drawing.text(x, 700.0, word).text(x + 0.18, 700.0, word);
        }
    };
    let by_line = |drawing: &mut Drawing| {
        drawing.text(70.0, 700.0, line).text(70.3, 700.2, line);
    };
    let fill_and_stroke = |drawing: &mut Drawing| {
        drawing.text(70.0, 700.0, line).operators("1 Tr").text(70.0, 700.0, line);
    };
    let shadow = |drawing: &mut Drawing| {
        drawing.size(30.0).text(73.5, 696.5, line).text(70.0, 700.0, line);
    };
    let four_times = |drawing: &mut Drawing| {
        for shift in [0.0, 0.2, 0.4, 0.6] {
            drawing.text(70.0 + shift, 700.0, line);
        }
    };
    let drawn: [&dyn Fn(&mut Drawing); 6] =
        [&by_letter, &by_word, &by_line, &fill_and_stroke, &shadow, &four_times];
    for (at, draw) in drawn.iter().enumerate() {
        let mut drawing = Drawing::new();
        draw(&mut drawing);
        assert_eq!(drawing.texts(), [line], "{at}");
    }
}

#[test]
fn curly_quotes_of_windows_are_read() {
    let mut drawing = Drawing::new();
    drawing.operators("BT /F 10 Tf 70 700 Td (\\223The board\\222s own\\224 \\205 \\226 \\227 \\225 \\200 \\221so\\222) Tj ET");
    assert_eq!(drawing.texts(), ["“The board’s own” … – — • € ‘so’"]);
}

#[test]
fn bullets_and_numbers_drawn_apart_belong_to_their_text() {
    let texts = ["Herons stand at the weir", "Otters came back", "Nobody had counted them"];
    let labels: [[&str; 3]; 3] = [["-", "-", "-"], ["1.", "2.", "3."], ["7", "8", "9"]];
    for labels in labels {
        for first in [true, false] {
            let mut drawing = Drawing::new();
            let columns: [(f32, &[&str]); 2] = [(60.0, &labels), (80.0, &texts)];
            let [a, b] = columns;
            drawing.by_column(700.0, 20.0, &if first { [a, b] } else { [b, a] });
            let expected: Vec<String> =
                labels.iter().zip(texts).map(|(label, text)| format!("{label} {text}")).collect();
            let read: Vec<String> = drawing.texts().iter().map(|text| text.replace('\t', " ")).collect();
            assert_eq!(read, expected, "{first}");
        }
    }
}

#[test]
fn a_page_that_lies_askew_is_turned_back() {
    let lines = [
        "Herons stand at the weir of the mill in the",
        "first light, and wardens count them there.",
        "Nobody has seen as many as in this spring,",
        "when the river was high and nights were long.",
    ];
    for degrees in [-30.0f32, -9.0, 9.0, 30.0] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let matrix = [cos, sin, -sin, cos];
        let mut drawing = Drawing::new();
        for (at, line) in lines.iter().enumerate() {
            let down = 14.0 * at as f32;
            drawing.turned(matrix, 80.0 + sin * down, 500.0 - cos * down, line);
        }
        assert_eq!(drawing.texts(), [lines.join(" ")], "{degrees}");
    }
    // A few slanting words are no page, even if nothing else is printed.
    let mut drawing = Drawing::new();
    drawing.turned([0.7, 0.7, -0.7, 0.7], 100.0, 400.0, "Draft of the wardens");
    drawing.page().text(70.0, 700.0, LINE);
    assert_eq!(drawing.texts(), [LINE]);
}
