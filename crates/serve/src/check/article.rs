//! An article, from what was pasted or dropped.

use std::path::Path;

use quotable::read::{Budget, ReadError, Readers};
use quotable::report::{Paragraph, Report, Role};
use quotable::worker;

use crate::failure::Failure;
use crate::file_name::file_name;
use crate::site::Site;

/// The most text of an article, in bytes.
const MOST_TEXT: usize = 8 << 20;

/// What was given.
pub(crate) enum Input {
    Text(String),
    File { name: String, bytes: Vec<u8> },
}

/// The name of the article, and the article.
///
/// # Errors
/// If nothing was given, or the file cannot be read.
pub(super) fn read(site: &Site, input: Input) -> Result<(String, Report), Failure> {
    match input {
        Input::Text(text) if text.trim().is_empty() => {
            Err(Failure::bad_request("There is no article: paste its text, or choose a file."))
        }
        Input::Text(text) if text.len() > MOST_TEXT => Err(Failure::bad_request(
            "The article is too long to be checked: give only the part of it that has the quotations.",
        )),
        Input::Text(text) if text.trim_start().starts_with('<') => {
            read_file(site, "pasted text.html", text.as_bytes())
                .map(|article| ("pasted text".to_owned(), article))
        }
        Input::Text(text) => Ok(("pasted text".to_owned(), plain(&quoted(&text)))),
        Input::File { name, bytes } => {
            let name = file_name(&name);
            let article = read_file(site, &name, &bytes)?;
            Ok((name, article))
        }
    }
}

fn read_file(site: &Site, name: &str, bytes: &[u8]) -> Result<Report, Failure> {
    let mut budget = Budget::default();
    budget.output = MOST_TEXT;
    let read = match &site.reader {
        Some(command) => worker::read_bytes(command, bytes, name, &budget)?,
        None => in_process(name, bytes, &budget),
    };
    let fault = match read {
        Ok(article) if !article.paragraphs.is_empty() => return Ok(article),
        Ok(_) => "no paragraph was found in it".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(Failure::bad_request(format!(
        "The article cannot be read ({name}): {fault}. Its text can be pasted instead."
    )))
}

fn in_process(name: &str, bytes: &[u8], budget: &Budget) -> Result<Report, ReadError> {
    Readers::default()
        .read(Path::new(name), bytes, budget)
        .map(|document| Report::from_document(&document, name))
}

/// A text without any quotation mark is a quotation itself.
fn quoted(text: &str) -> String {
    let marks = ['“', '”', '"', '«', '»', '‘', '„'];
    let is_quoted = text.contains(marks) || text.contains(" '") || text.starts_with('\'');
    if is_quoted { text.to_owned() } else { format!("“{}”", text.trim()) }
}

/// A plain text: a paragraph for each run of lines without an empty one.
fn plain(text: &str) -> Report {
    let mut article = Report::default();
    let lines: Vec<&str> = text.lines().collect();
    let runs = lines.split(|line| line.trim().is_empty()).filter(|run| !run.is_empty());
    article.paragraphs.extend(runs.map(|run| {
        let mut paragraph = Paragraph::new(run.join("\n"));
        if run.first().is_some_and(|line| line.trim_start().starts_with(['•', '*', '-', '–'])) {
            paragraph.role = Role::Bullet;
        }
        paragraph
    }));
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_marks_is_a_quotation() {
        assert_eq!(quoted(" Plans drift. "), "“Plans drift.”");
        assert_eq!(quoted("He said “plans drift”."), "He said “plans drift”.");
        let article = plain("One\ntwo\n\n- three\n");
        assert_eq!(article.paragraphs.len(), 2);
        assert_eq!(article.paragraphs[1].role, Role::Bullet);
    }
}
