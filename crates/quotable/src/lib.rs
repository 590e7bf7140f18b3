#![doc = include_str!("../README.md")]

pub mod guide;

pub use quotable_check::{
    self as check, About, AboutReport, ArticleCheck, Check, CheckArticles, CheckOptions, CheckQuotations,
    CheckedText, Claim, ClaimKind, Edit, EditKind, InAbout, Place, UsedParagraph, Verdict, used_paragraphs,
};
pub use quotable_check::{Quotation, first_quotations, first_quotations_in, quotations, quotations_in};
pub use quotable_codebook::{
    Code, CodeBook, CodeBookError, CodeBookErrorKind, CodeKind, Evidence, Label, Passage,
};
pub use quotable_export as export;
pub use quotable_export::csl;
pub use quotable_follow as follow;
pub use quotable_index::{
    AnswerProgress, AnswerProgressCall, Boilerplate, CancelFlag, Chunk, Chunks, CodeCounts, CodeTable,
    Collocate, CollocateOptions, Collocates, CountRow, CountSort, CountTable, Counts, Coverage, Cursor,
    Dating, Dispersal, Duplicates, Error, ErrorKind, Explanation, Extent, Facet, Failure, FailureKind, Flaw,
    FoundFiles, GivenGrade, Group, Groups, Hint, Hit, HitStream, Hits, Holder, Id, Index, IndexAccess,
    IndexBuilder, Keyword, KeywordOptions, KeywordPart, KeywordSort, Keywords, LeftOut, Line, LineSort,
    Lines, Measure, MetadataError, MetadataTable, Moment, NetworkFileSystem, Ngram, NgramOptions, NgramSort,
    Ngrams, Ocr, Origin, Ownership, Period, Progress, ProgressCall, Provenance, Refresh, RefreshOptions,
    ReportCount, ReportHead, ReportOccurrences, Result, RunCodeBook, Search, SearchOptions, Selector, Series,
    Share, Snapshot, Sort, Source, Status, Tally, Themes, Trend, TrendPoint, TrendQuery, Unjudged,
    Verification, WordCount, Writer, explain, path, sort_lines, worker,
};
pub use quotable_query as query;
pub use quotable_read as read;

/// Reports as they are understood, and the quotations of articles.
pub mod report {
    pub use quotable_check::{
        Evidence, FirstQuotations, Quotation, QuotationKind, QuotedPart, Speaker, quotations, quotations_in,
    };
    pub use quotable_report::*;
}

/// The traits whose methods belong to the handles: `use quotable::prelude::*;`.
pub mod prelude {
    pub use quotable_check::{CheckArticles, CheckQuotations};
    pub use quotable_index::RunCodeBook;
}

/// The former name of [`HitStream`].
#[deprecated(note = "renamed to HitStream")]
pub type Every = HitStream;

/// The former name of [`CodeCounts`].
#[deprecated(note = "renamed to CodeCounts")]
pub type Row = CodeCounts;

/// The README of the project, whose example must run.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct ProjectReadme;
