//! An HTML comment that is never closed and hides the rest of the page.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnclosedComment {}

impl Check for UnclosedComment {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(explanation) = &cx.profile.markup.unclosed_comment else { return };
        let text = cx.doc.source.text();
        for &comment in &cx.doc.body.comments {
            let written = &text[comment.range()];
            if written.ends_with("-->") || !written.starts_with("<!--") {
                continue;
            }
            let near = written.find("-- >").or_else(|| written.find("—>")).or_else(|| written.find("->"));
            let finding = found.at(Span::new(comment.start, comment.start + 4), "comment without `-->`");
            if let Some(at) = near {
                let len = written[at..].find('>').map_or(2, |len| len + 1);
                finding.label(Span::new(comment.start + at, comment.start + at + len), "doesn't close it");
            }
            finding.help(format!("{explanation}: add `-->`"));
        }
    }
}
