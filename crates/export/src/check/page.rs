//! Checked articles as a web page that stands alone: to be opened, printed, signed and sent.
//!
//! The page has no script and loads nothing, which its content security policy holds it to. No character of an article or a
//! report is markup.

use std::io::{self, Write};

use quotable_check::{Place, Verdict};

use super::CheckedQuotation;
use super::article::{CheckedArticle, TextGroup, in_one_line};
use super::words::similar_sentences;
use crate::html::{escape_text, with_marks};
use crate::number::grouped;

/// The styles of the page. Verdicts differ in colour, sign and word, so that none depends on colour.
const STYLE: &str = include_str!("page.css");

/// Writes the head of a page. `name` is that of its first article.
pub(super) fn begin(out: &mut (impl Write + ?Sized), name: &str) -> io::Result<()> {
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" \
         content=\"no-referrer\">\n<meta name=\"generator\" content=\"quotable {}\">\n<title>Quotations checked: {}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>Quotations checked</h1>\n",
        env!("CARGO_PKG_VERSION"),
        escape_text(name),
    )
}

/// Writes the end of a page, with room for a signature on paper.
pub(super) fn end(out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    writeln!(out, "<p class=\"signature\"><span>Checked by</span><span>Date</span></p>\n</body>\n</html>")
}

/// The HTML to write behind a place, such as links to it. Nothing in a page that stands alone.
pub type PlaceHtml<'l> = &'l dyn Fn(&Place) -> String;

/// Writes an article as a piece of HTML for a page of one's own, with more behind each place. The piece has no style: its
/// classes are those of the page that stands alone.
///
/// # Errors
/// Those of `out`.
pub fn write_article(
    out: &mut (impl Write + ?Sized),
    checked: &CheckedArticle<'_>,
    behind: PlaceHtml<'_>,
) -> io::Result<()> {
    article(out, checked, &[], behind)
}

/// Writes an article. `only` keeps texts with one of the verdicts; all if it is empty. The counts are always those of all
/// texts.
pub(super) fn article(
    out: &mut (impl Write + ?Sized),
    article: &CheckedArticle<'_>,
    only: &[Verdict],
    behind: PlaceHtml<'_>,
) -> io::Result<()> {
    writeln!(out, "<article>\n<h2>{}</h2>", escape_text(article.title()))?;
    write_counts(out, article)?;
    let claims = article.claims_in_words();
    if !claims.is_empty() {
        writeln!(out, "<p class=\"about\">{}</p>", escape_text(&claims))?;
    }
    if let Some(about) = &article.check.about {
        writeln!(out, "<p class=\"about\"><b>About:</b> {}</p>", escape_text(&about.to_string()))?;
    }
    for group in TextGroup::ALL {
        let texts = article.group(group, only);
        if texts.is_empty() {
            continue;
        }
        writeln!(out, "<section>\n<h3>{}</h3>", escape_text(group.heading()))?;
        let (lines, whole): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.is_folded());
        for text in whole {
            write_text(out, text, behind)?;
        }
        if !lines.is_empty() {
            writeln!(out, "<ul class=\"lines\">")?;
            for text in lines {
                writeln!(out, "<li>{}</li>", escape_text(&in_one_line(text)))?;
            }
            writeln!(out, "</ul>")?;
        }
        writeln!(out, "</section>")?;
    }
    writeln!(out, "<p class=\"summary\">{}</p>\n</article>", escape_text(&article.summary().to_string()))
}

/// The table of verdicts, of the report’s words and of people’s.
fn write_counts(out: &mut (impl Write + ?Sized), article: &CheckedArticle<'_>) -> io::Result<()> {
    let groups = [TextGroup::Report, TextGroup::People].map(|group| (group, article.counts(group)));
    writeln!(out, "<table class=\"counts\">\n<thead><tr><td></td>")?;
    for (group, _) in &groups {
        writeln!(out, "<th scope=\"col\">{}</th>", escape_text(group.heading()))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for verdict in [Verdict::Altered, Verdict::Absent, Verdict::Elsewhere, Verdict::Spliced, Verdict::Exact] {
        write!(out, "<tr><th scope=\"row\">{}</th>", label(verdict))?;
        for (group, counts) in &groups {
            let count = counts.iter().find(|(found, _)| *found == verdict).map_or(0, |(_, count)| *count);
            let class = match (group, verdict) {
                _ if count == 0 => " class=\"none\"",
                (
                    TextGroup::Report,
                    Verdict::Altered | Verdict::Absent | Verdict::Elsewhere | Verdict::Spliced,
                ) => " class=\"alarm\"",
                _ => "",
            };
            write!(out, "<td{class}>{}</td>", grouped(count))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

/// One text: its verdict, its words with the changes marked, each place with its citation, and the changes in words.
fn write_text(
    out: &mut (impl Write + ?Sized),
    checked: &CheckedQuotation<'_>,
    behind: PlaceHtml<'_>,
) -> io::Result<()> {
    let check = checked.check;
    writeln!(out, "<div class=\"text {}\" id=\"q{}\">", check.verdict, checked.number)?;
    let headline = checked.headline();
    let reservations = match checked.group() {
        // The heading of the section says so.
        TextGroup::Passage => "",
        _ => headline.strip_prefix(check.verdict.as_str()).unwrap_or(&headline),
    };
    writeln!(
        out,
        "<p class=\"verdict\"><span class=\"number\">{}.</span> {} <span>{}</span></p>",
        checked.number,
        label(check.verdict),
        escape_text(reservations.trim_start_matches([',', ' ']))
    )?;
    let quoted = with_marks(&checked.quotation.text, &checked.changed_in_quotation());
    writeln!(out, "<blockquote>{quoted}</blockquote>")?;
    // What the article's own reports have comes before what others have.
    if checked.in_about_leads() {
        write_in_about(out, checked, behind)?;
    }
    for (index, place) in checked.shown_places() {
        if !check.verdict.is_exact() && check.verdict != Verdict::Elsewhere {
            let source = with_marks(place.source(), &checked.changed_in_source(index, place));
            writeln!(out, "<p class=\"source\"><b>The report:</b> {source}</p>")?;
        }
        let cited = format!("{}{}", checked.cited(place), checked.other_places());
        write_citation(out, &cited, place, true, behind)?;
    }
    let changes = checked.change_lines();
    if !changes.is_empty() {
        writeln!(out, "<ul class=\"changes\">")?;
        for change in changes {
            writeln!(out, "<li>{}</li>", escape_text(&change))?;
        }
        writeln!(out, "</ul>")?;
    }
    if !checked.in_about_leads() {
        write_in_about(out, checked, behind)?;
    }
    if let Some(nearest) = &check.nearest {
        let (sentences, marks) = similar_sentences(nearest);
        writeln!(out, "<p class=\"label\">{}</p>", escape_text(&checked.nearest_label()))?;
        writeln!(out, "<p class=\"source\">{}</p>", with_marks(sentences, &marks))?;
        write_citation(out, &nearest.citation.to_string(), nearest, true, behind)?;
    }
    let outside = checked.outside_line();
    if !outside.is_empty() {
        writeln!(out, "<p class=\"citation\">{}</p>", escape_text(&outside))?;
    }
    writeln!(out, "</div>")
}

/// What became of a text in the reports that the article is about, where others have it.
fn write_in_about(
    out: &mut (impl Write + ?Sized),
    checked: &CheckedQuotation<'_>,
    behind: PlaceHtml<'_>,
) -> io::Result<()> {
    let Some(here) = &checked.check.in_about else { return Ok(()) };
    writeln!(out, "<p class=\"label\">{}</p>", escape_text(&checked.in_about_label()))?;
    if let (Some(place), Some((sentences, marks))) = (&here.place, checked.in_about_sentences()) {
        writeln!(out, "<p class=\"source\">{}</p>", with_marks(sentences, &marks))?;
        write_citation(out, &place.citation.to_string(), place, false, behind)?;
    }
    Ok(())
}

/// A place: its citation, its id if it is to be shown, and what is behind it.
fn write_citation(
    out: &mut (impl Write + ?Sized),
    cited: &str,
    place: &Place,
    with_id: bool,
    behind: PlaceHtml<'_>,
) -> io::Result<()> {
    write!(out, "<p class=\"citation\">{}", escape_text(cited))?;
    if with_id {
        write!(out, " <code>{}</code>", escape_text(&place.id.to_string()))?;
    }
    writeln!(out, "</p>{}", behind(place))
}

/// A verdict as a sign and a word.
fn label(verdict: Verdict) -> String {
    let sign = match verdict {
        Verdict::Exact | Verdict::ExactAfterFolding => "✓",
        Verdict::Altered => "≠",
        Verdict::Spliced => "+",
        Verdict::Elsewhere => "→",
        _ => "✗",
    };
    format!("<span class=\"pill {verdict}\"><span aria-hidden=\"true\">{sign}</span> {verdict}</span>")
}
