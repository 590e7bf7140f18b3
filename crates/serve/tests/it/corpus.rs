//! Files that a reader adds.

use crate::site::{Answer, Site};

/// Sends files with the form of the page.
fn add(site: &Site, token: &str, files: &[(&str, &[u8])]) -> Answer {
    let mut body =
        format!("--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n").into_bytes();
    for (name, bytes) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n"
        );
        body.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(*b"--x--\r\n");
    site.post("/corpus/add", "Content-Type: multipart/form-data; boundary=x\r\n", &body)
}

/// Every file under the folder of the test, the index aside.
fn files(site: &Site) -> Vec<String> {
    let entries = std::fs::read_dir(site.reports()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_added_and_found() {
    let site = Site::new();
    let answer = add(&site, &site.token(), &[("../otters.txt", b"Otters play on the slipway.\n")]);
    assert_eq!((answer.status, answer.header("location").as_str()), (303, "/corpus"), "{}", answer.text());
    assert!(site.reports().join("otters.txt").is_file() && !site.reports().join("../otters.txt").exists());
    for _ in 0..200 {
        if site.page("/?q=slipway").contains("<mark>slipway</mark>") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the new file is not found: {}", site.page("/corpus"));
}

#[test]
fn no_file_is_replaced_and_none_that_is_not_read_is_taken() {
    let site = Site::new();
    let (token, before) = (site.token(), files(&site));
    let old = std::fs::read(site.reports().join("marlowe 2018.txt")).unwrap();
    assert_eq!(add(&site, &token, &[("marlowe 2018.txt", b"other")]).status, 409);
    assert_eq!(std::fs::read(site.reports().join("marlowe 2018.txt")).unwrap(), old);
    for name in ["run.exe", "quotable.csv", "archive.zip"] {
        // One file that is not read keeps all others away too.
        let answer = add(&site, &token, &[("new.txt", b"new"), (name, b"MZ\0\0")]);
        assert_eq!(answer.status, 400, "{name}");
        assert!(answer.text().contains("not read"), "{}", answer.text());
    }
    assert_eq!(add(&site, &token, &[]).status, 400);
    for wrong in ["", "0123"] {
        assert_eq!(add(&site, wrong, &[("new.txt", b"new")]).status, 403);
    }
    assert_eq!(files(&site), before);
}

#[test]
fn where_reports_are_only_read_nothing_is_added() {
    let site = Site::with(|settings| settings.refresh(None));
    let page = site.page("/corpus");
    assert!(!page.contains("<form"), "{page}");
    assert_eq!(add(&site, "", &[("new.txt", b"new")]).status, 403);
}

#[test]
fn many_reports_are_listed_page_by_page() {
    assert!(!Site::new().page("/corpus").contains("Pages of the reports"));
    let site = Site::of(|reports| {
        for number in 0..515 {
            let text = format!("Report {number} on herons.");
            std::fs::write(reports.join(format!("n{number:03}.txt")), text).unwrap();
        }
        std::fs::write(reports.join("torn.docx"), b"PK torn").unwrap();
    });
    let page = site.page("/corpus");
    let rows = |page: &str| -> Vec<String> {
        let cells = page.split("<td class=\"small\">").skip(1);
        cells.map(|cell| cell.split('<').next().unwrap_or_default().to_owned()).collect()
    };
    let first = rows(&page);
    assert_eq!(first.len(), 500);
    assert!(
        page.contains("1–500 of 515")
            && page.contains("href=\"/corpus?from=500\"")
            && !page.contains("Previous page")
    );
    let next = site.page("/corpus?from=500");
    assert!(
        next.contains("501–515 of 515")
            && next.contains("href=\"/corpus?from=0\"")
            && !next.contains("Next page")
    );
    let mut all = [first, rows(&next)].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 515);
    // What could not be read is on every page.
    for page in [&page, &next, &site.page("/corpus?from=9999")] {
        assert!(page.contains("torn.docx"), "{page}");
    }
    assert_eq!(site.get("/corpus?from=some").status, 400);
}
