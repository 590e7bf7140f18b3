//! The fuzz targets: each runs one input and panics if an invariant does not hold.
//!
//! A function here is one target. The programs in `fuzz_targets` only call it, so that an input can be run from a
//! debugger or a test too.

#[cfg(feature = "index")]
mod checking;
mod documents;
#[cfg(feature = "index")]
mod index_files;
#[cfg(feature = "page")]
mod page;
mod profiles;
mod queries;
mod reading;
#[cfg(feature = "index")]
mod searching;

use std::panic;

#[cfg(feature = "index")]
pub use self::checking::{article_quotations, check_article};
#[cfg(feature = "index")]
pub use self::index_files::index_files;
#[cfg(feature = "page")]
pub use self::page::page_request;
pub use self::profiles::profile;
pub use self::queries::{code_book, query_matcher, query_parser};
#[cfg(feature = "index")]
pub use self::reading::read_pdf;
pub use self::reading::{
    read_docx, read_epub, read_html, read_mail, read_markdown, read_odt, read_rtf, read_text,
    read_web_archive, understand_report,
};
#[cfg(feature = "index")]
pub use self::searching::search;

/// Lets panics inside a dependency unwind to our code, which catches them and reports a damaged file. libFuzzer would
/// abort. `source` is a part of the path of its source.
pub fn allow_panics_of(source: &'static str) {
    let abort = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|location| location.file().contains(source)) {
            abort(info);
        }
    }));
}
