//! Closed sets of values in a config: listed, named, or read from a file of the project.

use crate::content::error::{ConfigError, ConfigResult};
use crate::content::types::Vocabulary;
use crate::data::format::FrontMatterFormat;
use crate::data::limits::Limits;
use crate::data::node::Value;
use crate::data::problem::SyntaxErrorKind;
use crate::data::typed::key;
use crate::fs::{EntryKind, ProjectFiles};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A closed set of values: the values, the name of a set, or the file that holds them.
#[derive(Clone)]
pub(crate) enum OneOf {
    Terms(Vec<String>),
    Named(String),
    From(ValueSource),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ValueSource {
    /// A file of the project: a list, or a mapping whose keys are the values; or a pattern of files whose names are the
    /// values.
    from: String,
    /// Keys that lead to the values in the file, separated by dots; `*` for each.
    key: Option<String>,
}

/// A closed set with a name, for several fields.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct VocabularyConfig {
    one_of: OneOf,
    #[serde(default)]
    aliases: BTreeMap<String, String>,
}

/// Resolves closed sets.
#[derive(Clone, Copy)]
pub(crate) struct VocabularyResolver<'a> {
    pub(crate) project: &'a ProjectFiles,
    pub(crate) named: &'a BTreeMap<String, Vocabulary>,
}

impl VocabularyConfig {
    pub(crate) fn resolve(&self, sets: VocabularyResolver) -> ConfigResult<Vocabulary> {
        sets.resolve(Some(&self.one_of), &self.aliases)?
            .ok_or_else(|| ConfigError::at([key("one-of")], "missing values"))
    }
}

impl VocabularyResolver<'_> {
    /// The set that a field's `one-of` and `aliases` make; none where there is no `one-of`.
    pub(crate) fn resolve(
        self,
        one_of: Option<&OneOf>,
        aliases: &BTreeMap<String, String>,
    ) -> ConfigResult<Option<Vocabulary>> {
        let mut set = match one_of {
            None if aliases.is_empty() => return Ok(None),
            None => {
                return Err(ConfigError::at([key("aliases")], "`aliases` requires `one-of`"));
            }
            Some(OneOf::Terms(terms)) => Vocabulary { terms: terms.clone(), ..Vocabulary::default() },
            Some(OneOf::Named(name)) => self.named.get(name).cloned().ok_or_else(|| {
                let names = self.named.keys().map(String::as_str);
                ConfigError::unknown([key("one-of")], format!("unknown vocabulary `{name}`"), name, names)
            })?,
            Some(OneOf::From(origin)) => Vocabulary {
                terms: terms(self.project, origin)?,
                origin: Some(origin.from.clone()),
                ..Vocabulary::default()
            },
        };
        if let Some((alias, term)) = aliases.iter().find(|(_, term)| !set.terms.contains(term)) {
            let message = format!("`{term}` is not listed in `one-of`");
            return Err(ConfigError::unknown(
                [key("aliases"), key(alias)],
                message,
                term,
                set.terms.iter().map(String::as_str),
            ));
        }
        set.aliases.extend(aliases.clone());
        Ok(Some(set))
    }
}

/// The values from a source.
fn terms(project: &ProjectFiles, origin: &ValueSource) -> ConfigResult<Vec<String>> {
    let ValueSource { from, key: keys } = origin;
    let at_from = |message: String| ConfigError::at([key("one-of"), key("from")], message);
    if from.contains('*') {
        return file_stems(project, from).map_err(at_from);
    }
    let text = project.read(from).map_err(at_from)?;
    let syntax = match from.rsplit('.').next() {
        Some("toml") => FrontMatterFormat::Toml,
        Some("json") => FrontMatterFormat::Json,
        _ => FrontMatterFormat::Yaml,
    };
    let (tree, problems) = syntax.parse(&text, 0, Limits::ProjectFile);
    // Misread values don't matter here: mkdocs.yml has custom tags.
    let broken = |cause: SyntaxErrorKind| {
        !matches!(
            cause,
            SyntaxErrorKind::ParsedAsAnchorOrTag | SyntaxErrorKind::ParsedAsComment | SyntaxErrorKind::SmartQuotes
        )
    };
    if let Some(problem) = problems.iter().find(|problem| broken(problem.kind)) {
        if problem.kind == SyntaxErrorKind::TooLarge {
            return Err(at_from(format!("cannot read `{from}`: {}", problem.detail)));
        }
        let line = text[..problem.span.start].matches('\n').count() + 1;
        return Err(at_from(format!("cannot parse `{from}` as {}: see line {line}", syntax.name())));
    }
    let Some(root) = tree.root() else { return Err(at_from(format!("`{from}` is empty"))) };
    let at_key = |message: String, word: &str, there: &[&str]| {
        ConfigError::unknown([key("one-of"), key("key")], message, word, there.iter().copied())
    };
    let mut values = vec![root];
    for name in keys.iter().flat_map(|keys| keys.split('.')) {
        let below: Vec<Value<'_>> = values.iter().flat_map(|value| step(*value, name)).collect();
        if below.is_empty() {
            let there: Vec<&str> = values.iter().flat_map(|value| names(*value)).collect();
            return Err(at_key(format!("`{from}` has no key `{name}`"), name, &there));
        }
        values = below;
    }
    let terms: Vec<String> = values.into_iter().flat_map(words).collect();
    if terms.is_empty() {
        return Err(at_from(format!("no list or mapping at this key in `{from}`")));
    }
    Ok(terms)
}

/// The names of files without their endings: `_authors/*.md`; or of folders: `content/authors/*/`.
fn file_stems(project: &ProjectFiles, pattern: &str) -> Result<Vec<String>, String> {
    let (dir, name) = pattern.trim_end_matches('/').rsplit_once('/').unwrap_or((".", pattern));
    let kind = if pattern.ends_with('/') { EntryKind::Dir } else { EntryKind::File };
    let ending = name.strip_prefix('*').filter(|ending| !ending.contains('*') && !dir.contains('*'));
    let Some(ending) = ending else {
        return Err(format!(
            "unsupported glob `{pattern}`; put the `*` at the start of the last segment, as in `_authors/*.md`"
        ));
    };
    let names = project.names(dir, kind)?;
    let mut stems: Vec<String> = names
        .iter()
        .filter_map(|name| name.strip_suffix(ending))
        .filter(|stem| !stem.is_empty())
        .map(str::to_owned)
        .collect();
    stems.sort();
    if stems.is_empty() { Err(format!("no file matches `{pattern}`")) } else { Ok(stems) }
}

/// What `name` leads to: an entry of a mapping; for a list, the entry of each item that has it; for `*`, every child.
fn step<'a>(value: Value<'a>, name: &str) -> Vec<Value<'a>> {
    match value.items() {
        Some(items) if name == "*" => items.collect(),
        Some(items) => items.filter_map(|item| item.get(name)).collect(),
        None if name == "*" => value.entries().map(|entry| entry.value).collect(),
        None => value.get(name).into_iter().collect(),
    }
}

/// The keys that could have been used.
fn names(value: Value<'_>) -> Vec<&str> {
    let items = value.items().into_iter().flatten();
    [value].into_iter().chain(items).flat_map(Value::entries).filter_map(|entry| entry.key.text()).collect()
}

/// The items of a list, the keys of a map, or the value itself.
fn words(value: Value<'_>) -> Vec<String> {
    let text = |value: Value<'_>| value.text().filter(|_| !value.is_null()).map(str::to_owned);
    match value.items() {
        Some(items) => items.filter_map(text).collect(),
        None if value.is_map() => value.entries().filter_map(|entry| text(entry.key)).collect(),
        None => text(value).into_iter().collect(),
    }
}

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListOrMap;
        impl<'de> Visitor<'de> for ListOrMap {
            type Value = OneOf;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a list of values, the name of a vocabulary, or `{ from: FILE }`")
            }
            fn visit_str<E: Error>(self, name: &str) -> Result<OneOf, E> {
                Ok(OneOf::Named(name.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOf, A::Error> {
                let mut terms = Vec::new();
                while let Some(term) = seq.next_element::<ScalarValue>()? {
                    terms.push(term.0);
                }
                Ok(OneOf::Terms(terms))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OneOf, A::Error> {
                ValueSource::deserialize(MapAccessDeserializer::new(map)).map(OneOf::From)
            }
        }
        deserializer.deserialize_any(ListOrMap)
    }
}

/// A value of a closed set, as a string: a year or a version needs no quotes.
pub(crate) struct ScalarValue(pub(crate) String);

impl<'de> Deserialize<'de> for ScalarValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = ScalarValue;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a string, a number, or a boolean")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<ScalarValue, E> {
                Ok(ScalarValue(text.to_owned()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<ScalarValue, E> {
                Ok(ScalarValue(number.to_string()))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<ScalarValue, E> {
                Ok(ScalarValue(number.to_string()))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<ScalarValue, E> {
                Ok(ScalarValue(number.to_string()))
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<ScalarValue, E> {
                Ok(ScalarValue(value.to_string()))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
