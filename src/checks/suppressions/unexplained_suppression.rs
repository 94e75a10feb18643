//! A disable comment without a rule or a reason.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnexplainedSuppression {}

impl Check for UnexplainedSuppression {
    fn check(&self, _: &Context, _: &mut Findings) {}
}
