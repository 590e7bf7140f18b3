//! Front matter: metadata at the head of a Markdown file, between lines of `---`, in YAML.

/// Splits a file into its properties, keys in lower case, and the text after them.
///
/// Reads the part of YAML that front matter uses: `key: value`, quoted or not, and lists, which are joined by commas. Other
/// structures are left out.
pub(super) fn split(text: &str) -> (Vec<(String, String)>, &str) {
    let none = (Vec::new(), text);
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let mut at = first.len();
    let mut properties: Vec<(String, String)> = Vec::new();
    for line in lines {
        at += line.len();
        let line = line.trim_end();
        if matches!(line, "---" | "...") {
            properties.retain(|(_, value)| !value.is_empty());
            return if properties.is_empty() { none } else { (properties, &text[at..]) };
        }
        let bare = line.trim_start();
        if let (Some(item), Some((_, value))) = (bare.strip_prefix("- "), properties.last_mut()) {
            if !value.is_empty() {
                value.push_str(", ");
            }
            value.push_str(unquoted(item));
        } else if let (true, Some((key, value))) = (bare == line, bare.split_once(':'))
            && !bare.starts_with('#')
        {
            let value = value.trim();
            let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
            let value = match list {
                Some(list) => list.split(',').map(unquoted).collect::<Vec<&str>>().join(", "),
                None if matches!(value, "|" | ">" | "{}" | "~" | "null") => String::new(),
                None => unquoted(value).to_owned(),
            };
            properties.push((key.trim().to_lowercase(), value));
        }
    }
    // Without a closing line, the first was a thematic break.
    none
}

/// The value without the quotes around it.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = |quote: char| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn properties_are_read_and_the_rest_is_text() {
        let text = "---\nTitle: \"Inspection: Westmere\"\r\nauthority: Westmere Council\n# a remark\nauthors:\n  - A. May\n  - B. June\ntags: [a, 'b']\nempty:\n---\n# Leaders\n";
        let (properties, rest) = split(text);
        let properties: Vec<(&str, &str)> =
            properties.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(
            properties,
            [
                ("title", "Inspection: Westmere"),
                ("authority", "Westmere Council"),
                ("authors", "A. May, B. June"),
                ("tags", "a, b"),
            ]
        );
        assert_eq!(rest, "# Leaders\n");
    }

    #[test]
    fn a_thematic_break_is_not_front_matter() {
        for text in ["---\ntext: and more\n", "---\n\n---\nword", "text\n---\nkey: value\n---\n"] {
            assert_eq!(split(text), (Vec::new(), text));
        }
    }
}
