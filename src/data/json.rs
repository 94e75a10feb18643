//! Wrapper around `jsonc_parser`: text → spanned tree.

use crate::data::limits::Limits;
use crate::data::node::{Node, NodeId, Scalar, ScalarStyle, ScalarType, Tree};
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::data::{duplicates, limits};
use crate::source::Span;
use jsonc_parser::ast::{ObjectProp, ObjectPropName, Value};
use jsonc_parser::common::Range;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions};
use std::borrow::Cow;

/// The maximum number of errors reported for one block; a text with more isn't JSON.
const MAX_ERRORS: usize = 20;

/// Parses JSON as strictly as Hugo does. Never fails: errors are reported, and the rest is parsed where the repair is
/// unambiguous; otherwise parsing stops. Spans are bytes of `text`, shifted by `base`.
pub(crate) fn parse(text: &str, base: usize, limits: Limits) -> (Tree, Vec<SyntaxProblem>) {
    if let Some(problem) = limits::check_size_and_depth(text, limits) {
        return (Tree::default(), vec![SyntaxProblem { span: problem.span.shift(base), ..problem }]);
    }
    let mut repaired_text = Cow::Borrowed(text);
    let mut problems = Vec::new();
    let mut repairs = 0;
    loop {
        let repair = match jsonc_parser::parse_to_ast(&repaired_text, &CollectOptions::default(), &STRICT) {
            Ok(result) => {
                let mut tree = Tree::default();
                tree.root = result.value.as_ref().map(|root| build_tree(root, base, &mut tree, &mut problems));
                problems.extend(duplicates::duplicate_keys(&tree));
                problems.sort_by_key(|problem| problem.span);
                return (tree, problems);
            }
            Err(error) => {
                let range = error.range();
                let end = text.ceil_char_boundary(range.end.min(text.len()));
                let span = Span::new(text.floor_char_boundary(range.start.min(end)), end);
                // A string that is never closed ends at the next quote, where the parser fails.
                let unclosed = unclosed_string(&repaired_text).filter(|unclosed| unclosed.start <= span.start);
                let (span, (detail, help)) = match unclosed {
                    Some(span) => (span, ("unclosed quote `\"`", "add the closing quote")),
                    None => {
                        let span = visible(text, span);
                        (span, explain(error.kind(), &text[span.start..]))
                    }
                };
                // Quotation marks are a habit, and the first shows it.
                let is_habit = detail.ends_with("quotes");
                if !is_habit || !problems.iter().any(|one: &SyntaxProblem| one.detail == detail) {
                    problems.push(problem(span.shift(base), detail, help));
                }
                if unclosed.is_some() {
                    None
                } else {
                    repair(&repaired_text, error.kind(), Span::new(range.start, end))
                }
            }
        };
        repairs += 1;
        match repair.filter(|_| repairs < MAX_ERRORS) {
            Some(repaired) => repaired_text = Cow::Owned(repaired),
            None => return (Tree::default(), problems),
        }
    }
}

fn problem(span: Span, detail: &str, help: &'static str) -> SyntaxProblem {
    SyntaxProblem { help, ..SyntaxProblem::new(SyntaxErrorKind::Other, span, detail) }
}

/// The first string that goes on past the end of its line.
fn unclosed_string(text: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let (mut at, mut open) = (0, None);
    while let Some(&byte) = bytes.get(at) {
        match (byte, open) {
            (b'\\', Some(_)) => at += 1,
            (b'"', Some(_)) => open = None,
            (b'"', None) => open = Some(at),
            (b'\n' | b'\r', Some(start)) => return Some(Span::new(start, at)),
            _ => {}
        }
        at += 1;
    }
    open.map(|start| Span::new(start, text.trim_end().len().max(start)))
}

/// Where a parser stops at nothing, or at a line break, the last thing before it.
fn visible(text: &str, span: Span) -> Span {
    if !text[span.range()].trim().is_empty() {
        return span;
    }
    let end = text[..span.start].trim_end().len();
    Span::new(text[..end].char_indices().next_back().map_or(end, |(at, _)| at), end)
}

/// What is wrong, and what to do about it.
fn explain(kind: &ParseErrorKind, text: &str) -> (&'static str, &'static str) {
    match text.chars().next() {
        Some('“' | '”' | '„' | '‘' | '’') => return ("typographic quotes", "use straight double quotes"),
        Some('=') => return ("`=` instead of a colon", "replace `=` with `:`"),
        _ => {}
    }
    match kind {
        ParseErrorKind::CommentsNotAllowed | ParseErrorKind::UnterminatedCommentBlock => {
            ("comments are not allowed", "remove the comment")
        }
        ParseErrorKind::TrailingCommasNotAllowed => ("trailing comma", "remove the comma"),
        ParseErrorKind::ExpectedComma => ("missing comma", "add a comma after this"),
        ParseErrorKind::SingleQuotedStringsNotAllowed => ("single quotes", "use double quotes"),
        ParseErrorKind::ExpectedColonAfterObjectKey => {
            ("missing colon or quote", "write each entry as `\"key\": value`")
        }
        ParseErrorKind::ExpectedObjectValue => ("missing value", "add a value after the colon"),
        ParseErrorKind::ExpectedStringObjectProperty | ParseErrorKind::UnexpectedTokenInObject => {
            ("expected a key in double quotes", "write each entry as `\"key\": value`")
        }
        ParseErrorKind::UnexpectedCloseBrace | ParseErrorKind::UnexpectedCloseBracket => {
            ("unexpected closing bracket", "close the brackets in the reverse order of opening them")
        }
        ParseErrorKind::UnexpectedComma => ("unexpected comma", "remove it, or add the missing value"),
        ParseErrorKind::UnexpectedColon => ("unexpected colon", "remove it"),
        ParseErrorKind::UnexpectedWord => {
            ("string without quotes", "put it in double quotes; only `true`, `false`, and `null` stand without")
        }
        ParseErrorKind::UnterminatedArray => ("unclosed bracket `[`", "add the closing `]`"),
        ParseErrorKind::UnterminatedObject => ("unclosed bracket `{`", "add the closing `}`"),
        ParseErrorKind::String(_) => ("invalid escape sequence or control character", "write `\\\\` for a backslash"),
        ParseErrorKind::MultipleRootJsonValues => ("text after the end of the object", "remove it"),
        ParseErrorKind::UnexpectedToken => ("unexpected character", "remove it, or put the value in double quotes"),
        ParseErrorKind::NestingDepthExceeded => ("too many levels of nesting", "remove levels"),
        // All others are about numbers.
        _ => ("invalid number", "write it as in `1`, `-0.5`, or `1e3`, or put it in double quotes"),
    }
}

/// Standard JSON, except for keys without quotes, which are reported when the tree is built.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: true,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The text with the error at `span` repaired, and every byte after it at the same offset; none if that is impossible.
fn repair(text: &str, kind: &ParseErrorKind, span: Span) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    match kind {
        ParseErrorKind::CommentsNotAllowed | ParseErrorKind::TrailingCommasNotAllowed => {
            let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
            bytes[span.range()].iter_mut().filter(|byte| !is_line_end(byte)).for_each(|byte| *byte = b' ');
        }
        ParseErrorKind::ExpectedComma => {
            let space = bytes.get_mut(span.start).filter(|byte| byte.is_ascii_whitespace())?;
            *space = b',';
        }
        ParseErrorKind::SingleQuotedStringsNotAllowed => {
            let open = span.start + text[span.start..].find('\'')?;
            let inner = text[open + 1..].split(['\'', '"', '\\', '\n']).next()?;
            let close = open + 1 + inner.len();
            if bytes.get(close) != Some(&b'\'') {
                return None;
            }
            (bytes[open], bytes[close]) = (b'"', b'"');
        }
        _ => return None,
    }
    // Only ASCII replaced ASCII, or a whole comment was replaced.
    String::from_utf8(bytes).ok()
}

/// What remains to be converted, children before parents.
enum Pending<'v, 't> {
    Value(&'v Value<'t>),
    Key(&'v ObjectProp<'t>),
    List(Range, usize),
    Map(Range, usize),
}

fn build_tree(root: &Value<'_>, base: usize, tree: &mut Tree, problems: &mut Vec<SyntaxProblem>) -> NodeId {
    let mut steps = vec![Pending::Value(root)];
    let mut done: Vec<NodeId> = Vec::new();
    while let Some(step) = steps.pop() {
        let scalar = |value: String, style, kind, range: Range| {
            Node::Scalar(Scalar { value, style, kind, tag: None, span: span_of(range, base) })
        };
        let node = match step {
            Pending::Value(Value::Array(array)) => {
                steps.push(Pending::List(array.range, array.elements.len()));
                steps.extend(array.elements.iter().rev().map(Pending::Value));
                continue;
            }
            Pending::Value(Value::Object(object)) => {
                steps.push(Pending::Map(object.range, object.properties.len()));
                steps.extend(
                    object.properties.iter().rev().flat_map(|prop| [Pending::Value(&prop.value), Pending::Key(prop)]),
                );
                continue;
            }
            Pending::Value(Value::StringLit(text)) => {
                scalar(text.value.to_string(), ScalarStyle::DoubleQuoted, ScalarType::String, text.range)
            }
            Pending::Value(Value::NumberLit(number)) => {
                let kind = if number.value.contains(['.', 'e', 'E']) { ScalarType::Float } else { ScalarType::Int };
                scalar(number.value.to_owned(), ScalarStyle::Plain, kind, number.range)
            }
            Pending::Value(Value::BooleanLit(word)) => {
                scalar(word.value.to_string(), ScalarStyle::Plain, ScalarType::Bool, word.range)
            }
            Pending::Value(Value::NullKeyword(word)) => {
                scalar("null".to_owned(), ScalarStyle::Plain, ScalarType::Null, word.range)
            }
            Pending::Key(prop) => {
                let range = key_range(prop, base, problems);
                scalar(prop.name.as_str().to_owned(), ScalarStyle::DoubleQuoted, ScalarType::String, range)
            }
            Pending::List(range, count) => {
                let items = done.split_off(done.len() - count);
                Node::Sequence { items, flow: true, span: span_of(range, base) }
            }
            Pending::Map(range, count) => {
                let parts = done.split_off(done.len() - 2 * count);
                let entries = parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                Node::Mapping { entries, flow: true, span: span_of(range, base) }
            }
        };
        done.push(tree.push(node));
    }
    // The first item is the root, and it leaves one node.
    done.first().copied().unwrap_or(NodeId(0))
}

/// Where a key is; one without quotes is a problem.
fn key_range(prop: &ObjectProp<'_>, base: usize, problems: &mut Vec<SyntaxProblem>) -> Range {
    match &prop.name {
        ObjectPropName::String(name) => name.range,
        ObjectPropName::Word(name) => {
            let span = span_of(name.range, base);
            problems.push(problem(span, "key without quotes", "put the key in double quotes"));
            name.range
        }
    }
}

fn span_of(range: Range, base: usize) -> Span {
    Span::new(range.start, range.end).shift(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_mistakes_are_reported_at_their_places() {
        let text =
            "{\n  // 제목\n  title: 'A',\n  \"date\": \"2024-01-31\"\n  \"tags\": [\"a\" \"b\",],\n  \"tags\": [],\n}";
        let (tree, problems) = parse(text, 0, Limits::FrontMatter);
        let marked: Vec<(&str, &str)> =
            problems.iter().map(|problem| (&text[problem.span.range()], problem.detail.as_str())).collect();
        assert_eq!(
            marked,
            [
                ("// 제목", "comments are not allowed"),
                ("title", "key without quotes"),
                ("'", "single quotes"),
                ("\"", "missing comma"),
                ("\"", "missing comma"),
                (",", "trailing comma"),
                ("\"tags\"", "tags"),
                (",", "trailing comma"),
            ]
        );
        let root = tree.root().expect("the rest is read");
        assert_eq!(root.get("title").and_then(|title| title.text()), Some("A"));
        assert_eq!(&text[root.get("date").expect("it is there").span().range()], "\"2024-01-31\"");
    }

    #[test]
    fn a_mistake_that_allows_several_repairs_is_the_last_one_reported() {
        for text in ["{\"a\": }", "{\"a\" 1, \"b\": 2,}", "{'a\"b': 1}", "{\"a\": 1", "{\"a\": 'x}"] {
            let (tree, problems) = parse(text, 0, Limits::FrontMatter);
            assert!(tree.root().is_none() && problems.len() == 1, "{text}: {problems:?}");
        }
        let (_, problems) = parse(&format!("{{{}\n}}", "\"a\": 1 // x\n,".repeat(50)), 0, Limits::FrontMatter);
        assert_eq!(problems.len(), MAX_ERRORS);
    }
}
