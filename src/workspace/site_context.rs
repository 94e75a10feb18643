//! Which site a file belongs to: the config that counts there, the generator that builds it, the folder it starts in.

use crate::content::ContentType;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::front_matter;
use crate::fix;
use crate::fs::{FsError, Root, relative};
use crate::generator::profile::GeneratorProfile;
use crate::generator::version::{self, GeneratorVersion};
use crate::generator::{self, DetectedGenerator, FolderProbe};
use crate::linter::{self, LintContext, RuleSubset};
use crate::site::{PageFacts, Site, SiteFiles, SiteIndex};
use crate::source::{Source, display_path};
use crate::workspace::configs::{ConfigResolver, ConfigRoot, lock};
use crate::workspace::marks::Marks;
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A site, or what of it one config covers.
#[derive(Debug)]
pub(crate) struct SiteContext {
    /// The config.
    pub(crate) config_root: Arc<ConfigRoot>,
    /// The folder that the site starts in.
    pub(crate) root: PathBuf,
    /// The generator's name and why it is taken to be that; none where none was found.
    pub(crate) generator: Option<(String, String)>,
    /// The generator's version, where a file or the config pins it.
    pub(crate) version: Option<GeneratorVersion>,
    /// What checks may ask.
    pub(crate) site: Site,
    /// Whether the pages below the root are one site's, because there is a generator or a config. Nothing can be concluded from
    /// one page of another folder to the next.
    pub(crate) is_site: bool,
}

impl SiteContext {
    /// Whether a rule for the page at `path` (absolute) asks what other pages have, and there are others to ask.
    pub(crate) fn uses_site_index(&self, path: &Path) -> bool {
        self.is_site && self.config_root.config.rules_for(&self.config_root.relative(path)).uses_site_index()
    }

    /// Whether the site's generator builds the page at `path`, as its source is called. In doubt, it does; and if the site
    /// has none of the folders of pages.
    pub(crate) fn builds(&self, path: &Path) -> bool {
        let is_part = || {
            let starts = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"_"));
            starts && self.site.profile().pages.has_parts
        };
        self.site.builds(path) || !self.site.has_page_folder() || is_part()
    }

    /// Whether the config excludes the page at `path` (absolute), which somebody asks for. In a site that as a whole isn't
    /// content, such as one that programs are tested with, only what the config itself names is excluded.
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        let config = &self.config_root;
        let is_excluded_site = self.generator.is_some() && config.config.is_not_content(&config.relative(&self.root));
        match is_excluded_site {
            true => config.config.excludes_by_name(&config.relative(path)),
            false => config.excludes(path),
        }
    }

    /// The content type of the page at `path` (absolute).
    pub(crate) fn content_of(&self, path: &Path) -> Arc<ContentType> {
        self.config_root.config.content_for(&self.config_root.relative(path))
    }

    /// The facts about the page at `path` (absolute) for other pages, from its front matter alone.
    pub(crate) fn facts_of(&self, path: &Path, source: &Source) -> PageFacts {
        let (front, ..) = front_matter::parse(source);
        PageFacts::of(source, front.as_ref(), self.site.profile(), &self.content_of(path))
    }

    /// The facts about the parsed page at `path` (absolute) for other pages.
    pub(crate) fn facts_of_document(&self, path: &Path, doc: &Document) -> PageFacts {
        PageFacts::of(doc.source, doc.front_matter.as_ref(), self.site.profile(), &self.content_of(path))
    }

    /// Lints the page at `path` (absolute), or a part of it.
    pub(crate) fn lint_document(
        &self,
        path: &Path,
        doc: &Document,
        part: RuleSubset,
        suppressions: bool,
    ) -> Vec<Diagnostic> {
        let (inside, config) = (self.config_root.relative(path), &self.config_root.config);
        let (rules, content) = (config.rules_for(&inside), config.content_for(&inside));
        let setup = LintContext { rules: &rules, content: &content, site: &self.site, use_suppressions: suppressions };
        let lint = |doc: &Document| linter::lint_subset(doc, setup, part);
        let mut found = lint(doc);
        if !doc.source.is_valid_utf8() {
            // A file that isn't valid UTF-8 can't be written back.
            found.iter_mut().for_each(|diagnostic| diagnostic.fix = None);
        }
        fix::retain_verified(doc, &mut found, lint);
        found
    }

    /// Whether the other is the same place under the same config and generator, found another time.
    pub(crate) fn is_same_site(&self, other: &Self) -> bool {
        self.root == other.root
            && self.generator == other.generator
            && self.version == other.version
            && self.config_root.root == other.config_root.root
            && self.config_root.file == other.config_root.file
    }

    /// The same site with the index of its pages.
    #[must_use]
    pub(crate) fn with_index(&self, survey: SiteIndex) -> Self {
        let site = self.site.again();
        site.learn(survey);
        Self {
            config_root: self.config_root.clone(),
            root: self.root.clone(),
            generator: self.generator.clone(),
            version: self.version.clone(),
            site,
            is_site: self.is_site,
        }
    }
}

/// A folder with the marks of a generator.
#[derive(Debug)]
struct Found {
    root: PathBuf,
    name: &'static str,
    why: String,
}

/// What identifies a site context.
type Key = (PathBuf, Option<PathBuf>, PathBuf, bool);

/// Finds the site of any file, and remembers it.
#[derive(Debug)]
pub(crate) struct SiteResolver {
    configs: ConfigResolver,
    by_dir: Mutex<HashMap<OsString, Arc<SiteContext>>>,
    by_root: Mutex<HashMap<Key, Arc<SiteContext>>>,
    found: Mutex<HashMap<PathBuf, Option<Arc<Found>>>>,
    today: Date,
    /// Files of sites that aren't used, with the reason.
    warnings: Mutex<BTreeSet<String>>,
}

impl SiteResolver {
    pub(crate) fn new(configs: ConfigResolver) -> Self {
        let today = configs.options().today.unwrap_or_else(today);
        Self {
            configs,
            by_dir: Mutex::default(),
            by_root: Mutex::default(),
            found: Mutex::default(),
            today,
            warnings: Mutex::default(),
        }
    }

    /// The configs.
    pub(crate) fn configs(&self) -> &ConfigResolver {
        &self.configs
    }

    /// Remembers that the authors file of a site isn't used.
    pub(crate) fn warn_of_authors_file(&self, path: &Path, error: &FsError) {
        let shown = relative(path, &self.configs.options().cwd);
        lock(&self.warnings).insert(format!("{}: authors file not used: {error}", display_path(&shown)));
    }

    /// The files of sites that aren't used, with the reason, sorted; each is given once.
    pub(crate) fn take_warnings(&self) -> BTreeSet<String> {
        std::mem::take(&mut lock(&self.warnings))
    }

    /// The sites met so far, sorted by their folder.
    pub(crate) fn all(&self) -> Vec<Arc<SiteContext>> {
        let mut all: Vec<_> = lock(&self.by_root).values().cloned().collect();
        all.sort_by(|a, b| (&a.root, &a.config_root.file).cmp(&(&b.root, &b.config_root.file)));
        all
    }

    /// The site of a file (absolute).
    pub(crate) fn for_file(&self, path: &Path) -> Arc<SiteContext> {
        let dir = path.parent().unwrap_or(path);
        // The file name identifies the page of a skill.
        let is_skill = path.file_name().is_some_and(|name| name == "SKILL.md");
        if is_skill { self.create(dir, is_skill) } else { self.for_dir(dir) }
    }

    /// The site of a folder (absolute).
    pub(crate) fn for_dir(&self, dir: &Path) -> Arc<SiteContext> {
        if let Some(context) = lock(&self.by_dir).get(dir.as_os_str()) {
            return context.clone();
        }
        let context = self.create(dir, false);
        lock(&self.by_dir).insert(dir.as_os_str().to_owned(), context.clone());
        context
    }

    fn create(&self, dir: &Path, is_skill: bool) -> Arc<SiteContext> {
        let config_root = self.configs.for_dir(dir);
        let repository = self.configs.repository_root(dir);
        let found = self.search(dir, repository.as_deref().unwrap_or(&config_root.root));
        let (generator, root) = match (config_root.config.generator(), found) {
            _ if is_skill => (Some(("agent-skill".into(), "the file name is `SKILL.md`".into())), dir.to_owned()),
            (Some("none"), _) => (None, config_root.root.clone()),
            (Some(name), found) => {
                let same = found.filter(|found| found.name == name);
                let root = same.map_or_else(|| config_root.root.clone(), |found| found.root.clone());
                (Some((name.to_owned(), "set in the config".to_owned())), root)
            }
            (None, Some(found)) => (Some((found.name.to_owned(), found.why.clone())), found.root.clone()),
            (None, None) => (None, config_root.root.clone()),
        };
        let mut by_root = lock(&self.by_root);
        let key = (config_root.root.clone(), config_root.file.clone(), root.clone(), is_skill);
        if let Some(context) = by_root.get(&key) {
            return context.clone();
        }
        let top = repository.as_deref().unwrap_or(&config_root.root);
        let (profile, version) = match &generator {
            Some((name, _)) => self.profile_of(name, &config_root, &root, top),
            None => Default::default(),
        };
        let is_site = generator.is_some() || config_root.file.is_some();
        let files = SiteFiles {
            root: Root::containing(self.configs.fs().clone(), &config_root.root),
            base: config_root.root.clone(),
            cwd: self.configs.options().cwd.clone(),
        };
        let site = Site::new(files).built_by(profile).on(self.today).rooted_at(root.clone());
        let context = Arc::new(SiteContext { config_root, root, generator, version, site, is_site });
        by_root.insert(key, context.clone());
        context
    }

    /// What is known of the generator of the site at `root`, and its version: the config's, or the one that a file of the
    /// site or of a folder above it, up to `top`, pins.
    fn profile_of(
        &self,
        name: &str,
        config: &ConfigRoot,
        root: &Path,
        top: &Path,
    ) -> (Arc<GeneratorProfile>, Option<GeneratorVersion>) {
        let Some(general) = generator::profile(name) else { return Default::default() };
        let folders: Vec<Marks> = root
            .ancestors()
            .take_while(|folder| folder.starts_with(top))
            .map(|folder| Marks::of(self.configs.fs(), folder))
            .collect();
        let probes: Vec<&dyn FolderProbe> = folders.iter().map(|folder| folder as &dyn FolderProbe).collect();
        let version = config.config.generator_version().cloned();
        let version = version.or_else(|| version::find(&general.version_markers, &probes));
        let site = Marks::of(self.configs.fs(), root);
        let profile = generator::profile_on_site(name, version.as_ref(), &site).unwrap_or(general);
        (profile, version)
    }

    /// The nearest folder upward, no higher than `top`, that has a generator's marks.
    fn search(&self, dir: &Path, top: &Path) -> Option<Arc<Found>> {
        let mut found = lock(&self.found);
        let mut passed = Vec::new();
        let mut result = None;
        // One that defers to its parent, and for how many folders it is used if there is nothing above.
        let mut else_it: Option<(usize, Arc<Found>)> = None;
        for folder in dir.ancestors() {
            if let Some(known) = found.get(folder) {
                result = known.clone();
                break;
            }
            passed.push(folder.to_owned());
            if let Some(DetectedGenerator { name, reason: why, defers_to_parent: yields }) =
                generator::detect(&Marks::of(self.configs.fs(), folder))
            {
                let here = Arc::new(Found { root: folder.to_owned(), name, why });
                if !yields {
                    result = Some(here);
                    break;
                }
                else_it.get_or_insert((passed.len(), here));
            }
            if folder == top || !folder.starts_with(top) {
                break;
            }
        }
        let of = |index: usize| {
            let below = || else_it.as_ref().filter(|(count, _)| index < *count).map(|(_, found)| found.clone());
            result.clone().or_else(below)
        };
        let answer = of(0);
        for (index, folder) in passed.into_iter().enumerate() {
            found.insert(folder, of(index));
        }
        answer
    }
}

/// The day it is, by the clock; in UTC.
pub(crate) fn today() -> Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Date::from_days_since_epoch((since.as_secs() / 86_400) as i64)
}
