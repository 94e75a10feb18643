//! Helpers that several checks share.

pub(super) mod accepted_values;
pub(super) mod anchor_keys;
pub(super) mod fields;
pub(super) mod includes;
pub(super) mod other_parsers;
pub(super) mod prose_spans;
pub(crate) mod rewrite;
pub(super) mod table_row;
#[cfg(test)]
pub(super) mod testing;
pub(super) mod transliteration;
pub(super) mod vocabulary;
