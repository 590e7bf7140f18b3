//! MIME: the tree of parts of an e-mail or a saved web page (RFC 2045 to 2047, 2183, 2231, 5322).
//!
//! Written here rather than taken from a library, since the libraries know no limits: they decode every attachment, and
//! store every header of a file that is nothing but headers. This reader keeps slices of the file, decodes the parts
//! that are read, and looks at the clock.

mod header;
mod transfer;

use std::borrow::Cow;

pub(crate) use self::header::{Headers, Parameters, decode_words};

use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};

/// The most parts of one message. A web page saved with all its pictures has some hundreds.
const MOST_PARTS: usize = 10_000;

/// Lines between two looks at the clock.
const LINES_PER_CLOCK_CHECK: usize = 4096;

/// A message or a part of one.
#[derive(Debug)]
pub(crate) struct Part<'m> {
    pub(crate) headers: Headers,
    /// In lower case: `text/html`.
    pub(crate) kind: String,
    /// The parameters of the type: `charset`, `boundary`.
    pub(crate) parameters: Parameters,
    /// The bytes as they stand in the file.
    body: &'m [u8],
    /// The parts of a `multipart`, or the message in a `message/rfc822`.
    pub(crate) parts: Vec<Part<'m>>,
}

impl<'m> Part<'m> {
    /// Reads a message. `what` names the file in messages: `e-mail`.
    ///
    /// # Errors
    /// [`ReadErrorKind::OverBudget`] for a message that takes too long, nests too deeply or has too many parts.
    pub(crate) fn read(bytes: &'m [u8], budget: &Budget, what: &str) -> Result<Self, ReadError> {
        let mut count = 0;
        part(bytes, "text/plain", 0, &mut count, budget, what)
    }

    /// The content, without its transfer encoding.
    pub(crate) fn content(&self) -> Cow<'m, [u8]> {
        let encoding = self.headers.get("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        match encoding.trim() {
            "quoted-printable" => Cow::Owned(transfer::quoted_printable(self.body)),
            "base64" => Cow::Owned(transfer::base64(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }

    /// The name of the file that this part would be saved as.
    pub(crate) fn file_name(&self) -> Option<String> {
        let disposition = self.headers.get("content-disposition").map(Parameters::of);
        let named = disposition.as_ref().and_then(|(_, parameters)| parameters.get("filename"));
        named.or_else(|| self.parameters.get("name")).map(decode_words).filter(|name| !name.trim().is_empty())
    }

    /// True if the part is to be saved, not shown.
    pub(crate) fn is_attachment(&self) -> bool {
        let disposition = self.headers.get("content-disposition").unwrap_or_default();
        disposition.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("attachment"))
    }
}

/// Reads one part. `kind` is its type if it names none.
fn part<'m>(
    bytes: &'m [u8],
    kind: &str,
    depth: usize,
    count: &mut usize,
    budget: &Budget,
    what: &str,
) -> Result<Part<'m>, ReadError> {
    let over = |message: String| Err(ReadError::new(ReadErrorKind::OverBudget, message));
    *count += 1;
    if *count > MOST_PARTS {
        return over(format!("the {what} has more than {MOST_PARTS} parts; save the text of it as text"));
    }
    if depth > budget.nesting {
        return over(format!(
            "the {what} nests messages more deeply than {} levels; save the one you need as text, or raise the limit",
            budget.nesting
        ));
    }
    let (headers, body) = Headers::read(bytes);
    let (kind, parameters) = match headers.get("content-type") {
        Some(value) => Parameters::of(value),
        None => (kind.to_owned(), Parameters::default()),
    };
    // What is no type is taken for text (RFC 2045, 5.2).
    let kind = if kind.contains('/') { kind } else { "text/plain".to_owned() };
    let mut parts = Vec::new();
    if let (true, Some(boundary)) = (kind.starts_with("multipart/"), parameters.get("boundary")) {
        let inner = if kind == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        for body in split(body, boundary, budget, what)? {
            parts.push(part(body, inner, depth + 1, count, budget, what)?);
        }
    }
    let mut this = Part { headers, kind, parameters, body, parts };
    if this.kind == "message/rfc822" {
        // Encoded messages are not allowed inside a message (RFC 2046, 5.2.1), and would have to be kept decoded.
        this.parts.push(part(body, "text/plain", depth + 1, count, budget, what)?);
    }
    Ok(this)
}

/// The bodies between the lines of a boundary (RFC 2046, 5.1.1). A missing last line ends the last part at the end.
fn split<'m>(
    body: &'m [u8],
    boundary: &str,
    budget: &Budget,
    what: &str,
) -> Result<Vec<&'m [u8]>, ReadError> {
    let mut parts = Vec::new();
    let mut open = None;
    let mut at = 0;
    for (number, line) in body.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if number % LINES_PER_CLOCK_CHECK == 0 && budget.is_over() {
            let message = format!("the {what} took too long to read; raise the time limit");
            return Err(ReadError::new(ReadErrorKind::OverBudget, message));
        }
        let start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes()))
        else {
            continue;
        };
        let rest = rest.trim_ascii_end();
        if !matches!(rest, b"" | b"--") {
            continue;
        }
        // The line end before the boundary belongs to the boundary.
        if let Some(open) = open.take() {
            let part: &[u8] = &body[open..start];
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            parts.push(part.strip_suffix(b"\r").unwrap_or(part));
        }
        // More are counted as too many by the caller.
        if parts.len() >= MOST_PARTS || rest == b"--" {
            return Ok(parts);
        }
        open = Some(at);
    }
    parts.extend(open.map(|open| &body[open..]));
    Ok(parts)
}

#[cfg(test)]
mod tests;
