//! Word lists for telling who speaks, in lower case. Forms are listed one by one: stemming would take `statement` for
//! `state`.

/// Verbs of saying, and other words that introduce a quotation (`according to`).
pub(super) const VERBS: [&str; 151] = [
    "said", "says", "say", "saying", "stated", "states", "state", "added", "adds", "add", "continued",
    "continues", "found", "finds", "find", "wrote", "writes", "write", "told", "tells", "described",
    "describes", "describe", "called", "calls", "call", "warned", "warns", "warn", "noted", "notes", "note",
    "concluded", "concludes", "conclude", "reads", "read", "explained", "explains", "admitted", "admits",
    "confirmed", "confirm", "confirms", "reported", "reports", "highlighted", "praised", "criticised",
    "commented", "comments", "insisted", "identified", "concedes", "argued", "rates", "rated", "labelled",
    "branded", "observed", "observes", "remarked", "according", "judged", "saw", "asked", "warning",
    "claimed", "claims", "claiming", "replied", "announced", "vowed", "pledged", "promised", "stressed",
    "stresses", "acknowledged", "recognised", "suggested", "declared", "responded", "deemed", "ranked",
    "criticising", "describing", "noting", "stating", "finding", "highlighting", "concluding", "adding",
    "explaining", "praising", "slammed", "slamming", "calling", "insisting", "admitting", "confirming",
    "arguing", "recalled", "believes", "ruled", "complained", "joked", "quoted", "telling", "begins",
    "began", "opens", "reading", "tweeted", "emphasised", "maintained", "maintains", "concurred", "laments",
    "lamented", "cautioned", "urged", "urges", "mused", "denied", "denies", "pointed", "conceded", "insists",
    "accepts", "accepted", "agreed", "agrees", "revealed", "reveals", "recalls", "boasted", "enthused",
    "quipped", "countered", "chimed", "grumbled", "sighed", "beamed", "fumed", "blasted", "suggests",
    "believed", "responds", "replies", "stress", "hailed",
];
/// Nouns for the report and for those who wrote it.
pub(super) const REPORT: [&str; 28] = [
    "report", "report's", "reports", "inspectors", "inspector", "inspectors'", "inspection", "inspectorate",
    "ofsted", "ofsted's", "watchdog", "findings", "review", "regulator", "verdict", "regulators",
    "watchdogs", "inspectorates", "cqc", "hmip", "hmicfrs", "hmi", "estyn", "orr", "raib", "hiqa", "ciw",
    "rqia",
];
/// Nouns for the results of a report, which others quote: `She welcomed the finding that “…”`.
pub(super) const FINDINGS: [&str; 5] = ["finding", "findings", "conclusion", "judgement", "verdict"];
/// Titles, offices and bodies of people who are quoted.
pub(super) const PEOPLE: [&str; 72] = [
    "cllr", "councillor", "mr", "mrs", "ms", "miss", "dr", "professor", "sir", "dame", "leader", "spokesman",
    "spokeswoman", "spokesperson", "director", "member", "mp", "minister", "secretary", "commissioner",
    "parent", "mother", "father", "mum", "dad", "carer", "teacher", "resident", "charity", "union",
    "organiser", "officer", "chief", "executive", "chair", "chairman", "manager", "headteacher", "council",
    "department", "boss", "worker", "opposition", "spokespeople", "headmaster", "headmistress", "governor",
    "nurse", "doctor", "lawyer", "campaigner", "grandmother", "grandfather", "woman", "man", "girl", "boy",
    "student", "pupil", "official", "source", "councillors", "parents", "carers", "campaigners", "head",
    "principal", "lead", "adviser", "trustee", "mayor", "bosses",
];
/// People by what they are to others, and bodies without a name: whoever is meant, it is not the report.
const OTHERS: [&str; 44] = [
    "wife", "husband", "partner", "friend", "friends", "family", "families", "relative", "relatives",
    "critic", "critics", "mps", "peers", "staff", "child", "children", "people", "youngsters", "judge",
    "judges", "coroner", "barrister", "expert", "experts", "activist", "activists", "academic", "academics",
    "politician", "politicians", "deputy", "deputies", "colleague", "colleagues", "aide", "aides", "victim",
    "victims", "mums", "dads", "women", "men", "sister", "brother",
];
/// Nouns that end as those for people do, and mean none: texts, and those who may be inspectors.
const NOT_PEOPLE: [&str; 20] = [
    "letter", "letters", "paper", "papers", "chapter", "chapters", "newsletter", "number", "numbers",
    "order", "orders", "header", "footer", "poster", "leaflet", "assessor", "assessors", "reviewer",
    "reviewers", "whether",
];

/// True for a noun that means people: one of a list, or formed as the names of those who act are (`readers`, `residents`,
/// `campaigners`).
pub(super) fn means_people(word: &str) -> bool {
    if is_in(&PEOPLE, word) || is_in(&OTHERS, word) {
        return true;
    }
    let word = word.to_lowercase();
    let single = word.strip_suffix('s').unwrap_or(&word);
    let agent = ["er", "or", "ist", "ian", "ident", "udent", "icant", "sultant"];
    word.len() > 5
        && agent.iter().any(|ending| single.ends_with(ending))
        && !is_in(&NOT_PEOPLE, &word)
        && !is_in(&REPORT, &word)
}

/// Nouns for texts, which may be the report.
pub(super) const DOCUMENTS: [&str; 17] = [
    "document", "paragraph", "section", "page", "summary", "passage", "text", "sentence", "line",
    "judgement", "judgment", "assessment", "publication", "letter", "paper", "statement", "headline",
];

/// Letters behind a name that are none of it: honours, degrees, offices.
pub(super) const POSTNOMINALS: [&str; 18] = [
    "kc", "qc", "mbe", "obe", "cbe", "dbe", "kbe", "bem", "mp", "mps", "jp", "dl", "phd", "frs", "cb", "gbe",
    "msp", "obes",
];
/// Participles that open a sentence about somebody to whom the words were said, or about whom: `Accused of “…”, Ned Vane said`.
pub(super) const TOLD: [&str; 20] = [
    "accused", "asked", "told", "described", "branded", "labelled", "dubbed", "called", "criticised",
    "faced", "confronted", "challenged", "quizzed", "pressed", "questioned", "warned", "reminded", "hailed",
    "praised", "condemned",
];
/// Verbs that say that somebody did not say it.
pub(super) const DENYING: [&str; 3] = ["denied", "denies", "denying"];
/// Verbs of finding out, which only those who report what they found are quoted by.
pub(super) const PERCEIVING: [&str; 10] =
    ["saw", "found", "finds", "find", "identified", "recognised", "observed", "observes", "read", "reads"];
/// Verbs of what is not said yet, or may never be.
pub(super) const MODALS: [&str; 8] = ["would", "should", "could", "might", "must", "may", "shall", "cannot"];
/// Words by which a clause tells that nobody said it, or not the one who is named.
pub(super) const UNREAL: [&str; 14] = [
    "neither", "nor", "not", "never", "but", "except", "wish", "wishes", "true", "untrue", "when", "whether",
    "if", "unless",
];
/// What somebody says, as a noun with its owner: `Ofsted’s view that “…”`.
pub(super) const SAYINGS: [&str; 34] = [
    "finding", "findings", "conclusion", "conclusions", "judgement", "judgment", "verdict", "comment",
    "comments", "view", "claim", "claims", "line", "remark", "remarks", "description", "statement",
    "warning", "words", "answer", "response", "reply", "promise", "boast", "phrase", "criticism", "praise",
    "assessment", "insistence", "assertion", "observation", "admission", "message", "pledge",
];
/// Words that open a question or a condition: nobody is told to have said what follows.
pub(super) const QUESTIONS: [&str; 18] = [
    "had", "did", "does", "has", "have", "should", "would", "could", "will", "was", "were", "is", "are",
    "if", "why", "how", "what", "unless",
];

/// Words other than negations by which a sentence denies what follows: `a lack of`, `failed to`.
pub(super) const LACKING: [&str; 25] = [
    "no", "nor", "neither", "without", "none", "nobody", "nothing", "cannot", "lack", "lacks", "lacked",
    "lacking", "fail", "fails", "failed", "failing", "failure", "failures", "little", "few", "unable", "far",
    "absence", "missing", "less",
];

/// True for a word that denies the verb behind it: `never`, `not`, `didn’t`.
pub(super) fn is_negation(word: &str) -> bool {
    is_in(&["never", "not", "hardly"], word) || word.ends_with("n't") || word.ends_with("n’t")
}

/// Those who speak for a body.
pub(super) const SPOKESPEOPLE: [&str; 4] = ["spokesman", "spokeswoman", "spokesperson", "spokespeople"];
/// Titles that are part of a name as it is printed.
pub(super) const HONORIFICS: [&str; 19] = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "professor", "prof", "sir", "dame", "lord", "lady", "baroness",
    "cllr", "cllrs", "councillor", "rev", "judge", "justice",
];
/// Words of offices, which are part of nobody’s name.
pub(super) const OFFICES: [&str; 91] = [
    "cabinet", "member", "leader", "deputy", "director", "executive", "chief", "chair", "chairman",
    "chairwoman", "head", "lead", "minister", "secretary", "state", "shadow", "portfolio", "holder",
    "spokesman", "spokeswoman", "spokesperson", "officer", "manager", "commissioner", "president", "vice",
    "assistant", "interim", "acting", "managing", "corporate", "strategic", "operational", "senior",
    "principal", "council", "councillor", "children's", "children", "services", "service", "social", "care",
    "families", "family", "education", "safeguarding", "learning", "skills", "people", "adult", "adults",
    "health", "public", "labour", "conservative", "conservatives", "tory", "liberal", "democrat",
    "democrats", "independent", "opposition", "group", "local", "national", "her", "his", "majesty's", "mp",
    "ceo", "obe", "cbe", "mbe", "group's", "chief's", "watchdog", "inspectorate", "education's", "county",
    "city", "borough", "district", "town", "mayor", "trustee", "founder", "co-founder", "headteacher",
    "governor", "professor",
];
/// Words by which the name of a body is known.
pub(super) const BODIES: [&str; 80] = [
    "council", "department", "trust", "board", "authority", "authorities", "services", "service",
    "committee", "union", "office", "government", "ministry", "partnership", "association", "commission",
    "herald", "times", "post", "news", "mail", "echo", "gazette", "mercury", "guardian", "telegraph",
    "observer", "express", "mirror", "standard", "chronicle", "journal", "press", "radio", "bbc", "itv",
    "police", "hospital", "nhs", "university", "college", "school", "academy", "church", "party",
    "foundation", "society", "federation", "institute", "agency", "group", "network", "centre", "court",
    "parliament", "assembly", "borough", "county", "city", "care", "house", "commons", "lords", "team",
    "panel", "forum", "charity", "fund", "week", "magazine", "review", "alliance", "council's", "street",
    "road", "england", "wales", "britain", "scotland", "london",
];
/// Forms of `be`, before a passive.
pub(super) const BE: [&str; 9] = ["is", "was", "are", "were", "be", "been", "being", "gets", "got"];
/// Verbs of judging whose agent may stand behind the quotation: `was labelled “…” by`.
pub(super) const JUDGING: [&str; 15] = [
    "labelled", "branded", "described", "called", "rated", "judged", "deemed", "ranked", "dubbed", "termed",
    "as", "considered", "graded", "slammed", "criticised",
];
/// Verbs behind which the listener stands.
pub(super) const ADDRESSED: [&str; 4] = ["told", "tells", "asked", "telling"];
/// Words between a subject and its verb.
pub(super) const AUXILIARIES: [&str; 32] = [
    "has", "have", "had", "also", "then", "later", "to", "would", "will", "went", "goes", "go", "on", "even",
    "still", "now", "did", "do", "does", "can", "could", "may", "might", "must", "again", "already", "today",
    "yesterday", "himself", "herself", "itself", "themselves",
];
/// Words that open a clause.
pub(super) const CONJUNCTIONS: [&str; 23] = [
    "and", "but", "while", "whilst", "however", "as", "that", "then", "when", "although", "though",
    "because", "since", "so", "yet", "or", "nor", "meanwhile", "also", "if", "after", "before", "where",
];
/// Prepositions: what follows is no subject.
pub(super) const PREPOSITIONS: [&str; 32] = [
    "of", "for", "by", "from", "at", "in", "to", "on", "with", "into", "about", "than", "over", "under",
    "between", "against", "within", "without", "during", "among", "through", "via", "per", "behind",
    "outside", "inside", "following", "despite", "including", "like", "regarding", "concerning",
];
/// Pronouns for a person.
pub(super) const PERSONAL: [&str; 5] = ["he", "she", "i", "we", "you"];
/// Pronouns for a thing or a body, the report included.
pub(super) const IMPERSONAL: [&str; 1] = ["it"];
/// Pronouns for several, the inspectors among them.
pub(super) const PLURAL: [&str; 1] = ["they"];

/// True if `word` is in `list`, in any case and with any apostrophe.
pub(super) fn is_in(list: &[&str], word: &str) -> bool {
    // The bound keeps a long word, which is in no list, from being copied.
    if word.len() > LONGEST_WORD {
        return false;
    }
    match word.contains('’') {
        true => {
            let word = word.replace('’', "'");
            list.iter().any(|known| known.eq_ignore_ascii_case(&word))
        }
        false => list.iter().any(|known| known.eq_ignore_ascii_case(word)),
    }
}

/// Bytes, in any case and with a curly apostrophe.
const LONGEST_WORD: usize = 16;
