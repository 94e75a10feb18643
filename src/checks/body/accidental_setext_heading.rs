//! A paragraph that becomes a heading because a line of dashes follows directly below it.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::{BlockKind, InlineKind};
use crate::source::Span;
use serde::Deserialize;

/// Options: what is too long for an intended heading.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct AccidentalSetextHeading {
    /// A heading of more characters was meant as a paragraph.
    max_characters: usize,
}

impl Default for AccidentalSetextHeading {
    fn default() -> Self {
        Self { max_characters: 120 }
    }
}

impl Check for AccidentalSetextHeading {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        for block in body.blocks.iter().filter(|block| block.kind == BlockKind::Heading(2)) {
            let text = cx.doc.slice(block.span);
            let Some(line) = text.rfind('\n').map(|at| at + 1) else { continue };
            let mark = text[line..].trim();
            if !mark.starts_with('-') || mark.bytes().any(|byte| byte != b'-') {
                continue;
            }
            if text[..line].lines().any(is_data) {
                continue;
            }
            let above = text[..line].trim_end_matches(['\n', '\r']);
            let pieces = body.inlines_of(block);
            let length: usize = pieces.iter().map(|piece| cx.doc.slice(piece.span).chars().count()).sum();
            let lines = 1 + pieces.iter().filter(|piece| piece.kind == InlineKind::Break).count();
            if length > self.max_characters || lines > 1 && ends_a_sentence(text[..line].trim_end()) {
                let at = block.span.start + line;
                let rule = Span::new(at, at + text[line..].trim_end().len());
                found
                    .at(rule, "this line turns the paragraph above into a heading")
                    .label(Span::new(block.span.start, block.span.start + above.len()), "rendered as a heading")
                    .help("add a blank line before it")
                    .unsafe_fix("Insert a blank line", vec![Edit::replace(Span::empty(at), cx.doc.source.line_end())])
                    .fix_effect(FixEffect::Structure);
            }
        }
    }
}

/// Whether a line is `key: value` or code: an example of front matter, as documentation of templates shows it.
fn is_data(line: &str) -> bool {
    let line = line.trim();
    let key = line.split_once(':').map_or("", |(key, _)| key);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (is_key && !line.starts_with("http")) || line.ends_with(['{', '}', ';']) || line.starts_with("- ")
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。', '！', '？', ')', '）', ':'])
}
