//! Text → packs, content types, settings by path → the rules for a file. Reads no file itself: it asks a [`Project`].

mod shape;

use crate::diagnostic::{Diagnostic, Level};
use crate::document::content::ContentType;
use crate::document::node::{Tree, Value};
use crate::document::typed::{self, Options, OptionsError, Step};
use crate::document::yaml;
use crate::files::Globs;
use crate::rule::{self, BUILT_IN, Group, Page, Rule, RuleSet, Setting};
use crate::source::{Source, Span};
use shape::{ConfigFile, Ordered};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

/// The files that a config may name, by paths relative to the config's folder.
pub trait Project {
    /// A file's text.
    ///
    /// # Errors
    /// Why it can't be had, in plain words: not there, outside the project, not text.
    fn read(&self, path: &str) -> Result<String, String>;

    /// The Markdown files of a folder, as paths that [`Project::read`] takes, sorted.
    ///
    /// # Errors
    /// Why it can't be listed.
    fn pages(&self, dir: &str) -> Result<Vec<String>, String>;
}

/// What is wrong with a config file or a rule page, shown like a post's findings.
#[derive(Debug)]
pub struct Faults {
    /// The file.
    pub source: Source,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which rules run on which files, and how strictly.
#[derive(Debug, Default)]
pub struct Config {
    exclude: Globs,
    content: Vec<(Globs, Arc<ContentType>)>,
    pages: BTreeMap<Arc<str>, Arc<Page>>,
    settings: Settings,
    overrides: Vec<(Globs, Settings)>,
    /// Rule sets by which overrides match.
    sets: RwLock<HashMap<Vec<bool>, Arc<RuleSet>>>,
    no_content: Arc<ContentType>,
}

/// What one layer says of rules, by id.
type Settings = BTreeMap<Arc<str>, RuleSettings>;

/// What one layer says of one rule.
#[derive(Clone, Debug, Default)]
struct RuleSettings {
    level: Option<Setting>,
    drafts: Option<Setting>,
    options: Options,
}

/// What the command line says on top of any config.
#[derive(Clone, Default, Debug)]
pub struct Selection {
    /// Only these rules or groups.
    pub select: Vec<String>,
    /// Without these rules or groups.
    pub ignore: Vec<String>,
    /// Levels by rule or group.
    pub levels: Vec<(String, Setting)>,
}

impl Config {
    /// Reads a config; `text` is none where there is no config file. `extra` are further layers, each as config text
    /// with a name, that win over the file.
    ///
    /// # Errors
    /// Everything that is wrong with it, and with the packs and pages that it names.
    pub fn read(text: Option<Source>, extra: &[(String, String)], project: &dyn Project) -> Result<Self, Vec<Faults>> {
        let mut reading = Reading::new(project);
        match text {
            Some(source) => reading.layer(source, 0),
            None => {
                reading.pack("recommended", 0);
            }
        }
        for (name, text) in extra {
            reading.layer_on_top(Source::new(name, text.clone().into_bytes()));
        }
        reading.finish()
    }

    /// The config that rules where nobody wrote one.
    ///
    /// # Errors
    /// What is wrong with what is built in, which a test rules out.
    pub fn built_in() -> Result<Self, Vec<Faults>> {
        Self::read(None, &[], &NoProject)
    }

    /// Applies what the command line says.
    ///
    /// # Errors
    /// A rule or group that isn't known, with a did-you-mean.
    pub fn select(&mut self, selection: &Selection) -> Result<(), String> {
        let mut settings = Settings::new();
        for (name, level) in &selection.levels {
            for id in self.ids(name)? {
                settings.entry(id).or_default().level = Some(*level);
            }
        }
        let mut selected = Vec::new();
        for name in &selection.select {
            selected.extend(self.ids(name)?);
        }
        if !selected.is_empty() {
            for (id, page) in &self.pages {
                let wanted = selected.contains(id);
                let entry = settings.entry(id.clone()).or_default();
                if !wanted {
                    entry.level = Some(Setting::Off);
                } else if entry.level.is_none() && self.settings.get(id).and_then(|s| s.level).unwrap_or(page.head.level) == Setting::Off {
                    entry.level = Some(Setting::Warning);
                }
            }
        }
        for name in &selection.ignore {
            for id in self.ids(name)? {
                settings.entry(id).or_default().level = Some(Setting::Off);
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
            Some(near) => format!("there is no rule or group `{name}`; did you mean `{near}`?"),
            None => format!("there is no rule or group `{name}`; `matterlint rules` lists them"),
        })
    }

    /// Whether a walk leaves out `path`, relative to the config's folder.
    pub fn excludes(&self, path: &str) -> bool {
        self.exclude.matches(path)
    }

    /// What the config says of the kind of page that `path` is; an empty type where it says nothing.
    pub fn content_for(&self, path: &str) -> Arc<ContentType> {
        let found = self.content.iter().find(|(globs, _)| globs.matches(path));
        found.map_or(&self.no_content, |(_, content)| content).clone()
    }

    /// The rules that run on `path`, relative to the config's folder.
    pub fn rules_for(&self, path: &str) -> Arc<RuleSet> {
        let matching: Vec<bool> = self.overrides.iter().map(|(globs, _)| globs.matches(path)).collect();
        if let Some(set) = self.sets.read().ok().and_then(|sets| sets.get(&matching).cloned()) {
            return set;
        }
        let layers = self.overrides.iter().zip(&matching).filter(|(_, matches)| **matches).map(|((_, layer), _)| layer);
        let set = Arc::new(rule_set(&self.pages, std::iter::once(&self.settings).chain(layers)));
        if let Ok(mut sets) = self.sets.write() {
            sets.insert(matching, set.clone());
        }
        set
    }

    /// All rule pages, the project's own included, by id.
    pub fn pages(&self) -> impl Iterator<Item = &Arc<Page>> {
        self.pages.values()
    }

    /// The page of the rule called `id`.
    ///
    /// # Errors
    /// That there is none, with a did-you-mean.
    pub fn page(&self, id: &str) -> Result<&Arc<Page>, String> {
        self.pages.get(id).ok_or_else(|| match nearest_rule(&self.pages, id) {
            Some(near) => format!("there is no rule `{id}`; did you mean `{near}`?"),
            None => format!("there is no rule `{id}`; `matterlint rules` lists them"),
        })
    }

    /// The level that a rule has where no override speaks.
    pub fn level_of(&self, page: &Page) -> Setting {
        self.settings.get(&page.id).and_then(|settings| settings.level).unwrap_or(page.head.level)
    }
}

/// A project without files, for what is built in.
struct NoProject;

impl Project for NoProject {
    fn read(&self, path: &str) -> Result<String, String> {
        Err(format!("`{path}` can't be read here"))
    }
    fn pages(&self, dir: &str) -> Result<Vec<String>, String> {
        Err(format!("`{dir}` can't be listed here"))
    }
}

fn rule_set<'a>(pages: &BTreeMap<Arc<str>, Arc<Page>>, layers: impl Iterator<Item = &'a Settings> + Clone) -> RuleSet {
    let rule = |(id, page): (&Arc<str>, &Arc<Page>)| {
        let mut setting = RuleSettings { level: Some(page.head.level), drafts: page.head.drafts, options: Options::Null };
        for layer in layers.clone().filter_map(|layer| layer.get(id)) {
            setting.level = layer.level.or(setting.level);
            setting.drafts = layer.drafts.or(setting.drafts);
            setting.options = typed::merge(setting.options, layer.options.clone());
        }
        let level = setting.level.and_then(Setting::level)?;
        // Each layer's options were tried when it was read, so together they fit too.
        Rule::new(page, level, setting.drafts, setting.options).ok()
    };
    RuleSet { rules: pages.iter().filter_map(rule).collect() }
}

/// The ids that a rule's or a group's name stands for.
fn expand(pages: &BTreeMap<Arc<str>, Arc<Page>>, name: &str) -> Option<Vec<Arc<str>>> {
    if let Some((id, _)) = pages.get_key_value(name) {
        return Some(vec![id.clone()]);
    }
    let group = Group::ALL.into_iter().find(|group| group.word() == name)?;
    Some(pages.values().filter(|page| page.head.group == group).map(|page| page.id.clone()).collect())
}

fn nearest_rule<'a>(pages: &'a BTreeMap<Arc<str>, Arc<Page>>, name: &str) -> Option<&'a str> {
    crate::words::nearest(name, pages.keys().map(|id| &**id).chain(Group::ALL.map(Group::word)))
}

/// How deep packs may build on packs.
const MAX_EXTENDS: usize = 8;

/// A config being put together, layer by layer; a later layer wins.
struct Reading<'a> {
    project: &'a dyn Project,
    pages: BTreeMap<Arc<str>, Arc<Page>>,
    exclude: Vec<String>,
    content: Vec<(Globs, Arc<ContentType>)>,
    settings: Settings,
    overrides: Vec<(Globs, Settings)>,
    faults: Vec<Faults>,
}

/// A layer's file with its tree, to point at what is wrong in it.
struct Layer {
    source: Source,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

impl Layer {
    fn span(&self, path: &[Step]) -> Span {
        let error = OptionsError { path: path.to_vec(), message: String::new(), unknown: None, expected: vec![] };
        typed::locate(&self.tree, &error)
    }

    fn key_span(&self, path: &[Step]) -> Span {
        let unknown = match path.last() {
            Some(Step::Key(key)) => Some(key.clone()),
            _ => None,
        };
        typed::locate(&self.tree, &OptionsError { path: path.to_vec(), message: String::new(), unknown, expected: vec![] })
    }

    fn fault(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.diagnostics.len();
        self.diagnostics.push(rule::page_fault(span, message));
        &mut self.diagnostics[index]
    }
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

impl<'a> Reading<'a> {
    fn new(project: &'a dyn Project) -> Self {
        let mut reading = Self {
            project,
            pages: BTreeMap::new(),
            exclude: Vec::new(),
            content: Vec::new(),
            settings: Settings::new(),
            overrides: Vec::new(),
            faults: Vec::new(),
        };
        for (path, text) in BUILT_IN {
            if let Some(id) = path.strip_suffix(".md").filter(|id| *id != "README" && !id.contains('/')) {
                reading.page(id, Source::new(format!("rules/{path}"), text.as_bytes().to_vec()));
            }
        }
        reading
    }

    fn page(&mut self, id: &str, source: Source) {
        let page = match Page::read(id, source) {
            Ok(page) => page,
            Err((source, diagnostics)) => return self.faults.push(Faults { source, diagnostics }),
        };
        let (id, page) = (page.id.clone(), Arc::new(page));
        // What the page itself says must fit its check, even where the rule is off.
        if let Err(error) = Rule::new(&page, Level::Error, None, Options::Null) {
            let source = Source::new(page.source.path(), page.source.text().as_bytes().to_vec());
            let (front, ..) = crate::document::front_matter::read(&source);
            let mut below = error.clone();
            if below.path.first() != Some(&key("check")) {
                below.path.insert(0, key("options"));
            }
            let span = front.map_or(Span::default(), |front| typed::locate(&front.tree, &below));
            let diagnostics = vec![rule::options_fault(span, &error)];
            return self.faults.push(Faults { source, diagnostics });
        }
        self.pages.insert(id, page);
    }

    fn pack(&mut self, name: &str, depth: usize) -> bool {
        let path = format!("packs/{name}.yaml");
        let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == path) else { return false };
        self.layer(Source::new(format!("rules/{path}"), text.as_bytes().to_vec()), depth);
        true
    }

    /// Reads a layer below those read later; one that names no `extends` builds on `recommended`.
    fn layer(&mut self, source: Source, depth: usize) {
        let Some((mut layer, file)) = self.open(source) else { return };
        let is_base = layer.source.name().ends_with("rules/packs/recommended.yaml");
        match &file.extends {
            None if is_base => {}
            None => {
                self.pack("recommended", depth + 1);
            }
            Some(names) => {
                for (index, name) in names.0.iter().enumerate() {
                    self.extend(&mut layer, index, name, depth);
                }
            }
        }
        self.apply(layer, &file);
    }

    /// Reads a layer that builds on all that was read before.
    fn layer_on_top(&mut self, source: Source) {
        if let Some((layer, file)) = self.open(source) {
            self.apply(layer, &file);
        }
    }

    fn open(&mut self, source: Source) -> Option<(Layer, ConfigFile)> {
        let (tree, problems) = yaml::parse(source.text(), 0);
        let mut layer = Layer { source, tree, diagnostics: Vec::new() };
        for problem in &problems {
            layer.diagnostics.push(rule::syntax_fault(problem, layer.source.text()));
        }
        if layer.diagnostics.is_empty() && layer.tree.root().is_some_and(|root| !root.is_null()) {
            match typed::from_yaml::<ConfigFile>(layer.source.text()) {
                Ok(file) => return Some((layer, file)),
                Err(error) => {
                    let span = typed::locate(&layer.tree, &error);
                    layer.diagnostics.push(rule::options_fault(span, &error));
                }
            }
        }
        if layer.diagnostics.is_empty() {
            return Some((layer, ConfigFile::default()));
        }
        self.faults.push(Faults { source: layer.source, diagnostics: layer.diagnostics });
        None
    }

    fn extend(&mut self, layer: &mut Layer, index: usize, name: &str, depth: usize) {
        let span = match layer.tree.root().and_then(|root| root.get("extends")) {
            Some(value) => value.items().and_then(|mut items| items.nth(index)).map_or(value.span(), Value::span),
            None => Span::default(),
        };
        if depth >= MAX_EXTENDS {
            layer.fault(span, "these configs build on each other in a circle, or too deep");
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            match self.project.read(name) {
                Ok(text) => self.layer(Source::new(name, text.into_bytes()), depth + 1),
                Err(message) => {
                    layer.fault(span, message);
                }
            }
        } else if !self.pack(name, depth + 1) {
            let packs = || BUILT_IN.iter().filter_map(|(path, _)| path.strip_prefix("packs/")?.strip_suffix(".yaml"));
            layer.fault(span, format!("there is no pack `{name}`")).help = Some(match crate::words::nearest(name, packs()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the packs are {}; a file of your own ends in `.yaml`", packs().collect::<Vec<_>>().join(", ")),
            });
        }
    }

    fn apply(&mut self, mut layer: Layer, file: &ConfigFile) {
        self.rule_dirs(&mut layer, file);
        if let Err((index, message)) = Globs::anywhere(&file.exclude) {
            let span = layer.span(&[key("exclude"), Step::Index(index)]);
            layer.fault(span, message);
        }
        self.exclude.extend(file.exclude.iter().cloned());
        let mut content = Vec::new();
        let mut overrides = Vec::new();
        for (name, kind) in &file.content.0 {
            let path = [key("content"), key(name)];
            let Some(globs) = globs(&mut layer, &kind.files.0, &path) else { continue };
            let project = self.project;
            match kind.resolve(name, &|file, keys| terms(project, file, keys)) {
                Ok(resolved) => content.push((globs.clone(), Arc::new(resolved))),
                Err(fault) => {
                    let path: Vec<Step> = path.iter().cloned().chain(fault.path).collect();
                    let span = layer.span(&path);
                    layer.fault(span, fault.message);
                }
            }
            if let Some(level) = kind.unknown_fields.filter(|level| *level != Setting::Off) {
                let settings = RuleSettings { level: Some(level), ..RuleSettings::default() };
                overrides.push((globs, Settings::from([("unknown-field".into(), settings)])));
            }
        }
        // A layer's own content types come before those of the packs below it.
        self.content.splice(0..0, content);
        let settings = self.settings(&mut layer, &file.rules, &[]);
        for (id, setting) in settings {
            let below = self.settings.entry(id).or_default();
            below.level = setting.level.or(below.level);
            below.drafts = setting.drafts.or(below.drafts);
            below.options = typed::merge(std::mem::take(&mut below.options), setting.options);
        }
        for (index, entry) in file.overrides.iter().enumerate() {
            let path = [key("overrides"), Step::Index(index)];
            let globs = globs(&mut layer, &entry.files.0, &path);
            let settings = self.settings(&mut layer, &entry.rules, &path);
            overrides.extend(globs.map(|globs| (globs, settings)));
        }
        self.overrides.extend(overrides);
        if !layer.diagnostics.is_empty() {
            self.faults.push(Faults { source: layer.source, diagnostics: layer.diagnostics });
        }
    }

    fn rule_dirs(&mut self, layer: &mut Layer, file: &ConfigFile) {
        for (index, dir) in file.rule_dirs.iter().enumerate() {
            let span = layer.span(&[key("rule-dirs"), Step::Index(index)]);
            let pages = match self.project.pages(dir) {
                Ok(pages) => pages,
                Err(message) => {
                    layer.fault(span, message);
                    continue;
                }
            };
            for path in pages {
                let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or(&path).to_owned();
                if id == "README" {
                    continue;
                }
                if self.pages.contains_key(id.as_str()) {
                    layer.fault(span, format!("`{path}` has the name of a rule that is built in; give it another"));
                    continue;
                }
                match self.project.read(&path) {
                    Ok(text) => self.page(&id, Source::new(path, text.into_bytes())),
                    Err(message) => {
                        layer.fault(span, message);
                    }
                }
            }
        }
    }

    /// What a `rules:` map says, tried against each rule's check.
    fn settings(&self, layer: &mut Layer, rules: &Ordered<Options>, at: &[Step]) -> Settings {
        let mut settings = Settings::new();
        for (name, value) in &rules.0 {
            let path: Vec<Step> = at.iter().cloned().chain([key("rules"), key(name)]).collect();
            let Some(ids) = expand(&self.pages, name) else {
                let span = layer.key_span(&path);
                layer.fault(span, format!("there is no rule or group `{name}`")).help = Some(match nearest_rule(&self.pages, name) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`matterlint rules` lists them".to_owned(),
                });
                continue;
            };
            for id in ids {
                if let Some(setting) = self.setting(layer, &id, value, &path) {
                    settings.insert(id, setting);
                }
            }
        }
        settings
    }

    fn setting(&self, layer: &mut Layer, id: &Arc<str>, value: &Options, path: &[Step]) -> Option<RuleSettings> {
        let mut setting = RuleSettings::default();
        match value {
            Options::Mapping(map) => {
                let mut options = map.clone();
                for (name, slot) in [("level", &mut setting.level), ("drafts", &mut setting.drafts)] {
                    if let Some(value) = options.remove(name) {
                        let path: Vec<Step> = path.iter().cloned().chain([key(name)]).collect();
                        *slot = Some(level(layer, &value, &path)?);
                    }
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
            layer.diagnostics.push(rule::options_fault(span, &error));
            return None;
        }
        Some(setting)
    }

    fn finish(mut self) -> Result<Config, Vec<Faults>> {
        if !self.faults.is_empty() {
            self.faults.sort_by(|a, b| a.source.path().cmp(b.source.path()));
            return Err(self.faults);
        }
        Ok(Config {
            // Each glob was tried when its layer was read.
            exclude: Globs::anywhere(&self.exclude).unwrap_or_default(),
            content: self.content,
            pages: self.pages,
            settings: self.settings,
            overrides: self.overrides,
            sets: RwLock::default(),
            no_content: Arc::default(),
        })
    }
}

fn globs(layer: &mut Layer, patterns: &[String], at: &[Step]) -> Option<Globs> {
    Globs::new(patterns)
        .map_err(|(index, message)| {
            let mut path: Vec<Step> = at.iter().cloned().chain([key("files")]).collect();
            if patterns.len() > 1 {
                path.push(Step::Index(index));
            }
            let span = layer.span(&path);
            layer.fault(span, message);
        })
        .ok()
}

/// A level written as a word; `false` is `off`, as some readers of YAML have it.
fn level(layer: &mut Layer, value: &Options, path: &[Step]) -> Option<Setting> {
    let word = value.as_str().unwrap_or(if value.as_bool() == Some(false) { "off" } else { "" });
    let setting = Setting::from_word(word);
    if setting.is_none() {
        let span = layer.span(path);
        let near = crate::words::nearest(word, Setting::WORDS);
        let fault = layer.fault(span, "this isn't a level");
        fault.help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the levels are {}", Setting::WORDS.map(|word| format!("`{word}`")).join(", ")),
        });
    }
    setting
}

/// The values that a data file holds below `keys`: the items of a list, or the keys of a map.
fn terms(project: &dyn Project, path: &str, keys: Option<&str>) -> Result<Vec<String>, String> {
    let text = project.read(path)?;
    let (tree, problems) = yaml::parse(&text, 0);
    if !problems.is_empty() {
        return Err(format!("`{path}` can't be read as YAML; `matterlint check {path}` can't help with data files, a YAML linter can"));
    }
    let mut value = tree.root();
    for name in keys.iter().flat_map(|keys| keys.split('.')) {
        value = value.and_then(|value| value.get(name));
    }
    let Some(value) = value else { return Err(format!("`{path}` has nothing at `{}`", keys.unwrap_or_default())) };
    let terms: Vec<String> = match value.items() {
        Some(items) => items.filter_map(|item| item.text().map(str::to_owned)).collect(),
        None => value.entries().filter_map(|entry| entry.key.text().map(str::to_owned)).collect(),
    };
    if terms.is_empty() { Err(format!("`{path}` holds no list of values and no keys there")) } else { Ok(terms) }
}
