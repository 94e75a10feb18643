//! A disable comment that suppresses nothing.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnusedSuppression {}

impl Check for UnusedSuppression {
    fn check(&self, _: &Context, _: &mut Findings) {}
}
