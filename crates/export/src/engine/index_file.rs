//! The file by which an index for the paragraphs is made in an engine.

use serde_json::{Value as Json, json};

use super::columns::ExportTable;
use super::value::ColumnType;

/// The name of the index in the engine.
pub const INDEX_NAME: &str = "quotable-paragraphs";

/// The index configuration of Quickwit, as YAML. Words are split at spaces, so that they count as they do here.
pub(super) fn quickwit() -> String {
    let mut yaml = format!(
        "# Made by quotable export. Words are folded already: the tokenizer only splits them at spaces.\n\
         version: 0.8\nindex_id: {INDEX_NAME}\ndoc_mapping:\n  mode: strict\n  field_mappings:\n"
    );
    for column in ExportTable::Paragraphs.columns() {
        let rest = match column.holds {
            ColumnType::Text => "type: text\n      indexed: false\n      fast: false",
            ColumnType::Words => {
                "type: text\n      tokenizer: whitespace\n      record: position\n      fieldnorms: true\n      stored: false"
            }
            ColumnType::Keyword => "type: text\n      tokenizer: raw\n      fast: true",
            ColumnType::Keywords | ColumnType::Periods => {
                "type: array<text>\n      tokenizer: raw\n      fast: true"
            }
            ColumnType::Int => "type: i64\n      fast: true",
            ColumnType::Ints => "type: array<i64>\n      fast: true",
            ColumnType::Bool => "type: bool\n      fast: true",
            ColumnType::Day => {
                "type: datetime\n      input_formats: [rfc3339]\n      output_format: rfc3339\n      \
                 fast_precision: seconds\n      fast: true"
            }
        };
        yaml.push_str(&format!("    - name: {}\n      {rest}\n", column.name));
    }
    yaml.push_str(
        "indexing_settings:\n  commit_timeout_secs: 30\n  merge_policy:\n    type: stable_log\n    \
         # Quickwit deletes nothing in splits that are younger: its default is two days.\n    \
         maturation_period: 1h\nsearch_settings:\n  default_search_fields: [words]\n",
    );
    yaml
}

/// The settings and the mapping of OpenSearch and Elasticsearch, as JSON.
pub(super) fn opensearch() -> Json {
    let property = |holds: ColumnType| match holds {
        ColumnType::Text => json!({"type": "text", "index": false}),
        ColumnType::Words => json!({"type": "text", "analyzer": "quotable_words"}),
        // Longer ones are stored and cannot be asked for: Lucene takes no term of more than 32,766 bytes.
        ColumnType::Keyword | ColumnType::Keywords => json!({"type": "keyword", "ignore_above": 8191}),
        ColumnType::Periods => json!({"type": "date_range", "format": "strict_date"}),
        ColumnType::Int | ColumnType::Ints => json!({"type": "long"}),
        ColumnType::Bool => json!({"type": "boolean"}),
        ColumnType::Day => json!({"type": "date", "format": "strict_date"}),
    };
    let columns = ExportTable::Paragraphs.columns();
    let properties: serde_json::Map<String, Json> =
        columns.iter().map(|column| (column.name.to_owned(), property(column.holds))).collect();
    json!({
        "settings": {
            "index": {"number_of_shards": 1},
            "analysis": {
                "tokenizer": {"quotable_spaces": {"type": "whitespace", "max_token_length": 255}},
                "analyzer": {"quotable_words": {"type": "custom", "tokenizer": "quotable_spaces"}},
            },
        },
        "mappings": {"dynamic": "strict", "properties": properties},
    })
}
