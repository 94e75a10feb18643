//! What a YAML reader takes without a word, but not as its writer meant it.

use super::front_matter::Cause;
use super::mistakes::{Mistake, invisible_indent};
use super::node::{Node, Scalar, Style, Tree, Value};
use super::quote::quote;
use super::value::{is_text_key, smart_quoted};
use crate::diagnostic::Edit;
use crate::source::Span;
use std::collections::HashSet;

/// Everything odd in the tree of `text`, in no order.
pub(super) fn find(text: &str, tree: &Tree) -> Vec<Mistake> {
    let look = Look { text, tree, used: used_anchors(text, tree) };
    let mut found = Vec::new();
    for value in tree.values().filter(|value| !value.is_alias() && !value.is_flow()) {
        for entry in value.entries() {
            let comment = if tree.comments.is_empty() { None } else { look.comment(entry.key, entry.value) };
            found.extend(comment.or_else(|| look.template(entry.value)));
        }
    }
    found.extend(tree.nodes.iter().filter_map(|node| match node {
        Node::Scalar(scalar) => look.scalar(scalar),
        Node::Alias { target: None, span } => {
            let edit = Edit::replace(*span, quote(&text[span.range()]));
            Some(Mistake::new(Cause::UnknownAlias, *span, &text[span.range()], edit))
        }
        _ => None,
    }));
    found
}

/// The names that aliases of this tree use.
fn used_anchors<'t>(text: &'t str, tree: &Tree) -> HashSet<&'t str> {
    let aliases = tree.nodes.iter().filter_map(|node| match node {
        Node::Alias { target: Some(_), span } => text.get(span.start + 1..span.end),
        _ => None,
    });
    aliases.collect()
}

struct Look<'t> {
    text: &'t str,
    tree: &'t Tree,
    used: HashSet<&'t str>,
}

impl<'t> Look<'t> {
    fn scalar(&self, scalar: &'t Scalar) -> Option<Mistake> {
        let span = scalar.span;
        if scalar.style != Style::Plain || span.is_empty() {
            return None;
        }
        // An ASCII letter or digit is the start of nearly all values, and of nothing odd but an anchor's text.
        let first = scalar.value.chars().next()?;
        if !first.is_ascii() {
            if let Some(inner) = smart_quoted(&scalar.value) {
                let edit = Edit::replace(span, quote(inner));
                return Some(Mistake::new(Cause::SmartQuotes, span, &scalar.value, edit));
            }
            let (blanks, mended) = invisible_indent(&scalar.value)?;
            let starts_line =
                self.text[..span.start].trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) || span.start == 0;
            let rest = &scalar.value[blanks.end..];
            let (blanks, is_key) =
                (blanks.shift(span.start), self.text[span.end..].trim_start_matches(' ').starts_with(':'));
            return (starts_line && (is_key || rest.starts_with("- ")))
                .then(|| Mistake::new(Cause::InvisibleIndent, blanks, "", Edit::replace(blanks, mended)));
        }
        self.swallowed_start(scalar)
    }

    /// `&R and D`, `!important note`: the first word is taken for an anchor or a tag.
    fn swallowed_start(&self, scalar: &Scalar) -> Option<Mistake> {
        let before = self.text[..scalar.span.start].trim_end_matches([' ', '\t']);
        let word = before.rfind([' ', '\t', '\n', '\r', ',', '[', '{']).map_or(0, |at| at + 1);
        let name = &before[word..];
        let odd = match scalar.tag.as_deref() {
            Some(tag) => tag.starts_with('!') && !tag.starts_with("!!") && tag.len() > 1 && name.starts_with('!'),
            None => name.starts_with('&') && name.len() > 1 && !self.used.contains(&name[1..]),
        };
        let line_break = self.text[before.len()..scalar.span.start].contains(['\n', '\r']);
        if !odd || line_break || before.len() == scalar.span.start {
            return None;
        }
        let whole = Span::new(word, scalar.span.end);
        let edit = Edit::replace(whole, quote(&self.text[whole.range()]));
        Some(Mistake::new(Cause::SwallowedStart, Span::new(word, before.len()), name, edit))
    }

    /// `title: #1 tip`, `title: Issue #12`.
    fn comment(&self, key: Value<'_>, value: Value<'_>) -> Option<Mistake> {
        let key_text = key.text()?;
        let scalar = value.scalar().filter(|scalar| scalar.style == Style::Plain && scalar.tag.is_none())?;
        let from = if scalar.span.is_empty() { key.span().end } else { scalar.span.end };
        let index = self.tree.comments.partition_point(|comment| comment.start < from);
        let comment = *self.tree.comments.get(index)?;
        let between = self.text.get(from..comment.start)?;
        let meant = self.text[comment.range()].strip_prefix('#')?;
        let is_empty = scalar.span.is_empty();
        let beside = if is_empty { between.strip_prefix(':')? } else { between };
        let glued = meant.starts_with(|char: char| !char.is_whitespace() && !matches!(char, '#' | '!'));
        if !beside.trim_start_matches([' ', '\t']).is_empty() || !glued {
            return None;
        }
        let number = meant.starts_with(|char: char| char.is_ascii_digit());
        if !(is_text_key(key_text) || number) {
            return None;
        }
        let start = if is_empty { comment.start } else { scalar.span.start };
        let whole = Span::new(start, start + self.text[start..comment.end].trim_end().len());
        let edit = Edit::replace(whole, quote(&self.text[whole.range()]));
        Some(Mistake::new(Cause::SwallowedByComment, comment, key_text, edit))
    }

    /// `{{ title }}`: read as a map whose key is a map.
    fn template(&self, value: Value<'_>) -> Option<Mistake> {
        let span = value.span();
        let raw = &self.text[span.range()];
        if !(value.is_map() && value.is_flow() && raw.starts_with("{{")) {
            return None;
        }
        let edit = Edit::replace(span, quote(raw));
        Some(Mistake::new(Cause::TemplateResidue, span, raw, edit).guessed(true))
    }
}
