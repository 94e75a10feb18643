//! A link to a page that doesn't exist, where the generator stops because of it.

use crate::checks::build::code_regions::code_block_at;
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::Span;
use crate::text::percent;
use crate::url::has_scheme;
use serde::Deserialize;
use std::path::{Component, Path, PathBuf};

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeadLink {}

/// Settings that decide where pages are, or that allow dead links.
const SETTINGS: [&str; 5] = ["ignoreDeadLinks", "srcDir", "rewrites", "base:", "locales"];

impl Check for DeadLink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        report_images(cx, found);
        let Some(consequence) = &cx.profile.markup.dead_links else { return };
        report_snippets(cx, found);
        let links = cx.doc.body.links.iter().filter(|link| !link.auto && !link.image);
        for link in links {
            let bare = link.dest.split(['#', '?']).next().unwrap_or_default();
            let is_template = bare.contains(['{', '<', '$', '[', '*']);
            if bare.is_empty() || is_template || has_scheme(bare) || bare.starts_with("//") || !is_page(bare) {
                continue;
            }
            if is_found(cx, &percent::decode(bare)) != Some(false) {
                continue;
            }
            let files = cx.site.build_files();
            if SETTINGS.iter().any(|setting| files.config_has(setting)) {
                return;
            }
            found
                .at(link.span, format!("page `{bare}` does not exist"))
                .help(format!("{consequence}: correct the link, or list it in `ignoreDeadLinks`"));
        }
    }
}

/// Pictures that the generator wants to find.
fn report_images(cx: &Context, found: &mut Findings) {
    let Some(rule) = &cx.profile.markup.dead_images else { return };
    let page = cx.site.path_in_site(cx.doc.source.path());
    let folder = page.parent().unwrap_or(Path::new(""));
    for image in cx.doc.body.links.iter().filter(|link| link.image) {
        let written = image.dest.split(['#', '?']).next().unwrap_or_default();
        // Docusaurus reads the path as a browser does, for which `img\a.png` is `img/a.png`.
        let bare = &*if rule.root.is_some() { written.replace('\\', "/") } else { written.to_owned() };
        let is_other = bare.is_empty()
            || bare.contains(['{', '<', '$', '!', ':'])
            || bare.starts_with("//")
            || bare.starts_with(['@', '~']);
        let is_relative = bare.starts_with('.') || !bare.starts_with('/') && rule.root.is_some();
        let path = percent::decode(bare);
        let target = match (&rule.root, bare.strip_prefix('/')) {
            _ if is_other => continue,
            (Some(root), Some(_)) => Path::new(root).join(path.trim_start_matches('/')),
            _ if is_relative => folder.join(&*path),
            _ => continue,
        };
        let is_open = || rule.unless.iter().any(|word| cx.site.build_files().config_has(word));
        let Some(target) = normalized(&target) else { continue };
        if !cx.site.has_source(&target) && !is_open() {
            found
                .at(image.span, format!("picture `{bare}` does not exist"))
                .help(format!("{}: correct the path, or add the file", rule.explanation));
        }
    }
}

/// `<<< @/file.ts`: code that a page shows.
fn report_snippets(cx: &Context, found: &mut Findings) {
    let text = cx.doc.source.text();
    let area = cx.doc.body.span;
    for (at, _) in text[area.range()].match_indices("<<< ") {
        let start = area.start + at;
        let is_line = start == 0 || text[..start].ends_with('\n');
        let line = text[start..].lines().next().unwrap_or_default();
        let path = line[4..].trim().split(['{', '#', '[']).next().unwrap_or_default().trim();
        if !is_line
            || code_block_at(&cx.doc.body, start).is_some()
            || path.is_empty()
            || cx.site.build_files().config_has("srcDir")
        {
            continue;
        }
        let page = cx.site.path_in_site(cx.doc.source.path());
        let target = match path.strip_prefix("@/") {
            Some(path) => PathBuf::from(path),
            None => page.parent().unwrap_or(Path::new("")).join(path),
        };
        if normalized(&target).is_some_and(|target| !cx.site.has_source(&target)) {
            found
                .at(Span::new(start, start + line.len()), format!("file `{path}` does not exist"))
                .help("VitePress stops because it cannot read the file");
        }
    }
}

/// Whether a destination is that of a page, by its extension.
fn is_page(bare: &str) -> bool {
    let last = bare.rsplit('/').next().unwrap_or_default();
    match last.rsplit_once('.') {
        Some((_, extension)) => matches!(extension, "md" | "html"),
        None => true,
    }
}

/// Whether a page or a file of `public` is there; none if that can't be known.
fn is_found(cx: &Context, bare: &str) -> Option<bool> {
    let page = cx.site.path_in_site(cx.doc.source.path());
    let folder = if bare.starts_with('/') { Path::new("") } else { page.parent().unwrap_or(Path::new("")) };
    let target = normalized(&folder.join(bare.trim_start_matches('/')))?;
    let text = target.to_str()?;
    let stem = text.strip_suffix(".md").or_else(|| text.strip_suffix(".html")).unwrap_or(text);
    let index = if stem.is_empty() { "index.md".to_owned() } else { format!("{stem}/index.md") };
    let candidates = [
        format!("{stem}.md"),
        index,
        format!("public/{text}"),
        format!("public/{stem}.html"),
        format!("public/{stem}/index.html"),
    ];
    let is_dynamic = || cx.site.has_entry(target.parent().unwrap_or(Path::new(""))) && has_dynamic_route(cx, &target);
    Some(candidates.iter().any(|path| cx.site.has_source(Path::new(path))) || is_dynamic())
}

/// `[package].md` is any page of its folder.
fn has_dynamic_route(cx: &Context, target: &Path) -> bool {
    let folder = target.parent().and_then(Path::to_str).unwrap_or_default();
    cx.site.source_files(folder).iter().any(|file| file.contains('['))
}

/// A path without `.` and `..`; none if it leaves the site.
pub(super) fn normalized(path: &Path) -> Option<PathBuf> {
    let mut inside = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => inside.push(name),
            Component::ParentDir if inside.pop() => {}
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(inside)
}
