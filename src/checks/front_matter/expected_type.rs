//! What a value is, what it should be, and how to make it so.

use crate::checks::finding::Finding;
use crate::checks::support::fields;
use crate::checks::support::rewrite;
use crate::content::ValueConstraints;
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Scalar, ScalarStyle, ScalarType, Value};
use crate::diagnostic::{Edit, FixEffect};
use crate::text::similarity;

/// What to do about a value of the wrong type.
pub(super) struct SuggestedFix {
    pub(super) help: String,
    title: String,
    edit: Option<Edit>,
}

impl SuggestedFix {
    pub(super) fn add_to(self, finding: &mut Finding) {
        finding.help(self.help);
        if let Some(edit) = self.edit {
            finding.unsafe_fix(self.title, vec![edit]).fix_effect(FixEffect::Type);
        }
    }

    /// Replaces the value with `insert`.
    fn replace_with(value: Value<'_>, insert: &str) -> Self {
        Self {
            help: format!("use `{insert}`"),
            title: format!("Replace with `{insert}`"),
            edit: rewrite::replace(value, insert),
        }
    }

    fn help_only(help: impl Into<String>) -> Self {
        Self { help: help.into(), title: String::new(), edit: None }
    }
}

/// What to do about a value of none of the expected types.
pub(super) fn suggest_fix(
    value: Value<'_>,
    shape: &ValueConstraints,
    syntax: FrontMatterFormat,
) -> Option<SuggestedFix> {
    let expects = |kind| shape.types.contains(&kind);
    let Some(scalar) = value.scalar() else {
        return (expects(FieldType::String) || expects(FieldType::Path)).then(|| unwrap_list(value, syntax)).flatten();
    };
    let text = scalar.value.trim();
    if scalar.kind == ScalarType::Null {
        return Some(SuggestedFix::help_only("add a value, or remove it"));
    }
    if expects(FieldType::Bool)
        && let Some(word) = intended_bool(text)
    {
        return Some(SuggestedFix::replace_with(value, word));
    }
    let is_quoted = matches!(scalar.style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
    if is_quoted && ((expects(FieldType::Int) && is_whole(text)) || (expects(FieldType::Number) && is_number(text))) {
        return Some(SuggestedFix::replace_with(value, text));
    }
    if expects(FieldType::List) {
        return Some(as_list(value, text, shape, syntax));
    }
    if expects(FieldType::Date) || expects(FieldType::DateTime) {
        let is_other_order = text.contains(|c: char| c.is_ascii_digit());
        let how = if is_other_order { "put the year first, as in `2024-01-31`" } else { "use the format `2024-01-31`" };
        return Some(SuggestedFix::help_only(how));
    }
    if expects(FieldType::Url) {
        let is_bare = text.contains('.') && !text.contains(char::is_whitespace) && !text.starts_with(['/', '.']);
        let help = if is_bare { format!("use `https://{text}`") } else { "start the URL with `https://`".to_owned() };
        return Some(SuggestedFix::help_only(help));
    }
    if (expects(FieldType::String) || expects(FieldType::Path)) && scalar.style == ScalarStyle::Plain {
        let quoted = rewrite::quoted(text);
        return Some(SuggestedFix {
            help: format!("quote it: `{quoted}`"),
            title: "Quote the value".to_owned(),
            ..SuggestedFix::replace_with(value, &quoted)
        });
    }
    None
}

/// `[kim]` in a field that expects a single string.
fn unwrap_list(value: Value<'_>, syntax: FrontMatterFormat) -> Option<SuggestedFix> {
    let mut items = value.items()?;
    let (Some(only), None) = (items.next(), items.next()) else {
        return Some(SuggestedFix::help_only("use a single value instead of a list"));
    };
    let text = only.scalar().filter(|item| item.kind == ScalarType::String)?.value.as_str();
    let word = rewrite::format_string(text, syntax);
    let edit = (value.is_flow() && !value.is_alias() && !only.is_alias()).then(|| Edit::replace(value.span(), &word));
    Some(SuggestedFix { help: format!("use `{word}`"), title: format!("Replace with `{word}`"), edit })
}

/// `aws, meetup` in a field that expects a list.
fn as_list(value: Value<'_>, text: &str, shape: &ValueConstraints, syntax: FrontMatterFormat) -> SuggestedFix {
    let items = shape.items.as_deref();
    let vocabulary = items.and_then(|items| items.vocabulary.as_ref());
    let is_known = |word: &str| {
        vocabulary.is_some_and(|known| known.aliases.contains_key(word) || known.terms.iter().any(|term| term == word))
    };
    let takes_text = items.is_none_or(|items| items.types.is_empty() || items.types.contains(&FieldType::String));
    let list = |parts: &[&str]| {
        let is_text = takes_text || value.scalar_type() == Some(ScalarType::String);
        let written =
            parts.iter().map(|part| if is_text { rewrite::format_string(part, syntax) } else { (*part).to_owned() });
        format!("[{}]", written.collect::<Vec<_>>().join(", "))
    };
    let help = |list: &str| format!("use a list: `{list}`");
    let as_list = |list: &str| SuggestedFix {
        help: help(list),
        title: "Convert to a list".to_owned(),
        edit: rewrite::replace(value, list),
    };
    if text.contains(['[', ']', '{', '}', '\n']) {
        return SuggestedFix::help_only("use a list");
    }
    let by_comma: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let by_space: Vec<&str> = text.split_whitespace().collect();
    let whole = list(&[text]);
    if by_comma.len() > 1 {
        return as_list(&list(&by_comma));
    }
    if by_space.len() < 2 || is_known(text) {
        return as_list(&whole);
    }
    // Only the author knows whether the spaces separate items or belong to one.
    let parts = list(&by_space);
    if by_space.iter().all(|part| is_known(part)) {
        return as_list(&parts);
    }
    SuggestedFix::help_only(format!("{}, or `{parts}`", help(&whole)))
}

/// `true` or `false`, if a string is one of them in quotes, as a synonym, or with a typo.
pub(super) fn intended_bool(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "y" => return Some("true"),
        "no" | "off" | "n" => return Some("false"),
        _ => {}
    }
    let is_near = |word: &&str| (3..=6).contains(&text.len()) && similarity::distance(text, word) <= 1;
    ["true", "false"].into_iter().find(is_near)
}

/// Whether it is the same number without quotes in every format: no leading zero, no plus sign.
fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = !digits.starts_with('0') || digits == "0";
    is_plain && !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    match text.split_once('.') {
        Some((whole, part)) => is_whole(whole) && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()),
        None => is_whole(text),
    }
}

/// `text or a list`
pub(super) fn expected_types(types: &[FieldType]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for kind in types {
        let name = match kind {
            FieldType::String => "a string",
            FieldType::List => "a list",
            FieldType::Map => "a mapping",
            FieldType::Int => "an integer",
            FieldType::Number => "a number",
            FieldType::Bool => "a boolean",
            FieldType::Date | FieldType::DateTime => "a date",
            FieldType::Path => "a file path",
            FieldType::Url => "a URL",
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" or ")
}

/// A value in words, for a message.
pub(super) fn describe(value: Value<'_>) -> String {
    let Some(scalar) = value.scalar() else {
        return if value.is_map() { "a mapping" } else { "a list" }.to_owned();
    };
    let text = fields::truncate(&scalar.value);
    match scalar.kind {
        ScalarType::Null => "empty".to_owned(),
        ScalarType::Bool => format!("`{text}`"),
        ScalarType::Int | ScalarType::Float => format!("the number `{text}`"),
        ScalarType::Date | ScalarType::DateTime => format!("the date `{text}`"),
        ScalarType::String if text.is_empty() => "empty".to_owned(),
        ScalarType::String => describe_string(scalar),
    }
}

/// A string with its quotes, which are why `"true"` is a string.
pub(super) fn describe_string(scalar: &Scalar) -> String {
    let text = fields::truncate(&scalar.value);
    match scalar.style {
        ScalarStyle::DoubleQuoted => format!("the string `\"{text}\"`"),
        ScalarStyle::SingleQuoted => format!("the string `'{text}'`"),
        _ => format!("the string `{text}`"),
    }
}
