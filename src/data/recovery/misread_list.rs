//! Lists that YAML parses as strings, and values and keys with a sign too many.

use crate::data::node::{Entry, Scalar, ScalarStyle, Value};
use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::data::recovery::quote::quote;
use crate::data::recovery::value::is_text_key;
use crate::diagnostic::Edit;
use crate::source::Span;

pub(super) struct ListFinder<'t> {
    pub(super) text: &'t str,
}

impl ListFinder<'_> {
    pub(super) fn in_entry(&self, entry: Entry<'_>) -> Option<RepairableError> {
        let key = entry.key.text()?;
        if let Some(error) = self.doubled_colon(entry.key, key) {
            return Some(error);
        }
        let scalar = plain(entry.value)?;
        let raw = &self.text[scalar.span.range()];
        let is_below = self.text.get(entry.key.span().end..scalar.span.start)?.contains(['\n', '\r']);
        if is_below && raw.starts_with('-') {
            return self.without_spaces(scalar, raw);
        }
        if is_text_key(key) {
            return self.stray_quote(scalar, raw);
        }
        self.merged_item(scalar, raw, false)
            .or_else(|| self.unopened_bracket(scalar, raw))
            .or_else(|| self.stray_quote(scalar, raw))
    }

    pub(super) fn in_item(&self, item: Value<'_>) -> Option<RepairableError> {
        let scalar = plain(item)?;
        let raw = &self.text[scalar.span.range()];
        let before = &self.text[..scalar.span.start];
        if before.trim_end_matches('\t').ends_with('-') && before.ends_with('\t') {
            let tabs = Span::new(before.trim_end_matches('\t').len(), before.len());
            let edit = Edit::replace(tabs, " ");
            return Some(RepairableError::new(SyntaxErrorKind::TabAfterHyphen, tabs, "", edit));
        }
        self.merged_item(scalar, raw, true).or_else(|| self.stray_quote(scalar, raw))
    }

    /// `- alpha` and, indented further, `- beta`: one item, `alpha - beta`.
    fn merged_item(&self, scalar: &Scalar, raw: &str, is_item: bool) -> Option<RepairableError> {
        let (at, line) = continuation_lines(raw).find(|(_, line)| is_list_line(line))?;
        let start = scalar.span.start + at;
        let span = Span::new(start, start + line.len());
        // Aligned with the item whose text it continues.
        let first = self.text[..scalar.span.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let indent = &self.text[first..scalar.span.start];
        let indent = indent.strip_suffix("- ").filter(|indent| is_item && indent.trim().is_empty());
        let is_only = continuation_lines(raw).count() == 1;
        let kind = SyntaxErrorKind::MergedListItem;
        Some(match indent.filter(|_| is_only) {
            Some(indent) => {
                let line_start = self.text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
                let hyphen = Span::new(line_start, span.end);
                let item = line[1..].trim_start();
                RepairableError::new(kind, span, line, Edit::replace(hyphen, format!("{indent}- {item}")))
            }
            None => RepairableError::new(kind, span, line, Edit::replace(scalar.span, quote(&scalar.value)))
                .with_uncertain_repair(true),
        })
    }

    /// `-alpha` below a key.
    fn without_spaces(&self, scalar: &Scalar, raw: &str) -> Option<RepairableError> {
        let mut lines = raw.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        let is_item = |line: &str| line.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        let first = raw.split(['\n', '\r']).next().unwrap_or(raw).trim_end();
        if !lines.all(is_item) {
            return None;
        }
        let span = Span::new(scalar.span.start, scalar.span.start + first.len());
        let mut spaced = String::new();
        for (index, line) in raw.split_inclusive(['\n', '\r']).enumerate() {
            let hyphen = line.len() - line.trim_start().len();
            let is_blank = line.trim().is_empty() && index > 0;
            spaced.push_str(&if is_blank {
                line.to_owned()
            } else {
                format!("{}- {}", &line[..hyphen], &line[hyphen + 1..])
            });
        }
        Some(RepairableError::new(SyntaxErrorKind::NoSpaceAfterHyphen, span, first, Edit::replace(scalar.span, spaced)))
    }

    /// `tags: alpha, beta]`
    fn unopened_bracket(&self, scalar: &Scalar, raw: &str) -> Option<RepairableError> {
        let is_list = raw.ends_with(']') && raw.contains(',') && !raw.contains(['[', '\n', '(', '`']);
        is_list.then(|| {
            let bracket = Span::new(scalar.span.end - 1, scalar.span.end);
            let edit = Edit::replace(scalar.span, format!("[{raw}"));
            RepairableError::new(SyntaxErrorKind::UnopenedBracket, bracket, "]", edit)
        })
    }

    /// `title: Hello"`; after a digit it stands for inches.
    fn stray_quote(&self, scalar: &Scalar, raw: &str) -> Option<RepairableError> {
        let mark = if raw.ends_with('\'') { '\'' } else { '"' };
        let text = raw.strip_suffix(mark)?;
        // In English, an apostrophe ends a word.
        let is_end = |char: char| match mark {
            '"' => char.is_ascii_alphabetic() || matches!(char, '.' | '!' | '?'),
            _ => matches!(char, '가'..='힣'),
        };
        let is_stray = text.ends_with(is_end) && !text.contains([mark, '"', '“', '”', '„', '‘', '’', '\n']);
        is_stray.then(|| {
            let sign = Span::new(scalar.span.end - 1, scalar.span.end);
            RepairableError::new(SyntaxErrorKind::StrayQuote, sign, mark, Edit::replace(sign, ""))
        })
    }

    /// `title:: Hello`
    fn doubled_colon(&self, key: Value<'_>, text: &str) -> Option<RepairableError> {
        let name = text.strip_suffix(':').filter(|_| plain(key).is_some())?;
        let is_word = name.starts_with(char::is_alphabetic)
            && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-'));
        is_word.then(|| {
            let colon = Span::new(key.span().end - 1, key.span().end);
            RepairableError::new(SyntaxErrorKind::DoubledColon, colon, name, Edit::replace(colon, ""))
        })
    }
}

fn plain<'a>(value: Value<'a>) -> Option<&'a Scalar> {
    value.scalar().filter(|scalar| {
        scalar.style == ScalarStyle::Plain && !value.is_alias() && scalar.tag.is_none() && !scalar.span.is_empty()
    })
}

/// The lines of a plain scalar after its first, each with its place, without spaces around it.
fn continuation_lines(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = raw.split_inclusive(['\n', '\r']).scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start + line.len() - line.trim_start().len(), line.trim()))
    });
    lines.skip(1).filter(|(_, line)| !line.is_empty())
}

fn is_list_line(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(|rest| {
        let word = rest.trim_start_matches(' ');
        word.starts_with(|char: char| char.is_alphanumeric() || char == '"')
            && (word.len() < rest.len() || word.starts_with(char::is_alphabetic))
    })
}
