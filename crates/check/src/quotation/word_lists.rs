//! Word lists for telling who speaks, in lower case. Forms are listed one by one: stemming would take `statement` for
//! `state`.

/// Verbs of saying, and other words that introduce a quotation (`according to`).
pub(super) const VERBS: [&str; 108] = ["said", "says", "say", "saying", "stated", "states", "state", "added", "adds", "add", "continued", "continues", "found", "finds", "find", "wrote", "writes", "write", "told", "tells", "described", "describes", "describe", "called", "calls", "call", "warned", "warns", "warn", "noted", "notes", "note", "concluded", "concludes", "conclude", "reads", "read", "explained", "explains", "admitted", "admits", "confirmed", "confirm", "confirms", "reported", "reports", "highlighted", "praised", "criticised", "commented", "comments", "insisted", "identified", "concedes", "argued", "rates", "rated", "labelled", "branded", "observed", "observes", "remarked", "according", "judged", "saw", "asked", "warning", "claimed", "claims", "claiming", "replied", "announced", "vowed", "pledged", "promised", "stressed", "stresses", "acknowledged", "recognised", "suggested", "declared", "responded", "deemed", "ranked", "criticising", "describing", "noting", "stating", "finding", "highlighting", "concluding", "adding", "explaining", "praising", "slammed", "slamming", "calling", "insisting", "admitting", "confirming", "arguing", "recalled", "believes", "ruled", "complained", "joked", "quoted", "telling"];
/// Nouns for the report and for those who wrote it.
pub(super) const REPORT: [&str; 15] = [
    "report",
    "report's",
    "reports",
    "inspectors",
    "inspector",
    "inspectors'",
    "inspection",
    "inspectorate",
    "ofsted",
    "ofsted's",
    "watchdog",
    "findings",
    "review",
    "regulator",
    "verdict",
];
/// Nouns for the results of a report, which others quote: `She welcomed the finding that “…”`.
pub(super) const FINDINGS: [&str; 5] = ["finding", "findings", "conclusion", "judgement", "verdict"];
/// Titles, offices and bodies of people who are quoted.
pub(super) const PEOPLE: [&str; 72] = ["cllr", "councillor", "mr", "mrs", "ms", "miss", "dr", "professor", "sir", "dame", "leader", "spokesman", "spokeswoman", "spokesperson", "director", "member", "mp", "minister", "secretary", "commissioner", "parent", "mother", "father", "mum", "dad", "carer", "teacher", "resident", "charity", "union", "organiser", "officer", "chief", "executive", "chair", "chairman", "manager", "headteacher", "council", "department", "boss", "worker", "opposition", "spokespeople", "headmaster", "headmistress", "governor", "nurse", "doctor", "lawyer", "campaigner", "grandmother", "grandfather", "woman", "man", "girl", "boy", "student", "pupil", "official", "source", "councillors", "parents", "carers", "campaigners", "head", "principal", "lead", "adviser", "trustee", "mayor", "bosses"];
/// Those who speak for a body.
pub(super) const SPOKESPEOPLE: [&str; 4] = ["spokesman", "spokeswoman", "spokesperson", "spokespeople"];
/// Titles that are part of a name as it is printed.
pub(super) const HONORIFICS: [&str; 19] = ["mr", "mrs", "ms", "miss", "mx", "dr", "professor", "prof", "sir", "dame", "lord", "lady", "baroness", "cllr", "cllrs", "councillor", "rev", "judge", "justice"];
/// Words of offices, which are part of nobody’s name.
pub(super) const OFFICES: [&str; 93] = ["cabinet", "member", "leader", "deputy", "director", "executive", "chief", "chair", "chairman", "chairwoman", "head", "lead", "minister", "secretary", "state", "shadow", "portfolio", "holder", "spokesman", "spokeswoman", "spokesperson", "officer", "manager", "commissioner", "president", "vice", "assistant", "interim", "acting", "managing", "corporate", "strategic", "operational", "senior", "principal", "council", "councillor", "children's", "children", "services", "service", "social", "care", "families", "family", "education", "safeguarding", "learning", "skills", "young", "people", "adult", "adults", "health", "public", "labour", "conservative", "conservatives", "tory", "liberal", "democrat", "democrats", "green", "independent", "opposition", "group", "local", "national", "her", "his", "majesty's", "mp", "ceo", "obe", "cbe", "mbe", "group's", "chief's", "watchdog", "inspectorate", "education's", "county", "city", "borough", "district", "town", "mayor", "trustee", "founder", "co-founder", "headteacher", "governor", "professor"];
/// Words by which the name of a body is known.
pub(super) const BODIES: [&str; 80] = ["council", "department", "trust", "board", "authority", "authorities", "services", "service", "committee", "union", "office", "government", "ministry", "partnership", "association", "commission", "herald", "times", "post", "news", "mail", "echo", "gazette", "mercury", "guardian", "telegraph", "observer", "express", "mirror", "standard", "chronicle", "journal", "press", "radio", "bbc", "itv", "police", "hospital", "nhs", "university", "college", "school", "academy", "church", "party", "foundation", "society", "federation", "institute", "agency", "group", "network", "centre", "court", "parliament", "assembly", "borough", "county", "city", "care", "house", "commons", "lords", "team", "panel", "forum", "charity", "fund", "week", "magazine", "review", "alliance", "council's", "street", "road", "england", "wales", "britain", "scotland", "london"];
/// Forms of `be`, before a passive.
pub(super) const BE: [&str; 9] = ["is", "was", "are", "were", "be", "been", "being", "gets", "got"];
/// Verbs of judging whose agent may stand behind the quotation: `was labelled “…” by`.
pub(super) const JUDGING: [&str; 15] = ["labelled", "branded", "described", "called", "rated", "judged", "deemed", "ranked", "dubbed", "termed", "as", "considered", "graded", "slammed", "criticised"];
/// Verbs behind which the listener stands.
pub(super) const ADDRESSED: [&str; 4] = ["told", "tells", "asked", "telling"];
/// Words between a subject and its verb.
pub(super) const AUXILIARIES: [&str; 32] = ["has", "have", "had", "also", "then", "later", "to", "would", "will", "went", "goes", "go", "on", "even", "still", "now", "did", "do", "does", "can", "could", "may", "might", "must", "again", "already", "today", "yesterday", "himself", "herself", "itself", "themselves"];
/// Words that open a clause.
pub(super) const CONJUNCTIONS: [&str; 23] = ["and", "but", "while", "whilst", "however", "as", "that", "then", "when", "although", "though", "because", "since", "so", "yet", "or", "nor", "meanwhile", "also", "if", "after", "before", "where"];
/// Prepositions: what follows is no subject.
pub(super) const PREPOSITIONS: [&str; 32] = ["of", "for", "by", "from", "at", "in", "to", "on", "with", "into", "about", "than", "over", "under", "between", "against", "within", "without", "during", "among", "through", "via", "per", "behind", "outside", "inside", "following", "despite", "including", "like", "regarding", "concerning"];
/// Pronouns for a person.
pub(super) const PERSONAL: [&str; 5] = ["he", "she", "i", "we", "you"];
/// Pronouns for a thing or a body, the report included.
pub(super) const IMPERSONAL: [&str; 1] = ["it"];
/// Pronouns for several, the inspectors among them.
pub(super) const PLURAL: [&str; 1] = ["they"];

/// True if `word` is in `list`, in any case and with any apostrophe.
pub(super) fn is_in(list: &[&str], word: &str) -> bool {
    // The bound keeps a long word, which is in no list, from being copied.
    word.len() <= LONGEST_WORD && list.contains(&word.to_lowercase().replace('’', "'").as_str())
}

/// Bytes, in any case and with a curly apostrophe.
const LONGEST_WORD: usize = 16;
