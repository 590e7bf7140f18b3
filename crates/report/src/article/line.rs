//! What a line of a page of the press is, by its form and its opening words.

use crate::judgement::grade_at_end;
use crate::metadata::dates;
use crate::unit::Unit;
use crate::{Date, MONTHS};

/// The form of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) words: usize,
    /// It ends as a sentence does.
    pub(super) ends: bool,
    /// It ends in a colon: what it announces follows.
    announces: bool,
    quotes: bool,
    graded: bool,
}

impl Line {
    pub(super) fn of(unit: &Unit) -> Self {
        let text = unit.text();
        let bare = text.trim_end_matches(['”', '’', '"', '\'', ')', ']', ' ']);
        Self {
            words: text.split_whitespace().count(),
            ends: bare.ends_with(['.', '?', '!', '…']),
            announces: bare.ends_with(':'),
            quotes: has_quotation(text),
            graded: grade_at_end(text).is_some(),
        }
    }

    /// Running text: a sentence, what announces one, or too long for anything else.
    pub(super) fn is_prose(self) -> bool {
        (self.ends && self.words >= 5) || (self.announces && self.words >= 3) || self.words >= 30
    }

    /// The first such line ends the head of an article. Titles may ask or cry out, and are seldom so long.
    pub(super) fn begins_text(self) -> bool {
        (self.ends && self.words >= 10) || self.words >= 30
    }

    /// Short and no sentence: a link, a name, a line of a menu.
    pub(super) fn is_short(self) -> bool {
        !self.is_prose() && !self.ends && !self.quotes && self.words < 14 && !self.graded
    }

    /// As [`is_short`](Self::is_short), and shorter still.
    pub(super) fn is_menu_like(self) -> bool {
        self.is_short() && self.words <= 10
    }
}

/// True if something in the text stands in quotation marks.
pub(super) fn has_quotation(text: &str) -> bool {
    let opens = |at: usize| text[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
    text.contains('“') || text.match_indices(['‘', '"', '\'']).any(|(at, _)| opens(at))
}

/// Openings of lines that are no part of any article, in lower case.
const OPENINGS: [&str; 58] = [
    "accept all",
    "advertisement",
    "advertise with",
    "all rights reserved",
    "back to top",
    "comments (",
    "contact our news",
    "cookies on",
    "copyright",
    "do you have a story",
    "download our app",
    "download the app",
    "email newsdesk",
    "enjoyed this",
    "find out more:",
    "follow us",
    "follow the ",
    "for more stories",
    "for the latest",
    "get in touch",
    "get the latest",
    "get all the latest",
    "got a story",
    "have you got a story",
    "join our",
    "join the conversation",
    "leave a comment",
    "like us on",
    "listen:",
    "listen to our",
    "more from",
    "more like this",
    "more on this",
    "more stories",
    "most popular",
    "most read",
    "privacy notice",
    "read also",
    "read more",
    "read next",
    "see also",
    "share on",
    "share this",
    "show comments",
    "sign in",
    "sign up",
    "skip to",
    "subscribe",
    "support local journalism",
    "support our journalism",
    "tags:",
    "this site uses cookies",
    "to read the full",
    "topics:",
    "view comments",
    "watch:",
    "we use cookies",
    "you may also like",
];

/// Words that make a line of buttons or a menu, in lower case.
const BUTTONS: [&str; 26] = [
    "home",
    "news",
    "sport",
    "sports",
    "menu",
    "search",
    "share",
    "save",
    "print",
    "tweet",
    "email",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "x",
    "copy link",
    "comment",
    "comments",
    "log in",
    "register",
    "what's on",
    "what’s on",
    "jobs",
    "manage",
    "close",
];

/// True if a line is a button, a menu, a notice of the site, or the way to another page.
pub(super) fn is_furniture(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let words = lower.split_whitespace().count();
    let opens = words <= 40 && OPENINGS.iter().any(|opening| lower.starts_with(opening));
    let buttons = lower.split(['·', '|', '•', '/', ',']).all(|part| BUTTONS.contains(&part.trim()));
    let bars = [" | ", " › ", " » ", " > "].iter().any(|bar| lower.contains(bar));
    let menu = bars && words <= 16 && !lower.ends_with(['.', '”', '"', '’']);
    let address =
        words <= 2 && (lower.starts_with('@') || lower.starts_with("http") || lower.starts_with("www."));
    let link = words <= 16 && lower.contains("click here");
    opens || buttons || menu || address || link || lower.starts_with('©')
}

/// True if the line opens a box with lines of its own: related pages, an advert.
pub(super) fn is_boxed(text: &str) -> bool {
    let lower = text.trim().trim_end_matches(':').to_lowercase();
    let known = [
        "advert",
        "advertisement",
        "related",
        "related articles",
        "related content",
        "related stories",
        "related topics",
        "recommended",
        "sponsored",
        "promoted",
        "trending",
        "in this article",
        "sign up",
    ];
    known.contains(&lower.as_str())
}

/// True if the article may be over here: nothing but boxes is wont to follow.
pub(super) fn is_end(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let openings = [
        "back to top",
        "comments (",
        "join the conversation",
        "more from",
        "more like this",
        "more stories",
        "most popular",
        "most read",
        "partner content",
        "read next",
        "show comments",
        "sponsored content",
        "tags:",
        "topics:",
        "view comments",
        "you may also like",
    ];
    openings.iter().any(|opening| lower.starts_with(opening))
        || (is_boxed(text) && !lower.starts_with("advert"))
}

/// True for the caption of a picture: it names its picture's source.
pub(super) fn is_caption(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let inner = lower.trim_start_matches(['[', '(']);
    let sources =
        ["photo:", "photograph:", "picture:", "pictures:", "pictured:", "image:", "credit:", "video:"];
    let opens = sources.iter().any(|source| inner.starts_with(source))
        || ((lower.starts_with('[') || lower.starts_with('('))
            && ["photo", "picture", "image"].iter().any(|word| inner.starts_with(word))
            && lower.ends_with([']', ')']));
    let behind = sources
        .iter()
        .filter_map(|source| lower.rfind(&format!(" {source}")).map(|at| at + source.len() + 1));
    opens || behind.max().is_some_and(|at| lower[at..].split_whitespace().count() <= 6)
}

/// Who wrote an article, as a line of its head says.
pub(super) struct Byline {
    pub(super) name: String,
    /// True if the line says so in a word; false for a bare name.
    pub(super) sure: bool,
}

/// The byline that a line is: `By Ann May, reporter`, `Words: Ann May`, `Ann May 3 June 2024`.
pub(super) fn byline(text: &str) -> Option<Byline> {
    let text = text.trim();
    let openings = [
        "by ",
        "by: ",
        "words: ",
        "words by ",
        "written by ",
        "report by ",
        "reporter: ",
        "author: ",
        "exclusive by ",
    ];
    let opening = openings
        .iter()
        .find(|opening| text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)));
    let rest = &text[opening.map_or(0, |opening| opening.len())..];
    let end = rest
        .find(|letter: char| letter.is_ascii_digit() || matches!(letter, '|' | '·' | '•' | '@' | '–' | '/'));
    let mut words: Vec<&str> = rest[..end.unwrap_or(rest.len())].split_whitespace().collect();
    while words.last().is_some_and(|word| is_date_word(word)) {
        words.pop();
    }
    let name = words.join(" ");
    let name = name.trim_end_matches([',', '-', ':', ' ']);
    let names = name.split(',').next().unwrap_or_default();
    let named = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter))
    };
    let parts: Vec<&str> = names.split_whitespace().collect();
    let all_named = parts.iter().all(|word| named(word) || matches!(*word, "and" | "de" | "van" | "von"));
    let shouted = names.chars().all(|letter| !letter.is_lowercase());
    let sure = opening.is_some();
    let fits = all_named
        && !is_date_word(names)
        && if sure { (1..=8).contains(&parts.len()) } else { (2..=4).contains(&parts.len()) && !shouted };
    (fits && words.len() <= 12 && !rest.ends_with('.')).then(|| Byline { name: name.to_owned(), sure })
}

/// A day of the week, a month, or what stands before a date.
fn is_date_word(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let others = ["published", "updated", "on", "posted", "date", ""];
    days.contains(&word.as_str())
        || others.contains(&word.as_str())
        || MONTHS.iter().any(|month| month.eq_ignore_ascii_case(&word))
}

/// The date that a line prints, in words or as `28/11/2020`.
pub(super) fn printed_date(text: &str) -> Option<Date> {
    let in_digits = text.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        let mut parts = word.split(['/', '.']);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        // The British order; years in two digits are not guessed.
        (year.len() == 4).then_some(())?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    });
    in_digits.or_else(|| dates::first_date(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_told_from_prose_and_places() {
        let named = |text| byline(text).map(|byline| (byline.name, byline.sure));
        for (text, name, sure) in [
            ("By Ann Maybury", "Ann Maybury", true),
            ("BY Ann Maybury, health reporter | 3 June 2024", "Ann Maybury, health reporter", true),
            ("Words: Ann O’Hara-May", "Ann O’Hara-May", true),
            ("By Ann Maybury and Joe de Vries", "Ann Maybury and Joe de Vries", true),
            ("Ann Maybury Monday 3 June 2024", "Ann Maybury", false),
        ] {
            assert_eq!(named(text), Some((name.to_owned(), sure)), "{text}");
        }
        for text in
            ["By the end of the year", "By Friday", "WESTMERE BUGLE", "Westmere", "Monday 3 June", "By him."]
        {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_in_words_and_digits() {
        for text in
            ["Published: 3/06/2024 07:15", "Monday, 3rd June 2024", "03.06.2024", "3 June 2024 · 3 min read"]
        {
            assert_eq!(
                printed_date(text).map(|date| date.to_string()).as_deref(),
                Some("2024-06-03"),
                "{text}"
            );
        }
        assert_eq!(printed_date("paragraphs 45/46"), None);
    }

    #[test]
    fn boxes_are_known_by_their_words_and_prose_is_not() {
        for text in [
            "Share · Save · Print",
            "News | Sport | Jobs",
            "Bugle › News › Council",
            "SIGN UP for our newsletter. You can leave at any time.",
            "Read more: A cat is found",
            "@annmaybury",
            "© Westmere Bugle 2024",
            "To see it all, click here.",
        ] {
            assert!(is_furniture(text), "{text}");
        }
        for text in [
            "Share prices of the council’s contractors fell.",
            "Children share rooms in the home, and they print their names on the doors.",
            "Home visits are late.",
        ] {
            assert!(!is_furniture(text) && !is_end(text) && !is_caption(text), "{text}");
        }
        assert!(is_caption("[Photo: the town hall]") && is_caption("The hall. Picture: Bugle archive"));
        assert!(!is_caption(
            "The picture: every child waits, and nobody knows for how long they have waited."
        ));
        assert!(is_end("Comments (47)") && is_boxed("Advertisement") && !is_end("Advertisement"));
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert!(!has_quotation("the council's children’s services"));
        assert!(has_quotation("a ‘safer’ place") && has_quotation("\"so\"") && has_quotation("it is 'so'"));
    }
}
