//! What the walls know of one source file.

use std::collections::BTreeSet;

/// The first part of a path that starts with `::`: nothing precedes it.
pub(crate) const ABSOLUTE: &str = "";

/// A parsed source file.
pub(crate) struct File {
    pub(crate) path: String,
    /// The file's own module, then the modules written in braces inside it.
    pub(crate) modules: Vec<Module>,
    /// Modules that exist only in tests: `#[cfg(test)] mod x;`.
    pub(crate) test_modules: Vec<Vec<String>>,
    /// Lines of `#[path = …]` outside tests. Such a module can't be resolved from file names.
    pub(crate) path_attributes: Vec<usize>,
    pub(crate) references: Vec<Reference>,
    /// Macros called, by the last part of their path, and the line.
    pub(crate) macros: Vec<(String, usize)>,
    /// Methods called, and the line.
    pub(crate) methods: Vec<(String, usize)>,
    /// Lines with a type such as `dyn Fn(&Path) -> bool`.
    pub(crate) path_callbacks: Vec<usize>,
    pub(crate) functions: Vec<Function>,
}

/// A module: a file, or `mod x { … }` inside one.
pub(crate) struct Module {
    /// `["lib", "data", "node"]`
    pub(crate) path: Vec<String>,
    /// Names of the items it defines, modules and imports aside.
    pub(crate) items: BTreeSet<String>,
    pub(crate) imports: Vec<Import>,
}

/// One name that a `use` brings into a module.
pub(crate) struct Import {
    /// The name it gets; `None` for a glob.
    pub(crate) name: Option<String>,
    pub(crate) path: Vec<String>,
    /// Written inside a function, so other modules can't see it.
    pub(crate) is_local: bool,
    pub(crate) is_reexport: bool,
}

/// A path that the file mentions.
pub(crate) struct Reference {
    /// Index into [`File::modules`].
    pub(crate) module: usize,
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `use a::b;`
    Import,
    /// `use a::*;`
    Glob,
    /// `pub use a::b;`, `pub(crate) use a::*;`
    ReExport,
    /// Anywhere else, macro arguments included.
    Code,
}

/// A function with a body.
pub(crate) struct Function {
    pub(crate) name: String,
    /// The line of its signature.
    pub(crate) line: usize,
    /// From the signature to the closing brace.
    pub(crate) lines: usize,
    /// The line of its first attribute or doc comment, or of its signature.
    pub(crate) first_line: usize,
}
