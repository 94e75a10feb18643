//! A config being put together: what it extends, its rule pages, its settings, each tried as it is read.

use crate::config::borrowed;
use crate::config::diagnostics::ConfigDiagnostics;
use crate::config::effective::{Config, PageGlob, Settings};
use crate::config::layer::{Layer, globs};
use crate::config::model::ConfigModel;
use crate::content::model::ContentTypeConfig;
use crate::content::{ContentType, Vocabulary};
use crate::data::built_in::BUILT_IN;
use crate::data::limits::Limits;
use crate::data::node::Value;
use crate::data::typed;
use crate::data::typed::{Options, PathSegment, key};
use crate::data::yaml;
use crate::diagnostic::{Diagnostic, Level};
use crate::fs::{Globs, ProjectFiles};
use crate::generator;
use crate::generator::version::GeneratorVersion;
use crate::rule;
use crate::rule::{Rule, RuleDoc};
use crate::source::{Source, Span};
use crate::text::similarity::{nearest, with_suggestion};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, RwLock};

/// How deep packs may build on packs.
const MAX_EXTENDS: usize = 8;

/// The most rule pages that a project may have.
const MAX_RULE_PAGES: usize = 1000;

/// The pages that are built in, read once for all configs.
static BUILT_IN_PAGES: OnceLock<BTreeMap<Arc<str>, Arc<RuleDoc>>> = OnceLock::new();

/// Values for the pages that globs match.
pub(super) type ByPath<T> = Vec<(Globs, T)>;

/// A config being put together, layer by layer; a later layer wins.
pub(super) struct Reading<'a> {
    pub(super) project: &'a ProjectFiles,
    pub(super) pages: BTreeMap<Arc<str>, Arc<RuleDoc>>,
    exclude: Vec<String>,
    not_content: Option<Vec<String>>,
    include: Vec<String>,
    content: ByPath<Arc<ContentType>>,
    /// The content types by name, for others to build on.
    pub(super) types: BTreeMap<String, ContentTypeConfig>,
    pub(super) vocabularies: BTreeMap<String, Vocabulary>,
    settings: Settings,
    overrides: ByPath<Settings>,
    generator: Option<String>,
    generator_version: Option<GeneratorVersion>,
    max_findings: Option<usize>,
    baseline: Option<String>,
    preview: bool,
    /// The project's own config file.
    file: Option<PathBuf>,
    page_globs: Vec<PageGlob>,
    pub(super) faults: Vec<ConfigDiagnostics>,
    pub(super) warnings: Vec<String>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(project: &'a ProjectFiles) -> Self {
        let mut reading = Self {
            project,
            pages: BTreeMap::new(),
            exclude: Vec::new(),
            not_content: None,
            include: Vec::new(),
            content: Vec::new(),
            types: BTreeMap::new(),
            vocabularies: BTreeMap::new(),
            settings: Settings::new(),
            overrides: Vec::new(),
            generator: None,
            generator_version: None,
            max_findings: None,
            baseline: None,
            preview: false,
            file: None,
            page_globs: Vec::new(),
            faults: Vec::new(),
            warnings: Vec::new(),
        };
        if let Some(pages) = BUILT_IN_PAGES.get() {
            reading.pages.clone_from(pages);
            return reading;
        }
        for (path, text) in BUILT_IN {
            if let Some(id) = path.strip_suffix(".md").filter(|id| *id != "README" && !id.contains('/')) {
                reading.page(RuleDoc::built_in(id, text));
            }
        }
        if reading.faults.is_empty() {
            let _ = BUILT_IN_PAGES.set(reading.pages.clone());
        }
        reading
    }

    fn page(&mut self, read: Result<RuleDoc, Box<(Source, Vec<Diagnostic>)>>) {
        let page = match read {
            Ok(page) => page,
            Err(broken) => {
                let (source, diagnostics) = *broken;
                return self.faults.push(ConfigDiagnostics { source, diagnostics });
            }
        };
        let (id, page) = (page.id.clone(), Arc::new(page));
        // What the page itself says must fit its check, even where the rule is off.
        if let Err(error) = Rule::new(&page, Level::Error, None, Options::Null) {
            let source = Source::new(page.source.path(), page.source.text().as_bytes().to_vec());
            let (front, ..) = crate::document::front_matter::parse_with_limits(&source, Limits::ProjectFile);
            let mut below = error.clone();
            if below.path.first() != Some(&key("check")) {
                below.path.insert(0, key("options"));
            }
            let span = front.map_or(Span::default(), |front| typed::locate(&front.tree, &below));
            let diagnostics = vec![rule::options_error(span, &error)];
            return self.faults.push(ConfigDiagnostics { source, diagnostics });
        }
        self.pages.insert(id, page);
    }

    pub(super) fn pack(&mut self, name: &str, depth: usize) -> bool {
        let path = format!("packs/{name}.yaml");
        let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == path) else { return false };
        self.read_layer(Source::new(format!("rules/{path}"), text.as_bytes().to_vec()), depth, true);
        true
    }

    /// Reads a layer below those read later; one that names no `extends` builds on `recommended`.
    pub(super) fn layer(&mut self, source: Source, depth: usize) {
        self.read_layer(source, depth, false);
    }

    fn read_layer(&mut self, source: Source, depth: usize, is_pack: bool) {
        let Some((mut layer, file)) = self.open(source, is_pack) else { return };
        let is_base = is_pack && layer.source.name().ends_with("/recommended.yaml");
        match &file.extends {
            None if is_base => {}
            None => {
                self.pack("recommended", depth + 1);
            }
            Some(_) => self.extend_all(&mut layer, &file, depth),
        }
        self.apply(layer, &file);
    }

    /// Reads the project's own config file. What it extends is read first, unless that is replaced.
    pub(super) fn config_file(&mut self, source: Source, replaces_extends: bool) {
        self.file = Some(source.path().to_owned());
        if !replaces_extends {
            self.layer(source, 0);
        } else if let Some((layer, file)) = self.open(source, false) {
            self.apply(layer, &file);
        }
    }

    /// Reads everything that a layer extends.
    pub(super) fn extend_all(&mut self, layer: &mut Layer, file: &ConfigModel, depth: usize) {
        for (index, name) in file.extends.iter().flat_map(|names| &names.0).enumerate() {
            self.extend(layer, index, name, depth);
        }
    }

    pub(super) fn open(&mut self, source: Source, is_pack: bool) -> Option<(Layer, ConfigModel)> {
        let (tree, problems) = yaml::parse(source.text(), 0, Limits::ProjectFile);
        let mut layer = Layer { source, tree, diagnostics: Vec::new(), is_pack };
        for problem in &problems {
            layer.diagnostics.push(rule::syntax_error(problem, layer.source.text()));
        }
        if layer.diagnostics.is_empty() && layer.tree.root().is_some_and(|root| !root.is_null()) {
            match typed::from_yaml::<ConfigModel>(layer.source.text()) {
                Ok(file) => return Some((layer, file)),
                Err(error) => {
                    let span = typed::locate(&layer.tree, &error);
                    layer.diagnostics.push(rule::options_error(span, &error));
                }
            }
        }
        if layer.diagnostics.is_empty() {
            return Some((layer, ConfigModel::default()));
        }
        self.faults.push(ConfigDiagnostics { source: layer.source, diagnostics: layer.diagnostics });
        None
    }

    fn extend(&mut self, layer: &mut Layer, index: usize, name: &str, depth: usize) {
        let span = match layer.tree.root().and_then(|root| root.get("extends")) {
            Some(value) => value.items().and_then(|mut items| items.nth(index)).map_or(value.span(), Value::span),
            None => Span::default(),
        };
        if depth >= MAX_EXTENDS {
            layer.fault(span, "configs extend each other in a cycle, or too deeply");
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            match self.project.read(name) {
                Ok(text) => self.layer(Source::new(name, text.into_bytes()), depth + 1),
                Err(message) => {
                    layer.fault(span, message);
                }
            }
        } else if !self.pack(name, depth + 1) {
            let packs = || BUILT_IN.iter().filter_map(|(path, _)| path.strip_prefix("packs/")?.strip_suffix(".yaml"));
            let near = nearest(name, packs());
            layer.fault(span, with_suggestion(format!("unknown pack `{name}`"), near)).help =
                near.is_none().then(|| {
                    let packs = packs().collect::<Vec<_>>().join(", ");
                    format!("available packs: {packs}; to extend a file, give a path that ends in `.yaml`")
                });
        }
    }

    pub(super) fn apply(&mut self, mut layer: Layer, file: &ConfigModel) {
        self.rule_dirs(&mut layer, file);
        for (name, globs) in [("exclude", &file.exclude), ("include", &file.include)] {
            if let Err((index, message)) = Globs::anywhere(globs) {
                let span = layer.span(&[key(name), PathSegment::Index(index)]);
                layer.fault(span, message);
            }
        }
        self.generator(&mut layer, file);
        self.max_findings = file.max_findings.or(self.max_findings);
        self.baseline = file.baseline.clone().or(self.baseline.take());
        self.preview = file.preview.unwrap_or(self.preview);
        let exclude = if layer.is_pack { self.not_content.get_or_insert_default() } else { &mut self.exclude };
        exclude.extend(file.exclude.iter().cloned());
        self.include.extend(file.include.iter().cloned());
        self.vocabularies(&mut layer, &file.vocabularies);
        let (mut content, mut overrides) = self.content(&mut layer, &file.content);
        content.extend(borrowed::content(self.project, &mut layer, &file.schemas));
        // A layer's own content types come before those of the packs below it.
        self.content.splice(0..0, content);
        let settings = self.settings(&mut layer, &file.rules, &[]);
        for (id, setting) in settings {
            let below = self.settings.entry(id).or_default();
            below.level = setting.level.or(below.level);
            below.drafts = setting.drafts.or(below.drafts);
            below.options = typed::merge(std::mem::take(&mut below.options), setting.options);
            below.enables_preview |= setting.enables_preview;
        }
        for (index, entry) in file.overrides.iter().enumerate() {
            let path = [key("overrides"), PathSegment::Index(index)];
            let globs = globs(&mut layer, &entry.files.0, &path);
            let settings = self.settings(&mut layer, &entry.rules, &path);
            overrides.extend(globs.map(|globs| (globs, settings)));
        }
        self.overrides.extend(overrides);
        if self.file.as_deref() == Some(layer.source.path()) {
            self.page_globs = page_globs(&layer, file);
        }
        if !layer.diagnostics.is_empty() {
            self.faults.push(ConfigDiagnostics { source: layer.source, diagnostics: layer.diagnostics });
        }
    }

    fn generator(&mut self, layer: &mut Layer, file: &ConfigModel) {
        if let Some(text) = &file.generator_version {
            self.generator_version = GeneratorVersion::parse(text, "the config");
            if self.generator_version.is_none() {
                let span = layer.span(&[key("generator-version")]);
                layer.fault(span, format!("invalid version `{text}`")).help =
                    Some("use a version such as \"0.150.1\"".to_owned());
            }
        }
        let Some(name) = &file.generator else { return };
        if name != "none" && !generator::names().any(|known| known == name) {
            let span = layer.span(&[key("generator")]);
            let near = nearest(name, generator::names());
            layer.fault(span, with_suggestion(format!("unknown generator `{name}`"), near)).help = near
                .is_none()
                .then(|| format!("expected one of {}, none", generator::names().collect::<Vec<_>>().join(", ")));
        }
        self.generator = Some(name.clone());
    }

    fn rule_dirs(&mut self, layer: &mut Layer, file: &ConfigModel) {
        for (index, dir) in file.rule_dirs.iter().enumerate() {
            let span = layer.span(&[key("rule-dirs"), PathSegment::Index(index)]);
            let pages = match self.project.pages(dir) {
                Ok(pages) => pages,
                Err(message) => {
                    layer.fault(span, message);
                    continue;
                }
            };
            let own = self.pages.len() - BUILT_IN_PAGES.get().map_or(0, BTreeMap::len);
            if own + pages.len() > MAX_RULE_PAGES {
                let count = own + pages.len();
                layer.fault(span, format!("too many rule pages: {count}; the limit is {MAX_RULE_PAGES}"));
                continue;
            }
            for path in pages {
                let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or(&path).to_owned();
                if id == "README" {
                    continue;
                }
                if self.pages.contains_key(id.as_str()) {
                    layer.fault(span, format!("`{path}` has the same name as a built-in rule; rename it"));
                    continue;
                }
                match self.project.read(&path) {
                    Ok(text) => self.page(RuleDoc::read(&id, Source::new(path, text.into_bytes()))),
                    Err(message) => {
                        layer.fault(span, message);
                    }
                }
            }
        }
    }

    pub(super) fn finish(mut self) -> Result<Config, Vec<ConfigDiagnostics>> {
        if !self.faults.is_empty() {
            self.faults.sort_by(|a, b| a.source.path().cmp(b.source.path()));
            return Err(self.faults);
        }
        Ok(Config {
            // Each glob was tried when its layer was read.
            exclude: Globs::anywhere(&self.exclude).unwrap_or_default(),
            not_content: self.not_content.map(|globs| Globs::anywhere(&globs).unwrap_or_default()),
            include: Globs::anywhere(&self.include).unwrap_or_default(),
            content: self.content,
            pages: self.pages,
            settings: self.settings,
            overrides: self.overrides,
            sets: RwLock::default(),
            no_content: Arc::default(),
            generator: self.generator,
            generator_version: self.generator_version,
            max_findings: self.max_findings,
            baseline: self.baseline,
            preview: self.preview,
            warnings: self.warnings,
            page_globs: self.page_globs,
        })
    }
}

/// The globs of the content types and overrides of a layer.
fn page_globs(layer: &Layer, file: &ConfigModel) -> Vec<PageGlob> {
    let types = file.content.0.iter().filter_map(|(name, content)| {
        let path = vec![key("content"), key(name), key("files")];
        Some((path, content.files.as_ref()?.0.as_slice(), format!("content type `{name}`")))
    });
    let overrides = file.overrides.iter().enumerate().map(|(index, entry)| {
        let path = vec![key("overrides"), PathSegment::Index(index), key("files")];
        (path, entry.files.0.as_slice(), "`overrides`".to_owned())
    });
    let mut globs = Vec::new();
    for (path, patterns, user) in types.chain(overrides) {
        for (index, pattern) in patterns.iter().enumerate() {
            let Ok(matcher) = Globs::new(std::slice::from_ref(pattern)) else { continue };
            let item = path.iter().cloned().chain((patterns.len() > 1).then_some(PathSegment::Index(index)));
            let line = layer.source.line_of(layer.span(&item.collect::<Vec<_>>()).start);
            globs.push(PageGlob { pattern: pattern.clone(), matcher, user: user.clone(), line });
        }
    }
    globs
}
