//! The keywords that hold further schemas against the same value, and which of several a value was meant for.

use crate::schema::keyword::{Id, Keyword};
use crate::schema::validate::{At, Fault, Here, Mistake, Walk};

impl<'a> Walk<'a> {
    pub(crate) fn in_place(&mut self, keyword: &'a Keyword, here: &mut Here<'a>, out: &mut Vec<Mistake<'a>>) {
        match keyword {
            Keyword::Ref(schema) => self.also(*schema, here, out),
            Keyword::AllOf(schemas) => schemas.iter().for_each(|schema| self.also(*schema, here, out)),
            Keyword::AnyOf(schemas) => {
                let branches = self.branches(schemas, here);
                if branches.iter().all(|branch| !branch.is_empty()) {
                    out.extend(nearest(branches, here.at));
                }
            }
            Keyword::ExactlyOne(schemas) => {
                let branches = self.branches(schemas, here);
                match branches.iter().filter(|branch| branch.is_empty()).count() {
                    0 => out.extend(nearest(branches, here.at)),
                    1 => {}
                    _ => self.tell(here, Fault::Ambiguous, out),
                }
            }
            Keyword::Not(schema) if self.fits(*schema, here.at) => self.tell(here, Fault::Not, out),
            Keyword::If { test, then, otherwise } => {
                let mut faults = Vec::new();
                let seen = self.apply(*test, here.at, &mut faults);
                let next = if faults.is_empty() {
                    here.seen.add(seen);
                    then
                } else {
                    otherwise
                };
                if let Some(next) = next {
                    self.also(*next, here, out);
                }
            }
            Keyword::DependentSchemas(map) => {
                let entries = self.entries(here.at.value());
                for (key, schema) in map {
                    if entries.iter().any(|(known, _)| self.view.same(key, known)) {
                        self.also(*schema, here, out);
                    }
                }
            }
            _ => {}
        }
    }

    /// Holds a further schema against the value.
    fn also(&mut self, schema: Id, here: &mut Here<'a>, out: &mut Vec<Mistake<'a>>) {
        let before = out.len();
        let seen = self.apply(schema, here.at, out);
        if out.len() == before {
            here.seen.add(seen);
        }
    }

    /// What each of the schemas says of the value.
    fn branches(&mut self, schemas: &[Id], here: &mut Here<'a>) -> Vec<Vec<Mistake<'a>>> {
        let one = |schema: &Id| {
            let mut faults = Vec::new();
            self.also(*schema, here, &mut faults);
            faults
        };
        schemas.iter().map(one).collect()
    }

    /// Whether a value is as a schema asks.
    pub(crate) fn fits(&mut self, schema: Id, at: At<'a>) -> bool {
        let mut faults = Vec::new();
        self.apply(schema, at, &mut faults);
        faults.is_empty()
    }
}

/// Of several schemas, none of which fits, what the nearest one says; where they all ask the same question of the
/// value itself, their answers together.
fn nearest<'a>(branches: Vec<Vec<Mistake<'a>>>, at: At<'a>) -> Vec<Mistake<'a>> {
    let is_here =
        |mistake: &Mistake| !matches!(mistake.at, At::Key(_)) && mistake.at.value().span() == at.value().span();
    let is_type = |mistake: &Mistake| is_here(mistake) && matches!(mistake.fault, Fault::Type { .. });
    let (of_type, others): (Vec<_>, Vec<_>) = branches.into_iter().partition(|branch| branch.iter().any(is_type));
    if others.is_empty() {
        let told = of_type.into_iter().flatten().filter(is_type);
        return told.reduce(together).into_iter().collect();
    }
    let is_same_question = |fault: fn(&Fault) -> bool| {
        others.iter().all(|branch| matches!(&branch[..], [only] if is_here(only) && fault(&only.fault)))
    };
    if is_same_question(|fault| matches!(fault, Fault::OneOf(_)))
        || is_same_question(|fault| matches!(fault, Fault::Format(_)))
    {
        return others.into_iter().flatten().reduce(together).into_iter().collect();
    }
    others.into_iter().min_by_key(|branch| branch.iter().map(distance).sum::<usize>()).unwrap_or_default()
}

/// Two mistakes of one kind as one.
fn together<'a>(mut first: Mistake<'a>, second: Mistake<'a>) -> Mistake<'a> {
    match (&mut first.fault, second.fault) {
        (Fault::Type { wanted, .. }, Fault::Type { wanted: more, .. }) => {
            more.into_iter().for_each(|kind| {
                if !wanted.contains(&kind) {
                    wanted.push(kind)
                }
            });
        }
        (Fault::OneOf(values), Fault::OneOf(more)) => values.extend(more),
        (Fault::Format(names), Fault::Format(more)) => names.extend(more),
        _ => {}
    }
    first.says = first.says.or(second.says);
    first
}

/// How far a mistake makes a value from a schema: one that isn't the only value allowed was meant for another.
fn distance(mistake: &Mistake) -> usize {
    match &mistake.fault {
        Fault::OneOf(values) if values.len() == 1 => 100,
        Fault::Forbidden => 50,
        Fault::Type { .. } | Fault::Missing { .. } => 3,
        Fault::UnknownKey { .. } => 2,
        _ => 1,
    }
}
