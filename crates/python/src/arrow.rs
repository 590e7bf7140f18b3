//! Rows of cells as columns of Arrow.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    RecordBatchReader, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use quotable::report::Date;
use quotable_export::Cell;

use crate::kind::Kind;

/// The columns of a table while its rows are added.
pub(crate) struct Columns {
    names: Vec<String>,
    columns: Vec<Column>,
    rows: usize,
}

impl Columns {
    /// Columns of these names. `kind` says what one holds; where it does not know, the first cell that is not empty does.
    pub(crate) fn new(names: Vec<String>, kind: impl Fn(&str) -> Option<Kind>) -> Self {
        let columns = names.iter().map(|name| Column::new(kind(name))).collect();
        Self { names, columns, rows: 0 }
    }

    /// Adds a row: a cell for every column.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
    }

    /// The table.
    ///
    /// # Errors
    /// If a column has another length than the others, which is not expected.
    pub(crate) fn finish(self) -> Result<RecordBatch, ArrowError> {
        let arrays: Vec<ArrayRef> = self.columns.into_iter().map(Column::finish).collect();
        let fields = self.names.into_iter().zip(&arrays);
        let fields: Vec<Field> =
            fields.map(|(name, array)| Field::new(name, array.data_type().clone(), true)).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
    }
}

enum Column {
    /// So many cells, all empty.
    Unknown(usize),
    Text(StringBuilder),
    Int(Int64Builder),
    Float(Float64Builder),
    Bool(BooleanBuilder),
    Day(Date32Builder),
}

impl Column {
    fn new(kind: Option<Kind>) -> Self {
        match kind {
            None => Self::Unknown(0),
            Some(Kind::Text) => Self::Text(StringBuilder::new()),
            Some(Kind::Int) => Self::Int(Int64Builder::new()),
            Some(Kind::Float) => Self::Float(Float64Builder::new()),
            Some(Kind::Bool) => Self::Bool(BooleanBuilder::new()),
            Some(Kind::Day) => Self::Day(Date32Builder::new()),
        }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        if let Self::Unknown(empty) = self {
            let kind = match cell {
                Cell::Number(_) => Kind::Int,
                Cell::Decimal { .. } => Kind::Float,
                Cell::Bool(_) => Kind::Bool,
                Cell::Text(_) => Kind::Text,
                _ => {
                    *empty += 1;
                    return;
                }
            };
            let empty = *empty;
            *self = Self::new(Some(kind));
            (0..empty).for_each(|_| self.push(&Cell::Empty));
        }
        match self {
            Self::Unknown(_) => {}
            Self::Text(text) => match cell {
                Cell::Empty => text.append_null(),
                Cell::Text(cell) => text.append_value(cell),
                other => text.append_value(other.to_string()),
            },
            Self::Int(number) => number.append_option(match cell {
                Cell::Number(number) => i64::try_from(*number).ok(),
                Cell::Text(text) => text.parse().ok(),
                _ => None,
            }),
            Self::Float(number) => number.append_option(match cell {
                // All digits, as JSON has them; CSV rounds some.
                Cell::Decimal { value, .. } => Some(*value),
                Cell::Number(number) => Some(*number as f64),
                Cell::Text(text) => text.parse().ok(),
                _ => None,
            }),
            Self::Bool(truth) => truth.append_option(match cell {
                Cell::Bool(truth) => Some(*truth),
                _ => None,
            }),
            Self::Day(day) => day.append_option(match cell {
                Cell::Text(text) => text.parse::<Date>().ok().map(Date::days_since_1970),
                _ => None,
            }),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            // Nothing is known of it; text is what tools expect.
            Self::Unknown(empty) => Arc::new(StringArray::new_null(empty)),
            Self::Text(mut column) => Arc::new(column.finish()),
            Self::Int(mut column) => Arc::new(column.finish()),
            Self::Float(mut column) => Arc::new(column.finish()),
            Self::Bool(mut column) => Arc::new(column.finish()),
            Self::Day(mut column) => Arc::new(column.finish()),
        }
    }
}

/// The table as an Arrow C stream.
///
/// # Errors
/// If Python cannot make the capsule.
pub(crate) fn capsule(py: Python<'_>, batch: RecordBatch) -> PyResult<Bound<'_, PyCapsule>> {
    let schema = batch.schema();
    stream(py, Box::new(RecordBatchIterator::new([Ok(batch)], schema)))
}

/// A table that is made piece by piece, as an Arrow C stream. A consumer takes the stream out of the capsule; one that
/// nobody took is released with it.
///
/// # Errors
/// If Python cannot make the capsule.
pub(crate) fn stream(
    py: Python<'_>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
}

/// The exception of an error of Arrow.
pub(crate) fn failed(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(format!("the table could not be made: {error}"))
}

/// The columns as lists by name, days as texts, each with what it holds.
///
/// # Errors
/// If Python has no memory.
pub(crate) fn lists<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyDict>> {
    let lists = PyDict::new(py);
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        lists.set_item(field.name(), (kind_of(field.data_type()).name(), list(py, array)?))?;
    }
    Ok(lists)
}

fn list<'py>(py: Python<'py>, array: &ArrayRef) -> PyResult<Bound<'py, PyAny>> {
    let any = array.as_any();
    if let Some(array) = any.downcast_ref::<StringArray>() {
        return array.iter().collect::<Vec<_>>().into_pyobject(py);
    }
    if let Some(array) = any.downcast_ref::<Int64Array>() {
        return array.iter().collect::<Vec<_>>().into_pyobject(py);
    }
    if let Some(array) = any.downcast_ref::<Float64Array>() {
        return array.iter().collect::<Vec<_>>().into_pyobject(py);
    }
    if let Some(array) = any.downcast_ref::<BooleanArray>() {
        return array.iter().collect::<Vec<_>>().into_pyobject(py);
    }
    if let Some(array) = any.downcast_ref::<Date32Array>() {
        let days = (0..array.len())
            .map(|at| Some(array.value_as_date(at)?.to_string()).filter(|_| array.is_valid(at)));
        return days.collect::<Vec<_>>().into_pyobject(py);
    }
    vec![None::<bool>; array.len()].into_pyobject(py)
}

fn kind_of(holds: &DataType) -> Kind {
    match holds {
        DataType::Int64 => Kind::Int,
        DataType::Float64 => Kind::Float,
        DataType::Boolean => Kind::Bool,
        DataType::Date32 => Kind::Day,
        _ => Kind::Text,
    }
}

/// The types of a table whose columns are all known before its rows.
pub(crate) fn schema_of(names: &[String], kind: impl Fn(&str) -> Option<Kind>) -> SchemaRef {
    let field = |name: &String| {
        let holds = match kind(name).unwrap_or(Kind::Text) {
            Kind::Text => DataType::Utf8,
            Kind::Int => DataType::Int64,
            Kind::Float => DataType::Float64,
            Kind::Bool => DataType::Boolean,
            Kind::Day => DataType::Date32,
        };
        Field::new(name, holds, true)
    };
    Arc::new(Schema::new(names.iter().map(field).collect::<Vec<_>>()))
}
