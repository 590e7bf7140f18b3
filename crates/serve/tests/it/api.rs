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
    let after = first["next"].as_str().unwrap().replace(' ', "%20");
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
    assert_eq!(check["texts"][0]["check"]["verdict"], "exact", "{check}");
    assert_eq!(site.get("/api/reports").json()["reports"].as_array().unwrap().len(), 6);
    assert_eq!(site.get("/api/status").json()["reports"], 6);
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

#[test]
fn answers_have_the_fields_that_are_described() {
    let site = Site::new();
    let description = site.get("/api/openapi.json").json();
    let hit = site.get("/api/search?q=herons").json()["hits"][0]["id"].as_str().unwrap().to_owned();
    for (path, described) in [
        ("/api/search?q=leavers".to_owned(), "/api/search"),
        ("/api/count?q=leavers".to_owned(), "/api/count"),
        ("/api/kwic?q=leavers".to_owned(), "/api/kwic"),
        ("/api/trend?q=gates&by=year".to_owned(), "/api/trend"),
        ("/api/keywords?q=gates".to_owned(), "/api/keywords"),
        ("/api/collocates?q=gates".to_owned(), "/api/collocates"),
        (format!("/api/show/{hit}"), "/api/show/{id}"),
        ("/api/reports".to_owned(), "/api/reports"),
        ("/api/status".to_owned(), "/api/status"),
        ("/api/refresh".to_owned(), "/api/refresh"),
    ] {
        let answer = site.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let schema = &description["paths"][described]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let answer = answer.json();
        let fields = answer.as_object().unwrap();
        let properties = schema["properties"].as_object();
        for name in fields.keys().filter(|_| schema["additionalProperties"] != true) {
            assert!(
                properties.is_some_and(|known| known.contains_key(name)),
                "{path}: {name} is not described"
            );
        }
        for name in properties.into_iter().flatten().map(|(name, _)| name) {
            assert!(fields.contains_key(name), "{path}: {name} is described and not there");
        }
    }
}

#[test]
fn analyses_are_records() {
    let site = Site::new();
    let trend = site.get("/api/trend?q=gates&q2=herons&by=year").json();
    let records = trend["records"].as_array().unwrap();
    assert!(
        records
            .iter()
            .any(|one| one["series"] == "gates" && one["period"] == "2019" && one["occurrences"] == 4),
        "{trend}"
    );
    assert!(records.iter().any(|one| one["series"] == "herons"), "{trend}");
    let near = site.get("/api/collocates?q=gates").json();
    assert!(near["records"].as_array().unwrap().iter().any(|one| one["collocate"] == "rusty"), "{near}");
    assert!(site.get("/api/keywords?q=gates").json()["records"].is_array());
    assert_eq!(site.get("/api/trend").status, 400);
}
