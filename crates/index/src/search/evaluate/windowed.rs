//! Paragraphs a window at a time, a bit for each: how parts of a query are evaluated that hold or not whatever the
//! places of words.

use std::ops::Range;

use tantivy::{DocId, TERMINATED};

use super::docs::SourceDocs;
use super::frequencies::Frequencies;
use super::scorer::Scorer;
use crate::store::sources::SourceRange;

/// How many documents a window takes in.
pub(super) const WIDTH: u32 = 8 * 1024;
const WORDS: usize = WIDTH as usize / WIDE;
/// How many documents have their bits in one word.
const WIDE: usize = u64::BITS as usize;
/// Of a conjunction whose rarest part is so many times rarer than others, the paragraphs are better looked for by that.
pub(super) const UNEVEN: u64 = 16;

/// Beyond so many paragraphs, and one for so many documents, going through windows costs less than going from one
/// paragraph to the next.
const ALWAYS: u64 = 4;
const SPARSE: u32 = 512;
/// Of more units the windows are no longer at hand for the processor.
const UNITS: usize = 256;

/// A bit for each document of a window.
pub(crate) struct Window {
    base: DocId,
    bits: Box<[u64; WORDS]>,
}

impl Window {
    pub(super) fn new(base: DocId) -> Self {
        Self { base, bits: Box::new([0; WORDS]) }
    }

    /// Makes it an empty one that begins at another document.
    pub(super) fn clear(&mut self, base: DocId) {
        self.base = base;
        self.bits.fill(0);
    }

    /// The first document behind it.
    pub(super) fn end(&self) -> DocId {
        self.base.saturating_add(WIDTH).min(TERMINATED)
    }

    pub(super) fn base(&self) -> DocId {
        self.base
    }

    /// Which document of the window it is, from zero on. One that is not of the window has the place of another.
    pub(super) fn place(&self, doc: DocId) -> usize {
        (doc.wrapping_sub(self.base) % WIDTH) as usize
    }

    /// Where the bit of a document is.
    fn bit(&self, doc: DocId) -> (usize, u64) {
        let place = self.place(doc);
        (place / WIDE, 1 << (place % WIDE))
    }

    /// Marks a document, which is one of the window; true if it was marked before.
    pub(super) fn set(&mut self, doc: DocId) -> bool {
        let (at, bit) = self.bit(doc);
        let word = &mut self.bits[at];
        let before = *word & bit != 0;
        *word |= bit;
        before
    }

    /// True if a document of the window is marked.
    pub(super) fn has(&self, doc: DocId) -> bool {
        let (at, bit) = self.bit(doc);
        self.bits[at] & bit != 0
    }

    fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    /// How many documents are marked.
    pub(super) fn len(&self) -> usize {
        self.bits.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The first marked document at or after one of the window.
    pub(super) fn next(&self, doc: DocId) -> Option<DocId> {
        let place = doc.wrapping_sub(self.base);
        let mut at = (place / u64::BITS) as usize;
        let mut mask = u64::MAX << (place % u64::BITS);
        loop {
            let word = self.bits.get(at)? & mask;
            if word != 0 {
                return Some(self.base + at as u32 * u64::BITS + word.trailing_zeros());
            }
            mask = u64::MAX;
            at += 1;
        }
    }

    /// Changes its bits by those of another of the same documents.
    pub(super) fn with(&mut self, other: &Self, change: impl Fn(&mut u64, u64)) {
        self.bits.iter_mut().zip(other.bits.iter()).for_each(|(word, other)| change(word, *other));
    }

    /// Marks the documents of a range, as far as they are of the window.
    fn set_range(&mut self, range: Range<DocId>) {
        self.each_word(range, |_, word, mask| *word |= mask);
    }

    /// How many documents of a range are marked.
    fn count(&mut self, range: Range<DocId>) -> u64 {
        let mut count = 0;
        self.each_word(range, |_, word, mask| count += u64::from((*word & mask).count_ones()));
        count
    }

    /// Gives the marked documents of a range.
    fn each(&mut self, range: Range<DocId>, mut give: impl FnMut(DocId)) {
        self.each_word(range, |first, word, mask| {
            let mut left = *word & mask;
            while left != 0 {
                give(first + left.trailing_zeros());
                left &= left - 1;
            }
        });
    }

    /// Gives the words that hold bits of a range, each with the document of its first bit and a mask of the range.
    fn each_word(&mut self, range: Range<DocId>, mut give: impl FnMut(DocId, &mut u64, u64)) {
        let from = range.start.max(self.base) - self.base;
        let to = range.end.min(self.end()).saturating_sub(self.base);
        if from >= to {
            return;
        }
        let (first, last) = (from / u64::BITS, (to - 1) / u64::BITS);
        let Some(words) = self.bits.get_mut(first as usize..=last as usize) else { return };
        for (at, word) in (first..).zip(words) {
            let mut mask = u64::MAX;
            if at == first {
                mask &= u64::MAX << (from % u64::BITS);
            }
            if at == last {
                mask &= u64::MAX >> (u64::BITS - 1 - (to - 1) % u64::BITS);
            }
            give(self.base + at * u64::BITS, word, mask);
        }
    }
}

impl Scorer<'_> {
    /// How many of the searched paragraphs of a segment of so many documents it matches. It must be
    /// [flat](Self::counts_windowed); to be asked before anything else, and nothing else after it.
    pub(crate) fn count_windowed(
        &mut self,
        searched: &mut SourceDocs<'_>,
        documents: DocId,
        mut is_over: impl FnMut() -> bool,
    ) -> u64 {
        let (mut window, mut count) = (Window::new(0), 0);
        for base in (0..documents).step_by(WIDTH as usize) {
            if is_over() {
                break;
            }
            window.clear(base);
            self.mark(&mut window, &mut Frequencies::none());
            searched.each_of(&mut window, |window, _, range| count += window.count(range));
        }
        count
    }

    /// Gives the searched paragraphs of a segment of so many documents that it matches, each with its source and how
    /// often the units of the query occur there. It must be [flat](Self::is_windowed); to be asked before
    /// anything else, and nothing else after it.
    pub(crate) fn each_windowed(
        &mut self,
        searched: &mut SourceDocs<'_>,
        documents: DocId,
        units: usize,
        mut is_over: impl FnMut() -> bool,
        mut each: impl FnMut(&SourceRange, DocId, &Frequencies),
    ) {
        let (mut window, mut often) = (Window::new(0), Frequencies::new(units));
        for base in (0..documents).step_by(WIDTH as usize) {
            if is_over() {
                return;
            }
            window.clear(base);
            often.clear(base);
            self.mark(&mut window, &mut often);
            searched.each_of(&mut window, |window, run, range| {
                window.each(range, |doc| each(run, doc, &often));
            });
        }
    }

    /// True if its paragraphs, of a segment of so many documents, are best [counted](Self::count_windowed) a window at a
    /// time.
    pub(crate) fn counts_windowed(&self, documents: DocId) -> bool {
        self.is_flat() && self.cost() > ALWAYS + u64::from(documents / SPARSE)
    }

    /// True if they are best [given](Self::each_windowed) a window at a time, with how often so many units occur.
    pub(crate) fn is_windowed(&self, documents: DocId, units: usize) -> bool {
        units <= UNITS && self.is_tallied() && self.counts_windowed(documents)
    }

    /// True if it holds or not whatever the places of words, and no part of a conjunction is much rarer than others.
    fn is_flat(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Keywords(_) | Self::SourceDocs(_) => true,
            Self::And(and) => {
                let all: u64 = and.wanted.iter().chain(&and.unwanted).map(Self::cost).sum();
                let least = and.wanted.iter().map(Self::cost).min().unwrap_or(0);
                let mut parts = and.wanted.iter().chain(&and.unwanted);
                all <= UNEVEN * least && parts.all(Self::is_flat)
            }
            Self::Or(or) => or.all().iter().all(Self::is_flat),
            Self::Not(part, _) | Self::Unscored(part) | Self::Paragraph(part) => part.is_flat(),
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Scoped { .. } => false,
        }
    }

    /// True if frequencies say how often it occurs.
    fn is_tallied(&self) -> bool {
        match self {
            Self::And(and) => and.apart && and.wanted.iter().all(Self::is_tallied),
            Self::Or(or) => or.is_apart() && or.all().iter().all(Self::is_tallied),
            Self::Paragraph(part) => part.is_tallied(),
            Self::Words { .. }
            | Self::Keywords(_)
            | Self::SourceDocs(_)
            | Self::Not(..)
            | Self::Unscored(_) => true,
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Scoped { .. } => false,
        }
    }

    /// Marks its paragraphs, and says how often the units occur there. Windows follow one another.
    fn mark(&mut self, window: &mut Window, often: &mut Frequencies) {
        match self {
            Self::Words { union, unit } => match unit.and_then(|unit| often.unit_mut(unit)) {
                Some(unit) => {
                    union.tally(unit);
                    window.with(unit.held(), |word, held| *word |= held);
                }
                None => union.mark(window),
            },
            Self::Keywords(union) => union.mark(window),
            Self::SourceDocs(runs) => runs.each_of(window, |window, _, range| window.set_range(range)),
            Self::And(and) => {
                let (mut all, mut part) = (Window::new(window.base), Window::new(window.base));
                all.bits.fill(u64::MAX);
                for wanted in &mut and.wanted {
                    part.bits.fill(0);
                    wanted.mark(&mut part, often);
                    all.with(&part, |word, part| *word &= part);
                    if all.is_empty() {
                        break;
                    }
                }
                for unwanted in &mut and.unwanted {
                    if all.is_empty() {
                        break;
                    }
                    part.bits.fill(0);
                    unwanted.mark(&mut part, &mut Frequencies::none());
                    all.with(&part, |word, part| *word &= !part);
                }
                // Where one of its parts alone holds, that is not counted.
                and.wanted.iter().for_each(|wanted| wanted.keep(&all, often));
                window.with(&all, |word, all| *word |= all);
            }
            Self::Or(or) => or.all_mut().iter_mut().for_each(|part| part.mark(window, often)),
            Self::Not(part, runs) => {
                let (mut all, mut unwanted) = (Window::new(window.base), Window::new(window.base));
                runs.each_of(&mut all, |all, _, range| all.set_range(range));
                part.mark(&mut unwanted, &mut Frequencies::none());
                all.with(&unwanted, |word, unwanted| *word &= !unwanted);
                window.with(&all, |word, all| *word |= all);
            }
            Self::Unscored(part) => part.mark(window, &mut Frequencies::none()),
            Self::Paragraph(part) => part.mark(window, often),
            // Not flat.
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Scoped { .. } => {}
        }
    }

    /// Takes back how often its units occur but where documents are marked.
    fn keep(&self, window: &Window, often: &mut Frequencies) {
        match self {
            Self::Words { unit, .. } => {
                if let Some(unit) = unit.and_then(|unit| often.unit_mut(unit)) {
                    unit.keep(window);
                }
            }
            Self::And(and) => and.wanted.iter().for_each(|part| part.keep(window, often)),
            Self::Or(or) => or.all().iter().for_each(|part| part.keep(window, often)),
            Self::Paragraph(part) => part.keep(window, often),
            _ => {}
        }
    }
}

impl SourceDocs<'_> {
    /// Gives its sources, each with its documents that are of the window. Windows follow one another.
    fn each_of(
        &mut self,
        window: &mut Window,
        mut give: impl FnMut(&mut Window, &SourceRange, Range<DocId>),
    ) {
        let mut doc = self.seek(window.base);
        while doc < window.end() {
            let Some(run) = self.here() else { return };
            // The source may go on in the next window.
            let end = (run.base + run.len + 1).min(window.end());
            give(window, run, doc..end);
            doc = self.seek(end);
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
            window.set_range(8192 + from..8192 + to);
            let mut each = Window::new(8192);
            for doc in 8192 + from..8192 + to.min(8192) {
                each.set(doc);
            }
            assert_eq!(window.bits, each.bits, "{from}..{to}");
            let inside = |doc: &u32| *doc >= 8192 + 40 && *doc < 8192 + 300;
            let expected: Vec<u32> = (8192 + from..8192 + to.min(8192)).filter(inside).collect();
            let mut given = Vec::new();
            window.each(8192 + 40..8192 + 300, |doc| given.push(doc));
            assert_eq!(given, expected, "{from}..{to}");
            assert_eq!(window.count(8192 + 40..8192 + 300), expected.len() as u64, "{from}..{to}");
        }
    }
}
