//! A front matter that can't be read, or isn't read as meant, by its cause.

use super::{Check, Context, Found};
use crate::document::front_matter::Cause;
use serde::Deserialize;

/// Options: which causes this rule speaks about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Syntax {
    causes: Vec<Cause>,
}

impl Check for Syntax {
    fn check(&self, cx: &Context, found: &mut Found) {
        let inside = cx.doc.front_matter.iter().flat_map(|front| &front.problems);
        for problem in cx.doc.misplaced.iter().chain(inside).filter(|problem| self.causes.contains(&problem.cause)) {
            found.at(problem.span, format!("{:?}", problem.cause));
        }
    }
}
