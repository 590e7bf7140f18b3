//! A guide for embedders: from a folder to answers; a question analysed from the first count to the chart; formats, sources, inspectorates and metadata of your own; threads and a
//! server with async; errors.
//!
//! Each page is a module of documentation; every example is compiled and run by the tests.

#[doc = include_str!("guide/answers.md")]
pub mod answers {}

#[doc = include_str!("../ANALYSIS.md")]
pub mod analysis {}

#[doc = include_str!("guide/formats.md")]
pub mod formats {}

#[doc = include_str!("guide/sources.md")]
pub mod sources {}

#[doc = include_str!("guide/inspectorates.md")]
pub mod inspectorates {}

#[doc = include_str!("guide/threads.md")]
pub mod threads {}

#[doc = include_str!("guide/errors.md")]
pub mod errors {}
