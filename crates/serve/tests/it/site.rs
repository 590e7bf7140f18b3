//! A server over a small corpus, and a client that sends what it is told.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use quotable::{Index, RefreshOptions};
use quotable_serve::{Server, Settings};
use tempfile::TempDir;

/// Four reports on two authorities, one with text that would be markup, and one that is a PDF.
const REPORTS: [(&str, &str); 5] = [
    (
        "marlowe 2018.txt",
        "Inspection of Marlowe\n\n1. Too many care leavers have no plan. Herons stand at the weir.\n\n2. Leaders know the \
         needs of care leavers well.\n\n3. Caseloads are high, and staff leave.\n",
    ),
    ("marlowe 2022.txt", "Inspection of Marlowe\n\n1. Care leavers have a plan. Caseloads are lower.\n"),
    (
        "1_selby vale/selby 2019.md",
        "# Inspection of Selby Vale children\u{2019}s services\n\nInspection dates: 4 March 2019 to 8 March 2019\n\n## Findings\n\n1. \
         The gates are rusty and the locks on the gates are broken. The gates are rusty all year.\n\n## What needs to \
         improve\n\n- The quality of the rusty gates.\n",
    ),
    (
        "1_selby vale/selby 2023.md",
        "# Inspection of Selby Vale children\u{2019}s services\n\nInspection dates: 6 March 2023 to 10 March 2023\n\n## \
         Findings\n\n1. The rusty gates were painted, and the rusty gates close.\n",
    ),
    (
        "hostile <script>alert(1)</script>.txt",
        "<img src=x onerror=alert(1)> herons & \"quotes\" </textarea></title><script>alert(2)</script> \u{202e}backwards\u{1b}[31m\n",
    ),
];

pub(crate) struct Site {
    folder: TempDir,
    address: SocketAddr,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The value of a header; empty if there is none.
    pub(crate) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
            .collect()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::with(|settings| settings)
    }

    /// The same with other settings.
    pub(crate) fn with(change: impl FnOnce(Settings) -> Settings) -> Self {
        Self::start(write_reports, change)
    }

    /// Serves the reports that `write` puts into a folder.
    pub(crate) fn of(write: impl FnOnce(&Path)) -> Self {
        Self::start(write, |settings| settings)
    }

    fn start(write: impl FnOnce(&Path), change: impl FnOnce(Settings) -> Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let reports = folder.path().join("reports");
        std::fs::create_dir(&reports).unwrap();
        write(&reports);
        std::fs::write(folder.path().join("secret.txt"), "outside").unwrap();
        let index = Index::open_or_create(folder.path().join("index")).unwrap();
        index.refresh(&reports).unwrap();
        let settings = Settings::new(index).corpus(Some(reports)).refresh(Some(RefreshOptions::default()));
        let server = Server::bind(change(settings)).unwrap();
        let address = server.address();
        std::thread::spawn(move || server.run());
        Self { folder, address }
    }

    pub(crate) fn reports(&self) -> std::path::PathBuf {
        self.folder.path().join("reports")
    }

    /// The secret that forms must hold. While the refresh of the start runs, there is no form.
    pub(crate) fn token(&self) -> String {
        let found = (0..600).find_map(|_| {
            let page = self.page("/corpus");
            let found = page.split_once("name=\"token\" value=\"");
            let token = found.and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned);
            if token.is_none() {
                std::thread::sleep(Duration::from_millis(50));
            }
            token
        });
        found.expect("a form on the page of the reports")
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Sends bytes and reads the answer to its end.
    pub(crate) fn send(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let body = answer[end + 4..].to_vec();
        let is_chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        Some(Answer { status, body: if is_chunked { unchunked(&body) } else { body }, head })
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        self.send(request.as_bytes()).unwrap()
    }

    /// The text of a page that is there.
    pub(crate) fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    pub(crate) fn post(&self, path: &str, headers: &str, body: &[u8]) -> Answer {
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            self.address,
            body.len()
        )
        .into_bytes();
        request.extend(body);
        self.send(&request).unwrap()
    }
}

/// Writes the small corpus.
fn write_reports(reports: &Path) {
    for (name, text) in REPORTS {
        // The slash of the hostile name is part of it.
        let path = match name.split_once("vale/") {
            Some((folder, file)) => reports.join(format!("{folder}vale")).join(file),
            None => reports.join(name.replace('/', "_")),
        };
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::write(reports.join("harrow 2019.pdf"), pdf(&LINES)).unwrap();
}

/// Copies the files and folders of a folder into another.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap() {
            kind if kind.is_dir() && entry.file_name() != ".quotable" => copy_folder(&entry.path(), &target),
            kind if kind.is_file() => drop(std::fs::copy(entry.path(), target).unwrap()),
            _ => {}
        }
    }
}

/// The body of a chunked answer.
fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        whole.extend(&body[end + 2..end + 2 + size]);
        body = &body[(end + 4 + size).min(body.len())..];
        if size == 0 {
            break;
        }
    }
    whole
}

/// The links of a page, as a browser follows them.
pub(crate) fn links(page: &str) -> Vec<String> {
    let parts = page.split(" href=\"").skip(1).filter_map(|part| part.split('"').next());
    parts.map(|link| link.replace("&amp;", "&")).collect()
}

/// The lines of the PDF. The first two make one sentence.
const LINES: [&str; 5] = [
    "Inspection of Harrow",
    "1. The gate of the harbour was not locked at night, and",
    "otters came in to play among the boats until the morning.",
    "2. The gate of the harbour was painted green last summer.",
    "3. Nobody could say who had left the lantern on the quay.",
];

/// A PDF of one page.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let shown = lines
        .iter()
        .zip(0..)
        .map(|(line, row)| format!("BT /F 12 Tf 72 {} Td ({line}) Tj ET\n", 700 - 16 * row));
    let content: String = shown.collect();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let trailer =
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, file.len());
    file.extend(table.bytes().chain(trailer.bytes()));
    file
}
