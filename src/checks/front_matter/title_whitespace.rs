//! A title with blanks around it or doubled inside, or over two lines.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::rewrite;
use crate::data::node::Style;
use serde::Deserialize;

/// Options: the fields that are titles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TitleWhitespace {
    fields: Vec<String>,
}

impl Check for TitleWhitespace {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        for name in &self.fields {
            let Some(value) = front.get(name) else { continue };
            let Some(scalar) = value.scalar().filter(|scalar| !scalar.value.trim().is_empty()) else { continue };
            let text = &scalar.value;
            let is_block = matches!(scalar.style, Style::Literal | Style::Folded);
            let body = if is_block { text.trim_end_matches('\n') } else { text.as_str() };
            // A newline at the end of a block of text is how such a block is written.
            let problem = if body.contains('\n') {
                "goes over several lines"
            } else if body.starts_with([' ', '\t']) || body.ends_with([' ', '\t']) {
                "has a blank at its edge"
            } else if body.trim().contains("  ") {
                "has two blanks in a row"
            } else {
                continue;
            };
            let collapsed = collapse_whitespace(body);
            let finding = found.at(value.span(), format!("`{name}` {problem}"));
            finding.help(format!("write `{}`", crate::checks::support::fields::truncate(&collapsed)));
            if let Some(edit) = rewrite::replace_scalar(value, front.syntax, &collapsed) {
                finding.fix("take out the blanks", vec![edit]);
            }
        }
    }
}

/// The text with one plain blank where there were several; non-breaking ones are another rule's.
fn collapse_whitespace(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
