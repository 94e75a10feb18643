//! The door to the JSON reader: text → spanned tree.

use crate::data::limits::Limits;
use crate::data::node::{Kind, Node, NodeId, Scalar, Style, Tree};
use crate::data::problem::{Cause, Problem};
use crate::data::{duplicates, limits};
use crate::source::Span;
use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Range;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions};
use std::borrow::Cow;

/// So many mistakes are told of one block; with more it isn't JSON.
const MOST: usize = 20;

/// Reads JSON as strictly as Hugo does. Never fails: what is broken is told, and the rest read where the repair is
/// plain; at a mistake that allows several, the reader stops. Spans are bytes of `text`, shifted by `base`.
pub(crate) fn parse(text: &str, base: usize, limits: Limits) -> (Tree, Vec<Problem>) {
    if let Some(problem) = limits::check(text, limits) {
        return (Tree::default(), vec![Problem { span: problem.span.shift(base), ..problem }]);
    }
    let mut mended = Cow::Borrowed(text);
    let mut problems = Vec::new();
    loop {
        let repair = match jsonc_parser::parse_to_ast(&mended, &CollectOptions::default(), &STRICT) {
            Ok(result) => {
                let mut tree = Tree::default();
                tree.root = result.value.as_ref().map(|root| grow(root, base, &mut tree, &mut problems));
                problems.extend(duplicates::find(&tree));
                problems.sort_by_key(|problem| problem.span);
                return (tree, problems);
            }
            Err(error) => {
                let range = error.range();
                let end = text.ceil_char_boundary(range.end.min(text.len()));
                let span = Span::new(text.floor_char_boundary(range.start.min(end)), end);
                let mut detail = error.kind().to_string();
                detail[..1].make_ascii_lowercase();
                problems.push(Problem { cause: Cause::Other, span: span.shift(base), other: None, detail, fix: None });
                repair(&mended, error.kind(), span)
            }
        };
        match repair.filter(|_| problems.len() < MOST) {
            Some(repaired) => mended = Cow::Owned(repaired),
            None => return (Tree::default(), problems),
        }
    }
}

/// Nothing but JSON, save for keys without quotes: each of these is told when the tree is made.
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

/// The text with a mistake at `span` mended, and every byte after it where it was; none where it can't be so.
fn repair(text: &str, kind: &ParseErrorKind, span: Span) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    match kind {
        ParseErrorKind::CommentsNotAllowed | ParseErrorKind::TrailingCommasNotAllowed => {
            let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
            bytes[span.range()].iter_mut().filter(|byte| !is_line_end(byte)).for_each(|byte| *byte = b' ');
        }
        ParseErrorKind::ExpectedComma => {
            let blank = bytes.get_mut(span.start).filter(|byte| byte.is_ascii_whitespace())?;
            *blank = b',';
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
    // Only ASCII was put in the place of ASCII, or of a whole comment.
    String::from_utf8(bytes).ok()
}

/// What is to be done next, children before parents.
enum Step<'v, 't> {
    Value(&'v Value<'t>),
    Key(&'v ObjectProp<'t>),
    List(Range, usize),
    Map(Range, usize),
}

fn grow(root: &Value<'_>, base: usize, tree: &mut Tree, problems: &mut Vec<Problem>) -> NodeId {
    let mut steps = vec![Step::Value(root)];
    let mut done: Vec<NodeId> = Vec::new();
    while let Some(step) = steps.pop() {
        let scalar = |value: String, style, kind, range: Range| {
            Node::Scalar(Scalar { value, style, kind, tag: None, span: place(range, base) })
        };
        let node = match step {
            Step::Value(Value::Array(array)) => {
                steps.push(Step::List(array.range, array.elements.len()));
                steps.extend(array.elements.iter().rev().map(Step::Value));
                continue;
            }
            Step::Value(Value::Object(object)) => {
                steps.push(Step::Map(object.range, object.properties.len()));
                steps.extend(
                    object.properties.iter().rev().flat_map(|prop| [Step::Value(&prop.value), Step::Key(prop)]),
                );
                continue;
            }
            Step::Value(Value::StringLit(text)) => {
                scalar(text.value.to_string(), Style::Double, Kind::String, text.range)
            }
            Step::Value(Value::NumberLit(number)) => {
                let kind = if number.value.contains(['.', 'e', 'E']) { Kind::Float } else { Kind::Int };
                scalar(number.value.to_owned(), Style::Plain, kind, number.range)
            }
            Step::Value(Value::BooleanLit(word)) => {
                scalar(word.value.to_string(), Style::Plain, Kind::Bool, word.range)
            }
            Step::Value(Value::NullKeyword(word)) => scalar("null".to_owned(), Style::Plain, Kind::Null, word.range),
            Step::Key(prop) => {
                let range = match &prop.name {
                    jsonc_parser::ast::ObjectPropName::String(name) => name.range,
                    jsonc_parser::ast::ObjectPropName::Word(name) => {
                        let (span, detail) = (place(name.range, base), "a key needs double quotes".to_owned());
                        problems.push(Problem { cause: Cause::Other, span, other: None, detail, fix: None });
                        name.range
                    }
                };
                scalar(prop.name.as_str().to_owned(), Style::Double, Kind::String, range)
            }
            Step::List(range, count) => {
                let items = done.split_off(done.len() - count);
                Node::Sequence { items, flow: true, span: place(range, base) }
            }
            Step::Map(range, count) => {
                let parts = done.split_off(done.len() - 2 * count);
                let entries = parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                Node::Mapping { entries, flow: true, span: place(range, base) }
            }
        };
        done.push(tree.push(node));
    }
    // The first step is the root's, and it leaves one node.
    done.first().copied().unwrap_or(NodeId(0))
}

fn place(range: Range, base: usize) -> Span {
    Span::new(range.start, range.end).shift(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_mistakes_are_told_each_at_its_place() {
        let text =
            "{\n  // 제목\n  title: 'A',\n  \"date\": \"2024-01-31\"\n  \"tags\": [\"a\" \"b\",],\n  \"tags\": [],\n}";
        let (tree, problems) = parse(text, 0, Limits::FrontMatter);
        let marked: Vec<(&str, &str)> =
            problems.iter().map(|problem| (&text[problem.span.range()], problem.detail.as_str())).collect();
        assert_eq!(
            marked,
            [
                ("// 제목", "comments are not allowed"),
                ("title", "a key needs double quotes"),
                ("'", "single-quoted strings are not allowed"),
                ("", "expected comma"),
                ("", "expected comma"),
                (",", "trailing commas are not allowed"),
                ("\"tags\"", "tags"),
                (",", "trailing commas are not allowed"),
            ]
        );
        let root = tree.root().expect("the rest is read");
        assert_eq!(root.get("title").and_then(|title| title.text()), Some("A"));
        assert_eq!(&text[root.get("date").expect("it is there").span().range()], "\"2024-01-31\"");
    }

    #[test]
    fn a_mistake_that_allows_several_repairs_is_the_last_one_told() {
        for text in ["{\"a\": }", "{\"a\" 1, \"b\": 2,}", "{'a\"b': 1}", "{\"a\": 1", "{\"a\": 'x}"] {
            let (tree, problems) = parse(text, 0, Limits::FrontMatter);
            assert!(tree.root().is_none() && problems.len() == 1, "{text}: {problems:?}");
        }
        let (_, problems) = parse(&format!("{{{}\n}}", "\"a\": 1 // x\n,".repeat(50)), 0, Limits::FrontMatter);
        assert_eq!(problems.len(), MOST);
    }
}
