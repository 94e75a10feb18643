//! Keywords that apply further schemas to the same value, and which of several was intended for it.

use crate::schema::keyword::{Keyword, NodeId};
use crate::schema::validate::{CurrentValue, Location, Validator, Violation, ViolationKind};

impl<'a> Validator<'a> {
    pub(crate) fn validate_in_place(
        &mut self,
        keyword: &'a Keyword,
        here: &mut CurrentValue<'a>,
        out: &mut Vec<Violation<'a>>,
    ) {
        match keyword {
            Keyword::Ref(schema) => self.apply_and_merge(*schema, here, out),
            Keyword::AllOf(schemas) => schemas.iter().for_each(|schema| self.apply_and_merge(*schema, here, out)),
            Keyword::AnyOf(schemas) => {
                let branches = self.branches(schemas, here);
                if branches.iter().all(|branch| !branch.is_empty()) {
                    out.extend(nearest(branches, here.location));
                }
            }
            Keyword::OneOf(schemas) => {
                let branches = self.branches(schemas, here);
                match branches.iter().filter(|branch| branch.is_empty()).count() {
                    0 => out.extend(nearest(branches, here.location)),
                    1 => {}
                    _ => self.report(here, ViolationKind::Ambiguous, out),
                }
            }
            Keyword::Not(schema) if self.is_valid(*schema, here.location) => self.report(here, ViolationKind::Not, out),
            Keyword::If { test, then, otherwise } => {
                let mut violations = Vec::new();
                let seen = self.apply(*test, here.location, &mut violations);
                let next = if violations.is_empty() {
                    here.seen.add(seen);
                    then
                } else {
                    otherwise
                };
                if let Some(next) = next {
                    self.apply_and_merge(*next, here, out);
                }
            }
            Keyword::DependentSchemas(map) => {
                let entries = self.entries(here.location.value());
                for (key, schema) in map {
                    if entries.iter().any(|(known, _)| self.context.keys_match(key, known)) {
                        self.apply_and_merge(*schema, here, out);
                    }
                }
            }
            _ => {}
        }
    }

    /// Applies a further schema to the value.
    fn apply_and_merge(&mut self, schema: NodeId, here: &mut CurrentValue<'a>, out: &mut Vec<Violation<'a>>) {
        let before = out.len();
        let seen = self.apply(schema, here.location, out);
        if out.len() == before {
            here.seen.add(seen);
        }
    }

    /// The violations of each of the schemas.
    fn branches(&mut self, schemas: &[NodeId], here: &mut CurrentValue<'a>) -> Vec<Vec<Violation<'a>>> {
        let one = |schema: &NodeId| {
            let mut violations = Vec::new();
            self.apply_and_merge(*schema, here, &mut violations);
            violations
        };
        schemas.iter().map(one).collect()
    }

    /// Whether a value is valid against a schema.
    pub(crate) fn is_valid(&mut self, schema: NodeId, at: Location<'a>) -> bool {
        let mut violations = Vec::new();
        self.apply(schema, at, &mut violations);
        violations.is_empty()
    }
}

/// If none of several schemas is valid, the violations of the nearest one; if all have the same kind of violation of
/// the value itself, these merged.
fn nearest<'a>(branches: Vec<Vec<Violation<'a>>>, at: Location<'a>) -> Vec<Violation<'a>> {
    let is_here = |violation: &Violation| {
        !matches!(violation.location, Location::Key(_)) && violation.location.value().span() == at.value().span()
    };
    let is_type = |violation: &Violation| is_here(violation) && matches!(violation.kind, ViolationKind::Type { .. });
    let (of_type, others): (Vec<_>, Vec<_>) = branches.into_iter().partition(|branch| branch.iter().any(is_type));
    if others.is_empty() {
        let reported = of_type.into_iter().flatten().filter(is_type);
        return reported.reduce(merge_violations).into_iter().collect();
    }
    let is_same_question = |kind: fn(&ViolationKind) -> bool| {
        others.iter().all(|branch| matches!(&branch[..], [only] if is_here(only) && kind(&only.kind)))
    };
    if is_same_question(|kind| matches!(kind, ViolationKind::OneOf(_)))
        || is_same_question(|kind| matches!(kind, ViolationKind::Format(_)))
    {
        return others.into_iter().flatten().reduce(merge_violations).into_iter().collect();
    }
    others.into_iter().min_by_key(|branch| branch.iter().map(distance).sum::<usize>()).unwrap_or_default()
}

/// Merges two violations of one kind.
fn merge_violations<'a>(mut first: Violation<'a>, second: Violation<'a>) -> Violation<'a> {
    match (&mut first.kind, second.kind) {
        (ViolationKind::Type { expected, .. }, ViolationKind::Type { expected: more, .. }) => {
            more.into_iter().for_each(|kind| {
                if !expected.contains(&kind) {
                    expected.push(kind)
                }
            });
        }
        (ViolationKind::OneOf(values), ViolationKind::OneOf(more)) => values.extend(more),
        (ViolationKind::Format(names), ViolationKind::Format(more)) => names.extend(more),
        _ => {}
    }
    first.message = first.message.or(second.message);
    first
}

/// How far a violation is from validity: a value other than the only allowed one was meant for another schema.
fn distance(violation: &Violation) -> usize {
    match &violation.kind {
        ViolationKind::OneOf(values) if values.len() == 1 => 100,
        ViolationKind::Forbidden => 50,
        ViolationKind::Type { .. } | ViolationKind::Missing { .. } => 3,
        ViolationKind::UnknownKey { .. } => 2,
        _ => 1,
    }
}
