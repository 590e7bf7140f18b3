//! The printed page.

use crate::site::{Site, links};

/// The boxes over a drawing: left, top, width, height.
fn boxes(svg: &str) -> Vec<[f32; 4]> {
    let group = svg.rsplit("<g fill=\"#ffd84d\"").next().unwrap_or_default();
    let rects = group.split("<rect ").skip(1);
    rects
        .map(|rect| {
            ["x", "y", "width", "height"].map(|name| {
                let value = rect.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
                value.parse().unwrap()
            })
        })
        .collect()
}

#[test]
fn words_over_two_lines_have_two_boxes() {
    let site = Site::new();
    let page = site.page("/?q=%22night%20and%20otters%22");
    let see = links(&page).into_iter().find(|link| link.contains("/page/1")).unwrap();
    let sheet = site.page(&see);
    assert!(sheet.contains("night, and otters") && sheet.contains("page 1 of 1"), "{sheet}");
    let image = sheet.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let svg = site.get(&image);
    assert_eq!((svg.status, svg.header("content-type").as_str()), (200, "image/svg+xml"));
    assert!(svg.header("content-security-policy").contains("sandbox"));
    let found = boxes(&svg.text());
    assert_eq!(found.len(), 2, "{found:?}");
    let (first, second) = (found[0], found[1]);
    // The first ends the line from 126 points below the top of the page, the second begins the next one.
    assert!(first[0] > 200.0 && (second[0] - 72.0).abs() < 4.0, "{found:?}");
    assert!((first[1] - (842.0 - 684.0 - 10.0)).abs() < 4.0 && second[1] > first[1] + 10.0, "{found:?}");
}

#[test]
fn of_equal_words_those_of_the_paragraph_are_boxed() {
    let site = Site::new();
    let page = site.page("/?q=%22gate%20of%20the%20harbour%20was%20painted%22");
    let see = links(&page).into_iter().find(|link| link.contains("/page/1")).unwrap();
    let start_end = see.split('?').nth(1).unwrap();
    // Only the words that the paragraph before has too.
    let (p, start) = (
        start_end.split("p=").nth(1).unwrap().split('&').next().unwrap(),
        start_end.split("start=").nth(1).unwrap(),
    );
    let start: usize = start.split('&').next().unwrap().parse().unwrap();
    let id = see.split('/').nth(2).unwrap();
    let svg = site.page(&format!("/report/{id}/svg/1?p={p}&start={start}&end={}", start + 19));
    let found = boxes(&svg);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0][1] > 842.0 - 700.0 + 2.0 * 16.0, "{found:?}");
}

#[test]
fn a_page_without_a_quotation_has_no_box_and_other_files_no_page() {
    let site = Site::new();
    let page = site.page("/?q=lantern");
    let see = links(&page).into_iter().find(|link| link.contains("/page/1")).unwrap();
    let id = see.split('/').nth(2).unwrap();
    assert!(!site.page(&format!("/report/{id}/svg/1")).contains("#ffd84d"));
    assert_eq!(site.get(&format!("/report/{id}/page/2")).status, 404);
    assert_eq!(site.get(&format!("/report/{id}/page/0")).status, 404);
    assert_eq!(site.get(&format!("/report/{id}/svg/1?p=9999&start=5&end=1")).status, 200);
    let file = site.get(&format!("/report/{id}/file"));
    assert_eq!(
        (file.header("content-type").as_str(), &file.body[..5]),
        ("application/pdf", b"%PDF-".as_slice())
    );
    let text = site.page("/?q=weir");
    let report = links(&text).into_iter().find(|link| link.starts_with("/report/")).unwrap();
    let id = report.split(['?', '#']).next().unwrap();
    assert_eq!(site.get(&format!("{id}/page/1")).status, 404);
    let saved = site.get(&format!("{id}/file"));
    assert!(saved.header("content-disposition").starts_with("attachment"));
    assert_eq!(saved.header("content-type"), "application/octet-stream");
}

#[test]
fn a_file_that_is_no_pdf_any_more_is_a_page_that_says_so() {
    let site = Site::new();
    std::fs::write(site.reports().join("harrow 2019.pdf"), "%PDF-1.4 nothing of it").unwrap();
    let page = site.page("/?q=lantern");
    let see = links(&page).into_iter().find(|link| link.contains("/page/1")).unwrap();
    let answer = site.get(&see);
    // The refresh at the start may have read the file before or after it was changed.
    assert!([404, 422].contains(&answer.status), "{}: {}", answer.status, answer.text());
}
