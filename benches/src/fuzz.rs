//! What is tried on spoiled input, and what must hold whatever the input: a panic is a finding.

use std::path::Path;
use std::time::Duration;

use quotable::prelude::*;
use quotable::query::{Limits, Matcher, Query, Text, parse};
use quotable::read::{Budget, Document, Readers};
use quotable::report::{Report, quotations, quotations_in};
use quotable::{CodeBook, Index, SearchOptions};
use quotable_hostile::{Hostile, Random, Spoiler, crafted, word_file};

/// What can be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The parser of queries, the matcher, and the evaluator over an index.
    Query,
    /// The reader of one format, by its ending.
    Read(&'static str),
    /// Understanding what was read.
    Report,
    /// Finding quotations in an article, and checking some of them.
    Quotations,
    /// The parser of code books, and labels by one.
    CodeBook,
}

impl Target {
    /// Every target and its name.
    pub const ALL: [(&'static str, Self); 9] = [
        ("query", Self::Query),
        ("pdf", Self::Read("pdf")),
        ("html", Self::Read("html")),
        ("markdown", Self::Read("md")),
        ("docx", Self::Read("docx")),
        ("text", Self::Read("txt")),
        ("report", Self::Report),
        ("quotations", Self::Quotations),
        ("codebook", Self::CodeBook),
    ];

    /// The target of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
    }

    /// What its input is made of: of the samples, those that suit it, and what was crafted for it. Large ones are left
    /// out: more small ones are tried in the same time.
    fn seeds(self, samples: &[Hostile]) -> Vec<Hostile> {
        const LARGEST: usize = 128 << 10;
        let endings: &[&str] = match self {
            Self::Query => return QUERIES.lines().map(|line| Hostile::new("a.query", line)).collect(),
            Self::CodeBook => return vec![Hostile::new("a.query", BOOK)],
            Self::Read(ending) => &[ending],
            Self::Report => &["txt", "md", "html"],
            Self::Quotations => &["txt"],
        };
        let suits = |file: &Hostile| {
            let known = endings.iter().any(|ending| file.name.rsplit('.').next() == Some(ending));
            known && file.bytes.len() <= LARGEST && !file.bytes.is_empty()
        };
        let crafted = crafted(1).into_iter().filter(|file| file.bytes.len() < 8 << 10);
        samples.iter().cloned().chain(crafted).filter(suits).collect()
    }

    /// The input of a number: the same whenever it is asked for.
    pub fn cases(self, samples: &[Hostile]) -> impl Fn(u64) -> Option<Hostile> + use<> {
        let seeds = self.seeds(samples);
        let parts = vec![Hostile::new("document.html", DOCUMENT), Hostile::new("styles.html", STYLES)];
        move |number| {
            // Whatever is spoiled in an archive is mostly its packing: every other Word file has spoiled parts instead.
            if self == Self::Read("docx") && number % 2 == 0 {
                let part = Spoiler::new(parts.clone(), number).next()?;
                let styles = part.name.ends_with("styles.html");
                let (document, style) = if styles {
                    (DOCUMENT.as_bytes(), &part.bytes[..])
                } else {
                    (&part.bytes[..], STYLES.as_bytes())
                };
                let parts = [
                    ("word/document.xml", document),
                    ("word/styles.xml", style),
                    ("word/numbering.xml", NUMBERING.as_bytes()),
                ];
                return Some(Hostile::new("parts.docx", word_file(&parts)));
            }
            Spoiler::new(seeds.clone(), Random::new(number).number()).next()
        }
    }
}

/// What targets need, made once.
pub struct Bench {
    index: Index,
    texts: Vec<Text>,
    passages: Vec<String>,
}

impl Bench {
    /// Over the reports of a folder that can be read.
    ///
    /// # Errors
    /// If the folder cannot be indexed.
    pub fn new(samples: &Path) -> quotable::Result<Self> {
        let index = Index::in_memory()?;
        index.refresh(samples)?;
        let mut passages = vec![String::new(), "A".to_owned()];
        for source in index.reports()? {
            let report = index.report(&source.path)?;
            passages.extend(
                report.into_iter().flat_map(|report| report.paragraphs).map(|of| of.text).step_by(40),
            );
        }
        let texts = passages.iter().map(|text| Text::new(text)).collect();
        Ok(Self { index, texts, passages })
    }

    /// Tries one input.
    ///
    /// # Panics
    /// If what must hold does not: that is what is looked for.
    pub fn attempt(&self, target: Target, input: &Hostile) {
        match target {
            Target::Query => self.query(&String::from_utf8_lossy(&input.bytes)),
            Target::Read(_) => {
                read(input);
            }
            Target::Report => {
                if let Some(document) = read(input) {
                    understand(&document, &input.name);
                }
            }
            Target::Quotations => self.quotations(input),
            Target::CodeBook => self.book(&String::from_utf8_lossy(&input.bytes)),
        }
    }

    fn query(&self, text: &str) {
        let query = match text.parse::<Query>() {
            Ok(query) => query,
            Err(error) => {
                assert!(error.query().get(error.span()).is_some(), "the span {:?} is none", error.span());
                assert!(!error.to_string().is_empty());
                return;
            }
        };
        // What is shown as the query as read must be read as the same.
        let shown = query.to_string();
        // With more brackets than were typed, it may be longer and deeper.
        let mut limits = Limits::default();
        (limits.bytes, limits.depth) = (usize::MAX, 256);
        match parse(&shown, &limits) {
            Ok(again) => assert_eq!(again.to_string(), shown, "read again"),
            Err(error) => assert!(error.message().contains("deep"), "read again: {error}"),
        }
        if let Ok(matcher) = Matcher::new(&query) {
            for (text, passage) in self.texts.iter().zip(&self.passages) {
                for span in matcher.find(text).occurrences {
                    assert!(passage.get(span.bytes.clone()).is_some(), "{span:?}");
                }
            }
        }
        let Ok(search) = self.index.search_with(&query, &SearchOptions::default()) else { return };
        let (Ok(counts), Ok(hits)) = (search.count(), search.top(5)) else { return };
        assert!(counts.paragraphs >= hits.hits.len() as u64, "{counts:?}");
        for hit in hits.hits {
            assert!(hit.matches.iter().all(|range| hit.text.get(range.clone()).is_some()), "{hit:?}");
        }
        let _ = search.explain();
    }

    fn quotations(&self, input: &Hostile) {
        let text = String::from_utf8_lossy(&input.bytes);
        for quotation in quotations_in(&text) {
            for part in &quotation.parts {
                assert!(
                    part.paragraph > 0 || text.get(part.bytes.clone()).is_some() || !part.bytes.is_empty()
                );
            }
        }
        let Some(document) = read(input) else { return };
        let article = Report::from_document(&document, &input.name);
        for quotation in quotations(&article) {
            for part in &quotation.parts {
                let paragraph =
                    article.paragraphs.get(part.paragraph).map(|paragraph| paragraph.text.as_str());
                assert!(paragraph.is_some_and(|text| text.get(part.bytes.clone()).is_some()), "{part:?}");
            }
        }
        for quotation in quotations(&article).iter().take(5) {
            let check = self.index.check(quotation);
            assert!(check.is_ok(), "{check:?}");
        }
    }

    fn book(&self, text: &str) {
        match CodeBook::parse("book.toml", text) {
            Ok(book) => self.passages.iter().take(5).for_each(|text| drop(book.labels(text.as_str()))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// Reads a file; what is read must be well formed.
fn read(input: &Hostile) -> Option<Document> {
    let mut budget = Budget::default();
    budget.time = Duration::from_secs(5);
    let document = Readers::default().read(Path::new(&input.name), &input.bytes, &budget).ok()?;
    for block in &document.blocks {
        assert!(!block.lines.is_empty(), "a block without lines");
        for line in &block.lines {
            assert!(!line.text.trim().is_empty(), "a blank line");
            assert!(
                line.page.is_none_or(|page| (1..=document.pages).contains(&page)),
                "page {:?}",
                line.page
            );
            assert!(line.raised.iter().all(|range| line.text.get(range.clone()).is_some()), "a cut letter");
        }
    }
    Some(document)
}

/// Understands a document; what is understood must be well formed.
fn understand(document: &Document, name: &str) {
    let report = Report::from_document(document, name);
    for (index, section) in report.sections.iter().enumerate() {
        assert!(section.parent.is_none_or(|parent| (parent as usize) < index), "a section before its parent");
    }
    for paragraph in &report.paragraphs {
        let text = &paragraph.text;
        assert!(!text.trim().is_empty() && text.trim() == text, "{text:?}");
        assert!(paragraph.section.is_none_or(|section| (section as usize) < report.sections.len()));
        let end = paragraph.sentences.iter().fold(0, |end, sentence| {
            assert!(
                sentence.start == end && text.get(sentence.clone()).is_some(),
                "sentences tile: {text:?}"
            );
            sentence.end
        });
        assert_eq!(end, text.len(), "sentences tile: {text:?}");
        let page = paragraph.page_at(text.len() / 2);
        assert!(page.is_none_or(|page| page <= report.pages), "page {page:?}");
    }
}

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

const BOOK: &str = "\
title = \"Words of waiting\"

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

const DOCUMENT: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Visit to Fenwick</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t xml:space="preserve">The gate </w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>The gate</w:t></w:r><w:del><w:r><w:delText>is</w:delText></w:r></w:del><w:ins><w:r><w:t>was</w:t><w:tab/><w:br w:type="page"/><w:noBreakHyphen/><w:t>not locked</w:t><w:footnoteReference w:id="2"/></w:r></w:ins></w:p><w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Grade &amp; area</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Good</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>Contents</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"#;

const STYLES: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Heading1"/></w:style></w:styles>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
