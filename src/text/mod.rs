//! Helpers for text that know no domain: similarity of words, patterns, lines.

pub mod lines;
pub mod pattern;
pub mod similarity;
