//! Each command: its arguments, one call to the library, a renderer.

pub(crate) mod asking;
pub(crate) mod check;
pub(crate) mod count;
pub(crate) mod explain;
pub(crate) mod index;
pub(crate) mod kwic;
pub(crate) mod read_worker;
pub(crate) mod reports;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod themes;
