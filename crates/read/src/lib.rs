//! Files to blocks. Knows formats, nothing of inspections.
mod block;
mod document;
mod error;
mod reader;

pub use block::{Block, BlockKind, Line, Look};
pub use document::{Document, Warning};
pub use error::{ReadError, ReadErrorKind};
pub use reader::{Budget, Reader, Readers};
