//! A schema's mistakes in a writer's words, with the way out.

use crate::checks::Finding;
use crate::checks::front_matter::invalid_value::plural;
use crate::checks::front_matter::wrong_type;
use crate::checks::support::{fields, rewrite};
use crate::content::ValueConstraints;
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::Value;
use crate::date;
use crate::document::front_matter::FrontMatter;
use crate::schema::{InstanceType, JsonType, Limit, Location, Violation, ViolationKind};
use crate::text::similarity::{distance, nearest, normalize};
use serde_json::Value as Json;

/// How many values a help names before it stops.
const SHOWN: usize = 8;

/// A mistake on its way to a reader.
pub(crate) struct Telling<'a> {
    pub(crate) mistake: &'a Violation<'a>,
    pub(crate) front: &'a FrontMatter,
    /// What the schema is called.
    pub(crate) schema: &'a str,
}

impl Telling<'_> {
    /// What.
    pub(crate) fn message(&self) -> String {
        let name = self.name();
        let value = self.mistake.location.value();
        let text = fields::crop(value.text().unwrap_or_default());
        match &self.mistake.kind {
            ViolationKind::Type { expected, actual } => {
                format!("{name} should be {}, but is {}", types(expected), describe(*actual, value))
            }
            ViolationKind::OneOf(_) if value.text().is_none() => format!("{name} is none of the values allowed"),
            ViolationKind::OneOf(_) => format!("`{text}` is not one of the values allowed for {}", self.of()),
            ViolationKind::TooSmall(_) => format!("`{text}` is too small for {}", self.of()),
            ViolationKind::TooLarge(_) => format!("`{text}` is too large for {}", self.of()),
            ViolationKind::NotMultiple(step) => format!("`{text}` is not a multiple of {step}"),
            ViolationKind::TooShort(Limit { actual: 0, .. }) => format!("{name} is empty"),
            ViolationKind::TooShort(limit) | ViolationKind::TooLong(limit) => {
                format!("{name} is {} long", plural(limit.actual, "character"))
            }
            ViolationKind::Pattern(_) => format!("{name} is not written in the form asked for"),
            ViolationKind::Format(names) => match impossible(names, value) {
                Some(_) => format!("`{text}` is not on the calendar"),
                None => format!("{name} should be {}, but is `{text}`", formats(names)),
            },
            ViolationKind::TooFewItems(limit) | ViolationKind::TooManyItems(limit) => {
                format!("{name} has {}", plural(limit.actual, "item"))
            }
            ViolationKind::Repeated { .. } if value.text().is_some() => format!("`{text}` is there twice"),
            ViolationKind::Repeated { .. } => format!("{name} is there twice"),
            ViolationKind::ExtraItem { max } => format!("{} takes {} at most", self.of(), plural(*max, "item")),
            ViolationKind::ContainsTooFew { .. } => format!("{name} lacks an item that has to be there"),
            ViolationKind::ContainsTooMany { max } => format!("{name} has more than {max} of a kind"),
            ViolationKind::TooFewKeys(limit) | ViolationKind::TooManyKeys(limit) => {
                format!("{name} has {}", plural(limit.actual, "key"))
            }
            ViolationKind::Missing { key, required_with: None } => format!("`{}` is missing", self.below(key)),
            ViolationKind::Missing { key, required_with: Some(other) } => {
                format!("`{}` is missing beside `{other}`", self.below(key))
            }
            ViolationKind::UnknownKey { .. } => format!("{name} is not a known field"),
            ViolationKind::PropertyName => format!("the key {name} is not written in the form asked for"),
            ViolationKind::Forbidden | ViolationKind::Not if matches!(self.mistake.location, Location::Root(_)) => {
                format!("this front matter is what `{}` rules out", self.schema)
            }
            ViolationKind::Forbidden => format!("{name} may not be here"),
            ViolationKind::Not => format!("{name} is what `{}` rules out", self.schema),
            ViolationKind::Ambiguous => format!("{name} fits several forms that rule each other out"),
            ViolationKind::Timeout => format!("holding this page against `{}` takes too long", self.schema),
        }
    }

    /// Where in a few words, and what to do.
    pub(crate) fn help(&self, finding: &mut Finding) {
        let value = self.mistake.location.value();
        match &self.mistake.kind {
            ViolationKind::Type { expected, .. } => {
                let shape = ValueConstraints {
                    types: expected.iter().filter_map(|kind| field_type(*kind)).collect(),
                    ..ValueConstraints::default()
                };
                if let Some(way_out) = wrong_type::way_out(value, &shape, self.front.format) {
                    way_out.tell(finding);
                }
            }
            ViolationKind::OneOf(allowed) => self.one_of(allowed, value, finding),
            ViolationKind::TooSmall(Limit { limit, exclusive, .. }) => {
                finding.here(format!("{} {limit}", if *exclusive { "more than" } else { "at least" }));
            }
            ViolationKind::TooLarge(Limit { limit, exclusive, .. }) => {
                finding.here(format!("{} {limit}", if *exclusive { "less than" } else { "at most" }));
            }
            ViolationKind::TooShort(limit) => at_least(limit, "character", finding),
            ViolationKind::TooLong(limit) => at_most(limit, "character", finding),
            ViolationKind::TooFewItems(limit) => at_least(limit, "item", finding),
            ViolationKind::TooManyItems(limit) => at_most(limit, "item", finding),
            ViolationKind::TooFewKeys(limit) => at_least(limit, "key", finding),
            ViolationKind::TooManyKeys(limit) => at_most(limit, "key", finding),
            ViolationKind::Pattern(pattern) if self.mistake.message.is_none() => {
                finding.help(format!("it has to match `{}`", fields::crop(pattern)));
            }
            ViolationKind::Format(names) => {
                if let Some(fault) = impossible(names, value) {
                    finding.here(fault);
                }
            }
            ViolationKind::Repeated { first } => {
                finding.label(first.span(), "first here").help("take one of them out");
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
                finding.help("simplify the schema: each level of a page doubles what it asks");
            }
            _ => {}
        }
        if let Some(says) = self.mistake.message {
            finding.help(says.trim().trim_end_matches('.').to_owned());
        }
    }

    fn one_of(&self, allowed: &[&Json], value: Value<'_>, finding: &mut Finding) {
        let terms: Vec<&str> = allowed.iter().filter_map(|json| json.as_str()).collect();
        let Some(text) = value.text() else {
            finding.help(choice(allowed));
            return;
        };
        if terms.contains(&text) {
            // The number 2 for the text `2`.
            let quoted = rewrite::quoted(text);
            finding.help(format!("put it in quotes: `{quoted}`"));
            if let Some(edit) = rewrite::replace(value, quoted) {
                finding.fix("put it in quotes", vec![edit]);
            }
            return;
        }
        let Some(term) = nearest(text, terms.iter().copied()) else {
            finding.help(choice(allowed));
            return;
        };
        finding.help(format!("did you mean `{term}`?"));
        if let Some(edit) = rewrite::respell(value, self.front.format, term) {
            let title = format!("write `{term}`");
            if normalize(term) == normalize(text) {
                finding.fix(title, vec![edit])
            } else {
                finding.unsafe_fix(title, vec![edit])
            };
        }
    }

    fn unknown_key(&self, known: &[&str], finding: &mut Finding) {
        let Location::Key(entry) = self.mistake.location else { return };
        let key = entry.key.text().unwrap_or_default();
        let Some(name) = nearest(key, known.iter().copied()) else {
            finding.help(format!("drop it, or add it to `{}`", self.schema));
            return;
        };
        finding.help(format!("did you mean `{name}`?"));
        if let Some(edit) = rewrite::respell(entry.key, self.front.format, name) {
            let title = format!("rename `{key}` to `{name}`");
            if normalize(key) == normalize(name) || distance(key, name) <= 1 {
                finding.fix(title, vec![edit])
            } else {
                finding.unsafe_fix(title, vec![edit])
            };
        }
    }

    /// What the value is called in a message.
    fn name(&self) -> String {
        match self.mistake.location {
            Location::Root(_) => "the front matter".to_owned(),
            Location::Item(_) => format!("an item of {}", self.of()),
            Location::Value(_) | Location::Key(_) => self.of(),
        }
    }

    /// What the value, or its list, is called.
    fn of(&self) -> String {
        if self.mistake.path.is_empty() { "the front matter".to_owned() } else { format!("`{}`", self.mistake.path) }
    }

    /// The name of a key in the same map.
    fn below(&self, key: &str) -> String {
        let map = match self.mistake.location {
            Location::Key(_) => self.mistake.path.rsplit_once('.').map_or("", |(map, _)| map),
            _ => &self.mistake.path,
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
fn types(wanted: &[JsonType]) -> String {
    let named: Vec<FieldType> = wanted.iter().filter_map(|kind| field_type(*kind)).collect();
    if named.is_empty() { "empty".to_owned() } else { wrong_type::wanted(&named) }
}

/// A value as the site's reader takes it.
fn describe(is: InstanceType, value: Value<'_>) -> String {
    let text = fields::crop(value.text().unwrap_or_default());
    let is_word = ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    match is {
        InstanceType::Timestamp => format!("the date `{text}`"),
        InstanceType::Of(JsonType::Null) => "empty".to_owned(),
        InstanceType::Of(JsonType::Bool) if is_word => format!("`{text}`"),
        InstanceType::Of(JsonType::Bool) => format!("`{text}`, which is read as true or false"),
        InstanceType::Of(JsonType::Integer | JsonType::Number) => format!("the number `{text}`"),
        InstanceType::Of(JsonType::String) if text.is_empty() => "empty".to_owned(),
        InstanceType::Of(JsonType::String) => value.scalar().map_or_else(String::new, wrong_type::text_in_quotes),
        InstanceType::Of(JsonType::Array) => "a list".to_owned(),
        InstanceType::Of(JsonType::Object) => "a map of keys and values".to_owned(),
    }
}

/// `a day such as …`
fn formats(names: &[&str]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for name in names {
        let word = match *name {
            "date" => "a day like `2024-01-31`",
            "date-time" => "a day with its time like `2024-01-31T09:05:00Z`",
            "time" => "a time of day like `09:05:00Z`",
            "email" | "idn-email" => "a mail address",
            "hostname" => "the name of a host",
            "uri" | "url" | "iri" => "a web address with its `https://`",
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

/// Why there is no such day, where it is written as days are.
fn impossible(names: &[&str], value: Value<'_>) -> Option<String> {
    names.iter().any(|name| matches!(*name, "date" | "date-time")).then_some(())?;
    date::parse(value.text()?)?.validation_error()
}

/// ``use `a`, `b` or …``
fn choice(allowed: &[&Json]) -> String {
    let shown: Vec<String> = allowed
        .iter()
        .take(SHOWN)
        .map(|json| format!("`{}`", fields::crop(&json.as_str().map_or_else(|| json.to_string(), str::to_owned))))
        .collect();
    match (shown.split_last(), allowed.len() - shown.len()) {
        (None, _) => "no value is allowed".to_owned(),
        (Some((only, [])), 0) => format!("write {only}"),
        (Some((last, others)), 0) => format!("use {} or {last}", others.join(", ")),
        (_, more) => format!("use one of {} and {more} more", shown.join(", ")),
    }
}

fn at_least(limit: &Limit<usize>, unit: &str, finding: &mut Finding) {
    finding.here(format!("at least {}", limit.limit));
    finding.help(format!("add at least {}", plural(limit.limit - limit.actual, unit)));
}

fn at_most(limit: &Limit<usize>, unit: &str, finding: &mut Finding) {
    finding.here(format!("at most {}", limit.limit));
    finding.help(format!("take out {}", plural(limit.actual - limit.limit, unit)));
}
