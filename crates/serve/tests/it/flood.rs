//! Thousands of requests that nobody would send. None ends the server, and none gets what it may not.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use quotable_testkit::Random;

use crate::site::Site;

/// How many requests; the figures of the project are of more: `QUOTABLE_HOSTILE_REQUESTS=10000`.
fn requests() -> u64 {
    let asked = std::env::var("QUOTABLE_HOSTILE_REQUESTS").ok().and_then(|number| number.parse().ok());
    asked.unwrap_or(2_000)
}

const SEGMENTS: [&str; 28] = [
    "report", "page", "svg", "file", "cite", "check", "corpus", "refresh", "add", "analyse", "trend.svg",
    "trend", "follow", "download", "hits.csv", "assets", "style.css", "api", "search", "show", "..",
    "%2e%2e", "..%2f..", "%00", "secret.txt", "0000000000", "99999999999", "%ff%fe",
];
const NAMES: [&str; 17] = [
    "q", "q2", "authority", "year", "theme", "grade", "series", "view", "sort", "after", "from", "p",
    "start", "end", "by", "against", "limit",
];
const VALUES: [&str; 26] = [
    "care",
    "%22care%20leavers%22",
    "lines",
    "*",
    "%28",
    "%22",
    "a%20w%2F9%20b",
    "%2F%2F%28a%7C%2A%29%2B%2F",
    "NOT%20a",
    "-1",
    "18446744073709551615",
    "1e309",
    "%ff",
    "%00",
    "%0d%0aSet-Cookie%3A%20a%3Db",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "..%2F..%2Fsecret.txt",
    "%F0%9F%A6%A6",
    "year",
    "left",
    "on",
    "date%3A2018..",
    "theme%3Anonesuch",
    "%E2%80%AE",
    "a%20OR%20b%20OR%20c*",
    "%2Fetc%2Fpasswd",
];
const METHODS: [&str; 8] = ["GET", "GET", "GET", "POST", "HEAD", "PUT", "OPTIONS", "BREW"];

/// A request by chance: its path, its query, its headers and its body; and whether it is whole.
fn request(random: &mut Random, host: &str) -> (Vec<u8>, bool) {
    let pick = |random: &mut Random, all: &[&str]| random.pick(all).copied().unwrap_or_default().to_owned();
    let mut path = String::new();
    for _ in 0..random.below(5) {
        path += &format!("/{}", pick(random, &SEGMENTS));
    }
    let mut separator = '?';
    for _ in 0..random.below(5) {
        let value = pick(random, &VALUES);
        let times = if random.chance(0.03) { 1 + random.index(2_000) } else { 1 };
        path += &format!("{separator}{}={}", pick(random, &NAMES), value.repeat(times));
        separator = '&';
    }
    if path.is_empty() {
        path.push('/');
    }
    let host = if random.chance(0.05) { "evil.example".to_owned() } else { host.to_owned() };
    let body: Vec<u8> = (0..random.index(400)).map(|_| random.byte()).collect();
    let kind = pick(
        random,
        &[
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "text/plain",
            "\u{ff}",
        ],
    );
    // Now and then less comes than was said.
    let body_length = body.len();
    let length = if random.chance(0.03) { body_length + 10 } else { body_length };
    let method = pick(random, &METHODS);
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    if method == "POST" || method == "PUT" {
        request += &format!("Content-Type: {kind}\r\nContent-Length: {length}\r\n");
    }
    request += "\r\n";
    let mut bytes = request.into_bytes();
    if method == "POST" || method == "PUT" {
        bytes.extend(body);
    }
    let mut is_whole = length == body_length;
    // Or it is no request at all.
    if random.chance(0.05) {
        is_whole = false;
        let at = random.index(bytes.len());
        bytes[at] = random.byte();
    }
    if random.chance(0.02) {
        is_whole = false;
        bytes.truncate(random.index(bytes.len()));
    }
    (bytes, is_whole)
}

/// What comes back until the connection ends. A client that has sent less than it said says that no more comes; to others
/// the server owes an answer, and one that closed its side would be taken for gone.
fn answer(host: &str, request: &[u8], is_short: bool) -> Vec<u8> {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut answer = Vec::new();
    if stream.write_all(request).is_ok() {
        if is_short {
            let _ = stream.shutdown(Shutdown::Write);
        }
        let _ = stream.read_to_end(&mut answer);
    }
    answer
}

#[test]
fn requests_by_chance_are_answered_or_refused() {
    let site = Site::new();
    let (host, all) = (site.host(), requests());
    let clients = 4;
    std::thread::scope(|scope| {
        for client in 0..clients {
            let host = &host;
            scope.spawn(move || {
                for item in (client..all).step_by(clients as usize) {
                    let (request, is_whole) = request(&mut Random::for_item(7, item), host);
                    let answer = String::from_utf8_lossy(&answer(host, &request, !is_whole)).into_owned();
                    let shown = String::from_utf8_lossy(&request[..request.len().min(300)]).into_owned();
                    assert!(
                        !answer.contains("outside") && !answer.contains("root:"),
                        "{item}: {shown}\n{answer}"
                    );
                    assert!(answer.starts_with("HTTP/1.1 ") || !is_whole, "{item}: no answer to {shown}");
                    assert!(!answer.starts_with("HTTP/1.1 500"), "{item}: {shown}\n{answer}");
                    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
                    assert!(!head.to_ascii_lowercase().contains("set-cookie"), "{item}: {shown}\n{head}");
                    assert!(!body.contains("<script>alert"), "{item}: {shown}");
                }
            });
        }
    });
    assert_eq!(site.get("/?q=herons").status, 200);
    assert!(!site.reports().join("../x").exists());
}

#[test]
fn clients_that_are_slow_keep_nobody_waiting() {
    let site = Site::new();
    // Heads that never end, bodies that never come, and answers that nobody reads.
    let mut slow = Vec::new();
    for number in 0..120 {
        let mut stream = TcpStream::connect(site.host()).unwrap();
        let request = match number % 3 {
            0 => format!("GET /?q=herons HTTP/1.1\r\nHost: {}\r\nX-Slow: ", site.host()),
            1 => format!(
                "POST /check HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000\r\n\r\n--x",
                site.host()
            ),
            _ => format!("GET /download/hits.csv?q=*a* HTTP/1.1\r\nHost: {}\r\n\r\n", site.host()),
        };
        stream.write_all(request.as_bytes()).unwrap();
        slow.push(stream);
    }
    let start = Instant::now();
    for _ in 0..20 {
        assert_eq!(site.get("/?q=herons").status, 200);
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    drop(slow);
}
