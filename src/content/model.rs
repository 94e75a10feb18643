//! The serde types of content types in a config; unknown keys are rejected.

use crate::content::condition::ConditionConfig;
use crate::content::error::{ConfigError, ConfigResult};
use crate::content::types::{Bounds, Deprecated, Field, UniqueScope, ValueConstraints};
use crate::content::vocabulary::{OneOf, VocabularyResolver};
use crate::data::collections::{OneOrMany, OrderedMap};
use crate::data::field_type::FieldType;
use crate::data::typed::key;
use crate::diagnostic::RuleLevel;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A kind of page.
#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct ContentTypeConfig {
    /// The type that this one extends: another one of the config, or a built-in one such as `jekyll/post`.
    pub(crate) extends: Option<String>,
    pub(crate) files: Option<OneOrMany>,
    pub(crate) fields: OrderedMap<FieldConfig>,
    pub(crate) unknown_fields: Option<RuleLevel>,
    /// A JSON Schema: the path of its file, or the schema itself.
    pub(crate) schema: Option<SchemaConfig>,
    pub(crate) order: Option<FieldOrderConfig>,
}

/// The order of a page's fields: as they are declared, or as listed.
#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "takes `true` for the order of `fields`, or a list of names")]
pub(crate) enum FieldOrderConfig {
    Declared(bool),
    Listed(Vec<String>),
}

/// The constraints on a field, or on an item of a list: a mapping, or a type such as `string` or `list!`.
#[derive(Clone, Default)]
pub(crate) struct FieldConfig(pub(crate) FieldConfigFields);

#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct FieldConfigFields {
    pub(crate) r#type: Option<TypeSpec>,
    pub(crate) required: Option<bool>,
    pub(crate) required_when: Option<ConditionConfig>,
    pub(crate) required_with: Option<String>,
    pub(crate) allowed_when: Option<ConditionConfig>,
    pub(crate) one_of: Option<OneOf>,
    pub(crate) aliases: BTreeMap<String, String>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) items: Option<Box<FieldConfig>>,
    pub(crate) base: Option<String>,
    relative_to: Option<RelativeTo>,
    must_exist: Option<bool>,
    pub(crate) not_before: Option<String>,
    pub(crate) unique: Option<UniqueConfig>,
    pub(crate) deprecated: Option<DeprecatedConfig>,
}

/// Where a path starts, in addition to the site's root and `base`.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RelativeTo {
    /// The folder of the post.
    File,
}

/// `string`, `string|list`, or `string!` for one that is required.
#[derive(Default, Clone)]
pub(crate) struct TypeSpec {
    pub(crate) types: Vec<FieldType>,
    required: bool,
}

/// `true`, `items` or `pages`.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "takes `true`, `items`, or `pages`")]
pub(crate) enum UniqueConfig {
    Plain(bool),
    Among(UniqueScope),
}

/// What to do instead, as a string, or the field to use with `use`.
#[derive(Clone)]
pub(crate) struct DeprecatedConfig(Deprecated);

impl FieldConfig {
    /// Its constraints, merged over those of `base` for the same field.
    pub(crate) fn merge_over(self, base: FieldConfig) -> Self {
        let (own, base) = (self.0, base.0);
        let required = required(&own).or_else(|| required(&base));
        let items = match (own.items, base.items) {
            (Some(own), Some(base)) => Some(Box::new(own.merge_over(*base))),
            (own, base) => own.or(base),
        };
        Self(FieldConfigFields {
            required,
            r#type: own.r#type.or(base.r#type),
            required_when: own.required_when.or(base.required_when),
            required_with: own.required_with.or(base.required_with),
            allowed_when: own.allowed_when.or(base.allowed_when),
            // Aliases belong to the values of a set, so another set has none of them.
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

    /// One of these types, without further constraints; any type if there are none.
    pub(crate) fn from_types(types: &[FieldType]) -> Self {
        let types = (!types.is_empty()).then(|| TypeSpec { types: types.to_vec(), required: false });
        Self(FieldConfigFields { r#type: types, ..FieldConfigFields::default() })
    }

    /// The accepted types; none for any.
    pub(crate) fn types(&self) -> &[FieldType] {
        self.0.r#type.as_ref().map_or(&[], |types| &types.types)
    }

    /// Whether it is required.
    pub(crate) fn is_required(&self) -> bool {
        required(&self.0).unwrap_or(false)
    }

    /// The field called `name`.
    pub(crate) fn field(&self, name: &str, sets: VocabularyResolver) -> ConfigResult<Field> {
        let condition = |condition: &Option<ConditionConfig>, name: &str| {
            condition
                .as_ref()
                .map(|condition| condition.resolve().map_err(|error| error.with_parent(key(name))))
                .transpose()
        };
        Ok(Field {
            name: name.to_owned(),
            required: self.is_required(),
            required_when: condition(&self.0.required_when, "required-when")?,
            allowed_when: condition(&self.0.allowed_when, "allowed-when")?,
            constraints: self.shape(sets)?,
        })
    }

    fn shape(&self, sets: VocabularyResolver) -> ConfigResult<ValueConstraints> {
        let map = &self.0;
        let mut vocabulary = sets.resolve(map.one_of.as_ref(), &map.aliases)?;
        if let Some(pattern) = &map.pattern {
            crate::text::pattern::Pattern::new(pattern)
                .map_err(|message| ConfigError::at([key("pattern")], message))?;
        }
        let mut items = match &map.items {
            None => None,
            Some(items) if let Some(name) = items.0.only_of_fields() => {
                return Err(ConfigError::at([key("items"), key(name)], format!("`{name}` is not allowed in `items`")));
            }
            Some(items) => Some(items.shape(sets).map_err(|error| error.with_parent(key("items")))?),
        };
        // A closed set on a list applies to its items.
        let is_list = self.types().contains(&FieldType::List);
        if let Some(set) = vocabulary.take_if(|_| is_list || items.is_some()) {
            items.get_or_insert_default().vocabulary.get_or_insert(set);
        } else if let Some(set) = vocabulary.as_ref().filter(|_| self.types().is_empty()) {
            items = Some(ValueConstraints { vocabulary: Some(set.clone()), ..ValueConstraints::default() });
        }
        let unique = map.unique.and_then(|unique| match unique {
            UniqueConfig::Plain(false) => None,
            UniqueConfig::Plain(true) if is_list => Some(UniqueScope::Items),
            UniqueConfig::Plain(true) => Some(UniqueScope::Pages),
            UniqueConfig::Among(among) => Some(among),
        });
        Ok(ValueConstraints {
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

impl FieldConfigFields {
    /// A setting that is not allowed for the items of a list.
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

/// Whether it is required, if set.
fn required(map: &FieldConfigFields) -> Option<bool> {
    map.required.or_else(|| map.r#type.as_ref().and_then(|types| types.required.then_some(true)))
}

impl<'de> Deserialize<'de> for FieldConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordOrMap;
        impl<'de> Visitor<'de> for WordOrMap {
            type Value = FieldConfig;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a type such as `string`, or a mapping such as `{ type: string, required: true }`")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<FieldConfig, E> {
                Ok(FieldConfig(FieldConfigFields { r#type: Some(parse_types(word)?), ..FieldConfigFields::default() }))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FieldConfig, A::Error> {
                FieldConfigFields::deserialize(MapAccessDeserializer::new(map)).map(FieldConfig)
            }
        }
        deserializer.deserialize_any(WordOrMap)
    }
}

impl FieldOrderConfig {
    /// The names in order.
    pub(crate) fn names(&self, fields: &OrderedMap<FieldConfig>) -> Vec<String> {
        match self {
            FieldOrderConfig::Declared(false) => Vec::new(),
            FieldOrderConfig::Declared(true) => fields.0.iter().map(|(name, _)| name.clone()).collect(),
            FieldOrderConfig::Listed(names) => names.clone(),
        }
    }
}

impl<'de> Deserialize<'de> for DeprecatedConfig {
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
                f.write_str("a string that describes what to do, or `{ use: FIELD }`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Deprecated, E> {
                Ok(Deprecated { to: None, explanation: Some(text.to_owned()) })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Deprecated, A::Error> {
                let Map { r#use: to, because: explanation } = Map::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Deprecated { to, explanation })
            }
        }
        deserializer.deserialize_any(TextOrMap).map(Self)
    }
}

impl<'de> Deserialize<'de> for TypeSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse_types(&String::deserialize(deserializer)?)
    }
}

fn parse_types<E: Error>(text: &str) -> Result<TypeSpec, E> {
    let (words, required) = match text.strip_suffix('!') {
        Some(words) => (words, true),
        None => (text, false),
    };
    const WORDS: [&str; FieldType::NAMES.len()] = {
        let mut words = [""; FieldType::NAMES.len()];
        let mut index = 0;
        while index < words.len() {
            words[index] = FieldType::NAMES[index].0;
            index += 1;
        }
        words
    };
    let mut types = Vec::new();
    for word in words.split('|').map(str::trim) {
        match FieldType::NAMES.iter().find(|(known, _)| *known == word) {
            Some((_, kind)) => types.push(*kind),
            None if word == "any" => {}
            None => return Err(E::unknown_variant(word, &WORDS)),
        }
    }
    Ok(TypeSpec { types, required })
}

/// A JSON Schema: the path of its file, or the schema itself.
#[derive(Clone)]
pub(crate) enum SchemaConfig {
    Path(String),
    Inline(Json),
}

impl<'de> Deserialize<'de> for SchemaConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathOrMap;
        impl<'de> Visitor<'de> for PathOrMap {
            type Value = SchemaConfig;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("the path of a JSON Schema, or an inline schema")
            }
            fn visit_str<E: Error>(self, path: &str) -> Result<SchemaConfig, E> {
                Ok(SchemaConfig::Path(path.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SchemaConfig, A::Error> {
                Json::deserialize(MapAccessDeserializer::new(map)).map(SchemaConfig::Inline)
            }
        }
        deserializer.deserialize_any(PathOrMap)
    }
}
