//! What several checks share.

pub mod fields;
pub mod fragment;
pub mod outside_code;
pub mod rewrite;
#[cfg(test)]
pub(crate) mod testing;
pub mod vocabulary;
