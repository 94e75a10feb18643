//! A thematic break directly after the front matter.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::front_matter;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeadingThematicBreak {}

impl Check for LeadingThematicBreak {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let (Some(&rule), Some(front)) = (cx.doc.body.thematic_breaks.first(), &cx.doc.front_matter) else { return };
        let between = Span::new(front.span.end, rule.start);
        // The delimiter of a second front matter is reported by `second-front-matter`.
        let is_fence = || front_matter::second_block(cx.doc.source, cx.doc.body.span.start).is_some();
        // A notice between two breaks, as editors set it.
        let is_notice = |next: &Span| {
            let blocks = cx.doc.body.blocks.iter().map(|block| block.span.start);
            blocks.filter(|start| (rule.end..next.start).contains(start)).count() <= 2
        };
        if cx.doc.body.thematic_breaks.get(1).is_some_and(is_notice) {
            return;
        }
        if front.closing_delimiter.is_some() && cx.doc.slice(between).trim().is_empty() && !is_fence() {
            let rest = &cx.doc.source.text()[rule.end..];
            let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
            found
                .at(rule, "thematic break directly after the front matter")
                .help("remove it: the front matter already has a closing delimiter")
                .unsafe_fix(
                    "Remove the thematic break",
                    vec![Edit::replace(Span::new(rule.start, rule.end + line_end), "")],
                )
                .fix_effect(FixEffect::Structure);
        }
    }
}
