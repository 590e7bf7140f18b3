//! What reports are made by besides the files: profiles, metadata from outside, and an embedder's own step.

use std::sync::Arc;

use quotable_report::Report;
use quotable_report::profile::Profiles;

use crate::ingest::hints::Hints;
use crate::ingest::metadata_table::MetadataTable;

/// A step of the embedder's own, after a report is understood.
#[derive(Clone)]
pub(crate) struct Hook {
    /// Part of what a refresh compares: with another version every file is read again.
    pub(crate) version: u64,
    pub(crate) call: Arc<dyn Fn(&mut Report) + Send + Sync>,
}

/// Profiles, metadata and hook of an index.
#[derive(Clone, Default)]
pub(crate) struct Understanding {
    /// `None` for the built-in ones.
    pub(crate) profiles: Option<Arc<Profiles>>,
    pub(crate) metadata: Option<Arc<MetadataTable>>,
    pub(crate) hook: Option<Hook>,
}

impl Understanding {
    pub(crate) fn profiles(&self) -> &Profiles {
        self.profiles.as_deref().unwrap_or_else(|| Profiles::built_in())
    }

    /// A hash of all that the report at `path` is made by besides its file.
    pub(crate) fn hash(&self, path: &str) -> [u8; 8] {
        let mut hasher = blake3::Hasher::new();
        let profiles =
            self.profiles.as_ref().map_or_else(Profiles::built_in_hash, |profiles| profiles.hash());
        hasher.update(&profiles);
        if let Some(hook) = &self.hook {
            hasher.update(b"hook").update(&hook.version.to_le_bytes());
        }
        if let Some(row) = self.metadata.as_ref().and_then(|table| table.row_hash(path)) {
            hasher.update(b"row").update(&row);
        }
        let mut hash = [0; 8];
        // The first bytes of the extended output are those of the plain hash.
        hasher.finalize_xof().fill(&mut hash);
        hash
    }

    /// What is known of the report at `path` before it is read.
    pub(crate) fn hints(&self, path: &str) -> Hints {
        self.metadata.as_ref().map(|table| table.hints(path)).unwrap_or_default()
    }

    /// Adds metadata to a report, and runs the embedder's step.
    pub(crate) fn complete(&self, report: &mut Report) {
        if let Some(table) = &self.metadata {
            table.apply(self.profiles(), report);
        }
        if let Some(hook) = &self.hook {
            let path = report.path.clone();
            (hook.call)(report);
            // The path is the key of the source.
            report.path = path;
        }
    }
}
