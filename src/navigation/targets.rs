//! Which file a reference leads to. A file counts only if it is there: nothing is guessed.

use crate::fs::{self, is_markdown};
use crate::navigation::links::{Reference, ReferenceKind};
use crate::site::Site;
use crate::text::percent;
use std::path::{Path, PathBuf};

/// What a reference leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Target {
    /// The file (absolute).
    pub(crate) path: PathBuf,
    /// The part of it, without `#`.
    pub(crate) anchor: Option<String>,
    /// The folder that the path is written from, and what is added to it, where the file was found by its path.
    pub(crate) base: Option<Base>,
}

/// How the path of a file is written in a reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Base {
    /// The folder that it is relative to (absolute).
    pub(crate) folder: PathBuf,
    /// Whether the folder is that of the page.
    pub(crate) is_of_page: bool,
    /// What is left out at the end: `.md`, `/index.md`.
    pub(crate) left_out: &'static str,
    /// What is written instead: `.html` for `.md`.
    pub(crate) instead: String,
}

/// What may be left out at the end of a link to a page.
const LEFT_OUT: [&str; 8] =
    [".md", ".mdx", ".markdown", "/index.md", "/_index.md", "/README.md", "/index.mdx", "/index.markdown"];

/// The folders that paths from the root of a site may start in, besides those that are known of the generator.
const ROOTS: [&str; 7] = ["", "content", "docs", "src/content", "src/pages", "static", "public"];

/// The file that a reference on the page at `page` (absolute) leads to.
pub(crate) fn resolve(site: &Site, page: &Path, reference: &Reference) -> Option<Target> {
    let folder = page.parent()?;
    let root = site.folder()?;
    let (path, anchor) = match reference.dest.split_once('#') {
        Some((path, anchor)) if reference.kind != ReferenceKind::Image => (path, Some(percent::decode(anchor))),
        _ => (&*reference.dest, None),
    };
    let anchor = anchor.filter(|anchor| !anchor.is_empty());
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        let is_own = anchor.is_some() && !matches!(reference.kind, ReferenceKind::Field | ReferenceKind::Layout);
        return is_own.then(|| Target { path: page.to_owned(), anchor, base: None });
    }
    let decoded = percent::decode(path);
    let at = |path: PathBuf, base: Option<Base>| Some(Target { path, anchor: anchor.clone(), base });
    let first =
        |paths: Vec<PathBuf>| paths.into_iter().map(|path| fs::normalize(&path)).find(|path| site.has_file(path));
    match reference.kind {
        ReferenceKind::Layout => at(first(layouts(&root, folder, &decoded))?, None),
        ReferenceKind::Include => at(first(includes(&root, folder, &decoded))?, None),
        ReferenceKind::IncludeRelative => at(first(vec![folder.join(&decoded)])?, None),
        ReferenceKind::SourceFile => {
            let path = first(vec![root.join(decoded.trim_start_matches('/'))])?;
            at(path, Some(Base { folder: root, is_of_page: false, left_out: "", instead: String::new() }))
        }
        ReferenceKind::Post => {
            let name = decoded.trim_start_matches('/');
            let endings = ["md", "markdown", "mdx", "html"];
            let posts = endings.iter().map(|ending| root.join("_posts").join(format!("{name}.{ending}")));
            at(first(posts.collect())?, None)
        }
        ReferenceKind::Wiki => {
            let names = [decoded.clone(), format!("{decoded}.md")];
            let paths = names.iter().flat_map(|name| [folder.join(name), root.join(name)]);
            at(first(paths.collect())?, None)
        }
        ReferenceKind::Link | ReferenceKind::Label | ReferenceKind::Image | ReferenceKind::Field => {
            let is_page = !matches!(reference.kind, ReferenceKind::Image | ReferenceKind::Field);
            let (path, base) = by_path(site, (&root, folder), &decoded, is_page)?;
            at(path, Some(base))
        }
    }
}

/// The file at a path as it is written in a link, an image or a field.
fn by_path(site: &Site, (root, folder): (&Path, &Path), written: &str, is_page: bool) -> Option<(PathBuf, Base)> {
    let roots = || {
        let known = site.profile().asset_roots.iter().map(String::as_str);
        let mut roots: Vec<PathBuf> = known.chain(ROOTS).map(|name| root.join(name)).collect();
        roots.extend(site.base());
        roots
    };
    let name = written.trim_start_matches('/');
    let folders: Vec<(PathBuf, bool)> = match written.starts_with('/') {
        true => roots().into_iter().map(|folder| (folder, false)).collect(),
        false if written.starts_with('.') => vec![(folder.to_owned(), true)],
        false => {
            [(folder.to_owned(), true)].into_iter().chain(roots().into_iter().map(|folder| (folder, false))).collect()
        }
    };
    let stem = name.trim_end_matches('/');
    for (folder, is_of_page) in folders {
        let found = |name: String, left_out: &'static str, instead: &str| {
            let path = fs::normalize(&folder.join(name));
            let base = Base { folder: folder.clone(), is_of_page, left_out, instead: instead.to_owned() };
            site.has_file(&path).then_some((path, base))
        };
        if let Some(found) = found(name.to_owned(), "", "") {
            return Some(found);
        }
        if !is_page {
            continue;
        }
        if let Some(bare) = stem.strip_suffix(".html")
            && let Some(found) = found(format!("{bare}.md"), ".md", ".html")
        {
            return Some(found);
        }
        let slashes = &name[stem.len()..];
        let extended = LEFT_OUT.iter().find_map(|end| found(format!("{stem}{end}"), end, slashes));
        if extended.is_some() {
            return extended;
        }
    }
    None
}

fn layouts(root: &Path, folder: &Path, name: &str) -> Vec<PathBuf> {
    let folders =
        ["_layouts", "layouts", "src/layouts", "src/_layouts", "_includes", "_includes/layouts", "layouts/_default"];
    let endings = ["", ".html", ".liquid", ".njk", ".md", ".astro", ".ejs", ".pug"];
    let named =
        folders.iter().flat_map(|folder| endings.iter().map(move |end| root.join(folder).join(format!("{name}{end}"))));
    let written = if name.starts_with('.') { Some(folder.join(name)) } else { None };
    written.into_iter().chain(named).collect()
}

fn includes(root: &Path, folder: &Path, name: &str) -> Vec<PathBuf> {
    let endings = ["", ".html", ".liquid", ".njk", ".md"];
    let folders = [root.join("_includes"), root.to_owned(), folder.to_owned()];
    folders.iter().flat_map(|folder| endings.iter().map(move |end| folder.join(format!("{name}{end}")))).collect()
}

/// The destination that leads to `target` from a page in `folder`, in the form of the previous one.
pub(crate) fn written_for(target: &Path, folder: &Path, base: &Base, before: &str) -> Option<String> {
    let path_end = before.find(['#', '?']).unwrap_or(before.len());
    let (old, rest) = before.split_at(path_end);
    let from = if base.is_of_page { folder } else { &base.folder };
    let path = fs::relative(target, from);
    if !base.is_of_page && path.starts_with("..") {
        return None;
    }
    let mut path = path.to_str()?.replace('\\', "/");
    if !base.left_out.is_empty() {
        // A page that was an index and isn't any more is named by its own ending.
        let ends = [base.left_out, ".md", ".mdx", ".markdown"];
        let end = ends.into_iter().find(|end| path.ends_with(end))?;
        path.truncate(path.len() - end.len());
        path.push_str(&base.instead);
    }
    if old.starts_with('/') {
        path.insert(0, '/');
    } else if old.starts_with("./") && !path.starts_with('.') {
        path.insert_str(0, "./");
    }
    Some(encoded(&path, old) + rest)
}

/// A path with escapes where it needs them, and where the one before had them.
fn encoded(path: &str, before: &str) -> String {
    let escapes_all = before.contains('%');
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        let is_special = matches!(c, ' ' | '%' | '(' | ')' | '<' | '>' | '#' | '?' | '"') || c.is_control();
        if is_special || (escapes_all && !c.is_ascii()) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// What the text of a page has to contain to refer to a file: its name without its ending, or that of its folder.
pub(crate) fn names_of(path: &Path) -> Vec<String> {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    let is_index = is_markdown(path) && matches!(stem, "index" | "_index" | "README");
    let names = if is_index { vec![stem, folder] } else { vec![stem] };
    let mut all: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let escaped: Vec<String> = all.iter().map(|name| encoded(name, "%")).filter(|name| !all.contains(name)).collect();
    all.extend(escaped);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::{Memory, Root};
    use crate::site::SiteFiles;
    use crate::source::Span;
    use std::sync::Arc;

    fn site(files: &[&str]) -> Site {
        let memory = Memory::new(files.iter().map(|name| (format!("/s/{name}"), "")));
        let root = Root::new(Arc::new(memory), Path::new("/s"));
        Site::new(SiteFiles { root, base: "/s".into(), cwd: "/s".into() }).rooted_at("/s".into())
    }

    fn reference(kind: ReferenceKind, dest: &str) -> Reference {
        Reference { kind, span: Span::default(), dest: dest.to_owned() }
    }

    #[test]
    fn files_are_found_as_generators_find_them() {
        let site = site(&[
            "docs/a.md",
            "docs/b c.md",
            "docs/d/index.md",
            "static/x.png",
            "_layouts/post.html",
            "_posts/2024-01-01-p.md",
            "_includes/i.html",
        ]);
        let page = Path::new("/s/docs/a.md");
        for (kind, dest, expected) in [
            (ReferenceKind::Link, "b%20c.md#x", Some("docs/b c.md")),
            (ReferenceKind::Link, "./d/", Some("docs/d/index.md")),
            (ReferenceKind::Link, "d", Some("docs/d/index.md")),
            (ReferenceKind::Link, "/docs/a", Some("docs/a.md")),
            (ReferenceKind::Link, "/a.html", Some("docs/a.md")),
            (ReferenceKind::Link, "#x", Some("docs/a.md")),
            (ReferenceKind::Link, "../../etc/passwd", None),
            (ReferenceKind::Link, "no.md", None),
            (ReferenceKind::Image, "/x.png", Some("static/x.png")),
            (ReferenceKind::Field, "x.png", Some("static/x.png")),
            (ReferenceKind::Layout, "post", Some("_layouts/post.html")),
            (ReferenceKind::Include, "i.html", Some("_includes/i.html")),
            (ReferenceKind::Post, "2024-01-01-p", Some("_posts/2024-01-01-p.md")),
            (ReferenceKind::SourceFile, "docs/a.md", Some("docs/a.md")),
        ] {
            let found = resolve(&site, page, &reference(kind, dest)).map(|target| target.path);
            assert_eq!(found, expected.map(|path| Path::new("/s").join(path)), "{kind:?} {dest}");
        }
    }

    #[test]
    fn a_moved_file_is_written_as_before() {
        let site = site(&["docs/a.md", "docs/b.md", "docs/d/index.md"]);
        let page = Path::new("/s/docs/a.md");
        for (before, target, after) in [
            ("b.md#x", "docs/new/c d.md", Some("new/c%20d.md#x")),
            ("./b.md", "docs/c.md", Some("./c.md")),
            ("/docs/b", "docs/c.md", Some("/docs/c")),
            ("b.html", "docs/c.md", Some("c.html")),
            ("d/", "docs/e/index.md", Some("e/")),
            ("d/", "docs/e.md", Some("e/")),
            ("/docs/b.md", "other/c.md", Some("/other/c.md")),
            ("b.md", "c/개요.md", Some("../c/개요.md")),
        ] {
            let base = resolve(&site, page, &reference(ReferenceKind::Link, before)).and_then(|target| target.base);
            let base = base.expect("it is found by its path");
            let target = Path::new("/s").join(target);
            assert_eq!(written_for(&target, Path::new("/s/docs"), &base, before).as_deref(), after, "{before}");
        }
    }
}
