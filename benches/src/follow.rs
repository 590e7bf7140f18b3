//! Requests of earlier reports followed into later ones, for a truth file.

use std::collections::BTreeMap;

use quotable::follow::{Concepts, Followed, Model, Request, follow, requests};
use quotable::query::{Query, analyse};
use quotable::{CodeBook, Index, SearchOptions};
use serde_json::{Value, json};

use crate::error::Result;

/// Answers each question with its ranked paragraphs. Of a question only the two paths, and the number, text and page of the
/// request are read.
///
/// # Errors
/// If the index cannot be read.
pub fn followed(index: &Index, questions: &[Value]) -> Result<Vec<Value>> {
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let snapshot = index.snapshot();
    let options = SearchOptions::default();
    let mut model = Model::learn(&snapshot, &options)?;
    let concepts = Concepts::learn(&CodeBook::builtin(), &snapshot, &options)?;
    let mut pairs: BTreeMap<(&str, &str), Vec<&Value>> = BTreeMap::new();
    for question in questions {
        let path = |name: &str| question[name].as_str().unwrap_or_default();
        pairs.entry((path("earlier_path"), path("later_path"))).or_default().push(question);
    }
    let mut rows = Vec::new();
    for ((earlier, later), questions) in pairs {
        let within = options.clone().within(earlier);
        let hits = snapshot.search_with(&Query::All, &within)?.every()?;
        let hits = hits.collect::<std::result::Result<Vec<_>, _>>()?;
        let mut asked = Vec::new();
        let mut known = Vec::new();
        for question in questions {
            let text = analyse::fold(question["item_text"].as_str().unwrap_or_default());
            let start: String = text.chars().take(60).collect();
            // The paragraph of the request, as the index has it.
            let place = hits.iter().find(|hit| analyse::fold(&hit.text).contains(&start));
            let request: Option<Request> = place.and_then(|hit| {
                let one = requests(std::slice::from_ref(hit)).into_iter().next();
                one.or_else(|| Some(Request::new(1, hit.clone())))
            });
            if let Some(request) = request {
                asked.push(request);
                known.push(question);
            }
        }
        let answer = follow(&snapshot, &mut model, &concepts, (earlier, later), Some(asked), &options)?;
        rows.extend(answer.followed.iter().zip(known).map(|(followed, question)| row(followed, question)));
    }
    Ok(rows)
}

fn row(followed: &Followed, question: &Value) -> Value {
    let ranked: Vec<Value> = followed
        .candidates
        .iter()
        .map(|candidate| {
            json!({
                "paragraph": candidate.hit.citation.paragraph,
                "page": candidate.hit.citation.page,
                "text": candidate.hit.text,
                "label": candidate.outcome.as_str(),
                "relevance": candidate.relevance,
                "coverage": candidate.coverage,
            })
        })
        .collect();
    let text = &followed.request.hit.text;
    let parts: Vec<Value> = followed
        .parts
        .iter()
        .map(|part| json!({"text": text.get(part.text.clone()), "verdict": part.verdict.as_str()}))
        .collect();
    json!({
        "earlier_path": question["earlier_path"],
        "later_path": question["later_path"],
        "item_no": question["item_no"],
        "verdict": followed.verdict.as_str(),
        "parts": parts,
        "ranked": ranked,
    })
}
