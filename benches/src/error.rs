//! The error type of the programs.

/// Any error. The programs only print it.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The result of a measurement.
pub type Result<T = ()> = std::result::Result<T, Error>;
