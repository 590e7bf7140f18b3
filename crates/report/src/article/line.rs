//! Classifies the lines of a page of the press by their form and their opening words.

use quotable_profile::Profiles;

use crate::date::{Date, MONTHS};
use crate::element::Element;
use crate::grade::any_trailing_grade;
use crate::printed_date::earliest_date;

/// The form of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineForm {
    /// The number of words.
    pub(super) words: usize,
    /// It ends like a sentence.
    pub(super) ends_sentence: bool,
    /// It ends in a colon.
    ends_in_colon: bool,
    has_quotation: bool,
    ends_in_grade: bool,
}

impl LineForm {
    pub(super) fn of(element: &Element) -> Self {
        let text = element.text();
        let bare = text.trim_end_matches(['”', '’', '"', '\'', ')', ']', ' ']);
        Self {
            words: text.split_whitespace().count(),
            ends_sentence: bare.ends_with(['.', '?', '!', '…']),
            ends_in_colon: bare.ends_with(':'),
            has_quotation: has_quotation(text),
            ends_in_grade: any_trailing_grade(text, Profiles::built_in().general()).is_some(),
        }
    }

    /// True for running text: a sentence, the announcement of a quotation, or a long line.
    pub(super) fn is_prose(self) -> bool {
        (self.ends_sentence && self.words >= 5) || (self.ends_in_colon && self.words >= 3) || self.words >= 30
    }

    /// True for the line that ends the head of an article. Titles may end in `?` or `!` too, but are shorter.
    pub(super) fn begins_text(self) -> bool {
        (self.ends_sentence && self.words >= 10) || self.words >= 30
    }

    /// True for a short line that is no sentence, quotation or grade: a link, a name, an entry of a menu.
    pub(super) fn is_short(self) -> bool {
        !self.is_prose()
            && !self.ends_sentence
            && !self.has_quotation
            && self.words < 14
            && !self.ends_in_grade
    }

    /// True for a line that is [short](Self::is_short) enough for a menu.
    pub(super) fn is_menu_like(self) -> bool {
        self.is_short() && self.words <= 10
    }
}

/// True if the text holds an opening quotation mark: one behind a letter is an apostrophe.
pub(super) fn has_quotation(text: &str) -> bool {
    let opens = |at: usize| text[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
    text.contains('“') || text.match_indices(['‘', '"', '\'']).any(|(at, _)| opens(at))
}

/// Openings of lines that belong to the site, in lower case.
const NAVIGATION_OPENINGS: [&str; 58] = [
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

/// Labels of buttons and menus, in lower case.
const BUTTONS: [&str; 26] = [
    "home", "news", "sport", "sports", "menu", "search", "share", "save", "print", "tweet", "email",
    "facebook", "twitter", "whatsapp", "linkedin", "x", "copy link", "comment", "comments", "log in",
    "register", "what's on", "what’s on", "jobs", "manage", "close",
];

/// True for a line of buttons, a menu, a notice of the site, or a link to another page.
pub(super) fn is_navigation(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let words = lower.split_whitespace().count();
    let opens = words <= 40 && NAVIGATION_OPENINGS.iter().any(|opening| lower.starts_with(opening));
    // `Share · Save · Print`
    let buttons = lower.split(['·', '|', '•', '/', ',']).all(|part| BUTTONS.contains(&part.trim()));
    // `News | Sport | Jobs`, `Bugle › News › Council`
    let bars = [" | ", " › ", " » ", " > "].iter().any(|bar| lower.contains(bar));
    let menu = bars && words <= 16 && !lower.ends_with(['.', '”', '"', '’']);
    let address =
        words <= 2 && (lower.starts_with('@') || lower.starts_with("http") || lower.starts_with("www."));
    let link = words <= 16 && lower.contains("click here");
    opens || buttons || menu || address || link || lower.starts_with('©')
}

/// True if the line is the heading of a box: related pages, an advert.
pub(super) fn opens_box(text: &str) -> bool {
    let lower = text.trim().trim_end_matches(':').to_lowercase();
    let known = [
        "advert", "advertisement", "related", "related articles", "related content", "related stories",
        "related topics", "recommended", "sponsored", "promoted", "trending", "in this article", "sign up",
    ];
    known.contains(&lower.as_str())
}

/// True if mostly boxes follow such a line, so that the article may end here.
pub(super) fn ends_article(text: &str) -> bool {
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
        || (opens_box(text) && !lower.starts_with("advert"))
}

/// True for the caption of a picture, known by its credit: `The hall. Picture: Bugle archive`.
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

/// The author of an article, from a line of its head.
pub(super) struct Byline {
    pub(super) name: String,
    /// True if a word marks it (`By`, `Words:`); false for a bare name.
    pub(super) marked: bool,
}

/// Parses a byline: `By Ann May, reporter`, `Words: Ann May`, `Ann May 3 June 2024`.
pub(super) fn byline(text: &str) -> Option<Byline> {
    let text = text.trim();
    let openings = [
        "by ", "by: ", "words: ", "words by ", "written by ", "report by ", "reporter: ", "author: ",
        "exclusive by ",
    ];
    let opening = openings
        .iter()
        .find(|opening| text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)));
    let rest = &text[opening.map_or(0, |opening| opening.len())..];
    // Behind the name come a date, a bar, an address.
    let end = rest
        .find(|letter: char| letter.is_ascii_digit() || matches!(letter, '|' | '·' | '•' | '@' | '–' | '/'));
    let mut words: Vec<&str> = rest[..end.unwrap_or(rest.len())].split_whitespace().collect();
    while words.last().is_some_and(|word| is_date_word(word)) {
        words.pop();
    }
    let name = words.join(" ");
    let name = name.trim_end_matches([',', '-', ':', ' ']);
    // Behind a comma comes the office: `Ann May, health reporter`.
    let names = name.split_once(',').map_or(name, |(names, _)| names);
    let named = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter))
    };
    let parts: Vec<&str> = names.split_whitespace().collect();
    let all_named = parts.iter().all(|word| named(word) || matches!(*word, "and" | "de" | "van" | "von"));
    // A bare line in capitals is a headline or the name of the paper.
    let shouted = names.chars().all(|letter| !letter.is_lowercase());
    let marked = opening.is_some();
    let fits = all_named
        && !is_date_word(names)
        && if marked { (1..=8).contains(&parts.len()) } else { (2..=4).contains(&parts.len()) && !shouted };
    (fits && words.len() <= 12 && !rest.ends_with('.')).then(|| Byline { name: name.to_owned(), marked })
}

/// True for a day of the week, a month, or a word that introduces a date.
fn is_date_word(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let others = ["published", "updated", "on", "posted", "date", ""];
    days.contains(&word.as_str())
        || others.contains(&word.as_str())
        || MONTHS.iter().any(|month| month.eq_ignore_ascii_case(&word))
}

/// The date that a line prints, in words or as `28/11/2020`, day first.
pub(super) fn printed_date(text: &str) -> Option<Date> {
    let in_digits = text.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        let mut parts = word.split(['/', '.']);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        // A year in two digits would be a guess.
        (year.len() == 4).then_some(())?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    });
    in_digits.or_else(|| earliest_date(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_told_from_prose_and_place_names() {
        let named = |text| byline(text).map(|byline| (byline.name, byline.marked));
        for (text, name, marked) in [
            ("By Ann Maybury", "Ann Maybury", true),
            ("BY Ann Maybury, health reporter | 3 June 2024", "Ann Maybury, health reporter", true),
            ("Words: Ann O’Hara-May", "Ann O’Hara-May", true),
            ("By Ann Maybury and Joe de Vries", "Ann Maybury and Joe de Vries", true),
            ("Ann Maybury Monday 3 June 2024", "Ann Maybury", false),
        ] {
            assert_eq!(named(text), Some((name.to_owned(), marked)), "{text}");
        }
        for text in
            ["By the end of the year", "By Friday", "WESTMERE BUGLE", "Westmere", "Monday 3 June", "By him."]
        {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_in_words_and_in_digits() {
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
    fn navigation_boxes_and_captions_are_told_from_prose() {
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
            assert!(is_navigation(text), "{text}");
        }
        for text in [
            "Share prices of the council’s contractors fell.",
            "Children share rooms in the home, and they print their names on the doors.",
            "Home visits are late.",
        ] {
            assert!(!is_navigation(text) && !ends_article(text) && !is_caption(text), "{text}");
        }
        assert!(is_caption("[Photo: the town hall]") && is_caption("The hall. Picture: Bugle archive"));
        assert!(!is_caption(
            "The picture: every child waits, and nobody knows for how long they have waited."
        ));
        assert!(
            ends_article("Comments (47)") && opens_box("Advertisement") && !ends_article("Advertisement")
        );
    }

    #[test]
    fn apostrophes_are_not_quotation_marks() {
        assert!(!has_quotation("the council's children’s services"));
        assert!(has_quotation("a ‘safer’ place") && has_quotation("\"so\"") && has_quotation("it is 'so'"));
    }
}
