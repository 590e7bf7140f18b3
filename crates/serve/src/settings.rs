//! What a server is started with.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use quotable::worker::WorkerCommand;
use quotable::{Index, RefreshOptions};

#[cfg(feature = "pdf")]
use crate::printer::Printer;

/// What a [`Server`](crate::Server) is started with.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// The index that is searched.
    pub index: Index,
    /// The folder of the reports, or the one file that is the corpus. `None`: the printed pages are not shown, and nothing is
    /// refreshed.
    pub corpus: Option<PathBuf>,
    /// The part of the corpus that is searched, as [`SearchOptions::within`](quotable::SearchOptions::within) has it.
    pub within: Option<String>,
    /// The address to listen at; port 0 is any free one.
    pub listen: SocketAddr,
    /// The password that every request must give. Without one, only this machine may ask, under its own names.
    pub password: Option<String>,
    /// The process that reads uploaded articles. `None`: they are read in this process.
    pub reader: Option<WorkerCommand>,
    /// How a refresh reads the corpus, at the start and when a reader asks for one. `None`: the index is only read.
    pub refresh: Option<RefreshOptions>,
    /// What draws printed pages.
    #[cfg(feature = "pdf")]
    pub(crate) printer: Printer,
    /// The longest that one answer may take.
    pub time: Duration,
}

impl Settings {
    /// Serves an index at a free port of this machine alone, without the files of its reports.
    pub fn new(index: Index) -> Self {
        Self {
            index,
            corpus: None,
            within: None,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            password: None,
            reader: None,
            refresh: None,
            #[cfg(feature = "pdf")]
            printer: Printer::default(),
            time: Duration::from_secs(20),
        }
    }

    /// Sets the folder of the reports.
    #[must_use]
    pub fn corpus(mut self, corpus: Option<PathBuf>) -> Self {
        self.corpus = corpus;
        self
    }

    /// Sets the part of the corpus that is searched.
    #[must_use]
    pub fn within(mut self, within: Option<String>) -> Self {
        self.within = within;
        self
    }

    /// Sets the address to listen at.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Sets the password that every request must give.
    #[must_use]
    pub fn password(mut self, password: Option<String>) -> Self {
        self.password = password;
        self
    }

    /// Sets the process that reads uploaded articles.
    #[must_use]
    pub fn reader(mut self, reader: Option<WorkerCommand>) -> Self {
        self.reader = reader;
        self
    }

    /// Sets how a refresh reads the corpus; one is run at the start.
    #[must_use]
    pub fn refresh(mut self, options: Option<RefreshOptions>) -> Self {
        self.refresh = options;
        self
    }

    /// Sets the process that draws printed pages. Without one they are drawn in this process, which a hostile PDF can then end.
    #[cfg(feature = "pdf")]
    #[must_use]
    pub fn drawer(mut self, command: Option<crate::printer::DrawCommand>) -> Self {
        self.printer = Printer::new(command);
        self
    }

    /// Sets the longest that one answer may take.
    #[must_use]
    pub fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }
}
