//! A title with leading, trailing or repeated spaces, or with line breaks.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::rewrite;
use crate::data::node::{Scalar, ScalarStyle};
use crate::diagnostic::Edit;
use crate::source::{Source, Span};
use serde::Deserialize;

/// Options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TitleWhitespace {
    /// The title fields.
    fields: Vec<String>,
    /// Whether to report several spaces between words too.
    consecutive_spaces: bool,
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
            let has_runs = self.consecutive_spaces && body.trim().contains("  ");
            let has_edges = body.starts_with([' ', '\t']) || body.ends_with([' ', '\t']);
            let problem = match body.contains('\n') {
                true => "spans several lines",
                false if has_edges => "has leading or trailing whitespace",
                false if has_runs => "has consecutive spaces",
                false => continue,
            };
            let is_trimmed = !has_runs && !body.contains('\n');
            let fixed = if is_trimmed { body.trim().to_owned() } else { collapse_whitespace(body) };
            let finding = found.at(value.span(), format!("`{name}` {problem}"));
            finding.help(format!("use `{}`", crate::checks::support::fields::truncate(&fixed)));
            // `"C:\temp\new"`: what looks like whitespace was a backslash, and only its author knows the path.
            if scalar.style == ScalarStyle::DoubleQuoted && body.contains(['\t', '\n']) {
                continue;
            }
            let Some(edit) = rewrite::replace_scalar(value, front.format, &fixed) else { continue };
            if is_trimmed && !cx.doc.slice(scalar.span).contains('\n') {
                finding.fix("Remove the extra whitespace", trim_edits(scalar, cx.doc.source));
            } else {
                // Spaces between words may be all that is left of a separator, such as a dash.
                finding.unsafe_fix("Remove the extra whitespace", vec![edit]);
            }
        }
    }
}

/// The edits that remove the whitespace at both ends of a string, inside its quotes.
fn trim_edits(scalar: &Scalar, source: &Source) -> Vec<Edit> {
    let quote = usize::from(scalar.style != ScalarStyle::Plain);
    let inside = Span::new(scalar.span.start + quote, scalar.span.end - quote);
    let text = source.slice(inside);
    let leading = text.len() - text.trim_start_matches([' ', '\t']).len();
    let kept = text.trim_end_matches([' ', '\t']).len();
    let ends = [Span::new(inside.start, inside.start + leading), Span::new(inside.start + kept, inside.end)];
    ends.into_iter().filter(|span| !span.is_empty()).map(|span| Edit::replace(span, "")).collect()
}

/// Replaces each run of ASCII whitespace with a space; non-breaking spaces are reported by another rule.
fn collapse_whitespace(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
