//! Wrapper around `toml`: text → spanned tree.

use crate::data::limits;
use crate::data::limits::Limits;
use crate::data::node::{Node, NodeId, Scalar, ScalarStyle, ScalarType, Tree};
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::source::Span;
use std::collections::HashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// Parses TOML. Never fails: errors are reported, and what could be parsed of the rest is in the tree. Spans are bytes
/// of `text`, shifted by `base`.
pub(crate) fn parse(text: &str, base: usize, limits: Limits) -> (Tree, Vec<SyntaxProblem>) {
    if let Some(problem) = limits::check_size_and_depth(text, limits) {
        return (Tree::default(), vec![SyntaxProblem { span: problem.span.shift(base), ..problem }]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut builder = Builder { text, base, tree: Tree::default() };
    let root = builder.build_tree(&table);
    builder.tree.root = Some(root);
    builder.tree.comments = comments(text, &builder.tree, base);
    let mut problems: Vec<SyntaxProblem> =
        cap_errors_per_line(text, &errors).map(|error| builder.problem(error)).collect();
    problems.sort_by_key(|problem| problem.span);
    // Further errors in a broken line are consequences of the first one.
    let line_of = |problem: &SyntaxProblem| text[..problem.span.start - base].rfind('\n');
    problems.dedup_by_key(|problem| line_of(problem));
    (builder.tree, problems)
}

/// The maximum number of errors examined per line.
const MAX_ERRORS_PER_LINE: usize = 20;

/// The errors, capped per line.
fn cap_errors_per_line<'e>(text: &str, errors: &'e [Error]) -> impl Iterator<Item = &'e Error> {
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let mut seen = HashMap::new();
    errors.iter().filter(move |error| {
        let line = ends.partition_point(|end| error.span().is_some_and(|span| *end < span.start));
        let count = seen.entry(line).or_insert(0);
        *count += 1;
        *count <= MAX_ERRORS_PER_LINE
    })
}

/// Each `#` that is in no key and no value, to the end of its line: the parser keeps no comments.
fn comments(text: &str, tree: &Tree, base: usize) -> Vec<Span> {
    let mut taken: Vec<Span> = tree.values().filter_map(|value| value.scalar()).map(|scalar| scalar.span).collect();
    taken.sort();
    let mut comments: Vec<Span> = Vec::new();
    for at in memchr::memchr_iter(b'#', text.as_bytes()) {
        let before = taken.partition_point(|span| span.start <= at + base);
        let in_value = before.checked_sub(1).is_some_and(|index| taken[index].contains(at + base));
        if !in_value && comments.last().is_none_or(|last| last.end <= at + base) {
            let length = text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
            comments.push(Span::new(at, at + length).shift(base));
        }
    }
    comments
}

struct Builder<'t> {
    text: &'t str,
    base: usize,
    tree: Tree,
}

/// What remains to be converted to our tree, children before parents.
enum Pending<'v, 'i> {
    Value(Span, &'v DeValue<'i>),
    Key(&'v Spanned<std::borrow::Cow<'i, str>>),
    List(Span, usize),
    Table(Span, usize),
}

impl Builder<'_> {
    fn build_tree(&mut self, table: &Spanned<DeTable<'_>>) -> NodeId {
        let mut steps = Vec::new();
        push_table(Span::from(table.span()), table.get_ref(), &mut steps);
        let mut done: Vec<NodeId> = Vec::new();
        while let Some(step) = steps.pop() {
            let node = match step {
                Pending::Value(span, DeValue::Array(array)) => {
                    steps.push(Pending::List(span, array.len()));
                    steps.extend(array.iter().rev().map(|item| Pending::Value(item.span().into(), item.get_ref())));
                    continue;
                }
                Pending::Value(span, DeValue::Table(table)) => {
                    push_table(span, table, &mut steps);
                    continue;
                }
                Pending::Value(span, value) => {
                    // An unterminated string reaches to the `\n`, and so includes the `\r` of the line ending.
                    let cut = usize::from(self.text[span.range()].ends_with('\r'));
                    self.scalar(Span::new(span.start, span.end - cut), value)
                }
                Pending::Key(key) => {
                    let span = Span::from(key.span());
                    let style = style(&self.text[span.range()]);
                    Node::Scalar(Scalar {
                        value: key.get_ref().to_string(),
                        style,
                        kind: ScalarType::String,
                        tag: None,
                        span: span.shift(self.base),
                    })
                }
                Pending::List(span, count) => {
                    let items = done.split_off(done.len() - count);
                    Node::Sequence { items, flow: self.flow(span), span: span.shift(self.base) }
                }
                Pending::Table(span, count) => {
                    let parts = done.split_off(done.len() - 2 * count);
                    let entries = parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                    Node::Mapping { entries, flow: self.flow(span), span: span.shift(self.base) }
                }
            };
            done.push(self.tree.push(node));
        }
        // The first item is the root, and it leaves one node.
        done.first().copied().unwrap_or(NodeId(0))
    }

    fn flow(&self, span: Span) -> bool {
        let raw = self.text.get(span.range()).unwrap_or_default();
        raw.ends_with([']', '}']) && raw.len() > 1 && !raw.lines().next().is_some_and(is_header)
    }

    fn scalar(&self, span: Span, value: &DeValue<'_>) -> Node {
        let raw = self.text.get(span.range()).unwrap_or_default();
        let (value, kind) = match value {
            // An unterminated string doesn't include the `\r` of its line ending.
            DeValue::String(text) if !raw.ends_with(['"', '\'']) => {
                (text.trim_end_matches('\r').to_owned(), ScalarType::String)
            }
            DeValue::String(text) => (text.to_string(), ScalarType::String),
            DeValue::Integer(_) => (raw.to_owned(), ScalarType::Int),
            DeValue::Float(_) => (raw.to_owned(), ScalarType::Float),
            DeValue::Boolean(value) => (value.to_string(), ScalarType::Bool),
            DeValue::Datetime(when) => (
                raw.to_owned(),
                match (when.date, when.time) {
                    (Some(_), Some(_)) => ScalarType::DateTime,
                    (Some(_), None) => ScalarType::Date,
                    // A time without a date is no date that a site could use.
                    _ => ScalarType::String,
                },
            ),
            DeValue::Array(_) | DeValue::Table(_) => (String::new(), ScalarType::Null),
        };
        let style = if kind == ScalarType::String { style(raw) } else { ScalarStyle::Plain };
        Node::Scalar(Scalar { value, style, kind, tag: None, span: span.shift(self.base) })
    }

    fn problem(&self, error: &Error) -> SyntaxProblem {
        let span = error.span().map_or(Span::default(), Span::from);
        let end = self.text.ceil_char_boundary(span.end.min(self.text.len()));
        let start = self.text.floor_char_boundary(span.start.min(end));
        let message = error.message();
        let line_start = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |length| start + length);
        let line = &self.text[line_start..line_end];
        if let Some(at) = line.find("{{") {
            let length = line[at..].find("}}").map_or(line.len() - at, |length| length + 2);
            let span = Span::new(line_start + at, line_start + at + length);
            let detail = self.text[span.range()].to_owned();
            return SyntaxProblem::new(SyntaxErrorKind::UnrenderedTemplate, span.shift(self.base), detail);
        }
        // Where something is missing there is nothing to mark but what follows, or the line.
        let end = if start == end { start + self.text[start..line_end].trim_end().len() } else { end };
        let start = if start == end { line_start + line.len() - line.trim_start().len() } else { start };
        // The span reaches to the `\n` of a line, and so includes the `\r` of the line ending.
        let end = end.max(start) - usize::from(end > start && self.text[..end].ends_with('\r'));
        let raw = &self.text[start..end];
        let first = || {
            let keys = self.tree.values().filter(|value| value.is_map()).flat_map(|map| map.entries());
            keys.map(|entry| entry.key).find(|key| key.text() == Some(raw) && key.span().start < start + self.base)
        };
        let (cause, detail, other, help) = match message {
            "duplicate key" => (SyntaxErrorKind::DuplicateKey, raw.to_owned(), first().map(|key| key.span()), ""),
            _ => {
                let (detail, help) = explain(message.lines().next().unwrap_or_default(), &self.text[start..]);
                (SyntaxErrorKind::Other, detail.to_owned(), None, help)
            }
        };
        let fix = (message == "string values must be quoted"
            && !raw.is_empty()
            && !raw.contains(['"', '\'', '\n', '\r']))
        .then(|| crate::diagnostic::Edit::replace(Span::new(start, end).shift(self.base), format!("\"{raw}\"")));
        SyntaxProblem { other, help, fix, ..SyntaxProblem::new(cause, Span::new(start, end).shift(self.base), detail) }
    }
}

/// What is wrong, and what to do about it, for the mistakes that are frequent; the parser's words for the others.
fn explain<'m>(message: &'m str, text: &str) -> (&'m str, &'static str) {
    let first = text.chars().next();
    let is = |words: &str| message.starts_with(words);
    if first == Some(':') {
        ("`:` instead of `=`", "replace `:` with `=`")
    } else if matches!(first, Some('“' | '”' | '„' | '‘' | '’')) {
        ("typographic quotes", "use straight quotes")
    } else if is("string values must be quoted") {
        ("string without quotes", "put it in double quotes")
    } else if is("invalid boolean") {
        ("booleans are lower case", "use `true` or `false`")
    } else if is("key with no value") {
        ("missing `=`", "write each entry as `key = value`")
    } else if message.contains("escape") || message.contains("unicode value digits") {
        ("invalid escape sequence", "use single quotes, or write `\\\\` for a backslash")
    } else if is("invalid basic string") || is("invalid literal string") {
        ("unclosed quote", "add the closing quote")
    } else if is("unclosed array") {
        ("unclosed bracket `[`", "add the closing `]`")
    } else {
        (message, "")
    }
}

/// Keys and values in the order in which they are written; the parser sorts them by name.
fn push_table<'v, 'i>(span: Span, table: &'v DeTable<'i>, steps: &mut Vec<Pending<'v, 'i>>) {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| std::cmp::Reverse(key.span().start));
    steps.push(Pending::Table(span, entries.len()));
    for (key, value) in entries {
        steps.push(Pending::Value(value.span().into(), value.get_ref()));
        steps.push(Pending::Key(key));
    }
}

fn is_header(line: &str) -> bool {
    line.starts_with('[') && line.trim_end().ends_with(']') && !line.contains([',', '"', '='])
}

fn style(raw: &str) -> ScalarStyle {
    if raw.starts_with("\"\"\"") || raw.starts_with("'''") {
        ScalarStyle::Literal
    } else if raw.starts_with('"') {
        ScalarStyle::DoubleQuoted
    } else if raw.starts_with('\'') {
        ScalarStyle::SingleQuoted
    } else {
        ScalarStyle::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_what_is_in_no_value() {
        let text = "# 첫째 # 아직\ntitle = \"a # b\" # 둘째\r\nurl = '#x'\nlong = \"\"\"\n# no\n\"\"\"\ntags = [ # 셋째\n \"#y\" ]\n";
        let (tree, problems) = parse(text, 10, Limits::FrontMatter);
        assert_eq!(problems, []);
        let found: Vec<&str> = tree.comments.iter().map(|span| &text[span.start - 10..span.end - 10]).collect();
        assert_eq!(found, ["# 첫째 # 아직", "# 둘째", "# 셋째"]);
    }
}
