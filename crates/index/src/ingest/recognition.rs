//! Puts recognised text into a file that was read without it.

use std::io;
use std::path::Path;

use quotable_read::{ReadError, ReadErrorKind, RecognisedPage, Warning};

use crate::cancel::CancelFlag;
use crate::ingest::hints::{Hints, Recognised};
use crate::ingest::ocr::{DOTS_PER_INCH, Ocr};
use crate::ingest::page_picture::{PagePicture, TextlessPages};
use crate::ingest::reading::{guarded, read_bytes};
use crate::ingest::settings::Settings;
use crate::ingest::worker::{Answer, Worker};

/// A file, and where it is read.
pub(super) enum FileSource<'a> {
    /// In a worker process.
    Worker { worker: &'a mut Worker, file: &'a Path, path: &'a str },
    /// In this one.
    Here { settings: &'a Settings, file: &'a Path, path: &'a str, bytes: Vec<u8> },
}

impl FileSource<'_> {
    /// Reads the file into a report.
    ///
    /// # Errors
    /// If no worker could be started.
    pub(super) fn read(&mut self, hints: &Hints) -> io::Result<Answer> {
        match self {
            Self::Worker { worker, file, path } => worker.read(file, path, hints.clone()),
            Self::Here { settings, file, path, bytes } => {
                let profiles = settings.understanding.profiles();
                let read =
                    read_bytes(&settings.readers, profiles, hints, file, path, bytes, &settings.budget);
                Ok(Answer { hash: blake3::hash(bytes).into(), read })
            }
        }
    }

    fn textless_pages(&mut self) -> io::Result<Result<TextlessPages, ReadError>> {
        match self {
            Self::Worker { worker, file, .. } => worker.textless_pages(file),
            Self::Here { settings, bytes, .. } => {
                Ok(guarded(|| TextlessPages::find(bytes, &settings.budget)))
            }
        }
    }

    fn draw(&mut self, number: u32) -> io::Result<Result<Option<PagePicture>, ReadError>> {
        match self {
            Self::Worker { worker, file, .. } => worker.draw_page(file, number, DOTS_PER_INCH),
            Self::Here { settings, bytes, .. } => {
                Ok(guarded(|| PagePicture::draw(bytes, number, DOTS_PER_INCH, &settings.budget)))
            }
        }
    }
}

/// Recognises text on the pages of files that hold none.
#[derive(Clone, Copy)]
pub(super) struct Recogniser<'a> {
    pub(super) ocr: &'a Ocr,
    pub(super) cancel: &'a CancelFlag,
}

impl Recogniser<'_> {
    /// Reads a file again with the text of its pages that are pictures, if it has such pages. Returns whether text was
    /// looked for. What goes wrong is said in a warning or in the error of the file, which is otherwise as it was.
    pub(super) fn complete(self, source: &mut FileSource<'_>, hints: &Hints, first: &mut Answer) -> bool {
        let has_pictures = match &first.read {
            Ok(report) => report.warnings.iter().any(|warning| warning.code == Warning::NO_TEXT_ON_PAGE),
            Err(error) => error.kind() == ReadErrorKind::NoText,
        };
        if !has_pictures {
            return false;
        }
        let recognised = match self.recognised(source) {
            Ok(Some(recognised)) => recognised,
            Ok(None) => return false,
            Err(why) => {
                match &mut first.read {
                    Ok(report) => {
                        let message =
                            format!("text recognition (OCR) of the pages without text failed: {why}");
                        report.warnings.push(Warning::new("ocr-failed", message));
                    }
                    Err(error) => {
                        let message = format!("{error}; text recognition (OCR) was tried, and failed: {why}");
                        *error = ReadError::new(ReadErrorKind::NoText, message);
                    }
                }
                return false;
            }
        };
        let hints = Hints { recognised: Some(recognised), ..hints.clone() };
        // Without a worker the file stays as it was read.
        let Ok(again) = source.read(&hints) else { return false };
        *first = again;
        true
    }

    /// What is recognised on the pages without text; `None` if the file has no such page, or the work was cancelled.
    fn recognised(self, source: &mut FileSource<'_>) -> Result<Option<Recognised>, String> {
        let words = |error: io::Error| error.to_string();
        let TextlessPages { pages, numbers } =
            source.textless_pages().map_err(words)?.map_err(|error| error.to_string())?;
        let mut text = Vec::new();
        for number in numbers {
            let drawn = source.draw(number).map_err(words)?;
            let page = match drawn.map_err(|error| error.to_string())? {
                Some(picture) => self
                    .ocr
                    .read(&picture, self.cancel)
                    .map_err(|error| format!("Tesseract on page {number}: {error}"))?,
                // An empty page.
                None => Some(RecognisedPage::new(number, Vec::new())),
            };
            let Some(page) = page else { return Ok(None) };
            text.push(page);
        }
        Ok((!text.is_empty()).then_some(Recognised { pages, text }))
    }
}
