//! Examples of collocates and keywords, under their table.

use std::io;

use quotable_export::example::Example;

use crate::render::page::Page;

/// Writes an empty line and the examples, each with its citation below it; nothing if there are none.
pub(crate) fn write(page: &mut Page<'_>, examples: &[Example]) -> io::Result<()> {
    const INDENT: usize = 2;
    if examples.is_empty() {
        return Ok(());
    }
    page.blank()?;
    page.heading("examples")?;
    for example in examples {
        let lead = example.of.len() + 2;
        let text = format!("{}: {}", example.of, example.text);
        let occurrence = lead + example.occurrence.start..lead + example.occurrence.end;
        page.text("", 0, &text, &[occurrence])?;
        page.text("", INDENT, &example.place, &[])?;
    }
    Ok(())
}
