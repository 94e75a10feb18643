//! Rules that the linter itself speaks for: switches that do nothing or don't say why, and its own faults.

use crate::checks::{Check, Context, Found};
use serde::Deserialize;

/// No options: the page only gives the rule its level and its words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Linter {}

impl Check for Linter {
    fn check(&self, _: &Context, _: &mut Found) {}
}
