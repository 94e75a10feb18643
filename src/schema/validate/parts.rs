//! Keywords about the items of an array or the properties of an object.

use crate::data::node::{Entry, Value};
use crate::schema::keyword::{Keyword, NodeId};
use crate::schema::validate::{CurrentValue, Limit, Location, Validator, Violation, ViolationKind, equal};
use std::collections::HashMap;
use std::ops::RangeInclusive;

impl<'a> Validator<'a> {
    pub(crate) fn check_array(
        &mut self,
        keyword: &'a Keyword,
        here: &mut CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        let items: Vec<Value<'a>> = here.location.value().items().into_iter().flatten().collect();
        match keyword {
            Keyword::MinItems(min) if items.len() < *min => {
                self.report(here, ViolationKind::TooFewItems(Limit::new(items.len(), *min)), out);
            }
            Keyword::MaxItems(max) if items.len() > *max => {
                self.report(here, ViolationKind::TooManyItems(Limit::new(items.len(), *max)), out);
            }
            Keyword::UniqueItems => self.unique(&items, here, out),
            Keyword::Items { first, rest } => {
                for (index, item) in items.iter().enumerate() {
                    let schema = first.get(index).or(rest.as_ref());
                    let Some(schema) = schema else { break };
                    if index >= first.len() && self.is_never(*schema) {
                        self.report_at(here, Location::Item(*item), ViolationKind::ExtraItem { max: first.len() }, out);
                        break;
                    }
                    self.apply(*schema, Location::Item(*item), out);
                    here.seen.items.insert(index);
                }
            }
            Keyword::Contains { schema, min, max } => {
                self.contains(&items, *schema, *min..=max.unwrap_or(usize::MAX), here, out)
            }
            Keyword::UnevaluatedItems(schema) => {
                for (index, item) in items.iter().enumerate() {
                    if here.seen.items.contains(&index) {
                        continue;
                    }
                    if self.is_never(*schema) {
                        self.report_at(
                            here,
                            Location::Item(*item),
                            ViolationKind::ExtraItem { max: here.seen.items.len() },
                            out,
                        );
                        break;
                    }
                    self.apply(*schema, Location::Item(*item), out);
                }
                here.seen.items.extend(0..items.len());
            }
            _ => {}
        }
    }

    fn contains(
        &mut self,
        items: &[Value<'a>],
        schema: NodeId,
        allowed: RangeInclusive<usize>,
        here: &mut CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        let mut count = 0;
        for (index, item) in items.iter().enumerate() {
            if self.is_valid(schema, Location::Item(*item)) {
                here.seen.items.insert(index);
                count += 1;
            }
        }
        if count < *allowed.start() {
            self.report(here, ViolationKind::ContainsTooFew, out);
        } else if count > *allowed.end() {
            self.report(here, ViolationKind::ContainsTooMany { max: *allowed.end() }, out);
        }
    }

    fn unique(&mut self, items: &[Value<'a>], here: &CurrentValue<'a>, out: &mut Vec<Violation<'a>>) {
        let mut known: HashMap<String, Value<'a>> = HashMap::new();
        for item in items {
            let mut print = String::new();
            equal::fingerprint(self.context, *item, &mut print);
            if !self.spend(1 + print.len() / 64) {
                return;
            }
            match known.get(&print) {
                Some(first) => {
                    self.report_at(here, Location::Item(*item), ViolationKind::Repeated { first: *first }, out)
                }
                None => drop(known.insert(print, *item)),
            }
        }
    }

    pub(crate) fn check_object(
        &mut self,
        keyword: &'a Keyword,
        here: &mut CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        let entries = self.entries(here.location.value());
        match keyword {
            Keyword::MinProperties(min) if entries.len() < *min => {
                self.report(here, ViolationKind::TooFewKeys(Limit::new(entries.len(), *min)), out);
            }
            Keyword::MaxProperties(max) if entries.len() > *max => {
                self.report(here, ViolationKind::TooManyKeys(Limit::new(entries.len(), *max)), out);
            }
            Keyword::Required(keys) => {
                for key in keys.iter().filter(|key| self.find(&entries, key).is_none()) {
                    self.report(here, ViolationKind::Missing { key, required_with: None }, out);
                }
            }
            Keyword::DependentRequired(map) => {
                for (key, needed) in map {
                    let Some((key, entry)) = self.find(&entries, key) else { continue };
                    for needed in needed.iter().filter(|needed| self.find(&entries, needed).is_none()) {
                        self.report_at(
                            here,
                            Location::Key(entry),
                            ViolationKind::Missing { key: needed, required_with: Some(key) },
                            out,
                        );
                    }
                }
            }
            Keyword::Properties { .. } => self.properties(keyword, &entries, here, out),
            Keyword::PropertyNames(schema) => self.property_names(*schema, &entries, here, out),
            Keyword::UnevaluatedProperties(schema) => {
                for (index, (key, entry)) in entries.iter().enumerate() {
                    if !here.seen.keys.contains(&index) {
                        self.rest(*schema, key, *entry, Vec::new(), here, out);
                    }
                }
                here.seen.keys.extend(0..entries.len());
            }
            _ => {}
        }
    }

    fn property_names(
        &mut self,
        schema: NodeId,
        entries: &[(&'a str, Entry<'a>)],
        here: &CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        for (key, entry) in entries {
            let mut violations = Vec::new();
            self.apply(schema, Location::Item(entry.key), &mut violations);
            let Some(first) = violations.first() else { continue };
            let kind = match &first.kind {
                ViolationKind::OneOf(known) => {
                    ViolationKind::UnknownKey { known: known.iter().filter_map(|json| json.as_str()).collect() }
                }
                _ => ViolationKind::PropertyName,
            };
            let message = first.message;
            self.path.push(key);
            self.report_at(here, Location::Key(*entry), kind, out);
            self.path.pop();
            if let Some(last) = out.last_mut() {
                last.message = last.message.or(message);
            }
        }
    }

    fn properties(
        &mut self,
        keyword: &'a Keyword,
        entries: &[(&'a str, Entry<'a>)],
        here: &mut CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        let Keyword::Properties { named, patterns, rest } = keyword else { return };
        for (index, (key, entry)) in entries.iter().enumerate() {
            let mut applicable = Vec::new();
            let folded = || named.iter().find(|(name, _)| self.context.keys_match(name, key)).map(|(_, schema)| schema);
            applicable.extend(named.get(*key).or_else(|| if self.context.folds_case { folded() } else { None }));
            for (pattern, schema) in patterns {
                self.spend(1 + key.len() / 64);
                if pattern.is_match(key) {
                    applicable.push(schema);
                }
            }
            if applicable.is_empty() && rest.is_none() {
                continue;
            }
            here.seen.keys.insert(index);
            for schema in &applicable {
                self.path.push(key);
                self.apply(**schema, Location::Value(*entry), out);
                self.path.pop();
            }
            if let Some(rest) = rest.filter(|_| applicable.is_empty()) {
                let is_absent = |name: &&str| self.find(entries, name).is_none();
                let known = named.iter().filter(|(_, schema)| !self.is_never(**schema)).map(|(name, _)| name.as_str());
                let known = if self.is_never(rest) { known.filter(is_absent).collect() } else { Vec::new() };
                self.rest(rest, key, *entry, known, here, out);
            }
        }
    }

    /// Applies the schema for additional properties to one of them.
    fn rest(
        &mut self,
        schema: NodeId,
        key: &'a str,
        entry: Entry<'a>,
        known: Vec<&'a str>,
        here: &CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        // `$schema` is for programs, wherever it stands.
        if self.is_never(schema) && key == "$schema" {
            return;
        }
        self.path.push(key);
        if self.is_never(schema) {
            self.report_at(here, Location::Key(entry), ViolationKind::UnknownKey { known }, out);
        } else {
            self.apply(schema, Location::Value(entry), out);
        }
        self.path.pop();
    }

    fn find(&self, entries: &[(&'a str, Entry<'a>)], name: &str) -> Option<(&'a str, Entry<'a>)> {
        entries.iter().find(|(key, _)| self.context.keys_match(name, key)).copied()
    }

    fn is_never(&self, schema: NodeId) -> bool {
        matches!(self.schema.nodes[schema].keywords[..], [Keyword::Never])
    }
}
