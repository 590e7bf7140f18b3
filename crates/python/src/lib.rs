//! Quotable in Python: the same answers in a notebook. The package `quotable` in `python/` is what users see; this module
//! turns its calls into calls of the library, and answers into records and tables.

mod adding;
mod analysis;
mod answer;
mod answers;
mod arrow;
mod article;
mod checking;
mod citing;
mod codebook;
mod corpus;
mod engines;
mod error;
mod explaining;
mod finding;
mod following;
mod interrupt;
mod kind;
mod opening;
mod options;
mod place;
mod remarks;
mod worker;

use pyo3::prelude::*;

/// The module `quotable._native`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<answer::Answer>()?;
    module.add_class::<answers::paragraphs::Paragraphs>()?;
    module.add_class::<answers::paragraphs::Records>()?;
    module.add_class::<corpus::Corpus>()?;
    module.add_function(wrap_pyfunction!(answer::marked_html, module)?)?;
    module.add_function(wrap_pyfunction!(codebook::codebook, module)?)?;
    module.add_function(wrap_pyfunction!(worker::read_worker, module)?)
}
