//! The answers for programs.

use crate::site::Site;

#[test]
fn every_answer_is_described() {
    let site = Site::new();
    let description = site.get("/api/openapi.json").json();
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().unwrap();
    for (path, methods) in paths {
        let path = path.replace("{id}", "0000000000");
        for method in methods.as_object().unwrap().keys() {
            let answer = if method == "post" { site.post(&path, "", b"") } else { site.get(&path) };
            // Nothing is asked for, or there is no such id: but there is such a route.
            assert_ne!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("content-type"), "application/json", "{method} {path}");
        }
    }
    assert_eq!(site.get("/api/nonesuch").status, 404);
}

#[test]
fn a_search_is_continued_by_its_cursor() {
    let site = Site::new();
    let first = site.get("/api/search?q=%22care%20leavers%22&limit=2").json();
    assert_eq!((&first["schema"], &first["counts"]["paragraphs"]), (&1.into(), &3.into()));
    assert_eq!(first["hits"].as_array().unwrap().len(), 2);
    let after = first["next"].as_str().unwrap();
    let rest = site.get(&format!("/api/search?q=%22care%20leavers%22&limit=2&after={after}")).json();
    assert_eq!(rest["hits"].as_array().unwrap().len(), 1, "{rest}");
    assert!(rest["next"].is_null() && rest["hits"][0]["matches"].is_array());
    let id = rest["hits"][0]["id"].as_str().unwrap();
    let shown = site.get(&format!("/api/show/{id}?context=1")).json();
    assert_eq!(shown["text"], rest["hits"][0]["text"]);
    let report = site.get(&format!("/api/show/{}", id.split('.').next().unwrap())).json();
    assert!(report["paragraphs"].as_array().unwrap().len() > 1, "{report}");
}

#[test]
fn counts_lines_checks_and_the_state() {
    let site = Site::new();
    let table = site.get("/api/count?q=leavers&by=report").json();
    assert_eq!(table["total"]["occurrences"], 3, "{table}");
    let lines = site.get("/api/kwic?q=leavers&limit=2").json();
    assert_eq!((lines["lines"].as_array().unwrap().len(), &lines["next"]), (2, &2.into()));
    let check =
        site.post("/api/check", "", "It says “Too many care leavers have no plan”.".as_bytes()).json();
    assert_eq!(check["texts"][0]["verdict"], "exact", "{check}");
    assert_eq!(site.get("/api/reports").json()["reports"].as_array().unwrap().len(), 4);
    assert_eq!(site.get("/api/status").json()["reports"], 4);
    assert_eq!(site.get("/api/refresh").json()["schema"], 1);
}

#[test]
fn what_is_wrong_is_said_in_json() {
    let site = Site::new();
    for path in [
        "/api/search?q=%28",
        "/api/count?q=care&by=%F0%9F%A6%A6",
        "/api/kwic?q=care&from=x",
        "/api/search?q=a&q=b",
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.json()["error"].as_str().unwrap().len() > 5, "{path}");
    }
    assert_eq!(site.post("/api/check", "", b"\xff\xfe").status, 400);
}
