//! The other way round: which paragraphs of the reports articles use.

use std::collections::BTreeMap;
use std::ops::Range;

use quotable_index::Id;
use quotable_report::{Citation, Role};
use serde::{Deserialize, Serialize};

use crate::article::{ArticleCheck, CheckedText};
use crate::place::Place;
use crate::quotation::{Quotation, QuotationKind};
use crate::verdict::Verdict;

/// A paragraph of a report that articles quote or take over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UsedParagraph {
    /// The stable id of the paragraph.
    pub id: Id,
    /// Where it is.
    pub citation: Citation,
    /// Its role in the report.
    pub role: Role,
    /// The whole paragraph.
    pub text: String,
    /// Who uses it, in the order of the articles.
    pub uses: Vec<Use>,
}

/// A use of a paragraph by an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Use {
    /// The article, by the name that the caller gave it.
    pub article: String,
    /// The words of the article, where they stand there, and whether they are in quotation marks.
    pub quotation: Quotation,
    /// Exact, altered or spliced.
    pub verdict: Verdict,
    /// The part of the paragraph that is used: bytes of its text.
    pub bytes: Range<usize>,
}

/// The paragraphs that articles use, by report and in the order of the report: those of the reports that an article is
/// about, as far as that is known. Scare quotes, which are words of any report, and claims are no uses.
///
/// Articles come with the names that their uses shall have.
pub fn used_paragraphs<'a>(
    articles: impl IntoIterator<Item = (&'a str, &'a ArticleCheck)>,
) -> Vec<UsedParagraph> {
    let mut used: BTreeMap<(String, Option<u32>), UsedParagraph> = BTreeMap::new();
    for (name, article) in articles {
        for checked in article.quotations.iter().chain(&article.passages) {
            for place in places(article, checked) {
                let key = (place.citation.path.clone(), place.id.ordinal());
                let paragraph = used.entry(key).or_insert_with(|| UsedParagraph {
                    id: place.id.clone(),
                    citation: place.citation.clone(),
                    role: place.role,
                    text: place.text.clone(),
                    uses: Vec::new(),
                });
                paragraph.uses.push(Use {
                    article: name.to_owned(),
                    quotation: checked.quotation.clone(),
                    verdict: checked.check.verdict,
                    bytes: place.bytes.clone(),
                });
            }
        }
    }
    used.into_values().collect()
}

/// The places that a checked text uses.
fn places<'a>(article: &'a ArticleCheck, checked: &'a CheckedText) -> impl Iterator<Item = &'a Place> {
    let check = &checked.check;
    let is_use = checked.quotation.kind != QuotationKind::Scare
        && !matches!(check.verdict, Verdict::Absent | Verdict::Elsewhere);
    let here =
        move |place: &&Place| article.about.as_ref().is_none_or(|about| about.has(&place.citation.path));
    let all = check.consecutive || check.verdict == Verdict::Spliced;
    check.places.iter().filter(here).take(if !is_use {
        0
    } else if all {
        usize::MAX
    } else {
        1
    })
}
