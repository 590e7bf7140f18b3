//! Paragraphs a window at a time, a bit for each: how parts of a query are counted that hold or not whatever the places
//! of words.

use tantivy::{DocId, TERMINATED};

use super::docs::Runs;
use super::node::Node;

/// How many documents a window takes in.
const WIDTH: u32 = 8 * 1024;
/// Of a conjunction whose rarest part is so many times rarer than all, the paragraphs are better looked at one by one.
const UNEVEN: u64 = 16;

/// A bit for each document of a window.
pub(crate) struct Window {
    base: DocId,
    bits: Vec<u64>,
}

impl Window {
    fn new(base: DocId) -> Self {
        Self { base, bits: vec![0; WIDTH.div_ceil(u64::BITS) as usize] }
    }

    /// The first document behind it.
    pub(super) fn end(&self) -> DocId {
        self.base.saturating_add(WIDTH).min(TERMINATED)
    }

    pub(super) fn base(&self) -> DocId {
        self.base
    }

    /// Marks a document, which is one of the window.
    pub(super) fn set(&mut self, doc: DocId) {
        let place = doc - self.base;
        if let Some(word) = self.bits.get_mut((place / u64::BITS) as usize) {
            *word |= 1 << (place % u64::BITS);
        }
    }

    /// Marks the documents of a range, as far as they are of the window.
    fn set_range(&mut self, from: DocId, to: DocId) {
        let (from, to) = (from.max(self.base) - self.base, to.min(self.end()).saturating_sub(self.base));
        for (first, word) in (0..).step_by(u64::BITS as usize).zip(&mut self.bits) {
            let start = from.clamp(first, first + u64::BITS) - first;
            let end = to.clamp(first, first + u64::BITS) - first;
            if start < end {
                *word |= (u64::MAX >> (u64::BITS - (end - start))) << start;
            }
        }
    }

    fn with(&mut self, other: &Self, change: impl Fn(&mut u64, u64)) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(word, other)| change(word, *other));
    }
}

impl Node<'_> {
    /// How many of the searched paragraphs of a segment of so many documents it matches; `None` if they are better
    /// looked at one by one. To be asked before anything else, and nothing else after it.
    pub(crate) fn count_in(
        &mut self,
        searched: &mut Runs<'_>,
        documents: DocId,
        mut is_over: impl FnMut() -> bool,
    ) -> Option<u64> {
        if !self.is_flat() {
            return None;
        }
        let mut count = 0;
        for base in (0..documents).step_by(WIDTH as usize) {
            if is_over() {
                break;
            }
            let mut window = Window::new(base);
            searched.mark(&mut window);
            let mut found = Window::new(base);
            self.mark(&mut found);
            window.with(&found, |word, found| *word &= found);
            count += window.bits.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
        }
        Some(count)
    }

    /// True if its paragraphs are best marked a window at a time.
    fn is_flat(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Facets(_) | Self::Runs(_) => true,
            Self::And(and) => {
                let all: u64 = and.wanted.iter().chain(&and.unwanted).map(Self::cost).sum();
                let least = and.wanted.iter().map(Self::cost).min().unwrap_or(0);
                let mut parts = and.wanted.iter().chain(&and.unwanted);
                all <= UNEVEN * least && parts.all(Self::is_flat)
            }
            Self::Or(or) => or.all().iter().all(Self::is_flat),
            Self::Not(part, _) | Self::Quiet(part) | Self::Paragraph(part) => part.is_flat(),
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Wide { .. } => false,
        }
    }

    /// Marks its paragraphs. Windows follow one another.
    fn mark(&mut self, window: &mut Window) {
        match self {
            Self::Words { union, .. } | Self::Facets(union) => union.mark(window),
            Self::Runs(runs) => runs.mark(window),
            Self::And(and) => {
                let (mut all, mut part) = (Window::new(window.base), Window::new(window.base));
                all.bits.fill(u64::MAX);
                for wanted in &mut and.wanted {
                    part.bits.fill(0);
                    wanted.mark(&mut part);
                    all.with(&part, |word, part| *word &= part);
                }
                for unwanted in &mut and.unwanted {
                    part.bits.fill(0);
                    unwanted.mark(&mut part);
                    all.with(&part, |word, part| *word &= !part);
                }
                window.with(&all, |word, all| *word |= all);
            }
            Self::Or(or) => or.all_mut().iter_mut().for_each(|part| part.mark(window)),
            Self::Not(part, runs) => {
                let (mut all, mut unwanted) = (Window::new(window.base), Window::new(window.base));
                runs.mark(&mut all);
                part.mark(&mut unwanted);
                all.with(&unwanted, |word, unwanted| *word &= !unwanted);
                window.with(&all, |word, all| *word |= all);
            }
            Self::Quiet(part) | Self::Paragraph(part) => part.mark(window),
            // Not flat.
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Wide { .. } => {}
        }
    }
}

impl Runs<'_> {
    /// Marks its paragraphs. Windows follow one another.
    fn mark(&mut self, window: &mut Window) {
        let mut doc = self.seek(window.base);
        while doc < window.end() {
            let Some(run) = self.here() else { return };
            let end = run.base + run.len + 1;
            window.set_range(doc, end);
            // The source may go on in the next window.
            doc = self.seek(end.min(window.end()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn ranges_are_marked_as_far_as_they_go() {
        for (from, to) in
            [(0, 1), (5, 64), (63, 65), (100, 400), (8000, 8192), (8191, 9000), (7, 7), (0, 9000)]
        {
            let mut window = Window::new(8192);
            window.set_range(8192 + from, 8192 + to);
            let mut each = Window::new(8192);
            (8192 + from..8192 + to.min(8192)).for_each(|doc| each.set(doc));
            assert_eq!(window.bits, each.bits, "{from}..{to}");
        }
    }
}
