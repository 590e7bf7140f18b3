//! Numbers of pages in words, for messages.

/// Numbers of pages in words: `page 3`, `pages 2, 5 to 9 and 12`. At most eight ranges are named.
pub(crate) fn page_ranges(pages: &[u32]) -> String {
    const MOST_RANGES: usize = 8;
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(page) => *last = page,
            _ => ranges.push((page, page)),
        }
    }
    let words = |&(first, last): &(u32, u32)| match last - first {
        0 => vec![first.to_string()],
        1 => vec![first.to_string(), last.to_string()],
        _ => vec![format!("{first} to {last}")],
    };
    let mut words: Vec<String> = ranges.iter().flat_map(words).collect();
    if words.len() > MOST_RANGES {
        let more = words.len() - MOST_RANGES;
        words.truncate(MOST_RANGES);
        words.push(format!("{more} more"));
    }
    match words.split_last() {
        None => String::new(),
        Some((only, [])) if pages.len() == 1 => format!("page {only}"),
        Some((only, [])) => format!("pages {only}"),
        Some((last, others)) => format!("pages {} and {last}", others.join(", ")),
    }
}
