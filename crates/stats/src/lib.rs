#![doc = include_str!("../README.md")]

mod association;
mod dispersion;
mod interval;
mod keyness;
mod significance;
mod table;

pub use association::Association;
pub use dispersion::Dispersion;
pub use interval::{Interval, poisson, wilson};
pub use keyness::Keyness;
pub use significance::{benjamini_hochberg, p_of_chi_squared};
