//! `quotable serve`: the link that it prints answers until the command is ended.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::sandbox::Sandbox;

/// A server that is ended with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the server; returns the address of the printed link.
fn serve(sandbox: &Sandbox, arguments: &[&str]) -> (Served, String) {
    let mut all = vec!["serve", "--no-open"];
    all.extend(arguments);
    let child = sandbox.command(&all).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut served = Served(child);
    let mut link = String::new();
    BufReader::new(served.0.stdout.take().unwrap()).read_line(&mut link).unwrap();
    let address = link.trim().strip_prefix("http://").and_then(|link| link.strip_suffix('/'));
    (served, address.unwrap().to_owned())
}

fn get(address: &str, path: &str, header: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{header}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_printed_link_answers_and_reads_new_reports_beside() {
    let sandbox = Sandbox::with_reports();
    let (_served, address) = serve(&sandbox, &[]);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    for _ in 0..300 {
        let page = get(&address, "/?q=caseloads", "");
        if page.contains("<mark>caseloads</mark>") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{}", get(&address, "/corpus", ""));
}

#[test]
fn an_index_that_is_only_read_is_not_refreshed() {
    let sandbox = Sandbox::with_reports();
    assert_eq!(sandbox.run(&["index"]).code, 0);
    sandbox.put("new.txt", "Kingfishers nest below the mill.\n");
    let (_served, address) = serve(&sandbox, &["--no-refresh"]);
    assert!(get(&address, "/?q=caseloads", "").contains("<mark>"));
    assert!(get(&address, "/?q=kingfishers", "").contains("Nothing found"));
    assert!(!get(&address, "/corpus", "").contains("<form action=\"/corpus/refresh\""));
}

#[test]
fn the_password_is_that_of_the_file() {
    let sandbox = Sandbox::with_reports();
    let file = sandbox.path("password");
    std::fs::write(&file, "sesame\nnot this\n").unwrap();
    let (_served, address) = serve(&sandbox, &["--password-file", file.to_str().unwrap()]);
    assert!(get(&address, "/", "").starts_with("HTTP/1.1 401"));
    assert!(get(&address, "/", "Authorization: Basic eDpzZXNhbWU=\r\n").starts_with("HTTP/1.1 200"));
    std::fs::write(&file, "\n").unwrap();
    let ran = sandbox.run(&["serve", "--no-open", "--password-file", file.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no password in"), "{}", ran.err);
}

#[test]
fn a_folder_without_reports_is_refused() {
    let ran = Sandbox::new().run(&["serve", "--no-open"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there are no reports in"), "{}", ran.err);
}
