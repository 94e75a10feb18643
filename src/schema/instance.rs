//! What the site's YAML parser makes of a value, in terms of JSON.

use crate::data::node::{Scalar, ScalarStyle, ScalarType, Value};
use crate::generator::yaml_dialect::{ResolvedScalar, YamlDialect};
use crate::schema::keyword::JsonType;
use crate::schema::violation::InstanceType;

/// How a page is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InstanceContext {
    /// The site's YAML parser; none for TOML and JSON, whose values are unambiguous.
    pub(crate) yaml_dialect: Option<YamlDialect>,
    /// Whether a date instead of a string fails the build.
    pub(crate) strict_types: bool,
    /// Whether `Title` and `title` are the same key.
    pub(crate) folds_case: bool,
}

/// A value in terms of JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Instance<'a> {
    Null,
    Bool(bool),
    Number(f64),
    String(&'a str),
    /// A date that isn't a string to the site's YAML parser, or may not be.
    Timestamp {
        text: &'a str,
        has_time: bool,
        /// Whether it is rejected where a string is expected.
        rejects_string: bool,
    },
    Array,
    Object,
}

impl Instance<'_> {
    /// What it is.
    pub(crate) fn instance_type(&self) -> InstanceType {
        InstanceType::Of(match self {
            Instance::Timestamp { .. } => return InstanceType::Timestamp,
            Instance::Null => JsonType::Null,
            Instance::Bool(_) => JsonType::Bool,
            Instance::Number(_) => JsonType::Number,
            Instance::String(_) => JsonType::String,
            Instance::Array => JsonType::Array,
            Instance::Object => JsonType::Object,
        })
    }

    /// Whether it is of a type.
    pub(crate) fn has_type(&self, kind: JsonType) -> bool {
        match (self, kind) {
            (Instance::Null, JsonType::Null)
            | (Instance::Bool(_), JsonType::Bool)
            | (Instance::Number(_), JsonType::Number)
            | (Instance::String(_) | Instance::Timestamp { .. }, JsonType::String)
            | (Instance::Array, JsonType::Array)
            | (Instance::Object, JsonType::Object) => true,
            (Instance::Number(number), JsonType::Integer) => number.fract() == 0.0,
            _ => false,
        }
    }
}

impl InstanceContext {
    /// What a value is.
    pub(crate) fn resolve<'a>(&self, value: Value<'a>) -> Instance<'a> {
        let Some(scalar) = value.scalar() else {
            return if value.is_map() { Instance::Object } else { Instance::Array };
        };
        let text = scalar.value.as_str();
        let is_plain = scalar.style == ScalarStyle::Plain && scalar.tag.is_none();
        if let Some(dialect) = self.yaml_dialect.filter(|dialect| is_plain && *dialect != YamlDialect::Unknown) {
            match dialect.resolve(text) {
                ResolvedScalar::Null => return Instance::Null,
                ResolvedScalar::Bool(value) => return Instance::Bool(value),
                ResolvedScalar::Number(printed) => {
                    if let Some(number) = printed.parse().ok().or_else(|| value.number()) {
                        return Instance::Number(number);
                    }
                }
                ResolvedScalar::Timestamp => return self.timestamp(scalar, self.strict_types),
                // Reported by other rules; nobody intends what it would become.
                ResolvedScalar::RolledOverDate | ResolvedScalar::SyntaxError => return self.timestamp(scalar, false),
                // A schema isn't concerned with Ruby's `.nan` and similar.
                ResolvedScalar::String => {
                    return match (scalar.kind, value.number()) {
                        (ScalarType::Float, Some(number)) if text.trim_start_matches(['+', '-']).starts_with(".i") => {
                            Instance::Number(number)
                        }
                        _ => Instance::String(text),
                    };
                }
            }
        }
        match scalar.kind {
            ScalarType::Null => Instance::Null,
            ScalarType::Bool => Instance::Bool(value.bool() == Some(true)),
            ScalarType::Int | ScalarType::Float => value.number().map_or(Instance::String(text), Instance::Number),
            ScalarType::Date | ScalarType::DateTime if scalar.style == ScalarStyle::Plain => {
                self.timestamp(scalar, false)
            }
            ScalarType::Date | ScalarType::DateTime | ScalarType::String => Instance::String(text),
        }
    }

    fn timestamp<'a>(&self, scalar: &'a Scalar, rejects_string: bool) -> Instance<'a> {
        Instance::Timestamp { text: &scalar.value, has_time: scalar.value.trim().len() > 10, rejects_string }
    }

    /// Whether two keys are the same to the site generator.
    pub(crate) fn keys_match(&self, name: &str, key: &str) -> bool {
        name == key || (self.folds_case && name.eq_ignore_ascii_case(key))
    }
}
