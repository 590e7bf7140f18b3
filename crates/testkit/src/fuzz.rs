//! Seeds and dictionaries of the fuzz targets in `crates/testkit/fuzz`.

mod texts;

use std::fmt::Write as _;

use self::texts::{
    ARTICLE, CODE_BOOK, DOCUMENT_XML, HARBOURS, NUMBERING_XML, PROFILE, QUERIES, REQUESTS, STYLES_XML, TEXT,
};
use crate::corpus::{generated_report, to_markdown};
use crate::corrupted::CorruptedFiles;
use crate::crafted::crafted_files;
use crate::crafted::docx::docx_archive;
use crate::file::TestFile;
use crate::format_tokens::format_tokens;

/// A fuzz target: a program in `crates/testkit/fuzz/fuzz_targets`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FuzzTarget {
    /// The name of the program.
    pub name: &'static str,
    /// The format of the input, as [`format_tokens`] knows it.
    pub format: &'static str,
    /// The files among samples that are seeds, by extension.
    seed_extensions: &'static [&'static str],
}

/// Every fuzz target.
pub const FUZZ_TARGETS: [FuzzTarget; 20] = [
    target("query_parser", "query", &[]),
    target("query_matcher", "query", &[]),
    target("search", "query", &[]),
    target("read_text", "txt", &["txt"]),
    target("read_markdown", "md", &["md"]),
    target("read_html", "html", &["html"]),
    target("read_docx", "docx", &["docx"]),
    target("read_pdf", "pdf", &["pdf"]),
    target("read_mail", "eml", &["eml"]),
    target("read_web_archive", "mhtml", &["mhtml"]),
    target("read_odt", "odt", &["odt", "fodt"]),
    target("read_epub", "epub", &["epub"]),
    target("read_rtf", "rtf", &["rtf"]),
    target("understand_report", "txt", &["txt", "md"]),
    target("article_quotations", "txt", &["txt"]),
    target("check_article", "txt", &["txt", "html"]),
    target("code_book", "query", &[]),
    target("profile", "profile", &[]),
    target("index_files", "index", &[]),
    target("page_request", "request", &[]),
];

/// The largest seed in bytes. libFuzzer runs small inputs far more often.
const MAX_SEED: usize = 64 << 10;

const fn target(
    name: &'static str,
    format: &'static str,
    seed_extensions: &'static [&'static str],
) -> FuzzTarget {
    FuzzTarget { name, format, seed_extensions }
}

impl FuzzTarget {
    /// The initial inputs: of `samples` and of the crafted files those that suit the target, and texts of its own.
    pub fn seeds(&self, samples: &[TestFile]) -> Vec<TestFile> {
        let suits = |file: &TestFile| {
            self.seed_extensions.contains(&file.extension()) && (1..=MAX_SEED).contains(&file.bytes.len())
        };
        let crafted = crafted_files(1);
        let mut seeds: Vec<TestFile> =
            samples.iter().chain(&crafted).filter(|file| suits(file)).cloned().collect();
        let own: Vec<Vec<u8>> = match self.name {
            "query_parser" | "search" => QUERIES.lines().map(|line| line.as_bytes().to_vec()).collect(),
            // A query, a newline, a text.
            "query_matcher" => QUERIES.lines().map(|line| format!("{line}\n{TEXT}").into_bytes()).collect(),
            "code_book" => vec![CODE_BOOK.as_bytes().to_vec()],
            "article_quotations" => vec![ARTICLE.as_bytes().to_vec()],
            "check_article" => article_seeds(),
            "profile" => vec![PROFILE.as_bytes().to_vec(), HARBOURS.as_bytes().to_vec()],
            "index_files" => index_seeds(),
            "page_request" => REQUESTS.split("\n---\n").map(|request| request.as_bytes().to_vec()).collect(),
            "read_markdown" | "understand_report" => vec![markdown_seed()],
            // Random edits of a compressed archive mostly break its compression, so the target also takes the XML parts
            // themselves, each after a NUL byte.
            "read_docx" => vec![
                format!("\0{DOCUMENT_XML}\0{STYLES_XML}\0{NUMBERING_XML}").into_bytes(),
                docx_of_parts(DOCUMENT_XML.as_bytes(), STYLES_XML.as_bytes(), NUMBERING_XML.as_bytes()),
            ],
            _ => Vec::new(),
        };
        let own = (0..)
            .zip(own)
            .map(|(number, bytes)| TestFile::new(format!("own-{number}.{}", self.format), bytes));
        seeds.extend(own);
        // Damaged seeds reach error paths at once.
        let damaged: Vec<TestFile> = CorruptedFiles::new(seeds.clone(), 1)
            .take(seeds.len())
            .filter(|file| file.bytes.len() <= MAX_SEED)
            .collect();
        seeds.extend(damaged);
        seeds
    }

    /// The dictionary of the target in the syntax of libFuzzer and AFL: one quoted token a line.
    pub fn dictionary(&self) -> String {
        let mut dictionary = String::new();
        for token in format_tokens(self.format) {
            dictionary.push('"');
            for &byte in token {
                match byte {
                    b'"' | b'\\' => dictionary.extend(['\\', byte.into()]),
                    b' '..=b'~' => dictionary.push(byte.into()),
                    _ => dictionary.push_str(&format!("\\x{byte:02X}")),
                }
            }
            dictionary.push_str("\"\n");
        }
        dictionary
    }
}

/// Builds a DOCX file from three of its parts.
pub fn docx_of_parts(document: &[u8], styles: &[u8], numbering: &[u8]) -> Vec<u8> {
    docx_archive(&[
        ("word/document.xml", document),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
    ])
}

fn markdown_seed() -> Vec<u8> {
    let mut report = generated_report(1, 1);
    report.paragraphs.truncate(12);
    to_markdown(&report).into_bytes()
}

/// An article, another with quotations of the reports that `check_article` indexes, and runs of words to be found.
fn article_seeds() -> Vec<Vec<u8>> {
    let mut quoting = String::from("Inspectors have criticised the council.\n");
    for number in 0..3 {
        let report = generated_report(2, number);
        let authority = report.authority.map(|authority| authority.name).unwrap_or_default();
        let _ = writeln!(quoting, "\nThe report on {authority} is inadequate, paragraph 3.");
        for paragraph in report.paragraphs.iter().skip(1).take(4) {
            let _ = writeln!(quoting, "\nIt says: “{}”", paragraph.text);
        }
        // Without marks.
        quoting.extend(report.paragraphs.get(6).map(|paragraph| format!("\n{}\n", paragraph.text)));
    }
    let html = format!("<p>Kelderby</p><blockquote>{quoting}</blockquote>");
    let mut seeds = vec![ARTICLE.as_bytes().to_vec(), quoting.into_bytes(), html.into_bytes()];
    seeds.extend([[0, 3, 0, 20, 0], [0, 9, 4, 1, 0], [0, 70, 2, 255, 255]].map(|run| {
        let mut seed = run.to_vec();
        seed.extend(ARTICLE.as_bytes());
        seed
    }));
    seeds
}

/// Every kind of edit to every file of an index, some with checksums that fit.
fn index_seeds() -> Vec<Vec<u8>> {
    let edits = (0..40_u8).flat_map(|file| (0..8_u8).map(move |kind| (file, kind)));
    edits
        .map(|(file, kind)| vec![(file + kind) % 2, file, kind, file.wrapping_mul(7), 0, 4, 0xFF, kind, 9])
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use quotable_report::Profiles;
    use quotable_report::profile::Register;

    use super::*;

    #[test]
    fn every_fuzz_target_has_seeds_and_a_dictionary() {
        for target in FUZZ_TARGETS {
            assert!(target.seeds(&[]).len() > 1, "{}", target.name);
            let dictionary = target.dictionary();
            assert!(dictionary.lines().count() > 10, "{}", target.name);
            let is_quoted = |line: &str| line.len() > 2 && line.starts_with('"') && line.ends_with('"');
            assert!(dictionary.lines().all(is_quoted), "{dictionary}");
        }
    }

    #[test]
    fn the_seeds_of_profiles_are_right() {
        let harbours = HARBOURS.split('\0').next().unwrap_or_default();
        for toml in [PROFILE, harbours] {
            let texts = [("a.toml".to_owned(), toml.to_owned())];
            let (profiles, errors) = Profiles::built_in().with_register(register()).with(texts);
            assert!(errors.is_empty() && profiles.named("harbour").is_some(), "{errors:?}");
        }
    }

    fn register() -> Register {
        let csv = HARBOURS.split('\0').nth(1).unwrap_or_default();
        Register::parse("harbours", csv).expect("a register")
    }

    #[test]
    fn the_list_has_the_programs_of_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
        let programs = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let programs: BTreeSet<String> =
            programs.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        let listed: BTreeSet<String> = FUZZ_TARGETS.iter().map(|target| target.name.to_owned()).collect();
        assert_eq!(programs, listed);
    }
}
