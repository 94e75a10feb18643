//! What the walls refuse. Each function returns a text for each fault.

use crate::file::{File, Kind, Reference};
use crate::resolve::{House, Path, Target};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Which rooms a room may import.
pub(crate) enum Imports {
    /// These.
    Only(&'static [&'static str]),
    /// Every room above it in the table, but these.
    AllAboveBut(&'static [&'static str]),
}

/// File and reason → line and code of each place.
#[derive(Default)]
struct Faults<'a>(BTreeMap<(&'a str, String), BTreeSet<(usize, String)>>);

impl<'a> Faults<'a> {
    fn add(&mut self, file: &'a File, line: usize, code: &str, reason: String) {
        self.0.entry((&file.path, reason)).or_default().insert((line, code.to_owned()));
    }

    /// One line for each file and reason: its first place, and how many more there are.
    fn into_lines(self) -> Vec<String> {
        let describe = |((path, reason), places): ((&str, String), BTreeSet<(usize, String)>)| {
            let (line, code) = places.first().expect("a place");
            let more = if places.len() > 1 { format!(" and {} more", places.len() - 1) } else { String::new() };
            format!("{path}:{line}: `{code}`{more}: {reason}")
        };
        self.0.into_iter().map(describe).collect()
    }
}

/// Imports between rooms that the table doesn't allow, and rooms that it doesn't know.
pub(crate) fn rooms(house: &House, table: &[(&str, Imports)]) -> Vec<String> {
    let (mut faults, mut unknown) = (Faults::default(), BTreeSet::new());
    for file in &house.files {
        let room = room_of(&file.modules[0].path);
        let Some(at) = table.iter().position(|(name, _)| *name == room) else {
            unknown.insert(format!("{}: room `{room}` isn't in the table ROOMS of tests/walls.rs", file.path));
            continue;
        };
        for line in &file.path_attributes {
            faults.add(file, *line, "#[path]", "outside tests, it hides which room a file is in".to_owned());
        }
        let may = |other: &str| match &table[at].1 {
            Imports::Only(rooms) => rooms.contains(&other),
            Imports::AllAboveBut(rooms) => {
                !rooms.contains(&other) && table[..at].iter().any(|(above, _)| *above == other)
            }
        };
        for reference in &file.references {
            let others = rooms_of(house, file, reference);
            for other in others.into_iter().filter(|other| *other != room && !may(other)) {
                let reason = format!("room `{room}` may not import `{other}`");
                faults.add(file, reference.line, &reference.path.join("::"), reason);
            }
        }
    }
    unknown.into_iter().chain(faults.into_lines()).collect()
}

/// The rooms that a path leads to or passes through, re-exports included.
fn rooms_of<'a>(house: &'a House, file: &'a File, reference: &Reference) -> BTreeSet<&'a str> {
    let resolved = house.resolve(file, reference);
    if is_lone_module(reference, &resolved.targets) {
        return BTreeSet::new();
    }
    // A path from `crate::` passes the root; only an item defined there is an import from `lib`.
    let passed = resolved.through.into_iter().filter(|module| module.len() > 1);
    let led_to = resolved.targets.iter().filter_map(|target| match target {
        Target::Module(module) | Target::Item(module, _) => Some(*module),
        Target::Outside(_) => None,
    });
    passed.chain(led_to).map(room_of).collect()
}

/// Cycles between files inside a room: for each import that is part of one, the shortest cycle through it.
pub(crate) fn cycles(house: &House) -> Vec<String> {
    let edges = file_edges(house);
    let mut cycles: BTreeSet<Vec<usize>> = BTreeSet::new();
    for (&from, targets) in &edges {
        for &to in targets.keys() {
            if let Some(mut cycle) = shortest_way(&edges, to, from) {
                let first = (0..cycle.len()).min_by_key(|at| cycle[*at]).unwrap_or_default();
                cycle.rotate_left(first);
                cycles.insert(cycle);
            }
        }
    }
    let mut cycles: Vec<Vec<usize>> = cycles.into_iter().collect();
    cycles.sort_by_key(Vec::len);
    // A cycle whose imports are all part of shorter ones goes when those do.
    let mut shown = BTreeSet::new();
    cycles.retain(|cycle| {
        let imports = cycle.iter().zip(cycle.iter().cycle().skip(1));
        let new = imports.filter(|(from, to)| shown.insert((**from, **to))).count();
        new > 0
    });
    let describe = |cycle: &Vec<usize>| {
        let room = room_of(&house.files[cycle[0]].modules[0].path);
        let mut text = format!("{} files of room `{room}` import each other:", cycle.len());
        for (at, from) in cycle.iter().enumerate() {
            let to = cycle[(at + 1) % cycle.len()];
            let names = edges[from][&to].iter();
            let mut names: Vec<String> = names.map(|(name, line)| format!("`{name}` (line {line})")).collect();
            if names.len() > 4 {
                let more = names.split_off(3).len();
                names.push(format!("{more} more"));
            }
            let (from, to) = (&house.files[*from].path, &house.files[to].path);
            text += &format!("\n    {from} → {to}: {}", names.join(", "));
        }
        text
    };
    cycles.iter().map(describe).collect()
}

/// File → files of the same room that it imports → the paths that do so, each with its first line.
type Edges = BTreeMap<usize, BTreeMap<usize, BTreeMap<String, usize>>>;

fn file_edges(house: &House) -> Edges {
    let mut edges = Edges::new();
    for (from, file) in house.files.iter().enumerate() {
        for reference in &file.references {
            for to in files_of(house, file, reference) {
                if to != from && room_of(&house.files[to].modules[0].path) == room_of(&file.modules[0].path) {
                    let paths = edges.entry(from).or_default().entry(to).or_default();
                    paths.entry(reference.path.join("::")).or_insert(reference.line);
                }
            }
        }
    }
    edges
}

/// The files that define what a path leads to.
fn files_of(house: &House, file: &File, reference: &Reference) -> BTreeSet<usize> {
    let own = file.modules[reference.module].path.as_slice();
    let targets = house.resolve(file, reference).targets;
    if is_lone_module(reference, &targets) {
        return BTreeSet::new();
    }
    let mut files = BTreeSet::new();
    for target in targets {
        match target {
            Target::Outside(_) => {}
            // A parent that re-exports what its children define doesn't depend on them.
            Target::Module(module) | Target::Item(module, _)
                if reference.kind == Kind::ReExport && module.starts_with(own) => {}
            Target::Module(module) if reference.kind == Kind::Glob => files.extend(files_of_glob(house, own, module)),
            // The name of a folder alone isn't an import of its `mod.rs`; the paths that begin with it are resolved.
            Target::Module(module) if house.is_folder(module) => {}
            Target::Module(module) | Target::Item(module, _) => _ = files.insert(house.file(module)),
        }
    }
    files
}

/// The files behind `use module::*` in module `own`: the module's own, and those of what it re-exports.
fn files_of_glob<'a>(house: &'a House, own: Path, module: Path<'a>) -> BTreeSet<usize> {
    let inner = house.module(module);
    let mut files = BTreeSet::new();
    if !inner.items.is_empty() {
        files.insert(house.file(module));
    }
    for import in inner.imports.iter().filter(|import| import.is_reexport || own.starts_with(module)) {
        for target in house.resolve_in(module, &import.path).targets {
            if let Target::Item(module, _) = target {
                files.insert(house.file(module));
            }
        }
    }
    files
}

/// Whether `reference` is a single name in code that only a module bears: a variable or a field then.
fn is_lone_module(reference: &Reference, targets: &BTreeSet<Target>) -> bool {
    reference.kind == Kind::Code
        && reference.path.len() == 1
        && targets.iter().all(|target| matches!(target, Target::Module(_)))
}

/// The files from `from` to `to`, both included.
fn shortest_way(edges: &Edges, from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came_from = BTreeMap::from([(from, from)]);
    let mut next = VecDeque::from([from]);
    while let Some(file) = next.pop_front() {
        if file == to {
            let mut way = vec![to];
            while way[way.len() - 1] != from {
                way.push(came_from[&way[way.len() - 1]]);
            }
            way.reverse();
            return Some(way);
        }
        for &imported in edges.get(&file).into_iter().flat_map(BTreeMap::keys) {
            came_from.entry(imported).or_insert_with(|| {
                next.push_back(imported);
                file
            });
        }
    }
    None
}

/// Imports of an outside crate that don't go through its door. What the door re-exports has gone through it.
pub(crate) fn doors(house: &House, doors: &[(&str, &str)]) -> Vec<String> {
    let faults = outside_paths(house, |file, reference, path, through| {
        let is_import = path.len() > 1 || reference.kind != Kind::Code;
        let doors: Vec<&str> =
            doors.iter().filter(|(name, _)| is_import && path[0] == *name).map(|(_, door)| *door).collect();
        if doors.is_empty() {
            return None;
        }
        let passes = std::iter::once(file).chain(through.iter().map(|module| &house.files[house.file(module)]));
        let uses_door = passes.into_iter().any(|file| doors.iter().any(|door| is_within(&file.path, door)));
        (!uses_door).then(|| format!("the door of crate `{}` is {}", path[0], doors.join(", ")))
    });
    faults.into_lines()
}

/// What touches the world outside in the wrong place: files, environment, processes, network, standard output.
pub(crate) fn world(house: &House, world: &[&str], print: &[&str]) -> Vec<String> {
    let within = |file: &File, places: &[&str]| places.iter().any(|place| is_within(&file.path, place));
    let mut faults = outside_paths(house, |file, _, path, _| {
        let [first, second, rest @ ..] = path else { return None };
        let is_exit_code = rest.first().is_some_and(|name| name == "ExitCode");
        match (first.as_str(), second.as_str()) {
            ("std", "fs" | "env") if within(file, world) => None,
            ("std", "process") if file.path == "src/main.rs" && is_exit_code => None,
            ("std", "fs" | "env") => Some(format!("`std::{second}` is only for {}", world.join(", "))),
            ("std", "process" | "net") => Some(format!("no file may use `std::{second}`")),
            _ => None,
        }
    });
    for file in house.files.iter().filter(|file| !within(file, print)) {
        for (name, line) in &file.macros {
            if ["println", "print", "eprintln", "eprint", "dbg"].contains(&name.as_str()) {
                faults.add(file, *line, &format!("{name}!"), format!("printing is only for {}", print.join(", ")));
            }
        }
    }
    faults.into_lines()
}

/// Applies `refuse` to each path into another crate, and to the modules passed on the way.
fn outside_paths(
    house: &House,
    refuse: impl Fn(&File, &Reference, &[String], &BTreeSet<Path>) -> Option<String>,
) -> Faults<'_> {
    let mut faults = Faults::default();
    for file in &house.files {
        for reference in &file.references {
            let resolved = house.resolve(file, reference);
            for target in &resolved.targets {
                if let Target::Outside(path) = target
                    && let Some(reason) = refuse(file, reference, path, &resolved.through)
                {
                    faults.add(file, reference.line, &reference.path.join("::"), reason);
                }
            }
        }
    }
    faults
}

/// Functions of the engine that the command line and the language server may not call on their own, and callbacks that
/// are an interface to the disk in addition to `FileSystem`.
pub(crate) fn engine(house: &House) -> Vec<String> {
    let mut faults = Faults::default();
    for file in &house.files {
        for line in &file.path_callbacks {
            faults.add(file, *line, "dyn Fn(&Path)", "only `FileSystem` asks for files".to_owned());
        }
        if !["cli", "lsp"].contains(&room_of(&file.modules[0].path)) {
            continue;
        }
        let mut refuse = |line: usize, name: &str| {
            faults.add(file, line, name, "only rooms below may call it; ask `Workspace`".to_owned());
        };
        file.methods.iter().filter(|(name, _)| name == "facts_of").for_each(|(name, line)| refuse(*line, name));
        for reference in &file.references {
            for target in house.resolve(file, reference).targets {
                let Target::Item(_, names) = target else { continue };
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                if matches!(names[..], ["Document", "parse"] | ["PageFacts", _, ..]) || names.contains(&"facts_of") {
                    refuse(reference.line, &reference.path.join("::"));
                }
            }
        }
    }
    faults.into_lines()
}

/// Files without an opening sentence, and files and functions that are long without a reason.
pub(crate) fn sizes(house: &House, text_of: impl Fn(&str) -> String) -> Vec<String> {
    let mut faults = Vec::new();
    for file in &house.files {
        let text = text_of(&file.path);
        let lines: Vec<&str> = text.lines().collect();
        if !text.starts_with("//! ") {
            faults.push(format!("{}: opens without a `//! ` sentence", file.path));
        }
        let opening: String = lines.iter().copied().take_while(|line| line.starts_with("//!")).collect();
        if lines.len() > 400 && !opening.contains("over 400 lines") {
            faults.push(format!("{}: is over 400 lines and its first comment doesn't say why", file.path));
        }
        for function in file.functions.iter().filter(|function| function.lines > 60) {
            let above = lines[..function.first_line - 1].iter().rev();
            let comment = above.take_while(|line| line.trim_start().starts_with("//"));
            let attributes = &lines[function.first_line - 1..function.line - 1];
            if !comment.chain(attributes).any(|line| line.contains("over 60 lines")) {
                let (path, line, name) = (&file.path, function.line, &function.name);
                let count = function.lines;
                faults.push(format!(
                    "{path}:{line}: `{name}` has {count} lines and no comment above it says why it is over 60 lines"
                ));
            }
        }
    }
    faults
}

/// `["lib", "data", "node"]` → `data`, `["main"]` → `main`
fn room_of(module: Path<'_>) -> &str {
    module.get(1).unwrap_or(&module[0])
}

/// Whether `path` is the file `place`, or belongs to the room or module `place/`: `src/fs/os.rs` and `src/fs.rs` are
/// within `src/fs/`.
fn is_within(path: &str, place: &str) -> bool {
    let in_folder = |folder: &str| path.starts_with(place) || path.strip_suffix(".rs") == Some(folder);
    path == place || place.strip_suffix('/').is_some_and(in_folder)
}
