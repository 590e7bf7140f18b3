//! The place in a query text that a part was parsed from.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// Where a part was written: a query text and a byte range in it. None for a part that was built by hand.
///
/// Two parts that ask the same are the same part wherever they were written, so all origins are equal and hash alike.
#[derive(Clone, Default)]
pub(crate) struct Origin(Option<Arc<Written>>);

struct Written {
    text: Arc<str>,
    span: Range<usize>,
}

impl Origin {
    pub(crate) fn new(text: Arc<str>, span: Range<usize>) -> Self {
        debug_assert!(text.get(span.clone()).is_some(), "{span:?} is no slice of {text:?}");
        Self(Some(Arc::new(Written { text, span })))
    }

    /// The whole query text.
    pub(crate) fn text(&self) -> Option<&str> {
        self.0.as_deref().map(|written| &*written.text)
    }

    /// The bytes of the part in [`text`](Self::text).
    pub(crate) fn span(&self) -> Option<Range<usize>> {
        self.0.as_deref().map(|written| written.span.clone())
    }
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origin {}

impl Hash for Origin {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.span(), f)
    }
}
