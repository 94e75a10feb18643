//! Valid YAML that is probably not parsed as its author intended.

use crate::data::node::{Node, Scalar, ScalarStyle, ScalarType, Tree, Value};
use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::data::recovery::line_syntax::non_breaking_indentation;
use crate::data::recovery::misread_list::ListFinder;
use crate::data::recovery::quote::quote;
use crate::data::recovery::value::{is_text_key, smart_quoted};
use crate::diagnostic::Edit;
use crate::source::Span;
use std::collections::HashSet;

/// All suspicious values in the tree of `text`, in no order.
pub(crate) fn find_misread_values(text: &str, tree: &Tree) -> Vec<RepairableError> {
    let look = MisreadFinder { text, tree, used: used_anchors(text, tree) };
    let mut found = look.smart_quotes();
    let lists = ListFinder { text };
    for value in tree.values().filter(|value| !value.is_alias() && !value.is_flow()) {
        for entry in value.entries() {
            let comment = if tree.comments.is_empty() { None } else { look.parsed_as_comment(entry.key, entry.value) };
            let misread = comment.or_else(|| look.template(entry.value)).or_else(|| lists.in_entry(entry));
            found.extend(misread);
        }
        for item in value.items().into_iter().flatten() {
            let comment = if tree.comments.is_empty() { None } else { look.item_parsed_as_comment(item) };
            found.extend(comment.or_else(|| lists.in_item(item)));
        }
    }
    found.extend(tree.nodes.iter().filter_map(|node| match node {
        Node::Scalar(scalar) => look.scalar(scalar),
        Node::Alias { target: None, span } => {
            let edit = Edit::replace(*span, quote(&text[span.range()]));
            Some(RepairableError::new(SyntaxErrorKind::UndefinedAlias, *span, &text[span.range()], edit))
        }
        _ => None,
    }));
    found
}

/// Keys whose value is a list of words.
const LIST_KEYS: [&str; 5] = ["tags", "categories", "keywords", "tag", "category"];

/// The names that aliases of this tree refer to.
fn used_anchors<'t>(text: &'t str, tree: &Tree) -> HashSet<&'t str> {
    let aliases = tree.nodes.iter().filter_map(|node| match node {
        Node::Alias { target: Some(_), span } => text.get(span.start + 1..span.end),
        _ => None,
    });
    aliases.collect()
}

struct MisreadFinder<'t> {
    text: &'t str,
    tree: &'t Tree,
    used: HashSet<&'t str>,
}

impl<'t> MisreadFinder<'t> {
    fn scalar(&self, scalar: &'t Scalar) -> Option<RepairableError> {
        let span = scalar.span;
        if scalar.style != ScalarStyle::Plain || span.is_empty() {
            return None;
        }
        self.non_breaking_indentation(scalar).or_else(|| self.parsed_as_anchor_or_tag(scalar))
    }

    /// `<NBSP><NBSP>name: x`, `<NBSP>- a`: text to YAML, indentation to the eye.
    fn non_breaking_indentation(&self, scalar: &Scalar) -> Option<RepairableError> {
        // Almost all values start with an ASCII character.
        if scalar.value.starts_with(|char: char| char.is_ascii()) {
            return None;
        }
        let span = scalar.span;
        let (spaces, repaired) = non_breaking_indentation(&scalar.value)?;
        let before = self.text[..span.start].trim_end_matches([' ', '\t']);
        let starts_line = before.is_empty() || before.ends_with(['\n', '\r']);
        let is_key = self.text[span.end..].trim_start_matches(' ').starts_with(':');
        let is_item = scalar.value[spaces.end..].starts_with("- ");
        let spaces = spaces.shift(span.start);
        (starts_line && (is_key || is_item)).then(|| {
            RepairableError::new(SyntaxErrorKind::NonBreakingIndentation, spaces, "", Edit::replace(spaces, repaired))
        })
    }

    /// Values in typographic quotes that certainly stand for straight ones: a title in `“…”` may quote somebody, an
    /// author's name can't; and if the editor curls quotes, several values have them.
    fn smart_quotes(&self) -> Vec<RepairableError> {
        let mut wrapped: Vec<(&Scalar, &str)> = Vec::new();
        let mut sure = false;
        let mut look = |key: &str, value: Value<'t>| {
            let scalar = value.scalar().filter(|scalar| scalar.style == ScalarStyle::Plain && !value.is_alias());
            let Some((scalar, inner)) = scalar.and_then(|scalar| Some((scalar, smart_quoted(&scalar.value)?))) else {
                return;
            };
            let mixed = scalar.value.ends_with(['"', '\'']);
            let other_text = wrapped.first().is_some_and(|(first, _)| first.value != scalar.value);
            sure |= mixed || other_text || !is_text_key(key);
            wrapped.push((scalar, inner));
        };
        // A quotation in a list, or in a mapping below the top, is content; a word in a list is a tag.
        let root = self.tree.root().map(Value::span);
        for value in self.tree.values().filter(|value| !value.is_alias()) {
            let is_root = Some(value.span()) == root;
            let is_certain = |value: &Value<'t>| {
                value.text().is_some_and(|text| {
                    !text.trim().contains(' ') || smart_quoted(text).is_some() && text.ends_with(['"', '\''])
                })
            };
            value
                .entries()
                .filter(|entry| {
                    is_root || is_certain(&entry.value) && entry.key.text().is_some_and(|key| !is_text_key(key))
                })
                .for_each(|entry| look(entry.key.text().unwrap_or_default(), entry.value));
            value.items().into_iter().flatten().filter(is_certain).for_each(|item| look("", item));
        }
        let error = |(scalar, inner): (&Scalar, &str)| {
            RepairableError::new(
                SyntaxErrorKind::SmartQuotes,
                scalar.span,
                &scalar.value,
                Edit::replace(scalar.span, quote(inner)),
            )
        };
        if sure { wrapped.into_iter().map(error).collect() } else { Vec::new() }
    }

    /// `&R and D`, `!important note`: the first word is parsed as an anchor or a tag.
    fn parsed_as_anchor_or_tag(&self, scalar: &Scalar) -> Option<RepairableError> {
        let before = self.text[..scalar.span.start].trim_end_matches([' ', '\t']);
        let word = before.rfind([' ', '\t', '\n', '\r', ',', '[', '{']).map_or(0, |at| at + 1);
        let name = &before[word..];
        let suspicious = match scalar.tag.as_deref() {
            Some(tag) => tag.starts_with('!') && !tag.starts_with("!!") && tag.len() > 1 && name.starts_with('!'),
            None => name.starts_with('&') && name.len() > 1 && !self.used.contains(&name[1..]),
        };
        let line_break = self.text[before.len()..scalar.span.start].contains(['\n', '\r']);
        if !suspicious || line_break || before.len() == scalar.span.start {
            return None;
        }
        let whole = Span::new(word, scalar.span.end);
        let edit = Edit::replace(whole, quote(&self.text[whole.range()]));
        Some(RepairableError::new(SyntaxErrorKind::ParsedAsAnchorOrTag, Span::new(word, before.len()), name, edit))
    }

    /// `title: #1 tip`, `title: Issue #12`.
    fn parsed_as_comment(&self, key: Value<'_>, value: Value<'_>) -> Option<RepairableError> {
        let key_text = key.text()?;
        let scalar = value.scalar().filter(|scalar| scalar.style == ScalarStyle::Plain && scalar.tag.is_none())?;
        let from = if scalar.span.is_empty() { key.span().end } else { scalar.span.end };
        let index = self.tree.comments.partition_point(|comment| comment.start < from);
        let comment = *self.tree.comments.get(index)?;
        let between = self.text.get(from..comment.start)?;
        let intended = self.text[comment.range()].strip_prefix('#')?;
        let is_empty = scalar.span.is_empty();
        let beside = if is_empty { between.strip_prefix(':')? } else { between };
        let has_no_space = intended.starts_with(|char: char| !char.is_whitespace() && !matches!(char, '#' | '!'));
        // A title is always meant to have a value.
        let is_title = is_empty && key_text == "title" && !intended.trim_start_matches('#').trim().is_empty();
        // `Learning C #`
        let is_sign = !is_empty && intended.trim().is_empty() && is_text_key(key_text);
        if !beside.trim_start_matches([' ', '\t']).is_empty() || !(has_no_space || is_title || is_sign) {
            return None;
        }
        let number = intended.starts_with(|char: char| char.is_ascii_digit());
        // `weight: 10 #1 of all` has its whole value.
        let may_go_on = is_empty || scalar.kind == ScalarType::String;
        let is_list = is_empty && LIST_KEYS.contains(&key_text);
        // `prev: 03-walk.md #02-boat.md`: one file name in place of another.
        let extension = |text: &str| text.rsplit_once('.').map(|(_, end)| end.trim().to_owned());
        let is_file_name = !is_empty && !is_text_key(key_text) && !scalar.value.contains(' ');
        if is_file_name && extension(intended).is_some_and(|end| extension(&scalar.value) == Some(end)) {
            return None;
        }
        if !may_go_on || !(is_text_key(key_text) || number || is_list) {
            return None;
        }
        let start = if is_empty { comment.start } else { scalar.span.start };
        let whole = Span::new(start, start + self.text[start..comment.end].trim_end().len());
        let edit = Edit::replace(whole, quote(&self.text[whole.range()]));
        Some(RepairableError::new(SyntaxErrorKind::ParsedAsComment, comment, key_text, edit))
    }

    /// `- #news`: an empty item.
    fn item_parsed_as_comment(&self, item: Value<'_>) -> Option<RepairableError> {
        let from = item.scalar().filter(|scalar| scalar.span.is_empty())?.span.start;
        // The parser places an empty item before or after its comment.
        let next = self.tree.comments.partition_point(|comment| comment.start < from);
        let is_of_item = |comment: &&Span| {
            let line = self.text[..comment.start].rsplit(['\n', '\r']).next().unwrap_or_default();
            let between = if comment.start < from { comment.end..from } else { from..comment.start };
            let between = self.text.get(between).unwrap_or("-");
            line.trim() == "-" && between.trim_start_matches('-').trim().is_empty()
        };
        let around = self.tree.comments.get(next.saturating_sub(1)..).unwrap_or_default();
        let comment = *around.iter().take(2).find(is_of_item)?;
        let word = &self.text[comment.range()][1..];
        let has_no_space = word.starts_with(|char: char| char.is_alphanumeric());
        (has_no_space && !word.contains(' ')).then(|| {
            let edit = Edit::replace(comment, quote(&self.text[comment.range()]));
            RepairableError::new(SyntaxErrorKind::ParsedAsComment, comment, "the list", edit)
        })
    }

    /// `{{ title }}`: parsed as a mapping whose key is a mapping.
    fn template(&self, value: Value<'_>) -> Option<RepairableError> {
        let span = value.span();
        let raw = &self.text[span.range()];
        if !(value.is_map() && value.is_flow() && raw.starts_with("{{")) {
            return None;
        }
        let edit = Edit::replace(span, quote(raw));
        Some(RepairableError::new(SyntaxErrorKind::UnrenderedTemplate, span, raw, edit).with_uncertain_repair(true))
    }
}
