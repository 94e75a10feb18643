//! What the config of another linter or CMS defines that applies to matterlint too: what is excluded, required fields, and
//! schemas. Rules about style have no counterpart, and comments such as `<!-- markdownlint-disable -->` are left alone.

mod front_matter_cms;
mod markdownlint;
mod remark;
mod rumdl;

use crate::data::limits::Limits;
use crate::data::node::{Tree, Value};
use crate::data::{json, toml, yaml};
use crate::fs::ProjectFiles;

/// What is taken over.
#[derive(Default, Debug, PartialEq, Eq)]
pub(super) struct Takeover {
    /// The files that were read.
    pub(super) files: Vec<String>,
    /// Globs of what is excluded.
    pub(super) exclude: Vec<String>,
    /// Fields that every page needs.
    pub(super) required: Vec<String>,
    /// Schemas, each with the globs of its pages.
    pub(super) schemas: Vec<(String, Vec<String>)>,
    /// What could not be taken over.
    pub(super) notes: Vec<String>,
}

/// Reads the config of a program; adds nothing where it has none.
type Read = fn(&ProjectFiles, &mut Takeover);

/// The programs, by name, each with the files that it has.
const PROGRAMS: [(&str, Read, &[&str]); 4] = [
    ("markdownlint", markdownlint::read, &markdownlint::FILES),
    ("rumdl", rumdl::read, &rumdl::FILES),
    ("front-matter-cms", front_matter_cms::read, &front_matter_cms::FILES),
    ("remark-lint-frontmatter-schema", remark::read, &remark::FILES),
];

/// Folders that are never checked, whatever a config says.
const ALWAYS_EXCLUDED: [&str; 3] = ["node_modules", ".git", ".github"];

/// Reads the config of the program `name`.
///
/// # Errors
/// If there is no such program, or it has no config here.
pub(super) fn read(name: &str, project: &ProjectFiles) -> Result<Takeover, String> {
    let Some((_, read, files)) = PROGRAMS.iter().find(|(known, ..)| *known == name) else {
        let known: Vec<&str> = PROGRAMS.iter().map(|(known, ..)| *known).collect();
        return Err(format!("unknown program `{name}`; expected one of {}", known.join(", ")));
    };
    let mut takeover = Takeover::default();
    read(project, &mut takeover);
    if takeover.files.is_empty() {
        return Err(format!("no config of {name} found; expected one of {}", files.join(", ")));
    }
    Ok(takeover)
}

impl Takeover {
    /// The first of these files, parsed by its name; noted as read.
    fn parsed(&mut self, project: &ProjectFiles, files: &[&str]) -> Option<Tree> {
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
    fn exclude(&mut self, glob: &str) {
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
    fn exclude_lines(&mut self, project: &ProjectFiles, file: &str) {
        let Ok(text) = project.read(file) else { return };
        self.files.push(file.to_owned());
        text.lines().for_each(|line| self.exclude(line));
    }
}

/// The strings in a list, or a string alone.
fn strings<'a>(value: Option<Value<'a>>) -> Vec<&'a str> {
    let Some(value) = value else { return Vec::new() };
    match value.items() {
        Some(items) => items.filter_map(Value::text).collect(),
        None => value.text().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
