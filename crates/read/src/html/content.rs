//! Decides which blocks of a page are its content.
//!
//! Names of elements and classes mislead: the column of an article has the class `right-sidebar`, each of its paragraphs the
//! class `paywall`. So names are believed only as far as the text agrees. What decides is prose: blocks of sentences
//! outside links, as in Readability (Mozilla) and in Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using
//! Shallow Text Features" (WSDM 2010). The content is the smallest element that holds most of the prose, with what is
//! around it and like it, and without boxes and lists of links in it. Each step visits each block and element a fixed
//! number of times.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::extract::DraftBlock;
use super::hint::Furniture;
use super::region::Region;
use crate::block::BlockKind;
use crate::document::Warning;

/// Share of the prose, in percent, that an element must hold for its siblings not to count.
const MOST_OF_PROSE: u64 = 75;
/// Letters of prose that make an article.
const ARTICLE: u64 = 250;
/// Letters of prose in several paragraphs that are no teaser.
const PARAGRAPHS: u64 = 150;
/// Letters; shorter blocks are prose only in numbers.
const SHORT: usize = 60;
/// Letters; shorter blocks are never prose.
const SHORTEST: usize = 20;
/// Letters of a title.
const SHORTEST_TITLE: usize = 8;
/// Elements around the text in which paragraphs with some links belong to it.
const NEAR: usize = 2;
/// Blocks between the title and the text.
const HEAD: usize = 15;

/// The result for a page.
pub(super) struct Selection {
    /// For each block, true if it is content.
    pub(super) content: Vec<bool>,
    /// Letters of prose in the content.
    pub(super) prose: u64,
    /// True if names of classes were not believed, since they would have left no article.
    doubted: bool,
}

impl Selection {
    /// A warning if the content was chosen against what the page says of its parts.
    pub(super) fn warning(&self) -> Option<Warning> {
        self.doubted.then(|| {
            Warning::new(
                "page-parts-doubted",
                "by their names, the parts of this page hold no article; what reads like one was kept, and menus or \
                 comments may be among it",
            )
        })
    }
}

/// Sums over the blocks in an element and below.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// Letters of prose.
    prose: u64,
    /// Blocks of prose.
    sentences: u64,
    letters: u64,
    linked: u64,
    blocks: u64,
    /// Blocks in cells of tables.
    cells: u64,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.prose += other.prose;
        self.sentences += other.sentences;
        self.letters += other.letters;
        self.linked += other.linked;
        self.blocks += other.blocks;
        self.cells += other.cells;
    }

    /// True for running text with few links.
    fn is_prose(self) -> bool {
        self.prose * 2 > self.letters && self.linked * 4 < self.letters
    }
}

/// True for a heading of the page that is longer than the names of most sites.
fn is_title(draft: &DraftBlock) -> bool {
    matches!(draft.kind, BlockKind::Heading { level: 1 }) && draft.letters >= SHORTEST_TITLE
}

/// What a region has of an article.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// The heading of the page.
    title: bool,
    /// Letters of prose in what declares to be an article or its text.
    body: u64,
}

/// True if the text ends as a sentence does.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '”' | '"' | '’' | '\'' | '»' | ')' | ']' | '“')
    });
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '؟', '।'])
}

/// True for what stands between an article and the boxes below it: their headings, and short lines that are no sentence and
/// quote nobody.
fn is_tail(draft: &DraftBlock) -> bool {
    let said = |text: &str| ends_sentence(text) || text.contains(['“', '"', '«', '„']);
    match draft.kind {
        BlockKind::Heading { level } => level > 1,
        BlockKind::Paragraph => {
            draft.cell.is_none() && draft.letters < SHORT && !draft.lines.iter().any(|line| said(&line.text))
        }
        _ => false,
    }
}

/// Letters that count as prose in a block.
fn prose(draft: &DraftBlock) -> u64 {
    let told = matches!(
        draft.kind,
        BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item { .. } | BlockKind::Cell { .. }
    );
    let letters = draft.letters;
    if !told || letters < SHORTEST || draft.linked * 2 > letters {
        return 0;
    }
    let inside =
        |text: &str| [". ", "? ", "! ", ", ", "。", "，", "、"].iter().any(|stop| text.contains(stop));
    let sentence = draft.lines.iter().any(|line| ends_sentence(&line.text))
        || (letters >= SHORT && draft.lines.iter().any(|line| inside(&line.text)));
    let unlinked = (letters - draft.linked) as u64;
    match (sentence, letters >= SHORT) {
        (true, true) => unlinked,
        (true, false) => unlinked / 2,
        (false, true) => unlinked / 4,
        (false, false) => unlinked / 8,
    }
}

/// True for a block that is a link to another page and nothing else: an entry of a menu, a teaser.
fn is_link(draft: &DraftBlock) -> bool {
    draft.letters > 0
        && draft.linked == draft.letters
        && draft.cell.is_none()
        && !matches!(draft.kind, BlockKind::Note | BlockKind::Heading { level: 1 })
}

/// A page under selection.
struct Page<'p> {
    drafts: &'p [DraftBlock],
    regions: &'p [Region],
    /// Letters of prose of each block.
    prose: Vec<u64>,
}

impl Page<'_> {
    /// What each region is excluded by, with its parents: the outermost reason that `believes` accepts.
    fn exclusions(&self, believes: impl Fn(u32, Furniture) -> bool) -> Vec<Option<(u32, Furniture)>> {
        let mut exclusions: Vec<Option<(u32, Furniture)>> = Vec::with_capacity(self.regions.len());
        for (index, region) in (0_u32..).zip(self.regions) {
            let above = region.parent.and_then(|parent| exclusions[parent as usize]);
            let own = region.role.furniture.filter(|own| believes(index, *own)).map(|own| (index, own));
            exclusions.push(match region.role {
                role if role.main => None,
                role if role.article => above.filter(|(_, above)| *above != Furniture::Form).or(own),
                _ => above.or(own),
            });
        }
        exclusions
    }

    /// The evidence for an article in each region.
    fn evidence(&self, sums: &[Sums]) -> Vec<Evidence> {
        let mut evidence = vec![Evidence::default(); self.regions.len()];
        for draft in self.drafts {
            if let Some(region) = draft.region.filter(|_| is_title(draft)) {
                evidence[region as usize].title = true;
            }
        }
        for index in (0..self.regions.len()).rev() {
            let role = self.regions[index].role;
            if role.body || role.article {
                evidence[index].body = evidence[index].body.max(sums[index].prose);
            }
            let own = evidence[index];
            if let Some(parent) = self.regions[index].parent {
                let above = &mut evidence[parent as usize];
                above.title |= own.title;
                above.body = above.body.max(own.body);
            }
        }
        evidence
    }

    /// The region that declares that it holds the text of the article, if there is one such.
    fn declared(&self, sums: &[Sums], exclusions: &[Option<(u32, Furniture)>]) -> Option<u32> {
        // The outermost such region around each.
        let mut within: Vec<Option<u32>> = vec![None; self.regions.len()];
        let mut best: Option<u32> = None;
        let mut all = 0;
        for (index, region) in (0_u32..).zip(self.regions) {
            let at = index as usize;
            let above = region.parent.and_then(|parent| within[parent as usize]);
            let outermost = region.role.body && above.is_none() && exclusions[at].is_none();
            within[at] = above.or(outermost.then_some(index));
            if outermost {
                all += sums[at].prose;
                if best.is_none_or(|best| sums[best as usize].prose < sums[at].prose) {
                    best = Some(index);
                }
            }
        }
        let best = best.filter(|&best| {
            let prose = sums[best as usize].prose;
            prose > 0 && prose * 100 >= all * MOST_OF_PROSE
        })?;
        // The innermost that says the same, without losing text.
        let inner = (best..).zip(&self.regions[best as usize..]).filter(|(index, region)| {
            region.role.body && within[*index as usize] == Some(best) && exclusions[*index as usize].is_none()
        });
        let enough = sums[best as usize].prose * 90;
        inner.map(|(index, _)| index).filter(|index| sums[*index as usize].prose * 100 >= enough).last()
    }

    /// True if the heading of the page is in the first blocks of a region or close above it.
    fn is_titled(&self, region: u32) -> bool {
        let inside = |draft: &DraftBlock| {
            // Regions are in the order of the page, so that the first block in this one or below has an index from here on.
            draft.region.is_some_and(|of| of >= region)
        };
        let Some(first) = self.drafts.iter().position(inside) else { return false };
        let head = self.drafts[..self.drafts.len().min(first + 2)].iter().rev().take(HEAD);
        head.into_iter().any(|draft| matches!(draft.kind, BlockKind::Heading { level: 1 }))
    }

    /// The sums of each region over the blocks that `counts` accepts, and over the whole page.
    fn sums(&self, counts: impl Fn(usize) -> bool) -> (Vec<Sums>, Sums) {
        let mut sums = vec![Sums::default(); self.regions.len()];
        let mut page = Sums::default();
        for (index, draft) in self.drafts.iter().enumerate().filter(|(index, _)| counts(*index)) {
            let own = Sums {
                prose: self.prose[index],
                sentences: u64::from(self.prose[index] > 0),
                letters: draft.letters as u64,
                linked: draft.linked as u64,
                blocks: 1,
                cells: u64::from(draft.cell.is_some()),
            };
            match draft.region {
                Some(region) => sums[region as usize].add(own),
                None => page.add(own),
            }
        }
        for index in (0..self.regions.len()).rev() {
            let own = sums[index];
            match self.regions[index].parent {
                Some(parent) => sums[parent as usize].add(own),
                None => page.add(own),
            }
        }
        (sums, page)
    }
}

/// The way from the outermost region to the one that holds the text.
struct TextPath {
    /// The place of each region on the way, from one on; 0 for the others.
    rank: Vec<usize>,
    /// The last region of the way; `None` if the prose is spread over the page.
    end: Option<u32>,
    length: usize,
    /// The place from which on what is beside the way may belong to the text.
    open_from: usize,
}

impl TextPath {
    /// True if what is beside the way at this place may belong to the text.
    fn is_open_at(&self, rank: usize) -> bool {
        rank >= self.open_from
    }
}

/// Selects the content of a page. `article`: the page says that it is an article in the press.
pub(super) fn select(drafts: &[DraftBlock], regions: &[Region], article: bool) -> Selection {
    let page = Page::new(drafts, regions);
    let (exclusions, mut doubted) = page.believed();
    let included = page.included(&exclusions);
    let (sums, whole) = page.sums(|index| included[index]);
    let path = page.text_path(&sums, whole, &exclusions, article);
    let mut content = page.around(&path, &sums, &included);
    page.add_title(&mut content, &included);
    if article {
        page.drop_tail(&mut content);
    }
    for (index, draft) in drafts.iter().enumerate() {
        content[index] |= draft.kind == BlockKind::Note && included[index];
    }
    // Nothing is left: all that is shown, except links.
    if !content.contains(&true) {
        doubted = true;
        content = drafts.iter().map(|draft| !is_link(draft)).collect();
    }
    if !content.contains(&true) {
        content = vec![true; drafts.len()];
    }
    page.selection(content, doubted)
}

/// Selects the content of HTML that is part of a document: all but what its names exclude.
#[cfg(any(feature = "epub", feature = "markdown"))]
pub(super) fn select_from_part(drafts: &[DraftBlock], regions: &[Region]) -> Selection {
    let page = Page::new(drafts, regions);
    let (exclusions, doubted) = page.believed();
    let mut content = page.included(&exclusions);
    for (content, draft) in content.iter_mut().zip(drafts) {
        *content &= !is_link(draft);
    }
    if !content.contains(&true) {
        let landmark = |draft| excluded_by(&exclusions, draft) == Some(Furniture::Landmark);
        content = drafts.iter().map(|draft| !landmark(draft)).collect();
    }
    page.selection(content, doubted)
}

impl<'p> Page<'p> {
    fn new(drafts: &'p [DraftBlock], regions: &'p [Region]) -> Self {
        Self { drafts, regions, prose: drafts.iter().map(prose).collect() }
    }

    fn selection(&self, content: Vec<bool>, doubted: bool) -> Selection {
        let prose = content.iter().zip(&self.prose).filter(|(content, _)| **content).map(|(_, prose)| prose);
        Selection { prose: prose.sum(), content, doubted }
    }

    /// For each block, true if no name excludes it.
    fn included(&self, exclusions: &[Option<(u32, Furniture)>]) -> Vec<bool> {
        self.drafts.iter().map(|draft| excluded_by(exclusions, draft).is_none()).collect()
    }

    /// What each region is excluded by, and whether that went against names that exclude most of the page.
    ///
    /// A name is not believed on what looks like the article: most of the prose of the page, a part of it with the title, or
    /// what declares to be an article. Nor is it believed anywhere if it would take more prose than it leaves.
    fn believed(&self) -> (Vec<Option<(u32, Furniture)>>, bool) {
        let (sums, whole) = self.sums(|_| true);
        let evidence = self.evidence(&sums);
        let named = self.exclusions(|_, furniture| furniture == Furniture::Comments);
        let comments = self.drafts.iter().zip(&self.prose);
        let comments = comments.filter(|(draft, _)| excluded_by(&named, draft).is_some());
        let others = whole.prose.saturating_sub(comments.map(|(_, prose)| prose).sum());
        let is_believed = |index: u32, furniture: Furniture| {
            let (sums, evidence) = (sums[index as usize], evidence[index as usize]);
            let most = sums.prose * 100 > others * 60;
            let titled = evidence.title && sums.prose >= ARTICLE;
            let article = sums.prose >= ARTICLE && (titled || most || evidence.body >= ARTICLE);
            !match furniture {
                Furniture::Comments => evidence.title && evidence.body >= ARTICLE && most,
                Furniture::Landmark => titled && most,
                Furniture::Form => most || evidence.body >= ARTICLE || sums.letters * 2 > whole.letters,
                Furniture::Box(_) => article,
                Furniture::Layout(_) => {
                    let line = self.regions[index as usize].role.line;
                    let paragraphs = (sums.sentences >= 2 && sums.prose >= PARAGRAPHS) || line;
                    article || (sums.is_prose() && paragraphs)
                }
            }
        };
        let exclusions = self.exclusions(is_believed);
        let mut kept = 0;
        let mut taken: BTreeMap<Furniture, u64> = BTreeMap::new();
        for (draft, prose) in self.drafts.iter().zip(&self.prose) {
            match excluded_by(&exclusions, draft) {
                Some(furniture) => *taken.entry(furniture).or_default() += prose,
                None => kept += prose,
            }
        }
        let mut by_prose: Vec<(Furniture, u64)> = taken.into_iter().collect();
        by_prose.sort_by_key(|(furniture, prose)| (Reverse(*prose), *furniture));
        let mut doubted: Vec<Furniture> = Vec::new();
        for (furniture, prose) in by_prose {
            let article_left =
                kept >= ARTICLE && !matches!(furniture, Furniture::Form | Furniture::Layout(_));
            if prose > kept && !article_left {
                doubted.push(furniture);
                kept += prose;
            }
        }
        if doubted.is_empty() {
            return (exclusions, false);
        }
        let doubts = |index, furniture| !doubted.contains(&furniture) && is_believed(index, furniture);
        (self.exclusions(doubts), true)
    }

    /// The way to the smallest region that holds most of the prose, or to the one that declares that it holds the text.
    fn text_path(
        &self,
        sums: &[Sums],
        whole: Sums,
        exclusions: &[Option<(u32, Furniture)>],
        article: bool,
    ) -> TextPath {
        let declared = self.declared(sums, exclusions).filter(|&body| {
            let prose = sums[body as usize].prose;
            let share = |parts: u64| prose * parts >= whole.prose;
            let short = prose >= SHORT as u64 && prose < ARTICLE;
            share(2) || ((share(4) || short) && self.is_titled(body))
        });
        // Some sites call all of the page but its article the main part.
        let evidence = self.evidence(sums);
        let titles = self.drafts.iter().any(is_title);
        let main = self.main(sums).filter(|&main| {
            let own = sums[main as usize];
            let titled = evidence[main as usize].title || !titles;
            own.letters * 2 >= whole.letters && (titled || own.prose * 100 >= whole.prose * MOST_OF_PROSE)
        });
        let start = declared.or(main);
        let mut path: Vec<u32> =
            std::iter::successors(start, |region| self.regions[*region as usize].parent).collect();
        path.reverse();
        let open_from = match (declared, main) {
            (Some(_), _) => usize::MAX,
            (None, Some(_)) => path.len(),
            (None, None) => 0,
        };
        let mut heaviest: Vec<Option<u32>> = vec![None; self.regions.len()];
        let mut outermost = None;
        for (index, region) in (0_u32..).zip(self.regions) {
            let heaviest = match region.parent {
                Some(parent) => &mut heaviest[parent as usize],
                None => &mut outermost,
            };
            if heaviest.is_none_or(|heaviest| sums[heaviest as usize].prose < sums[index as usize].prose) {
                *heaviest = Some(index);
            }
        }
        let is_report = |region: u32| {
            !article
                && self.regions[region as usize].role.main
                && !self.holds_article(region, sums[region as usize].prose, sums)
        };
        let mut around = start.map_or(whole.prose, |start| sums[start as usize].prose);
        let mut next = match start {
            _ if declared.is_some() => None,
            Some(main) => heaviest[main as usize].filter(|_| !is_report(main)),
            None => outermost,
        };
        while let Some(region) = next {
            let prose = sums[region as usize].prose;
            let role = self.regions[region as usize].role;
            if prose < ARTICLE || prose * 100 < around * MOST_OF_PROSE || role.line {
                break;
            }
            path.push(region);
            around = prose;
            next = heaviest[region as usize];
        }
        let mut rank = vec![0; self.regions.len()];
        for (index, region) in path.iter().enumerate() {
            rank[*region as usize] = index + 1;
        }
        TextPath { rank, end: path.last().copied(), length: path.len(), open_from }
    }

    /// The `main` with most of the text.
    fn main(&self, sums: &[Sums]) -> Option<u32> {
        let all = (0_u32..).zip(self.regions).filter(|(_, region)| region.role.main);
        all.map(|(index, _)| index).max_by_key(|index| (sums[*index as usize].letters, Reverse(*index)))
    }

    /// True if most of the prose of a region is in an `article` in it or around it.
    fn holds_article(&self, region: u32, prose: u64, sums: &[Sums]) -> bool {
        let mut above = std::iter::successors(Some(region), |region| self.regions[*region as usize].parent);
        above.any(|region| self.regions[region as usize].role.article)
            || (region..).zip(&self.regions[region as usize..]).any(|(index, inner)| {
                (inner.role.article || inner.role.body) && sums[index as usize].prose * 2 > prose
            })
    }

    /// For each block, true if it is in the text or beside it and like it, and in no list of links.
    fn around(&self, path: &TextPath, sums: &[Sums], included: &[bool]) -> Vec<bool> {
        let mut inside: Vec<bool> = Vec::with_capacity(self.regions.len());
        let mut pruned: Vec<bool> = Vec::with_capacity(self.regions.len());
        for (index, region) in (0_u32..).zip(self.regions) {
            let own = sums[index as usize];
            let parent = region.parent.map(|parent| parent as usize);
            let on_path = path.rank[index as usize] > 0;
            let beside = parent.is_some_and(|parent| {
                let near = path.length - path.rank[parent] <= NEAR;
                let alike = match near {
                    true => own.linked * 3 < own.letters,
                    false => own.prose >= 80 && own.linked * 10 < own.letters,
                };
                // The tables of a report have no sentences.
                let told = own.is_prose() || (near && own.cells * 2 > own.blocks);
                path.is_open_at(path.rank[parent]) && path.rank[parent] > 0 && told && alike
            });
            let within = parent.map_or(path.end.is_none(), |parent| inside[parent]);
            inside.push(path.end == Some(index) || (!on_path && (within || beside)));
            let list = own.linked * 2 > own.letters && own.blocks > 1 && !region.role.line;
            pruned.push(!on_path && (list || parent.is_some_and(|parent| pruned[parent])));
        }
        let is_content = |(index, draft): (usize, &DraftBlock)| {
            let told = |rank: usize| self.prose[index] > 0 && path.is_open_at(rank);
            included[index]
                && !is_link(draft)
                && match draft.region.map(|region| region as usize) {
                    Some(region) => {
                        let rank = path.rank[region];
                        !pruned[region] && (inside[region] || (rank > 0 && told(rank)))
                    }
                    None => path.end.is_none() || told(0),
                }
        };
        self.drafts.iter().enumerate().map(is_content).collect()
    }

    /// Leaves out what comes behind the last sentence of an article.
    fn drop_tail(&self, content: &mut [bool]) {
        let Some(last) = (0..content.len()).rev().find(|at| content[*at] && !is_tail(&self.drafts[*at]))
        else {
            return;
        };
        content[last + 1..].fill(false);
    }

    /// Adds the title above the text, and what is between them.
    fn add_title(&self, content: &mut [bool], included: &[bool]) {
        let Some(first) = content.iter().position(|content| *content) else { return };
        let is_title = |index: &usize| {
            included[*index] && matches!(self.drafts[*index].kind, BlockKind::Heading { level: 1 })
        };
        let Some(title) = (0..first).rev().find(is_title) else { return };
        content[title] = true;
        if first - title <= HEAD {
            for index in title..first {
                content[index] = included[index] && !is_link(&self.drafts[index]);
            }
        }
    }
}

/// What excludes a block.
fn excluded_by(exclusions: &[Option<(u32, Furniture)>], draft: &DraftBlock) -> Option<Furniture> {
    draft.region.and_then(|region| exclusions[region as usize]).map(|(_, furniture)| furniture)
}

#[cfg(test)]
mod tests;
