//! What is asked of the folder of a site: its generator, the version, and the settings are read from its files.

/// Access to a folder for detecting its generator.
pub(crate) trait FolderProbe {
    /// The names in it.
    fn names(&self) -> &[String];

    /// Whether a file or folder exists at `path`, relative to the folder.
    fn exists(&self, path: &str) -> bool;

    /// The text of the file at `path`; none if it can't be read.
    fn read(&self, path: &str) -> Option<String>;

    /// The names in the folder at `dir`.
    fn names_in(&self, dir: &str) -> Vec<String>;

    /// Whether the file at `path` contains `text`.
    fn contains(&self, path: &str, text: &str) -> bool {
        self.read(path).is_some_and(|own| memchr::memmem::find(own.as_bytes(), text.as_bytes()).is_some())
    }
}
