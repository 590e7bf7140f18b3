//! Markdown in which no character of a document is markup.

use std::io::{self, Write};
use std::ops::Range;

use crate::completeness::Completeness;
use crate::escape;
use crate::format::Format;
use crate::table::{Align, Table};

/// The text on one line, with every character escaped that Markdown, HTML or a terminal would obey. Safe at the start
/// of a block, where `1.` and `-` begin a list, and anywhere else.
pub fn escape_block(text: &str) -> String {
    escape_from(text, true)
}

/// The same inside a line, such as the cell of a table, where `1.` and `-` need no escape.
pub fn escape_inline(text: &str) -> String {
    escape_from(text, false)
}

fn escape_from(text: &str, mut is_block_start: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut previous = None;
    for (at, character) in text.char_indices() {
        let behind = &text[at + character.len_utf8()..];
        let next = behind.chars().next();
        match character {
            '&' if begins_entity(behind) => escaped.push_str("&amp;"),
            '<' if begins_tag(next) => escaped.push_str("&lt;"),
            // A tag that is not begun cannot end; at the start of a block the sign is a quotation.
            '>' if is_block_start => escaped.push_str("&gt;"),
            _ => {
                if needs_escape(character, previous, next, is_block_start) {
                    escaped.push('\\');
                }
                escape::push(character, &mut escaped);
            }
        }
        // Spaces may precede the sign of a list item, digits its dot.
        is_block_start = is_block_start && (character.is_ascii_digit() || character.is_whitespace());
        previous = Some(character);
    }
    escaped
}

/// The text escaped for the start of a block, with byte ranges of it in bold. The ranges are in order; one that
/// overlaps the range before it is cut.
pub fn with_bold(text: &str, ranges: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for range in ranges.iter().filter(|range| !range.is_empty()) {
        let start = range.start.max(done);
        let (Some(before), Some(inside)) = (text.get(done..start), text.get(start..range.end)) else {
            continue;
        };
        marked.push_str(&escape_from(before, done == 0));
        // `** word**` is not bold: the signs must touch the words.
        let core = inside.trim();
        let lead = inside.len() - inside.trim_start().len();
        if core.is_empty() {
            marked.push_str(&escape_inline(inside));
        } else {
            let trail = &inside[lead + core.len()..];
            marked.push_str(&format!("{}**{}**{}", &inside[..lead], escape_inline(core), trail));
        }
        done = range.end;
    }
    marked.push_str(&escape_from(text.get(done..).unwrap_or_default(), done == 0));
    marked
}

/// True if the text behind an `&` makes an entity of it. At the edge of a piece of text the end is not known.
fn begins_entity(behind: &str) -> bool {
    let end = behind.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#');
    end.is_none_or(|end| end > 0 && behind[end..].starts_with(';'))
}

/// True if what follows a `<` makes a tag, a comment or a link of it.
fn begins_tag(next: Option<char>) -> bool {
    next.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
}

/// True if Markdown, as GitHub reads it, takes a character for a sign in this place. `None` is the edge of a piece of text,
/// beyond which anything may be.
fn needs_escape(character: char, previous: Option<char>, next: Option<char>, is_block_start: bool) -> bool {
    let is_space = |side: Option<char>| side.is_some_and(char::is_whitespace);
    let is_word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
    match character {
        // The signs between two spaces are text; an underscore inside a word is too.
        '*' => !(is_space(previous) && is_space(next)),
        '_' => !((is_space(previous) && is_space(next)) || (is_word(previous) && is_word(next))),
        // An image needs the bracket behind the exclamation mark, which is escaped.
        '`' | '[' | '|' | '~' | '$' => true,
        ']' => next.is_none_or(|next| matches!(next, '(' | '[' | ':')),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '-' | '+' | '=' | '.' | ')' | '#' => is_block_start || (character == '.' && is_www(previous)),
        // Links that GitHub makes unasked: of `@`, of `://`, of `www.`.
        '@' => !is_space(next),
        '/' => previous == Some(':'),
        _ => false,
    }
}

fn is_www(previous: Option<char>) -> bool {
    previous.is_some_and(|previous| previous.eq_ignore_ascii_case(&'w'))
}

/// Ends an answer in Markdown: a list item says which files the answer lacks, if it lacks any. Writes nothing in other
/// formats, whose rows and records say it.
pub(crate) fn write_lacking(out: &mut impl Write, format: Format, answer: Completeness) -> io::Result<()> {
    if format != Format::Markdown {
        return Ok(());
    }
    let lacking = answer.in_words().into_iter().chain(answer.passed_over());
    for (at, lacking) in lacking.enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        writeln!(out, "{gap}- {}", escape_block(&lacking))?;
    }
    Ok(())
}

/// Writes a table and, below it, notes as a list.
pub(crate) fn write_with_notes(
    out: &mut (impl Write + ?Sized),
    table: &Table,
    notes: &[String],
) -> io::Result<()> {
    write_table(out, table)?;
    writeln!(out)?;
    notes.iter().try_for_each(|note| writeln!(out, "- {}", escape_block(note)))
}

/// Writes a table of GitHub's Markdown. A row of totals is bold.
///
/// # Errors
/// Those of `out`.
pub fn write_table(out: &mut (impl Write + ?Sized), table: &Table) -> io::Result<()> {
    let head: Vec<_> = table.columns.iter().map(|column| escape_inline(&column.name)).collect();
    writeln!(out, "| {} |", head.join(" | "))?;
    let rule: Vec<_> = table.columns.iter().map(|column| rule(column.align)).collect();
    writeln!(out, "|{}|", rule.join("|"))?;
    for row in &table.rows {
        let cell = |cell: &String| match escape_inline(cell) {
            cell if row.is_total && !cell.is_empty() => format!("**{cell}**"),
            cell => cell,
        };
        let cells: Vec<_> = row.cells.iter().map(cell).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn rule(align: Align) -> &'static str {
    match align {
        Align::Left => "---",
        Align::Right => "---:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escape_block("*b* [a](b) <i> `c` a_b _c_"),
            "\\*b\\* \\[a\\](b) &lt;i> \\`c\\` a_b \\_c\\_"
        );
        assert_eq!(escape_block("&copy; http://a.b www.c.d e@f"), "&amp;copy; http:\\//a.b www\\.c.d e\\@f");
        assert_eq!(escape_block("12. a 3. b"), "12\\. a 3. b");
        assert_eq!(escape_block("> a"), "&gt; a");
        assert_eq!(escape_block("## a # b"), "\\## a # b");
        assert_eq!(escape_inline("12. a | b"), "12. a \\| b");
        assert_eq!(escape_block("  - a"), "  \\- a");
        assert_eq!(escape_block("- a - b\u{1b}[2J"), "\\- a - b\\u{1b}\\[2J");
        assert_eq!(escape_block("a\\*b"), "a\\\\\\*b");
    }

    #[test]
    fn prose_is_left_as_it_is() {
        for text in [
            "Is it safe? Yes!",
            "5 * 3",
            "(a) the council's R&D spend",
            "re-inspection (2018)",
            "3 < 4 & 5 > 4",
            "a/b",
        ] {
            assert_eq!(escape_block(text), text);
        }
    }

    #[test]
    fn ranges_are_bold_without_their_outer_spaces() {
        assert_eq!(with_bold("Too few homes", &[4..7, 5..7]), "Too **few** homes");
        assert_eq!(with_bold("- no. = -", &[2..4, 5..5]), "\\- **no**. = -");
        assert_eq!(with_bold("Too few homes", &[0..0, 3..8]), "Too **few** homes");
    }

    #[test]
    fn a_table_escapes_its_cells() {
        let mut table = Table::new(["year"], ["reports"]);
        table.push(vec!["2014 | *".to_owned(), "3".to_owned()]);
        table.push_total(vec!["all".to_owned(), "3".to_owned()]);
        let mut out = Vec::new();
        write_table(&mut out, &table).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "| year | reports |\n|---|---:|\n| 2014 \\| \\* | 3 |\n| **all** | **3** |\n"
        );
    }
}
