//! What is taken over from another program's config, in the making.

use crate::data::limits::Limits;
use crate::data::node::{Tree, Value};
use crate::data::{json, toml, yaml};
use crate::fs::ProjectFiles;

/// What is taken over.
#[derive(Default, Debug, PartialEq, Eq)]
pub(in crate::workspace::init) struct Takeover {
    /// The files that were read.
    pub(in crate::workspace::init) files: Vec<String>,
    /// Globs of what is excluded.
    pub(in crate::workspace::init) exclude: Vec<String>,
    /// Fields that every page needs.
    pub(in crate::workspace::init) required: Vec<String>,
    /// Schemas, each with the globs of its pages.
    pub(in crate::workspace::init) schemas: Vec<(String, Vec<String>)>,
    /// What could not be taken over.
    pub(in crate::workspace::init) notes: Vec<String>,
}

/// Folders that are never checked, whatever a config names.
const ALWAYS_EXCLUDED: [&str; 3] = ["node_modules", ".git", ".github"];

impl Takeover {
    /// The first of these files, parsed by its name; noted as read.
    pub(super) fn parsed(&mut self, project: &ProjectFiles, files: &[&str]) -> Option<Tree> {
        let (file, text) = files.iter().find_map(|file| Some((*file, project.read(file).ok()?)))?;
        let (tree, problems) = match file.rsplit('.').next().unwrap_or_default() {
            "toml" => toml::parse(&text, 0, Limits::ProjectFile),
            "yaml" | "yml" => yaml::parse(&text, 0, Limits::ProjectFile),
            _ => json::parse(&text, 0, Limits::ProjectFile),
        };
        self.files.push(file.to_owned());
        // These programs allow comments and trailing commas in JSON.
        let is_strict = file.ends_with(".toml") || file.ends_with(".yaml") || file.ends_with(".yml");
        if is_strict && !problems.is_empty() {
            self.notes.push(format!("{file} has syntax errors; what could be read was used"));
        }
        Some(tree)
    }

    /// Excludes what a glob of another program matches.
    pub(super) fn exclude(&mut self, glob: &str) {
        let glob = glob.trim().trim_start_matches("./");
        if glob.is_empty() || glob.starts_with('#') {
            return;
        }
        if let Some(kept) = glob.strip_prefix('!') {
            self.notes.push(format!("not excluded again: `{kept}`; use `include` if it is excluded by another glob"));
            return;
        }
        // A folder's name, or all files in it, is the folder itself.
        let glob = glob.trim_start_matches('/').trim_start_matches("**/");
        let glob = glob.trim_end_matches("/**/*").trim_end_matches("/**").trim_end_matches('/');
        let is_known = ALWAYS_EXCLUDED.contains(&glob) || self.exclude.iter().any(|known| known == glob);
        if !glob.is_empty() && !is_known {
            self.exclude.push(glob.to_owned());
        }
    }

    /// Excludes what the lines of an ignore file match.
    pub(super) fn exclude_lines(&mut self, project: &ProjectFiles, file: &str) {
        let Ok(text) = project.read(file) else { return };
        self.files.push(file.to_owned());
        text.lines().for_each(|line| self.exclude(line));
    }
}

/// The strings in a list, or a string alone.
pub(super) fn strings<'a>(value: Option<Value<'a>>) -> Vec<&'a str> {
    let Some(value) = value else { return Vec::new() };
    match value.items() {
        Some(items) => items.filter_map(Value::text).collect(),
        None => value.text().into_iter().collect(),
    }
}
