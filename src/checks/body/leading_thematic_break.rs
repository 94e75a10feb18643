//! A rule across the page before its first word.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::front_matter;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeadingThematicBreak {}

impl Check for LeadingThematicBreak {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let (Some(&rule), Some(front)) = (cx.doc.body.rules.first(), &cx.doc.front_matter) else { return };
        let between = Span::new(front.span.end, rule.start);
        // The fence of a second front matter is `second-front-matter`'s.
        let is_fence = || front_matter::second(cx.doc.source, cx.doc.body.span.start).is_some();
        if front.close.is_some() && cx.doc.slice(between).trim().is_empty() && !is_fence() {
            let rest = &cx.doc.source.text()[rule.end..];
            let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
            found
                .at(rule, "a rule across the page comes before its first word")
                .help("take it out: the front matter above it has a closing fence already")
                .fix("take it out", vec![Edit::replace(Span::new(rule.start, rule.end + line_end), "")]);
        }
    }
}
