//! Each command: its arguments, one call to the library, a renderer.

pub(crate) mod check;
pub(crate) mod index;
pub(crate) mod read_worker;
pub(crate) mod reports;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod themes;
