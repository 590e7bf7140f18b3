//! A page of a PDF, drawn as SVG, with the places of its letters.
//!
//! A PDF comes from anywhere: drawing it may take without end, or crash. So it is drawn by a process of its own, which the
//! system limits and the clock ends.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use quotable::read::{Budget, PrintedLetter, PrintedPage};
use quotable::worker::WorkerCommand;
use serde::{Deserialize, Serialize};

/// Bytes; a larger drawing is not shown.
const LARGEST: u64 = 48 << 20;
/// Points above and below the boxes in a part of a page.
const AROUND: f32 = 36.0;
/// How long a page may take.
const TIME: Duration = Duration::from_secs(15);

/// The command line of a process that draws a page: the program is given these arguments and the number of the page, reads the
/// PDF from its standard input, and answers by [`draw_worker`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawCommand(WorkerCommand);

impl DrawCommand {
    /// Runs `program` with `arguments`, and the number of the page after them.
    pub fn new(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Self {
        Self(arguments.into_iter().fold(WorkerCommand::new(program), WorkerCommand::arg))
    }

    /// The same command with these environment variables alone.
    #[must_use]
    pub fn environment(self, variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        Self(self.0.environment(variables))
    }
}

/// A page, drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawing {
    pub(crate) page: PrintedPage,
    pub(crate) svg: String,
}

/// What goes before the drawing, in one line.
#[derive(Serialize, Deserialize)]
enum Head {
    Drawn {
        number: u32,
        pages: u32,
        width: f32,
        height: f32,
        text: String,
        letters: Vec<(usize, usize, [f32; 4])>,
    },
    Failed(String),
}

/// Reads a PDF, draws a page of it and writes the drawing, for the process that asked. What cannot be drawn is an answer too.
/// Opens nothing, so [`confine`](quotable::worker::confine) the process before.
///
/// # Errors
/// Those of `input` and `output`.
pub fn draw_worker(input: impl Read, mut output: impl Write, number: u32) -> io::Result<()> {
    let budget = Budget::default();
    let mut bytes = Vec::new();
    input.take(budget.input).read_to_end(&mut bytes)?;
    let (head, svg) = match draw(bytes, number, &budget) {
        Ok(Drawing { page, svg }) => {
            let letters =
                page.letters.iter().map(|letter| (letter.text.start, letter.text.end, letter.edges));
            let letters = letters.collect();
            let PrintedPage { number, pages, width, height, text, .. } = page;
            (Head::Drawn { number, pages, width, height, text, letters }, svg)
        }
        Err(message) => (Head::Failed(message), String::new()),
    };
    serde_json::to_writer(&mut output, &head)?;
    output.write_all(b"\n")?;
    output.write_all(svg.as_bytes())?;
    output.flush()
}

/// Draws a page in this process.
fn draw(bytes: Vec<u8>, number: u32, budget: &Budget) -> Result<Drawing, String> {
    let (page, bytes) = PrintedPage::read(bytes, number, budget).map_err(|error| error.to_string())?;
    let file = Pdf::new(bytes).map_err(|_| "the PDF is damaged".to_owned())?;
    let at = number.saturating_sub(1) as usize;
    let drawn = file.pages().get(at).ok_or_else(|| format!("the PDF has no page {number}"))?;
    let settings = SvgRenderSettings { bg_color: [255; 4] };
    let svg = convert(drawn, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    Ok(Drawing { page, svg })
}

/// Draws a page of an open file, in a process of its own if there is a command for one.
pub(super) fn drawing(command: Option<&DrawCommand>, file: File, number: u32) -> Result<Drawing, String> {
    match command {
        Some(command) => by_process(command, file, number),
        None => {
            let budget = Budget::default();
            let mut bytes = Vec::new();
            file.take(budget.input).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
            draw(bytes, number, &budget)
        }
    }
}

fn by_process(command: &DrawCommand, file: File, number: u32) -> Result<Drawing, String> {
    let mut child = command
        .0
        .process()
        .arg(number.to_string())
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("the process that draws pages could not be started: {error}"))?;
    let (sender, receiver) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || sender.send(read_answer(output)));
    }
    let answer = receiver.recv_timeout(TIME);
    // One that has answered has ended, or has nothing more to say.
    let _ = child.kill();
    let _ = child.wait();
    match answer {
        Ok(answer) => {
            answer.unwrap_or_else(|_| Err("drawing the page took too much memory, or failed".to_owned()))
        }
        Err(_) => Err("drawing the page took too long".to_owned()),
    }
}

/// The drawing that a process wrote.
fn read_answer(output: impl Read) -> io::Result<Result<Drawing, String>> {
    let mut output = BufReader::new(output.take(LARGEST));
    let mut line = String::new();
    output.read_line(&mut line)?;
    let head = serde_json::from_str(&line)?;
    let (number, pages, width, height, text, letters) = match head {
        Head::Failed(message) => return Ok(Err(message)),
        Head::Drawn { number, pages, width, height, text, letters } => {
            (number, pages, width, height, text, letters)
        }
    };
    let mut svg = String::new();
    output.read_to_string(&mut svg)?;
    if !svg.trim_end().ends_with("</svg>") {
        return Ok(Err("the drawing of the page is too large to show".to_owned()));
    }
    let mut page = PrintedPage::default();
    (page.number, page.pages, page.width, page.height, page.text) = (number, pages, width, height, text);
    page.letters =
        letters.into_iter().map(|(start, end, edges)| PrintedLetter::new(start..end, edges)).collect();
    Ok(Ok(Drawing { page, svg }))
}

impl Drawing {
    /// The drawing with boxes over it: left, top, right and bottom edges, in points. `crop` leaves the part around them.
    pub(crate) fn with_boxes(&self, boxes: &[[f32; 4]], crop: bool) -> String {
        let Some(end) = self.svg.rfind("</svg>").filter(|_| !boxes.is_empty()) else {
            return self.svg.clone();
        };
        let (body, end) = self.svg.split_at(end);
        let mut svg = String::with_capacity(self.svg.len() + 200 * boxes.len());
        // The size stands at the very beginning.
        match body.find(" xmlns=").filter(|_| crop) {
            Some(head) => {
                let (top, bottom) = self.around(boxes);
                let (width, height) = (self.page.width, bottom - top);
                svg.push_str(&format!(
                    "<svg viewBox=\"0 {top} {width} {height}\" width=\"{width}\" height=\"{height}\""
                ));
                svg.push_str(body.get(head..).unwrap_or_default());
            }
            None => svg.push_str(body),
        }
        svg.push_str("<g fill=\"#ffd84d\" fill-opacity=\"0.35\" stroke=\"#b3261e\" stroke-width=\"1.1\">");
        for [left, top, right, bottom] in boxes {
            let (width, height) = (right - left, bottom - top);
            svg.push_str(&format!(
                "<rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" rx=\"1.5\"/>"
            ));
        }
        svg.push_str("</g>");
        svg.push_str(end);
        svg
    }

    /// The top and bottom edge of the part of the page around boxes.
    fn around(&self, boxes: &[[f32; 4]]) -> (f32, f32) {
        let top = boxes.iter().map(|[_, top, _, _]| *top).fold(f32::MAX, f32::min);
        let bottom = boxes.iter().map(|[_, _, _, bottom]| *bottom).fold(0.0, f32::max);
        ((top - AROUND).max(0.0).floor(), (bottom + AROUND).min(self.page.height).ceil())
    }

    /// Bytes of memory, about.
    pub(super) fn size(&self) -> usize {
        self.svg.len() + self.page.text.len() + 48 * self.page.letters.len()
    }
}
