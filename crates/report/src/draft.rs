//! Drafts a profile from reports of one series: what their first pages share, labels and their values, dates, grades,
//! headings and closing text. A person completes it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use quotable_profile::{DateOrder, FieldName, Profiles};
use quotable_read::Document;

use crate::element::{Element, ElementKind};
use crate::metadata::lines::{PrintedLine, lines};
use crate::printed_date::periods_in;
use crate::understand::elements_of;

/// Characters; longer lines are no label, heading or title.
const LONGEST_LINE: usize = 120;
/// Words of the front of a line by which titles are compared.
const PREFIX: std::ops::RangeInclusive<usize> = 2..=8;
/// Distinct values; a column with more is no column of grades.
const MOST_GRADES: usize = 8;
/// Elements from the end in which closing text is looked for.
const CLOSING: usize = 25;
/// The most lines of one kind that a draft has.
const MOST: usize = 12;

/// Drafts the TOML of a profile called `name` from reports of one series. Paths do not matter to it. The text is a valid
/// profile if the reports have anything in common.
#[must_use]
pub fn draft(name: &str, documents: &[Document]) -> String {
    let general = Profiles::built_in().general();
    let reports: Vec<Drafted<'_>> = documents
        .iter()
        .map(|document| Drafted { lines: lines(document), elements: elements_of(document, general) })
        .collect();
    let count = reports.len();
    let mut out = String::new();
    let title = name.replace('-', " ");
    let _ = writeln!(
        out,
        "# A first draft, from {count} reports. `quotable profile test FILE FOLDER` shows what it reads."
    );
    let _ = writeln!(out, "name = {}", quoted(name));
    let _ = writeln!(
        out,
        "title = {}            # the kind of inspection, as citations print it",
        quoted(&title)
    );
    let _ = writeln!(out, "inspectorate = \"\"     # who inspects");
    let _ = writeln!(out, "tried-on = {}\n", quoted(&format!("{count} reports")));
    let opening = opening(&reports);
    recognise(&mut out, &reports, opening.as_deref());
    facts(&mut out, &reports, opening.as_deref());
    judgements(&mut out, &reports);
    sections(&mut out, &reports);
    out
}

/// A report as far as a draft looks at it.
struct Drafted<'d> {
    lines: Vec<PrintedLine<'d>>,
    elements: Vec<Element>,
}

impl Drafted<'_> {
    /// The short lines of the first two pages.
    fn front(&self) -> impl Iterator<Item = &str> {
        let early = self.lines.iter().filter(|line| line.page <= 2).map(|line| line.text);
        early.filter(|text| text.chars().count() <= LONGEST_LINE)
    }
}

/// The texts that occur in the reports, each with the number of reports that have it.
fn shared<'r>(
    reports: &'r [Drafted<'r>],
    texts: impl Fn(&'r Drafted<'r>) -> Vec<String>,
) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for report in reports {
        for text in texts(report).into_iter().collect::<BTreeSet<_>>() {
            *counts.entry(text).or_default() += 1;
        }
    }
    counts
}

/// The words with which a line of nearly every report opens and then goes on differently: `Inspection of the harbour of`.
fn opening(reports: &[Drafted<'_>]) -> Option<String> {
    let prefixes = shared(reports, |report| {
        let prefixes = |line: &str| -> Vec<String> {
            let words: Vec<&str> = line.split_whitespace().collect();
            let long = PREFIX.filter(|&length| words.len() > length && line.starts_with(char::is_uppercase));
            long.map(|length| words[..length].join(" ")).collect()
        };
        report.front().filter(|line| !line.contains(':')).flat_map(prefixes).collect()
    });
    let rests = |prefix: &str| -> usize {
        let rest = |report: &Drafted<'_>| {
            report.front().find_map(|line| line.strip_prefix(prefix).map(str::to_owned))
        };
        reports.iter().filter_map(rest).collect::<BTreeSet<_>>().len()
    };
    let most = prefixes.into_iter().filter(|(_, count)| is_most(*count, reports.len()));
    let differing = most.filter(|(prefix, _)| rests(prefix) * 2 > reports.len().min(4));
    differing.max_by_key(|(prefix, count)| (*count, prefix.len())).map(|(prefix, _)| prefix)
}

/// True for nine of ten.
fn is_most(count: usize, all: usize) -> bool {
    count * 10 >= all * 9
}

fn recognise(out: &mut String, reports: &[Drafted<'_>], opening: Option<&str>) {
    let common = shared(reports, |report| report.front().map(str::to_owned).collect());
    let telling = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).count() >= 8;
    let mut patterns: Vec<String> = common
        .into_iter()
        .filter(|(text, count)| is_most(*count, reports.len()) && reports.len() > 1 && telling(text))
        .map(|(text, _)| format!("^{}$", escaped(&text)))
        .collect();
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.len()));
    patterns.truncate(2);
    patterns.extend(opening.map(|opening| format!("^{} ", escaped(opening))));
    let _ = writeln!(
        out,
        "# Lines of the first two pages that every report of the series has, and no other report.\n[recognise]"
    );
    if patterns.is_empty() {
        let _ = writeln!(out, "all = ['write a line here that every report has']\n");
        return;
    }
    let patterns: Vec<String> = patterns.iter().map(|pattern| quoted(pattern)).collect();
    let _ = writeln!(out, "all = [{}]\n", patterns.join(", "));
}

/// A labelled line, `Label: value`, of several reports.
struct Label {
    label: String,
    values: Vec<String>,
}

fn labels(reports: &[Drafted<'_>]) -> Vec<Label> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for report in reports {
        let mut seen = BTreeSet::new();
        for line in report.front() {
            let Some((label, value)) = line.split_once(':') else { continue };
            let label = label.trim();
            let words = label.split_whitespace().count();
            let good = label.starts_with(char::is_uppercase) && (1..=6).contains(&words) && label.len() <= 50;
            if good && seen.insert(label.to_owned()) {
                found.entry(label.to_owned()).or_default().push(value.trim().to_owned());
            }
        }
    }
    let mut labels: Vec<Label> = found
        .into_iter()
        .filter(|(_, values)| values.len() * 2 >= reports.len())
        .map(|(label, values)| Label { label, values })
        .collect();
    labels.sort_by(|a, b| a.label.cmp(&b.label));
    labels.truncate(4 * MOST);
    labels
}

/// What a label probably says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Inspected,
    Published,
    Lead,
    Name,
    Id,
    Other,
}

fn meaning(label: &Label) -> Meaning {
    let lower = label.label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let dated = label.values.iter().filter(|value| order(value).is_some()).count() * 2 > label.values.len();
    if dated && has(&["publi", "issued", "approved", "report date", "date of report"]) {
        Meaning::Published
    } else if dated && has(&["inspect", "visit", "audit", "survey"]) && !has(&["previous", "last", "next"]) {
        Meaning::Inspected
    } else if has(&["lead inspector", "inspector in charge", "reporting inspector", "lead auditor"])
        || lower == "inspector"
    {
        Meaning::Lead
    } else if has(&["number", " id", "licen", "urn", "reference", "registration", "#"])
        && !has(&["telephone", "phone"])
        && label.values.iter().filter(|value| value.contains(|letter: char| letter.is_ascii_digit())).count()
            * 2
            > label.values.len()
    {
        Meaning::Id
    } else if has(&["name", "provider", "authority", "council", "facility", "operator", "establishment"])
        && !dated
    {
        Meaning::Name
    } else {
        Meaning::Other
    }
}

/// The order of day and month in a text with a date.
fn order(text: &str) -> Option<DateOrder> {
    let first = |order| periods_in(text, order).first().copied();
    match (first(DateOrder::Dmy), first(DateOrder::Mdy)) {
        (None, None) => None,
        (Some(_), _) => Some(DateOrder::Dmy),
        (None, Some(_)) => Some(DateOrder::Mdy),
    }
}

/// ` , dates = "mdy"` where a value can only be a date with the month first.
fn date_order(values: &[String]) -> &'static str {
    let american = values.iter().any(|value| {
        let parts: Vec<u32> =
            value.split(['/', '-', ' ']).take(3).filter_map(|part| part.parse().ok()).collect();
        matches!(parts.as_slice(), [month, day, year] if *month <= 12 && *day > 12 && *year > 31)
    });
    if american { ", dates = \"mdy\"" } else { "" }
}

fn facts(out: &mut String, reports: &[Drafted<'_>], opening: Option<&str>) {
    let labels = labels(reports);
    let of = |wanted: Meaning| labels.iter().filter(move |label| meaning(label) == wanted);
    let rule = |label: &Label, dates: bool| {
        let order = if dates { date_order(&label.values) } else { "" };
        format!(
            "    {{ label = [{}]{order} }},   # {}",
            quoted(&escaped(&label.label)),
            comment(&label.values)
        )
    };
    let _ = writeln!(out, "[authority]");
    let mut names: Vec<String> = of(Meaning::Name).map(|label| rule(label, false)).collect();
    names.extend(opening.map(|opening| {
        format!("    {{ pattern = {} }},", quoted(&format!("^{} (?P<v>.+)$", escaped(opening))))
    }));
    list(out, "name", &names);
    let ids: Vec<String> = of(Meaning::Id).map(|label| rule(label, false)).collect();
    list(out, "id", &ids);
    let _ = writeln!(
        out,
        "register = \"none\"      # or english-local-authorities, or one of your own\n\n[dates]"
    );
    let inspected: Vec<String> = of(Meaning::Inspected).map(|label| rule(label, true)).collect();
    list(out, "inspected", &inspected);
    let mut published: Vec<String> = of(Meaning::Published).map(|label| rule(label, true)).collect();
    let is_date = |line: &str| line.len() < 30 && order(line).is_some() && !line.contains(':');
    let dated = reports.iter().filter(|report| report.front().any(is_date)).count();
    if dated * 2 >= reports.len().max(1) {
        published.push(
            "    { pattern = '^(?P<v>(?:\\d{1,2} [A-Z][a-z]+,? \\d{4}|[A-Z][a-z]+ \\d{1,2}, \\d{4}|\\d{1,2}/\\d{1,2}/\\d{4}))$' },"
                .to_owned(),
        );
    }
    published.push("    { line = \"file-name\" },".to_owned());
    list(out, "published", &published);
    let _ = writeln!(out, "\n[people]");
    let leads: Vec<String> = of(Meaning::Lead).map(|label| rule(label, false)).collect();
    list(out, "lead", &leads);
    out.push('\n');
    let mut names = BTreeSet::new();
    for label in of(Meaning::Other).take(MOST) {
        let Some(name) = FieldName::from_label(&label.label).filter(|name| names.insert(name.clone())) else {
            continue;
        };
        let dated =
            label.values.iter().filter(|value| order(value).is_some()).count() * 2 > label.values.len();
        let kind = if dated { "type = \"date\"\n" } else { "" };
        let name = key(name.as_str());
        let _ = writeln!(out, "[fields.{name}]\n{kind}rules = [\n{}\n]", rule(label, dated));
    }
    if !names.is_empty() {
        out.push('\n');
    }
}

/// The name as a key of TOML: without quotation marks only letters and digits of ASCII may stand there.
fn key(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// Writes a list of rules, or the empty key as a comment.
fn list(out: &mut String, key: &str, rules: &[String]) {
    if rules.is_empty() {
        let _ = writeln!(out, "# {key} = [{{ label = ['…'] }}]");
        return;
    }
    let _ = writeln!(out, "{key} = [\n{}\n]", rules.join("\n"));
}

fn judgements(out: &mut String, reports: &[Drafted<'_>]) {
    let row = |element: &Element| match &element.kind {
        ElementKind::Row(cells) if cells.len() == 2 => Some((cells[0].clone(), cells[1].clone())),
        _ => None,
    };
    let mut areas: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut grades: BTreeMap<String, usize> = BTreeMap::new();
    let short = |text: &str| {
        text.split_whitespace().count() <= 4 && !text.chars().any(|letter| letter.is_ascii_digit())
    };
    for (at, report) in reports.iter().enumerate() {
        for (label, grade) in report.elements.iter().filter_map(row).filter(|(_, grade)| short(grade)) {
            areas.entry(label).or_default().insert(at);
            *grades.entry(grade.to_lowercase()).or_default() += 1;
        }
    }
    areas.retain(|label, reports_with| {
        reports_with.len() * 2 >= reports.len().max(2) && label.len() <= LONGEST_LINE
    });
    grades.retain(|_, count| *count > 1);
    if areas.is_empty() || grades.is_empty() || grades.len() > MOST_GRADES {
        let _ = writeln!(
            out,
            "# No table of grades was found. If the reports give grades, list them best first, and say how they are printed:\n\
             # [scales.grades]\n# best-first = [\"good\", \"poor\"]\n# [[areas]]\n# name = \"overall\"\n# labels = ['overall']\n\
             # [[judgements]]\n# how = [\"row\", \"line\"]\n# scale = \"grades\"\n"
        );
        return;
    }
    // Grades that differ in signs alone, as `safe` and `.safe`, have one name.
    let names: BTreeSet<FieldName> = grades.keys().filter_map(|grade| FieldName::from_label(grade)).collect();
    let names: Vec<String> = names.iter().map(|name| quoted(name.as_str())).collect();
    let _ = writeln!(
        out,
        "[scales.grades]          # put them in order, the best first\nbest-first = [{}]\n",
        names.join(", ")
    );
    // Labels that differ in signs alone name one area.
    let mut named: BTreeMap<FieldName, Vec<String>> = BTreeMap::new();
    for label in areas.keys().take(MOST) {
        if let Some(name) = FieldName::from_label(label) {
            named.entry(name).or_default().push(quoted(&format!("^{}", escaped(label))));
        }
    }
    for (name, labels) in named {
        let name = quoted(name.as_str());
        let _ = writeln!(out, "[[areas]]\nname = {name}\nlabels = [{}]\ntheme = {name}", labels.join(", "));
    }
    let _ = writeln!(
        out,
        "\n[[judgements]]\nhow = [\"row\", \"line\"]\nscale = \"grades\"\nreject = ['(?i)previous|last inspection']\n"
    );
}

fn sections(out: &mut String, reports: &[Drafted<'_>]) {
    let headings = shared(reports, |report| {
        let headings =
            report.elements.iter().filter(|element| matches!(element.kind, ElementKind::Heading(_)));
        let texts = headings.map(|element| element.text().trim_end_matches([':', '.']).to_lowercase());
        texts
            .filter(|text| {
                text.chars().count() <= LONGEST_LINE && !text.chars().any(|letter| letter.is_ascii_digit())
            })
            .collect()
    });
    let mut common: Vec<(String, usize)> =
        headings.into_iter().filter(|(_, count)| count * 5 >= reports.len() * 2 && *count > 1).collect();
    common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    common.truncate(3 * MOST);
    let _ = writeln!(out, "[sections]");
    let lines: Vec<String> = common.iter().map(|(text, _)| format!("    {},", quoted(text))).collect();
    list(out, "standard", &lines);
    let _ = writeln!(out, "# themes = [{{ heading = '(?i)leadership', theme = \"leadership\" }}]");
    if let Some(text) = closing(reports) {
        let words: Vec<&str> = text.split_whitespace().take(8).collect();
        let _ = writeln!(
            out,
            "\n# The closing pages about the publisher begin here.\n[imprint]\nfrom = [{}]",
            quoted(&format!("^{}", escaped(&words.join(" "))))
        );
    }
}

/// The first of the closing texts that three of five reports share.
fn closing(reports: &[Drafted<'_>]) -> Option<String> {
    let tail = |report: &Drafted<'_>| -> Vec<String> {
        let from = report.elements.len().saturating_sub(CLOSING).max(report.elements.len() / 2);
        let texts = report.elements[from..].iter().map(Element::text);
        texts.filter(|text| text.split_whitespace().count() >= 8).map(str::to_owned).collect()
    };
    if reports.len() < 3 {
        return None;
    }
    let common = shared(reports, tail);
    let is_common = |text: &String| common.get(text).is_some_and(|count| count * 5 >= reports.len() * 3);
    reports.iter().find_map(|report| tail(report).into_iter().find(is_common))
}

/// A few values for a comment.
fn comment(values: &[String]) -> String {
    let shown: Vec<String> = values
        .iter()
        .filter(|value| !value.is_empty())
        .take(2)
        .map(|value| value.chars().filter(|letter| !letter.is_control()).take(40).collect())
        .collect();
    shown.join("; ")
}

/// A text as a pattern that matches it alone.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(letter) && !matches!(letter, '-' | '&' | '~' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A text as TOML: in single quotation marks, which need no escapes, where it has none.
fn quoted(text: &str) -> String {
    if !text.contains('\'') && !text.chars().any(char::is_control) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use quotable_profile::Framework;
    use quotable_read::{Budget, Readers};

    use super::*;
    use crate::understand::Understand;

    fn document(place: &str, number: u32, grade: &str) -> Document {
        let text = format!(
            "The Harbour Commission\n\nInspection of the harbour of {place}\n\nDate of inspection: {} May 2024\n\n\
             Licence number: H{number}\n\nTonnage: {number}00\n\nSafety\t{grade}\nBerths\tgood\n\n\
             Findings on berths\n\nThe quay of {place} is sound and was mended.\n",
            number + 2
        );
        Readers::default().read(Path::new("a.txt"), text.as_bytes(), &Budget::default()).unwrap()
    }

    #[test]
    fn a_draft_is_a_profile_that_reads_its_reports() {
        let documents =
            [document("Westmere", 1, "poor"), document("Hartle", 2, "good"), document("Poll", 3, "poor")];
        let text = draft("harbours", &documents);
        let (profiles, errors) = Profiles::built_in().with([("harbours.toml".to_owned(), text.clone())]);
        assert!(errors.is_empty(), "{errors:?}\n{text}");
        let report = Understand::new(&profiles).document(&documents[1], "b.txt").unwrap();
        assert_eq!(report.framework.as_ref().unwrap().as_str(), "harbours", "{text}");
        let authority = report.authority.unwrap();
        assert_eq!((authority.name.as_str(), authority.urn.as_deref()), ("Hartle", Some("H2")), "{text}");
        assert_eq!(report.inspected[0].start.to_string(), "2024-05-04");
        assert_eq!(report.fields.get("tonnage").unwrap().to_string(), "200");
        let grades: Vec<String> =
            report.judgements.iter().map(|one| format!("{} {}", one.area, one.grade)).collect();
        assert_eq!(grades, ["safety good", "berths good"], "{text}");
    }

    #[test]
    fn grades_and_areas_that_differ_in_signs_alone_are_one() {
        let text = "Inspection of the quays\n\nQuays\tSafe\n\n.Quays\t.Safe\n\nThe gate was locked.\n";
        let document =
            Readers::default().read(Path::new("a.txt"), text.as_bytes(), &Budget::default()).unwrap();
        let text = draft("quays", &[document.clone(), document]);
        let (_, errors) = Profiles::built_in().with([("quays.toml".to_owned(), text.clone())]);
        assert!(errors.is_empty(), "{errors:?}\n{text}");
        assert!(text.contains("best-first = ['safe']") && text.matches("[[areas]]").count() == 1, "{text}");
    }

    #[test]
    fn names_of_fields_in_other_alphabets_are_keys() {
        let text = "Inspection of the quays\n\nВодоизмещение: 200\n\nTonnage: 100\n\nThe gate was locked.\n";
        let document =
            Readers::default().read(Path::new("a.txt"), text.as_bytes(), &Budget::default()).unwrap();
        let text = draft("quays", &[document.clone(), document.clone()]);
        let (profiles, errors) = Profiles::built_in().with([("quays.toml".to_owned(), text.clone())]);
        assert!(errors.is_empty(), "{errors:?}\n{text}");
        let quays = Framework::from_label("quays").unwrap();
        let understand = Understand::new(&profiles).framework(Some(&quays));
        let report = understand.document(&document, "a.txt").unwrap();
        let fields: Vec<String> = report.fields.values().map(ToString::to_string).collect();
        assert_eq!(fields, ["100", "200"], "{text}");
    }

    #[test]
    fn texts_are_quoted_so_that_toml_reads_them_back() {
        for text in ["it’s", "it's \"so\"", "a\\d", "tab\there"] {
            let table: toml_check::Table = toml_check::parse(&quoted(text));
            assert_eq!(table.0, text);
        }
    }

    /// Reads one TOML value by a profile, which the crate can parse.
    mod toml_check {
        use quotable_profile::Profiles;

        pub(super) struct Table(pub(super) String);

        pub(super) fn parse(value: &str) -> Table {
            let toml = format!("name = 'a'\ntitle = {value}\nextends = 'ilacs'");
            let (profiles, errors) = Profiles::built_in().with([("a.toml".to_owned(), toml)]);
            assert!(errors.is_empty(), "{errors:?}");
            Table(profiles.named("a").unwrap().title.clone().unwrap())
        }
    }
}
