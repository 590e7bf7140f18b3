//! Small PDFs drawn by position, for tests of what is read from where it stands.

use std::fmt::Write;
use std::path::Path;

use quotable_read::{BlockKind, Budget, Document, Readers};

use crate::hostile::pdf;

/// The width of every glyph of the font, as a share of its size.
pub(crate) const WIDTH: f32 = 0.5;

/// Pages in the making. Places are left edges and baselines from the bottom left of a page of 595 by 842 points.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    pages: Vec<String>,
    /// Entries of the page dictionaries, such as a crop box.
    entries: String,
    size: f32,
    to_unicode: Option<String>,
}

impl Drawing {
    /// One empty page, in type of 10 points.
    pub(crate) fn new() -> Self {
        Self { pages: vec![String::new()], entries: String::new(), size: 10.0, to_unicode: None }
    }

    pub(crate) fn page(&mut self) -> &mut Self {
        self.pages.push(String::new());
        self
    }

    pub(crate) fn entries(&mut self, entries: &str) -> &mut Self {
        self.entries.push_str(entries);
        self
    }

    /// The size of what is drawn next, in points.
    pub(crate) fn size(&mut self, size: f32) -> &mut Self {
        self.size = size;
        self
    }

    /// Maps the letters from `a` on to those from `first` on.
    pub(crate) fn letters_from(&mut self, first: char) -> &mut Self {
        self.to_unicode = Some(format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def 1 begincodespacerange \
             <00> <FF> endcodespacerange 2 beginbfrange <20> <60> <0020> <61> <7B> <{:04X}> endbfrange endcmap end end",
            u32::from(first)
        ));
        self
    }

    /// Operators as they are.
    pub(crate) fn operators(&mut self, operators: &str) -> &mut Self {
        let page = self.pages.last_mut().unwrap();
        page.push_str(operators);
        page.push('\n');
        self
    }

    /// Text from a place on.
    pub(crate) fn text(&mut self, x: f32, y: f32, text: &str) -> &mut Self {
        self.turned([1.0, 0.0, 0.0, 1.0], x, y, text)
    }

    /// Text under the first four numbers of a text matrix.
    pub(crate) fn turned(&mut self, matrix: [f32; 4], x: f32, y: f32, text: &str) -> &mut Self {
        let [a, b, c, d] = matrix;
        let size = self.size;
        let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        self.operators(&format!("BT /F {size} Tf {a} {b} {c} {d} {x} {y} Tm ({text}) Tj ET"))
    }

    /// The places of the words of a line whose words are `gap` type sizes apart.
    pub(crate) fn words<'t>(&self, x: f32, text: &'t str, gap: f32) -> Vec<(f32, &'t str)> {
        let mut left = x;
        let place = |word: &'t str| {
            let at = left;
            left += (word.len() as f32 * WIDTH + gap) * self.size;
            (at, word)
        };
        text.split(' ').map(place).collect()
    }

    /// Lines under each other.
    pub(crate) fn lines(&mut self, x: f32, y: f32, leading: f32, lines: &[&str]) -> &mut Self {
        for (line, at) in lines.iter().zip(0_u8..) {
            self.text(x, y - leading * f32::from(at), line);
        }
        self
    }

    /// Columns, drawn one after the other.
    pub(crate) fn by_column(&mut self, y: f32, leading: f32, columns: &[(f32, &[&str])]) -> &mut Self {
        for (x, lines) in columns {
            self.lines(*x, y, leading, lines);
        }
        self
    }

    /// Columns or rows of a table, drawn line after line over all of them.
    pub(crate) fn by_row(&mut self, y: f32, leading: f32, columns: &[(f32, &[&str])]) -> &mut Self {
        let longest = columns.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        for at in 0..longest {
            for (x, lines) in columns {
                if let Some(line) = lines.get(at) {
                    self.text(*x, y - leading * at as f32, line);
                }
            }
        }
        self
    }

    pub(crate) fn file(&self) -> Vec<u8> {
        let widths = format!("{} ", WIDTH * 1000.0).repeat(224);
        let to_unicode = if self.to_unicode.is_some() { "/ToUnicode 4 0 R" } else { "" };
        let map = self.to_unicode.as_deref().unwrap_or_default();
        let kids: String = (0..self.pages.len()).fold(String::new(), |mut kids, at| {
            write!(kids, "{} 0 R ", 5 + 2 * at).unwrap();
            kids
        });
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{kids}] /Count {} /MediaBox [0 0 595 842] >>", self.pages.len()),
            format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 \
                 /Widths [{widths}] {to_unicode} >>"
            ),
            format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
        ];
        for (page, at) in self.pages.iter().zip(0..) {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> {} >>",
                6 + 2 * at,
                self.entries
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()));
        }
        pdf(&objects)
    }

    pub(crate) fn read(&self) -> Document {
        Readers::default().read(Path::new("drawn.pdf"), &self.file(), &Budget::default()).unwrap()
    }

    /// The texts of the blocks that are content, lines joined by spaces and the cells of a row by ` | `.
    pub(crate) fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        let mut open_row = None;
        for block in self.read().blocks {
            let text = block.text().replace('\n', " ");
            match block.kind {
                BlockKind::Artifact => {}
                BlockKind::Cell { table, row, .. } => {
                    if open_row == Some((table, row)) {
                        let last = texts.last_mut().unwrap();
                        last.push_str(" | ");
                        last.push_str(&text);
                    } else {
                        texts.push(text);
                    }
                    open_row = Some((table, row));
                }
                _ => {
                    open_row = None;
                    texts.push(text);
                }
            }
        }
        texts
    }
}

/// The text of lines.
pub(crate) fn whole(lines: &[&str]) -> String {
    lines.join(" ")
}
