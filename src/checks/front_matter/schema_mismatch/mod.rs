//! Violations of the JSON Schema of a content type, each at its place and in the words of the front matter.

mod messages;
pub(super) mod violations;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::schema_mismatch::messages::ViolationMessage;
use crate::checks::front_matter::schema_mismatch::violations::{span_of, view};
use crate::checks::support::fields;
use crate::data::limits::Limits;
use crate::data::node::Tree;
use crate::data::yaml;
use crate::schema::{Location, Violation, ViolationKind};
use crate::source::Span;
use crate::text::similarity::nearest;
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
            // Empty front matter is a mapping without keys.
            None => {
                empty = yaml::parse("{}", 0, Limits::FrontMatter).0;
                let Some(root) = empty.root() else { return };
                root
            }
        };
        let violations = schema.validate(root, view);
        let misspelled_keys = misspelled_keys(&violations);
        let mut reported: HashSet<(Span, String)> = HashSet::new();
        for violation in &violations {
            let span = span_of(violation, front);
            let is_missing = matches!(violation.kind, ViolationKind::Missing { .. });
            // Next to a syntax error, the value may not be what was intended.
            if (is_missing && !front.problems.is_empty()) || fields::has_problem_at(front, span) {
                continue;
            }
            // A misspelled key is reported where it is, not as missing.
            if let ViolationKind::Missing { key, required_with: None } = violation.kind
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

/// The missing keys that exist in another spelling, each with the path of its mapping.
fn misspelled_keys<'a>(violations: &[Violation<'a>]) -> HashSet<(String, &'a str)> {
    let missing = |map: &str| {
        let map = map.to_owned();
        violations.iter().filter(move |violation| violation.path == map).filter_map(|violation| match violation.kind {
            ViolationKind::Missing { key, required_with: None } => Some(key),
            _ => None,
        })
    };
    let unknown = violations.iter().filter_map(|violation| match (&violation.kind, violation.location) {
        (ViolationKind::UnknownKey { known }, Location::Key(entry)) => {
            Some((parent(violation), entry.key.text()?, known))
        }
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

/// Whether a violation is an unknown key that isn't similar to any known one.
fn has_no_near_key(violation: &Violation<'_>) -> bool {
    let key = match (&violation.kind, violation.location) {
        (ViolationKind::UnknownKey { known }, Location::Key(entry)) => entry.key.text().zip(Some(known)),
        _ => None,
    };
    key.is_some_and(|(key, known)| nearest(key, known.iter().copied()).is_none())
}

/// The path of the mapping that a violation is in.
fn parent(violation: &Violation<'_>) -> String {
    match violation.location {
        Location::Key(_) => violation.path.rsplit_once('.').map_or(String::new(), |(map, _)| map.to_owned()),
        _ => violation.path.clone(),
    }
}
