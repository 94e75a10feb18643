//! The door to the JSON reader: text → spanned tree.

use super::front_matter::{Cause, Problem};
use super::node::{Kind, Node, NodeId, Scalar, Style, Tree};
use super::{duplicates, limits};
use crate::source::Span;
use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Range;
use jsonc_parser::{CollectOptions, ParseOptions};

/// Reads JSON as strictly as Hugo does. Never fails: what is broken is told; the reader stops there. Spans are bytes
/// of `text`, shifted by `base`.
pub(super) fn parse(text: &str, base: usize) -> (Tree, Vec<Problem>) {
    if let Some(problem) = limits::check(text) {
        return (Tree::default(), vec![Problem { span: problem.span.shift(base), ..problem }]);
    }
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &options) {
        Ok(result) => {
            let mut tree = Tree::default();
            tree.root = result.value.as_ref().map(|root| grow(root, base, &mut tree));
            let problems = duplicates::find(&tree);
            (tree, problems)
        }
        Err(error) => {
            let range = error.range();
            let end = text.ceil_char_boundary(range.end.min(text.len()));
            let span = Span::new(text.floor_char_boundary(range.start.min(end)), end).shift(base);
            let mut detail = error.kind().to_string();
            detail[..1].make_ascii_lowercase();
            (Tree::default(), vec![Problem { cause: Cause::Other, span, other: None, detail, fix: None }])
        }
    }
}

/// What is to be done next, children before parents.
enum Step<'v, 't> {
    Value(&'v Value<'t>),
    Key(&'v ObjectProp<'t>),
    List(Range, usize),
    Map(Range, usize),
}

fn grow(root: &Value<'_>, base: usize, tree: &mut Tree) -> NodeId {
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
                    jsonc_parser::ast::ObjectPropName::Word(name) => name.range,
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
