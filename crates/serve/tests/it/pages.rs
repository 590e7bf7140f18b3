//! The pages, as a reader goes through them.

use crate::site::{Site, links};

#[test]
fn from_a_search_to_the_report_and_back() {
    let site = Site::new();
    let page = site.page("/?q=%22care%20leavers%22");
    assert!(
        page.contains("<mark>care leavers</mark>") && page.contains("<mark>Care leavers</mark>"),
        "{page}"
    );
    assert!(page.contains("in <strong>3</strong> of"), "{page}");
    let all = links(&page);
    let read = all.iter().find(|link| link.starts_with("/report/")).unwrap();
    let report = site.page(read.split('#').next().unwrap());
    let anchor = read.split('#').nth(1).unwrap();
    assert!(report.contains(&format!("id=\"{anchor}\"")) && report.contains("<mark>"), "{report}");
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let site = Site::new();
    let starts = [
        "/",
        "/?q=care&view=lines&sort=left",
        "/?q=nothingatall",
        "/corpus",
        "/check",
        "/analyse/trend?q=care&q2=herons",
    ];
    let mut waiting: Vec<String> = starts.map(str::to_owned).into();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(link) = waiting.pop() {
        let path = link.split('#').next().unwrap().to_owned();
        if path.is_empty() || !seen.insert(path.clone()) || seen.len() > 300 {
            continue;
        }
        let answer = site.get(&path);
        if answer.status == 303 {
            waiting.push(answer.header("location"));
            continue;
        }
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        if answer.header("content-type").starts_with("text/html") {
            waiting.extend(links(&answer.text()).into_iter().filter(|link| link.starts_with('/')));
        }
    }
    assert!(seen.len() > 50, "{seen:?}");
}

#[test]
fn how_a_query_was_read_and_why_it_finds_nothing() {
    let site = Site::new();
    let page = site.page("/?q=caseloat");
    assert!(page.contains("Nothing found") && page.contains("caseload"), "{page}");
    let page = site.page("/?q=herons%20caseloads");
    assert!(page.contains("but not together"), "{page}");
    let wrong = site.get("/?q=%28care");
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.text().contains("value=\"(care\"") && wrong.text().contains("role=\"alert\""),
        "{}",
        wrong.text()
    );
    let unknown = site.get("/?q=care&theme=nonesuch");
    assert_eq!(unknown.status, 400);
}

#[test]
fn a_concordance_is_sorted_by_the_words_beside() {
    let site = Site::new();
    let page = site.page("/?q=leavers&view=lines&sort=right");
    let places: Vec<_> =
        ["have a plan", "have no plan", "well"].map(|words| page.find(words).unwrap()).into();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_citation_has_three_forms() {
    let site = Site::new();
    let page = site.page("/?q=weir");
    let cite = links(&page).into_iter().find(|link| link.starts_with("/cite/")).unwrap();
    let page = site.page(&cite);
    assert!(page.contains("Herons stand at the <mark>weir</mark>") && page.contains("**weir**"), "{page}");
    assert!(page.contains("&quot;type&quot;") && !page.contains("\\u{a}"), "{page}");
    assert!(
        page.contains("\n&gt; –") || page.contains("\n&gt; "),
        "the lines of the Markdown are gone: {page}"
    );
}

#[test]
fn an_article_is_checked_and_saved() {
    let site = Site::new();
    let article = "The report says “Too many care leavers have no plan” and “Leaders ignore the needs of care leavers well”.";
    let body = |name: &str, file: &str, text: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x\r\nContent-Disposition: form-data; \
             name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{file}\r\n--x--\r\n"
        )
    };
    let form = "Content-Type: multipart/form-data; boundary=x\r\n";
    for body in [body("", "", article), body("../../an article.txt", article, "")] {
        let answer = site.post("/check", form, body.as_bytes());
        assert_eq!(answer.status, 303, "{}", answer.text());
        let at = answer.header("location");
        let page = site.page(&at);
        assert!(page.contains("pill exact") && page.contains("pill altered"), "{page}");
        let mut read = links(&page).into_iter().filter(|link| link.starts_with("/report/"));
        let marked = "<mark>Too many care leavers have no plan</mark>";
        assert!(read.any(|link| site.page(link.split('#').next().unwrap()).contains(marked)), "{page}");
        let saved = site.get(&format!("{at}/page"));
        assert!(
            saved.header("content-disposition").starts_with("attachment") && saved.text().contains("</html>")
        );
    }
    assert_eq!(site.post("/check", form, body("", "", " ").as_bytes()).status, 400);
    assert_eq!(site.post("/check", form, b"--x\r\n").status, 400);
    assert_eq!(site.get("/check/0123456789abcdef").status, 404);
}

#[test]
fn a_refresh_reads_new_files_beside_the_answers() {
    let site = Site::new();
    std::fs::write(site.reports().join("new.txt"), "Kingfishers nest below the mill.\n").unwrap();
    let token = site.token();
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    for _ in 0..200 {
        // While the refresh of the start runs, another is not begun.
        assert_eq!(site.post("/corpus/refresh", form, format!("token={token}").as_bytes()).status, 303);
        if site.page("/?q=kingfishers").contains("<mark>Kingfishers</mark>") {
            assert!(site.page("/corpus").contains("new.txt"));
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the new file is not found: {}", site.page("/corpus"));
}
