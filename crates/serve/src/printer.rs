//! Draws printed pages, and keeps the last ones.

#[cfg(feature = "pdf")]
mod drawing;
#[cfg(feature = "pdf")]
mod shelf;

#[cfg(feature = "pdf")]
pub(crate) use self::drawing::Drawing;
#[cfg(feature = "pdf")]
pub use self::drawing::{DrawCommand, draw_worker};

/// Draws printed pages, and keeps the last ones.
#[cfg(feature = "pdf")]
#[derive(Debug, Clone, Default)]
pub(crate) struct Printer {
    command: Option<DrawCommand>,
    shelf: std::sync::Arc<shelf::Shelf>,
}

#[cfg(feature = "pdf")]
impl Printer {
    pub(crate) fn new(command: Option<DrawCommand>) -> Self {
        Self { command, shelf: std::sync::Arc::default() }
    }

    /// The drawing of a page of a report, as it was read in a state of the index. `open` opens its file.
    ///
    /// # Errors
    /// Those of `open`; those of drawing, which `failed` makes of words.
    pub(crate) fn draw<E>(
        &self,
        report: &str,
        generation: u64,
        number: u32,
        open: impl FnOnce() -> Result<std::fs::File, E>,
        failed: impl FnOnce(String) -> E,
    ) -> Result<std::sync::Arc<Drawing>, E> {
        let key = (report.to_owned(), generation, number);
        if let Some(drawn) = self.shelf.get(&key) {
            return Ok(drawn);
        }
        let drawn = drawing::drawing(self.command.as_ref(), open()?, number).map_err(failed)?;
        let drawn = std::sync::Arc::new(drawn);
        self.shelf.put(key, &drawn);
        Ok(drawn)
    }
}

/// True if the printed pages of a file can be shown.
pub(crate) fn is_printed(path: &str) -> bool {
    cfg!(feature = "pdf") && path.to_ascii_lowercase().ends_with(".pdf")
}
