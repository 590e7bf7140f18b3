//! A file in memory.

/// A file name and its content, not yet on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFile {
    /// The name. Its extension is the format the file claims to have, which need not be true.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl TestFile {
    /// Creates a file from its name and content.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }

    /// The part of the name after the last dot; empty if there is no dot.
    pub fn extension(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}
