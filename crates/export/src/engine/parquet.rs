//! Tables as Parquet files, column by column, in groups of rows that fit in memory.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::columns::{ExportColumn, ExportTable};
use super::error::ExportError;
use super::file::Output;
use super::value::{ColumnType, Value};

/// The most rows of a group. Engines read groups in parallel, and keep one of each file in memory.
const GROUP_ROWS: usize = 1 << 16;
/// The most bytes of the values of a group before they are compressed.
const GROUP_BYTES: usize = 32 << 20;

/// A table that is being written into one file.
pub(super) struct ParquetTable {
    writer: SerializedFileWriter<Output>,
    columns: Vec<Buffer>,
    /// Rows and bytes that wait for their group to be full.
    waiting: (usize, usize),
    rows: u64,
    path: std::path::PathBuf,
}

impl ParquetTable {
    pub(super) fn create(output: Output, table: ExportTable) -> Result<Self, ExportError> {
        let path = output.path().to_owned();
        let columns = table.columns();
        let failed = failure(&path);
        let schema = parse_message_type(&message_type(table)).map_err(failed)?;
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("quotable {}", env!("CARGO_PKG_VERSION")));
        // A dictionary of texts that differ from row to row costs memory and is thrown away.
        for column in columns.iter().filter(|column| is_distinct(table, column)) {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(column.name), false);
        }
        let properties = Arc::new(properties.build());
        let writer =
            SerializedFileWriter::new(output, Arc::new(schema), properties).map_err(failure(&path))?;
        let columns = columns.iter().map(|column| Buffer::new(column.holds)).collect();
        Ok(Self { writer, columns, waiting: (0, 0), rows: 0, path })
    }

    pub(super) fn push(&mut self, row: &[Value<'_>]) -> Result<(), ExportError> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            self.waiting.1 += column.push(value);
        }
        self.waiting.0 += 1;
        self.rows += 1;
        if self.waiting.0 >= GROUP_ROWS || self.waiting.1 >= GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), ExportError> {
        if self.waiting.0 == 0 {
            return Ok(());
        }
        self.waiting = (0, 0);
        let mut group = self.writer.next_row_group().map_err(failure(&self.path))?;
        for buffer in &mut self.columns {
            let column = group.next_column().map_err(failure(&self.path))?;
            let Some(mut column) = column else { break };
            buffer.write(column.untyped()).map_err(failure(&self.path))?;
            column.close().map_err(failure(&self.path))?;
        }
        group.close().map_err(failure(&self.path))?;
        Ok(())
    }

    /// Ends the file. Returns the rows, and what was written.
    pub(super) fn finish(mut self) -> Result<(u64, Output), ExportError> {
        self.write_group()?;
        let output = self.writer.into_inner().map_err(failure(&self.path))?;
        Ok((self.rows, output))
    }
}

fn failure(path: &std::path::Path) -> impl FnOnce(ParquetError) -> ExportError {
    let path = path.to_owned();
    move |error| ExportError::File { path, error: std::io::Error::other(error) }
}

/// True for a column whose values are nearly all different.
fn is_distinct(table: ExportTable, column: &ExportColumn) -> bool {
    match table {
        ExportTable::Paragraphs => matches!(column.name, "id" | "text" | "words" | "cite"),
        ExportTable::Sentences => matches!(column.name, "text" | "words"),
        _ => false,
    }
}

/// The schema of a table as Parquet writes it. Every value may be missing; lists are empty rather than missing.
pub(super) fn message_type(table: ExportTable) -> String {
    let mut message = format!("message {} {{\n", table.name());
    for ExportColumn { name, holds } in table.columns() {
        let list = |of: &str| {
            format!("  required group {name} (LIST) {{ repeated group list {{ required {of}; }} }}\n")
        };
        message.push_str(&match holds {
            ColumnType::Text | ColumnType::Words | ColumnType::Keyword => {
                format!("  optional binary {name} (STRING);\n")
            }
            ColumnType::Int => format!("  optional int64 {name};\n"),
            ColumnType::Bool => format!("  optional boolean {name};\n"),
            ColumnType::Day => format!("  optional int32 {name} (DATE);\n"),
            ColumnType::Keywords | ColumnType::Periods => list("binary element (STRING)"),
            ColumnType::Ints => list("int64 element"),
        });
    }
    message.push('}');
    message
}

/// The values of one column that wait for their group.
struct Buffer {
    /// 1 for a value, 0 for none; of a list, for an element and for an empty list.
    defined: Vec<i16>,
    /// Of a list: 0 for the first element of a row, 1 for the others. Empty for a column of single values.
    repeated: Vec<i16>,
    is_list: bool,
    values: Values,
}

enum Values {
    /// All texts one after another, and where each ends.
    Texts(Vec<u8>, Vec<usize>),
    Ints(Vec<i64>),
    Bools(Vec<bool>),
    Days(Vec<i32>),
}

impl Buffer {
    fn new(holds: ColumnType) -> Self {
        let is_list = matches!(holds, ColumnType::Keywords | ColumnType::Periods | ColumnType::Ints);
        let values = match holds {
            ColumnType::Int | ColumnType::Ints => Values::Ints(Vec::new()),
            ColumnType::Bool => Values::Bools(Vec::new()),
            ColumnType::Day => Values::Days(Vec::new()),
            _ => Values::Texts(Vec::new(), Vec::new()),
        };
        Self { defined: Vec::new(), repeated: Vec::new(), is_list, values }
    }

    /// Adds the value of a row. Returns about how much memory it takes.
    fn push(&mut self, value: &Value<'_>) -> usize {
        match value {
            Value::Texts(texts) => {
                self.push_levels(texts.len());
                texts.iter().map(|text| self.values.push_text(text)).sum::<usize>() + 4
            }
            Value::Ints(numbers) => {
                self.push_levels(numbers.len());
                if let Values::Ints(ints) = &mut self.values {
                    ints.extend(numbers);
                }
                8 * numbers.len() + 4
            }
            // A missing list is an empty one.
            Value::Null if self.is_list => {
                self.push_levels(0);
                4
            }
            Value::Null => {
                self.defined.push(0);
                2
            }
            value => {
                self.defined.push(1);
                match (value, &mut self.values) {
                    (Value::Text(text), values) => return values.push_text(text),
                    (Value::Int(number), Values::Ints(ints)) => ints.push(*number),
                    (Value::Bool(truth), Values::Bools(bools)) => bools.push(*truth),
                    (Value::Day(day), Values::Days(days)) => days.push(day.days_since_1970()),
                    _ => {
                        debug_assert!(false, "a value of another kind than its column");
                        self.defined.pop();
                        self.defined.push(0);
                    }
                }
                10
            }
        }
    }

    fn push_levels(&mut self, elements: usize) {
        if elements == 0 {
            self.defined.push(0);
            self.repeated.push(0);
        }
        for element in 0..elements {
            self.defined.push(1);
            self.repeated.push(i16::from(element > 0));
        }
    }

    /// Writes the values and forgets them.
    fn write(&mut self, writer: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let repeated = self.is_list.then_some(self.repeated.as_slice());
        let defined = Some(self.defined.as_slice());
        match (&mut self.values, writer) {
            (Values::Texts(text, ends), ColumnWriter::ByteArrayColumnWriter(writer)) => {
                let text = Bytes::from(std::mem::take(text));
                let mut start = 0;
                let slices: Vec<ByteArray> = ends
                    .drain(..)
                    .map(|end| ByteArray::from(text.slice(std::mem::replace(&mut start, end)..end)))
                    .collect();
                writer.write_batch(&slices, defined, repeated)?;
            }
            (Values::Ints(ints), ColumnWriter::Int64ColumnWriter(writer)) => {
                writer.write_batch(ints, defined, repeated)?;
                ints.clear();
            }
            (Values::Bools(bools), ColumnWriter::BoolColumnWriter(writer)) => {
                writer.write_batch(bools, defined, repeated)?;
                bools.clear();
            }
            (Values::Days(days), ColumnWriter::Int32ColumnWriter(writer)) => {
                writer.write_batch(days, defined, repeated)?;
                days.clear();
            }
            _ => return Err(ParquetError::General("a column has another type than its values".to_owned())),
        }
        self.defined.clear();
        self.repeated.clear();
        Ok(())
    }
}

impl Values {
    fn push_text(&mut self, text: &str) -> usize {
        if let Self::Texts(all, ends) = self {
            all.extend_from_slice(text.as_bytes());
            ends.push(all.len());
        }
        text.len() + 12
    }
}
