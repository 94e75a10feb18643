//! Content types that extend others: another type of the config, or a built-in one such as `jekyll/post`.

use crate::content::error::{ConfigError, ConfigResult};
use crate::content::model::{ContentTypeConfig, FieldConfig};
use crate::content::types::ContentType;
use crate::content::vocabulary::VocabularyResolver;
use crate::data::built_in::BUILT_IN;
use crate::data::collections::OrderedMap;
use crate::data::typed;
use crate::data::typed::key;
use crate::diagnostic::RuleLevel;
use crate::generator;
use crate::text::similarity;
use std::collections::BTreeMap;

/// The maximum length of a chain of `extends`.
const MAX_EXTENDS: usize = 8;

/// The content type that every generator has, with all keys that it knows.
const ANY_PAGE: &str = "page";

/// A type merged with all types it extends, which are first looked up in `own`, the file it is in.
pub(crate) fn resolve_extends(
    name: &str,
    own: &OrderedMap<ContentTypeConfig>,
    below: &BTreeMap<String, ContentTypeConfig>,
) -> ConfigResult<ContentTypeConfig> {
    let of_own = |wanted: &str| own.0.iter().find(|(known, _)| known == wanted).map(|(_, file)| file.clone());
    let mut chain: Vec<ContentTypeConfig> = of_own(name).into_iter().collect();
    let mut passed = vec![name.to_owned()];
    let mut folds_case = false;
    while let Some(base) = chain.last().and_then(|file| file.extends.clone()) {
        let circle = || ConfigError::at([key("extends")], "content types extend each other in a cycle, or too deeply");
        if chain.len() >= MAX_EXTENDS {
            return Err(circle());
        }
        if let Some((generator, _)) = base.split_once('/') {
            folds_case |= generator::profile(generator).is_some_and(|profile| profile.folds_case);
            chain.push(built_in_type(&base).ok_or_else(|| unknown(&base, own, below))?);
            continue;
        }
        // A type may extend the one of the same name in a file that the config extends.
        let next = if passed.contains(&base) { below.get(&base).cloned() } else { None };
        let is_again = next.is_none() && passed.contains(&base);
        if is_again {
            return Err(circle());
        }
        let next = next.or_else(|| of_own(&base)).or_else(|| below.get(&base).cloned());
        let mut next = next.ok_or_else(|| unknown(&base, own, below))?;
        // `files` isn't inherited: a page belongs to the first type whose globs match.
        next.files = None;
        passed.push(base);
        chain.push(next);
    }
    let bottom = chain.pop().unwrap_or_default();
    Ok(chain.into_iter().rev().fold(bottom, |base, file| merge(file, base, folds_case)))
}

/// The content type of a file with its `extends` resolved.
pub(crate) fn resolve(name: &str, file: &ContentTypeConfig, sets: VocabularyResolver) -> ConfigResult<ContentType> {
    let mut fields = Vec::new();
    for (field, shape) in &file.fields.0 {
        fields
            .push(shape.field(field, sets).map_err(|error| error.with_parent(key(field)).with_parent(key("fields")))?);
    }
    let closed = file.unknown_fields.is_some_and(|setting| setting != RuleLevel::Off);
    let order = file.order.as_ref().map_or(Vec::new(), |order| order.names(&file.fields));
    Ok(ContentType { name: name.to_owned(), fields, closed, order, schema: None })
}

/// The names of all built-in types.
pub(crate) fn built_in_type_names() -> Vec<String> {
    let mut names = Vec::new();
    for generator in generator::names() {
        let kinds = types_of(generator).0;
        let own = kinds.into_iter().map(|(kind, _)| kind).filter(|kind| kind != ANY_PAGE);
        names.extend(own.chain([ANY_PAGE.to_owned()]).map(|kind| format!("{generator}/{kind}")));
    }
    names
}

/// `jekyll/post`: the keys that the generator knows, and what is known of this kind of its pages.
fn built_in_type(name: &str) -> Option<ContentTypeConfig> {
    let (generator, kind) = name.split_once('/')?;
    let profile = generator::profile(generator)?;
    let fields = profile.fields.iter().map(|(key, types)| (key.clone(), FieldConfig::from_types(types)));
    let base = ContentTypeConfig { fields: OrderedMap(fields.collect()), ..ContentTypeConfig::default() };
    match types_of(generator).0.into_iter().find(|(known, _)| known == kind) {
        Some((_, own)) => Some(merge(own, base, profile.folds_case)),
        None => (kind == ANY_PAGE).then_some(base),
    }
}

/// The types in `rules/types/GENERATOR.yaml`; none if there is no such file.
fn types_of(generator: &str) -> OrderedMap<ContentTypeConfig> {
    let path = format!("types/{generator}.yaml");
    let text = BUILT_IN.iter().find(|(known, _)| *known == path).map(|(_, text)| *text);
    // A test deserializes the built-in files.
    text.and_then(|text| typed::from_yaml(text).ok()).unwrap_or_default()
}

fn merge(own: ContentTypeConfig, base: ContentTypeConfig, folds_case: bool) -> ContentTypeConfig {
    let mut fields = base.fields.0;
    for (name, shape) in own.fields.0 {
        let is_it = |known: &String| *known == name || (folds_case && known.eq_ignore_ascii_case(&name));
        match fields.iter_mut().find(|(known, _)| is_it(known)) {
            Some(field) => {
                let below = std::mem::take(&mut field.1);
                *field = (name, shape.merge_over(below));
            }
            None => fields.push((name, shape)),
        }
    }
    ContentTypeConfig {
        extends: None,
        files: own.files.or(base.files),
        fields: OrderedMap(fields),
        unknown_fields: own.unknown_fields.or(base.unknown_fields),
        order: own.order.or(base.order),
        schema: own.schema.or(base.schema),
    }
}

fn unknown(
    name: &str,
    own: &OrderedMap<ContentTypeConfig>,
    below: &BTreeMap<String, ContentTypeConfig>,
) -> ConfigError {
    let built_in = built_in_type_names();
    let types = || own.0.iter().map(|(name, _)| name).chain(below.keys()).chain(&built_in).map(String::as_str);
    let mut error = ConfigError::unknown([key("extends")], format!("unknown content type `{name}`"), name, types());
    if error.help.is_none() && similarity::nearest(name, types()).is_none() {
        let generator = name.split('/').next().unwrap_or_default();
        let of_it: Vec<&str> =
            built_in.iter().map(String::as_str).filter(|known| known.split('/').next() == Some(generator)).collect();
        error.help = Some(if of_it.is_empty() {
            "use another content type of this config, or a built-in one such as `jekyll/post`; see docs/content-types.md"
                .to_owned()
        } else {
            format!("{generator} provides {}", of_it.join(", "))
        });
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ready_made_can_be_read() {
        let named = BTreeMap::new();
        let sets = VocabularyResolver { project: &crate::fs::ProjectFiles::none(), named: &named };
        for (path, text) in BUILT_IN {
            if let Some(generator) = path.strip_prefix("types/").and_then(|name| name.strip_suffix(".yaml")) {
                let kinds: OrderedMap<ContentTypeConfig> =
                    typed::from_yaml(text).unwrap_or_else(|error| panic!("{path}: {error:?}"));
                assert!(!kinds.0.is_empty() && generator::profile(generator).is_some(), "{path}");
            }
        }
        for name in built_in_type_names() {
            let file = built_in_type(&name).expect("it is listed");
            let kind = resolve(&name, &file, sets).unwrap_or_else(|error| panic!("{name}: {}", error.message));
            let errors: Vec<String> =
                crate::content::validate::validate(&kind).into_iter().map(|error| error.message).collect();
            assert!(errors.is_empty(), "{name}: {errors:?}");
        }
    }
}
