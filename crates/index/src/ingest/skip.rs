//! Files that no reader knows: which of them may hold a report, and what to do so that it is read.

use std::path::Path;

/// Names of files that are no documents, but of the system.
const NO_DOCUMENTS: [&str; 4] = ["desktop.ini", "ehthumbs.db", "icon\r", "thumbs.db"];

/// Extensions of files that are no documents: parts of saved web pages, sound and film, programs and their files.
const NO_DOCUMENT_EXTENSIONS: [&str; 60] = [
    "avi", "bat", "bin", "c", "cfg", "class", "css", "db", "dll", "dmg", "eot", "exe", "gif", "h", "ico",
    "ini", "ipynb", "iso", "jar", "java", "js", "json", "jsonl", "lnk", "lock", "log", "m4a", "map", "mjs",
    "mov", "mp3", "mp4", "o", "ogg", "otf", "pid", "py", "pyc", "r", "rds", "rs", "sh", "so", "sock", "sql",
    "sqlite", "svg", "swp", "tmp", "toml", "ts", "ttf", "url", "wav", "webm", "woff", "woff2", "xsl", "yaml",
    "yml",
];

/// Extensions of formats that are read, to find in a name that goes on behind them.
const READ: [&str; 8] = [".docx", ".html", ".htm", ".odt", ".pdf", ".rtf", ".txt", ".md"];

/// Kinds of documents that are not read: what they are, what to do, and their extensions.
const DOCUMENTS: [(&str, &str, &[&str]); 9] = [
    (
        "a document of a word processor",
        "open it in Word or LibreOffice and save it as .docx or PDF",
        &[
            "abw", "doc", "docm", "dot", "dotm", "dotx", "fodt", "odt", "ott", "pages", "rtf", "sxw", "wpd",
            "wps",
        ],
    ),
    (
        "an archive",
        "unpack it, so that its files can be read",
        &["7z", "bz2", "gz", "rar", "tar", "tgz", "xz", "zip"],
    ),
    (
        "a picture",
        "recognise its text (OCR) and save it as a PDF with text",
        &["bmp", "heic", "jp2", "jpeg", "jpg", "png", "tif", "tiff", "webp"],
    ),
    (
        "a table",
        "save it as PDF, if it holds a report",
        &["csv", "numbers", "ods", "tsv", "xls", "xlsb", "xlsm", "xlsx"],
    ),
    ("a presentation", "save it as PDF", &["key", "odp", "pps", "ppsx", "ppt", "pptx"]),
    ("an e-mail", "save it as plain text, HTML or PDF", &["eml", "mbox", "msg", "pst"]),
    (
        "a saved web page",
        "save the page as HTML, or print it to PDF",
        &["maff", "mht", "mhtml", "webarchive"],
    ),
    ("a book", "convert it to HTML or PDF", &["azw3", "chm", "djvu", "epub", "mobi", "ps", "xps"]),
    (
        "a download that has not ended",
        "let it end, or load the file again",
        &["crdownload", "download", "opdownload", "part", "partial"],
    ),
];

/// Folders that programs keep for themselves.
const OF_PROGRAMS: [&str; 22] = [
    ".Spotlight-V100", ".Trash", ".Trashes", ".cache", ".cargo", ".config", ".dropbox.cache", ".fseventsd",
    ".git", ".github", ".gitlab", ".hg", ".idea", ".local", ".npm", ".obsidian", ".quotable", ".rustup",
    ".stversions", ".svn", ".venv", ".vscode",
];

/// True for a file that is no document, whatever its extension: the mark that a word processor leaves beside a document
/// while that is open, and files that the system puts into every folder.
pub(super) fn is_no_document(name: &str) -> bool {
    name.starts_with("~$")
        || name.starts_with("._")
        || name.starts_with(".~lock.")
        || NO_DOCUMENTS.contains(&name.to_lowercase().as_str())
}

/// True for a hidden folder that no user puts reports into.
pub(super) fn is_of_a_program(name: &str) -> bool {
    name.starts_with(".Trash-") || OF_PROGRAMS.contains(&name)
}

/// Why a file that no reader knows is not read, and the cure; `None` if it is no document.
pub(super) fn reason(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_string_lossy().to_lowercase();
    if is_no_document(&name) {
        return None;
    }
    if let Some((known, rest)) = with_more_behind(&name) {
        return Some(format!("its name goes on behind {known}; rename it without “{rest}”"));
    }
    let Some(extension) = file.extension().map(|extension| extension.to_string_lossy().to_lowercase()) else {
        let cure = "if it is a report, add the ending of its format to its name, such as .pdf or .txt";
        return Some(format!("its name does not say its format; {cure}"));
    };
    if NO_DOCUMENT_EXTENSIONS.contains(&extension.as_str()) {
        return None;
    }
    let known = DOCUMENTS.iter().find(|(.., extensions)| extensions.contains(&extension.as_str()));
    Some(match known {
        Some((what, cure, _)) => format!("{what} (.{extension}), which is not read; {cure}"),
        None => format!(
            ".{extension} is no format that is read; if it is a report, save it as PDF, Word (.docx), HTML, Markdown or \
             plain text"
        ),
    })
}

/// The extension of a format that is read, if the name has it with more behind, as `report.pdf?dl=1` and `report.pdf (1)`
/// have; and what stands behind.
fn with_more_behind(name: &str) -> Option<(&'static str, &str)> {
    READ.iter().find_map(|known| {
        let (_, rest) = name.rsplit_once(known)?;
        let goes_on = rest.starts_with(|letter: char| !letter.is_alphanumeric());
        // `report.pdf.zip` is an archive, and `report.txt.docx` is read.
        let other = rest.strip_prefix('.').is_some_and(|other| other.chars().all(char::is_alphabetic));
        (goes_on && !other).then_some((*known, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_document_has_its_cure() {
        let cases = [
            ("visit.doc", Some("save it as .docx")),
            ("visit.WPD", Some("save it as .docx")),
            ("visits.zip", Some("unpack it")),
            ("scan 3.tiff", Some("OCR")),
            ("visit.pdf?dl=1", Some("rename it without “?dl=1”")),
            ("visit.pdf (1)", Some("rename it without “ (1)”")),
            ("visit.pdf.1", Some("rename it without “.1”")),
            ("visit.pdf.zip", Some("unpack it")),
            ("visit.pdf.crdownload", Some("load the file again")),
            ("visit", Some("add the ending")),
            ("visit.xyz", Some(".xyz is no format")),
            ("~$visit.docx", None),
            ("Thumbs.db", None),
            ("style.css", None),
        ];
        for (name, cure) in cases {
            let reason = reason(Path::new(name));
            match cure {
                Some(cure) => {
                    assert!(reason.as_ref().is_some_and(|reason| reason.contains(cure)), "{name}: {reason:?}")
                }
                None => assert_eq!(reason, None, "{name}"),
            }
        }
    }
}
