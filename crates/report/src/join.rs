//! From lines to running text.
//!
//! A page breaks text into lines; search needs it whole. A line end becomes a space, except behind a hyphen, and white
//! space collapses. Every byte keeps the number of its page, so that a quotation can be cited by page.
//!
//! A hyphen at a line end is either the author's (`decision-making`) or the typesetter's (`safe-` / `guarding`). The
//! document is its own dictionary, see [`Vocabulary`]: a hyphen goes if what follows it is the ending of a word and no word
//! (`consist-` / `ently`), or if the joined word occurs inside a line and the document is one whose typesetter breaks
//! words. Grefenstette and Tapanainen, "What is a word, what is a sentence?" (1994), discuss the problem. In inspection
//! reports, most of which are not hyphenated at all, 94 of 100 such hyphens are the author's, so a doubtful one stays.

mod word_ending;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use quotable_read::Line;

use crate::join::word_ending::{is_ending, is_prefix};
use crate::pages::Pages;

/// The words of a document, and its hyphens at line ends, for telling the hyphens of compounds from those of broken
/// words.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Words inside lines, in lower case, compounds with their hyphens.
    words: HashSet<String>,
    /// The parts of compounds inside lines: `long` of `long-term`.
    parts: HashSet<String>,
    /// The words that a hyphen at a line end parts, in lower case.
    parted: Vec<(String, String)>,
    /// The word before a hyphen at the end of the last line.
    open: Option<String>,
    /// Whether the typesetter breaks words, once it was asked for.
    breaks_words: OnceCell<bool>,
}

impl Vocabulary {
    /// Adds the words of a line; lines come in reading order. Its first and last word are not taken for words: either may
    /// be half of a broken word.
    pub(crate) fn add(&mut self, line: &str) {
        self.breaks_words.take();
        // A paragraph of a whole book may be one line: its words are taken one by one.
        let mut words = line.split_whitespace();
        let (Some(first), Some(last)) = (words.next(), line.split_whitespace().next_back()) else { return };
        let (first, last) = (lower_case(first), lower_case(last));
        let goes_on = first.starts_with(char::is_alphanumeric) && !follows_suspended(&first);
        if let Some(before) = self.open.take().filter(|_| goes_on) {
            self.parted.push((before, trim_punctuation(&first).to_owned()));
        }
        let half = last.strip_suffix('-').filter(|half| half.ends_with(char::is_alphanumeric));
        self.open = half.map(|half| trim_punctuation(half).to_owned());
        words.next_back();
        for word in words {
            let word = lower_case(word);
            let word = trim_punctuation(&word);
            if self.words.contains(word) {
                continue;
            }
            if word.contains('-') {
                self.parts.extend(word.split('-').map(str::to_owned));
            }
            self.words.insert(word.to_owned());
        }
    }

    /// True if the hyphen that ends `before` is the typesetter's; `after` is the first word of the next line.
    fn is_broken_word(&self, before: &str, after: &str) -> bool {
        let before = trim_punctuation(before.trim_end_matches('-')).to_lowercase();
        let after = trim_punctuation(after).to_lowercase();
        if self.is_compound(&before, &after) {
            return false;
        }
        if follows_suspended(&after) {
            // `thous-` / `and`, but `short-` / `and long-term`.
            return self.is_word(&format!("{before}{after}")) && !self.knows(&before);
        }
        let unknown = || {
            let letters = |word: &str| word.chars().all(char::is_alphabetic);
            letters(&before) && letters(&after) && !self.knows(&before) && !self.knows(&after)
        };
        is_ending(&before, &after)
            || (self.breaks_words() && (self.is_word(&format!("{before}{after}")) || unknown()))
    }

    /// True if the typesetter of the document breaks words at line ends. Word processors do not, unless they are asked to:
    /// then every hyphen is the author's, even if the joined word occurs as well (`long-standing`, `longstanding`).
    ///
    /// A hyphen was surely the typesetter's if the joined word occurs, the compound does not, and one of its halves is no
    /// word. One such hyphen among many others is a coincidence.
    fn breaks_words(&self) -> bool {
        *self.breaks_words.get_or_init(|| {
            let broken = |(before, after): &&(String, String)| {
                let halves = is_ending(before, after) || !self.knows(before) || !self.knows(after);
                let joined = || self.is_word(&format!("{before}{after}")) || is_ending(before, after);
                halves && !self.is_compound(before, after) && joined()
            };
            let broken = self.parted.iter().filter(broken).count();
            2 * broken >= self.parted.len().max(1) || (broken >= 3 && 5 * broken >= self.parted.len())
        })
    }

    /// True if the compound of two words occurs inside a line.
    fn is_compound(&self, before: &str, after: &str) -> bool {
        self.words.contains(&format!("{before}-{after}"))
    }

    /// True if a word occurs inside a line.
    fn is_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// True for a word or a part of compounds.
    fn knows(&self, word: &str) -> bool {
        self.is_word(word) || self.parts.contains(word) || is_prefix(word)
    }
}

/// True for a word that stands behind a suspended hyphen, as in `short- and long-term`.
fn follows_suspended(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "and" | "or" | "to" | "nor" | "but" | "and/or")
}

/// A word in lower case, with plain hyphens: the no-break hyphen makes compounds too.
fn lower_case(word: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('\u{2011}', "-"))
}

/// A word without the punctuation around it.
fn trim_punctuation(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// Text built line by line, with the page of every byte.
#[derive(Debug, Clone, Default)]
pub(crate) struct PagedText {
    pub(crate) text: String,
    pub(crate) pages: Pages,
}

impl PagedText {
    /// Adds lines, cleaned by [`clean_line`].
    pub(crate) fn push_lines(&mut self, lines: &[Line], vocabulary: &Vocabulary) {
        for line in lines {
            let text = clean_line(line);
            self.push(&text, line.page, vocabulary);
        }
    }

    /// Adds the cleaned text of one line: behind a space, or directly behind a hyphen.
    pub(crate) fn push(&mut self, line: &str, page: Option<u32>, vocabulary: &Vocabulary) {
        if line.is_empty() {
            return;
        }
        // Text without any space may be long: looking back for the start of its last word must not cost its length at
        // every line.
        let tail = &self.text[self.text.floor_char_boundary(self.text.len().saturating_sub(LONGEST_WORD))..];
        let last = tail.rsplit_once(' ').map_or(tail, |(_, last)| last);
        let first = line.split_once(' ').map_or(line, |(first, _)| first);
        // A hyphen between letters or digits; a dash between spaces (`plans –`) is none.
        let mut backwards = last.chars().rev();
        let hyphen = matches!(backwards.next(), Some('-'))
            && backwards.next().is_some_and(char::is_alphanumeric)
            && first.chars().next().is_some_and(char::is_alphanumeric);
        if last.ends_with(SOFT_HYPHEN) || (hyphen && vocabulary.is_broken_word(last, first)) {
            self.text.pop();
        } else if (!hyphen || follows_suspended(first)) && !self.text.is_empty() {
            self.text.push(' ');
        }
        if let Some(page) = page {
            self.pages.turn(self.text.len(), page);
        }
        self.text.push_str(line);
    }

    /// Adds text that continues this one, page by page.
    pub(crate) fn append(&mut self, other: &Self, vocabulary: &Vocabulary) {
        let mut starts: Vec<(usize, Option<u32>)> =
            other.pages.starts().map(|(start, page)| (start, Some(page))).collect();
        if starts.is_empty() {
            starts.push((0, None));
        }
        for (index, &(start, page)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(other.text.len(), |&(next, _)| next);
            self.push(other.text[start..end].trim(), page, vocabulary);
        }
    }

    /// Removes the first `bytes` bytes and the white space behind them.
    pub(crate) fn remove_prefix(&mut self, bytes: usize) {
        let rest = self.text[bytes..].trim_start();
        let removed = self.text.len() - rest.len();
        self.text = rest.to_owned();
        self.pages = self.pages.without_prefix(removed);
    }

    /// Removes spaces and soft hyphens from the end, once no line can follow.
    pub(crate) fn finish(&mut self) {
        while self.text.ends_with([SOFT_HYPHEN, ' ']) {
            self.text.pop();
        }
    }
}

/// Bytes looked back for the start of the last word.
const LONGEST_WORD: usize = 256;
/// U+00AD: invisible, except where a line breaks at it.
const SOFT_HYPHEN: char = '\u{AD}';

/// The text of a line as it is stored: single spaces, plain hyphens, no control or zero-width characters, no footnote
/// marks. A soft hyphen remains at the end alone, for [`PagedText::push`] to join the word.
pub(crate) fn clean_line(line: &Line) -> String {
    if line.raised.is_empty() && is_clean(&line.text) {
        return line.text.clone();
    }
    let mut text = String::with_capacity(line.text.len());
    let mut marks =
        line.raised.iter().filter(|range| is_note_mark(&line.text, range.start, range.end)).peekable();
    let mut powers =
        line.raised.iter().filter(|range| is_power(&line.text, range.start, range.end)).peekable();
    let (mut space, mut noted) = (false, false);
    for (at, letter) in line.text.char_indices() {
        while marks.peek().is_some_and(|mark| mark.end <= at) {
            marks.next();
        }
        while powers.peek().is_some_and(|power| power.end <= at) {
            powers.next();
        }
        let letter =
            if powers.peek().is_some_and(|power| power.start <= at) { raised_digit(letter) } else { letter };
        if marks.peek().is_some_and(|mark| mark.start <= at) {
            noted = true;
            continue;
        }
        let letter = match letter {
            // The typographer's hyphens differ from the plain one in layout alone; searchers type the plain one.
            '\u{2010}' | '\u{2011}' => '-',
            '\u{200B}' | '\u{FEFF}' | '\u{2060}' => continue,
            other => other,
        };
        if letter.is_whitespace() || letter.is_control() {
            space = true;
            continue;
        }
        // A word behind a mark is not the end of the word before it (`order⁴placed`).
        let parted = noted && letter.is_alphabetic() && text.ends_with(char::is_alphanumeric);
        if (space || parted) && !text.is_empty() {
            text.push(' ');
        }
        (space, noted) = (false, false);
        // A soft hyphen inside a line did not break the word.
        if text.ends_with(SOFT_HYPHEN) {
            text.pop();
        }
        text.push(letter);
    }
    text
}

/// True if nothing of a line without raised text needs to be cleaned: it is printable ASCII with single spaces inside. Most lines
/// are, and to take them letter by letter took a fortieth of the time to read a folder of PDFs.
fn is_clean(text: &str) -> bool {
    let is_printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let has_room = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    is_printable && !has_room
}

/// True if the raised bytes `start..end` of `text` are a footnote mark, not part of a word (`21st`).
///
/// Raised digits are marks even behind other digits (`in 2013¹`), save for powers of units and of ten.
fn is_note_mark(text: &str, start: usize, end: usize) -> bool {
    if is_power(text, start, end) {
        return false;
    }
    // Ranges come from readers, also from an embedder's own: one that does not fit the text is no mark.
    let Some(raised) = text.get(start..end) else { return false };
    !raised.is_empty()
        && raised.chars().all(|letter| letter.is_ascii_digit() || "*†‡§,¹²³⁴⁵⁶⁷⁸⁹⁰ ".contains(letter))
}

/// True if the raised bytes `start..end` of `text` are a power: of a unit of length (`10 m²`, `per km²`), or of ten
/// (`3 × 10⁶`). Behind an amount of money, `m` is a million, and a digit behind it is the mark of a note.
fn is_power(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(raised)) = (text.get(..start), text.get(start..end)) else { return false };
    if !raised.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let base = before.rsplit(|letter: char| letter.is_whitespace() || matches!(letter, '(' | '/')).next();
    let base = base.unwrap_or_default();
    let unit = base.trim_start_matches(|letter: char| {
        letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '–')
    });
    if matches!(raised, "2" | "3") && UNITS.contains(&unit) {
        let front = before[..before.len() - unit.len()].trim_end();
        let amount = front.ends_with(|letter: char| letter.is_ascii_digit() || matches!(letter, '/' | '('));
        let amount = amount || front.ends_with(" per") || front.ends_with(" a") || front.ends_with(" of");
        let money =
            front.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains(['£', '$', '€']));
        return amount && !money;
    }
    base == "10"
        && matches!(
            before[..before.len() - base.len()].trim_end().chars().last(),
            Some('×' | 'x' | '*' | '·')
        )
}

/// Units of length, whose powers are areas and volumes.
const UNITS: [&str; 12] = ["m", "km", "cm", "mm", "dm", "ft", "in", "yd", "mi", "metres", "feet", "miles"];

/// The superscript form of a digit.
fn raised_digit(letter: char) -> char {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    letter.to_digit(10).and_then(|digit| digits.get(digit as usize)).copied().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins `lines` with the vocabulary of these lines and of `known`.
    fn join(lines: &[&str], known: &str) -> String {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(known);
        lines.iter().for_each(|line| vocabulary.add(line));
        let lines: Vec<Line> = lines.iter().map(|line| Line::plain(*line)).collect();
        let mut joined = PagedText::default();
        joined.push_lines(&lines, &vocabulary);
        joined.finish();
        joined.text
    }

    #[test]
    fn line_ends_become_spaces_and_hyphens_stay() {
        assert_eq!(join(&["their decision-", "making is", "slow"], ""), "their decision-making is slow");
        assert_eq!(join(&["plans –", "all of them"], ""), "plans – all of them");
    }

    #[test]
    fn a_suspended_hyphen_keeps_its_space() {
        assert_eq!(join(&["for short-", "and long-term care"], ""), "for short- and long-term care");
        assert_eq!(join(&["two-", "or three-year plans"], ""), "two- or three-year plans");
        assert_eq!(join(&["a cat-", "and-mouse game"], ""), "a cat-and-mouse game");
    }

    #[test]
    fn a_broken_word_loses_its_hyphen() {
        assert_eq!(
            join(&["the safe-", "guarding board"], "of safeguarding work done"),
            "the safeguarding board"
        );
        assert_eq!(join(&["on well-", "being"], "of wellbeing and well-being now"), "on well-being");
        assert_eq!(join(&["un\u{AD}", "allocated"], ""), "unallocated");
    }

    #[test]
    fn an_ending_is_never_part_of_a_compound() {
        assert_eq!(join(&["were consist-", "ently heard"], ""), "were consistently heard");
        assert_eq!(join(&["a chil-", "dren’s home"], ""), "a children’s home");
        assert_eq!(join(&["the well-", "being of all"], ""), "the well-being of all");
        assert_eq!(join(&["in 2015-", "16 and later"], ""), "in 2015-16 and later");
    }

    #[test]
    fn a_document_that_is_not_hyphenated_keeps_its_hyphens() {
        let lines = [
            "herons are fit and free-",
            "living all year in hot-",
            "spots of a river-",
            "side and of a wet-",
        ];
        let lines: Vec<&str> = lines.into_iter().chain(["land which a rain-", "storm has made"]).collect();
        let known = "of the free and living, of hotspots on a river side, of wet land, rain and storm there";
        let text = "herons are fit and free-living all year in hot-spots of a river-side and of a wet-land which a \
                    rain-storm has made";
        assert_eq!(join(&lines, known), text);
    }

    #[test]
    fn a_document_that_is_hyphenated_loses_them_save_in_its_compounds() {
        let lines =
            ["the her-", "ons of the riv-", "er are well-", "known to all war-", "dens but not to the coun-"];
        let lines: Vec<&str> = lines.into_iter().chain(["cillor there"]).collect();
        let known = "of herons by a river and wardens who are well known and so on";
        let text = "the herons of the river are well-known to all wardens but not to the councillor there";
        assert_eq!(join(&lines, known), text);
    }

    #[test]
    fn no_break_hyphens_make_compounds() {
        let known = "of co\u{2011}workers and coworkers there";
        assert_eq!(join(&["their co-", "workers went"], known), "their co-workers went");
    }

    #[test]
    fn footnote_marks_are_removed_and_ordinals_kept() {
        let mut line = Line::plain("the Board1 met on 21st May.2");
        line.raised = vec![9..10, 20..22, 27..28];
        assert_eq!(clean_line(&line), "the Board met on 21st May.");
    }

    #[test]
    fn a_footnote_mark_without_a_space_behind_it_parts_words() {
        let mut line = Line::plain("the weir4and the 1st6, 2nd lock7-keeper");
        line.raised = vec![8..9, 18..20, 20..21, 24..26, 31..32];
        assert_eq!(clean_line(&line), "the weir and the 1st, 2nd lock-keeper");
    }

    #[test]
    fn powers_of_units_are_no_footnote_marks() {
        for (text, cleaned) in [
            ("a room of 10 m^2 for", "a room of 10 m² for"),
            ("12.5km^2, wet", "12.5km², wet"),
            ("6 herons per km^2.", "6 herons per km²."),
            ("(in kg/m^3)", "(in kg/m³)"),
            ("some 3 x 10^6 eggs", "some 3 x 10⁶ eggs"),
            ("cost £5 m^2 then", "cost £5 m then"),
            ("in 2010^2 and", "in 2010 and"),
            ("what they came in^2 and", "what they came in and"),
            ("the marsh^3", "the marsh"),
            ("of 10 m^4", "of 10 m"),
        ] {
            let at = text.find('^').unwrap();
            let mut line = Line::plain(text.replace('^', ""));
            line.raised.push(at..at + 1);
            assert_eq!(clean_line(&line), cleaned);
        }
    }

    #[test]
    fn pages_follow_the_text_through_append_and_remove_prefix() {
        let vocabulary = Vocabulary::default();
        let mut text = PagedText::default();
        text.push("12. Homes are", Some(3), &vocabulary);
        let mut rest = PagedText::default();
        rest.push("warm and dry.", Some(4), &vocabulary);
        text.append(&rest, &vocabulary);
        text.remove_prefix(3);
        assert_eq!(text.text, "Homes are warm and dry.");
        assert_eq!((text.pages.at(0), text.pages.at(10)), (Some(3), Some(4)));
    }
}
