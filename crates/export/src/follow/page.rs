//! What was asked for and what came of it as a web page that stands alone.
//!
//! The page has no script and loads nothing, which its content security policy holds it to. No character of a report is
//! markup.

use std::io::{self, Write};

use super::{CAVEAT, FollowGroup, FollowView, parts_in_words};
use crate::html::{escape_text, with_marks, write_table};

const STYLE: &str = include_str!("../check/page.css");

/// Writes a page.
pub(super) fn write(out: &mut (impl Write + ?Sized), views: &[FollowView<'_>]) -> io::Result<()> {
    let title = views.first().map_or("", |view| view.later);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" \
         content=\"no-referrer\">\n<meta name=\"generator\" content=\"quotable {}\">\n<title>What was asked for: {}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>What was asked for, and what the next report says</h1>\n<p>{}</p>\n",
        env!("CARGO_PKG_VERSION"),
        escape_text(title),
        escape_text(CAVEAT),
    )?;
    views.iter().try_for_each(|view| article(out, view))?;
    writeln!(out, "</body>\n</html>")
}

fn article(out: &mut (impl Write + ?Sized), view: &FollowView<'_>) -> io::Result<()> {
    writeln!(out, "<article>\n<h2>{} → {}</h2>", escape_text(view.earlier), escape_text(view.later))?;
    writeln!(out, "<p class=\"about\"><b>{}</b></p>", escape_text(&view.summary()))?;
    if let Some(sentence) = view.no_longer_judged() {
        writeln!(out, "<p class=\"about\">{}</p>", escape_text(&sentence))?;
    }
    let quote = |out: &mut dyn Write, hit: &quotable_index::Hit| {
        writeln!(out, "<p class=\"source\">{}</p>", with_marks(&hit.text, &hit.matches))?;
        let (citation, id) = (hit.citation.to_string(), hit.id.to_string());
        writeln!(
            out,
            "<p class=\"citation\">{} <code>{}</code></p>",
            escape_text(&citation),
            escape_text(&id)
        )
    };
    let mut erased = Vec::new();
    if !view.answer.blankets.is_empty() {
        writeln!(erased, "<section>\n<h3>About everything at once</h3>")?;
        for blanket in &view.answer.blankets {
            writeln!(erased, "<div class=\"text\">")?;
            quote(&mut erased, &blanket.hit)?;
            writeln!(erased, "</div>")?;
        }
        writeln!(erased, "</section>")?;
    }
    for group in FollowGroup::ALL {
        let requests = view.group(group);
        if requests.is_empty() {
            continue;
        }
        writeln!(
            erased,
            "<section>\n<h3>{}</h3>\n<p>{}</p>",
            escape_text(group.heading()),
            escape_text(group.note())
        )?;
        for followed in requests {
            let hit = &followed.request.hit;
            writeln!(erased, "<div class=\"text\">\n<blockquote>{}</blockquote>", escape_text(&hit.text))?;
            writeln!(erased, "<p class=\"citation\">{}</p>", escape_text(&hit.citation.to_string()))?;
            if let Some(parts) = parts_in_words(followed) {
                writeln!(erased, "<p class=\"about\">{}</p>", escape_text(&parts))?;
            }
            for candidate in followed.shown() {
                writeln!(erased, "<p class=\"label\">{}:</p>", escape_text(candidate.outcome.in_words()))?;
                quote(&mut erased, &candidate.hit)?;
            }
            writeln!(erased, "</div>")?;
        }
        writeln!(erased, "</section>")?;
    }
    if !view.answer.new.is_empty() {
        writeln!(erased, "<section>\n<h3>Asked for in the later report alone</h3>")?;
        for request in &view.answer.new {
            writeln!(erased, "<div class=\"text\">")?;
            quote(&mut erased, &request.hit)?;
            writeln!(erased, "</div>")?;
        }
        writeln!(erased, "</section>")?;
    }
    out.write_all(&erased)?;
    writeln!(out, "<section>\n<h3>Grades and concepts</h3>")?;
    if !view.answer.grades.is_empty() {
        write_table(out, &view.grades())?;
    }
    writeln!(out, "<p>Paragraphs of each report that have a concept of the code book:</p>")?;
    write_table(out, &view.concepts())?;
    writeln!(out, "</section>\n</article>")
}
