//! In what the facts about a page differ from what they were, so that only that is compared again.

/// What of a page's facts differs from what they were.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct FactChanges {
    pub(super) terms: bool,
    pub(super) keys: bool,
    pub(super) urls: bool,
    pub(super) values: bool,
    pub(super) authors: bool,
    pub(super) images: bool,
}

impl FactChanges {
    /// Adds those of another change.
    pub(crate) fn add(&mut self, other: Self) {
        self.terms |= other.terms;
        self.keys |= other.keys;
        self.urls |= other.urls;
        self.values |= other.values;
        self.authors |= other.authors;
        self.images |= other.images;
    }

    /// Whether anything differs.
    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }

    /// Whether URLs differ, or what distinguishes them.
    pub(crate) fn is_of_urls(self) -> bool {
        self.urls
    }

    /// Whether anything else differs.
    pub(crate) fn is_of_more_than_urls(self) -> bool {
        Self { urls: false, ..self }.any()
    }

    /// What differs where files that aren't pages may.
    pub(crate) fn of_files() -> Self {
        Self { authors: true, images: true, ..Self::default() }
    }
}
