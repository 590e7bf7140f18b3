//! Reads metadata: who was inspected, when, by whom and under which framework.

mod authority;
pub(crate) mod declared;
pub(crate) mod facts;
pub(crate) mod lines;
pub(crate) mod recognise;
pub(crate) mod rule;
pub(crate) mod title;
pub(crate) mod title_page;
