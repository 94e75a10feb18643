//! Kinds of page that build on others: on another type of the config, or on a ready-made one such as `jekyll/post`.

use crate::config::collections::Ordered;
use crate::config::fault::{Fault, Outcome};
use crate::config::layer::key;
use crate::config::shape::{ContentFile, ShapeFile};
use crate::config::vocabulary::Sets;
use crate::content::ContentType;
use crate::data::built_in::BUILT_IN;
use crate::data::typed;
use crate::generator;
use crate::rule::RuleLevel;
use std::collections::BTreeMap;

/// How many types may build on one another.
const MAX_EXTENDS: usize = 8;

/// The kind of page that every generator has, made of all keys that it knows.
const ANY_PAGE: &str = "page";

/// A type put upon all that it builds on, nearest first looked for in `own`, the file that it is in.
pub(super) fn flatten(
    name: &str,
    own: &Ordered<ContentFile>,
    below: &BTreeMap<String, ContentFile>,
) -> Outcome<ContentFile> {
    let of_own = |wanted: &str| own.0.iter().find(|(known, _)| known == wanted).map(|(_, file)| file.clone());
    let mut chain: Vec<ContentFile> = of_own(name).into_iter().collect();
    let mut passed = vec![name.to_owned()];
    let mut folds_case = false;
    while let Some(base) = chain.last().and_then(|file| file.extends.clone()) {
        let circle = || Fault::at([key("extends")], "these types build on each other in a circle, or too deep");
        if chain.len() >= MAX_EXTENDS {
            return Err(circle());
        }
        if let Some((generator, _)) = base.split_once('/') {
            folds_case |= generator::profile(generator).is_some_and(|profile| profile.folds_case);
            chain.push(ready_made(&base).ok_or_else(|| unknown(&base, own, below))?);
            continue;
        }
        // A type may build on the one of its own name in a file that the config extends.
        let next = if passed.contains(&base) { below.get(&base).cloned() } else { None };
        let is_again = next.is_none() && passed.contains(&base);
        if is_again {
            return Err(circle());
        }
        let next = next.or_else(|| of_own(&base)).or_else(|| below.get(&base).cloned());
        let mut next = next.ok_or_else(|| unknown(&base, own, below))?;
        // Its pages are its own: the first type whose globs match is a page's.
        next.files = None;
        passed.push(base);
        chain.push(next);
    }
    let bottom = chain.pop().unwrap_or_default();
    Ok(chain.into_iter().rev().fold(bottom, |base, file| upon(file, base, folds_case)))
}

/// The content type that a flattened file makes.
pub(super) fn resolve(name: &str, file: &ContentFile, sets: Sets) -> Outcome<ContentType> {
    let mut fields = Vec::new();
    for (field, shape) in &file.fields.0 {
        fields.push(shape.field(field, sets).map_err(|fault| fault.below(key(field)).below(key("fields")))?);
    }
    let closed = file.unknown_fields.is_some_and(|setting| setting != RuleLevel::Off);
    let order = file.order.as_ref().map_or(Vec::new(), |order| order.names(&file.fields));
    Ok(ContentType { name: name.to_owned(), fields, closed, order, schema: None })
}

/// The names of all ready-made types.
pub(super) fn ready_made_names() -> Vec<String> {
    let mut names = Vec::new();
    for generator in generator::names() {
        let kinds = kinds_of(generator).0;
        let own = kinds.into_iter().map(|(kind, _)| kind).filter(|kind| kind != ANY_PAGE);
        names.extend(own.chain([ANY_PAGE.to_owned()]).map(|kind| format!("{generator}/{kind}")));
    }
    names
}

/// `jekyll/post`: the keys that the generator knows, and what is known of this kind of its pages.
fn ready_made(name: &str) -> Option<ContentFile> {
    let (generator, kind) = name.split_once('/')?;
    let profile = generator::profile(generator)?;
    let fields = profile.fields.iter().map(|(key, types)| (key.clone(), ShapeFile::of_types(types)));
    let base = ContentFile { fields: Ordered(fields.collect()), ..ContentFile::default() };
    match kinds_of(generator).0.into_iter().find(|(known, _)| known == kind) {
        Some((_, own)) => Some(upon(own, base, profile.folds_case)),
        None => (kind == ANY_PAGE).then_some(base),
    }
}

/// The kinds in `rules/types/GENERATOR.yaml`; none where there is no such file.
fn kinds_of(generator: &str) -> Ordered<ContentFile> {
    let path = format!("types/{generator}.yaml");
    let text = BUILT_IN.iter().find(|(known, _)| *known == path).map(|(_, text)| *text);
    // What is built in is read by a test.
    text.and_then(|text| typed::from_yaml(text).ok()).unwrap_or_default()
}

fn upon(own: ContentFile, base: ContentFile, folds_case: bool) -> ContentFile {
    let mut fields = base.fields.0;
    for (name, shape) in own.fields.0 {
        let is_it = |known: &String| *known == name || (folds_case && known.eq_ignore_ascii_case(&name));
        match fields.iter_mut().find(|(known, _)| is_it(known)) {
            Some(field) => {
                let below = std::mem::take(&mut field.1);
                *field = (name, shape.upon(below));
            }
            None => fields.push((name, shape)),
        }
    }
    ContentFile {
        extends: None,
        files: own.files.or(base.files),
        fields: Ordered(fields),
        unknown_fields: own.unknown_fields.or(base.unknown_fields),
        order: own.order.or(base.order),
        schema: own.schema.or(base.schema),
    }
}

fn unknown(name: &str, own: &Ordered<ContentFile>, below: &BTreeMap<String, ContentFile>) -> Fault {
    let ready_made = ready_made_names();
    let types = own.0.iter().map(|(name, _)| name).chain(below.keys()).chain(&ready_made).map(String::as_str);
    let mut fault =
        Fault::unknown([key("extends")], format!("there is no content type `{name}` to build on"), name, types);
    if fault.help.is_none() {
        let generator = name.split('/').next().unwrap_or_default();
        let of_it: Vec<&str> =
            ready_made.iter().map(String::as_str).filter(|known| known.split('/').next() == Some(generator)).collect();
        fault.help = Some(if of_it.is_empty() {
            "name another type of this config, or a ready-made one such as `jekyll/post`: docs/content-types.md lists them"
                .to_owned()
        } else {
            format!("{generator} has {}", of_it.join(", "))
        });
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ready_made_can_be_read() {
        let named = BTreeMap::new();
        let sets = Sets { project: &crate::fs::ProjectFiles::none(), named: &named };
        for (path, text) in BUILT_IN {
            if let Some(generator) = path.strip_prefix("types/").and_then(|name| name.strip_suffix(".yaml")) {
                let kinds: Ordered<ContentFile> =
                    typed::from_yaml(text).unwrap_or_else(|error| panic!("{path}: {error:?}"));
                assert!(!kinds.0.is_empty() && generator::profile(generator).is_some(), "{path}");
            }
        }
        for name in ready_made_names() {
            let file = ready_made(&name).expect("it is listed");
            let kind = resolve(&name, &file, sets).unwrap_or_else(|fault| panic!("{name}: {}", fault.message));
            let faults: Vec<String> =
                crate::config::sense::faults(&kind).into_iter().map(|fault| fault.message).collect();
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
    }
}
