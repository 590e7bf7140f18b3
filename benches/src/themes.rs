//! Theme labels by the built-in code book.

use quotable::CodeBook;
use serde_json::{Value, json};

/// Labels the text of each question of a truth file. A text without label gets `none`.
pub fn label_themes(questions: &[Value]) -> Vec<Value> {
    let book = CodeBook::builtin();
    let row = |question: &Value| {
        let text = question["text"].as_str().unwrap_or_default();
        let mut labels: Vec<String> = book.labels(text).into_iter().map(|label| label.theme).collect();
        if labels.is_empty() {
            labels.push("none".to_owned());
        }
        json!({"item_id": question["item_id"], "labels": labels})
    };
    questions.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_theme_is_labelled_none() {
        let rows = label_themes(&[
            json!({"item_id": "1", "text": "Caseloads are high.", "labels": ["adoption"]}),
            json!({"item_id": "2", "text": "The weather was fine."}),
        ]);
        assert_eq!(rows[0], json!({"item_id": "1", "labels": ["workforce"]}));
        assert_eq!(rows[1], json!({"item_id": "2", "labels": ["none"]}));
    }
}
