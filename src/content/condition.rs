//! `required-when` and `allowed-when`: conditions on a page.

use crate::content::error::{ConfigError, ConfigResult};
use crate::content::types::{Condition, FieldCondition, PathCondition};
use crate::content::vocabulary::ScalarValue;
use crate::data::collections::OrderedMap;
use crate::data::typed::PathSegment;
use crate::data::typed::key;
use crate::fs::Globs;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// `{ layout: event, series: { set: true }, files: "_posts/**" }`: all of it has to hold.
#[derive(Clone, Deserialize)]
pub(crate) struct ConditionConfig(pub(crate) OrderedMap<FieldConditionConfig>);

/// A condition on a field; for `files`, the globs.
#[derive(Clone)]
pub(crate) enum FieldConditionConfig {
    OneOf(Vec<String>),
    More(FieldConditionOptions),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FieldConditionOptions {
    /// Whether it has a value.
    set: Option<bool>,
    /// The values that it must not have.
    not: Option<NotOneOf>,
}

#[derive(Clone)]
struct NotOneOf(Vec<String>);

/// The key that is about the page's path, not about a field.
const FILES: &str = "files";

impl ConditionConfig {
    pub(crate) fn resolve(&self) -> ConfigResult<Condition> {
        let mut condition = Condition::default();
        if self.0.0.is_empty() {
            return Err(ConfigError::at([], "empty condition; name a field and its value"));
        }
        for (name, config) in &self.0.0 {
            match config {
                FieldConditionConfig::OneOf(globs) if name == FILES => condition.files = Some(paths(globs)?),
                FieldConditionConfig::OneOf(values) => {
                    condition.fields.push((name.clone(), FieldCondition::OneOf(values.clone())))
                }
                FieldConditionConfig::More(FieldConditionOptions { set: Some(set), not: None }) => {
                    condition.fields.push((name.clone(), FieldCondition::IsSet(*set)));
                }
                FieldConditionConfig::More(FieldConditionOptions { set: None, not: Some(NotOneOf(values)) }) => {
                    condition.fields.push((name.clone(), FieldCondition::NotOneOf(values.clone())));
                }
                FieldConditionConfig::More(_) => {
                    return Err(ConfigError::at([key(name)], "use either `set` or `not`"));
                }
            }
        }
        Ok(condition)
    }
}

fn paths(globs: &[String]) -> ConfigResult<PathCondition> {
    let set = Globs::new(globs).map_err(|(index, message)| {
        let steps = [key(FILES), PathSegment::Index(index)];
        ConfigError::at(&steps[..if globs.len() > 1 { 2 } else { 1 }], message)
    })?;
    Ok(PathCondition { display: globs.join(", "), globs: set })
}

impl<'de> Deserialize<'de> for NotOneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match FieldConditionConfig::deserialize(deserializer)? {
            FieldConditionConfig::OneOf(values) => Ok(Self(values)),
            FieldConditionConfig::More(_) => {
                Err(D::Error::custom("invalid type: a mapping, expected a value or a list of values"))
            }
        }
    }
}

impl<'de> Deserialize<'de> for FieldConditionConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;
        impl<'de> Visitor<'de> for AnyValue {
            type Value = FieldConditionConfig;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a value, a list of values, `{ set: true }`, or `{ not: VALUE }`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<FieldConditionConfig, E> {
                Ok(FieldConditionConfig::OneOf(vec![text.to_owned()]))
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<FieldConditionConfig, E> {
                self.visit_str(if value { "true" } else { "false" })
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<FieldConditionConfig, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<FieldConditionConfig, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<FieldConditionConfig, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<FieldConditionConfig, A::Error> {
                let terms = Vec::<ScalarValue>::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(FieldConditionConfig::OneOf(terms.into_iter().map(|term| term.0).collect()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FieldConditionConfig, A::Error> {
                FieldConditionOptions::deserialize(MapAccessDeserializer::new(map)).map(FieldConditionConfig::More)
            }
        }
        deserializer.deserialize_any(AnyValue)
    }
}
