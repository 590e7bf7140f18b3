//! Names of uploaded files.

/// Characters of a file name that are kept.
const LONGEST: usize = 120;

/// The name of an uploaded file: without folders, and without characters that some system does not take. Its end tells the
/// format.
pub(crate) fn file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim_matches(['.', ' ']);
    let plain: Vec<char> = name
        .chars()
        .filter(|letter| !letter.is_control())
        .map(|letter| if "<>:\"|?*".contains(letter) { '_' } else { letter })
        .collect();
    let kept: String = plain.iter().skip(plain.len().saturating_sub(LONGEST)).collect();
    let kept = kept.trim_start_matches(['.', ' ']);
    if kept.is_empty() { "article.txt".to_owned() } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_have_no_folders() {
        assert_eq!(file_name("../../etc/an article.docx"), "an article.docx");
        assert_eq!(file_name("C:\\Users\\me\\a.html"), "a.html");
        assert_eq!(file_name(".quotable"), "quotable");
        assert_eq!(file_name("what? <b>.txt"), "what_ _b_.txt");
        for nothing in ["", "..", "/", "\u{1b}", ". ."] {
            assert_eq!(file_name(nothing), "article.txt");
        }
        let long = format!("{}.docx", "x".repeat(500));
        assert!(file_name(&long).ends_with(".docx") && file_name(&long).len() == LONGEST);
        assert!(!file_name(&format!("x.{}", ".a".repeat(300))).starts_with('.'));
    }
}
