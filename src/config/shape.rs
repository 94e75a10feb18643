//! What a config file may say, as types: the reader refuses everything else.

use crate::config::collections::{OneOrMany, Ordered};
use crate::config::condition::ConditionFile;
use crate::config::fault::{Fault, Outcome};
use crate::config::layer::key;
use crate::config::schema_file::SchemaFile;
use crate::config::vocabulary::{OneOf, Sets, VocabularyFile};
use crate::content::{Bounds, Deprecated, Field, Shape, Unique};
use crate::data::field_type::FieldType;
use crate::data::typed::Options;
use crate::rule::Setting;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

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
    /// Who else has schemas for the pages, in files of the project: `decap`.
    pub(super) schemas: Vec<String>,
    /// Closed sets of values by name, for several fields.
    pub(super) vocabularies: Ordered<VocabularyFile>,
    /// Kinds of page, in order: the first whose globs match is a file's own.
    pub(super) content: Ordered<ContentFile>,
    /// Rules or groups, each with a level or with a map of settings.
    pub(super) rules: Ordered<Options>,
    /// Other settings for some paths; later ones win.
    pub(super) overrides: Vec<OverrideFile>,
    /// The maximum number of findings that are kept per file; 0 for all.
    pub(super) max_findings: Option<usize>,
}

/// Other settings for some paths.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OverrideFile {
    pub(super) files: OneOrMany,
    pub(super) rules: Ordered<Options>,
}

/// A kind of page.
#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ContentFile {
    /// The type that this one builds on: another one's name, or a ready-made one such as `jekyll/post`.
    pub(super) extends: Option<String>,
    pub(super) files: Option<OneOrMany>,
    pub(super) fields: Ordered<ShapeFile>,
    pub(super) unknown_fields: Option<Setting>,
    /// A JSON Schema: the path of its file, or the schema itself.
    pub(super) schema: Option<SchemaFile>,
    pub(super) order: Option<Order>,
}

/// The order of a page's fields: as they are declared, or as listed.
#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "this should be `true`, for the order of `fields`, or a list of names")]
pub(super) enum Order {
    Declared(bool),
    Listed(Vec<String>),
}

/// What a field, or an item of a list, may be: a map, or a word such as `string` or `list!`.
#[derive(Clone, Default)]
pub(super) struct ShapeFile(pub(super) ShapeMap);

#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ShapeMap {
    pub(super) r#type: Option<Types>,
    pub(super) required: Option<bool>,
    pub(super) required_when: Option<ConditionFile>,
    pub(super) required_with: Option<String>,
    pub(super) allowed_when: Option<ConditionFile>,
    pub(super) one_of: Option<OneOf>,
    pub(super) aliases: BTreeMap<String, String>,
    pub(super) pattern: Option<String>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) items: Option<Box<ShapeFile>>,
    pub(super) base: Option<String>,
    relative_to: Option<RelativeTo>,
    must_exist: Option<bool>,
    pub(super) not_before: Option<String>,
    pub(super) unique: Option<UniqueFile>,
    pub(super) deprecated: Option<DeprecatedFile>,
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
pub(super) struct Types {
    pub(super) types: Vec<FieldType>,
    required: bool,
}

/// `true`, `items` or `pages`.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "this should be `true`, `items` or `pages`")]
pub(super) enum UniqueFile {
    Plain(bool),
    Among(Unique),
}

/// What to do instead, as a text, or the field to use with `use`.
#[derive(Clone)]
pub(super) struct DeprecatedFile(Deprecated);

impl ShapeFile {
    /// What it says, over what `base` says of the same field.
    pub(super) fn upon(self, base: ShapeFile) -> Self {
        let (own, base) = (self.0, base.0);
        let required = required(&own).or_else(|| required(&base));
        let items = match (own.items, base.items) {
            (Some(own), Some(base)) => Some(Box::new(own.upon(*base))),
            (own, base) => own.or(base),
        };
        Self(ShapeMap {
            required,
            r#type: own.r#type.or(base.r#type),
            required_when: own.required_when.or(base.required_when),
            required_with: own.required_with.or(base.required_with),
            allowed_when: own.allowed_when.or(base.allowed_when),
            // Aliases are of a set's values, so another set has none of them.
            aliases: if own.one_of.is_some() {
                own.aliases
            } else {
                base.aliases.into_iter().chain(own.aliases).collect()
            },
            one_of: own.one_of.or(base.one_of),
            pattern: own.pattern.or(base.pattern),
            min_length: own.min_length.or(base.min_length),
            max_length: own.max_length.or(base.max_length),
            min_items: own.min_items.or(base.min_items),
            max_items: own.max_items.or(base.max_items),
            min: own.min.or(base.min),
            max: own.max.or(base.max),
            items,
            base: own.base.or(base.base),
            relative_to: own.relative_to.or(base.relative_to),
            must_exist: own.must_exist.or(base.must_exist),
            not_before: own.not_before.or(base.not_before),
            unique: own.unique.or(base.unique),
            deprecated: own.deprecated.or(base.deprecated),
        })
    }

    /// One of these types, and nothing more; any where there are none.
    pub(super) fn of_types(types: &[FieldType]) -> Self {
        let types = (!types.is_empty()).then(|| Types { types: types.to_vec(), required: false });
        Self(ShapeMap { r#type: types, ..ShapeMap::default() })
    }

    /// The types that it asks for; none for any.
    pub(super) fn types(&self) -> &[FieldType] {
        self.0.r#type.as_ref().map_or(&[], |types| &types.types)
    }

    /// Whether it must be there.
    pub(super) fn is_required(&self) -> bool {
        required(&self.0).unwrap_or(false)
    }

    /// The field called `name` that it makes.
    pub(super) fn field(&self, name: &str, sets: Sets) -> Outcome<Field> {
        let condition = |asked: &Option<ConditionFile>, name: &str| {
            asked.as_ref().map(|asked| asked.resolve().map_err(|fault| fault.below(key(name)))).transpose()
        };
        Ok(Field {
            name: name.to_owned(),
            required: self.is_required(),
            required_when: condition(&self.0.required_when, "required-when")?,
            allowed_when: condition(&self.0.allowed_when, "allowed-when")?,
            shape: self.shape(sets)?,
        })
    }

    fn shape(&self, sets: Sets) -> Outcome<Shape> {
        let map = &self.0;
        let mut vocabulary = sets.resolve(map.one_of.as_ref(), &map.aliases)?;
        if let Some(pattern) = &map.pattern {
            crate::text::pattern::Pattern::new(pattern).map_err(|message| Fault::at([key("pattern")], message))?;
        }
        let mut items = match &map.items {
            None => None,
            Some(items) if let Some(name) = items.0.only_of_fields() => {
                return Err(Fault::at(
                    [key("items"), key(name)],
                    format!("an item can't be `{name}`; that is for fields"),
                ));
            }
            Some(items) => Some(items.shape(sets).map_err(|fault| fault.below(key("items")))?),
        };
        // A closed set of a list is one of its items.
        let is_list = self.types().contains(&FieldType::List);
        if let Some(set) = vocabulary.take_if(|_| is_list || items.is_some()) {
            items.get_or_insert_default().vocabulary.get_or_insert(set);
        } else if let Some(set) = vocabulary.as_ref().filter(|_| self.types().is_empty()) {
            items = Some(Shape { vocabulary: Some(set.clone()), ..Shape::default() });
        }
        let unique = map.unique.and_then(|unique| match unique {
            UniqueFile::Plain(false) => None,
            UniqueFile::Plain(true) if is_list => Some(Unique::Items),
            UniqueFile::Plain(true) => Some(Unique::Pages),
            UniqueFile::Among(among) => Some(among),
        });
        Ok(Shape {
            types: self.types().to_vec(),
            vocabulary,
            pattern: map.pattern.clone(),
            length: Bounds { min: map.min_length, max: map.max_length },
            count: Bounds { min: map.min_items, max: map.max_items },
            range: (map.min, map.max),
            items: items.map(Box::new),
            base: map.base.clone(),
            must_exist: map.must_exist.unwrap_or(false),
            required_with: map.required_with.clone(),
            not_before: map.not_before.clone(),
            unique,
            deprecated: map.deprecated.as_ref().map(|deprecated| deprecated.0.clone()),
            relative_to_file: map.relative_to.is_some(),
        })
    }
}

impl ShapeMap {
    /// A setting that has no meaning for the items of a list.
    fn only_of_fields(&self) -> Option<&'static str> {
        let settings = [
            ("required", required(self) == Some(true)),
            ("required-with", self.required_with.is_some()),
            ("required-when", self.required_when.is_some()),
            ("allowed-when", self.allowed_when.is_some()),
            ("deprecated", self.deprecated.is_some()),
            ("unique", self.unique.is_some()),
        ];
        settings.into_iter().find(|(_, is_set)| *is_set).map(|(name, _)| name)
    }
}

/// Whether it must be there, where that is said.
fn required(map: &ShapeMap) -> Option<bool> {
    map.required.or_else(|| map.r#type.as_ref().and_then(|types| types.required.then_some(true)))
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
                Ok(ShapeFile(ShapeMap { r#type: Some(parse_types(word)?), ..ShapeMap::default() }))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ShapeFile, A::Error> {
                ShapeMap::deserialize(MapAccessDeserializer::new(map)).map(ShapeFile)
            }
        }
        deserializer.deserialize_any(WordOrMap)
    }
}

impl Order {
    /// The names in order, of fields that are declared so.
    pub(super) fn names(&self, fields: &Ordered<ShapeFile>) -> Vec<String> {
        match self {
            Order::Declared(false) => Vec::new(),
            Order::Declared(true) => fields.0.iter().map(|(name, _)| name.clone()).collect(),
            Order::Listed(names) => names.clone(),
        }
    }
}

impl<'de> Deserialize<'de> for DeprecatedFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Map {
            r#use: Option<String>,
            because: Option<String>,
        }
        struct TextOrMap;
        impl<'de> Visitor<'de> for TextOrMap {
            type Value = Deprecated;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text that says what to do, or `{ use: FIELD }`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Deprecated, E> {
                Ok(Deprecated { to: None, says: Some(text.to_owned()) })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Deprecated, A::Error> {
                let Map { r#use: to, because: says } = Map::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Deprecated { to, says })
            }
        }
        deserializer.deserialize_any(TextOrMap).map(Self)
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
