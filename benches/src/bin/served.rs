//! The page in the browser: how fast it answers, how much it sends, and whether the boxes on printed pages hold the words that
//! are quoted.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin served -- CORPUS_DIR INDEX_DIR [--quotations 1500] [--draw-worker quotable]
//! ```
//!
//! `INDEX_DIR` is created if it is missing, and kept. Each quotation is a run of words of a random paragraph of a PDF. The
//! drawing of each page that it is on is asked for, and the letters of the page that are in its boxes are read back from their
//! positions in the PDF: together they must be the letters and digits of the quotation.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use quotable::read::{Budget, PrintedLetter, PrintedPage};
use quotable::report::{Paragraph, Role};
use quotable::{Id, Index};
use quotable_benches::cli::{SeedOption, run_trial};
use quotable_benches::error::Result;
use quotable_serve::{DrawCommand, Server, Settings};
use quotable_testkit::Random;

/// Measures the page in the browser, and tests its boxes.
#[derive(Parser)]
struct Arguments {
    /// Folder of reports
    corpus: PathBuf,
    /// Folder of the index; created if it is missing
    index: PathBuf,
    /// Quotations to box
    #[arg(long, default_value_t = 1_500)]
    quotations: usize,
    /// Queries to time
    #[arg(long, default_value_t = 1_000)]
    queries: usize,
    /// Clients that ask at the same time
    #[arg(long, default_value_t = 8)]
    clients: usize,
    /// The command `quotable`, to draw pages in a process of their own, as `quotable serve` does
    #[arg(long)]
    draw_worker: Option<PathBuf>,
    #[command(flatten)]
    seed: SeedOption,
}

fn main() -> ExitCode {
    run_trial(measure)
}

fn measure(arguments: Arguments) -> Result<bool> {
    let index = Index::open_or_create(&arguments.index)?;
    eprintln!("{}", index.refresh(&arguments.corpus)?);
    drop(index);
    let start = Instant::now();
    let index = Index::open(&arguments.index)?;
    let drawer = arguments.draw_worker.as_ref().map(|program| DrawCommand::new(program, ["draw-worker"]));
    let settings = Settings::new(index.clone()).corpus(Some(arguments.corpus.clone())).drawer(drawer);
    let server = Server::bind(settings)?;
    let address = server.address();
    std::thread::spawn(move || server.run());
    get(address, "/")?;
    println!("first page after the start: {:.0} ms", millis(start.elapsed()));
    weights(address)?;
    queries(address, &index, &arguments)?;
    boxes(address, &index, &arguments)
}

/// An answer: its head and its body.
fn get(address: SocketAddr, path: &str) -> Result<(String, Vec<u8>)> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
    let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default()).into_owned();
    Ok((head, answer.get(end + 4..).unwrap_or_default().to_vec()))
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Prints percentiles of times.
fn percentiles(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| {
        // A position in a list.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
        let at = (times.len() as f64 * share) as usize;
        times.get(at.min(times.len().saturating_sub(1))).copied().map_or(0.0, millis)
    };
    println!(
        "{what}: p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms, of {}",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
}

/// The bytes of each kind of page, with its style and script.
fn weights(address: SocketAddr) -> Result {
    let assets = get(address, "/assets/style.css")?.1.len() + get(address, "/assets/page.js")?.1.len();
    println!("style and script: {:.1} KB", assets as f64 / 1e3);
    for path in ["/", "/?q=care", "/?q=care&view=lines", "/check", "/analyse/trend?q=care", "/corpus"] {
        let (_, body) = get(address, path)?;
        println!("{path}: {:.1} KB with them", (body.len() + assets) as f64 / 1e3);
    }
    Ok(())
}

/// Queries of every kind, from words of the corpus.
fn mixed(index: &Index, count: usize, random: &mut Random) -> Result<Vec<String>> {
    let words: Vec<String> =
        index.snapshot().vocabulary()?.filter(|word| word.word.len() > 3).map(|word| word.word).collect();
    let pick = |random: &mut Random| random.pick(&words).cloned().unwrap_or_default();
    let filters =
        ["&year=2018", "&theme=leadership", "&grade=good", "&sort=date", "&view=lines", "&tables=on"];
    let query = |number: usize, random: &mut Random| {
        let (one, other) = (pick(random), pick(random));
        let stem: String = one.chars().take(4).collect();
        let query = match number % 8 {
            0 | 1 => one,
            2 => format!("{one} {other}"),
            3 => format!("\"care leavers\" {one}"),
            4 => format!("{stem}*"),
            5 => format!("{one} OR {other}"),
            6 => format!("children w/5 {one}"),
            _ => format!("leaders -{one}"),
        };
        let filter = if random.chance(0.3) { random.pick(&filters).copied().unwrap_or_default() } else { "" };
        format!("/?q={}{filter}", encoded(&query))
    };
    Ok((0..count).map(|number| query(number, random)).collect())
}

fn queries(address: SocketAddr, index: &Index, arguments: &Arguments) -> Result {
    let queries = mixed(index, arguments.queries, &mut Random::new(arguments.seed.seed))?;
    let clients = arguments.clients.max(1);
    let times = std::thread::scope(|scope| {
        let ask = |client: usize| {
            let own = queries.iter().skip(client).step_by(clients);
            own.map(|path| {
                let start = Instant::now();
                get(address, path).map(|_| start.elapsed())
            })
            .collect::<Result<Vec<_>>>()
        };
        let running: Vec<_> = (0..clients).map(|client| scope.spawn(move || ask(client))).collect();
        running.into_iter().filter_map(|client| client.join().ok()).collect::<Result<Vec<_>>>()
    })?;
    percentiles(&format!("mixed queries by {clients} clients"), times.concat());
    Ok(())
}

/// A quotation, and where it is.
struct Quotation {
    id: Id,
    path: String,
    ordinal: usize,
    bytes: Range<usize>,
    text: String,
    pages: Vec<u32>,
}

/// A run of 3 to 40 words of a paragraph.
fn run_of_words(paragraph: &Paragraph, random: &mut Random) -> Option<Range<usize>> {
    let text = &paragraph.text;
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, letter)| {
            letter.is_alphanumeric() && text[..*at].chars().next_back().is_none_or(|last| last == ' ')
        })
        .map(|(at, _)| at)
        .collect();
    if starts.len() < 5 {
        return None;
    }
    let length = 3 + random.index(38.min(starts.len() - 3));
    let first = random.index(starts.len() - length + 1);
    let (start, last) = (*starts.get(first)?, *starts.get(first + length - 1)?);
    let end = text[last..].find(' ').map_or(text.len(), |at| last + at);
    Some(start..text[..end].trim_end_matches(|letter: char| !letter.is_alphanumeric()).len())
}

fn chosen(index: &Index, count: usize, random: &mut Random) -> Result<Vec<Quotation>> {
    let snapshot = index.snapshot();
    let paths: Vec<String> = snapshot
        .report_heads()
        .map(|head| head.path.to_owned())
        .filter(|path| path.to_ascii_lowercase().ends_with(".pdf"))
        .collect();
    let mut quotations = Vec::new();
    while quotations.len() < count {
        let Some(path) = random.pick(&paths) else { break };
        let id = Id::of_report(path);
        let Some(report) = snapshot.report(&id.to_string())? else { continue };
        let body: Vec<usize> = (0..report.paragraphs.len())
            .filter(|at| matches!(report.paragraphs[*at].role, Role::Body | Role::Bullet))
            .collect();
        // Some of each report: opening it takes longer than drawing a page.
        for _ in 0..4 {
            let Some(at) = random.pick(&body).copied() else { break };
            let paragraph = &report.paragraphs[at];
            let Some(bytes) = run_of_words(paragraph, random) else { continue };
            let pages = paragraph.page_at(bytes.start).zip(paragraph.page_at(bytes.end - 1));
            let Some((first, last)) = pages else { continue };
            let text = paragraph.text[bytes.clone()].to_owned();
            let (id, path) = (id.clone(), path.clone());
            quotations.push(Quotation {
                id,
                path,
                ordinal: at + 1,
                bytes,
                text,
                pages: (first..=last).collect(),
            });
        }
    }
    quotations.truncate(count);
    Ok(quotations)
}

/// The letters and digits of a text.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for sign in text.chars() {
        match sign {
            'ﬀ' => folded.push_str("ff"),
            'ﬁ' => folded.push_str("fi"),
            'ﬂ' => folded.push_str("fl"),
            'ﬃ' => folded.push_str("ffi"),
            'ﬄ' => folded.push_str("ffl"),
            'ﬅ' | 'ﬆ' => folded.push_str("st"),
            sign if sign.is_alphanumeric() => folded.extend(sign.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// The boxes over a drawing: left, top, right and bottom edges.
fn boxes_of(svg: &str) -> Vec<[f32; 4]> {
    let Some((_, group)) = svg.rsplit_once("<g fill=\"#ffd84d\"") else { return Vec::new() };
    let value = |rect: &str, name: &str| -> Option<f32> {
        rect.split_once(&format!(" {name}=\""))?.1.split('"').next()?.parse().ok()
    };
    let rects = group.split("<rect").skip(1);
    rects
        .filter_map(|rect| {
            let (x, y) = (value(rect, "x")?, value(rect, "y")?);
            Some([x, y, x + value(rect, "width")?, y + value(rect, "height")?])
        })
        .collect()
}

/// The text of the letters whose middle is in a box.
fn inside(page: &PrintedPage, boxes: &[[f32; 4]]) -> String {
    let is_inside = |letter: &&PrintedLetter| {
        let [left, top, right, bottom] = letter.edges;
        let (x, y) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
        boxes.iter().any(|[l, t, r, b]| *l <= x && x <= *r && *t <= y && y <= *b)
    };
    page.letters.iter().filter(is_inside).map(|letter| page.text_of(letter)).collect()
}

/// What the boxes of a quotation hold, and the times of drawing each page first and again.
fn boxed(
    address: SocketAddr,
    corpus: &Path,
    quotation: &Quotation,
    times: &mut [Vec<Duration>; 2],
) -> Result<String> {
    let bytes = std::fs::read(corpus.join(quotable::path::decode(&quotation.path).unwrap_or_default()))?;
    let mut held = String::new();
    for number in &quotation.pages {
        let path = format!(
            "/report/{}/svg/{number}?p={}&start={}&end={}",
            quotation.id, quotation.ordinal, quotation.bytes.start, quotation.bytes.end
        );
        let mut svg = Vec::new();
        for times in times.iter_mut() {
            let start = Instant::now();
            svg = get(address, &path)?.1;
            times.push(start.elapsed());
        }
        let (page, _) = PrintedPage::read(bytes.clone(), *number, &Budget::default())?;
        held += &inside(&page, &boxes_of(&String::from_utf8_lossy(&svg)));
    }
    Ok(folded(&held))
}

fn boxes(address: SocketAddr, index: &Index, arguments: &Arguments) -> Result<bool> {
    let mut random = Random::new(arguments.seed.seed);
    let quotations = chosen(index, arguments.quotations, &mut random)?;
    let over_pages = quotations.iter().filter(|quotation| quotation.pages.len() > 1).count();
    let (mut right, mut reordered) = (0, 0);
    let mut times = [Vec::new(), Vec::new()];
    for quotation in &quotations {
        let (held, wanted) =
            (boxed(address, &arguments.corpus, quotation, &mut times)?, folded(&quotation.text));
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        if held == wanted {
            right += 1;
        } else if sorted(&held) == sorted(&wanted) {
            reordered += 1;
        } else {
            let Quotation { path, ordinal, pages, text, .. } = quotation;
            eprintln!("{path}, paragraph {ordinal}, pages {pages:?}\n  quoted: {text}\n  boxed:  {held}");
        }
    }
    let all = quotations.len();
    println!(
        "boxes hold the quotation: {} of {all} ({reordered} of them drawn in another order; {over_pages} over a page break)",
        right + reordered
    );
    let [first, again] = times;
    percentiles("a printed page, drawn and boxed", first);
    percentiles("the same again", again);
    Ok(right + reordered == all)
}
