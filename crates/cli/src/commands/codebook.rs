//! `quotable codebook`: code books listed, shown, begun and checked.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use quotable::query::nearest;
use quotable::{CodeBook, CodeKind};
use quotable_export::Table;
use quotable_export::number::counted;

use crate::args::{
    CodebookArgs, CodebookCheckArgs, CodebookCommand, CodebookListArgs, CodebookNewArgs, CodebookShowArgs,
};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::outcome::Outcome;
use crate::render::table;

/// A code book to begin with.
const BEGINNING: &str = include_str!("codebook/beginning.toml");

pub(super) fn run(args: &CodebookArgs, console: &mut Console) -> Result<Outcome> {
    match &args.command {
        CodebookCommand::List(args) => list(args, console),
        CodebookCommand::Show(args) => show(args, console),
        CodebookCommand::New(args) => new(args, console),
        CodebookCommand::Check(args) => check(args, console),
    }
}

fn book(file: Option<&Path>) -> Result<CodeBook> {
    Ok(match file {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    })
}

fn list(args: &CodebookListArgs, console: &mut Console) -> Result<Outcome> {
    let book = book(args.codebook.as_deref())?;
    let mut page = console.page();
    for (kind, heading) in [
        (CodeKind::Topic, "Topics: what paragraphs are about (theme:NAME or @NAME)"),
        (CodeKind::Concept, "Concepts: the ways in which one thing is said (@NAME)"),
    ] {
        let mut rows = Table::new(["name", "what it stands for"], Vec::<String>::new());
        for code in book.codes().iter().filter(|code| code.kind == kind) {
            rows.push(vec![format!("@{}", code.name), code.title.clone()]);
        }
        if !rows.rows.is_empty() {
            page.heading(heading)?;
            table::write(&mut page, &rows)?;
            page.blank()?;
        }
    }
    page.remark(&format!(
        "{}; quotable run counts what each finds",
        counted(book.codes().len() as u64, "names")
    ))?;
    Ok(Outcome::of(book.codes().len() as u64))
}

fn show(args: &CodebookShowArgs, console: &mut Console) -> Result<Outcome> {
    let book = book(args.codebook.as_deref())?;
    let name = args.name.trim_start_matches('@');
    let Some(code) = book.get(name) else {
        let error = Error::new(format!("the code book has no query called “{name}”"));
        let near = nearest(name, book.codes().iter().map(|code| code.name.as_str()));
        return Err(match near.as_slice() {
            [] => error.cure("quotable codebook list shows the names"),
            near => error.cure(format!("did you mean {}", near.join(" or "))),
        });
    };
    let mut page = console.page();
    page.field("name", &format!("@{}", code.name))?;
    page.field("stands for", &code.title)?;
    page.field("note", code.description.as_deref().unwrap_or_default())?;
    let kind = match code.kind {
        CodeKind::Topic => "topic: theme:NAME finds its paragraphs by their words and headings",
        CodeKind::Concept => "concept: a part of other queries",
    };
    page.field("kind", &kind.replace("NAME", &code.name))?;
    page.field("headings", &code.sections.join(", "))?;
    page.field("query", &code.query.to_string())?;
    if code.query != code.resolved {
        page.field("read as", &code.resolved.to_string())?;
    }
    Ok(Outcome::Found)
}

fn new(args: &CodebookNewArgs, console: &mut Console) -> Result<Outcome> {
    let Some(file) = &args.file else {
        console.out.write_all(BEGINNING.as_bytes())?;
        return Ok(Outcome::Found);
    };
    let shown = file.display();
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .and_then(|mut open| open.write_all(BEGINNING.as_bytes()));
    match written {
        Ok(()) => {
            console.note(format!(
                "written: {shown}; change it in a text editor, and try quotable codebook check {shown}"
            ));
            Ok(Outcome::Found)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Error::new(format!("{shown} is there already, and is not replaced"))
                .cure("give another name"))
        }
        Err(error) => {
            let error = Error::new(format!("{shown} cannot be written: {error}"));
            Err(error.cure("name a file in a folder that exists and that you may write to"))
        }
    }
}

fn check(args: &CodebookCheckArgs, console: &mut Console) -> Result<Outcome> {
    let name = args.file.to_string_lossy();
    let text = CodeBook::read_text(&args.file)?;
    let faults = CodeBook::faults(&name, &text);
    if faults.is_empty() {
        let book = CodeBook::parse(&name, &text)?;
        let topics = book.topics().count() as u64;
        let concepts = book.codes().len() as u64 - topics;
        let mut page = console.page();
        page.remark(&format!(
            "{name} is right: {}, {}",
            counted(topics, "topics"),
            counted(concepts, "concepts")
        ))?;
        return Ok(Outcome::Found);
    }
    let mut lines = vec![format!("{name} has {}", counted(faults.len() as u64, "faults"))];
    for fault in &faults {
        lines.push(String::new());
        lines.extend(fault.message().lines().map(str::to_owned));
    }
    Err(Error::lines(lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_to_begin_with_is_a_code_book() {
        let book = CodeBook::parse("beginning.toml", BEGINNING).unwrap();
        assert!(book.topics().count() >= 1 && book.codes().len() > book.topics().count());
    }
}
