//! Messages and fixes for violations of a JSON Schema.

use crate::checks::finding::Finding;
use crate::checks::front_matter::expected_type;
use crate::checks::front_matter::invalid_value::plural;
use crate::checks::support::{fields, rewrite};
use crate::content::ValueConstraints;
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::Value;
use crate::date;
use crate::diagnostic::FixEffect;
use crate::document::front_matter::FrontMatter;
use crate::schema::{InstanceType, JsonType, Limit, Location, Violation, ViolationKind};
use crate::text::similarity::nearest;
use serde_json::Value as Json;

/// The maximum number of values in a help.
const MAX_SHOWN: usize = 8;

/// A violation with what its message needs to know.
pub(super) struct ViolationMessage<'a> {
    pub(super) violation: &'a Violation<'a>,
    pub(super) front: &'a FrontMatter,
    /// The name of the schema.
    pub(super) schema: &'a str,
}

impl ViolationMessage<'_> {
    /// The message. It is over 60 lines because it is a table: a kind of violation and its words.
    pub(super) fn message(&self) -> String {
        let name = self.name();
        let value = self.violation.location.value();
        let text = fields::truncate(value.text().unwrap_or_default());
        match &self.violation.kind {
            ViolationKind::Type { expected, actual } => {
                format!("{name} should be {}, but is {}", expected_types(expected), describe(*actual, value))
            }
            ViolationKind::OneOf(_) if value.text().is_none() => format!("{name} is not an allowed value"),
            ViolationKind::OneOf(allowed) => {
                let message = format!("invalid value `{text}` for {}", self.subject());
                let terms = || allowed.iter().filter_map(|json| json.as_str());
                let written = value.text().unwrap_or_default();
                // The number 2 in place of the string `2` isn't misspelled.
                let near = if terms().any(|term| term == written) { None } else { nearest(written, terms()) };
                near.map_or(message.clone(), |term| format!("{message}; did you mean `{term}`?"))
            }
            ViolationKind::TooSmall(Limit { limit, exclusive, .. }) => {
                let bound = if *exclusive { "it must be greater than" } else { "the minimum is" };
                format!("`{text}` is too small for {}; {bound} {limit}", self.subject())
            }
            ViolationKind::TooLarge(Limit { limit, exclusive, .. }) => {
                let bound = if *exclusive { "it must be less than" } else { "the maximum is" };
                format!("`{text}` is too large for {}; {bound} {limit}", self.subject())
            }
            ViolationKind::NotMultiple(step) => format!("`{text}` is not a multiple of {step}"),
            ViolationKind::TooShort(Limit { actual: 0, .. }) => format!("{name} is empty"),
            ViolationKind::TooShort(limit) | ViolationKind::TooLong(limit) => {
                format!("{name} is {} long; {}", plural(limit.actual, "character"), bound(limit))
            }
            ViolationKind::Pattern(_) => format!("{name} does not match the required pattern"),
            ViolationKind::Format(names) => match invalid_date(names, value) {
                Some(_) => format!("invalid date `{text}`"),
                None => format!("{name} should be {}, but is `{text}`", expected_formats(names)),
            },
            ViolationKind::TooFewItems(limit) | ViolationKind::TooManyItems(limit) => {
                format!("{name} has {}; {}", plural(limit.actual, "item"), bound(limit))
            }
            ViolationKind::Repeated { .. } if value.text().is_some() => format!("duplicate item `{text}`"),
            ViolationKind::Repeated { .. } => format!("{name} is a duplicate"),
            ViolationKind::ExtraItem { max } => format!("{} allows at most {}", self.subject(), plural(*max, "item")),
            ViolationKind::ContainsTooFew => format!("{name} is missing a required item"),
            ViolationKind::ContainsTooMany { max } => format!("{name} has more than {max} items that match `contains`"),
            ViolationKind::TooFewKeys(limit) | ViolationKind::TooManyKeys(limit) => {
                format!("{name} has {}; {}", plural(limit.actual, "key"), bound(limit))
            }
            ViolationKind::Missing { key, required_with: None } => {
                format!("missing field `{}`", self.sibling_path(key))
            }
            ViolationKind::Missing { key, required_with: Some(other) } => {
                format!("missing field `{}`, required with `{other}`", self.sibling_path(key))
            }
            ViolationKind::UnknownKey { known } => {
                let key = match self.violation.location {
                    Location::Key(entry) => entry.key.text().unwrap_or_default(),
                    _ => "",
                };
                match nearest(key, known.iter().copied()) {
                    Some(suggestion) => format!("unknown field {name}; did you mean `{suggestion}`?"),
                    None => format!("unknown field {name}"),
                }
            }
            ViolationKind::PropertyName => format!("field name {name} does not match the required pattern"),
            ViolationKind::Forbidden | ViolationKind::Not if matches!(self.violation.location, Location::Root(_)) => {
                format!("schema `{}` does not allow this front matter", self.schema)
            }
            ViolationKind::Forbidden => format!("{name} is not allowed"),
            ViolationKind::Not => format!("schema `{}` does not allow this value for {name}", self.schema),
            ViolationKind::Ambiguous => format!("{name} matches more than one schema in `oneOf`"),
            ViolationKind::Timeout => format!("validation against schema `{}` took too long", self.schema),
        }
    }

    /// Adds the label, the help and the fix.
    pub(super) fn help(&self, finding: &mut Finding) {
        let value = self.violation.location.value();
        match &self.violation.kind {
            ViolationKind::Type { expected, .. } => {
                let shape = ValueConstraints {
                    types: expected.iter().filter_map(|kind| field_type(*kind)).collect(),
                    ..ValueConstraints::default()
                };
                if let Some(suggested_fix) = expected_type::suggest_fix(value, &shape, self.front.format) {
                    suggested_fix.add_to(finding);
                }
            }
            ViolationKind::OneOf(allowed) => self.one_of(allowed, value, finding),
            ViolationKind::TooShort(limit) => at_least(limit, "character", finding),
            ViolationKind::TooLong(limit) => at_most(limit, "character", finding),
            ViolationKind::TooFewItems(limit) => at_least(limit, "item", finding),
            ViolationKind::TooManyItems(limit) => at_most(limit, "item", finding),
            ViolationKind::TooFewKeys(limit) => at_least(limit, "key", finding),
            ViolationKind::TooManyKeys(limit) => at_most(limit, "key", finding),
            ViolationKind::Pattern(pattern) if self.violation.message.is_none() => {
                finding.help(format!("it must match `{}`", fields::truncate(pattern)));
            }
            ViolationKind::Format(names) => {
                if let Some(error) = invalid_date(names, value) {
                    finding.label_primary(error);
                }
            }
            ViolationKind::Repeated { first } => {
                finding.label(first.span(), "first used here").help("remove one of them");
            }
            ViolationKind::Missing { key, .. } => {
                let written = match self.front.format {
                    FrontMatterFormat::Yaml => format!("{key}: …"),
                    FrontMatterFormat::Toml => format!("{key} = …"),
                    FrontMatterFormat::Json => format!("\"{key}\": …"),
                };
                finding.help(format!("add `{written}`"));
            }
            ViolationKind::UnknownKey { known } => self.unknown_key(known, finding),
            ViolationKind::Timeout => {
                finding.help("simplify the schema; validation time doubles with each nesting level");
            }
            _ => {}
        }
        if let Some(explanation) = self.violation.message {
            finding.help(explanation.trim().trim_end_matches('.').to_owned());
        }
    }

    fn one_of(&self, allowed: &[&Json], value: Value<'_>, finding: &mut Finding) {
        let terms: Vec<&str> = allowed.iter().filter_map(|json| json.as_str()).collect();
        let Some(text) = value.text() else {
            finding.help(allowed_values(allowed));
            return;
        };
        if terms.contains(&text) {
            // The number 2 in place of the string `2`.
            let quoted = rewrite::quoted(text);
            finding.help(format!("quote it: `{quoted}`"));
            if let Some(edit) = rewrite::replace(value, quoted) {
                finding.unsafe_fix("Quote the value", vec![edit]).fix_effect(FixEffect::Type);
            }
            return;
        }
        let Some(term) = nearest(text, terms.iter().copied()) else {
            finding.help(allowed_values(allowed));
            return;
        };
        if let Some(edit) = rewrite::replace_scalar(value, self.front.format, term) {
            let title = format!("Replace with `{term}`");
            finding.unsafe_fix(title, vec![edit]);
        }
    }

    fn unknown_key(&self, known: &[&str], finding: &mut Finding) {
        let Location::Key(entry) = self.violation.location else { return };
        let key = entry.key.text().unwrap_or_default();
        let Some(name) = nearest(key, known.iter().copied()) else {
            finding.help(format!("remove it, or add it to the schema `{}`", self.schema));
            return;
        };
        if let Some(edit) = rewrite::replace_scalar(entry.key, self.front.format, name) {
            let title = format!("Rename `{key}` to `{name}`");
            finding.unsafe_fix(title, vec![edit]);
        }
    }

    /// The name of the value in the message.
    fn name(&self) -> String {
        match self.violation.location {
            Location::Root(_) => "the front matter".to_owned(),
            Location::Item(_) => format!("an item of {}", self.subject()),
            Location::Value(_) | Location::Key(_) => self.subject(),
        }
    }

    /// The name of the value, or of the list it is in.
    fn subject(&self) -> String {
        if self.violation.path.is_empty() {
            "the front matter".to_owned()
        } else {
            format!("`{}`", self.violation.path)
        }
    }

    /// The path of another key of the same mapping.
    fn sibling_path(&self, key: &str) -> String {
        let map = match self.violation.location {
            Location::Key(_) => self.violation.path.rsplit_once('.').map_or("", |(map, _)| map),
            _ => &self.violation.path,
        };
        if map.is_empty() { key.to_owned() } else { format!("{map}.{key}") }
    }
}

fn field_type(kind: JsonType) -> Option<FieldType> {
    Some(match kind {
        JsonType::Null => return None,
        JsonType::Bool => FieldType::Bool,
        JsonType::Integer => FieldType::Int,
        JsonType::Number => FieldType::Number,
        JsonType::String => FieldType::String,
        JsonType::Array => FieldType::List,
        JsonType::Object => FieldType::Map,
    })
}

/// `text or a list`
fn expected_types(expected: &[JsonType]) -> String {
    let named: Vec<FieldType> = expected.iter().filter_map(|kind| field_type(*kind)).collect();
    if named.is_empty() { "empty".to_owned() } else { expected_type::expected_types(&named) }
}

/// A value as the generator interprets it.
fn describe(is: InstanceType, value: Value<'_>) -> String {
    let text = fields::truncate(value.text().unwrap_or_default());
    let is_word = ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    match is {
        InstanceType::Timestamp => format!("the date `{text}`"),
        InstanceType::Of(JsonType::Null) => "empty".to_owned(),
        InstanceType::Of(JsonType::Bool) if is_word => format!("`{text}`"),
        InstanceType::Of(JsonType::Bool) => format!("`{text}`, which is parsed as a boolean"),
        InstanceType::Of(JsonType::Integer | JsonType::Number) => format!("the number `{text}`"),
        InstanceType::Of(JsonType::String) if text.is_empty() => "empty".to_owned(),
        InstanceType::Of(JsonType::String) => value.scalar().map_or_else(String::new, expected_type::describe_string),
        InstanceType::Of(JsonType::Array) => "a list".to_owned(),
        InstanceType::Of(JsonType::Object) => "a mapping".to_owned(),
    }
}

/// `a day such as …`
fn expected_formats(names: &[&str]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for name in names {
        let word = match *name {
            "date" => "a date such as `2024-01-31`",
            "date-time" => "a date and time such as `2024-01-31T09:05:00Z`",
            "time" => "a time such as `09:05:00Z`",
            "email" | "idn-email" => "an email address",
            "hostname" => "a host name",
            "uri" | "url" | "iri" => "an absolute URL",
            "ipv4" => "an IP address",
            "uuid" => "a UUID",
            "regex" => "a regular expression",
            other => other,
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" or ")
}

/// Why a string in a date format isn't a valid date.
fn invalid_date(names: &[&str], value: Value<'_>) -> Option<String> {
    names.iter().any(|name| matches!(*name, "date" | "date-time")).then_some(())?;
    date::parse(value.text()?)?.validation_error()
}

/// ``use `a`, `b` or …``
fn allowed_values(allowed: &[&Json]) -> String {
    let shown: Vec<String> = allowed
        .iter()
        .take(MAX_SHOWN)
        .map(|json| format!("`{}`", fields::truncate(&json.as_str().map_or_else(|| json.to_string(), str::to_owned))))
        .collect();
    match (shown.split_last(), allowed.len() - shown.len()) {
        (None, _) => "no value is allowed".to_owned(),
        (Some((only, [])), 0) => format!("use {only}"),
        (Some((last, others)), 0) => format!("use {} or {last}", others.join(", ")),
        (_, more) => format!("use one of {} or {more} others", shown.join(", ")),
    }
}

/// `the maximum is 5`
fn bound(limit: &Limit<usize>) -> String {
    let which = if limit.actual < limit.limit { "minimum" } else { "maximum" };
    format!("the {which} is {}", limit.limit)
}

fn at_least(limit: &Limit<usize>, unit: &str, finding: &mut Finding) {
    finding.help(format!("add at least {}", plural(limit.limit - limit.actual, unit)));
}

fn at_most(limit: &Limit<usize>, unit: &str, finding: &mut Finding) {
    finding.help(format!("remove {}", plural(limit.actual - limit.limit, unit)));
}
