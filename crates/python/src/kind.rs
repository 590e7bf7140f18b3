//! What the columns of tables hold.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Float,
    Bool,
    /// A day; from texts such as `2018-06-19`.
    Day,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Day => "day",
        }
    }

    /// What a column of this name holds in every table, so that its type is the same where all of its cells are empty.
    /// `None` for a column whose type follows from its cells: those have no empty ones, or hold text.
    pub(crate) fn of_column(name: &str) -> Option<Self> {
        Some(match name {
            "published" | "inspected_from" | "inspected_to" | "inspected" => Self::Day,
            // Of a text in the tables of counts.
            "year" | "inspected-year" => Self::Int,
            "page" | "page_end" | "request_page" | "request" | "rank" | "from_byte" | "to_byte"
            | "occurrences" | "reports" | "unread" | "skipped" | "copies" | "from" | "to"
            | "group_occurrences" | "group_paragraphs" | "by_section" | "by_words" | "places"
            | "all_reports" | "all_paragraphs" | "all_words" | "pages" | "table_rows" | "warnings"
            | "observed" | "frequency" => Self::Int,
            "score"
            | "per_10000_words"
            | "per_10_000_words"
            | "rate_low"
            | "rate_high"
            | "share_of_reports"
            | "share_low"
            | "share_high"
            | "similarity"
            | "relevance"
            | "coverage"
            | "resemblance"
            | "containment"
            | "percent_difference"
            | "odds_ratio"
            | "expected"
            | "log_dice"
            | "log_likelihood"
            | "log_likelihood_of_table"
            | "chi_squared"
            | "p"
            | "p_adjusted"
            | "mi"
            | "mi3"
            | "t_score"
            | "z_score"
            | "dice"
            | "fisher"
            | "log_ratio"
            | "simple_maths"
            | "dp"
            | "dp_norm"
            | "juilland_d"
            | "share" => Self::Float,
            "complete" => Self::Bool,
            _ => return None,
        })
    }
}
