//! What `quotable check` is to check, and the folder of reports that may stand behind it on the command line.

use std::path::{Path, PathBuf};

use quotable::Index;

use crate::args::{LocationArgs, PlaceArgs};
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::location::Location;

/// The name of standard input on the command line.
pub(super) const STDIN: &str = "-";

/// An article, as the command line names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// The article itself.
    Text(String),
}

impl Input {
    /// What to call the article.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "standard input".to_owned(),
            Self::Text(_) => "the text given".to_owned(),
        }
    }
}

/// Tells articles from the folder of reports behind them.
pub(super) fn inputs(
    named: &[PathBuf],
    place: &PlaceArgs,
    environment: &Environment,
) -> Result<(Vec<Input>, LocationArgs)> {
    let (articles, reports) = match named.split_last() {
        Some((last, articles))
            if !articles.is_empty() && names_reports(last, articles, place, environment) =>
        {
            (articles, Some(last.clone()))
        }
        _ => (named, None),
    };
    let articles = articles.iter().map(|named| input(named)).collect::<Result<Vec<_>>>()?;
    if articles.iter().filter(|input| **input == Input::Stdin).count() > 1 {
        return Err(Error::new("standard input can be read once; give - once"));
    }
    Ok((articles, LocationArgs { path: reports, place: place.clone() }))
}

/// True if the last argument names reports, not an article: a folder, or a file of an index that the first article is not
/// in.
fn names_reports(last: &Path, articles: &[PathBuf], place: &PlaceArgs, environment: &Environment) -> bool {
    if last.is_dir() {
        return true;
    }
    if !last.is_file() {
        return false;
    }
    let last_alone = LocationArgs { path: Some(last.to_owned()), place: place.clone() };
    let Ok(found) = Location::find(&last_alone, false, environment) else { return false };
    let inside = |file: &Path| found.filter_without(file).is_some();
    Index::exists(&found.index) && inside(last) && articles.iter().all(|article| !inside(article))
}

fn input(named: &Path) -> Result<Input> {
    if named == Path::new(STDIN) {
        return Ok(Input::Stdin);
    }
    if named.is_dir() {
        return Err(Error::new(format!("{} is not a file", named.display()))
            .cure("give the article first, then the folder of the reports; - reads standard input"));
    }
    if named.exists() {
        return Ok(Input::File(named.to_owned()));
    }
    let text = named.to_string_lossy();
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    if scheme.is_some_and(|scheme| matches!(scheme.as_str(), "http" | "https" | "ftp" | "file"))
        || text.to_ascii_lowercase().starts_with("www.")
    {
        return Err(Error::new(format!("nothing is fetched from the web: {text}"))
            .cure("save the page from the browser (as HTML or as one file), and give that file"));
    }
    let is_text = text.contains(char::is_whitespace) || text.contains(['“', '”', '"', '‘', '’', '«']);
    // A path with a space in it that is not there is a mistake; a text seldom ends as a file does.
    let is_path = Path::new(text.trim()).extension().is_some_and(|ending| {
        let ending = ending.to_string_lossy();
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }) && !text.contains(['“', '”', '"']);
    if is_text && !is_path {
        return Ok(Input::Text(text.into_owned()));
    }
    let error = Error::new(format!("there is no article {}", named.display()));
    Err(if is_path {
        error
    } else {
        error.cure("to check a text, put it in quotation marks: quotable check \"The report said …\"")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_addresses_and_missing_files_are_told() {
        let input = |named: &str| input(Path::new(named));
        let text = |text: &str| Input::Text(text.to_owned());
        assert_eq!(input("-").unwrap(), Input::Stdin);
        assert_eq!(input("The report said so").unwrap(), text("The report said so"));
        assert_eq!(input("“inadequate”").unwrap(), text("“inadequate”"));
        assert_eq!(input("It said \"plans drift\".").unwrap(), text("It said \"plans drift\"."));
        for (named, told) in [
            ("https://example.org/a b", "nothing is fetched"),
            ("www.example.org/a", "nothing is fetched"),
            ("nosuch.txt", "there is no article nosuch.txt"),
            ("no such file.html", "there is no article"),
            ("nosuch", "to check a text"),
            ("/", "is not a file"),
        ] {
            let error = input(named).unwrap_err().to_string();
            assert!(error.contains(told), "{named}: {error}");
        }
    }
}
