//! Validates the tree of a page against a schema: every violation with its location, within a limited number of steps.

pub(crate) mod branches;
pub(crate) mod parts;

use crate::data::node::{Entry, Value};
use crate::schema::equal;
use crate::schema::instance::{Instance, InstanceContext};
use crate::schema::keyword::{JsonType, Keyword, Node, NodeId};
use crate::schema::types::Schema;
use crate::schema::violation::{Limit, Location, Violation, ViolationKind};
use std::collections::BTreeSet;

/// The maximum number of keywords evaluated for one page: a thousand times what a large schema needs for long front
/// matter. Stops a schema that doubles its work with each level of a page.
const MAX_STEPS: usize = 200_000;
/// The maximum depth of nested schemas, which bounds the stack.
const MAX_DEPTH: usize = 300;

pub(crate) fn validate<'a>(schema: &'a Schema, value: Value<'a>, context: InstanceContext) -> Vec<Violation<'a>> {
    let mut walk = Validator { schema, context, steps: MAX_STEPS, depth: 0, path: Vec::new() };
    let mut found = Vec::new();
    walk.apply(schema.root, Location::Root(value), &mut found);
    if walk.steps == 0 {
        return vec![Violation {
            location: Location::Root(value),
            path: String::new(),
            kind: ViolationKind::Timeout,
            message: None,
        }];
    }
    found
}

/// The parts of a value that some schema has evaluated.
#[derive(Default)]
struct EvaluatedLocations {
    keys: BTreeSet<usize>,
    items: BTreeSet<usize>,
}

impl EvaluatedLocations {
    fn add(&mut self, other: EvaluatedLocations) {
        self.keys.extend(other.keys);
        self.items.extend(other.items);
    }
}

/// A walk over the tree of a page, along the schemas that apply to it.
struct Validator<'a> {
    schema: &'a Schema,
    context: InstanceContext,
    /// How many are left.
    steps: usize,
    depth: usize,
    /// The keys that lead to the current value.
    path: Vec<&'a str>,
}

/// A value while the keywords of one schema are evaluated.
struct CurrentValue<'a> {
    node: &'a Node,
    location: Location<'a>,
    instance: Instance<'a>,
    seen: EvaluatedLocations,
}

impl<'a> Validator<'a> {
    /// Applies a schema to a value.
    fn apply(&mut self, id: NodeId, location: Location<'a>, out: &mut Vec<Violation<'a>>) -> EvaluatedLocations {
        if self.depth == MAX_DEPTH {
            self.steps = 0;
        }
        let schema = self.schema;
        let node = &schema.nodes[id];
        let mut here = CurrentValue {
            node,
            location,
            instance: self.context.resolve(location.value()),
            seen: EvaluatedLocations::default(),
        };
        self.depth += 1;
        for keyword in &node.keywords {
            if !self.spend(1) {
                break;
            }
            self.keyword(keyword, &mut here, out);
        }
        self.depth -= 1;
        here.seen
    }

    /// Uses up steps; false if none is left.
    fn spend(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_sub(steps);
        self.steps > 0
    }

    fn keyword(&mut self, keyword: &'a Keyword, here: &mut CurrentValue<'a>, out: &mut Vec<Violation<'a>>) {
        match keyword {
            Keyword::Never => self.report(here, ViolationKind::Forbidden, out),
            Keyword::Type(expected) => self.check_type(expected, here, out),
            Keyword::Enum(values) => {
                self.spend(values.len());
                if !values.iter().any(|json| equal::equals_json(self.context, here.location.value(), json)) {
                    self.report(here, ViolationKind::OneOf(values.iter().collect()), out);
                }
            }
            Keyword::AllOf(_)
            | Keyword::AnyOf(_)
            | Keyword::OneOf(_)
            | Keyword::Not(_)
            | Keyword::If { .. }
            | Keyword::Ref(_)
            | Keyword::DependentSchemas(_) => self.validate_in_place(keyword, here, out),
            _ => match here.instance {
                Instance::Number(number) => self.check_number(keyword, number, here, out),
                Instance::String(text) | Instance::Timestamp { text, .. } => {
                    self.check_string(keyword, text, here, out)
                }
                Instance::Array => self.check_array(keyword, here, out),
                Instance::Object => self.check_object(keyword, here, out),
                Instance::Null | Instance::Bool(_) => {}
            },
        }
    }

    fn check_type(&mut self, expected: &[JsonType], here: &CurrentValue<'a>, out: &mut Vec<Violation<'a>>) {
        let fits = expected.iter().any(|kind| here.instance.has_type(*kind));
        let of_time = |keyword: &Keyword| matches!(keyword, Keyword::Format(format) if format.is_date_or_time());
        // A schema can only describe a timestamp as a string in a date format.
        let is_date = matches!(here.instance, Instance::Timestamp { rejects_string: true, .. });
        if !fits || (is_date && !here.node.keywords.iter().any(of_time)) {
            self.report(
                here,
                ViolationKind::Type { expected: expected.to_vec(), actual: here.instance.instance_type() },
                out,
            );
        }
    }

    fn check_number(
        &mut self,
        keyword: &'a Keyword,
        number: f64,
        here: &CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        match *keyword {
            Keyword::Minimum { limit, exclusive } if number < limit || (exclusive && number == limit) => {
                self.report(here, ViolationKind::TooSmall(Limit { actual: number, limit, exclusive }), out);
            }
            Keyword::Maximum { limit, exclusive } if number > limit || (exclusive && number == limit) => {
                self.report(here, ViolationKind::TooLarge(Limit { actual: number, limit, exclusive }), out);
            }
            Keyword::MultipleOf(step) if !is_multiple(number, step) => {
                self.report(here, ViolationKind::NotMultiple(step), out);
            }
            _ => {}
        }
    }

    fn check_string(
        &mut self,
        keyword: &'a Keyword,
        text: &'a str,
        here: &CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        let length = || text.chars().count();
        match keyword {
            Keyword::MinLength(min) if length() < *min => {
                self.report(here, ViolationKind::TooShort(Limit::new(length(), *min)), out);
            }
            Keyword::MaxLength(max) if length() > *max => {
                self.report(here, ViolationKind::TooLong(Limit::new(length(), *max)), out);
            }
            Keyword::Pattern(pattern) => {
                self.spend(text.len() / 64);
                if !pattern.is_match(text) {
                    self.report(here, ViolationKind::Pattern(pattern.source()), out);
                }
            }
            Keyword::Format(format) => {
                let fits = match here.instance {
                    Instance::Timestamp { has_time, .. } => format.accepts_timestamp(text, has_time),
                    _ => format.is_match(text),
                };
                if !fits {
                    self.report(here, ViolationKind::Format(vec![format.name()]), out);
                }
            }
            _ => {}
        }
    }

    /// Reports a violation by the current value.
    fn report(&self, here: &CurrentValue<'a>, kind: ViolationKind<'a>, out: &mut Vec<Violation<'a>>) {
        self.report_at(here, here.location, kind, out);
    }

    /// Reports a violation by a part of the current value.
    fn report_at(
        &self,
        here: &CurrentValue<'a>,
        location: Location<'a>,
        kind: ViolationKind<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        out.push(Violation { location, path: self.path.join("."), kind, message: here.node.message.as_deref() });
    }

    /// The named entries of a mapping, including those merged with `<<`.
    fn entries(&self, value: Value<'a>) -> Vec<(&'a str, Entry<'a>)> {
        let named = |value: Value<'a>| value.entries().filter_map(|entry| Some((entry.key.text()?, entry)));
        let mut entries: Vec<(&str, Entry)> = named(value).filter(|(key, _)| *key != "<<").collect();
        if let Some(merged) = value.get("<<") {
            let maps: Vec<Value> = merged.items().map_or_else(|| vec![merged], Iterator::collect);
            for (key, entry) in maps.into_iter().flat_map(named) {
                if !entries.iter().any(|(known, _)| *known == key) {
                    entries.push((key, entry));
                }
            }
        }
        entries
    }
}

/// Whether a number is a multiple of a step, within floating-point precision.
fn is_multiple(number: f64, step: f64) -> bool {
    let times = number / step;
    times.is_finite() && (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
}
