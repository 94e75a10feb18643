//! What a page tells others, as it is kept from one run to the next.

use serde::{Deserialize, Serialize};

/// What is kept of a page's facts; its path is kept separately.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct StoredFacts<'a> {
    /// Its keys, packed.
    pub(super) keys: &'a str,
    /// What its fields tell, packed.
    pub(super) notes: &'a str,
    pub(super) has_odd_key: bool,
    pub(super) repeats_title: bool,
}
