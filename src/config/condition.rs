//! `required-when` and `allowed-when`: what has to hold of a page, as a config says it.

use crate::config::collections::Ordered;
use crate::config::fault::{Fault, Outcome};
use crate::config::layer::key;
use crate::config::vocabulary::Term;
use crate::content::{Condition, FieldCondition, PathCondition};
use crate::data::typed::PathSegment;
use crate::fs::Globs;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::sync::Arc;

/// `{ layout: event, series: { set: true }, files: "_posts/**" }`: all of it has to hold.
#[derive(Clone, Deserialize)]
pub(super) struct ConditionFile(pub(super) Ordered<Asked>);

/// What is asked of a field; of `files`, the globs.
#[derive(Clone)]
pub(super) enum Asked {
    OneOf(Vec<String>),
    More(AskedMore),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AskedMore {
    /// Whether it holds something.
    set: Option<bool>,
    /// The values that it may not hold.
    not: Option<NotOneOf>,
}

#[derive(Clone)]
struct NotOneOf(Vec<String>);

/// The key that speaks of the page's path, not of a field.
const FILES: &str = "files";

impl ConditionFile {
    pub(super) fn resolve(&self) -> Outcome<Condition> {
        let mut condition = Condition::default();
        if self.0.0.is_empty() {
            return Err(Fault::at([], "this holds always; name a field and its value"));
        }
        for (name, asked) in &self.0.0 {
            match asked {
                Asked::OneOf(globs) if name == FILES => condition.files = Some(paths(globs)?),
                Asked::OneOf(values) => condition.fields.push((name.clone(), FieldCondition::OneOf(values.clone()))),
                Asked::More(AskedMore { set: Some(set), not: None }) => {
                    condition.fields.push((name.clone(), FieldCondition::IsSet(*set)));
                }
                Asked::More(AskedMore { set: None, not: Some(NotOneOf(values)) }) => {
                    condition.fields.push((name.clone(), FieldCondition::NotOneOf(values.clone())));
                }
                Asked::More(_) => {
                    return Err(Fault::at([key(name)], "say either `set` or `not` here"));
                }
            }
        }
        Ok(condition)
    }
}

fn paths(globs: &[String]) -> Outcome<PathCondition> {
    let set = Globs::new(globs).map_err(|(index, message)| {
        let steps = [key(FILES), PathSegment::Index(index)];
        Fault::at(&steps[..if globs.len() > 1 { 2 } else { 1 }], message)
    })?;
    Ok(PathCondition { shown: globs.join(", "), matches: Arc::new(move |path| set.matches(path)) })
}

impl<'de> Deserialize<'de> for NotOneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Asked::deserialize(deserializer)? {
            Asked::OneOf(values) => Ok(Self(values)),
            Asked::More(_) => Err(D::Error::custom("invalid type: a map, expected a value or a list of values")),
        }
    }
}

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;
        impl<'de> Visitor<'de> for AnyValue {
            type Value = Asked;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a value, a list of values, `{ set: true }` or `{ not: VALUE }`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Asked, E> {
                Ok(Asked::OneOf(vec![text.to_owned()]))
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Asked, E> {
                self.visit_str(if value { "true" } else { "false" })
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Asked, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Asked, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Asked, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Asked, A::Error> {
                let terms = Vec::<Term>::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(Asked::OneOf(terms.into_iter().map(|term| term.0).collect()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Asked, A::Error> {
                AskedMore::deserialize(MapAccessDeserializer::new(map)).map(Asked::More)
            }
        }
        deserializer.deserialize_any(AnyValue)
    }
}
