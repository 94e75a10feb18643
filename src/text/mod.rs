//! Text helpers without a domain: similarity of words, patterns, lines, percent-encoding.

pub mod fold;
pub mod lines;
pub mod pattern;
pub mod percent;
pub mod plural;
pub mod prefix_key;
pub mod similarity;
