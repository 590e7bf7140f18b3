//! File systems of other machines, and what they do not promise.

use std::fmt;

/// A file system whose disk is in another machine.
///
/// An index there answers rightly or not at all, as everywhere: its files are read, not mapped, and every block has a
/// checksum. What such file systems do not promise:
///
/// - **One writer.** Locks reach other machines only if server and mounts are set up for it (with NFS, not under `nolock`
///   or `local_lock`). Two machines that write at once can damage the index, which is then found out and built again.
/// - **The last commit at once.** A machine may see the commit of another a minute late, and a search that was open
///   meanwhile can end with an error: the next one answers.
/// - **What was written is kept.** A server that reports writes before its disk has them can lose the last commit when
///   its power fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFileSystem {
    /// NFS.
    Nfs,
    /// SMB, also called CIFS: shares of Windows and of Samba.
    Smb,
    /// A folder of the host in a virtual machine: 9P, VirtualBox.
    Host,
    /// Another: AFS, Ceph.
    Other,
}

impl NetworkFileSystem {
    /// The name that people know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nfs => "NFS",
            Self::Smb => "SMB",
            Self::Host => "a folder of the host",
            Self::Other => "a network file system",
        }
    }

    /// The one with this number: statfs(2) lists them.
    #[cfg(target_os = "linux")]
    pub(crate) fn of_magic(magic: u32) -> Option<Self> {
        Some(match magic {
            0x6969 => Self::Nfs,
            0x517B | 0xFE53_4D42 | 0xFF53_4D42 => Self::Smb,
            0x0102_1997 | 0x786F_4256 => Self::Host,
            0x5346_414F | 0x6B41_4653 | 0x00C3_6400 => Self::Other,
            _ => return None,
        })
    }
}

impl fmt::Display for NetworkFileSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn file_systems_of_this_machine_are_none() {
        for (magic, found) in [
            (0x6969, Some(NetworkFileSystem::Nfs)),
            (0xFF53_4D42, Some(NetworkFileSystem::Smb)),
            (0x0102_1997, Some(NetworkFileSystem::Host)),
            // ext4, tmpfs, XFS, Btrfs, overlayfs; FUSE, which may be anywhere.
            (0xEF53, None),
            (0x0102_1994, None),
            (0x5846_5342, None),
            (0x9123_683E, None),
            (0x794C_7630, None),
            (0x6573_5546, None),
        ] {
            assert_eq!(NetworkFileSystem::of_magic(magic), found, "{magic:x}");
        }
    }
}
