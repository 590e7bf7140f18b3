//! Files with checksums by block, verified whenever a block is read.
//!
//! tantivy puts one checksum on each file and verifies it only when asked, which takes reading all of the file. So a
//! changed bit in a stored text would be shown as a quotation. Here every file ends with a table of checksums, one for
//! each block, and nothing is read without verifying its blocks.
//!
//! ```text
//! content | one CRC-32 for each block | CRC-32 of that table | length of the content | magic bytes
//! ```
//!
//! Numbers are little-endian: four bytes for a CRC, eight for the length. The CRC of a block covers the name of the file
//! and the number of the block too, so that a block copied to another place is found out. The magic bytes tell the
//! [form](Form): the length of the blocks.
//!
//! Files are read and not mapped. A mapped file that is cut short ends the process with a signal; a read fails.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::{AntiCallToken, FileHandle, OwnedBytes, TerminatingWrite};

use super::block_cache::BlockCache;
use super::folder::IndexFolder;

/// How a file is cut into blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    /// The last bytes of the file.
    magic: [u8; 8],
    /// The length of a block, in bytes. That of the last may be less.
    block: usize,
}

impl Form {
    /// For files that are read whole. This form never changes: a program of another version must be able to read the
    /// commit file, which names the format.
    pub(super) const WHOLE: Self = Self { magic: *b"quotCRC1", block: 16 << 10 };
    /// For files of which parts are read. A posting list has mostly some hundred bytes, and for each the whole block is
    /// read and verified, into memory that must be had first; so a block is a page of memory.
    pub(super) const IN_PARTS: Self = Self { magic: *b"quotCRC2", block: 4 << 10 };

    /// The form of a file with these last bytes.
    fn of(magic: &[u8]) -> Option<Self> {
        [Self::WHOLE, Self::IN_PARTS].into_iter().find(|form| form.magic == magic)
    }
}

/// The length of the magic bytes.
const MAGIC: usize = 8;
/// The length of a CRC-32, in bytes.
const CRC: usize = 4;
/// The length of what follows the table: its CRC, the length of the content, and the magic bytes.
const TAIL: usize = CRC + 8 + MAGIC;

/// Checksums of blocks while they are written.
struct Checksums {
    form: Form,
    name: PathBuf,
    table: Vec<u8>,
    /// Covers the current block so far.
    hasher: crc32fast::Hasher,
    /// The bytes of the current block so far.
    filled: usize,
    length: u64,
}

impl Checksums {
    fn new(form: Form, name: &Path) -> Self {
        Self { form, hasher: hasher(name, 0), name: name.to_owned(), table: Vec::new(), filled: 0, length: 0 }
    }

    fn update(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(self.form.block - self.filled));
            self.hasher.update(now);
            self.filled += now.len();
            if self.filled == self.form.block {
                self.end_block();
            }
            bytes = later;
        }
    }

    fn end_block(&mut self) {
        let next = hasher(&self.name, self.table.len() / CRC + 1);
        self.table.extend(std::mem::replace(&mut self.hasher, next).finalize().to_le_bytes());
        self.filled = 0;
    }

    /// What follows the content.
    fn finish(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.end_block();
        }
        let mut end = self.table;
        let length = self.length.to_le_bytes();
        let crc = crc_of_table(&self.name, &end, length);
        end.extend(crc.to_le_bytes());
        end.extend(length);
        end.extend(self.form.magic);
        end
    }
}

/// A hasher for a block. Begins with what identifies the block.
fn hasher(name: &Path, block: usize) -> crc32fast::Hasher {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(name.as_os_str().as_encoded_bytes());
    hasher.update(&(block as u64).to_le_bytes());
    hasher
}

fn crc_of_table(name: &Path, table: &[u8], length: [u8; 8]) -> u32 {
    let mut hasher = hasher(name, usize::MAX);
    hasher.update(table);
    hasher.update(&length);
    hasher.finalize()
}

/// A new file. Its checksums are written when it is terminated.
pub(super) struct CheckedWriter {
    file: File,
    checksums: Option<Checksums>,
}

impl CheckedWriter {
    /// Writes to an empty file that will have the name `name`.
    pub(super) fn new(form: Form, file: File, name: &Path) -> Self {
        Self { file, checksums: Some(Checksums::new(form, name)) }
    }
}

impl Write for CheckedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        if let Some(checksums) = &mut self.checksums {
            checksums.update(bytes.get(..written).unwrap_or_default());
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for CheckedWriter {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        if let Some(checksums) = self.checksums.take() {
            self.file.write_all(&checksums.finish())?;
        }
        self.file.sync_data()
    }
}

/// The bytes of a whole checked file with this name and content.
#[cfg(test)]
pub(super) fn checked(form: Form, name: &Path, content: &[u8]) -> Vec<u8> {
    let mut checksums = Checksums::new(form, name);
    checksums.update(content);
    [content, &checksums.finish()].concat()
}

/// The content of a whole file. A file without checksums, as other programs and older versions write them, is the inner
/// error.
///
/// # Errors
/// [`InvalidData`](io::ErrorKind::InvalidData) if a checksum is wrong.
pub(super) fn content(name: &Path, mut bytes: Vec<u8>) -> io::Result<Result<Vec<u8>, Vec<u8>>> {
    if Form::of(bytes.last_chunk::<MAGIC>().map_or(&[], |magic| magic)).is_none() {
        return Ok(Err(bytes));
    }
    let table = Table::read(name, bytes.len() as u64, |range| {
        bytes.get(range.start as usize..range.end as usize).map(<[u8]>::to_vec).ok_or_else(|| damaged(name))
    })?;
    bytes.truncate(table.length);
    table.verify(0, &bytes)?;
    Ok(Ok(bytes))
}

/// The checksums of a file.
#[derive(Debug)]
struct Table {
    form: Form,
    /// The name of the file.
    name: PathBuf,
    /// The length of the content, in bytes.
    length: usize,
    crcs: Vec<u32>,
}

impl Table {
    /// Reads and verifies the table of a file of `size` bytes in all. `read` reads a range of its bytes.
    fn read(name: &Path, size: u64, read: impl Fn(Range<u64>) -> io::Result<Vec<u8>>) -> io::Result<Self> {
        let damaged = || damaged(name);
        let beyond = size.checked_sub(TAIL as u64).ok_or_else(damaged)?;
        // The last bytes first: a file of any size may be no file of ours, and then there is no table to hold.
        let tail = read(beyond..size)?;
        let (rest, magic) = tail.split_last_chunk::<MAGIC>().ok_or_else(damaged)?;
        let form = Form::of(magic).ok_or_else(damaged)?;
        // `blocks` blocks need `blocks` checksums.
        let blocks = beyond.div_ceil((form.block + CRC) as u64);
        let length = beyond.checked_sub(blocks * CRC as u64).ok_or_else(damaged)?;
        let (crc, stored_length) = rest.split_at_checked(CRC).ok_or_else(damaged)?;
        if stored_length != length.to_le_bytes() {
            return Err(damaged());
        }
        let table = read(length..beyond)?;
        if crc != crc_of_table(name, &table, length.to_le_bytes()).to_le_bytes() {
            return Err(damaged());
        }
        let crcs = table
            .chunks_exact(CRC)
            .map(|crc| crc.iter().rev().fold(0, |crc, byte| crc << 8 | u32::from(*byte)));
        let length = usize::try_from(length).map_err(|_| damaged())?;
        Ok(Self { form, name: name.to_owned(), length, crcs: crcs.collect() })
    }

    /// The bytes of the blocks from `first` to before `end`.
    fn range(&self, blocks: Range<usize>) -> Range<usize> {
        let block = self.form.block;
        blocks.start * block..(blocks.end * block).min(self.length)
    }

    /// Verifies whole blocks, from the block `first` on.
    fn verify(&self, first: usize, bytes: &[u8]) -> io::Result<()> {
        for (number, block) in (first..).zip(bytes.chunks(self.form.block)) {
            let mut hasher = hasher(&self.name, number);
            hasher.update(block);
            if self.crcs.get(number) != Some(&hasher.finalize()) {
                return Err(damaged(&self.name));
            }
        }
        Ok(())
    }
}

fn damaged(name: &Path) -> io::Error {
    let message = format!("the checksum of {} is wrong: it was cut short or overwritten", name.display());
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// The error of reading a file, which says so if the file has fewer bytes than it had.
fn cut_short(error: io::Error, name: &Path) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            io::Error::new(error.kind(), format!("{} was cut short while it was read", name.display()))
        }
        _ => error,
    }
}

/// A file of an index, open for reading. Goes on reading after the file was deleted.
#[derive(Debug)]
pub(super) struct CheckedFile {
    file: File,
    table: Table,
    cache: Arc<BlockCache>,
    /// Tells the file from others in the cache.
    id: u64,
}

impl CheckedFile {
    pub(super) fn open(folder: &IndexFolder, name: &Path, cache: &Arc<BlockCache>) -> io::Result<Self> {
        let file = folder.read(name)?;
        let size = file.metadata()?.len();
        let table =
            Table::read(name, size, |range| read_at(&file, range).map_err(|error| cut_short(error, name)))?;
        Ok(Self { file, table, cache: Arc::clone(cache), id: cache.new_file() })
    }

    /// Reads and verifies all blocks, some at a time.
    pub(super) fn verify(&self) -> io::Result<()> {
        const BLOCKS: usize = 256;
        for first in (0..self.table.crcs.len()).step_by(BLOCKS) {
            self.read_blocks(first..first + BLOCKS)?;
        }
        Ok(())
    }

    /// Reads whole blocks from the file and verifies them.
    fn read_blocks(&self, blocks: Range<usize>) -> io::Result<Vec<u8>> {
        let first = blocks.start;
        let range = self.table.range(blocks);
        let bytes = read_at(&self.file, range.start as u64..range.end as u64);
        let bytes = bytes.map_err(|error| cut_short(error, &self.table.name))?;
        self.table.verify(first, &bytes)?;
        Ok(bytes)
    }
}

impl HasLen for CheckedFile {
    fn len(&self) -> usize {
        self.table.length
    }
}

impl FileHandle for CheckedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        if range.end > self.table.length {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the range is not in the file"));
        }
        let block = self.table.form.block;
        let blocks = range.start / block..range.end.div_ceil(block);
        let start = blocks.start * block;
        let bytes = self.cache.get_or_read(self.id, blocks.clone(), || self.read_blocks(blocks))?;
        Ok(bytes.slice(range.start - start..range.end - start))
    }
}

#[cfg(unix)]
fn read_at(file: &File, range: Range<u64>) -> io::Result<Vec<u8>> {
    use rustix::buffer::spare_capacity;
    let length = usize::try_from(range.end.saturating_sub(range.start)).map_err(io::Error::other)?;
    // Read into capacity without bytes: setting them to zero first costs a tenth of a short search.
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        let at = range.start + bytes.len() as u64;
        match rustix::io::pread(file, spare_capacity(&mut bytes), at) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // The allocator may have given more capacity than was asked for.
    bytes.truncate(length);
    Ok(bytes)
}

#[cfg(not(unix))]
fn read_at(file: &File, range: Range<u64>) -> io::Result<Vec<u8>> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    // The position belongs to the open file, which other threads read too.
    static READING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _reading = READING.lock();
    let mut file = file;
    let mut bytes =
        vec![0; usize::try_from(range.end.saturating_sub(range.start)).map_err(io::Error::other)?];
    file.seek(SeekFrom::Start(range.start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
