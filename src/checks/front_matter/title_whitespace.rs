//! A title with leading, trailing or repeated spaces, or with line breaks.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::rewrite;
use crate::data::node::ScalarStyle;
use serde::Deserialize;

/// Options: the title fields.
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
            let is_block = matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded);
            let body = if is_block { text.trim_end_matches('\n') } else { text.as_str() };
            // A block scalar ends with a line break.
            let problem = if body.contains('\n') {
                "spans several lines"
            } else if body.starts_with([' ', '\t']) || body.ends_with([' ', '\t']) {
                "has leading or trailing whitespace"
            } else if body.trim().contains("  ") {
                "has consecutive spaces"
            } else {
                continue;
            };
            let collapsed = collapse_whitespace(body);
            let finding = found.at(value.span(), format!("`{name}` {problem}"));
            finding.help(format!("use `{}`", crate::checks::support::fields::truncate(&collapsed)));
            // `"C:\temp\new"`: what looks like white space was a backslash, and only its writer knows the path.
            let is_escape = scalar.style == ScalarStyle::DoubleQuoted && body.contains(['\t', '\n']);
            let edit = rewrite::replace_scalar(value, front.format, &collapsed);
            if let Some(edit) = edit.filter(|_| !is_escape) {
                finding.fix("Remove the extra whitespace", vec![edit]);
            }
        }
    }
}

/// Replaces each run of ASCII whitespace with a space; non-breaking spaces are reported by another rule.
fn collapse_whitespace(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
