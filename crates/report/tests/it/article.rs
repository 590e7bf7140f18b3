//! Press articles: the sample ones against goldens and a list of their quotations; real ones if they are beside the
//! checkout.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use quotable_read::{Budget, Readers};
use quotable_report::{Report, ReportKind, Role};

use crate::{check_invariants, corpus};

/// The report of a file.
fn understand(file: &Path) -> Report {
    let document = Readers::default().read(file, &std::fs::read(file).unwrap(), &Budget::default()).unwrap();
    let report = Report::from_document(&document, &file.file_name().unwrap().to_string_lossy());
    check_invariants(&report);
    report
}

/// The report of a file with this name and content.
fn read(name: &str, text: &str) -> Report {
    let document = Readers::default().read(Path::new(name), text.as_bytes(), &Budget::default()).unwrap();
    let report = Report::from_document(&document, name);
    check_invariants(&report);
    report
}

#[test]
fn a_list_of_links_above_an_article_does_not_end_it() {
    let names = ["Mills", "Weirs", "Ponds", "Locks", "Fords", "Quays", "Dams", "Reeds", "Eels", "Boats"];
    let list: String = names.iter().map(|name| format!("<li>{name}</li><li>{name} and walls</li>")).collect();
    let article = [
        "Inspectors from Ofsted told the council that its wardens “see every heron in time”, and that few of them wait.",
        "The council said that it was “glad of each word”, and that it would go on with its work at the weir this year.",
        "Its leader added that nothing in the report was new to her, since she had read the letters of the wardens.",
    ];
    let article = article.map(|text| format!("<p>{text}</p>")).concat();
    for head in ["Trending:", "Most read", "More stories"] {
        let above =
            format!("<p>Wardens of Hartle are praised by inspectors.</p><p>{head}</p><ul>{list}</ul>");
        for (page, kept) in
            [(format!("{above}{article}"), 3), (format!("{article}<p>{head}</p><ul>{list}</ul>"), 3)]
        {
            let title = "Herons are seen in time, inspectors say";
            let page = format!(
                "<html><head><title>{title}</title></head><body><h1>{title}</h1>{page}</body></html>"
            );
            let report = read("a.html", &page);
            assert_eq!(report.kind, ReportKind::Article);
            let told = report.paragraphs.iter().filter(|paragraph| article.contains(&paragraph.text)).count();
            assert_eq!(told, kept, "{head}: {:#?}", report.paragraphs);
            assert!(
                !report.paragraphs.iter().any(|paragraph| names.contains(&paragraph.text.as_str())),
                "{head}"
            );
        }
    }
}

/// The files of a folder, sorted; none if there is no folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// An article as the goldens show it.
fn show(report: &Report) -> String {
    let mut out = String::new();
    writeln!(out, "title: {}", report.title.as_deref().unwrap_or("-")).unwrap();
    writeln!(out, "byline: {}", report.byline.as_deref().unwrap_or("-")).unwrap();
    let published = report.published.map_or("-".to_owned(), |date| date.to_string());
    writeln!(out, "published: {published}\n").unwrap();
    for paragraph in &report.paragraphs {
        writeln!(out, "{:?}: {}", paragraph.role, paragraph.text).unwrap();
    }
    out
}

#[test]
fn sample_articles_equal_their_goldens() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../corpus/expected/articles");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let files = files(&corpus().join("articles"));
    assert_eq!(files.len(), 6);
    for file in files {
        let report = understand(&file);
        assert_eq!(report.kind, ReportKind::Article, "{}", report.path);
        assert!(report.authority.is_none() && report.judgements.is_empty() && report.framework.is_none());
        let name = report.path.replace(' ', "-");
        settings.bind(|| insta::assert_snapshot!(name.as_str(), show(&report)));
    }
}

/// The letters and digits of a text, for comparing texts whose quotation marks differ.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[test]
fn trimming_keeps_every_quotation_of_the_sample_articles() {
    let list = std::fs::read_to_string(corpus().join("expected/quotations.toml")).unwrap();
    let value = |line: &str, key: &str| {
        let value = line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')?;
        Some(value.replace("\\\"", "\""))
    };
    let (mut article, mut checked) = (String::new(), 0);
    for line in list.lines() {
        if let Some(name) = value(line, "article") {
            let report = understand(&corpus().join("articles").join(name));
            let texts: Vec<&str> =
                report.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
            article = letters(&texts.join(" "));
        } else if let Some(text) = value(line, "text") {
            assert!(article.contains(&letters(&text)), "{text}");
            checked += 1;
        }
    }
    assert_eq!(checked, 77);
}

#[test]
fn an_html_article_loses_menus_boxes_and_footers() {
    let report = read(
        "westmere.html",
        "<!DOCTYPE html><html><head><title>Westmere children wait - The Westmere Bugle</title>\
         <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-06-03T06:00:00Z\"}</script></head>\
         <body><header><a href=/>The Westmere Bugle</a></header><nav><ul><li><a href=/news>News</a></ul></nav>\
         <main><article><h1>Westmere children wait for help</h1><p class=meta>By Ann Maybury</p><p>3 June 2024</p>\
         <p>Inspectors have told Westmere Council that its children wait too long for help.</p>\
         <p>“Too many wait,” the report said.</p><p><a href=/other>Read more: A cat is found in a tree</a></p>\
         <blockquote>Nobody knew how many there were.</blockquote>\
         <div class=newsletter-signup><p>Get our news by email every day.</p></div>\
         <figure><img src=a.jpg alt=''><figcaption>The town hall</figcaption></figure>\
         <h2>‘We are sorry’</h2><p>The council said it was sorry.</p></article>\
         <aside><h2>Related</h2><p>Another story of another day.</p></aside></main>\
         <div class=cookie-banner><p>We use cookies.</p></div><footer>All rights reserved</footer></body></html>",
    );
    assert_eq!(report.kind, ReportKind::Article);
    insta::assert_snapshot!(show(&report), @"
    title: Westmere children wait for help
    byline: Ann Maybury
    published: 2024-06-03

    Heading: Westmere children wait for help
    Body: Inspectors have told Westmere Council that its children wait too long for help.
    Body: “Too many wait,” the report said.
    Quote: Nobody knew how many there were.
    Heading: ‘We are sorry’
    Body: The council said it was sorry.
    ");
}

#[test]
fn an_article_with_the_title_of_a_report_is_an_article() {
    let report = read(
        "bugle.txt",
        "Inspection of Westmere children’s services: a town reacts\n\nBy Ann Maybury\n3 June 2024\n\n\
         Children’s services in Westmere are inadequate, the inspectors have said in a report that surprised nobody.\n\n\
         “Too many children wait for a social worker,” the report said. The council is sorry.\n",
    );
    assert_eq!(report.kind, ReportKind::Article);
    assert_eq!(report.byline.as_deref(), Some("Ann Maybury"));
    assert!(report.framework.is_none() && report.judgements.is_empty());
}

#[test]
fn long_pages_take_linear_time() {
    let began = std::time::Instant::now();
    let speech = "The inspectors said: “Too many children wait for help in the town.”\n";
    for line in ["Related", "Comments (2)", "a image\na", "Share this", "By Ann Maybury", "1\ta\tb"] {
        let report = read("long.txt", &format!("{speech}\n{}\n{speech}", format!("{line}\n").repeat(20_000)));
        assert_eq!(report.kind, ReportKind::Article, "{line}");
    }
    let rows = "<tr><td>a<td>b".repeat(20_000);
    read("long.html", &format!("<p>{speech}<table>{rows}</table>"));
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn front_matter_fills_in_metadata_the_text_lacks() {
    let report = read(
        "notes.md",
        "---\ntitle: Inspection of Westmere local authority children’s services\nauthority: Westmere Council\n\
         urn: 99001\nframework: ilacs\ninspected: 2024-06-03 to 2024-06-14\npublished: 2024-07-22\n\
         lead inspector: Ann Maybury\n---\n## The experiences and progress of care leavers\n\n1. They are well known.\n",
    );
    assert_eq!(report.kind, ReportKind::Report);
    assert_eq!(report.authority.as_ref().unwrap().urn.as_deref(), Some("99001"));
    assert_eq!(report.authority.unwrap().name, "Westmere Council");
    assert_eq!(report.framework.as_ref().map(|framework| framework.as_str()), Some("ilacs"));
    assert_eq!(report.published.unwrap().to_string(), "2024-07-22");
    assert_eq!(report.inspected[0].end.to_string(), "2024-06-14");
    assert_eq!(report.lead_inspector.as_deref(), Some("Ann Maybury"));
}

#[test]
fn real_articles_lose_boxes_and_keep_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let files = files(&folder);
    if files.is_empty() {
        std::io::stderr().write_all(b"SKIPPED: no real articles beside the checkout\n").unwrap();
        return;
    }
    let mut kinds = Vec::new();
    for file in files {
        let report = understand(&file);
        kinds.push(report.kind);
        if report.kind != ReportKind::Article {
            continue;
        }
        for paragraph in &report.paragraphs {
            let text = paragraph.text.to_lowercase();
            let opens =
                ["sign up", "click here", "partner content"].iter().any(|word| text.starts_with(word));
            let ends =
                ["per annum", "per hour", "click here.", " image"].iter().any(|word| text.ends_with(word));
            assert!(!opens && !ends, "{}: {}", report.path, paragraph.text);
        }
        let body = report.paragraphs.iter().filter(|paragraph| paragraph.role != Role::Heading).count();
        assert!(body >= 8, "{}: {body} paragraphs", report.path);
    }
    let articles = kinds.iter().filter(|kind| **kind == ReportKind::Article).count();
    let reports = kinds.iter().filter(|kind| **kind == ReportKind::Report).count();
    assert_eq!((articles, reports), (4, 1), "{kinds:?}");
}
