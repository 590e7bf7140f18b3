use std::io::{Read as _, Write as _};

use super::*;

fn folder() -> (tempfile::TempDir, IndexFolder) {
    let temp = tempfile::tempdir().unwrap();
    let folder = IndexFolder::create(&temp.path().join("a/b/index")).unwrap();
    (temp, folder)
}

#[test]
fn files_are_created_read_renamed_and_removed() {
    let (_temp, folder) = folder();
    let (one, other) = (Path::new("one"), Path::new("other"));
    folder.create_new(one).unwrap().write_all(b"heron").unwrap();
    assert_eq!(folder.create_new(one).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    folder.rename(one, other).unwrap();
    assert!(!folder.exists(one).unwrap() && folder.exists(other).unwrap());
    let mut text = String::new();
    folder.read(other).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "heron");
    assert_eq!(folder.names().unwrap(), ["other"]);
    folder.sync().unwrap();
    folder.remove(other).unwrap();
    assert_eq!(folder.read(other).unwrap_err().kind(), io::ErrorKind::NotFound);
    assert!(folder.names().unwrap().is_empty());
}

#[test]
fn names_lead_nowhere_else() {
    let (temp, folder) = folder();
    let outside = temp.path().join("a/outside");
    fs::write(&outside, "precious").unwrap();
    for name in [
        "../../outside",
        "..",
        ".",
        "",
        "x/../../../outside",
        "/etc/passwd",
        "x/",
        &*outside.to_string_lossy(),
    ] {
        let name = Path::new(name);
        assert!(folder.read(name).is_err() && folder.remove(name).is_err(), "{name:?}");
        assert!(folder.create_new(name).is_err() && folder.lock_file(name).is_err(), "{name:?}");
        assert!(folder.rename(name, Path::new("new")).is_err(), "{name:?}");
    }
    assert_eq!(fs::read_to_string(outside).unwrap(), "precious");
}

#[test]
fn a_missing_folder_holds_no_index() {
    let temp = tempfile::tempdir().unwrap();
    let missing = temp.path().join("missing");
    assert_eq!(IndexFolder::open(&missing).unwrap_err().kind(), ErrorKind::NotFound);
    assert!(!IndexFolder::holds(&missing, "meta.json"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn links_are_refused() {
        let (temp, folder) = folder();
        let victim = temp.path().join("victim");
        fs::write(&victim, "precious").unwrap();
        let link = folder.path().join("lock");
        symlink(&victim, &link).unwrap();
        let lock = Path::new("lock");
        // Of a folder that was open before the link was made.
        assert!(
            folder.read(lock).is_err() && folder.lock_file(lock).is_err() && folder.create_new(lock).is_err()
        );
        let error = IndexFolder::open(folder.path()).unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::Link, Some(&*link)));
        fs::remove_file(&link).unwrap();
        IndexFolder::open(folder.path()).unwrap();

        let linked = temp.path().join("linked");
        symlink(folder.path(), &linked).unwrap();
        let with_end = PathBuf::from(format!("{}/", linked.display()));
        for opened in [IndexFolder::open(&linked), IndexFolder::create(&linked), IndexFolder::open(&with_end)]
        {
            assert_eq!(opened.unwrap_err().kind(), ErrorKind::Link);
        }
        folder.create_new(Path::new("meta.json")).unwrap();
        assert!(IndexFolder::holds(folder.path(), "meta.json") && !IndexFolder::holds(&linked, "meta.json"));
        // A link that leads nowhere: nothing is created at its end.
        let (nowhere, end) = (temp.path().join("nowhere"), temp.path().join("end"));
        symlink(&end, &nowhere).unwrap();
        assert_eq!(IndexFolder::create(&nowhere).unwrap_err().kind(), ErrorKind::Link);
        assert!(!end.exists());
        assert_eq!(fs::read_to_string(victim).unwrap(), "precious");
    }

    #[test]
    fn a_lock_with_a_second_name_is_refused() {
        let (temp, folder) = folder();
        let victim = temp.path().join("victim");
        fs::write(&victim, "precious").unwrap();
        fs::hard_link(&victim, folder.path().join("lock")).unwrap();
        let message = folder.lock_file(Path::new("lock")).unwrap_err().to_string();
        assert!(message.contains("hard link"), "{message}");
    }

    #[test]
    fn a_pipe_does_not_block() {
        let (_temp, folder) = folder();
        let pipe = folder.path().join("meta.json");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_bits_truncate(0o600),
            0,
        )
        .unwrap();
        assert!(folder.read(Path::new("meta.json")).is_err());
        assert_eq!(IndexFolder::open(folder.path()).unwrap_err().kind(), ErrorKind::Link);
        assert!(!IndexFolder::holds(folder.path(), "meta.json"));
    }

    #[test]
    fn files_have_the_permissions_of_the_folder() {
        let (_temp, folder) = folder();
        for (of_folder, of_file) in [(0o700, 0o600), (0o755, 0o644)] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(of_folder)).unwrap();
            let file = folder.create_new(Path::new(&of_folder.to_string())).unwrap();
            assert_eq!(file.metadata().unwrap().mode() & 0o777, of_file);
        }
    }
}
