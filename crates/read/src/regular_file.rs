//! Opens files without waiting and without touching devices.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file for reading. Follows links, and refuses whatever else they lead to: opening a pipe waits until
/// another program writes to it, and opening a device can have effects.
///
/// The type is looked at twice. The first look keeps a pipe or a device from being opened at all. The second look is at
/// what was opened, which another program may have put in the place of the file meanwhile; until then nothing waits,
/// and a terminal does not become the terminal of this process.
///
/// # Errors
/// Those of [`File::open`]; [`IsADirectory`](io::ErrorKind::IsADirectory) for a folder; and
/// [`InvalidInput`](io::ErrorKind::InvalidInput) for a pipe, a socket or a device.
pub fn open_regular(path: &Path) -> io::Result<File> {
    refuse_other_than_file(&fs::metadata(path)?)?;
    let file = open_without_waiting(path)?;
    refuse_other_than_file(&file.metadata()?)?;
    wait_for_content(&file)?;
    Ok(file)
}

fn refuse_other_than_file(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        Ok(())
    } else if metadata.is_dir() {
        Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"))
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a pipe, a socket or a device"))
    }
}

#[cfg(unix)]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;

    // The standard library adds `O_CLOEXEC`.
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
    OpenOptions::new().read(true).custom_flags(flags.cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Undoes the flag that [`open_without_waiting`] sets: file systems may give it a meaning for regular files too, such as
/// an error where content has yet to be fetched.
#[cfg(unix)]
fn wait_for_content(file: &File) -> io::Result<()> {
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

    let flags = fcntl_getfl(file)?.difference(OFlags::NONBLOCK);
    Ok(fcntl_setfl(file, flags)?)
}

#[cfg(not(unix))]
fn wait_for_content(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("hen"), "Cluck.").unwrap();
        symlink(path("hen"), path("link to hen")).unwrap();
        for name in ["hen", "link to hen"] {
            let mut text = String::new();
            open_regular(&path(name)).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "Cluck.");
        }
        assert!(Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
        symlink(path("pipe"), path("link to pipe")).unwrap();
        symlink("/dev/zero", path("link to device")).unwrap();
        let _listener = UnixListener::bind(path("socket")).unwrap();
        for name in ["pipe", "link to pipe", "link to device", "socket"] {
            let error = open_regular(&path(name)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{name}: {error}");
        }
        assert_eq!(open_regular(folder.path()).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        assert_eq!(open_regular(&path("nothing")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    /// As if a pipe had taken the file's place between the two looks.
    #[test]
    fn a_pipe_is_opened_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let opened = open_without_waiting(&pipe).unwrap();
        assert!(refuse_other_than_file(&opened.metadata().unwrap()).is_err());
    }
}
