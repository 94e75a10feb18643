//! The files that a config may name, read through a trait.

/// The files that a config may name, by paths relative to the config's folder.
pub(crate) trait ProjectFiles {
    /// A file's text.
    ///
    /// # Errors
    /// Why it isn't available: it doesn't exist, is outside of the project, or isn't text.
    fn read(&self, path: &str) -> Result<String, String>;

    /// The Markdown files of a folder, as paths that [`ProjectFiles::read`] takes, sorted.
    ///
    /// # Errors
    /// Why it can't be listed.
    fn pages(&self, dir: &str) -> Result<Vec<String>, String>;

    /// The names in a folder: of its files, or of its folders; in any order.
    ///
    /// # Errors
    /// Why it can't be listed.
    fn names(&self, dir: &str, of_folders: bool) -> Result<Vec<String>, String> {
        let what = if of_folders { "folders" } else { "files" };
        Err(format!("cannot list the {what} in `{dir}`"))
    }
}

/// A project without files, for what is built in.
pub(crate) struct NoFiles;

impl ProjectFiles for NoFiles {
    fn read(&self, path: &str) -> Result<String, String> {
        Err(format!("cannot read `{path}`"))
    }
    fn pages(&self, dir: &str) -> Result<Vec<String>, String> {
        Err(format!("cannot list `{dir}`"))
    }
}
