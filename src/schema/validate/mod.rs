//! Holds a page's tree against a schema: every mistake at its place, and no more work than a page is worth.

pub mod branches;
pub mod parts;

use crate::data::node::{Entry, Value};
use crate::schema::instance::{Instance, View};
use crate::schema::keyword::{Id, Keyword, Node, Type};
use crate::schema::{At, Fault, Limit, Mistake, Schema, equal};
use std::collections::BTreeSet;

/// So many keywords are held against one page: a thousand times what a large schema asks of a long front matter. A
/// schema that doubles its work with each level of a page comes to its end here.
const MOST_STEPS: usize = 200_000;
/// So deep schemas are held against values within values, which bounds the stack.
const DEEPEST: usize = 300;

pub(crate) fn validate<'a>(schema: &'a Schema, value: Value<'a>, view: View) -> Vec<Mistake<'a>> {
    let mut walk = Walk { schema, view, steps: MOST_STEPS, depth: 0, path: Vec::new() };
    let mut found = Vec::new();
    walk.apply(schema.root, At::Root(value), &mut found);
    if walk.steps == 0 {
        return vec![Mistake { at: At::Root(value), name: String::new(), fault: Fault::TooCostly, says: None }];
    }
    found
}

/// What of a value some schema has spoken of.
#[derive(Default)]
struct Seen {
    keys: BTreeSet<usize>,
    items: BTreeSet<usize>,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.keys.extend(other.keys);
        self.items.extend(other.items);
    }
}

/// A walk over a page's tree, along the schemas that speak of it.
struct Walk<'a> {
    schema: &'a Schema,
    view: View,
    /// How many are left.
    steps: usize,
    depth: usize,
    /// The keys that lead to the value at hand.
    path: Vec<&'a str>,
}

/// A value while the keywords of one schema are held against it.
struct Here<'a> {
    node: &'a Node,
    at: At<'a>,
    instance: Instance<'a>,
    seen: Seen,
}

impl<'a> Walk<'a> {
    /// Holds a schema against a value.
    fn apply(&mut self, id: Id, at: At<'a>, out: &mut Vec<Mistake<'a>>) -> Seen {
        if self.depth == DEEPEST {
            self.steps = 0;
        }
        let schema = self.schema;
        let node = &schema.nodes[id];
        let mut here = Here { node, at, instance: self.view.of(at.value()), seen: Seen::default() };
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

    /// Takes so many steps, if they are left.
    fn spend(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_sub(steps);
        self.steps > 0
    }

    fn keyword(&mut self, keyword: &'a Keyword, here: &mut Here<'a>, out: &mut Vec<Mistake<'a>>) {
        match keyword {
            Keyword::Never => self.tell(here, Fault::Forbidden, out),
            Keyword::Type(wanted) => self.kind(wanted, here, out),
            Keyword::OneOf(values) => {
                self.spend(values.len());
                if !values.iter().any(|json| equal::to_json(self.view, here.at.value(), json)) {
                    self.tell(here, Fault::OneOf(values.iter().collect()), out);
                }
            }
            Keyword::AllOf(_)
            | Keyword::AnyOf(_)
            | Keyword::ExactlyOne(_)
            | Keyword::Not(_)
            | Keyword::If { .. }
            | Keyword::Ref(_)
            | Keyword::DependentSchemas(_) => self.in_place(keyword, here, out),
            _ => match here.instance {
                Instance::Number(number) => self.number(keyword, number, here, out),
                Instance::Text(text) | Instance::Time { text, .. } => self.text(keyword, text, here, out),
                Instance::List => self.list(keyword, here, out),
                Instance::Map => self.map(keyword, here, out),
                Instance::Null | Instance::Bool(_) => {}
            },
        }
    }

    fn kind(&mut self, wanted: &[Type], here: &Here<'a>, out: &mut Vec<Mistake<'a>>) {
        let fits = wanted.iter().any(|kind| here.instance.is(*kind));
        let of_time = |keyword: &Keyword| matches!(keyword, Keyword::Format(format) if format.is_of_time());
        // A schema has no other words for a point in time than a text in the form of one.
        let is_date = matches!(here.instance, Instance::Time { is_strict: true, .. });
        if !fits || (is_date && !here.node.keywords.iter().any(of_time)) {
            self.tell(here, Fault::Type { wanted: wanted.to_vec(), is: here.instance.what() }, out);
        }
    }

    fn number(&mut self, keyword: &'a Keyword, number: f64, here: &Here<'a>, out: &mut Vec<Mistake<'a>>) {
        match *keyword {
            Keyword::Minimum { limit, exclusive } if number < limit || (exclusive && number == limit) => {
                self.tell(here, Fault::TooSmall(Limit { is: number, limit, exclusive }), out);
            }
            Keyword::Maximum { limit, exclusive } if number > limit || (exclusive && number == limit) => {
                self.tell(here, Fault::TooLarge(Limit { is: number, limit, exclusive }), out);
            }
            Keyword::MultipleOf(step) if !is_multiple(number, step) => {
                self.tell(here, Fault::NotMultiple(step), out);
            }
            _ => {}
        }
    }

    fn text(&mut self, keyword: &'a Keyword, text: &'a str, here: &Here<'a>, out: &mut Vec<Mistake<'a>>) {
        let length = || text.chars().count();
        match keyword {
            Keyword::MinLength(min) if length() < *min => {
                self.tell(here, Fault::TooShort(Limit::new(length(), *min)), out);
            }
            Keyword::MaxLength(max) if length() > *max => {
                self.tell(here, Fault::TooLong(Limit::new(length(), *max)), out);
            }
            Keyword::Pattern(pattern) => {
                self.spend(text.len() / 64);
                if !pattern.is_match(text) {
                    self.tell(here, Fault::Pattern(pattern.source()), out);
                }
            }
            Keyword::Format(format) => {
                let fits = match here.instance {
                    Instance::Time { has_clock, .. } => format.takes_time(text, has_clock),
                    _ => format.fits(text),
                };
                if !fits {
                    self.tell(here, Fault::Format(vec![format.name()]), out);
                }
            }
            _ => {}
        }
    }

    /// Notes a mistake in the value at hand.
    fn tell(&self, here: &Here<'a>, fault: Fault<'a>, out: &mut Vec<Mistake<'a>>) {
        self.tell_at(here, here.at, fault, out);
    }

    /// Notes a mistake in a part of the value at hand.
    fn tell_at(&self, here: &Here<'a>, at: At<'a>, fault: Fault<'a>, out: &mut Vec<Mistake<'a>>) {
        out.push(Mistake { at, name: self.path.join("."), fault, says: here.node.message.as_deref() });
    }

    /// The entries of a map with a name, those that `<<` takes over from other maps included.
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

/// Whether a number is a whole multiple of a step, as near as numbers of a machine tell.
fn is_multiple(number: f64, step: f64) -> bool {
    let times = number / step;
    times.is_finite() && (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
}
