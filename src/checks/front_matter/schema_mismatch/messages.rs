//! A schema's mistakes in a writer's words, with the way out.

use crate::checks::finding::Finding;
use crate::checks::front_matter::invalid_value::plural;
use crate::checks::front_matter::wrong_type;
use crate::checks::support::{fields, rewrite};
use crate::content::Shape;
use crate::data::field_type::FieldType;
use crate::data::node::Value;
use crate::data::problem::Syntax;
use crate::date;
use crate::document::front_matter::FrontMatter;
use crate::schema::{At, Fault, Is, Limit, Mistake, Type};
use crate::text::words::{distance, fold, nearest};
use serde_json::Value as Json;

/// How many values a help names before it stops.
const MAX_SHOWN: usize = 8;

/// A mistake on its way to a reader.
pub(crate) struct ViolationMessage<'a> {
    pub(crate) violation: &'a Mistake<'a>,
    pub(crate) front: &'a FrontMatter,
    /// What the schema is called.
    pub(crate) schema: &'a str,
}

impl ViolationMessage<'_> {
    /// What.
    pub(crate) fn message(&self) -> String {
        let name = self.name();
        let value = self.violation.at.value();
        let text = fields::truncate(value.text().unwrap_or_default());
        match &self.violation.fault {
            Fault::Type { wanted, is } => {
                format!("{name} should be {}, but is {}", expected_types(wanted), describe(*is, value))
            }
            Fault::OneOf(_) if value.text().is_none() => format!("{name} is none of the values allowed"),
            Fault::OneOf(_) => format!("`{text}` is not one of the values allowed for {}", self.subject()),
            Fault::TooSmall(_) => format!("`{text}` is too small for {}", self.subject()),
            Fault::TooLarge(_) => format!("`{text}` is too large for {}", self.subject()),
            Fault::NotMultiple(step) => format!("`{text}` is not a multiple of {step}"),
            Fault::TooShort(Limit { is: 0, .. }) => format!("{name} is empty"),
            Fault::TooShort(limit) | Fault::TooLong(limit) => {
                format!("{name} is {} long", plural(limit.is, "character"))
            }
            Fault::Pattern(_) => format!("{name} is not written in the form asked for"),
            Fault::Format(names) => match invalid_date(names, value) {
                Some(_) => format!("`{text}` is not on the calendar"),
                None => format!("{name} should be {}, but is `{text}`", expected_formats(names)),
            },
            Fault::TooFewItems(limit) | Fault::TooManyItems(limit) => {
                format!("{name} has {}", plural(limit.is, "item"))
            }
            Fault::Repeated { .. } if value.text().is_some() => format!("`{text}` is there twice"),
            Fault::Repeated { .. } => format!("{name} is there twice"),
            Fault::ExtraItem { most } => format!("{} takes {} at most", self.subject(), plural(*most, "item")),
            Fault::Lacking { .. } => format!("{name} lacks an item that has to be there"),
            Fault::Plenty { max } => format!("{name} has more than {max} of a kind"),
            Fault::TooFewKeys(limit) | Fault::TooManyKeys(limit) => format!("{name} has {}", plural(limit.is, "key")),
            Fault::Missing { key, beside: None } => format!("`{}` is missing", self.sibling_path(key)),
            Fault::Missing { key, beside: Some(other) } => {
                format!("`{}` is missing beside `{other}`", self.sibling_path(key))
            }
            Fault::UnknownKey { .. } => format!("{name} is not a known field"),
            Fault::KeyForm => format!("the key {name} is not written in the form asked for"),
            Fault::Forbidden | Fault::Not if matches!(self.violation.at, At::Root(_)) => {
                format!("this front matter is what `{}` rules out", self.schema)
            }
            Fault::Forbidden => format!("{name} may not be here"),
            Fault::Not => format!("{name} is what `{}` rules out", self.schema),
            Fault::Ambiguous => format!("{name} fits several forms that rule each other out"),
            Fault::TooCostly => format!("holding this page against `{}` takes too long", self.schema),
        }
    }

    /// Where in a few words, and what to do.
    pub(crate) fn help(&self, finding: &mut Finding) {
        let value = self.violation.at.value();
        match &self.violation.fault {
            Fault::Type { wanted, .. } => {
                let shape =
                    Shape { types: wanted.iter().filter_map(|kind| field_type(*kind)).collect(), ..Shape::default() };
                if let Some(suggested_fix) = wrong_type::suggest_fix(value, &shape, self.front.syntax) {
                    suggested_fix.add_to(finding);
                }
            }
            Fault::OneOf(allowed) => self.one_of(allowed, value, finding),
            Fault::TooSmall(Limit { limit, exclusive, .. }) => {
                finding.label_primary(format!("{} {limit}", if *exclusive { "more than" } else { "at least" }));
            }
            Fault::TooLarge(Limit { limit, exclusive, .. }) => {
                finding.label_primary(format!("{} {limit}", if *exclusive { "less than" } else { "at most" }));
            }
            Fault::TooShort(limit) => at_least(limit, "character", finding),
            Fault::TooLong(limit) => at_most(limit, "character", finding),
            Fault::TooFewItems(limit) => at_least(limit, "item", finding),
            Fault::TooManyItems(limit) => at_most(limit, "item", finding),
            Fault::TooFewKeys(limit) => at_least(limit, "key", finding),
            Fault::TooManyKeys(limit) => at_most(limit, "key", finding),
            Fault::Pattern(pattern) if self.violation.says.is_none() => {
                finding.help(format!("it has to match `{}`", fields::truncate(pattern)));
            }
            Fault::Format(names) => {
                if let Some(error) = invalid_date(names, value) {
                    finding.label_primary(error);
                }
            }
            Fault::Repeated { first } => {
                finding.label(first.span(), "first here").help("take one of them out");
            }
            Fault::Missing { key, .. } => {
                let written = match self.front.syntax {
                    Syntax::Yaml => format!("{key}: …"),
                    Syntax::Toml => format!("{key} = …"),
                    Syntax::Json => format!("\"{key}\": …"),
                };
                finding.help(format!("add `{written}`"));
            }
            Fault::UnknownKey { known } => self.unknown_key(known, finding),
            Fault::TooCostly => {
                finding.help("simplify the schema: each level of a page doubles what it asks");
            }
            _ => {}
        }
        if let Some(explanation) = self.violation.says {
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
            // The number 2 for the text `2`.
            let quoted = rewrite::quoted(text);
            finding.help(format!("put it in quotes: `{quoted}`"));
            if let Some(edit) = rewrite::replace(value, quoted) {
                finding.fix("put it in quotes", vec![edit]);
            }
            return;
        }
        let Some(term) = nearest(text, terms.iter().copied()) else {
            finding.help(allowed_values(allowed));
            return;
        };
        finding.help(format!("did you mean `{term}`?"));
        if let Some(edit) = rewrite::replace_scalar(value, self.front.syntax, term) {
            let title = format!("write `{term}`");
            if fold(term) == fold(text) {
                finding.fix(title, vec![edit])
            } else {
                finding.unsafe_fix(title, vec![edit])
            };
        }
    }

    fn unknown_key(&self, known: &[&str], finding: &mut Finding) {
        let At::Key(entry) = self.violation.at else { return };
        let key = entry.key.text().unwrap_or_default();
        let Some(name) = nearest(key, known.iter().copied()) else {
            finding.help(format!("drop it, or add it to `{}`", self.schema));
            return;
        };
        finding.help(format!("did you mean `{name}`?"));
        if let Some(edit) = rewrite::replace_scalar(entry.key, self.front.syntax, name) {
            let title = format!("rename `{key}` to `{name}`");
            if fold(key) == fold(name) || distance(key, name) <= 1 {
                finding.fix(title, vec![edit])
            } else {
                finding.unsafe_fix(title, vec![edit])
            };
        }
    }

    /// What the value is called in a message.
    fn name(&self) -> String {
        match self.violation.at {
            At::Root(_) => "the front matter".to_owned(),
            At::Item(_) => format!("an item of {}", self.subject()),
            At::Value(_) | At::Key(_) => self.subject(),
        }
    }

    /// What the value, or its list, is called.
    fn subject(&self) -> String {
        if self.violation.name.is_empty() {
            "the front matter".to_owned()
        } else {
            format!("`{}`", self.violation.name)
        }
    }

    /// The name of a key in the same map.
    fn sibling_path(&self, key: &str) -> String {
        let map = match self.violation.at {
            At::Key(_) => self.violation.name.rsplit_once('.').map_or("", |(map, _)| map),
            _ => &self.violation.name,
        };
        if map.is_empty() { key.to_owned() } else { format!("{map}.{key}") }
    }
}

fn field_type(kind: Type) -> Option<FieldType> {
    Some(match kind {
        Type::Null => return None,
        Type::Bool => FieldType::Bool,
        Type::Integer => FieldType::Int,
        Type::Number => FieldType::Number,
        Type::Text => FieldType::String,
        Type::List => FieldType::List,
        Type::Map => FieldType::Map,
    })
}

/// `text or a list`
fn expected_types(wanted: &[Type]) -> String {
    let named: Vec<FieldType> = wanted.iter().filter_map(|kind| field_type(*kind)).collect();
    if named.is_empty() { "empty".to_owned() } else { wrong_type::expected_types(&named) }
}

/// A value as the site's reader takes it.
fn describe(is: Is, value: Value<'_>) -> String {
    let text = fields::truncate(value.text().unwrap_or_default());
    let is_word = ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    match is {
        Is::Time => format!("the date `{text}`"),
        Is::Of(Type::Null) => "empty".to_owned(),
        Is::Of(Type::Bool) if is_word => format!("`{text}`"),
        Is::Of(Type::Bool) => format!("`{text}`, which is read as true or false"),
        Is::Of(Type::Integer | Type::Number) => format!("the number `{text}`"),
        Is::Of(Type::Text) if text.is_empty() => "empty".to_owned(),
        Is::Of(Type::Text) => value.scalar().map_or_else(String::new, wrong_type::describe_string),
        Is::Of(Type::List) => "a list".to_owned(),
        Is::Of(Type::Map) => "a map of keys and values".to_owned(),
    }
}

/// `a day such as …`
fn expected_formats(names: &[&str]) -> String {
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
fn invalid_date(names: &[&str], value: Value<'_>) -> Option<String> {
    names.iter().any(|name| matches!(*name, "date" | "date-time")).then_some(())?;
    date::read(value.text()?)?.fault()
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
        (Some((only, [])), 0) => format!("write {only}"),
        (Some((last, others)), 0) => format!("use {} or {last}", others.join(", ")),
        (_, more) => format!("use one of {} and {more} more", shown.join(", ")),
    }
}

fn at_least(limit: &Limit<usize>, unit: &str, finding: &mut Finding) {
    finding.label_primary(format!("at least {}", limit.limit));
    finding.help(format!("add at least {}", plural(limit.limit - limit.is, unit)));
}

fn at_most(limit: &Limit<usize>, unit: &str, finding: &mut Finding) {
    finding.label_primary(format!("at most {}", limit.limit));
    finding.help(format!("take out {}", plural(limit.is - limit.limit, unit)));
}
