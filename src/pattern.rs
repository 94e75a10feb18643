//! The door to the regular expression engine.

use regex::{Regex, RegexBuilder};

/// A compiled regular expression. Matching takes linear time whatever the text.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles `text`.
    ///
    /// # Errors
    /// Why it can't be: a mistake in it, or more than 1 MiB when compiled.
    pub fn new(text: &str) -> Result<Self, String> {
        RegexBuilder::new(text).size_limit(1 << 20).build().map(Self).map_err(|error| error.to_string())
    }

    /// Whether it matches somewhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}
