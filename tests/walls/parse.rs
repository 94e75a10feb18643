//! Text → [`File`]: its modules, what they import, every path it mentions, and its functions.

use crate::file::{ABSOLUTE, File, Function, Import, Kind, Module, Reference};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, ImplItem, Item, Meta, TraitItem, Type, UseTree, Visibility};

/// `src/data/node.rs` → `["lib", "data", "node"]`, `src/main.rs` → `["main"]`
pub(crate) fn module_path(path: &str) -> Vec<String> {
    let inner = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")).expect("a Rust file below src/");
    match inner {
        "lib" | "main" => vec![inner.to_owned()],
        _ => {
            let parts = inner.strip_suffix("/mod").unwrap_or(inner).split('/');
            std::iter::once("lib").chain(parts).map(str::to_owned).collect()
        }
    }
}

/// Parses a source file of `src/`. Panics where it isn't Rust.
pub(crate) fn parse(path: &str, text: &str) -> File {
    let syntax = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let module = Module { path: module_path(path), items: BTreeSet::new(), imports: Vec::new() };
    let file = File {
        path: path.to_owned(),
        modules: vec![module],
        test_modules: Vec::new(),
        path_attributes: Vec::new(),
        references: Vec::new(),
        macros: Vec::new(),
        methods: Vec::new(),
        path_callbacks: Vec::new(),
        functions: Vec::new(),
    };
    let mut reader = Reader { file, module: 0, depth: 0, bound: BTreeSet::new() };
    reader.visit_file(&syntax);
    let Reader { mut file, bound, .. } = reader;
    // A lone name that a `use` brings is counted there. A lone lowercase name that a pattern binds somewhere in the
    // file is a variable, not an item.
    let File { references, modules, .. } = &mut file;
    references.retain(|reference| {
        let ([name], Kind::Code) = (&reference.path[..], reference.kind) else { return true };
        let mut imports = modules[reference.module].imports.iter().filter(|import| !import.is_reexport);
        !bound.contains(name) && imports.all(|import| import.name.as_ref() != Some(name))
    });
    file
}

struct Reader {
    file: File,
    /// The module being read.
    module: usize,
    /// Blocks around the place being read.
    depth: usize,
    /// Names that patterns bind: arguments, `let`, `match`.
    bound: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_test(item_attributes(item)) {
            if let Item::Mod(module) = item {
                let path = self.child(&module.ident);
                self.file.test_modules.push(path);
            }
            return;
        }
        if self.depth == 0
            && let Some(name) = item_name(item)
        {
            self.file.modules[self.module].items.insert(plain(name));
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.attrs.iter().any(|attribute| attribute.path().is_ident("path")) {
            self.file.path_attributes.push(line(item));
        }
        let Some((_, items)) = &item.content else { return };
        let path = self.child(&item.ident);
        self.file.modules.push(Module { path, items: BTreeSet::new(), imports: Vec::new() });
        let outer = std::mem::replace(&mut self.module, self.file.modules.len() - 1);
        items.iter().for_each(|item| self.visit_item(item));
        self.module = outer;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_reexport = match &item.vis {
            Visibility::Public(_) => true,
            Visibility::Restricted(restricted) => !restricted.path.is_ident("self"),
            Visibility::Inherited => false,
        };
        let start = if item.leading_colon.is_some() { vec![ABSOLUTE.to_owned()] } else { Vec::new() };
        self.import(&item.tree, start, is_reexport);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
        self.import_one(vec![ABSOLUTE.to_owned(), plain(&item.ident)], Some(plain(name)), line(item), false);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(item, &item.attrs, &item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            _ => return,
        };
        if is_test(attributes) {
            return;
        }
        if let ImplItem::Fn(item) = item {
            self.function(item, &item.attrs, &item.sig, &item.block);
        }
        visit::visit_impl_item(self, item);
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        if let TraitItem::Fn(syn::TraitItemFn { attrs, sig, default: Some(body), .. }) = item {
            self.function(item, attrs, sig, body);
        }
        visit::visit_trait_item(self, item);
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.depth += 1;
        visit::visit_block(self, block);
        self.depth -= 1;
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let start = path.leading_colon.map(|_| ABSOLUTE.to_owned());
        let parts = start.into_iter().chain(path.segments.iter().map(|segment| plain(&segment.ident)));
        self.refer(parts.collect(), line(path), Kind::Code);
        visit::visit_path(self, path);
    }

    /// The path in `pub(crate)` and `pub(in super::a)` is no use of what it names.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if let Some(last) = call.path.segments.last() {
            self.file.macros.push((plain(&last.ident), line(call)));
        }
        visit::visit_macro(self, call);
        self.tokens(call.tokens.clone(), &[]);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        visit::visit_meta_list(self, list);
        self.tokens(list.tokens.clone(), &[]);
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        let name = plain(&pattern.ident);
        if name.starts_with(|c: char| !c.is_uppercase()) {
            self.bound.insert(name);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.file.methods.push((plain(&call.method), line(&call.method)));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_type_trait_object(&mut self, object: &'ast syn::TypeTraitObject) {
        let takes_path = |bound: &syn::TypeParamBound| match bound {
            syn::TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| {
                let is_fn = ["Fn", "FnMut", "FnOnce"].iter().any(|name| last.ident == name);
                matches!(&last.arguments, syn::PathArguments::Parenthesized(arguments)
                    if is_fn && arguments.inputs.iter().any(|input| is_path_reference(&input.ty)))
            }),
            _ => false,
        };
        if object.bounds.iter().any(takes_path) {
            self.file.path_callbacks.push(line(object));
        }
        visit::visit_type_trait_object(self, object);
    }
}

impl Reader {
    /// The path of module `name` inside the one being read.
    fn child(&self, name: &Ident) -> Vec<String> {
        let mut path = self.file.modules[self.module].path.clone();
        path.push(plain(name));
        path
    }

    fn refer(&mut self, path: Vec<String>, line: usize, kind: Kind) {
        self.file.references.push(Reference { module: self.module, path, line, kind });
    }

    /// Reads the paths below `prefix` in the tree of a `use`.
    fn import(&mut self, tree: &UseTree, mut prefix: Vec<String>, is_reexport: bool) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(plain(&path.ident));
                self.import(&path.tree, prefix, is_reexport);
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.import(item, prefix.clone(), is_reexport));
            }
            UseTree::Glob(glob) => self.import_one(prefix, None, line(glob), is_reexport),
            UseTree::Name(name) => {
                if name.ident != "self" {
                    prefix.push(plain(&name.ident));
                }
                let name = prefix.last().cloned();
                self.import_one(prefix, name, line(tree), is_reexport);
            }
            UseTree::Rename(rename) => {
                if rename.ident != "self" {
                    prefix.push(plain(&rename.ident));
                }
                self.import_one(prefix, Some(plain(&rename.rename)), line(rename), is_reexport);
            }
        }
    }

    fn import_one(&mut self, path: Vec<String>, name: Option<String>, line: usize, is_reexport: bool) {
        let kind = match &name {
            _ if is_reexport => Kind::ReExport,
            Some(_) => Kind::Import,
            None => Kind::Glob,
        };
        self.refer(path.clone(), line, kind);
        let is_local = self.depth > 0;
        self.file.modules[self.module].imports.push(Import { name, path, is_local, is_reexport });
    }

    fn function(&mut self, item: &impl Spanned, attributes: &[Attribute], sig: &syn::Signature, body: &syn::Block) {
        let start = sig.span().start().line;
        self.file.functions.push(Function {
            name: plain(&sig.ident),
            line: start,
            lines: body.brace_token.span.close().end().line + 1 - start,
            first_line: attributes.first().map_or_else(|| line(item), line),
        });
    }

    /// Finds paths and macro calls in tokens that no parser has read: the arguments of a macro or an attribute.
    fn tokens(&mut self, tokens: TokenStream, prefix: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        let mut at = 0;
        while at < tokens.len() {
            let start = at;
            at += 1;
            let first = match &tokens[start] {
                TokenTree::Group(group) => {
                    self.tokens(group.stream(), &[]);
                    continue;
                }
                TokenTree::Ident(first) => first,
                _ => continue,
            };
            let mut path = prefix.to_vec();
            path.push(plain(first));
            let mut in_braces = None;
            while is(at, ':') && is(at + 1, ':') {
                match tokens.get(at + 2) {
                    Some(TokenTree::Ident(next)) => path.push(plain(next)),
                    Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                        in_braces = Some(group.stream());
                    }
                    _ => break,
                }
                at += 3;
            }
            let line = first.span().start().line;
            if is(at, '!') && !is(at + 1, '=') {
                self.file.macros.push((path[path.len() - 1].clone(), line));
            }
            // `.name`, but not `..name`; `'name`
            let is_member = start > 0 && is(start - 1, '.') && !(start > 1 && is(start - 2, '.'));
            let is_lifetime = start > 0 && is(start - 1, '\'');
            let is_call =
                matches!(tokens.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
            let is_type = path[0].starts_with(char::is_uppercase);
            if let Some(inner) = in_braces {
                self.tokens(inner, &path);
            } else if !is_member && !is_lifetime && (path.len() > 1 || is_call || is_type) {
                self.refer(path, line, Kind::Code);
            }
        }
    }
}

fn line(node: &impl Spanned) -> usize {
    node.span().start().line
}

/// The name without `r#`.
fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Whether the attributes say `#[test]`, `#[cfg(test)]`, `#[cfg(any(test, fuzzing))]` or `#[cfg(all(test, …))]`.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else { return attribute.path().is_ident("test") };
        let condition: String = list.tokens.to_string().split_whitespace().collect();
        list.path.is_ident("cfg")
            && (["test", "any(test,fuzzing)"].contains(&&*condition) || condition.starts_with("all(test,"))
    })
}

fn is_path_reference(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else { return false };
    matches!(&*reference.elem, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Path"))
}

fn item_attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(syn::ItemConst { attrs, .. })
        | Item::Enum(syn::ItemEnum { attrs, .. })
        | Item::Fn(syn::ItemFn { attrs, .. })
        | Item::Impl(syn::ItemImpl { attrs, .. })
        | Item::Macro(syn::ItemMacro { attrs, .. })
        | Item::Mod(syn::ItemMod { attrs, .. })
        | Item::Static(syn::ItemStatic { attrs, .. })
        | Item::Struct(syn::ItemStruct { attrs, .. })
        | Item::Trait(syn::ItemTrait { attrs, .. })
        | Item::Type(syn::ItemType { attrs, .. })
        | Item::Use(syn::ItemUse { attrs, .. }) => attrs,
        _ => &[],
    }
}

/// The name that an item defines. A module or a `use` is kept elsewhere.
fn item_name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        _ => None,
    }
}
