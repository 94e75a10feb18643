//! A title that the page's own text repeats.

use super::{Check, Context, Found};
use serde::Deserialize;

/// Options: where to look.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct RepeatedTitle {}

impl Check for RepeatedTitle {
    fn check(&self, cx: &Context, found: &mut Found) {
        let _ = (cx, found);
    }
}
