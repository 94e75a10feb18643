//! All source files together: what a path leads to, through imports and re-exports, as the compiler would find it.
//!
//! Two things only the compiler knows are left out: the type behind a method call, and items that a macro defines. A
//! name that isn't found in a module counts as defined in that module's file.

use crate::file::{ABSOLUTE, File, Import, Module, Reference};
use crate::parse::parse;
use std::collections::{BTreeMap, BTreeSet};

/// The library's name, by which `main.rs` imports it.
const LIBRARY: &str = "matterlint";

/// Every source file that is part of the program; files of unit tests are left out.
pub(crate) struct House {
    pub(crate) files: Vec<File>,
    /// Module path → its file and its index there.
    modules: BTreeMap<Vec<String>, (usize, usize)>,
}

/// A module: its path, `["lib", "data", "node"]`.
pub(crate) type Path<'a> = &'a [String];

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target<'a> {
    Module(Path<'a>),
    /// An item, and what is named inside it: `["Document", "parse"]`.
    Item(Path<'a>, Vec<String>),
    /// A path into another crate, or a name that isn't an item (a variable, a type parameter, the prelude).
    Outside(Vec<String>),
}

/// What a path leads to, and the modules passed on the way.
#[derive(Default)]
pub(crate) struct Resolved<'a> {
    /// More than one where a module and an item share a name, or where a name is imported under two conditions.
    pub(crate) targets: BTreeSet<Target<'a>>,
    pub(crate) through: BTreeSet<Path<'a>>,
    /// Imports being followed: a `use regex::Regex` doesn't look for `regex` in itself.
    active: Vec<*const Import>,
}

impl House {
    /// Parses the sources: pairs of path and text.
    pub(crate) fn new<'s>(sources: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        let mut files: Vec<File> = sources
            .into_iter()
            .filter(|(path, _)| !path.ends_with("tests.rs"))
            .map(|(path, text)| parse(path, text))
            .collect();
        let tests: Vec<Vec<String>> = files.iter().flat_map(|file| file.test_modules.clone()).collect();
        files.retain(|file| !tests.iter().any(|test| file.modules[0].path.starts_with(test)));
        let mut modules = BTreeMap::new();
        for (at, file) in files.iter().enumerate() {
            for (inner, module) in file.modules.iter().enumerate() {
                modules.insert(module.path.clone(), (at, inner));
            }
        }
        for (path, (at, _)) in &modules {
            let has_parent = path.len() == 1 || modules.contains_key(&path[..path.len() - 1]);
            assert!(has_parent, "{}: no file holds the module above it", files[*at].path);
        }
        Self { files, modules }
    }

    /// The file that holds `module`.
    pub(crate) fn file(&self, module: Path) -> usize {
        self.modules[module].0
    }

    /// Whether other files hold modules below `module`, as below a `mod.rs`.
    pub(crate) fn is_folder(&self, module: Path) -> bool {
        let below = self.modules.range(module.to_vec()..).take_while(|(path, _)| path.starts_with(module));
        below.into_iter().any(|(path, _)| self.file(path) != self.file(module))
    }

    pub(crate) fn module(&self, path: Path) -> &Module {
        let (file, inner) = self.modules[path];
        &self.files[file].modules[inner]
    }

    /// What `reference` of `file` leads to.
    pub(crate) fn resolve<'a>(&'a self, file: &'a File, reference: &Reference) -> Resolved<'a> {
        self.resolve_in(&file.modules[reference.module].path, &reference.path)
    }

    /// What `path` leads to when it is written in `module`.
    pub(crate) fn resolve_in<'a>(&'a self, module: Path<'a>, path: Path) -> Resolved<'a> {
        let mut found = Resolved::default();
        self.start(module, path, &mut found);
        found
    }

    fn start<'a>(&'a self, module: Path<'a>, path: Path, found: &mut Resolved<'a>) {
        let Some((first, rest)) = path.split_first() else { return };
        match first.as_str() {
            "crate" => self.walk(&module[..1], rest, found),
            "self" | "super" => self.walk(module, path, found),
            "Self" => {}
            ABSOLUTE => self.outside(rest, found),
            _ if self.look_up(module, path, true, found) => {}
            _ => self.outside(path, found),
        }
    }

    /// Another crate's path, or one of the library when `main.rs` names it.
    fn outside<'a>(&'a self, path: Path, found: &mut Resolved<'a>) {
        let library = self.modules.keys().find(|module| module.len() == 1 && module[0] == "lib");
        match (path.split_first(), library) {
            (Some((first, rest)), Some(library)) if first == LIBRARY => self.walk(library, rest, found),
            _ => _ = found.targets.insert(Target::Outside(path.to_vec())),
        }
    }

    /// Follows `path` from `module` downwards; `super` goes up.
    fn walk<'a>(&'a self, module: Path<'a>, path: Path, found: &mut Resolved<'a>) {
        found.through.insert(module);
        match path.split_first() {
            None => _ = found.targets.insert(Target::Module(module)),
            Some((first, rest)) if first == "self" => self.walk(module, rest, found),
            Some((first, rest)) if first == "super" => self.walk(&module[..module.len() - 1], rest, found),
            _ if self.look_up(module, path, false, found) => {}
            _ => _ = found.targets.insert(Target::Item(module, path.to_vec())),
        }
    }

    /// Looks for the first name of `path` in `module` and follows the rest; returns whether the name was found.
    /// `inside` is code of the module itself, which sees imports in functions too.
    fn look_up<'a>(&'a self, module: Path<'a>, path: Path, inside: bool, found: &mut Resolved<'a>) -> bool {
        let (first, rest) = path.split_first().expect("a name to look for");
        let mut is_found = false;
        let child = [module, std::slice::from_ref(first)].concat();
        if let Some((child, _)) = self.modules.get_key_value(&child) {
            self.walk(child, rest, found);
            is_found = true;
        }
        // An item next to a module of its name is a function or a constant, and no path goes on inside that.
        if self.module(module).items.contains(first) && (rest.is_empty() || !is_found) {
            found.targets.insert(Target::Item(module, path.to_vec()));
            is_found = true;
        }
        let is_visible = |import: &&Import| inside || !import.is_local;
        let imports = || self.module(module).imports.iter().filter(is_visible);
        for import in imports().filter(|import| import.name.as_ref() == Some(first)) {
            for target in self.follow(module, import, found) {
                is_found = true;
                match target {
                    Target::Module(module) => self.walk(module, rest, found),
                    Target::Item(module, names) => {
                        found.targets.insert(Target::Item(module, [&names, rest].concat()));
                    }
                    Target::Outside(names) => _ = found.targets.insert(Target::Outside([&names, rest].concat())),
                }
            }
        }
        if is_found {
            return true;
        }
        for import in imports().filter(|import| import.name.is_none()) {
            for target in self.follow(module, import, found) {
                if let Target::Module(module) = target
                    && self.look_up(module, path, false, found)
                {
                    found.through.insert(module);
                    is_found = true;
                }
            }
        }
        is_found
    }

    /// What the path of `import` in `module` leads to; nothing if it is being followed already.
    fn follow<'a>(&'a self, module: Path<'a>, import: &Import, found: &mut Resolved<'a>) -> BTreeSet<Target<'a>> {
        let this: *const Import = import;
        if found.active.contains(&this) {
            return BTreeSet::new();
        }
        found.active.push(this);
        let before = std::mem::take(&mut found.targets);
        self.start(module, &import.path, found);
        found.active.pop();
        std::mem::replace(&mut found.targets, before)
    }
}
