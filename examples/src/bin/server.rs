//! Answers searches over HTTP while the index is refreshed: `GET /search?q=QUERY` gives the best hits as JSON lines.
//!
//! Without an address, the program asks its own server while it reads all reports again, and prints how long answers took.
//! Plain threads stand in for a web framework; the guide of the crate shows the same with `tokio::task::spawn_blocking`.
//!
//! ```sh
//! cargo run --release -p quotable-examples --bin server -- corpus/reports 127.0.0.1:8080
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use quotable::export::hit::{HitInContext, HitOptions, HitRecord};
use quotable::export::jsonl::{self, Versioned};
use quotable::query::Query;
use quotable::{Index, RefreshOptions, SearchOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let address = args.next();
    let index = Index::in_memory()?;
    println!("{}", index.refresh(&folder)?);
    // Only programs of this machine can reach it.
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:0"))?;
    println!("http://{}/search?q=care+leavers", listener.local_addr()?);
    if address.is_some() {
        serve(&listener, &index);
        return Ok(());
    }
    let (server, served) = (listener.local_addr()?, index.clone());
    thread::spawn(move || serve(&listener, &served));
    measure(server, &index, &folder)
}

/// A thread for each request. Clones share the index, and a search answers from the commit it began with.
fn serve(listener: &TcpListener, index: &Index) {
    for stream in listener.incoming().flatten() {
        let index = index.clone();
        thread::spawn(move || answer(stream, &index));
    }
}

fn answer(mut stream: TcpStream, index: &Index) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut line = String::new();
    let mut request = BufReader::new(stream.try_clone()?).take(16 * 1024);
    request.read_line(&mut line)?;
    // The headers are read, or the client may see its connection reset.
    request.lines().map_while(Result::ok).find(String::is_empty);
    let target = line.strip_prefix("GET /search?q=").and_then(|rest| rest.split(' ').next());
    let (status, body) = match target.map(|text| hits(index, &decode(text))) {
        Some(Ok(lines)) => ("200 OK", lines),
        // Errors are sentences for the person who wrote the query.
        Some(Err(error)) => ("400 Bad Request", error.to_string().into_bytes()),
        None => ("404 Not Found", b"ask for /search?q=QUERY".to_vec()),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n")?;
    stream
        .write_all(b"Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n\r\n")?;
    stream.write_all(&body)
}

fn hits(index: &Index, query: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let query: Query = query.parse()?;
    // No query holds a thread for longer.
    let options = SearchOptions::default().deadline(Instant::now() + Duration::from_secs(2));
    let search = index.search_with(&query, &options)?;
    let mut lines = Vec::new();
    for hit in &search.top(10)?.hits {
        let record = HitRecord::new(&HitInContext::new(hit), &HitOptions::default());
        jsonl::write(&mut lines, &Versioned::of(record, &search.provenance()))?;
    }
    Ok(lines)
}

/// The text of a query string: `+` is a space, `%22` a quotation mark.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Asks the server again and again while all reports are read five times over.
fn measure(server: SocketAddr, index: &Index, folder: &str) -> Result<(), Box<dyn Error>> {
    let queries =
        ["care+leavers", "unalloc*", "%22personal+adviser%22", "social+w%2F5+worker", "plan~+OR+review~"];
    let refreshing = {
        let (index, folder) = (index.clone(), folder.to_owned());
        let options = RefreshOptions::default().reread(true);
        thread::spawn(move || (0..5).try_for_each(|_| index.refresh_with(&folder, &options).map(drop)))
    };
    let mut times = Vec::new();
    for query in queries.iter().cycle() {
        if refreshing.is_finished() {
            break;
        }
        let start = Instant::now();
        let mut stream = TcpStream::connect(server)?;
        write!(stream, "GET /search?q={query} HTTP/1.1\r\nHost: {server}\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        times.push(start.elapsed());
        if !answer.starts_with("HTTP/1.1 200") {
            return Err(answer.into());
        }
    }
    refreshing.join().map_err(|_| "the refresh stopped")??;
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    println!("{} answers during the refresh: median {:.1?}, p99 {:.1?}", times.len(), at(50), at(99));
    Ok(())
}
