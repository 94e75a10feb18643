//! What a config file may say, as types: the reader refuses everything else.

use crate::document::content::{Bounds, ContentType, Field, FieldType, Shape, Vocabulary};
use crate::document::typed::{Options, Step};
use crate::rule::Setting;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// A config file or a pack.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ConfigFile {
    /// Packs, or files of the project, that this one builds on.
    pub(super) extends: Option<OneOrMany>,
    /// The generator of the site, where it can't be told from the files; `none` for none.
    pub(super) generator: Option<String>,
    /// Globs of what a walk leaves out.
    pub(super) exclude: Vec<String>,
    /// Folders with the project's own rule pages.
    pub(super) rule_dirs: Vec<String>,
    /// Kinds of page, in order: the first whose globs match is a file's own.
    pub(super) content: Ordered<ContentFile>,
    /// Rules or groups, each with a level or with a map of settings.
    pub(super) rules: Ordered<Options>,
    /// Other settings for some paths; later ones win.
    pub(super) overrides: Vec<OverrideFile>,
}

/// Other settings for some paths.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OverrideFile {
    pub(super) files: OneOrMany,
    pub(super) rules: Ordered<Options>,
}

/// A kind of page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ContentFile {
    pub(super) files: OneOrMany,
    #[serde(default)]
    pub(super) fields: Ordered<ShapeFile>,
    pub(super) unknown_fields: Option<Setting>,
    /// A JSON Schema: the path of its file, or the schema itself.
    pub(super) schema: Option<SchemaFile>,
}

/// A JSON Schema: the path of its file, or the schema itself.
pub(super) enum SchemaFile {
    Path(String),
    Inline(Json),
}

/// What a field, or an item of a list, may be: a map, or a word such as `string` or `list!`.
#[derive(Default)]
pub(super) struct ShapeFile(ShapeMap);

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct ShapeMap {
    r#type: Types,
    required: bool,
    one_of: Option<OneOf>,
    aliases: BTreeMap<String, String>,
    pattern: Option<String>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    min: Option<f64>,
    max: Option<f64>,
    items: Option<Box<ShapeFile>>,
    base: Option<String>,
    relative_to: Option<RelativeTo>,
    must_exist: bool,
    required_with: Option<String>,
    not_before: Option<String>,
    unique: bool,
    deprecated: Option<String>,
}

/// Where a path starts, besides the site's root and `base`.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RelativeTo {
    /// The folder of the post.
    File,
}

/// `string`, `string|list`, or `string!` for one that is required.
#[derive(Default, Clone)]
struct Types {
    types: Vec<FieldType>,
    required: bool,
}

/// A closed set of values: the values, or the file that holds them.
enum OneOf {
    Terms(Vec<String>),
    From(Origin),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Origin {
    /// A file of the project: a list, or a map whose keys are the values.
    from: String,
    /// Keys that lead to the list or map inside the file, with dots between them.
    key: Option<String>,
}

/// What can't be told from one value alone.
pub(super) struct Fault {
    pub(super) path: Vec<Step>,
    pub(super) message: String,
}

impl Fault {
    fn below(mut self, step: impl Into<String>) -> Self {
        self.path.insert(0, Step::Key(step.into()));
        self
    }
}

/// Gives the terms that a file of the project holds, below some keys.
pub(super) type Terms<'a> = &'a dyn Fn(&str, Option<&str>) -> Result<Vec<String>, String>;

impl ContentFile {
    /// The content type that checks use.
    pub(super) fn resolve(&self, name: &str, terms: Terms) -> Result<ContentType, Fault> {
        let mut fields = Vec::new();
        for (key, shape) in &self.fields.0 {
            let resolved = shape.resolve(terms).map_err(|fault| fault.below(key).below("fields"))?;
            let required = shape.0.required || shape.0.r#type.required;
            fields.push(Field { name: key.clone(), required, shape: resolved });
        }
        let closed = self.unknown_fields.is_some_and(|setting| setting != Setting::Off);
        Ok(ContentType { name: name.to_owned(), fields, closed, schema: None })
    }
}

impl ShapeFile {
    fn resolve(&self, terms: Terms) -> Result<Shape, Fault> {
        let map = &self.0;
        let vocabulary = match &map.one_of {
            None if map.aliases.is_empty() => None,
            None => {
                return Err(Fault {
                    path: vec![Step::Key("aliases".into())],
                    message: "`aliases` needs `one-of`, the values they stand for".into(),
                });
            }
            Some(OneOf::Terms(terms)) => Some((terms.clone(), None)),
            Some(OneOf::From(origin)) => match terms(&origin.from, origin.key.as_deref()) {
                Ok(terms) => Some((terms, Some(origin.from.clone()))),
                Err(message) => {
                    let path = vec![Step::Key("one-of".into()), Step::Key("from".into())];
                    return Err(Fault { path, message });
                }
            },
        };
        if let Some((known, _)) = &vocabulary
            && let Some((alias, _)) = map.aliases.iter().find(|(_, term)| !known.contains(term))
        {
            let path = vec![Step::Key("aliases".into()), Step::Key(alias.clone())];
            return Err(Fault {
                path,
                message: format!("`{}` isn't one of the values in `one-of`", map.aliases[alias]),
            });
        }
        if let Some(pattern) = &map.pattern {
            crate::pattern::Pattern::new(pattern)
                .map_err(|message| Fault { path: vec![Step::Key("pattern".into())], message })?;
        }
        let items = match &map.items {
            None => None,
            Some(items) if items.0.required || items.0.r#type.required => {
                let path = vec![Step::Key("items".into())];
                return Err(Fault {
                    path,
                    message: "an item can't be `required`; say `min-items` beside `items`".into(),
                });
            }
            Some(items) => Some(Box::new(items.resolve(terms).map_err(|fault| fault.below("items"))?)),
        };
        Ok(Shape {
            types: map.r#type.types.clone(),
            vocabulary: vocabulary.map(|(terms, origin)| Vocabulary { terms, aliases: map.aliases.clone(), origin }),
            pattern: map.pattern.clone(),
            length: Bounds { min: map.min_length, max: map.max_length },
            count: Bounds { min: map.min_items, max: map.max_items },
            range: (map.min, map.max),
            items,
            base: map.base.clone(),
            must_exist: map.must_exist,
            required_with: map.required_with.clone(),
            not_before: map.not_before.clone(),
            unique: map.unique,
            deprecated: map.deprecated.clone(),
            relative_to_file: map.relative_to.is_some(),
        })
    }
}

impl<'de> Deserialize<'de> for SchemaFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathOrMap;
        impl<'de> Visitor<'de> for PathOrMap {
            type Value = SchemaFile;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("the path of a JSON Schema, or the schema itself")
            }
            fn visit_str<E: Error>(self, path: &str) -> Result<SchemaFile, E> {
                Ok(SchemaFile::Path(path.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SchemaFile, A::Error> {
                Json::deserialize(MapAccessDeserializer::new(map)).map(SchemaFile::Inline)
            }
        }
        deserializer.deserialize_any(PathOrMap)
    }
}

/// One text, or a list of texts.
#[derive(Default, Clone)]
pub(super) struct OneOrMany(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OneOrMany)
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

/// A map that keeps the order of its keys.
pub(super) struct Ordered<T>(pub(super) Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("`key: value` lines")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
            fn visit_unit<E: Error>(self) -> Result<Ordered<T>, E> {
                Ok(Ordered::default())
            }
        }
        deserializer.deserialize_any(Entries(PhantomData))
    }
}

impl<'de> Deserialize<'de> for ShapeFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordOrMap;
        impl<'de> Visitor<'de> for WordOrMap {
            type Value = ShapeFile;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a type such as `string`, or a map such as `{ type: string, required: true }`")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<ShapeFile, E> {
                Ok(ShapeFile(ShapeMap { r#type: parse_types(word)?, ..ShapeMap::default() }))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ShapeFile, A::Error> {
                ShapeMap::deserialize(MapAccessDeserializer::new(map)).map(ShapeFile)
            }
        }
        deserializer.deserialize_any(WordOrMap)
    }
}

impl<'de> Deserialize<'de> for Types {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse_types(&String::deserialize(deserializer)?)
    }
}

fn parse_types<E: Error>(text: &str) -> Result<Types, E> {
    let (words, required) = match text.strip_suffix('!') {
        Some(words) => (words, true),
        None => (text, false),
    };
    const WORDS: [&str; FieldType::WORDS.len()] = {
        let mut words = [""; FieldType::WORDS.len()];
        let mut index = 0;
        while index < words.len() {
            words[index] = FieldType::WORDS[index].0;
            index += 1;
        }
        words
    };
    let mut types = Vec::new();
    for word in words.split('|').map(str::trim) {
        match FieldType::WORDS.iter().find(|(known, _)| *known == word) {
            Some((_, kind)) => types.push(*kind),
            None if word == "any" => {}
            None => return Err(E::unknown_variant(word, &WORDS)),
        }
    }
    Ok(Types { types, required })
}

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListOrMap;
        impl<'de> Visitor<'de> for ListOrMap {
            type Value = OneOf;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a list of values, or `{ from: FILE }`")
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
struct Term(String);

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
