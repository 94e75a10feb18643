//! The `vocabularies` and `content` of a config.

use crate::config::effective::{RuleSettings, Settings};
use crate::config::layer::{Layer, globs};
use crate::config::reading::{ByPath, Reading};
use crate::config::schema_file::load_schema;
use crate::content::error::ConfigError;
use crate::content::model::ContentTypeConfig;
use crate::content::vocabulary::{VocabularyConfig, VocabularyResolver};
use crate::content::{ContentType, inheritance, validate};
use crate::data::collections::OrderedMap;
use crate::data::typed::key;
use crate::rule::RuleLevel;
use std::sync::Arc;

impl Reading<'_> {
    /// Adds the vocabularies of a layer.
    pub(super) fn vocabularies(&mut self, layer: &mut Layer, vocabularies: &OrderedMap<VocabularyConfig>) {
        for (name, vocabulary) in &vocabularies.0 {
            let sets = VocabularyResolver { project: self.project, named: &self.vocabularies };
            match vocabulary.resolve(sets) {
                Ok(vocabulary) => drop(self.vocabularies.insert(name.clone(), vocabulary)),
                Err(fault) => layer.report(fault.with_parent(key(name)).with_parent(key("vocabularies"))),
            }
        }
    }

    /// The content types of a layer, and the levels that they set for their pages.
    pub(super) fn content(
        &mut self,
        layer: &mut Layer,
        own: &OrderedMap<ContentTypeConfig>,
    ) -> (ByPath<Arc<ContentType>>, ByPath<Settings>) {
        let (mut content, mut overrides) = (Vec::new(), Vec::new());
        let mut types = Vec::new();
        for (name, _) in &own.0 {
            let at = [key("content"), key(name)];
            let report = |layer: &mut Layer, fault: ConfigError| {
                layer.report(fault.with_parent(at[1].clone()).with_parent(at[0].clone()))
            };
            let flat = match inheritance::resolve_extends(name, own, &self.types) {
                Ok(flat) => flat,
                Err(fault) => {
                    report(layer, fault);
                    continue;
                }
            };
            let sets = VocabularyResolver { project: self.project, named: &self.vocabularies };
            let resolved = match inheritance::resolve(name, &flat, sets) {
                Ok(resolved) => resolved,
                Err(fault) => {
                    report(layer, fault);
                    continue;
                }
            };
            let schema = flat.schema.as_ref().and_then(|config| load_schema(config, self.project, layer, &at));
            let resolved = ContentType { schema, ..resolved };
            validate::validate(&resolved).into_iter().for_each(|fault| report(layer, fault));
            let level = flat.unknown_fields.filter(|level| *level != RuleLevel::Off);
            if let Some(files) = &flat.files {
                let Some(globs) = globs(layer, &files.0, &at) else { continue };
                content.push((globs.clone(), Arc::new(resolved)));
                if let Some(level) = level {
                    let settings =
                        RuleSettings { level: Some(level), enables_preview: true, ..RuleSettings::default() };
                    overrides.push((globs, Settings::from([("unknown-field".into(), settings)])));
                }
            } else if !own.0.iter().any(|(_, other)| other.extends.as_ref() == Some(name)) {
                let span = layer.key_span(&at);
                layer.fault(span, format!("content type `{name}` has no `files`"));
            }
            types.push((name.clone(), flat));
        }
        self.types.extend(types);
        (content, overrides)
    }
}
