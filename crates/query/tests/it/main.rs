//! The crate through its public interface: what must hold of every query and every text.

mod definition;
mod matching;
mod parsing;
mod syntax;
mod trees;
