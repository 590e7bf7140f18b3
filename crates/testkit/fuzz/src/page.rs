//! Requests to the page.

use std::fs;
use std::sync::LazyLock;

use quotable::Index;
use quotable_serve::Settings;
use quotable_serve::in_memory::{HOST, Pages};
use quotable_testkit::corpus::{generated_report, to_markdown};

/// Stands in every report; markup that no page may hold.
const MARKUP: &str = "<zzz onload=1>&amp;\"'";
/// Stands in a file beside the corpus, which no answer may hold.
const SECRET: &str = "kestrels-nest-in-the-belfry";

/// A server, and the id of one of its reports.
struct Site {
    pages: Pages,
    report: String,
}

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let work = std::env::temp_dir().join(format!("quotable-fuzz-page-{}", std::process::id()));
    let reports = work.join("reports");
    fs::create_dir_all(&reports).expect("a folder for the reports");
    fs::write(work.join("secret.txt"), SECRET).expect("a secret");
    for number in 0..3 {
        let mut report = generated_report(4, number);
        report.paragraphs.truncate(10);
        let text = format!("{}\n\nHerons stand at the weir \\{MARKUP}\n", to_markdown(&report));
        fs::write(reports.join(format!("{number} {}.md", "zzz")), text).expect("a report");
    }
    let index = Index::open_or_create(work.join("index")).expect("an index");
    index.refresh(&reports).expect("a refresh");
    let report = index.reports().expect("the reports")[0].id.to_string();
    let pages = Pages::new(Settings::new(index).corpus(Some(reports))).expect("a server");
    Site { pages, report }
});

/// Sends a request. The input is method and address, lines of headers, an empty line, and the body; `TOKEN` in it stands
/// for the secret of forms, `REPORT` for the id of a report. After a first NUL byte it is sent as it is.
pub fn page_request(data: &[u8]) {
    let request = match data.strip_prefix(b"\0") {
        Some(raw) => raw.to_vec(),
        None => request(data),
    };
    let answer = SITE.pages.answer(&request);
    let text = String::from_utf8_lossy(&answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        assert!(answer.is_empty(), "half an answer: {text}");
        return;
    };
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 ") && !head.starts_with("http/1.1 500"), "{text}");
    assert!(!text.contains(SECRET), "a file outside of the corpus: {text}");
    // An answer of hyper itself has no content.
    if !head.contains("\ncontent-type:") || head.contains("\ncontent-encoding:") {
        return;
    }
    assert!(
        head.contains("\ncontent-security-policy:") && head.contains("\nx-content-type-options: nosniff"),
        "{head}"
    );
    if head.contains("\ncontent-type: text/html") {
        assert!(!body.contains("<zzz"), "markup of a document or of a request: {body}");
        let scripts = body.split("<script").skip(1);
        scripts.for_each(|script| assert!(script.starts_with(" src=\"/assets/"), "{script}"));
        let is_hidden =
            |sign: char| sign.is_control() && !"\r\n\t".contains(sign) || "\u{202e}\u{2066}".contains(sign);
        assert!(!body.contains(is_hidden), "{body:?}");
    }
}

fn request(data: &[u8]) -> Vec<u8> {
    let data = replaced(data, b"TOKEN", SITE.pages.token().as_bytes());
    let data = replaced(&data, b"REPORT", SITE.report.as_bytes());
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((&data[..], &data[..0]), |end| (&data[..end], &data[end + 2..]));
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut request = lines.next().unwrap_or_default().to_vec();
    request.extend(format!(" HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n").bytes());
    for line in lines {
        request.extend(line);
        request.extend(b"\r\n");
    }
    request.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
    request.extend(body);
    request
}

/// The bytes with `new` in the place of each `old`.
fn replaced(mut bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(at) = bytes.windows(old.len()).position(|window| window == old) {
        out.extend(&bytes[..at]);
        out.extend(new);
        bytes = &bytes[at + old.len()..];
    }
    out.extend(bytes);
    out
}
