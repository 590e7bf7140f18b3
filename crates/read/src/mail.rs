//! E-mail (RFC 5322), over the MIME reader of this crate.

use std::path::Path;

use encoding_rs::Encoding;

use crate::block::{Block, BlockKind, Line};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::encoding::{Decoded, decode};
use crate::error::{ReadError, ReadErrorKind};
use crate::html::Html;
use crate::mime::{Headers, Part};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use crate::text;

/// Reads e-mails (`.eml`, `.emlx`).
///
/// The subject becomes a heading. Of a message that has its text twice, the formatted one is read; where that holds little of
/// it, the plain one. The marks of a reply (`>`) are taken off. Forwarded messages are read; attachments are named in
/// a warning, and are not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mail;

/// The name of the format in messages.
const WHAT: &str = "e-mail";

impl Reader for Mail {
    fn format(&self) -> &'static str {
        "mail"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        has_extension(path, &["eml", "emlx"]) || (path.extension().is_none() && is_mail(head))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        refuse_other(bytes, "an e-mail", false)?;
        let message = Part::read(without_length(bytes), budget, WHAT)?;
        if message.headers.is_empty() {
            let message = "named as an e-mail, but it has no headers such as From and Subject; save it again from the mail \
                           program, or save its text as text";
            return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
        }
        let mut reader = MailReader {
            budget,
            document: Document::new(self.format()),
            tables: 0,
            output: 0,
            attachments: Vec::new(),
            encrypted: false,
        };
        reader.properties(&message.headers);
        reader.message(&message)?;
        let MailReader { mut document, attachments, encrypted, .. } = reader;
        if document
            .blocks
            .iter()
            .all(|block| matches!(block.kind, BlockKind::Artifact | BlockKind::Heading { .. }))
        {
            return Err(no_text(&attachments, encrypted));
        }
        if !attachments.is_empty() {
            let message = format!(
                "the attachments are not read: {}; save them as files to have them read",
                named(&attachments)
            );
            document.warnings.push(Warning::new("attachments", message));
        }
        Ok(document)
    }
}

/// The error for an e-mail without a text of its own.
fn no_text(attachments: &[String], encrypted: bool) -> ReadError {
    if encrypted {
        let message = "the e-mail is encrypted; open it in the mail program and save its text as text";
        return ReadError::new(ReadErrorKind::Encrypted, message);
    }
    let message = match attachments {
        [] => "the e-mail holds no text; save it again from the mail program".to_owned(),
        _ => format!(
            "the e-mail holds no text but its attachments; save them as files: {}",
            named(attachments)
        ),
    };
    ReadError::new(ReadErrorKind::NoText, message)
}

/// The most attachments that a message names.
const MOST_NAMED: usize = 10;

fn named(attachments: &[String]) -> String {
    let mut names = attachments[..attachments.len().min(MOST_NAMED)].join(", ");
    if let more @ 1.. = attachments.len().saturating_sub(MOST_NAMED) {
        names.push_str(&format!(" and {more} more"));
    }
    names
}

/// True for the first bytes of a message: headers that every one has.
fn is_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let lines = || text.lines().take_while(|line| !line.trim().is_empty());
    let name = |line: &str| line.split_once(':').map(|(name, _)| name.to_ascii_lowercase());
    let first = lines().next().is_some_and(|line| {
        name(line).is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        }) || line.starts_with("From ")
    });
    let names: Vec<String> = lines().filter_map(name).collect();
    let has = |known: &str| names.iter().any(|name| name == known);
    // Text may well begin `From:` or `Subject:`, but not all of these.
    first && (has("mime-version") || has("received") || has("message-id")) && (has("from") || has("subject"))
}

/// Apple Mail writes the length of the message above it.
fn without_length(bytes: &[u8]) -> &[u8] {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = bytes[digits..].trim_ascii_start();
    if digits > 0 && bytes[digits..].starts_with(b"\n") | bytes[digits..].starts_with(b" ") {
        rest
    } else {
        bytes
    }
}

struct MailReader<'b> {
    budget: &'b Budget,
    document: Document,
    /// The number of tables so far.
    tables: u32,
    /// Bytes of text so far, decoded.
    output: usize,
    /// The names of the attachments, as the e-mail gives them.
    attachments: Vec<String>,
    encrypted: bool,
}

impl MailReader<'_> {
    /// Title, author and date from the headers of the outer message.
    fn properties(&mut self, headers: &Headers) {
        let sender = headers.text("from").map(|from| {
            let name = from.split('<').next().unwrap_or_default().trim().trim_matches('"').trim();
            if name.is_empty() { from.clone() } else { name.to_owned() }
        });
        let date = headers.text("date").map(|date| day(&date).unwrap_or(date));
        for (key, value) in [("title", headers.text("subject")), ("author", sender), ("date", date)] {
            self.document.properties.extend(value.map(|value| (key.to_owned(), value)));
        }
        self.document.trusted = true;
    }

    fn message(&mut self, message: &Part<'_>) -> Result<(), ReadError> {
        if let Some(subject) = message.headers.text("subject") {
            self.document
                .blocks
                .push(Block::new(BlockKind::Heading { level: 1 }, vec![Line::plain(subject)]));
        }
        self.part(message)
    }

    fn part(&mut self, part: &Part<'_>) -> Result<(), ReadError> {
        match part.kind.as_str() {
            "message/rfc822" => part.parts.iter().try_for_each(|inner| self.message(inner)),
            "multipart/alternative" => self.alternative(part),
            // The first is the text, or the one that `start` names; the others are its pictures.
            "multipart/related" => {
                let root = root(part);
                for (index, part) in part.parts.iter().enumerate() {
                    if index == root {
                        self.part(part)?;
                    } else if part.is_attachment() {
                        self.attach(part);
                    }
                }
                Ok(())
            }
            "multipart/encrypted" | "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                self.encrypted = true;
                Ok(())
            }
            kind if kind.starts_with("multipart/") => {
                part.parts.iter().try_for_each(|inner| self.part(inner))
            }
            "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {
                Ok(())
            }
            "text/html" | "text/plain" if !part.is_attachment() && part.file_name().is_none() => {
                let blocks = self.text(part)?;
                self.document.blocks.extend(blocks);
                Ok(())
            }
            _ => {
                self.attach(part);
                Ok(())
            }
        }
    }

    fn attach(&mut self, part: &Part<'_>) {
        self.attachments.push(part.file_name().unwrap_or_else(|| part.kind.clone()));
    }

    /// Reads the best of several forms of one text: the formatted one, which has paragraphs, unless it holds less than half
    /// of the plain one, as a page that a script fills or a newsletter of pictures does.
    fn alternative(&mut self, part: &Part<'_>) -> Result<(), ReadError> {
        let mut forms = Vec::new();
        for form in part.parts.iter().filter(|part| !part.kind.starts_with("text/calendar")) {
            let (blocks, attachments) = (self.document.blocks.len(), self.attachments.len());
            self.part(form)?;
            let read = self.document.blocks.split_off(blocks);
            // Only the forms that are not read have nothing but an attachment in them.
            if read.is_empty() && part.parts.len() > 1 {
                self.attachments.truncate(attachments);
            }
            forms.push(read);
        }
        let length = |blocks: &[Block]| -> usize {
            let shown = blocks.iter().filter(|block| block.kind != BlockKind::Artifact);
            shown.flat_map(|block| &block.lines).map(|line| line.text.len()).sum()
        };
        let longest = forms.iter().map(|form| length(form)).max().unwrap_or(0);
        // The last is the richest (RFC 2046, 5.1.4).
        let best = forms.into_iter().rev().find(|form| length(form) * 2 >= longest);
        self.document.blocks.extend(best.unwrap_or_default());
        Ok(())
    }

    /// The blocks of a part of text.
    fn text(&mut self, part: &Part<'_>) -> Result<Vec<Block>, ReadError> {
        let content = part.content();
        self.output += content.len();
        if self.output > self.budget.output || self.budget.is_over() {
            let message = format!(
                "the e-mail holds more than {} bytes of text or takes too long to read; raise the limit",
                self.budget.output
            );
            return Err(ReadError::new(ReadErrorKind::OverBudget, message));
        }
        if content.trim_ascii().is_empty() {
            return Ok(Vec::new());
        }
        let decoded = decoded(&content, part.parameters.get("charset"))?;
        self.document.warnings.extend(decoded.warning());
        if part.kind == "text/html" {
            return self.html(&decoded.text);
        }
        let flowed =
            part.parameters.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let delete = part.parameters.get("delsp").is_some_and(|delete| delete.eq_ignore_ascii_case("yes"));
        let text = without_reply_marks(&decoded.text, flowed, delete);
        let mut blocks = Vec::new();
        text::blocks(&text, None, &mut self.tables, &mut blocks);
        Ok(blocks)
    }

    fn html(&mut self, page: &str) -> Result<Vec<Block>, ReadError> {
        let read = match Html.read(page.as_bytes(), self.budget) {
            Ok(read) => read,
            Err(error) if error.kind() == ReadErrorKind::NoText => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        // Mail programs mark the message that a reply answers as they mark a quotation.
        let start = page.to_ascii_lowercase();
        let reply = ["type=\"cite\"", "type=cite", "gmail_quote", "protonmail_quote", "yahoo_quoted"];
        let reply = reply.iter().any(|mark| start.contains(mark));
        let first = self.tables;
        let blocks = read.blocks.into_iter().map(|mut block| {
            match &mut block.kind {
                BlockKind::Cell { table, .. } => {
                    *table = table.saturating_add(first);
                    self.tables = self.tables.max(table.saturating_add(1));
                }
                kind @ BlockKind::Quote if reply => *kind = BlockKind::Paragraph,
                _ => {}
            }
            block
        });
        Ok(blocks.collect())
    }
}

/// The day of a date such as `Tue, 30 Jan 2018 10:00:00 +0000`, as `2018-01-30`, in the time zone of the sender.
fn day(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<&str> = date.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|words| {
        let day: u8 = words[0].parse().ok().filter(|day| (1..=31).contains(day))?;
        let name = words[1].get(..3)?.to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| *month == name)? + 1;
        let year: u16 = words[2].parse().ok().filter(|year| (1900..=2999).contains(year))?;
        Some(format!("{year}-{month:02}-{day:02}"))
    })
}

/// The index of the part that the others belong to.
fn root(part: &Part<'_>) -> usize {
    let start = part.parameters.get("start");
    let named = start.and_then(|start| {
        part.parts.iter().position(|part| part.headers.get("content-id").is_some_and(|id| id == start))
    });
    named.unwrap_or(0)
}

/// Decodes a part of text by the charset that its header names, as [`decode`] does by what a file declares.
pub(crate) fn decoded(content: &[u8], charset: Option<&str>) -> Result<Decoded, ReadError> {
    let declared = charset.and_then(|charset| Encoding::for_label(charset.as_bytes()));
    decode(content, declared, "an e-mail")
}

/// Takes off the marks of a reply (`> `), with an empty line where their depth changes, and joins the lines of flowed text
/// (RFC 3676): those that end in a space go on below.
fn without_reply_marks(text: &str, flowed: bool, delete: bool) -> String {
    let mut unmarked = String::with_capacity(text.len());
    let mut above = 0;
    for line in text.lines() {
        let (depth, line) = reply_depth(line);
        if depth != above {
            unmarked.push('\n');
            if !unmarked.ends_with("\n\n") {
                unmarked.push('\n');
            }
            above = depth;
        }
        // In flowed text a space before `>`, `From ` or a space is no part of the text.
        let line = if flowed { line.strip_prefix(' ').unwrap_or(line) } else { line };
        // `-- ` opens the signature.
        if flowed && line.ends_with(' ') && line != "-- " {
            unmarked.push_str(if delete { &line[..line.len() - 1] } else { line });
        } else {
            unmarked.push_str(line);
            unmarked.push('\n');
        }
    }
    unmarked
}

/// The number of marks that a line begins with, and the line without them.
fn reply_depth(line: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line;
    loop {
        let next = rest.strip_prefix('>').or_else(|| rest.strip_prefix(" >"));
        // `>From` is how mailboxes write a line that begins with `From`.
        let Some(next) = next.filter(|next| depth > 0 || !next.starts_with("From ")) else { break };
        depth += 1;
        rest = next;
    }
    if depth > 0 {
        (depth, rest.strip_prefix(' ').unwrap_or(rest))
    } else {
        (0, rest.strip_prefix('>').unwrap_or(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Document, ReadError> {
        Mail.read(text.as_bytes(), &Budget::default())
    }

    fn texts(text: &str) -> Vec<String> {
        read(text).unwrap().blocks.iter().map(|block| block.text().replace('\n', "/")).collect()
    }

    const HEAD: &str = "From: \"Jo Marsh\" <jo@example.org>\nSubject: =?utf-8?Q?The_=E2=80=98slow=E2=80=99_council?=\nDate: Tue, 30 Jan 2018 10:00:00 +0000\nMIME-Version: 1.0\n";

    #[test]
    fn the_headers_are_its_metadata() {
        let document = read(&format!("{HEAD}\nPlans drift.\n")).unwrap();
        let expected = [("title", "The ‘slow’ council"), ("author", "Jo Marsh"), ("date", "2018-01-30")];
        assert_eq!(document.properties, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert_eq!(texts(&format!("{HEAD}\nPlans drift.\n")), ["The ‘slow’ council", "Plans drift."]);
    }

    #[test]
    fn replies_lose_their_marks_and_flowed_lines_join() {
        let text = format!(
            "{HEAD}Content-Type: text/plain; format=flowed\n\nThe report \nsays so.\n> On Monday Sam wrote:\n> > Leaders said “no \n> > more”.\n>From here on\n-- \nJo\n"
        );
        assert_eq!(
            texts(&text),
            [
                "The ‘slow’ council",
                "The report says so.",
                "On Monday Sam wrote:",
                "Leaders said “no more”.",
                "From here on",
                "--",
                "Jo"
            ]
        );
    }

    #[test]
    fn the_formatted_text_is_read_unless_it_holds_little() {
        let mail = |html: &str| {
            format!(
                "{HEAD}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nPlans are often late =\nin caf=E9s.\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
            )
        };
        assert_eq!(
            texts(&mail("<p>Plans are often late in <b>cafés</b>.</p>"))[1..],
            ["Plans are often late in cafés."]
        );
        assert_eq!(texts(&mail("<p>Plans are late again.</p><img src=a>"))[1..], ["Plans are late again."]);
        assert_eq!(texts(&mail("<p>View online</p>"))[1..], ["Plans are often late in cafés."]);
        assert_eq!(texts(&mail("<img src=a>"))[1..], ["Plans are often late in cafés."]);
    }

    #[test]
    fn charsets_are_those_of_the_header() {
        let mail = |charset: &str, text: &str| {
            let mail = format!(
                "{HEAD}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: quoted-printable\n\n{text}\n"
            );
            texts(&mail)[1].clone()
        };
        assert_eq!(mail("windows-1252", "=93slow=94"), "“slow”");
        assert_eq!(mail("koi8-r", "=C4=C1"), "да");
        assert_eq!(mail("unicode", "s=00l=00o=00w=00="), "slow");
        assert_eq!(mail("iso-2022-jp", "=1B$B$O=1B(B"), "は");
        assert_eq!(mail("utf-8", "=93slow=94"), "“slow”", "a false charset is guessed");
    }

    #[test]
    fn attachments_are_named_and_forwarded_messages_read() {
        let text = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=old.eml\n\nSubject: Old news\n\nPlans drift.\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''r%C3%A9port.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--b--\n"
        );
        let document = read(&text).unwrap();
        assert_eq!(texts(&text)[1..], ["See below.", "Old news", "Plans drift."]);
        assert_eq!(document.warnings.len(), 1);
        assert!(document.warnings[0].message.contains("réport.pdf;"), "{}", document.warnings[0].message);
    }

    #[test]
    fn a_reply_is_no_block_quotation_and_a_quotation_is_one() {
        let mail =
            |html: &str| read(&format!("{HEAD}Content-Type: text/html\n\n{html}")).unwrap().blocks[2].kind;
        assert_eq!(
            mail("<p>The report says so.</p><blockquote>Plans drift a lot.</blockquote>"),
            BlockKind::Quote
        );
        assert_eq!(
            mail("<p>Thanks.</p><blockquote type=\"cite\">Plans drift a lot.</blockquote>"),
            BlockKind::Paragraph
        );
    }

    #[test]
    fn messages_without_text_say_what_to_do() {
        let message = |rest: &str| read(&format!("{HEAD}{rest}")).unwrap_err();
        let error = message(
            "Content-Type: application/pdf; name=report.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n",
        );
        assert_eq!(error.kind(), ReadErrorKind::NoText);
        assert!(error.to_string().contains("report.pdf"), "{error}");
        assert_eq!(
            message("Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nVersion: 1\n--b--\n").kind(),
            ReadErrorKind::Encrypted
        );
        assert_eq!(message("\n").kind(), ReadErrorKind::NoText);
        assert_eq!(
            Mail.read(b"Plans drift.", &Budget::default()).unwrap_err().kind(),
            ReadErrorKind::Mislabelled
        );
    }

    #[test]
    fn messages_are_told_from_text_by_their_headers() {
        let recognises = |text: &str| Mail.recognises(Path::new("-"), text.as_bytes());
        assert!(recognises(HEAD));
        assert!(recognises("Received: from a\n by b\nFrom: c\n\n"));
        assert!(!recognises("From: the desk\nSubject: care\n\nPlans drift."));
        assert!(!recognises("Leaders said: no.\nMIME-Version is a header; From: is one too."));
    }

    #[test]
    fn keeps_the_contract() {
        let text = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>One\n--b\nContent-Transfer-Encoding: base64\n\nUGxhbnM=\n--b--\n"
        );
        crate::contract::check(&Mail, text.as_bytes());
    }
}
