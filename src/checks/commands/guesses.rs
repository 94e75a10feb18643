//! How many names the words of a page may still be compared with.

use crate::text::similarity::nearest;
use std::cell::Cell;

/// The maximum number of names that the words of one page are compared with. A page that needs more is generated.
const MAX_COMPARISONS: usize = 2_000_000;

/// The comparisons that are left for a page.
#[derive(Debug)]
pub(super) struct Guesses(Cell<usize>);

impl Default for Guesses {
    fn default() -> Self {
        Self(Cell::new(MAX_COMPARISONS))
    }
}

impl Guesses {
    /// The one of `candidates` that `word` is most similar to, as [`nearest`] finds it, while there are comparisons left.
    pub(super) fn nearest<'a>(&self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        let left = &self.0;
        if left.get() == 0 {
            return None;
        }
        nearest(word, candidates.into_iter().inspect(|_| left.set(left.get().saturating_sub(1))))
    }

    /// Whether any comparison is left.
    pub(super) fn are_left(&self) -> bool {
        self.0.get() > 0
    }
}
