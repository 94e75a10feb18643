//! Closed sets of values in a config: written there, named there, or read from a file of the project.

use crate::config::fault::{Fault, Outcome};
use crate::config::layer::key;
use crate::content::Vocabulary;
use crate::data::limits::Limits;
use crate::data::node::Value;
use crate::data::problem::{Cause, Syntax};
use crate::fs::{EntryKind, ProjectFiles};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A closed set of values: the values, the name of a set, or the file that holds them.
#[derive(Clone)]
pub(super) enum OneOf {
    Terms(Vec<String>),
    Named(String),
    From(Origin),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Origin {
    /// A file of the project: a list, or a map whose keys are the values; or files, whose names are.
    from: String,
    /// Keys that lead to the values inside the file, with dots between them; `*` for each.
    key: Option<String>,
}

/// A closed set with a name, for several fields.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct VocabularyFile {
    one_of: OneOf,
    #[serde(default)]
    aliases: BTreeMap<String, String>,
}

/// Where closed sets are looked up.
#[derive(Clone, Copy)]
pub(super) struct Sets<'a> {
    pub(super) project: &'a ProjectFiles,
    pub(super) named: &'a BTreeMap<String, Vocabulary>,
}

impl VocabularyFile {
    pub(super) fn resolve(&self, sets: Sets) -> Outcome<Vocabulary> {
        sets.resolve(Some(&self.one_of), &self.aliases)?
            .ok_or_else(|| Fault::at([key("one-of")], "there are no values here"))
    }
}

impl Sets<'_> {
    /// The set that a field's `one-of` and `aliases` make; none where there is no `one-of`.
    pub(super) fn resolve(
        self,
        one_of: Option<&OneOf>,
        aliases: &BTreeMap<String, String>,
    ) -> Outcome<Option<Vocabulary>> {
        let mut set = match one_of {
            None if aliases.is_empty() => return Ok(None),
            None => {
                return Err(Fault::at([key("aliases")], "`aliases` needs `one-of`, the values they stand for"));
            }
            Some(OneOf::Terms(terms)) => Vocabulary { terms: terms.clone(), ..Vocabulary::default() },
            Some(OneOf::Named(name)) => self.named.get(name).cloned().ok_or_else(|| {
                let names = self.named.keys().map(String::as_str);
                Fault::unknown([key("one-of")], format!("there is no vocabulary `{name}`"), name, names)
            })?,
            Some(OneOf::From(origin)) => Vocabulary {
                terms: terms(self.project, origin)?,
                origin: Some(origin.from.clone()),
                ..Vocabulary::default()
            },
        };
        if let Some((alias, term)) = aliases.iter().find(|(_, term)| !set.terms.contains(term)) {
            let message = format!("`{term}` isn't one of the values in `one-of`");
            return Err(Fault::unknown(
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

/// The values that an origin names.
fn terms(project: &ProjectFiles, origin: &Origin) -> Outcome<Vec<String>> {
    let Origin { from, key: keys } = origin;
    let at_from = |message: String| Fault::at([key("one-of"), key("from")], message);
    if from.contains('*') {
        return stems(project, from).map_err(at_from);
    }
    let text = project.read(from).map_err(at_from)?;
    let syntax = match from.rsplit('.').next() {
        Some("toml") => Syntax::Toml,
        Some("json") => Syntax::Json,
        _ => Syntax::Yaml,
    };
    let (tree, problems) = syntax.parse(&text, 0, Limits::ProjectFile);
    // What a reader takes without a word is no matter here: mkdocs.yml has tags of its own.
    let broken =
        |cause: Cause| !matches!(cause, Cause::SwallowedStart | Cause::SwallowedByComment | Cause::SmartQuotes);
    if let Some(problem) = problems.iter().find(|problem| broken(problem.cause)) {
        if problem.cause == Cause::TooLarge {
            return Err(at_from(format!("`{from}` isn't read: {}", problem.detail)));
        }
        let line = text[..problem.span.start].matches('\n').count() + 1;
        return Err(at_from(format!("`{from}` can't be read as {}: see its line {line}", syntax.name())));
    }
    let Some(root) = tree.root() else { return Err(at_from(format!("`{from}` is empty"))) };
    let at_key = |message: String, word: &str, there: &[&str]| {
        Fault::unknown([key("one-of"), key("key")], message, word, there.iter().copied())
    };
    let mut values = vec![root];
    for name in keys.iter().flat_map(|keys| keys.split('.')) {
        let below: Vec<Value<'_>> = values.iter().flat_map(|value| step(*value, name)).collect();
        if below.is_empty() {
            let there: Vec<&str> = values.iter().flat_map(|value| names(*value)).collect();
            return Err(at_key(format!("`{from}` has no `{name}` there"), name, &there));
        }
        values = below;
    }
    let terms: Vec<String> = values.into_iter().flat_map(words).collect();
    if terms.is_empty() {
        return Err(at_from(format!("`{from}` holds no list of values and no keys there")));
    }
    Ok(terms)
}

/// The names of files without their endings: `_authors/*.md`; or of folders: `content/authors/*/`.
fn stems(project: &ProjectFiles, pattern: &str) -> Result<Vec<String>, String> {
    let (dir, name) = pattern.trim_end_matches('/').rsplit_once('/').unwrap_or((".", pattern));
    let kind = if pattern.ends_with('/') { EntryKind::Dir } else { EntryKind::File };
    let ending = name.strip_prefix('*').filter(|ending| !ending.contains('*') && !dir.contains('*'));
    let Some(ending) = ending else {
        return Err(format!("`{pattern}` should have its `*` at the start of the last name, as in `_authors/*.md`"));
    };
    let names = project.names(dir, kind)?;
    let mut stems: Vec<String> = names
        .iter()
        .filter_map(|name| name.strip_suffix(ending))
        .filter(|stem| !stem.is_empty())
        .map(str::to_owned)
        .collect();
    stems.sort();
    if stems.is_empty() { Err(format!("nothing is called like `{pattern}`")) } else { Ok(stems) }
}

/// What `name` leads to: a map's entry; of a list, the entry of each item that has it; with `*`, everything below.
fn step<'a>(value: Value<'a>, name: &str) -> Vec<Value<'a>> {
    match value.items() {
        Some(items) if name == "*" => items.collect(),
        Some(items) => items.filter_map(|item| item.get(name)).collect(),
        None if name == "*" => value.entries().map(|entry| entry.value).collect(),
        None => value.get(name).into_iter().collect(),
    }
}

/// The keys that could have been named.
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
                while let Some(term) = seq.next_element::<Term>()? {
                    terms.push(term.0);
                }
                Ok(OneOf::Terms(terms))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OneOf, A::Error> {
                Origin::deserialize(MapAccessDeserializer::new(map)).map(OneOf::From)
            }
        }
        deserializer.deserialize_any(ListOrMap)
    }
}

/// A value of a closed set, as text: a year or a version needs no quotes.
pub(super) struct Term(pub(super) String);

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Term;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text, a number or a boolean")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Term, E> {
                Ok(Term(text.to_owned()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Term, E> {
                Ok(Term(number.to_string()))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Term, E> {
                Ok(Term(number.to_string()))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Term, E> {
                Ok(Term(number.to_string()))
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Term, E> {
                Ok(Term(value.to_string()))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
