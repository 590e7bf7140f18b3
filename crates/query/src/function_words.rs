//! Function words: the words of English that hold a sentence together and say little of what it is about.

/// True for a function word of English, folded: articles, pronouns, prepositions, conjunctions, auxiliary verbs, and the
/// adverbs of degree, place and time that stand beside anything. Negations are among them. Nouns, full verbs and adjectives
/// are not, however frequent.
///
/// ```
/// use quotable_query::is_function_word;
///
/// assert!(is_function_word("the") && !is_function_word("children's"));
/// ```
#[must_use]
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// In the order of bytes, folded.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "above", "across", "after", "again", "against", "all", "almost", "along", "already",
    "also", "although", "always", "am", "amid", "among", "amongst", "an", "and", "another", "any", "anybody",
    "anyone", "anything", "are", "aren't", "around", "as", "at", "away", "back", "be", "because", "been",
    "before", "behind", "being", "below", "beneath", "beside", "besides", "between", "beyond", "both", "but",
    "by", "can", "can't", "cannot", "could", "couldn't", "despite", "did", "didn't", "do", "does", "doesn't",
    "doing", "don't", "done", "down", "during", "each", "either", "else", "enough", "etc", "even", "ever",
    "every", "everybody", "everyone", "everything", "except", "few", "fewer", "for", "from", "further",
    "had", "hadn't", "has", "hasn't", "have", "haven't", "having", "he", "hence", "her", "here", "hers",
    "herself", "him", "himself", "his", "how", "however", "i", "if", "in", "indeed", "inside", "instead",
    "into", "is", "isn't", "it", "it's", "its", "itself", "just", "least", "less", "like", "many", "may",
    "me", "might", "mine", "more", "moreover", "most", "much", "must", "my", "myself", "near", "neither",
    "never", "nevertheless", "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "often",
    "on", "once", "one", "ones", "only", "onto", "or", "other", "others", "otherwise", "ought", "our",
    "ours", "ourselves", "out", "outside", "over", "own", "per", "perhaps", "quite", "rather", "s", "same",
    "several", "shall", "she", "should", "shouldn't", "since", "so", "some", "somebody", "someone",
    "something", "sometimes", "soon", "still", "such", "t", "than", "that", "that's", "the", "their",
    "theirs", "them", "themselves", "then", "there", "thereby", "therefore", "these", "they", "this",
    "those", "though", "through", "throughout", "thus", "to", "together", "too", "toward", "towards",
    "under", "unless", "until", "up", "upon", "us", "very", "via", "was", "wasn't", "we", "well", "were",
    "weren't", "what", "whatever", "when", "whenever", "where", "whereas", "wherever", "whether", "which",
    "while", "whilst", "who", "whoever", "whole", "whom", "whose", "why", "will", "with", "within",
    "without", "won't", "would", "wouldn't", "yet", "you", "your", "yours", "yourself", "yourselves",
];

#[cfg(test)]
mod tests {
    use super::{FUNCTION_WORDS, is_function_word};
    use crate::analyse::fold;

    #[test]
    fn the_list_is_sorted_and_folded() {
        assert!(FUNCTION_WORDS.is_sorted_by(|one, next| one < next));
        assert!(FUNCTION_WORDS.iter().all(|word| fold(word) == *word));
    }

    #[test]
    fn words_of_content_are_not_in_it() {
        for word in ["children", "social", "good", "care", "need", "makes", "2018", ""] {
            assert!(!is_function_word(word), "{word}");
        }
        assert!(["of", "yourselves", "a", "they"].into_iter().all(is_function_word));
    }
}
