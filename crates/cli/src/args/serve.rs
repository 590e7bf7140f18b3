//! The arguments of `quotable serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};

/// Open a page in the browser, on this machine: search, read, see the printed page, check an article
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Answer at this port [default: any free one]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,

    /// Answer at this address; one that other machines reach asks its visitors for a password
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) listen: IpAddr,

    /// Take the password of visitors from the first line of this file [default: a new one, which is printed]
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,

    /// Print the link without opening a browser
    #[arg(long)]
    pub(crate) no_open: bool,
}

const EXAMPLES: &str = "\
Examples:
  quotable serve reports/                         opens the page; Ctrl-C ends it
  quotable serve reports/ --port 8080 --no-open   prints the link alone";

/// The arguments of the process that draws a page.
#[cfg(feature = "pdf")]
#[derive(Debug, Args)]
pub(crate) struct DrawWorkerArgs {
    /// Memory limit, in MiB
    #[arg(long, default_value_t = 2048)]
    pub(crate) memory: u64,

    /// Limit of processor time, in seconds
    #[arg(long, default_value_t = 20)]
    pub(crate) seconds: u64,

    /// The page, one-based
    pub(crate) page: u32,
}
