//! A config after it is read: which rules run on which path, and at which level.

use crate::config::test_folders::is_in_test_folder;
use crate::content::ContentType;
use crate::data::typed;
use crate::data::typed::Options;
use crate::fs::Globs;
use crate::generator::version::GeneratorVersion;
use crate::rule::{Group, Rule, RuleDoc, RuleLevel, RuleSet, current_id};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

/// [`Config::max_findings`] where no config sets it.
const MAX_FINDINGS: usize = 1000;

/// Which rules run on which files, and how strictly.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// What the user's config excludes.
    pub(super) exclude: Globs,
    /// What packs exclude because it isn't content; none where no pack is used.
    pub(super) not_content: Option<Globs>,
    /// What is checked although a pack excludes it.
    pub(super) include: Globs,
    pub(super) content: Vec<(Globs, Arc<ContentType>)>,
    pub(super) pages: BTreeMap<Arc<str>, Arc<RuleDoc>>,
    pub(super) settings: Settings,
    pub(super) overrides: Vec<(Globs, Settings)>,
    /// Rule sets by which overrides match.
    pub(super) sets: RwLock<HashMap<Vec<bool>, Arc<RuleSet>>>,
    pub(super) no_content: Arc<ContentType>,
    pub(super) generator: Option<String>,
    pub(super) generator_version: Option<GeneratorVersion>,
    pub(super) max_findings: Option<usize>,
    pub(super) baseline: Option<String>,
    /// Whether preview rules run without being named.
    pub(super) preview: bool,
    /// What works, and should be written otherwise.
    pub(super) warnings: Vec<String>,
    pub(super) page_globs: Vec<PageGlob>,
}

/// A glob in the project's own config file that selects pages.
#[derive(Debug)]
pub(crate) struct PageGlob {
    /// The glob as written.
    pub(crate) pattern: String,
    pub(super) matcher: Globs,
    /// What uses it: a content type, or `overrides`.
    pub(crate) user: String,
    /// The line of the config that it is on, from 1.
    pub(crate) line: usize,
}

/// What one layer says of rules, by id.
pub(super) type Settings = BTreeMap<Arc<str>, RuleSettings>;

/// What one layer says of one rule.
#[derive(Clone, Debug, Default)]
pub(super) struct RuleSettings {
    pub(super) level: Option<RuleLevel>,
    pub(super) drafts: Option<RuleLevel>,
    pub(super) options: Options,
    /// Whether a user enables the rule by its own name, which a preview rule needs to run.
    pub(super) enables_preview: bool,
}

/// The rules that the command line selects, on top of any config.
#[derive(Clone, Default, Debug)]
pub(crate) struct Selection {
    /// Only these rules or groups.
    pub(crate) select: Vec<String>,
    /// Without these rules or groups.
    pub(crate) ignore: Vec<String>,
    /// Levels by rule or group.
    pub(crate) levels: Vec<(String, RuleLevel)>,
    /// Whether preview rules run.
    pub(crate) preview: bool,
}

impl Config {
    /// Applies the selection of the command line.
    ///
    /// # Errors
    /// A rule or group that isn't known, with a did-you-mean.
    pub(crate) fn select(&mut self, selection: &Selection) -> Result<(), String> {
        self.preview |= selection.preview;
        let levels = selection.levels.iter().map(|(name, _)| name);
        let renamed = levels.chain(&selection.select).chain(&selection.ignore);
        let renamed = renamed.filter_map(|name| renamed_rule(&self.pages, name));
        self.warnings.extend(renamed);
        let mut settings = Settings::new();
        for (name, level) in &selection.levels {
            for id in self.ids(name)? {
                let entry = settings.entry(id).or_default();
                entry.level = Some(*level);
                entry.enables_preview = !is_group(name) && *level != RuleLevel::Off;
            }
        }
        let (mut selected, mut named) = (Vec::new(), Vec::new());
        for name in &selection.select {
            let ids = self.ids(name)?;
            if !is_group(name) {
                named.extend(ids.iter().cloned());
            }
            selected.extend(ids);
        }
        if !selected.is_empty() {
            for (id, page) in &self.pages {
                let wanted = selected.contains(id);
                let entry = settings.entry(id.clone()).or_default();
                entry.enables_preview |= named.contains(id);
                if !wanted {
                    entry.level = Some(RuleLevel::Off);
                } else if entry.level.is_none()
                    && self.settings.get(id).and_then(|s| s.level).unwrap_or(page.metadata.level) == RuleLevel::Off
                {
                    entry.level = Some(RuleLevel::Warning);
                }
            }
        }
        for name in &selection.ignore {
            for id in self.ids(name)? {
                settings.entry(id).or_default().level = Some(RuleLevel::Off);
            }
        }
        if !settings.is_empty() {
            let everywhere = Globs::new(&["**".to_owned()]).map_err(|(_, message)| message)?;
            self.overrides.push((everywhere, settings));
        }
        Ok(())
    }

    fn ids(&self, name: &str) -> Result<Vec<Arc<str>>, String> {
        expand(&self.pages, name).ok_or_else(|| match nearest_rule(&self.pages, name) {
            Some(near) => format!("unknown rule or group `{name}`; did you mean `{near}`?"),
            None => format!("unknown rule or group `{name}`; run `matterlint rules` for a list"),
        })
    }

    /// Whether a walk leaves out `path`, relative to the config's folder.
    pub(crate) fn excludes(&self, path: &str) -> bool {
        self.excludes_by_name(path) || self.is_not_content(path)
    }

    /// Whether the user's config excludes `path`.
    pub(crate) fn excludes_by_name(&self, path: &str) -> bool {
        self.exclude.matches(path)
    }

    /// Whether a pack excludes `path` because it isn't content.
    pub(crate) fn is_not_content(&self, path: &str) -> bool {
        self.not_content.as_ref().is_some_and(|globs| globs.matches(path) || is_in_test_folder(path))
            && !self.include.matches(path)
    }

    /// Adds a folder, relative to the config's folder, to what packs exclude.
    pub(crate) fn exclude_folder(&mut self, path: &str) {
        if let Some(globs) = &mut self.not_content {
            globs.add_folder(path);
        }
    }

    /// Adds what a site's own config excludes, relative to the config's folder, to what packs exclude.
    pub(crate) fn exclude_pattern(&mut self, pattern: &str) {
        let Some(globs) = &mut self.not_content else { return };
        match pattern.contains(['*', '?', '[']) {
            true => globs.add_loose_pattern(pattern),
            false => globs.add_folder(pattern),
        }
    }

    /// The content type of the page at `path`; an empty type if the config has none for it.
    pub(crate) fn content_for(&self, path: &str) -> Arc<ContentType> {
        let found = self.content.iter().find(|(globs, _)| globs.matches(path));
        found.map_or(&self.no_content, |(_, content)| content).clone()
    }

    /// The rules that run on `path`, relative to the config's folder.
    pub(crate) fn rules_for(&self, path: &str) -> Arc<RuleSet> {
        let matching: Vec<bool> = self.overrides.iter().map(|(globs, _)| globs.matches(path)).collect();
        if let Some(set) = self.sets.read().ok().and_then(|sets| sets.get(&matching).cloned()) {
            return set;
        }
        let layers = self.overrides.iter().zip(&matching).filter(|(_, matches)| **matches).map(|((_, layer), _)| layer);
        let set = Arc::new(rule_set(&self.pages, std::iter::once(&self.settings).chain(layers), self.preview));
        if let Ok(mut sets) = self.sets.write() {
            sets.insert(matching, set.clone());
        }
        set
    }

    /// The globs of content types and overrides that match none of `paths`, relative to the config's directory.
    pub(crate) fn unmatched_globs(&self, paths: &[String]) -> Vec<&PageGlob> {
        let is_matched = |glob: &&PageGlob| paths.iter().any(|path| glob.matcher.matches(path));
        self.page_globs.iter().filter(|glob| !is_matched(glob)).collect()
    }

    /// The generator that the config names, whatever the files of the site say.
    pub(crate) fn generator(&self) -> Option<&str> {
        self.generator.as_deref()
    }

    /// The generator's version that the config names.
    pub(crate) fn generator_version(&self) -> Option<&GeneratorVersion> {
        self.generator_version.as_ref()
    }

    /// The maximum number of findings that are kept per file; 0 for all.
    pub(crate) fn max_findings(&self) -> usize {
        self.max_findings.unwrap_or(MAX_FINDINGS)
    }

    /// The file with recorded findings, relative to the config's folder.
    pub(crate) fn baseline(&self) -> Option<&str> {
        self.baseline.as_deref()
    }

    /// The same config with preview rules enabled.
    #[must_use]
    pub(crate) fn with_preview(self) -> Self {
        Self { preview: true, sets: RwLock::default(), ..self }
    }

    /// What works, and should be written otherwise: rules under former ids, each with its place.
    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The level of a rule in the config, without its overrides.
    pub(crate) fn level(&self, page: &RuleDoc) -> RuleLevel {
        self.settings.get(&page.id).and_then(|setting| setting.level).unwrap_or(page.metadata.level)
    }

    /// All rule pages, the project's own included, by id.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &Arc<RuleDoc>> {
        self.pages.values()
    }

    /// The page of the rule called `id`.
    ///
    /// # Errors
    /// That there is none, with a did-you-mean.
    pub(crate) fn page(&self, id: &str) -> Result<&Arc<RuleDoc>, String> {
        self.pages.get(id).or_else(|| self.pages.get(current_id(id)?)).ok_or_else(|| {
            let part = |known: &&Arc<str>| known.split('-').any(|part| part == id);
            let list = |ids: Vec<&str>| format!("`{}`", ids.join("`, `"));
            if let Some(ids) = expand(&self.pages, id) {
                let ids = ids.iter().map(|id| &**id).collect();
                return format!("`{id}` is a group of rules: {}", list(ids));
            }
            let near: Vec<&str> = match nearest_rule(&self.pages, id) {
                Some(near) => vec![near],
                None => self.pages.keys().filter(part).map(|id| &**id).collect(),
            };
            match near.is_empty() {
                false => format!("unknown rule `{id}`; did you mean {}?", list(near)),
                true => format!("unknown rule `{id}`; run `matterlint rules` for a list"),
            }
        })
    }
}

fn rule_set<'a>(
    pages: &BTreeMap<Arc<str>, Arc<RuleDoc>>,
    layers: impl Iterator<Item = &'a Settings> + Clone,
    preview: bool,
) -> RuleSet {
    let rule = |(id, page): (&Arc<str>, &Arc<RuleDoc>)| {
        let mut setting = RuleSettings {
            level: Some(page.metadata.level),
            drafts: page.metadata.drafts,
            options: Options::Null,
            enables_preview: preview,
        };
        for layer in layers.clone().filter_map(|layer| layer.get(id)) {
            setting.level = layer.level.or(setting.level);
            setting.drafts = layer.drafts.or(setting.drafts);
            setting.options = typed::merge(setting.options, layer.options.clone());
            setting.enables_preview |= layer.enables_preview;
        }
        if page.metadata.preview && !setting.enables_preview {
            return None;
        }
        let level = setting.level.and_then(RuleLevel::level)?;
        // Each layer's options were tried when it was read, so together they fit too.
        Rule::new(page, level, setting.drafts, setting.options).ok()
    };
    RuleSet { rules: pages.iter().filter_map(rule).collect() }
}

/// The warning that a rule is named by its former id.
pub(super) fn renamed_rule(pages: &BTreeMap<Arc<str>, Arc<RuleDoc>>, name: &str) -> Option<String> {
    let current = current_id(name).filter(|_| !pages.contains_key(name))?;
    Some(format!("rule `{name}` is now called `{current}`"))
}

/// The ids that a rule's or a group's name stands for.
pub(super) fn expand(pages: &BTreeMap<Arc<str>, Arc<RuleDoc>>, name: &str) -> Option<Vec<Arc<str>>> {
    let rule = pages.get_key_value(name).or_else(|| pages.get_key_value(current_id(name)?));
    if let Some((id, _)) = rule {
        return Some(vec![id.clone()]);
    }
    let group = Group::ALL.into_iter().find(|group| group.as_str() == name)?;
    Some(pages.values().filter(|page| page.metadata.is_in(group)).map(|page| page.id.clone()).collect())
}

/// Whether a name is that of a group, which doesn't enable preview rules.
pub(super) fn is_group(name: &str) -> bool {
    Group::ALL.iter().any(|group| group.as_str() == name)
}

pub(super) fn nearest_rule<'a>(pages: &'a BTreeMap<Arc<str>, Arc<RuleDoc>>, name: &str) -> Option<&'a str> {
    crate::text::similarity::nearest(name, pages.keys().map(|id| &**id).chain(Group::ALL.map(Group::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::ProjectFiles;
    use crate::source::Source;

    /// The only preview rule among those that are built in; another serves as well.
    const PREVIEW: &str = "leading-thematic-break";

    fn runs(config: &str, selection: &Selection) -> bool {
        let source = Source::new("matterlint.yaml", config.as_bytes().to_vec());
        let mut config = Config::read(Some(source), &[], &ProjectFiles::none()).expect("a config");
        config.select(selection).expect("known rules");
        config.rules_for("a.md").get(PREVIEW).is_some()
    }

    #[test]
    fn preview_rules_run_where_a_user_enables_them() {
        let none = Selection::default();
        for (config, expected) in [
            ("", false),
            ("extends: strict", false),
            ("rules: { structure: warning }", false),
            ("preview: true", true),
            ("{ preview: true, rules: { leading-thematic-break: off } }", false),
            ("rules: { leading-thematic-break: warning }", true),
            ("rules: { leading-thematic-break: { level: info } }", true),
            ("rules: { leading-thematic-break: off }", false),
            ("overrides: [{ files: '*.md', rules: { leading-thematic-break: info } }]", true),
            ("overrides: [{ files: '*.mdx', rules: { leading-thematic-break: info } }]", false),
        ] {
            assert_eq!(runs(config, &none), expected, "{config}");
        }
        let select = |name: &str| Selection { select: vec![name.to_owned()], ..Selection::default() };
        assert!(runs("", &select(PREVIEW)) && !runs("", &select("structure")));
        let level =
            |name: &str| Selection { levels: vec![(name.to_owned(), RuleLevel::Warning)], ..Selection::default() };
        assert!(runs("", &level(PREVIEW)) && !runs("", &level("structure")));
        assert!(runs("", &Selection { preview: true, ..Selection::default() }));
    }
}
