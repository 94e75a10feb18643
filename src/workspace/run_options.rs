//! What a run is asked for, and who follows it.

use crate::workspace::changed_lines::ChangedLines;

/// What to do about fixes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FixMode {
    /// Nothing.
    #[default]
    Off,
    /// Apply them to the texts, and write no file.
    Preview,
    /// Apply them, and write the files.
    Write,
}

/// What a run is to do besides linting, and whom it keeps informed.
#[derive(Clone, Copy, Default)]
pub struct RunOptions<'a> {
    /// What to do about fixes.
    pub fix: FixMode,
    /// Whether fixes that may change the meaning are applied too.
    pub unsafe_fixes: bool,
    /// The only lines on which findings count; all where there are none.
    pub changed: Option<&'a ChangedLines>,
    /// Whether the same finding on many pages of a site becomes one.
    pub group: bool,
    /// Whom to tell of progress; nobody where there is none.
    pub observer: Option<&'a dyn Observer>,
}

/// Somebody who follows a run.
pub trait Observer: Sync {
    /// So many files will be looked at.
    fn start(&self, files: usize);

    /// One more file is done.
    fn step(&self);

    /// Whether the run is to end: no further file is written then.
    fn is_cancelled(&self) -> bool;
}
