//! What the site's reader makes of a value, in the terms of JSON.

use crate::data::node::{Kind, Scalar, Style, Value};
use crate::generator::reader::{Reader, Reading};
use crate::schema::fault::Is;
use crate::schema::keyword::Type;

/// How a page is read.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The site's reader of YAML; none for TOML and JSON, whose values are what they are.
    pub reader: Option<Reader>,
    /// Whether a date for a text fails the build.
    pub strict: bool,
    /// Whether `Title` and `title` are the same key.
    pub folds_case: bool,
}

/// A value in the terms of JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Instance<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
    /// A date that isn't text to the site's reader, or may not be.
    Time {
        text: &'a str,
        has_clock: bool,
        /// Whether nothing can be made of it where a text is asked for.
        is_strict: bool,
    },
    List,
    Map,
}

impl Instance<'_> {
    /// What it is.
    pub(crate) fn what(&self) -> Is {
        Is::Of(match self {
            Instance::Time { .. } => return Is::Time,
            Instance::Null => Type::Null,
            Instance::Bool(_) => Type::Bool,
            Instance::Number(_) => Type::Number,
            Instance::Text(_) => Type::Text,
            Instance::List => Type::List,
            Instance::Map => Type::Map,
        })
    }

    /// Whether it is of a type.
    pub(crate) fn is(&self, kind: Type) -> bool {
        match (self, kind) {
            (Instance::Null, Type::Null)
            | (Instance::Bool(_), Type::Bool)
            | (Instance::Number(_), Type::Number)
            | (Instance::Text(_) | Instance::Time { .. }, Type::Text)
            | (Instance::List, Type::List)
            | (Instance::Map, Type::Map) => true,
            (Instance::Number(number), Type::Integer) => number.fract() == 0.0,
            _ => false,
        }
    }
}

impl View {
    /// What a value is.
    pub(crate) fn of<'a>(&self, value: Value<'a>) -> Instance<'a> {
        let Some(scalar) = value.scalar() else {
            return if value.is_map() { Instance::Map } else { Instance::List };
        };
        let text = scalar.value.as_str();
        let is_plain = scalar.style == Style::Plain && scalar.tag.is_none();
        if let Some(reader) = self.reader.filter(|reader| is_plain && *reader != Reader::Unknown) {
            match reader.read(text) {
                Reading::Null => return Instance::Null,
                Reading::Bool(value) => return Instance::Bool(value),
                Reading::Number(printed) => {
                    if let Some(number) = printed.parse().ok().or_else(|| value.number()) {
                        return Instance::Number(number);
                    }
                }
                Reading::Time => return self.time(scalar, self.strict),
                // Told by other rules; what it would become is nobody's intention.
                Reading::MovedDay | Reading::Refused => return self.time(scalar, false),
                // Ruby's `.nan` and the like are no business of a schema.
                Reading::Text => {
                    return match (scalar.kind, value.number()) {
                        (Kind::Float, Some(number)) if text.trim_start_matches(['+', '-']).starts_with(".i") => {
                            Instance::Number(number)
                        }
                        _ => Instance::Text(text),
                    };
                }
            }
        }
        match scalar.kind {
            Kind::Null => Instance::Null,
            Kind::Bool => Instance::Bool(value.bool() == Some(true)),
            Kind::Int | Kind::Float => value.number().map_or(Instance::Text(text), Instance::Number),
            Kind::Date | Kind::DateTime if scalar.style == Style::Plain => self.time(scalar, false),
            Kind::Date | Kind::DateTime | Kind::String => Instance::Text(text),
        }
    }

    fn time<'a>(&self, scalar: &'a Scalar, is_strict: bool) -> Instance<'a> {
        Instance::Time { text: &scalar.value, has_clock: scalar.value.trim().len() > 10, is_strict }
    }

    /// Whether two keys are the same to the site.
    pub(crate) fn same(&self, name: &str, key: &str) -> bool {
        name == key || (self.folds_case && name.eq_ignore_ascii_case(key))
    }
}
