//! Which files of a site are pages to a generator.

use serde::Deserialize;

/// Which files of a site a generator builds; all unless something is said.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct PagePlaces {
    /// The folders of pages, relative to the site's root; all folders if there are none.
    pub(crate) folders: Vec<String>,
    /// Settings that name the folder of pages instead of `folders`.
    pub(crate) moved_by: Vec<String>,
    /// Settings that name further folders of pages.
    pub(crate) added_by: Vec<String>,
    /// Settings that name files and folders that aren't built.
    pub(crate) excluded_by: Vec<String>,
    /// Files that list such files and folders, one on each line.
    pub(crate) ignore_files: Vec<String>,
    /// Words in the config after which it isn't known where pages are.
    pub(crate) unknown_with: Vec<String>,
    /// Names of files, without extension and in lower case, that are pages only if they have front matter.
    pub(crate) only_with_front_matter: Vec<String>,
    /// Files that are never pages: names, or patterns of paths.
    pub(crate) excluded: Vec<String>,
    /// Whether files with an underscore at the start of their name are parts of pages.
    pub(crate) has_parts: bool,
    /// Names with an underscore at the start that are built nevertheless; none if an underscore has no meaning.
    pub(crate) built_underscores: Vec<String>,
}
