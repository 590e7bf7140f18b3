//! Tables for people: a name on the left, numbers at the right.

use std::io;

use crate::render::columns::{columns, cut, pad};
use crate::render::page::Page;
use crate::render::safe::safe;

/// The greatest width of the names.
const NAMES: usize = 48;

/// Writes the rows under their head, each column as wide as it needs. Cells may come from anywhere.
pub(crate) fn table(page: &mut Page<'_>, head: &[String], rows: &[Vec<String>]) -> io::Result<()> {
    let shown = |row: &[String]| -> Vec<String> {
        row.iter()
            .enumerate()
            .map(|(at, cell)| if at == 0 { cut(&safe(cell), NAMES) } else { safe(cell).into_owned() })
            .collect()
    };
    let all: Vec<Vec<String>> =
        std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).map(shown).collect();
    let mut widths = vec![0; head.len()];
    for row in &all {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    for (number, row) in all.iter().enumerate() {
        let mut line = String::new();
        let mut end = 0;
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            end += width + if at == 0 { 0 } else { 2 };
            if at > 0 {
                pad(&mut line, end - columns(cell));
            }
            line.push_str(cell);
        }
        if number == 0 {
            writeln!(page.out, "{}", page.paint.heading(line))?;
        } else {
            writeln!(page.out, "{line}")?;
        }
    }
    Ok(())
}
