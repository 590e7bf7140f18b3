//! Reads metadata: who was inspected, when, by whom and under which framework.

mod authority;
pub(crate) mod declared;
pub(crate) mod printed_date;
pub(crate) mod title_page;
