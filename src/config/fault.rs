//! What can't be told from one value of a config alone: where it is, and what was most likely meant.

use crate::data::typed::PathSegment;
use crate::text::similarity;

/// A mistake below some place of the config.
pub(super) struct Fault {
    /// From that place to the mistake.
    pub(super) path: Vec<PathSegment>,
    /// Whether the mistake is the last key of the path, and not what it holds.
    pub(super) is_key: bool,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// What is read, or the mistake in it.
pub(super) type Outcome<T> = Result<T, Fault>;

impl Fault {
    pub(super) fn at(path: impl Into<Vec<PathSegment>>, message: impl Into<String>) -> Self {
        Self { path: path.into(), is_key: false, message: message.into(), help: None }
    }

    /// A word that isn't known, with those that are.
    pub(super) fn unknown<'a>(
        path: impl Into<Vec<PathSegment>>,
        message: impl Into<String>,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let help = match similarity::did_you_mean(word, known.iter().copied()) {
            Some(help) => Some(help),
            None if known.is_empty() || known.len() > 20 => None,
            None => Some(format!("known here: {}", known.join(", "))),
        };
        Self { help, ..Self::at(path, message) }
    }

    /// The same mistake, seen from one step further out.
    pub(super) fn below(mut self, step: PathSegment) -> Self {
        self.path.insert(0, step);
        self
    }
}
