//! What can come next in a front matter: the fields of its content type, and the values of a field that has few.
//!
//! Read off the lines, not the tree: half-written front matter is broken front matter.

use crate::checks::rewrite;
use crate::content::{ContentType, Field, ValueConstraints};
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::source::{Source, Span};

/// Something that can be written at a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What it is called in a list.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// More about it: its types, whether it is required.
    pub detail: Option<String>,
    /// By what it is sorted in a list; by its label where nothing is given.
    pub sort_text: Option<String>,
    /// The edit that writes it, in place of what is written so far.
    pub edit: Edit,
}

/// What can be completed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompletionKind {
    /// A key of the front matter.
    Field,
    /// A value of a field.
    Value,
    /// An anchor of a page.
    Anchor,
    /// A page that a link can lead to.
    Page,
    /// An image.
    Image,
    /// A folder.
    Folder,
}

/// The completions at byte `at`. `used` gives the terms of the taxonomy with this key that the site has so far.
pub(super) fn at(
    doc: &Document,
    content: &ContentType,
    at: usize,
    used: impl FnOnce(&str) -> Vec<String>,
) -> Vec<Completion> {
    let Some(front) = &doc.front_matter else { return Vec::new() };
    if front.format == FrontMatterFormat::Json || !(front.content_span.start..=front.content_span.end).contains(&at) {
        return Vec::new();
    }
    let source = doc.source;
    let line = source.line_span(source.line_of(at));
    let before = source.slice(Span::new(line.start, at.min(line.end)));
    let separator = if front.format == FrontMatterFormat::Toml { '=' } else { ':' };
    let is_item = before.trim_start().starts_with("- ");
    let list = |field: &Field| items_of(&field.constraints).is_some();
    if !is_item && !before.contains(separator) {
        if before.starts_with([' ', '\t']) && front.format == FrontMatterFormat::Yaml {
            return Vec::new();
        }
        return keys(doc, content, Span::new(line.start, at), separator);
    }
    let Some(key) = key_at(source, front.content_span, at, separator) else { return Vec::new() };
    let field = content.field(key);
    let start = before.rfind(['[', ',', separator]).map_or(0, |cut| cut + 1);
    let start = if is_item { start.max(before.find("- ").map_or(0, |cut| cut + 2)) } else { start };
    let start = start + (before[start..].len() - before[start..].trim_start().len());
    let written = Span::new(line.start + start, at);
    let is_in_list = is_item || before.contains('[');
    let is_closed = |field: &&Field| !values(&field.constraints, front.format, "").is_empty();
    let Some(field) = field.filter(is_closed) else {
        let terms = used(key).into_iter();
        let term = |term: String| {
            let text = rewrite::format_string(&term, front.format);
            item(term, CompletionKind::Value, text, written)
        };
        return terms.map(term).collect();
    };
    let shape = if is_in_list && list(field) {
        items_of(&field.constraints).unwrap_or(&field.constraints)
    } else {
        &field.constraints
    };
    values(shape, front.format, source.slice(written))
        .into_iter()
        .map(|(term, text)| item(term, CompletionKind::Value, text, written))
        .collect()
}

fn keys(doc: &Document, content: &ContentType, written: Span, separator: char) -> Vec<Completion> {
    let is_absent = |field: &&Field| !field.name.contains('.') && doc.field(&field.name).is_none();
    let fields = content.fields.iter().filter(is_absent);
    let glue = if separator == '=' { " = " } else { ": " };
    fields
        .map(|field| {
            let text = format!("{}{glue}", field.name);
            let mut item = item(field.name.clone(), CompletionKind::Field, text, written);
            let required = field.required.then_some("required");
            let types = field.constraints.types.iter().map(|kind| kind.as_str());
            let detail: Vec<&str> = required.into_iter().chain(types).collect();
            item.detail = (!detail.is_empty()).then(|| detail.join(" "));
            // What must be there comes first.
            item.sort_text = Some(format!("{}{}", u8::from(!field.required), field.name));
            item
        })
        .collect()
}

/// The key of the field whose value byte `at` is in: the last at the start of a line.
fn key_at(source: &Source, inner: Span, at: usize, separator: char) -> Option<&str> {
    let lines = source.slice(Span::new(inner.start, source.line_span(source.line_of(at)).end));
    let starts_key = |line: &&str| line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
    let key = lines.lines().rev().find(starts_key)?.split(separator).next()?;
    Some(key.trim().trim_matches(['"', '\'']))
}

fn items_of(shape: &ValueConstraints) -> Option<&ValueConstraints> {
    shape.items.as_deref()
}

/// The values that a shape allows, if they can be counted: each with its text as it is to be written after `written`.
fn values(shape: &ValueConstraints, syntax: FrontMatterFormat, written: &str) -> Vec<(String, String)> {
    let open = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let is_bool = shape.types == [FieldType::Bool];
    let terms: Vec<String> = match &shape.vocabulary {
        Some(vocabulary) => vocabulary.terms.clone(),
        None if is_bool => ["true", "false"].map(str::to_owned).into(),
        None => match items_of(shape).and_then(|items| items.vocabulary.as_ref()) {
            Some(vocabulary) => vocabulary.terms.clone(),
            None => Vec::new(),
        },
    };
    let is_plain = |term: &str| {
        term.starts_with(char::is_alphabetic)
            && term.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.'))
    };
    let text = |term: &String| match open {
        Some('\'') if !term.contains('\'') => format!("'{term}'"),
        None if is_bool || (syntax == FrontMatterFormat::Yaml && is_plain(term)) => term.clone(),
        _ => format!("\"{}\"", term.replace('\\', "\\\\").replace('"', "\\\"")),
    };
    terms.iter().map(|term| (term.clone(), text(term))).collect()
}

fn item(label: String, kind: CompletionKind, text: String, written: Span) -> Completion {
    Completion { label, kind, detail: None, sort_text: None, edit: Edit::replace(written, text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Vocabulary;

    fn post() -> ContentType {
        let vocabulary = |terms: &[&str]| {
            let terms = terms.iter().map(|term| (*term).to_owned()).collect();
            Some(Vocabulary { terms, ..Vocabulary::default() })
        };
        let field = |name: &str, required, constraints| Field {
            name: name.to_owned(),
            required,
            constraints,
            ..Field::default()
        };
        let tags = ValueConstraints {
            vocabulary: vocabulary(&["aws", "open source", "no", "C#"]),
            ..ValueConstraints::default()
        };
        let list = ValueConstraints {
            types: vec![FieldType::List],
            items: Some(Box::new(tags)),
            ..ValueConstraints::default()
        };
        let layout = ValueConstraints { vocabulary: vocabulary(&["post", "page"]), ..ValueConstraints::default() };
        let draft = ValueConstraints { types: vec![FieldType::Bool], ..ValueConstraints::default() };
        let fields = vec![
            field("title", true, ValueConstraints::default()),
            field("tags", true, list),
            field("layout", false, layout),
            field("draft", false, draft),
        ];
        ContentType { fields, ..ContentType::default() }
    }

    /// The completions at the `|`.
    fn at(text: &str) -> Vec<String> {
        let place = text.find('|').expect("a place");
        let source = Source::new("x.md", text.replacen('|', "", 1).into());
        let items = super::at(&Document::parse(&source), &post(), place, |_| Vec::new());
        items.into_iter().map(|item| item.edit.insert).collect()
    }

    #[test]
    fn keys_that_are_not_there_yet() {
        assert_eq!(at("---\ntitle: a\n|\n---\n"), ["tags: ", "layout: ", "draft: "]);
        assert_eq!(at("---\ntitle: a\nla|\n---\n"), ["tags: ", "layout: ", "draft: "]);
        assert_eq!(at("+++\ntitle = \"a\"\n|\n+++\n"), ["tags = ", "layout = ", "draft = "]);
        assert!(at("---\ntitle: a\n---\n\n|\n").is_empty());
    }

    #[test]
    fn values_of_closed_sets() {
        let tags = ["aws", "open source", "no", "\"C#\""];
        assert_eq!(at("---\ntags: [a|\n---\n"), tags);
        assert_eq!(at("---\ntags:\n  - |\ntitle: a\n---\n"), tags);
        assert_eq!(at("---\ntags: [aws, |]\n---\n"), tags);
        assert_eq!(at("---\nlayout: |\n---\n"), ["post", "page"]);
        assert_eq!(at("---\nlayout: \"p|\n---\n"), ["\"post\"", "\"page\""]);
        assert_eq!(at("---\ndraft: |\n---\n"), ["true", "false"]);
        assert_eq!(at("+++\nlayout = |\n+++\n"), ["\"post\"", "\"page\""]);
        assert!(at("---\ntitle: |\n---\n").is_empty());
    }
}
