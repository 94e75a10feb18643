//! The `rules` of a config: levels and options, each tried against the rule's check.

use crate::config::diagnostics::ConfigDiagnostics;
use crate::config::effective::{RuleSettings, Settings, expand, is_group, nearest_rule, renamed_rule};
use crate::config::layer::{Layer, level};
use crate::config::reading::Reading;
use crate::data::collections::OrderedMap;
use crate::data::typed;
use crate::data::typed::{Options, PathSegment, key};
use crate::diagnostic::Level;
use crate::rule;
use crate::rule::{Rule, RuleLevel};
use crate::source::Source;
use crate::text::similarity::with_suggestion;
use std::sync::Arc;

/// The most command specs that a config may name.
const MAX_SPECS: usize = 100;

impl Reading<'_> {
    /// The settings of a mapping `rules`, which is at `at`.
    pub(super) fn settings(&mut self, layer: &mut Layer, rules: &OrderedMap<Options>, at: &[PathSegment]) -> Settings {
        let mut settings = Settings::new();
        for (name, value) in &rules.0 {
            let path: Vec<PathSegment> = at.iter().cloned().chain([key("rules"), key(name)]).collect();
            let Some(ids) = expand(&self.pages, name) else {
                let span = layer.key_span(&path);
                let near = nearest_rule(&self.pages, name);
                layer.fault(span, with_suggestion(format!("unknown rule or group `{name}`"), near)).help =
                    near.is_none().then(|| "run `matterlint rules` for a list".to_owned());
                continue;
            };
            if let Some(warning) = renamed_rule(&self.pages, name) {
                let line = layer.source.point(layer.key_span(&path).start).line;
                self.warnings.push(format!("{}:{line}: {warning}", layer.source.name()));
            }
            for id in ids {
                if let Some(mut setting) = self.setting(layer, &id, value, &path) {
                    let is_enabled = setting.level.is_some_and(|level| level != RuleLevel::Off);
                    setting.enables_preview = !layer.is_pack && !is_group(name) && is_enabled;
                    settings.insert(id, setting);
                }
            }
        }
        settings
    }

    fn setting(
        &mut self,
        layer: &mut Layer,
        id: &Arc<str>,
        value: &Options,
        path: &[PathSegment],
    ) -> Option<RuleSettings> {
        let mut setting = RuleSettings::default();
        match value {
            Options::Mapping(map) => {
                let mut options = map.clone();
                for (name, slot) in [("level", &mut setting.level), ("drafts", &mut setting.drafts)] {
                    if let Some(value) = options.remove(name) {
                        let path: Vec<PathSegment> = path.iter().cloned().chain([key(name)]).collect();
                        *slot = Some(level(layer, &value, &path)?);
                    }
                }
                if let Some(Options::Sequence(specs)) = options.get_mut("specs") {
                    self.specs(layer, specs, path)?;
                }
                if !options.is_empty() {
                    setting.options = Options::Mapping(options);
                }
            }
            value => setting.level = Some(level(layer, value, path)?),
        }
        if let Err(error) = Rule::new(&self.pages[id], Level::Error, None, setting.options.clone()) {
            let mut below = error.clone();
            below.path.splice(0..0, path.iter().cloned());
            let span = typed::locate(&layer.tree, &below);
            layer.diagnostics.push(rule::options_error(span, &error));
            return None;
        }
        Some(setting)
    }

    /// Puts the text of each command spec where its path stands, for a check reads no file.
    fn specs(&mut self, layer: &mut Layer, specs: &mut [Options], path: &[PathSegment]) -> Option<()> {
        let mut all_right = true;
        if specs.len() > MAX_SPECS {
            let path: Vec<PathSegment> = path.iter().cloned().chain([key("specs")]).collect();
            let (span, count) = (layer.span(&path), specs.len());
            layer.fault(span, format!("too many command specs: {count}; the limit is {MAX_SPECS}"));
            return None;
        }
        for (index, spec) in specs.iter_mut().enumerate() {
            let Some(file) = spec.as_str().map(str::to_owned) else { continue };
            let text = match self.project.read(&file) {
                Ok(text) => text,
                Err(message) => {
                    let path: Vec<PathSegment> =
                        path.iter().cloned().chain([key("specs"), PathSegment::Index(index)]).collect();
                    let span = layer.span(&path);
                    layer.fault(span, message);
                    all_right = false;
                    continue;
                }
            };
            let diagnostics = rule::spec_errors(&text);
            if diagnostics.is_empty() {
                *spec = Options::String(text);
            } else {
                self.faults.push(ConfigDiagnostics { source: Source::new(file, text.into_bytes()), diagnostics });
                all_right = false;
            }
        }
        all_right.then_some(())
    }
}
