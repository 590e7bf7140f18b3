#![doc = include_str!("../README.md")]

mod book;
mod code;
mod concept;
mod error;
mod fault;
mod label;
mod parse;

pub use book::CodeBook;
pub use code::{Code, CodeKind};
pub use error::{CodeBookError, CodeBookErrorKind};
pub use label::{Evidence, Label, Passage};
