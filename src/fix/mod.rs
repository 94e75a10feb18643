//! Fixes: choose edits that don't overlap, apply them, verify the result.

pub mod apply;
pub mod changes;
pub mod mend;
pub mod unharmed;
