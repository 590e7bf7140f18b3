//! Understanding takes time in proportion to the document, whatever the document, so that a time limit is kept: the clock
//! is read only between steps.

use std::path::Path;
use std::time::Duration;

use quotable_read::{Block, BlockKind, Budget, Document, Line, Look, ReadErrorKind, Readers};
use quotable_report::Report;

/// The part that a document repeats, and the document that repeats it `size` times.
type Shape = (&'static str, fn(usize) -> Document);

/// Documents that repeat one part, each a chance for quadratic time.
const SHAPES: [Shape; 14] = [
    ("the same line on every page", |size| {
        pages(size, |page| vec![line("Fenwick Council", page), line("A heron stood there.", page)])
    }),
    ("lines of one block", |size| {
        of(vec![block(BlockKind::Paragraph, (0..size).map(|_| "A heron stood, and ").collect())])
    }),
    ("lines that end in hyphens", |size| {
        of(vec![block(BlockKind::Paragraph, (0..size).map(|_| "so-").collect())])
    }),
    ("words of one line", |size| one(&"heron ".repeat(size))),
    ("sentences of one line", |size| one(&"A heron. ".repeat(size))),
    ("initials of one line", |size| one(&"A. B. ".repeat(size))),
    ("letters of one word", |size| one(&"h".repeat(size * 8))),
    ("marks behind a full stop", |size| one(&format!("A heron.{} It flew.", "\"".repeat(size * 8)))),
    ("open quotations", |size| one(&"“heron ".repeat(size))),
    ("headings ever deeper", |size| {
        let heading = |number: usize| heading(u8::try_from(number % 250 + 1).unwrap(), "Herons");
        of((0..size).map(heading).collect())
    }),
    ("numbers of paragraphs", |size| {
        of((0..size).map(|number| paragraph(&format!("{number}. A heron stood there."))).collect())
    }),
    ("cells of one row", |size| {
        let cell = |column| BlockKind::Cell { table: 0, row: 0, column };
        of((0..size).map(|column| block(cell(u32::try_from(column).unwrap()), vec!["heron"])).collect())
    }),
    ("notes", |size| of((0..size).map(|_| block(BlockKind::Note, vec!["1 A heron."])).collect())),
    ("judgements", |size| {
        of((0..size)
            .map(|_| paragraph("Overall effectiveness: inadequate. Published 3 March 2019"))
            .collect())
    }),
];

fn of(blocks: Vec<Block>) -> Document {
    let mut document = Document::new("shape");
    document.blocks = blocks;
    document
}

fn block(kind: BlockKind, lines: Vec<&str>) -> Block {
    Block::new(kind, lines.into_iter().map(Line::plain).collect())
}

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph, vec![text])
}

fn heading(level: u8, text: &str) -> Block {
    block(BlockKind::Heading { level }, vec![text])
}

fn one(text: &str) -> Document {
    of(vec![paragraph(text)])
}

fn line(text: &str, page: u32) -> Line {
    let mut line = Line::plain(text);
    line.page = Some(page);
    line.look = Some(Look::new(72.0, 500.0, 60.0, 11.0));
    line
}

fn pages(size: usize, lines: impl Fn(u32) -> Vec<Line>) -> Document {
    let last = u32::try_from(size).unwrap();
    let blocks =
        (1..=last).flat_map(|page| lines(page).into_iter().map(|line| vec![line]).collect::<Vec<_>>());
    let mut document = of(blocks.map(|lines| Block::new(BlockKind::Paragraph, lines)).collect());
    document.pages = last;
    document
}

/// The processor time that this thread has used: other programs do not add to it, as they do to the time of day.
#[cfg(unix)]
fn used() -> Duration {
    rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime).try_into().unwrap()
}

/// The time of day, where the system does not count processor time.
#[cfg(not(unix))]
fn used() -> Duration {
    std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap()
}

fn time(document: &Document) -> Duration {
    let once = || {
        let before = used();
        let report = Report::from_document(document, "shape.txt");
        let took = used().saturating_sub(before);
        assert_eq!(report.path, "shape.txt");
        took
    };
    // The fastest run is the one that caches and the allocator disturbed least.
    (0..4).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn understanding_takes_linear_time() {
    const SIZE: usize = 1500;
    const TIMES: u32 = 16;
    let mut slow = Vec::new();
    for (name, shape) in SHAPES {
        let less = time(&shape(SIZE)).max(Duration::from_micros(200));
        let more = time(&shape(SIZE * TIMES as usize));
        // Linear time is 16 times as much, quadratic 256; the bound between leaves room for a busy machine.
        if more > less * TIMES * 8 {
            slow.push(format!("{name}: {less:?}, and {more:?} for {TIMES} times the size"));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn understanding_stops_at_the_time_limit() {
    let text =
        (1..200).map(|number| format!("{number}. A heron stood at gate {number}.\n\n")).collect::<String>();
    let document = Readers::default().read(Path::new("a.txt"), text.as_bytes(), &Budget::default()).unwrap();
    let mut budget = Budget::default().start();
    let whole = Report::from_document_within(&document, "a.txt", &budget).unwrap();
    assert_eq!(whole, Report::from_document(&document, "a.txt"));
    budget.time = Duration::ZERO;
    let error = Report::from_document_within(&document, "a.txt", &budget).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget, "{error}");
}
