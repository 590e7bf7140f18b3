//! Downloads of whole answers.

use crate::site::Site;

#[test]
fn a_download_has_all_that_was_found() {
    let site = Site::new();
    let csv = site.get("/download/hits.csv?q=%22care%20leavers%22");
    assert!(csv.header("content-disposition").contains("hits.csv"));
    let text = csv.text();
    assert!(text.starts_with("id,") && text.lines().count() == 4, "{text}");
    let lines = site.page("/download/lines.jsonl?q=leavers");
    for line in lines.lines() {
        assert_eq!(serde_json::from_str::<serde_json::Value>(line).unwrap()["schema"], 1);
    }
    assert_eq!(lines.lines().count(), 3);
    assert!(site.page("/download/years.csv?q=leavers").starts_with("year,occurrences,"));
    let workbook = site.get("/download/hits.xlsx?q=leavers");
    assert_eq!((workbook.status, &workbook.body[..2]), (200, b"PK".as_slice()));
    assert_eq!(site.get("/download/hits.exe?q=leavers").status, 404);
    assert_eq!(site.get("/download/hits.csv?q=%28").status, 400);
}

#[test]
fn filters_narrow_a_download_as_they_narrow_the_page() {
    let site = Site::new();
    let all = site.page("/download/hits.csv?q=caseloads").lines().count();
    let none = site.get("/download/hits.csv?q=caseloads&tables=on&boilerplate=exclude");
    assert_eq!((all, none.status), (3, 200));
}
