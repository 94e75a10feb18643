//! Text helpers without a domain: similarity of words, patterns, lines, brackets, percent-encoding.

pub(crate) mod brackets;
pub(crate) mod encoding;
pub(crate) mod fold;
pub(crate) mod frequent_bytes;
pub(crate) mod lines;
pub(crate) mod next_byte;
pub(crate) mod pattern;
pub(crate) mod percent;
pub(crate) mod plural;
pub(crate) mod prefix_key;
pub(crate) mod similarity;
