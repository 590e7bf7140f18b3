//! What nobody would ask, and documents that would be markup.

use crate::site::{Site, links};

#[test]
fn text_of_a_document_stays_text() {
    let site = Site::new();
    let page = site.page("/?q=herons");
    let mut pages = vec![page.clone(), site.page("/corpus"), site.page("/?q=herons&view=lines")];
    for link in links(&page).iter().filter(|link| link.starts_with("/report/") || link.starts_with("/cite/"))
    {
        pages.push(site.page(link.split('#').next().unwrap()));
    }
    let mut found = 0;
    for page in pages {
        assert!(!page.contains("<script>") && !page.contains("<img src=x"), "{page}");
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'), "{page}");
        found += usize::from(page.contains("&lt;img src=x"));
    }
    assert!(found > 2, "the hostile text was not shown at all: {found}");
}

#[test]
fn a_query_stays_text() {
    let site = Site::new();
    for q in [
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "%27%20onfocus%3Dalert(1)%20x%3D%27",
        "%3C%2Ftitle%3E%3Cscript%3E",
    ] {
        for view in ["", "&view=lines", "&authority=%3Cscript%3E", "&sort=%22%3E%3Cscript%3E"] {
            let text = site.get(&format!("/?q={q}{view}")).text();
            assert!(
                !text.contains("<script>") && !text.contains("'onfocus") && !text.contains("\" onfocus"),
                "{text}"
            );
        }
    }
}

/// Found by fuzzing: the field of a query showed what the words around it did not.
#[test]
fn a_field_shows_no_hidden_sign_of_a_query() {
    let site = Site::new();
    for path in [
        "/?q=heron%11s%E2%80%AEx",
        "/?q=heron&theme=care%1Bleavers&grade=%E2%81%A6good",
        "/?q=heron%22%07&view=lines&year=%C2%85",
        "/analyse/trend?q=heron%11s%E2%80%AEx&theme=care%1Bleavers",
        "/analyse/keywords?q=heron%11s&against=%E2%80%AEx&grade=%1B",
        "/analyse/collocates?q=heron%11s&theme=%E2%80%AEx",
        "/analyse/trend?q=heron&q2=%E2%80%AEx&q3=%1Bmill",
    ] {
        let text = site.get(path).text();
        assert!(text.contains("<form"), "{text}");
        let hidden = text.chars().find(|sign| {
            sign.is_control() && !"\r\n\t".contains(*sign) || "\u{202e}\u{2066}".contains(*sign)
        });
        assert_eq!(hidden, None, "{path}: {text}");
    }
}

#[test]
fn nothing_outside_the_corpus_is_served() {
    let site = Site::new();
    let paths = [
        "/report/../secret.txt",
        "/report/..%2f..%2fsecret.txt/file",
        "/report/%2e%2e%2fsecret.txt/file",
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2Fetc%2Fpasswd",
        "/download/..%2f..%2fsecret.txt",
        "/report/0000000000/file",
        "//secret.txt",
        "/%00",
        "/report/%ff/page/1",
        "/report/0000000000/page/99999999999999999999",
        "/report/0000000000/svg/-1",
        "/check/..%2fpage",
    ];
    for path in paths {
        let answer = site.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert!(!String::from_utf8_lossy(&answer.body).contains("outside"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed() {
    let site = Site::new();
    let page = site.page("/?q=kingfisher%20OR%20weir");
    let report = links(&page).into_iter().find(|link| link.starts_with("/report/")).unwrap();
    let id = report.split(['?', '#']).next().unwrap();
    assert_eq!(site.get(&format!("{id}/file")).status, 200);
    let file = site.reports().join("marlowe 2018.txt");
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(site.reports().join("../secret.txt"), &file).unwrap();
    let answer = site.get(&format!("{id}/file"));
    assert_eq!(answer.status, 403);
    assert!(!answer.text().contains("outside"));
}

#[test]
fn requests_that_are_none_end_nothing() {
    let site = Site::new();
    let long = "a".repeat(100_000);
    let requests: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"\r\n\r\n".to_vec(),
        b"GET".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01".to_vec(),
        format!("GET /?q={long} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", site.host()).into_bytes(),
        format!("POST /check HTTP/1.1\r\nHost: {}\r\nContent-Length: 99999999999\r\n\r\n", site.host())
            .into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: {}\r\nHost: evil.example\r\nConnection: close\r\n\r\n", site.host())
            .into_bytes(),
        format!("DELETE / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", site.host()).into_bytes(),
    ];
    for request in requests {
        // The client closes its side, as one that has gone does.
        let mut stream = std::net::TcpStream::connect(site.host()).unwrap();
        let _ = std::io::Write::write_all(&mut stream, &request);
        let _ = stream.shutdown(std::net::Shutdown::Both);
    }
    let hard = [
        "%28".repeat(500),
        "*".repeat(200),
        "NOT%20".repeat(300),
        "a%20w/9%20".repeat(300),
        "%22".repeat(333),
    ];
    for q in hard {
        let status = site.get(&format!("/?q={q}")).status;
        assert!(status < 500, "{q}: {status}");
    }
    assert_eq!(site.get("/?q=herons").status, 200);
}
