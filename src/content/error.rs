//! Errors of a config that depend on more than one value, with their path and a suggestion.

use crate::data::typed::PathSegment;
use crate::text::similarity;

/// An error somewhere in a config.
pub(crate) struct ConfigError {
    /// The path to it.
    pub(crate) path: Vec<PathSegment>,
    /// Whether the error is the last key of the path, not its value.
    pub(crate) is_key: bool,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// A value, or the error in it.
pub(crate) type ConfigResult<T> = Result<T, ConfigError>;

impl ConfigError {
    pub(crate) fn at(path: impl Into<Vec<PathSegment>>, message: impl Into<String>) -> Self {
        Self { path: path.into(), is_key: false, message: message.into(), help: None }
    }

    /// An unknown name, with the known ones.
    pub(crate) fn unknown<'a>(
        path: impl Into<Vec<PathSegment>>,
        message: impl Into<String>,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let near = similarity::nearest(word, known.iter().copied());
        let help = match near {
            None if !known.is_empty() && known.len() <= 20 => Some(format!("expected one of {}", known.join(", "))),
            _ => None,
        };
        Self { help, ..Self::at(path, similarity::with_suggestion(message.into(), near)) }
    }

    /// The same error, with a parent segment prepended to its path.
    pub(crate) fn with_parent(mut self, step: PathSegment) -> Self {
        self.path.insert(0, step);
        self
    }
}
