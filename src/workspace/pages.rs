//! The pages of a site: which they are, what each tells of itself, and what all of them tell together.

use crate::data::yaml;
use crate::document::front_matter;
use crate::fs;
use crate::fs::Walk;
use crate::site::{Facts, Files, People, Survey};
use crate::source::Source;
use crate::workspace::{Ground, Grounds};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// All pages of a site, as a walk finds them: absolute, sorted. `excludes` says whether the config may leave out some.
pub fn pages(grounds: &Grounds, ground: &Arc<Ground>, excludes: bool) -> Vec<PathBuf> {
    let leave_out = |path: &Path, is_dir: bool| {
        let dir = if is_dir { path } else { path.parent().unwrap_or(path) };
        let scope = grounds.scopes().of_dir(dir);
        excludes && scope.config.excludes(&scope.inside(path))
    };
    let (files, _) = Walk { leave_out: &leave_out, force: false }.files(std::slice::from_ref(&ground.root));
    files.into_iter().filter(|path| Arc::ptr_eq(&grounds.of_file(path), ground)).collect()
}

/// What a page tells of itself.
pub fn facts_of(source: &Source, ground: &Ground) -> Facts {
    let (front, ..) = front_matter::parse(source);
    let content = ground.content_of(source);
    Facts::of(source, front.as_ref(), ground.site.profile(), &content)
}

/// What the pages of a site tell together; their sources are called as seen from `cwd`, and so are the files that `has`
/// is asked for.
pub fn compare(facts: Vec<Facts>, ground: &Ground, cwd: &Path, has: &dyn Fn(&Path) -> bool) -> Survey {
    let names = |folder: &Path| fs::absolute(&cwd.join(folder)).map_or(Vec::new(), |dir| fs::names_in(&dir));
    let profile = ground.site.profile();
    let people = profile.authors.files.iter().find_map(|file| people(&ground.root, file));
    let root = fs::relative(&ground.root, cwd);
    Survey::new(facts, profile, people.as_ref(), &root, Files { has, names: &names })
}

/// Whether there is a file at `path`, as seen from `cwd`.
pub fn has_file(path: &Path, cwd: &Path) -> bool {
    fs::absolute(&cwd.join(path)).is_ok_and(|path| path.is_file())
}

/// The authors that a data file lists: its keys, and the names it gives them.
fn people(root: &Path, file: &str) -> Option<People> {
    let text = String::from_utf8(fs::read(&root.join(file)).ok()?).ok()?;
    let (tree, problems) = yaml::parse(&text, 0);
    let list = tree.root().filter(|root| root.is_map() && problems.is_empty())?;
    // Material keeps them one level deeper.
    let list = list.get("authors").filter(|below| below.is_map()).unwrap_or(list);
    let mut names = Vec::new();
    for entry in list.entries() {
        names.extend(entry.key.text().map(str::to_owned));
        names.extend(entry.value.get("name").and_then(|name| name.text()).map(str::to_owned));
    }
    Some(People { file: file.to_owned(), names })
}
