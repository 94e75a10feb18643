//! The known site generators: how to detect them, and their profiles, from `rules/generators/`.

pub(crate) mod markdown;
pub(crate) mod markup;
mod probe;
pub(crate) mod profile;
pub(crate) mod slug;
pub(crate) mod version;
pub(crate) mod yaml_dialect;

pub(crate) use crate::generator::probe::FolderProbe;

use crate::data::built_in::BUILT_IN;
use crate::data::typed;
use crate::data::typed::Options;
use crate::generator::profile::GeneratorProfile;
use crate::generator::version::GeneratorVersion;
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// What identifies a generator, from `rules/generators/markers.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Marker {
    generator: String,
    /// One of these exists; a `*` at the end matches any ending.
    any: Vec<String>,
    /// And one of these, if there are any.
    #[serde(default)]
    and: Vec<Evidence>,
    /// And none of these.
    #[serde(default)]
    unless: Vec<Evidence>,
    /// Whether a generator detected in a parent folder takes precedence.
    #[serde(default)]
    defers_to_parent: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    file: String,
    contains: Option<String>,
}

impl Evidence {
    fn is_in(&self, folder: &dyn FolderProbe) -> bool {
        folder.exists(&self.file) && self.contains.as_ref().is_none_or(|text| folder.contains(&self.file, text))
    }
}

static MARKERS: LazyLock<Vec<Marker>> = LazyLock::new(|| {
    let text = built_in("markers").unwrap_or_default();
    // A test deserializes the built-in file, so this can't be empty by accident.
    typed::from_yaml(text).unwrap_or_default()
});

/// A generator detected in a folder.
#[derive(Debug)]
pub(crate) struct DetectedGenerator {
    /// Its name.
    pub(crate) name: &'static str,
    /// Why it was detected.
    pub(crate) reason: String,
    /// Whether a generator detected in a parent folder takes precedence.
    pub(crate) defers_to_parent: bool,
}

/// The generator of a folder.
pub(crate) fn detect(folder: &dyn FolderProbe) -> Option<DetectedGenerator> {
    if folder.names().is_empty() {
        return None;
    }
    MARKERS.iter().find_map(|marker| {
        let there = marker.any.iter().find_map(|path| there(folder, path))?;
        if marker.unless.iter().any(|other| other.is_in(folder)) {
            return None;
        }
        let detected = |reason| {
            Some(DetectedGenerator {
                name: marker.generator.as_str(),
                reason,
                defers_to_parent: marker.defers_to_parent,
            })
        };
        if marker.and.is_empty() {
            return detected(format!("found `{there}`"));
        }
        let proof = marker.and.iter().find(|proof| proof.is_in(folder))?;
        let reason = match &proof.contains {
            None => format!("found `{there}` and `{}`", proof.file),
            Some(text) if proof.file == there => format!("`{there}` contains `{text}`"),
            Some(text) => format!("found `{there}`, and `{}` contains `{text}`", proof.file),
        };
        detected(reason)
    })
}

fn there(folder: &dyn FolderProbe, path: &str) -> Option<String> {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    match (first.strip_suffix('*'), rest) {
        (Some(start), None) => folder.names().iter().find(|name| name.starts_with(start)).cloned(),
        (None, None) => folder.names().iter().find(|name| *name == first).cloned(),
        (_, Some(rest)) => {
            if !folder.names().iter().any(|name| name == first) {
                return None;
            }
            let found = match rest.strip_suffix('*') {
                None => folder.exists(path),
                Some(_) => ENDINGS.iter().any(|end| folder.exists(&path.replace('*', end))),
            };
            found.then(|| path.trim_end_matches(".*").to_owned())
        }
    }
}

/// The extensions of configs written in JavaScript.
const ENDINGS: [&str; 4] = ["js", "ts", "mjs", "mts"];

/// The names of the known generators.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let files = BUILT_IN.iter().filter_map(|(path, _)| path.strip_prefix("generators/")?.strip_suffix(".yaml"));
    files.filter(|name| *name != "markers")
}

/// The profile of a generator; none for an unknown one.
pub(crate) fn profile(name: &str) -> Option<Arc<GeneratorProfile>> {
    static READ: Mutex<Vec<(String, Arc<GeneratorProfile>)>> = Mutex::new(Vec::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, profile)) = read.iter().find(|(known, _)| known == name) {
        return Some(profile.clone());
    }
    let profile: Arc<GeneratorProfile> = Arc::new(typed::from_yaml(built_in(name)?).ok()?);
    read.push((name.to_owned(), profile.clone()));
    Some(profile)
}

/// The profile of a generator of this version on this site: with the facts that depend on either.
pub(crate) fn profile_on_site(
    name: &str,
    version: Option<&GeneratorVersion>,
    site: &dyn FolderProbe,
) -> Option<Arc<GeneratorProfile>> {
    let general = profile(name)?;
    let facts: Vec<&Options> = general.facts_for(version, site).collect();
    if facts.is_empty() {
        return Some(general);
    }
    let base: Options = typed::from_yaml(built_in(name)?).ok()?;
    let whole = facts.into_iter().fold(base, |whole, facts| typed::merge(whole, facts.clone()));
    // A test tries the facts of every profile, so that this can't fail.
    typed::from_options::<GeneratorProfile>(whole).ok().map(Arc::new)
}

fn built_in(name: &str) -> Option<&'static str> {
    let path = format!("generators/{name}.yaml");
    BUILT_IN.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::markdown::MarkdownEngine;

    struct Pretend(Vec<String>, Vec<(&'static str, &'static str)>);

    impl FolderProbe for Pretend {
        fn names(&self) -> &[String] {
            &self.0
        }
        fn exists(&self, path: &str) -> bool {
            self.1.iter().any(|(known, _)| *known == path || known.starts_with(&format!("{path}/")))
        }
        fn read(&self, path: &str) -> Option<String> {
            self.1.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned())
        }
        fn names_in(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    fn found(files: &[(&'static str, &'static str)]) -> Option<&'static str> {
        let names = files.iter().filter_map(|(path, _)| path.split('/').next()).map(str::to_owned).collect();
        detect(&Pretend(names, files.to_vec())).map(|detected| detected.name)
    }

    #[test]
    fn a_setting_selects_the_markdown_parser() {
        let parser = |name: &str, files: &[(&'static str, &'static str)]| {
            profile_on_site(name, None, &Pretend(Vec::new(), files.to_vec())).expect("it is known").markdown
        };
        assert_eq!(parser("jekyll", &[("_config.yml", "title: A\nmarkdown: redcarpet\n")]), MarkdownEngine::Other);
        assert_eq!(parser("jekyll", &[("_config.yml", "title: A\n")]), MarkdownEngine::Kramdown);
        let hexo = |version| [("package.json", version)];
        assert_eq!(parser("hexo", &hexo("\"hexo-renderer-marked\": \"^0.3.2\"")), MarkdownEngine::Other);
        assert_eq!(parser("hexo", &hexo("\"hexo-renderer-marked\": \"^7.0.0\"")), MarkdownEngine::Marked);
    }

    #[test]
    fn every_profile_can_be_read() {
        for name in names() {
            let text = built_in(name).expect("it is listed");
            let profile: GeneratorProfile = typed::from_yaml(text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert!(!profile.name.is_empty() && !profile.sources.is_empty(), "{name} needs a name and sources");
        }
        for (name, facts) in names().filter_map(|name| Some((name, profile(name)?))).flat_map(|(name, profile)| {
            let facts: Vec<Options> = profile.all_facts().cloned().collect();
            facts.into_iter().map(move |facts| (name, facts))
        }) {
            let base: Options = typed::from_yaml(built_in(name).expect("it is listed")).expect("YAML");
            let whole = typed::from_options::<GeneratorProfile>(typed::merge(base, facts));
            assert!(whole.is_ok(), "{name}: {:?}", whole.err());
        }
        let markers: Vec<Marker> = typed::from_yaml(built_in("markers").expect("it is there")).expect("it fits");
        for marker in markers {
            assert!(profile(&marker.generator).is_some(), "{}", marker.generator);
        }
    }

    #[test]
    fn facts_depend_on_the_version_and_the_settings() {
        let site = |files: &[(&'static str, &'static str)]| Pretend(Vec::new(), files.to_vec());
        let hugo = |version: Option<&str>, files: &[(&'static str, &'static str)]| {
            let version = version.and_then(|text| GeneratorVersion::parse(text, "netlify.toml"));
            profile_on_site("hugo", version.as_ref(), &site(files)).expect("a known generator")
        };
        assert!(hugo(Some("0.145.0"), &[]).renamed.contains_key("_build"));
        assert!(!hugo(Some("0.133.0"), &[]).renamed.contains_key("_build"));
        assert!(!hugo(None, &[]).renamed.contains_key("_build"));
        let duplicates = |version| hugo(Some(version), &[]).errors.duplicate_key.clone();
        assert_ne!(duplicates("0.151.2"), duplicates("0.152.0"));
        assert!(!hugo(None, &[]).dates.from_file_name);
        assert!(
            hugo(None, &[("hugo.toml", "[frontmatter]\ndate = [\":filename\", \":default\"]")]).dates.from_file_name
        );
    }

    #[test]
    fn contents_tell_what_names_do_not() {
        assert_eq!(found(&[("config.toml", "base_url = \"x\"")]), Some("zola"));
        assert_eq!(found(&[("config.toml", "baseURL = \"x\"")]), Some("hugo"));
        assert_eq!(found(&[("config.yaml", "baseurl: x")]), Some("hugo"));
        assert_eq!(found(&[("config.toml", "[other]")]), None);
        assert_eq!(found(&[("_config.yml", ""), ("_posts/a.md", "")]), Some("jekyll"));
        assert_eq!(found(&[("_config.yml", ""), ("source/_posts/a.md", "")]), Some("hexo"));
        assert_eq!(found(&[("_config.yml", "")]), None);
        let package = ("package.json", "{ \"keywords\": [\"hexo\"], \"dependencies\": { \"hexo\": \"7\" } }");
        assert_eq!(found(&[("_config.yml", ""), package]), Some("hexo"));
        assert_eq!(found(&[("_config.yml", ""), package, ("_posts/a.md", "")]), Some("jekyll"));
        let gems = ("Gemfile", "gem \"jekyll\"");
        assert_eq!(found(&[("_config.yml", ""), gems, ("source/_posts/a.md", "")]), Some("jekyll"));
        assert_eq!(
            found(&[("astro.config.mjs", ""), ("package.json", "\"@astrojs/starlight\": 1")]),
            Some("starlight")
        );
        assert_eq!(found(&[("astro.config.mjs", "")]), Some("astro"));
        assert_eq!(found(&[(".vitepress/config.ts", "")]), Some("vitepress"));
        assert_eq!(found(&[(".vuepress/config.js", "")]), None);
        assert_eq!(found(&[("docusaurus.config.ts", "")]), Some("docusaurus"));
        assert_eq!(found(&[("mkdocs.yml", "")]), Some("mkdocs"));
        assert_eq!(found(&[("README.md", "")]), None);
    }
}
