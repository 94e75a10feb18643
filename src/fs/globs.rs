//! Patterns of paths.

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

/// Patterns of paths, with `/` between the parts: `*` stays within a part, `**` doesn't.
#[derive(Clone, Default, Debug)]
pub(crate) struct Globs {
    set: GlobSet,
    /// Folders by their paths.
    folders: Vec<String>,
    /// Patterns in which `*` matches `/` too.
    loose: Vec<GlobMatcher>,
}

impl Globs {
    /// Patterns that match whole paths.
    ///
    /// # Errors
    /// Which pattern isn't one, by its index, and why.
    pub(crate) fn new(patterns: &[String]) -> Result<Self, (usize, String)> {
        Self::build(patterns, |pattern| vec![pattern.to_owned()])
    }

    /// Patterns that match paths and all below them; one without `/` matches at any depth.
    ///
    /// # Errors
    /// Which pattern isn't one, by its index, and why.
    pub(crate) fn anywhere(patterns: &[String]) -> Result<Self, (usize, String)> {
        Self::build(patterns, |pattern| {
            let pattern = pattern.trim_end_matches('/');
            let pattern = if pattern.contains('/') {
                pattern.trim_start_matches('/').to_owned()
            } else {
                format!("**/{pattern}")
            };
            vec![format!("{pattern}/**"), pattern]
        })
    }

    fn build(patterns: &[String], expand: impl Fn(&str) -> Vec<String>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            for expanded in expand(pattern.trim_start_matches("./")) {
                let glob = GlobBuilder::new(&expanded).literal_separator(true).build();
                set.add(glob.map_err(|error| (index, format!("invalid glob `{pattern}`: {}", error.kind())))?);
            }
        }
        let set = set.build().map_err(|error| (0, format!("globs are too large: {}", error.kind())))?;
        Ok(Self { set, ..Self::default() })
    }

    /// Adds a folder by its path, in which no character is a pattern.
    pub(crate) fn add_folder(&mut self, path: &str) {
        self.folders.push(path.trim_matches('/').to_owned());
    }

    /// Adds a pattern as Ruby's `File.fnmatch` has them, where `*` matches `/` too, with all below what it matches. One that
    /// is invalid matches nothing.
    pub(crate) fn add_loose_pattern(&mut self, pattern: &str) {
        let patterns = [pattern.to_owned(), format!("{pattern}/**")];
        let globs = patterns.iter().filter_map(|pattern| GlobBuilder::new(pattern).build().ok());
        self.loose.extend(globs.map(|glob| glob.compile_matcher()));
    }

    /// Whether any pattern or folder matches `path`.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let is_below =
            |folder: &String| path.strip_prefix(&**folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        !self.set.is_empty() && self.set.is_match(path)
            || self.folders.iter().any(is_below)
            || self.loose.iter().any(|glob| glob.is_match(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loose_pattern_matches_at_any_depth_and_below() {
        let mut globs = Globs::default();
        globs.add_loose_pattern("old-*");
        globs.add_loose_pattern("*.draft.md");
        globs.add_loose_pattern("[");
        for path in ["old-notes/a.md", "old-notes", "a.draft.md", "notes/a.draft.md"] {
            assert!(globs.matches(path), "{path}");
        }
        for path in ["notes/old-a.md", "a.md", "["] {
            assert!(!globs.matches(path), "{path}");
        }
    }
}
