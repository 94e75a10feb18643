//! What the JSON Schema of a kind of page doesn't allow, each mistake at its place and in a writer's words.

mod messages;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::schema_mismatch::messages::ViolationMessage;
use crate::checks::support::fields;
use crate::data::node::{Tree, Value};
use crate::data::problem::Syntax;
use crate::data::yaml;
use crate::document::front_matter::FrontMatter;
use crate::schema::{At, Fault, Mistake, View};
use crate::source::Span;
use crate::text::words::nearest;
use serde::Deserialize;
use std::collections::HashSet;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SchemaMismatch {}

impl Check for SchemaMismatch {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(schema) = &cx.content.schema else { return };
        let Some(front) = cx.doc.front_matter.as_ref().filter(|front| fields::is_mapping_or_empty(front)) else {
            return;
        };
        let view = view(cx, front);
        let empty: Tree;
        let root = match front.root() {
            Some(root) => root,
            // Nothing between the fences is a map without keys.
            None => {
                empty = yaml::parse("{}", 0).0;
                let Some(root) = empty.root() else { return };
                root
            }
        };
        let violations = schema.mistakes(root, view);
        let misspelled_keys = misspelled_keys(&violations);
        let mut reported: HashSet<(Span, String)> = HashSet::new();
        for violation in &violations {
            let span = span_of(violation, front);
            let is_missing = matches!(violation.fault, Fault::Missing { .. });
            // Where something is broken, what stands there may not be what was meant.
            if (is_missing && !front.problems.is_empty()) || fields::has_problem_at(front, span) {
                continue;
            }
            // The key that was meant is told where the other stands.
            if let Fault::Missing { key, beside: None } = violation.fault
                && misspelled_keys.contains(&(parent(violation), key))
            {
                continue;
            }
            if schema.is_open() && has_no_near_key(violation) {
                continue;
            }
            let violation_message = ViolationMessage { violation, front, schema: schema.name() };
            let message = violation_message.message();
            if reported.insert((span, message.clone())) {
                violation_message.help(found.at(span, message));
            }
        }
    }
}

/// Whether the schema of the page says something of the value at `span`.
pub(crate) fn reports_at(cx: &Context, span: Span) -> bool {
    let Some(front) = cx.doc.front_matter.as_ref().filter(|front| fields::is_mapping_or_empty(front)) else {
        return false;
    };
    let Some((schema, root)) = cx.content.schema.as_ref().zip(front.root()) else { return false };
    schema.mistakes(root, view(cx, front)).iter().any(|violation| span_of(violation, front) == span)
}

/// How the site's reader takes the values.
fn view(cx: &Context, front: &FrontMatter) -> View {
    let profile = cx.site.profile();
    View {
        reader: (front.syntax == Syntax::Yaml).then_some(profile.reader),
        strict: profile.strict,
        folds_case: profile.folds_case,
    }
}

/// The keys that have to be there and stand there in another spelling, each with the name of its map.
fn misspelled_keys<'a>(violations: &[Mistake<'a>]) -> HashSet<(String, &'a str)> {
    let missing = |map: &str| {
        let map = map.to_owned();
        violations.iter().filter(move |violation| violation.name == map).filter_map(|violation| match violation.fault {
            Fault::Missing { key, beside: None } => Some(key),
            _ => None,
        })
    };
    let unknown = violations.iter().filter_map(|violation| match (&violation.fault, violation.at) {
        (Fault::UnknownKey { known }, At::Key(entry)) => Some((parent(violation), entry.key.text()?, known)),
        _ => None,
    });
    unknown
        .filter_map(|(map, key, known)| {
            let suggestion = nearest(key, known.iter().copied())?;
            let suggestion = missing(&map).find(|missing| *missing == suggestion)?;
            Some((map, suggestion))
        })
        .collect()
}

/// Whether a mistake is a key that wasn't meant for any that is known.
fn has_no_near_key(violation: &Mistake<'_>) -> bool {
    let key = match (&violation.fault, violation.at) {
        (Fault::UnknownKey { known }, At::Key(entry)) => entry.key.text().zip(Some(known)),
        _ => None,
    };
    key.is_some_and(|(key, known)| nearest(key, known.iter().copied()).is_none())
}

/// The name of the map that a mistake is in.
fn parent(violation: &Mistake<'_>) -> String {
    match violation.at {
        At::Key(_) => violation.name.rsplit_once('.').map_or(String::new(), |(map, _)| map.to_owned()),
        _ => violation.name.clone(),
    }
}

/// Where a mistake is shown: the value, or its key where the value is all that is below it, or nothing.
fn span_of(violation: &Mistake<'_>, front: &FrontMatter) -> Span {
    let is_about_whole = matches!(
        violation.fault,
        Fault::Missing { .. }
            | Fault::Forbidden
            | Fault::Not
            | Fault::Ambiguous
            | Fault::Lacking { .. }
            | Fault::TooFewKeys(_)
            | Fault::TooManyKeys(_)
    );
    match violation.at {
        At::Root(_) => front.fence,
        At::Key(entry) => entry.key.span(),
        At::Value(entry) if is_about_whole || is_long(entry.value) => entry.key.span(),
        At::Value(entry) => entry.value_or_key_span(),
        At::Item(item) if is_about_whole || is_long(item) => {
            item.entries().next().map_or(item.span(), |first| first.key.span())
        }
        At::Item(item) => item.span(),
    }
}

/// Whether a value is written over several lines.
fn is_long(value: Value<'_>) -> bool {
    value.scalar().is_none() && !value.is_flow() && !value.is_alias()
}
