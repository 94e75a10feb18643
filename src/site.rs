//! What checks may ask about the files around the one they look at.

use std::path::{Component, Path, PathBuf};

/// The project that a file belongs to.
pub struct Site {
    exists: Box<dyn Fn(&Path) -> bool + Send + Sync>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    /// A site that looks up files with `exists`, which gets paths relative to the project's root, without `..`.
    pub fn new(exists: impl Fn(&Path) -> bool + Send + Sync + 'static) -> Self {
        Self { exists: Box::new(exists) }
    }

    /// A site without any other file.
    pub fn alone() -> Self {
        Self::new(|_| false)
    }

    /// Whether there is a file at `path`, relative to the project's root. A path that leads out of the root is not
    /// looked up: the answer is none.
    pub fn has(&self, path: &Path) -> Option<bool> {
        let mut inside = PathBuf::new();
        for part in path.components() {
            match part {
                Component::Normal(name) => inside.push(name),
                Component::CurDir => {}
                Component::ParentDir if inside.pop() => {}
                _ => return None,
            }
        }
        Some((self.exists)(&inside))
    }
}
