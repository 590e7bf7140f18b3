//! The frame of every program: it parses the arguments, runs, and turns the outcome into an exit status.

#![allow(clippy::print_stderr, reason = "a benchmark reports its error")]

use std::process::ExitCode;

use clap::{Args, Parser};

use crate::error::Result;

/// The seed of whatever a program generates.
#[derive(Debug, Clone, Args)]
pub struct SeedOption {
    /// Seed of the random generator
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Runs a program that measures. The exit status is 0, or 2 on an error.
pub fn run<A: Parser>(program: impl FnOnce(A) -> Result) -> ExitCode {
    run_trial(|arguments| program(arguments).map(|()| true))
}

/// Runs a program that tests. The exit status is 0 if the test passed (true), 1 if it failed, 2 on an error.
pub fn run_trial<A: Parser>(program: impl FnOnce(A) -> Result<bool>) -> ExitCode {
    match program(A::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
