//! Seeds and dictionaries of the fuzz targets in `crates/testkit/fuzz`.

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
pub const FUZZ_TARGETS: [FuzzTarget; 16] = [
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
    target("code_book", "query", &[]),
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

const TEXT: &str =
    "Too many care leavers were left without a plan. The children’s needs were not met in 2018.";

const QUERIES: &str = "\
unallocated
care leavers
\"care leavers\" -housing
“not * allocated” OR 'care leavers'
unalloc* organi?e \"car* leavers\"
leave~ unalocated%1 /unallocat(ed|ion)/
(a OR b) AND NOT (c w/5 \"d e\")
care pre/5 leavers not w/3 housing
children w/s (need OR needs) w/p help
a w/t b w/r c
authority:kelder* date:2014..2018 grade:inadequate caseloads
theme:care-leavers section:\"leadership\" framework:ilacs kind:report para:4 page:3 path:*.pdf
overall:inadequate leaders:good inspected:2017-11
children's decision-making 1,300 e.g. ﬁnd naïve
@caseloads OR @unallocated-work
";

const CODE_BOOK: &str = "\
title = \"Delay\"

[[query]]
name = \"waiting\"
title = \"Waiting\"
query = 'wait* OR unallocated OR \"not * allocated\"'

[[query]]
name = \"homes\"
kind = \"topic\"
sections = ['care-leavers']
description = '''Homes'''
query = \"@waiting w/9 (home~ OR flat)\"
";

const ARTICLE: &str = "\
Inspectors have criticised Kelderby council.

The report says “too many care leavers” are ‘left without a plan’, and that \"the council [has] been … slow\".

The director said: “We accept the findings in full.”
";

const DOCUMENT_XML: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Visit to Fenwick</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t xml:space="preserve">The gate </w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>The gate</w:t></w:r><w:del><w:r><w:delText>is</w:delText></w:r></w:del><w:ins><w:r><w:t>was</w:t><w:tab/><w:br w:type="page"/><w:noBreakHyphen/><w:t>not locked</w:t><w:footnoteReference w:id="2"/></w:r></w:ins></w:p><w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Grade &amp; area</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Good</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>Contents</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"#;

const STYLES_XML: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Heading1"/></w:style></w:styles>"#;

const NUMBERING_XML: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

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
    fn the_list_has_the_programs_of_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
        let programs = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let programs: BTreeSet<String> =
            programs.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        let listed: BTreeSet<String> = FUZZ_TARGETS.iter().map(|target| target.name.to_owned()).collect();
        assert_eq!(programs, listed);
    }
}
