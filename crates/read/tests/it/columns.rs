//! Columns, tables and paragraphs, told by where their lines stand.

use quotable_read::{BlockKind, Pdf, Reader};

use crate::drawn::{Drawing, whole};

const LEFT: [&str; 5] = [
    "Herons stand at the weir in the",
    "spring and wait for the small fish",
    "that come up from the sea with the",
    "tide, as they have done for many",
    "years.",
];
const RIGHT: [&str; 4] = [
    "Otters came back in the autumn",
    "of that year, and the wardens saw",
    "them by the old bridge in the",
    "morning and at night.",
];

#[test]
fn columns_are_read_one_after_the_other() {
    for by_row in [true, false] {
        for leading in [11.0, 13.0, 15.0] {
            let mut drawing = Drawing::new();
            let columns: [(f32, &[&str]); 2] = [(60.0, &LEFT), (320.0, &RIGHT)];
            if by_row {
                drawing.by_row(700.0, leading, &columns);
            } else {
                drawing.by_column(700.0, leading, &columns);
            }
            assert_eq!(drawing.texts(), [whole(&LEFT), whole(&RIGHT)], "by row: {by_row}, {leading}");
        }
    }
}

#[test]
fn columns_stand_under_a_title_and_over_a_paragraph() {
    for by_row in [true, false] {
        let mut drawing = Drawing::new();
        let columns: [(f32, &[&str]); 2] = [(60.0, &LEFT), (320.0, &RIGHT)];
        if by_row {
            drawing.by_row(700.0, 13.0, &columns);
        } else {
            drawing.by_column(700.0, 13.0, &columns);
        }
        let below = "All of it was written down by the wardens of the weir, who live at the mill and see it";
        drawing.lines(60.0, 610.0, 13.0, &[below, "every day."]);
        drawing.size(18.0).text(60.0, 740.0, "A long account of the herons and otters of the weir");
        let texts = drawing.texts();
        let expected = [
            "A long account of the herons and otters of the weir".to_owned(),
            whole(&LEFT),
            whole(&RIGHT),
            format!("{below} every day."),
        ];
        assert_eq!(texts, expected, "by row: {by_row}");
    }
}

#[test]
fn three_columns_are_read_one_after_the_other() {
    let columns: [[&str; 3]; 3] = [
        ["Herons stand at the", "weir in the spring of", "every year."],
        ["Otters came back in", "the autumn, and we", "saw them."],
        ["Nobody had counted", "the boats that came", "by at noon."],
    ];
    for by_row in [true, false] {
        let mut drawing = Drawing::new();
        let [one, two, three] = &columns;
        let places: [(f32, &[&str]); 3] = [(50.0, one), (220.0, two), (390.0, three)];
        if by_row {
            drawing.by_row(700.0, 13.0, &places);
        } else {
            drawing.by_column(700.0, 13.0, &places);
        }
        assert_eq!(drawing.texts(), columns.map(|column| whole(&column)), "by row: {by_row}");
    }
}

#[test]
fn columns_of_several_paragraphs_are_read_one_after_the_other() {
    for gap in [0.0, 13.0] {
        let mut drawing = Drawing::new();
        let columns: [[&[&str]; 2]; 2] = [[&LEFT, &RIGHT], [&RIGHT, &LEFT]];
        let mut lines: Vec<(usize, f32, &str)> = Vec::new();
        for (column, paragraphs) in columns.iter().enumerate() {
            let mut y = 700.0;
            for paragraph in paragraphs {
                for line in *paragraph {
                    lines.push((column, y, line));
                    y -= 13.0;
                }
                y -= gap;
            }
        }
        // Line after line over both columns.
        lines.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        for (column, y, line) in lines {
            drawing.text([60.0, 320.0][column], y, line);
        }
        assert_eq!(drawing.texts(), [whole(&LEFT), whole(&RIGHT), whole(&RIGHT), whole(&LEFT)], "{gap}");
    }
}

#[test]
fn columns_that_stand_close_are_read_one_after_the_other() {
    // The left lines end at one place, 12 points before the right ones.
    let left = [
        "Herons stand at the weir in spring",
        "and wait for the small fish in it,",
        "which come up from the sea by day.",
    ];
    let right = [
        "Otters came back in the autumn of",
        "that year, and the wardens saw two",
        "of them by the old bridge.",
    ];
    let mut drawing = Drawing::new();
    drawing.by_row(700.0, 12.0, &[(60.0, &left), (60.0 + 34.0 * 5.0 + 12.0, &right)]);
    assert_eq!(drawing.texts(), [whole(&left), whole(&right)]);
}

#[test]
fn a_box_beside_text_parts_none_of_its_lines() {
    let mut drawing = Drawing::new();
    drawing.lines(60.0, 700.0, 13.0, &LEFT);
    drawing.size(9.0).lines(400.0, 697.0, 15.0, &["In short", "Herons stay.", "Otters left."]);
    let texts = drawing.texts();
    assert_eq!(texts[0], whole(&LEFT));
    assert_eq!(texts[1..].join(" "), "In short Herons stay. Otters left.");
}

#[test]
fn lists_side_by_side_are_read_one_after_the_other() {
    let (left, right) = (["- Herons", "- Otters", "- Boats"], ["- Weirs", "- Mills", "- Walls"]);
    let mut drawing = Drawing::new();
    drawing.by_row(700.0, 14.0, &[(60.0, &left), (320.0, &right)]);
    drawing.text(60.0, 600.0, "All of it was written down.");
    assert_eq!(drawing.texts(), [&left[..], &right[..], &["All of it was written down."]].concat());
}

#[test]
fn columns_whose_lines_are_not_level_are_read_one_after_the_other() {
    let mut drawing = Drawing::new();
    for (at, line) in LEFT.iter().enumerate() {
        drawing.text(60.0, 700.0 - 13.0 * at as f32, line);
        if let Some(line) = RIGHT.get(at) {
            drawing.text(320.0, 696.0 - 12.0 * at as f32, line);
        }
    }
    assert_eq!(drawing.texts(), [whole(&LEFT), whole(&RIGHT)]);
}

#[test]
fn a_paragraph_goes_on_over_a_column_break() {
    let left = [
        "Herons stand at the weir in the",
        "spring and wait for the small fish",
        "that come up from the sea with a",
    ];
    let right =
        ["tide, as they have done for many", "years.", "Nobody had counted them before", "the wardens came."];
    for by_row in [true, false] {
        let mut drawing = Drawing::new();
        let columns: [(f32, &[&str]); 2] = [(60.0, &left), (320.0, &right)];
        if by_row {
            drawing.by_row(700.0, 13.0, &columns);
        } else {
            drawing.by_column(700.0, 13.0, &columns);
        }
        let expected = [whole(&[&left[..], &right[..2]].concat()), whole(&right[2..])];
        assert_eq!(drawing.texts(), expected, "by row: {by_row}");
    }
}

#[test]
fn indents_part_paragraphs() {
    let one = [
        "The wardens of the weir met in the old hall and spoke at length of the",
        "bridge by the mill, which fell in the storm, and of what it would take for us.",
    ];
    let two = [
        "Officers of the harbour went to see the boats and came home late, all",
        "of them, and nothing of what they saw there was written down until the day.",
    ];
    let mut drawing = Drawing::new();
    for (at, [first, second]) in [one, two, one].iter().enumerate() {
        drawing.text(74.0, 700.0 - 28.0 * at as f32, first);
        drawing.text(60.0, 686.0 - 28.0 * at as f32, second);
    }
    assert_eq!(drawing.texts(), [whole(&one), whole(&two), whole(&one)]);
    // Set in but for the first line.
    let mut drawing = Drawing::new();
    for (at, [first, second]) in [one, two, one].iter().enumerate() {
        drawing.text(60.0, 700.0 - 28.0 * at as f32, first);
        drawing.text(74.0, 686.0 - 28.0 * at as f32, second);
    }
    assert_eq!(drawing.texts(), [whole(&one), whole(&two), whole(&one)]);
}

const LABELS: [&str; 4] =
    ["Herons of the weir", "Help and protection", "Otters", "Leadership of the wardens"];
const GRADES: [&str; 4] = ["Good", "Inadequate", "Outstanding", "Requires improvement"];

#[test]
fn rows_of_a_table_are_read_one_after_the_other() {
    for leading in [12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 22.0, 30.0] {
        for by_row in [true, false] {
            let mut drawing = Drawing::new();
            let columns: [(f32, &[&str]); 2] = [(60.0, &LABELS), (320.0, &GRADES)];
            if by_row {
                drawing.by_row(700.0, leading, &columns);
            } else {
                drawing.by_column(700.0, leading, &columns);
            }
            drawing.lines(
                60.0,
                540.0,
                13.0,
                &["Leaders read every letter that comes to the hall and", "write."],
            );
            let rows: Vec<String> =
                LABELS.iter().zip(GRADES).map(|(label, grade)| format!("{label} | {grade}")).collect();
            let texts = drawing.texts();
            assert_eq!(texts[..texts.len() - 1], rows, "{leading}, by row: {by_row}");
        }
    }
}

#[test]
fn cells_of_several_lines_stay_in_their_row() {
    for gap in [14.0, 24.0] {
        let mut drawing = Drawing::new();
        let mut y = 700.0;
        for (label, grade) in [
            (&["Herons of the weir and of all the water that", "stands above it"][..], "Good"),
            (&["Otters"][..], "Requires improvement"),
            (&["Wardens of the mill and of the long wall by", "the sea"][..], "Outstanding"),
        ] {
            drawing.text(320.0, y, grade);
            drawing.lines(60.0, y, 14.0, label);
            y -= 14.0 * (label.len() as f32 - 1.0) + gap;
        }
        assert_eq!(
            drawing.texts(),
            [
                "Herons of the weir and of all the water that stands above it | Good",
                "Otters | Requires improvement",
                "Wardens of the mill and of the long wall by the sea | Outstanding",
            ],
            "{gap}"
        );
    }
}

#[test]
fn centred_lines_of_a_cell_stay_in_their_column() {
    let mut drawing = Drawing::new();
    drawing.text(80.0, 700.0, "Term").lines(300.0, 700.0, 13.0, &["How likely", "it is to be"]);
    drawing.text(60.0, 687.0, "in this account");
    drawing.text(60.0, 660.0, "Certain").text(320.0, 660.0, "All");
    drawing.text(60.0, 640.0, "Unlikely").text(320.0, 640.0, "None");
    assert_eq!(
        drawing.texts(),
        ["Term in this account | How likely it is to be", "Certain | All", "Unlikely | None"]
    );
}

#[test]
fn a_page_in_columns_goes_on_over_the_page() {
    let mut drawing = Drawing::new();
    let columns: [(f32, &[&str]); 2] = [(60.0, &LEFT), (320.0, &RIGHT)];
    drawing.by_row(700.0, 13.0, &columns).page().by_row(780.0, 13.0, &columns);
    let document = drawing.read();
    let pages: Vec<Option<u32>> = document.blocks.iter().map(|block| block.page()).collect();
    assert_eq!(pages, [Some(1), Some(1), Some(2), Some(2)]);
    assert!(document.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
}

#[test]
fn the_layout_alone_reads_the_same() {
    let mut drawing = Drawing::new();
    drawing.by_row(700.0, 13.0, &[(60.0, &LEFT), (320.0, &RIGHT)]);
    let by_layout = Pdf::by_layout().read(&drawing.file(), &quotable_read::Budget::default()).unwrap();
    assert_eq!(by_layout.blocks, drawing.read().blocks);
}
