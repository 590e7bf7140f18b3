//! How large windows of documents are.

/// The number of documents of the next window: windows grow while most of what they hold is asked for and shrink while
/// it is not, so that a rare word beside a wildcard does not have all its paragraphs read.
pub(super) struct Span {
    span: u32,
    /// How many documents of the window were asked for.
    asked: usize,
}

const LEAST: u32 = 64;
const MOST: u32 = 8 * 1024;

impl Default for Span {
    fn default() -> Self {
        Self { span: LEAST, asked: 0 }
    }
}

impl Span {
    /// A document of the window was asked for.
    pub(super) fn asked(&mut self) {
        self.asked += 1;
    }

    /// The size of the window that follows one in which there were so many documents.
    pub(super) fn next(&mut self, held: usize) -> u32 {
        let asked = std::mem::take(&mut self.asked);
        self.span = if 4 * asked >= held { 4 * self.span } else { self.span / 4 };
        self.span = self.span.clamp(LEAST, MOST);
        self.span
    }
}
