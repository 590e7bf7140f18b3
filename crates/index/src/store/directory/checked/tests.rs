use std::fs;

use proptest::prelude::*;

use super::*;

const BLOCK: usize = Form::IN_PARTS.block;
const NAME: &str = "0123456789abcdef0123456789abcdef.store";

/// A folder with a checked file of this content, written in pieces of this length.
fn written(content: &[u8], piece: usize) -> (tempfile::TempDir, IndexFolder) {
    let temp = tempfile::tempdir().unwrap();
    let folder = IndexFolder::open(temp.path()).unwrap();
    let mut writer =
        CheckedWriter::new(Form::IN_PARTS, folder.create_new(Path::new(NAME)).unwrap(), Path::new(NAME));
    content.chunks(piece.max(1)).for_each(|piece| writer.write_all(piece).unwrap());
    writer.terminate().unwrap();
    (temp, folder)
}

fn open(folder: &IndexFolder) -> io::Result<CheckedFile> {
    CheckedFile::open(folder, Path::new(NAME), &Arc::new(BlockCache::new()))
}

/// Bytes without a pattern of the length of a block.
fn content(length: usize) -> Vec<u8> {
    (0..length as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

const LENGTHS: [usize; 8] = [0, 1, 77, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 500];

#[test]
fn what_was_written_is_read() {
    for length in LENGTHS {
        let content = content(length);
        let (temp, folder) = written(&content, 1000);
        let file = open(&folder).unwrap();
        file.verify().unwrap();
        assert_eq!(file.len(), length);
        assert_eq!(file.read_bytes(0..length).unwrap().as_slice(), content);
        let bytes = fs::read(temp.path().join(NAME)).unwrap();
        assert_eq!(bytes, checked(Form::IN_PARTS, Path::new(NAME), &content));
        assert_eq!(super::content(Path::new(NAME), bytes).unwrap().unwrap(), content);
        assert!(file.read_bytes(0..length + 1).is_err());
    }
}

#[test]
fn a_file_without_checksums_is_told_from_a_damaged_one() {
    let plain = b"{\"segments\":[]}".to_vec();
    assert_eq!(super::content(Path::new(NAME), plain.clone()).unwrap().unwrap_err(), plain);
    let mut bytes = checked(Form::IN_PARTS, Path::new(NAME), &plain);
    bytes[3] ^= 1;
    assert!(super::content(Path::new(NAME), bytes).is_err());
    // The checksums are those of one name.
    assert!(
        super::content(Path::new("meta.json"), checked(Form::IN_PARTS, Path::new(NAME), &plain)).is_err()
    );
}

proptest! {
    #[test]
    fn a_range_is_a_slice_of_the_content(start in 0..3 * BLOCK, length in 0..2 * BLOCK, piece in 1..2 * BLOCK) {
        let content = content(3 * BLOCK + 500);
        let (_temp, folder) = written(&content, piece);
        let file = open(&folder).unwrap();
        let end = (start + length).min(content.len());
        // From the file twice, then from the cache.
        for _ in 0..3 {
            let bytes = file.read_bytes(start..end).unwrap();
            prop_assert_eq!(bytes.as_slice(), &content[start..end]);
        }
    }

    #[test]
    fn a_spoiled_file_gives_the_right_bytes_or_an_error(
        length in prop::sample::select(&LENGTHS[..]),
        at: prop::sample::Index,
        kind in 0..4,
    ) {
        let content = content(length);
        let (temp, folder) = written(&content, 1000);
        let path = temp.path().join(NAME);
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        let at = at.index(bad.len());
        match kind {
            0 => bad[at] ^= 1 << (at % 8),
            1 => bad.truncate(at),
            2 => bad[at..].iter_mut().take(4096).for_each(|byte| *byte = 0),
            _ => {
                let end = (at + BLOCK).min(bad.len());
                bad.copy_within(0..end - at, at);
            }
        }
        fs::write(&path, &bad).unwrap();
        let Ok(file) = open(&folder) else { return Ok(()) };
        let mut whole = true;
        for start in (0..file.len()).step_by(BLOCK) {
            let end = (start + BLOCK).min(file.len());
            match file.read_bytes(start..end) {
                Ok(bytes) => prop_assert_eq!(bytes.as_slice(), &content[start..end]),
                Err(_) => whole = false,
            }
        }
        prop_assert_eq!(file.verify().is_ok(), whole);
        prop_assert!(bad == good || !whole);
    }
}

#[test]
fn a_file_cut_short_while_it_is_open_is_an_error() {
    let (temp, folder) = written(&content(5 * BLOCK), 1000);
    let file = open(&folder).unwrap();
    file.read_bytes(0..10).unwrap();
    fs::File::options().write(true).open(temp.path().join(NAME)).unwrap().set_len(BLOCK as u64 + 7).unwrap();
    assert_eq!(file.read_bytes(2 * BLOCK..3 * BLOCK).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
}

#[test]
fn blocks_are_kept_from_the_second_reading_on() {
    let content = content(3 * BLOCK);
    let (temp, folder) = written(&content, 1000);
    let file = open(&folder).unwrap();
    let spoil = || fs::write(temp.path().join(NAME), vec![0; content.len()]).unwrap();
    for _ in 0..2 {
        file.read_bytes(0..BLOCK).unwrap();
    }
    file.read_bytes(BLOCK..2 * BLOCK).unwrap();
    spoil();
    assert_eq!(file.read_bytes(10..20).unwrap().as_slice(), &content[10..20]);
    assert!(file.read_bytes(BLOCK..2 * BLOCK).is_err());
}

#[test]
fn a_deleted_file_is_still_read() {
    let content = content(2 * BLOCK);
    let (_temp, folder) = written(&content, 1000);
    let file = open(&folder).unwrap();
    folder.remove(Path::new(NAME)).unwrap();
    assert_eq!(file.read_bytes(BLOCK..2 * BLOCK).unwrap().as_slice(), &content[BLOCK..]);
}

/// An index whose files have checksums that fit and bytes that cannot be answers or reports damage, and never panics: it may
/// come from a stranger.
#[test]
fn a_forged_index_does_not_panic() {
    let temp = tempfile::tempdir().unwrap();
    let index = crate::Index::open_or_create(temp.path()).unwrap();
    let mut writer = index.writer().unwrap();
    let text = b"# Leadership\n\nThe children wait for a plan. They have no social worker.\n\nStaff stay.";
    writer.put_bytes("west.md", text).unwrap();
    writer.finish().unwrap();
    drop(index);
    let folder = IndexFolder::open(temp.path()).unwrap();
    let ask = || -> crate::Result<()> {
        let snapshot = crate::Index::open_read_only(temp.path())?.snapshot();
        let search = snapshot.search(&"children OR plan*".parse().unwrap())?;
        let theme = crate::Facet::Theme;
        let answers = [
            snapshot.themes(&quotable_codebook::CodeBook::builtin()).map(drop),
            search.count_by(std::slice::from_ref(&theme)).map(drop),
            search.top_grouped(theme, 3, 3).map(drop),
            search.top(3).map(drop),
            search.top_hits(3).map(drop),
            snapshot.search(&"children".parse().unwrap()).and_then(|search| search.top(3)).map(drop),
            search.every().and_then(Iterator::collect::<crate::Result<Vec<_>>>).map(drop),
            search.collocates(&crate::CollocateOptions::default()).map(drop),
            search.keywords(None, &crate::KeywordOptions::default()).map(drop),
            search.ngrams(&crate::NgramOptions::default()).map(drop),
            search.ngrams(&crate::NgramOptions::default().lengths(1..=3)).map(drop),
            snapshot.vocabulary().map(drop),
            snapshot
                .search(&"theme:leadership-and-governance".parse().unwrap())
                .and_then(|search| search.count())
                .map(drop),
        ];
        answers.into_iter().collect()
    };
    ask().unwrap();
    let (mut forged, mut damaged) = (0, 0);
    let names = fs::read_dir(temp.path()).unwrap().map(|entry| entry.unwrap().file_name());
    for name in names.collect::<Vec<_>>() {
        let (name, path) = (Path::new(&name), temp.path().join(&name));
        let whole = fs::read(&path).unwrap();
        let Ok(file) = CheckedFile::open(&folder, name, &Arc::new(BlockCache::new())) else { continue };
        let content = file.read_bytes(0..file.len()).unwrap().to_vec();
        // The footer of a file of tantivy is at its end.
        for from_end in (8..content.len().min(160)).step_by(8) {
            let mut bytes = content.clone();
            let at = content.len() - from_end;
            bytes[at..at + 8].fill(0xa5);
            // A new file: the old one may be mapped.
            fs::remove_file(&path).unwrap();
            fs::write(&path, checked(Form::IN_PARTS, name, &bytes)).unwrap();
            forged += 1;
            damaged += u32::from(ask().is_err());
        }
        fs::remove_file(&path).unwrap();
        fs::write(&path, whole).unwrap();
    }
    assert!(forged > 50 && damaged > 10, "{damaged} of {forged}");
    ask().unwrap();
}
