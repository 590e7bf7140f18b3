//! The pages that count.

use crate::site::{Site, links};

#[test]
fn a_trend_has_a_chart_a_table_and_files() {
    let site = Site::new();
    let page = site.page("/analyse/trend?q=caseloads&q2=leavers&by=year");
    assert!(page.contains("<code>caseloads</code>") && page.contains("<code>leavers</code>"), "{page}");
    let chart = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let svg = site.get(&chart);
    assert_eq!((svg.status, svg.header("content-type").as_str()), (200, "image/svg+xml"));
    assert!(svg.header("content-security-policy").contains("sandbox") && svg.text().contains("caseloads"));
    let csv = site.page("/analyse/trend.csv?q=caseloads");
    assert!(csv.starts_with("series,by,period,"), "{csv}");
    assert_eq!(&site.get("/analyse/trend.xlsx?q=caseloads").body[..2], b"PK");
    for line in site.page("/analyse/trend.jsonl?q=caseloads").lines() {
        assert_eq!(serde_json::from_str::<serde_json::Value>(line).unwrap()["series"], "caseloads");
    }
}

#[test]
fn each_number_leads_to_its_paragraphs() {
    let site = Site::new();
    for path in [
        "/analyse/trend?q=leavers",
        "/analyse/trend?q=leavers&by=month",
        "/analyse/trend?q=leavers%20OR%20herons&by=framework",
        "/analyse/collocates?q=gates&window=5",
        "/analyse/keywords?q=gates",
    ] {
        let page = site.page(path);
        let table = page.split("<tbody>").skip(1).map(|part| part.split("</tbody>").next().unwrap());
        let cells: Vec<(String, String)> = table
            .flat_map(|table| table.split("<td class=\"number\"><a href=\"").skip(1))
            .map(|cell| {
                let (link, rest) = cell.split_once("\">").unwrap();
                (link.replace("&amp;", "&"), rest.split('<').next().unwrap().to_owned())
            })
            .collect();
        assert!(!cells.is_empty(), "{path}: {page}");
        for (link, number) in cells {
            let found = site.page(&link);
            assert!(!found.contains("Nothing found"), "{path}: {link} ({number})");
            if path.contains("trend") {
                let word = if number == "1" { "occurrence" } else { "occurrences" };
                assert!(found.contains(&format!("{number} {word}</h2>")), "{path}: {link} is not {number}");
            }
        }
    }
}

#[test]
fn what_cannot_be_counted_is_said() {
    let site = Site::new();
    assert!(site.page("/analyse/collocates").contains("name=\"q\""));
    assert!(site.page("/analyse/trend?q=zzzz").contains("Nothing is found"));
    assert!(site.page("/analyse/collocates?q=zzzz").contains("Nothing is found"));
    assert_eq!(site.get("/analyse/trend?q=%28").status, 400);
    assert_eq!(site.get("/analyse/keywords?q=care&against=%28").status, 400);
    assert_eq!(site.get("/analyse/trend.svg").status, 400);
    assert_eq!(site.get("/analyse/trend.exe?q=care").status, 404);
    assert_eq!(site.get("/analyse/nonesuch?q=care").status, 404);
    let start = site.get("/analyse");
    assert_eq!((start.status, start.header("location").as_str()), (303, "/analyse/trend"));
}

#[test]
fn an_inspection_is_followed_into_the_next() {
    let site = Site::new();
    let list = site.page("/follow");
    let pair = links(&list).into_iter().find(|link| link.starts_with("/follow?")).unwrap();
    let page = site.page(&pair);
    assert!(page.contains("What was asked of") && page.contains("Asked for"), "{page}");
    let earlier = links(&page).into_iter().find(|link| link.starts_with("/report/")).unwrap();
    assert!(site.page(&earlier).contains("What it asked for, in the inspection of"), "{earlier}");
    assert_eq!(site.get("/follow?earlier=0000000000&later=0000000001").status, 404);
    assert_eq!(site.get("/follow?earlier=%3Cscript%3E&later=x").status, 404);
}
