//! Markdown (CommonMark with the tables and footnotes of GitHub), by `pulldown-cmark`.
//!
//! The parser gives a flat stream of events: start and end of each element, text between them. Block-level events end the
//! open block, and the counters of [`BlockBuilder`] say what surrounds it. HTML blocks go through the HTML reader.

mod front_matter;

use std::collections::HashMap;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::Document;
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};
use crate::html;
use crate::inline_text::{InlineText, prepend_label};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};

/// Reads Markdown; front matter (`key: value` between lines of `---`) becomes properties.
///
/// Numbers and bullets of lists become part of the text, as a rendered page shows them. HTML in the Markdown is read as
/// HTML.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Markdown;

impl Reader for Markdown {
    fn format(&self) -> &'static str {
        "markdown"
    }

    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        has_extension(path, &["markdown", "md"])
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        refuse_other(bytes, "Markdown", false)?;
        let decoded = decode(bytes, None, "Markdown")?;
        if decoded.text.len() > budget.output {
            let message = format!(
                "the file holds {} bytes of text, far more than a report; split the file, or raise the limit",
                decoded.text.len()
            );
            return Err(ReadError::new(ReadErrorKind::OverBudget, message));
        }
        let mut document = Document::new(self.format());
        document.tagged = true;
        document.warnings.extend(decoded.warning());
        let (properties, text) = front_matter::split(&decoded.text);
        document.properties = properties;
        document.trusted = true;
        document.blocks = blocks(text, budget)?;
        if document.blocks.is_empty() {
            return Err(ReadError::new(
                ReadErrorKind::Empty,
                "the file holds nothing but white space; save it again, with its text",
            ));
        }
        Ok(document)
    }
}

/// Events between two looks at the clock.
const EVENTS_PER_CLOCK_CHECK: usize = 1024;

fn blocks(text: &str, budget: &Budget) -> Result<Vec<Block>, ReadError> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut builder = BlockBuilder::default();
    // Footnotes are numbered in the order of their first reference, and may be defined before it: number them first.
    for event in Parser::new_ext(text, options) {
        if let Event::FootnoteReference(name) = event {
            let next = builder.notes.len() + 1;
            builder.notes.entry(name.into_string()).or_insert(next);
        }
    }
    for (index, event) in Parser::new_ext(text, options).enumerate() {
        if index % EVENTS_PER_CLOCK_CHECK == 0 && budget.is_over() {
            return Err(ReadError::new(
                ReadErrorKind::OverBudget,
                "the file took too long to read; raise the time limit, or split the file",
            ));
        }
        builder.event(event, budget)?;
    }
    builder.flush();
    Ok(builder.blocks)
}

/// Makes blocks of parser events.
#[derive(Default)]
struct BlockBuilder {
    blocks: Vec<Block>,
    inline: InlineText,
    /// The number of each footnote, by its name.
    notes: HashMap<String, usize>,
    /// The next number of each open list, outermost first; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The label of the open item, until a block takes it.
    label: Option<String>,
    /// Inside a footnote: its mark, until a block takes it.
    note: Option<Option<String>>,
    /// The number of open block quotes.
    quotes: usize,
    heading: Option<u8>,
    /// Zero-based table, row and column.
    cell: Option<(u32, u32, u32)>,
    tables: u32,
    raised: bool,
    /// The number of open images, whose text is a description.
    images: usize,
    /// The source of the open HTML block.
    html: Option<String>,
    /// Inside a link to a heading of this file.
    internal_link: bool,
    /// Letters of the open block, and those of them inside internal links.
    letters: usize,
    linked: usize,
}

impl BlockBuilder {
    fn event(&mut self, event: Event<'_>, budget: &Budget) -> Result<(), ReadError> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag, budget)?,
            Event::Text(text) if self.html.is_none() => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Html(text) | Event::Text(text) => {
                if let Some(html) = &mut self.html {
                    html.push_str(&text);
                }
            }
            Event::InlineHtml(tag) => match tag.to_ascii_lowercase().as_str() {
                "<sup>" => self.raised = true,
                "</sup>" => self.raised = false,
                "<br>" | "<br/>" | "<br />" => self.inline.break_line(),
                _ => {}
            },
            Event::FootnoteReference(name) => {
                let number = self.notes.get(name.as_ref());
                debug_assert!(number.is_some(), "the first pass numbers every reference");
                if let Some(number) = number {
                    self.inline.push(&number.to_string(), true);
                }
            }
            Event::SoftBreak => self.inline.push(" ", false),
            Event::HardBreak => self.inline.break_line(),
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.letters += letters;
        self.linked += if self.internal_link { letters } else { 0 };
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.inline.break_line();
            }
            self.inline.push(line, self.raised);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return,
            Tag::Link { dest_url, .. } => {
                self.internal_link = dest_url.starts_with('#');
                return;
            }
            Tag::Image { .. } => {
                self.images += 1;
                return;
            }
            _ => self.flush(),
        }
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level as u8),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(start) => self.lists.push(start),
            Tag::Item => {
                self.label = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let label = format!("{number}.");
                        *number = number.saturating_add(1);
                        Some(label)
                    }
                    _ => Some("•".to_owned()),
                };
            }
            Tag::FootnoteDefinition(name) => {
                let number = self.notes.get(name.as_ref()).map(ToString::to_string);
                self.note = Some(Some(number.unwrap_or_else(|| name.into_string())));
            }
            Tag::Table(_) => {
                self.cell = Some((self.tables, 0, 0));
                self.tables += 1;
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, budget: &Budget) -> Result<(), ReadError> {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => return Ok(()),
            TagEnd::Link => {
                self.internal_link = false;
                return Ok(());
            }
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                return Ok(());
            }
            _ => self.flush(),
        }
        match tag {
            TagEnd::Heading(_) => self.heading = None,
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => self.label = None,
            TagEnd::FootnoteDefinition => self.note = None,
            TagEnd::TableCell => {
                if let Some((_, _, column)) = &mut self.cell {
                    *column += 1;
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some((_, row, column)) = &mut self.cell {
                    (*row, *column) = (*row + 1, 0);
                }
            }
            TagEnd::Table => self.cell = None,
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.html(&html, budget)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Adds the blocks of an HTML block; its tables count on.
    fn html(&mut self, html: &str, budget: &Budget) -> Result<(), ReadError> {
        let first = self.tables;
        for mut block in html::blocks_of(html, budget)? {
            if let BlockKind::Cell { table, .. } = &mut block.kind {
                *table += first;
                self.tables = self.tables.max(*table + 1);
            }
            self.blocks.push(block);
        }
        Ok(())
    }

    /// Ends the open block.
    fn flush(&mut self) {
        self.raised = false;
        let mut lines = self.inline.take();
        let (letters, linked) = (std::mem::take(&mut self.letters), std::mem::take(&mut self.linked));
        if lines.is_empty() {
            return;
        }
        let label = self.label.take();
        let kind = if let Some(mark) = &mut self.note {
            prepend_label(&mut lines, &mark.take().unwrap_or_default(), true);
            BlockKind::Note
        } else if let Some((table, row, column)) = self.cell {
            BlockKind::Cell { table, row, column }
        } else if let Some(level) = self.heading {
            BlockKind::Heading { level }
        } else {
            prepend_label(&mut lines, label.as_deref().unwrap_or_default(), false);
            let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
            match label {
                // Nothing but links into this file: a table of contents.
                _ if letters > 0 && linked == letters => BlockKind::Contents,
                Some(_) => BlockKind::Item { depth },
                None if self.quotes > 0 => BlockKind::Quote,
                None => BlockKind::Paragraph,
            }
        };
        self.blocks.push(Block::new(kind, lines));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::processor_clock::{ProcessorClock, used};

    fn shown(text: &str) -> Vec<String> {
        let document = Markdown.read(text.as_bytes(), &Budget::default()).unwrap();
        let shown = |block: &Block| format!("{:?} {}", block.kind, block.text().replace('\n', "/"));
        document.blocks.iter().map(shown).collect()
    }

    #[test]
    fn list_labels_become_text() {
        assert_eq!(
            shown(
                "12. Leaders know.\n\n    They act.\n13. Staff\n    stay.\n    - Some left.\n\n> quoted  \n> twice\n"
            ),
            [
                "Item { depth: 0 } 12. Leaders know.",
                "Paragraph They act.",
                "Item { depth: 0 } 13. Staff stay.",
                "Item { depth: 1 } • Some left.",
                "Quote quoted/twice",
            ]
        );
    }

    #[test]
    fn footnotes_are_numbered_by_first_reference() {
        let text = "[^b]: Second.\n\nOne[^a] and two[^b] and `three`<sup>3</sup>.\n\n[^a]: First.\n";
        let document = Markdown.read(text.as_bytes(), &Budget::default()).unwrap();
        let texts: Vec<String> = document.blocks.iter().map(Block::text).collect();
        assert_eq!(texts, ["2 Second.", "One1 and two2 and three3.", "1 First."]);
        let raised = |block: usize| document.blocks[block].lines[0].raised.clone();
        assert_eq!(raised(1), [3..4, 12..13, 23..24]);
        assert_eq!(document.blocks[2].kind, BlockKind::Note);
        assert_eq!(raised(2), std::iter::once(0..1).collect::<Vec<_>>());
    }

    #[test]
    fn tables_and_html_are_read() {
        assert_eq!(
            shown(
                "- [Leaders](#leaders)\n\n| a | b |\n|---|---|\n| c | |\n\n<table><tr><td>d<td>e</table>\n\n<nav>menu</nav>\n"
            ),
            [
                "Contents • Leaders",
                "Cell { table: 0, row: 0, column: 0 } a",
                "Cell { table: 0, row: 0, column: 1 } b",
                "Cell { table: 0, row: 1, column: 0 } c",
                "Cell { table: 1, row: 0, column: 0 } d",
                "Cell { table: 1, row: 0, column: 1 } e",
                "Artifact menu",
            ]
        );
    }

    #[test]
    fn deep_nesting_takes_linear_time() {
        let clock = ProcessorClock::start();
        for mark in ["> ", "- ", "[", "*a ", "<div>", "`a", "[a](", "|", "[^a]: "] {
            let text = format!("{}word", mark.repeat(50_000));
            let _ = Markdown.read(text.as_bytes(), &Budget::default().start());
        }
        assert!(used(clock).as_secs() < 20, "{:?}", used(clock));
    }

    #[test]
    fn keeps_the_contract() {
        let text = "---\ntitle: Westmere\n---\n# Leaders\n\n1. They know[^1].\n\n| a | b |\n|---|---|\n| c | d |\n\n> so\n\n[^1]: It is said.\n";
        crate::contract::check(&Markdown, text.as_bytes());
    }
}
