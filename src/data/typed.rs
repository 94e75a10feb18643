//! Wrapper around `serde_yaml`: deserializes what the project owns (config, packs, rule documentation, data files).

use crate::data::node::{Tree, Value};
use crate::source::Span;
use serde::de::DeserializeOwned;

/// The metadata of the built-in rules and the built-in phrases as JSON, by their path in `rules/`, sorted.
const BUILT_IN_JSON: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/ready.rs"));

/// Untyped options of a check, from rule documentation or a config.
pub(crate) use serde_yaml::Value as Options;

/// Why options cannot be deserialized.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct DeserializeError {
    /// The keys and list indices that lead to the error, outermost first.
    pub(crate) path: Vec<PathSegment>,
    /// What is wrong, as a readable message.
    pub(crate) message: String,
    /// The unknown key or value, if that is the error.
    pub(crate) unknown: Option<String>,
    /// The keys or values expected instead, if known.
    pub(crate) expected: Vec<String>,
}

/// One segment of a path into a tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum PathSegment {
    /// Into a map, by key.
    Key(String),
    /// Into a list, by index from 0.
    Index(usize),
}

/// The segment of a path into a mapping, by key.
pub(crate) fn key(name: &str) -> PathSegment {
    PathSegment::Key(name.to_owned())
}

/// The contents of a built-in file of `rules/`, converted when the program was built: parsing YAML took half of the
/// time that the user of an editor waits for. None for an unknown file or another type.
pub(crate) fn built_in<T: DeserializeOwned>(path: &str) -> Option<T> {
    let index = BUILT_IN_JSON.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
    serde_json::from_str(BUILT_IN_JSON[index].1).ok()
}

/// Deserializes options.
///
/// # Errors
/// What cannot be deserialized, with the path to it.
pub(crate) fn from_options<T: DeserializeOwned>(options: Options) -> Result<T, DeserializeError> {
    let options = if options.is_null() { Options::Mapping(serde_yaml::Mapping::new()) } else { options };
    serde_path_to_error::deserialize(options).map_err(|error| describe_error(&error))
}

/// Deserializes YAML text. The text must have been parsed by [`crate::data::yaml::parse`] without problems: that limits
/// the nesting, for which this parser takes quadratic time.
///
/// # Errors
/// What cannot be deserialized, with the path to it.
pub(crate) fn from_yaml<T: DeserializeOwned>(text: &str) -> Result<T, DeserializeError> {
    serde_path_to_error::deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| describe_error(&error))
}

/// `over` laid upon `base`: maps merge key by key, anything else replaces.
pub(crate) fn merge(base: Options, over: Options) -> Options {
    match (base, over) {
        (Options::Mapping(mut base), Options::Mapping(over)) => {
            for (key, value) in over {
                let merged = match base.remove(&key) {
                    Some(old) => merge(old, value),
                    None => value,
                };
                base.insert(key, merged);
            }
            Options::Mapping(base)
        }
        (base, Options::Null) => base,
        (_, over) => over,
    }
}

/// Where the path leads in `tree`, as far as it exists: the key for an unknown key, else the value (or its key, if
/// there is no value).
pub(crate) fn locate(tree: &Tree, error: &DeserializeError) -> Span {
    let Some(mut at) = tree.root() else {
        return Span::default();
    };
    let mut span = at.span();
    let last = error.path.len();
    for (index, step) in error.path.iter().enumerate() {
        let next: Option<Value<'_>> = match step {
            PathSegment::Key(name) => at.entry(name).map(|entry| {
                let names_key = index + 1 == last && error.unknown.as_ref() == Some(name);
                span = if names_key { entry.key.span() } else { entry.value_or_key_span() };
                entry.value
            }),
            PathSegment::Index(position) => at.items().and_then(|mut items| items.nth(*position)).inspect(|item| {
                span = item.span();
            }),
        };
        match next {
            Some(value) => at = value,
            None => break,
        }
    }
    span
}

fn describe_error<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> DeserializeError {
    use serde_path_to_error::Segment;
    let mut path: Vec<PathSegment> = error
        .path()
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(PathSegment::Index(*index)),
            Segment::Map { key } => Some(PathSegment::Key(key.clone())),
            Segment::Enum { variant } => Some(PathSegment::Key(variant.clone())),
            Segment::Unknown => None,
        })
        .collect();
    let text = error.inner().to_string();
    // The parser adds the path before its message and the line after it; the span shows both.
    let text = [
        "unknown field",
        "unknown variant",
        "missing field",
        "invalid type",
        "invalid value",
        "duplicate",
        "invalid length",
        "takes ",
    ]
    .iter()
    .filter_map(|start| text.find(start))
    .min()
    .map_or(text.as_str(), |start| &text[start..]);
    let text = text.split(" at line ").next().unwrap_or(text);
    let mut quoted = text.split('`').skip(1).step_by(2).map(str::to_owned);
    let (unknown, expected) =
        if text.starts_with("unknown ") { (quoted.next(), quoted.collect()) } else { (None, vec![]) };
    if text.starts_with("unknown field")
        && let Some(name) = &unknown
        && path.last() != Some(&PathSegment::Key(name.clone()))
    {
        path.push(PathSegment::Key(name.clone()));
    }
    let message = match &unknown {
        Some(name) if text.starts_with("unknown field") => format!("unknown key `{name}`"),
        Some(name) => format!("unknown value `{name}`"),
        None => describe_expected(text, &path).unwrap_or_else(|| {
            text.replace("missing field", "missing key").replace("duplicate field", "duplicate key")
        }),
    };
    DeserializeError { path, message, unknown, expected }
}

/// What the key at the end of `path` takes, for an error about its value: serde names the types of Rust. None for another
/// error.
fn describe_expected(text: &str, path: &[PathSegment]) -> Option<String> {
    let (found, expected) = match text.strip_prefix("takes ") {
        Some(expected) => ("", expected),
        None => text.strip_prefix("invalid ")?.rsplit_once(", expected ")?,
    };
    let key = path.iter().rev().find_map(|segment| match segment {
        PathSegment::Key(name) => Some(name.as_str()),
        PathSegment::Index(_) => None,
    });
    let is_item = matches!(path.last(), Some(PathSegment::Index(_)));
    let example = |value: String| match key {
        Some(key) if !is_item => format!("`{key}: {value}`"),
        _ => format!("`{value}`"),
    };
    let scalar = scalar_in(found);
    let what = match expected {
        "a boolean" => "`true` or `false`".to_owned(),
        "a string" | "string" => match scalar {
            Some(word) => format!("a string: {}", example(quoted(word))),
            None => "a string".to_owned(),
        },
        "a sequence" => match scalar {
            Some(word) => format!("a list: {}", example(format!("[{}]", in_list(word)))),
            None => "a list, such as `[a, b]`".to_owned(),
        },
        "usize" | "u64" | "u32" | "u16" | "u8" => "a whole number, such as `10`".to_owned(),
        "i64" | "i32" | "i16" | "i8" => "a whole number, such as `-1`".to_owned(),
        "f64" | "f32" => "a number, such as `1.5`".to_owned(),
        "string or map" | "variant identifier" => "a single word".to_owned(),
        _ if expected.starts_with("enum ") || expected.contains("YAML tag") => "a single word".to_owned(),
        "a map" | "a mapping" => "a mapping, such as `{ key: value }`".to_owned(),
        _ if expected.contains("struct ") => "a mapping, such as `{ key: value }`".to_owned(),
        own => own.to_owned(),
    };
    Some(match key {
        Some(key) if is_item => format!("each item of `{key}` must be {what}"),
        Some(key) => format!("`{key}` takes {what}"),
        None => format!("expected {what}"),
    })
}

/// The value in serde's description of what it found: ``string "x"``, ``integer `5` ``. None for anything but a scalar.
fn scalar_in(found: &str) -> Option<&str> {
    let value = found.split_once(": ")?.1;
    let quoted = value.strip_prefix("string \"").and_then(|rest| rest.strip_suffix('"'));
    let number = || value.split_once('`').and_then(|(_, rest)| rest.strip_suffix('`'));
    quoted.or_else(number)
}

/// A word as an item of a list in brackets, in quotes where YAML requires them.
fn in_list(word: &str) -> String {
    let is_plain = word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.'))
        && !word.contains([',', '[', ']', '{', '}', '#', ':', '"', '\'', '\\']);
    if is_plain { word.to_owned() } else { quoted(word) }
}

/// serde escapes the words that it quotes.
fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[expect(dead_code, reason = "only read by serde")]
    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Settings {
        required: Option<bool>,
        files: Option<Vec<String>>,
        max_items: Option<usize>,
        name: Option<String>,
        nested: Option<Box<Settings>>,
        level: Option<Level>,
    }

    #[derive(Deserialize, Debug)]
    #[serde(rename_all = "kebab-case")]
    enum Level {
        Off,
    }

    #[test]
    fn errors_name_what_a_key_takes() {
        let message = |text: &str| from_yaml::<Settings>(text).expect_err(text).message;
        for (text, expected) in [
            ("required: maybe", "`required` takes `true` or `false`"),
            ("required:\n  a: 1", "`required` takes `true` or `false`"),
            ("files: posts", "`files` takes a list: `files: [posts]`"),
            ("files: '*.md'", "`files` takes a list: `files: [\"*.md\"]`"),
            ("files: { a: 1 }", "`files` takes a list, such as `[a, b]`"),
            ("files: [[a]]", "each item of `files` must be a string"),
            ("max-items: many", "`max-items` takes a whole number, such as `10`"),
            ("max-items: -1", "`max-items` takes a whole number, such as `10`"),
            ("name: [a]", "`name` takes a string"),
            ("nested: a", "`nested` takes a mapping, such as `{ key: value }`"),
            ("nested: { required: 5 }", "`required` takes `true` or `false`"),
            ("level: on", "unknown value `on`"),
            ("level: [off]", "`level` takes a single word"),
            ("- a", "expected a mapping, such as `{ key: value }`"),
            ("nestd: 1", "unknown key `nestd`"),
        ] {
            assert_eq!(message(text), expected, "{text}");
        }
        let options = from_yaml::<Options>("name: 5").expect("YAML");
        let error = from_options::<Settings>(options).expect_err("a number");
        assert_eq!(error.message, "`name` takes a string: `name: \"5\"`");
    }
}
